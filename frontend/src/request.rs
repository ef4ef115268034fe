//! What the server hands over: one visit's request, free of sockets and of axum.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    identity::{organization::OrganizationKind, role::Role},
    language::LocalText,
};
use futures::future::BoxFuture;

use crate::assets::Assets;

/// The cookie with the access token. The server reads it; no script can.
pub const ACCESS_COOKIE: &str = "zhaocai_access";
/// The cookie with the refresh token.
pub const REFRESH_COOKIE: &str = "zhaocai_refresh";

/// What a page may be asked for. `HEAD` is a `GET` whose body the server drops; everything else never reaches a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Shows.
    Get,
    /// Does, then leads elsewhere.
    Post,
}

/// One request for a page. The server has checked `Origin` for a `POST` and capped the sizes before it makes one.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: Method,
    /// The path, percent-decoded, without the query: `/tenders/0192…`.
    pub path: String,
    /// The query's fields in order, decoded. A name may come more than once.
    pub query: Vec<(String, String)>,
    /// The posted fields in order, decoded. A name may come more than once.
    pub form: Vec<(String, String)>,
    /// The posted files; fields in which no file was chosen are left out.
    pub files: Vec<PostedFile>,
    /// The cookies as the browser sent them.
    pub cookies: Vec<(String, String)>,
    /// The `Accept-Language` header, or nothing.
    pub accept_language: String,
    /// Who has signed in.
    pub viewer: Option<Viewer>,
    /// What a demo shows beyond the market; `None` in production.
    pub demo: Option<Demo>,
    /// The marketplace's clock.
    pub now: DateTime<Utc>,
    /// The nonce of this answer's content security policy.
    pub nonce: String,
    /// The request's id, as in the log.
    pub request_id: String,
    /// Whether the browser came over TLS, so that cookies may be marked `Secure`.
    pub secure: bool,
    /// The files of the pages and the addresses where the browser finds them.
    pub assets: Arc<Assets>,
}

/// One posted file, already within the size limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedFile {
    /// The form field that it came in.
    pub field: String,
    /// The name that the browser gave; never a path to trust.
    pub file_name: String,
    /// The type that the browser claimed; the receiver sniffs.
    pub content_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A person who has signed in, and for whom that person acts.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person's name.
    pub name: String,
    /// The name under which the person signs in.
    pub login: String,
    /// The organization for which the person acts.
    pub organization: LocalText,
    /// What that organization does.
    pub organization_kind: OrganizationKind,
    /// What the person is there.
    pub roles: Vec<Role>,
}

/// What a demo shows beyond the market.
#[derive(Clone, Debug, Default)]
pub struct Demo {
    /// The accounts to try, in the order in which they are listed.
    pub accounts: Vec<DemoAccount>,
    /// The deadline that comes next, to which the clock can be moved.
    pub next_deadline_at: Option<DateTime<Utc>>,
}

/// An account that a visitor of the demo may use.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// The name to sign in with.
    pub login: String,
    /// The password to sign in with.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// What the person is.
    pub roles: Vec<Role>,
    /// Where.
    pub organization: LocalText,
    /// The key with which the person opens bids, if it does.
    pub holder_key: Option<DemoHolderKey>,
}

/// The key of a demo holder, which is no secret.
#[derive(Clone, Debug)]
pub struct DemoHolderKey {
    /// Where its recovery file is.
    pub address: String,
    /// What unlocks it.
    pub passphrase: String,
}

/// Runs the schema in process, under the rights of the visit that it was made for.
pub trait GraphQl: Send + Sync {
    /// Executes one GraphQL request (`{"query", "variables", "operationName"}`) and answers the response, both as JSON.
    /// Each upload takes the place of the `null` at its variable's path.
    fn execute(&self, request_json: String, uploads: Vec<Upload>) -> BoxFuture<'static, String>;
}

/// A file that goes with an operation.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Where in the request it belongs: `variables.input.file`, as in the multipart request specification.
    pub variable: String,
    /// The file.
    pub file: PostedFile,
}
