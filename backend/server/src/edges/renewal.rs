//! A browser's session goes on when its access token has ended, without the person noticing.

use super::Edge;
use super::asker::Visitor;
use ::graphql::Asker;
use app::Error;
use app::identity::session::{self, Tokens};
use domain::identity::actor::Actor;
use frontend::{ACCESS_COOKIE, REFRESH_COOKIE};
use moka::future::Cache;
use secrecy::ExposeSecret as _;
use std::sync::Arc;
use std::time::Duration;

/// Renewals of the last moments. A browser asks for several things at once with one pair of cookies: they are all given
/// the same next pair, where a second use of the old refresh token would end the session as stolen.
#[derive(Clone)]
pub(super) struct Renewals(Cache<String, Arc<Tokens>>);

impl Default for Renewals {
    fn default() -> Self {
        /// As long as requests of one page are under way together.
        const TOGETHER: Duration = Duration::from_secs(10);
        Self(Cache::builder().max_capacity(10_000).time_to_live(TOGETHER).build())
    }
}

/// Renews a session whose access token has ended: the visitor goes on, the browser gets the next pair.
pub(super) async fn renew(edge: &Edge, asker: Asker, refresh: &str) -> Visitor {
    let secure = if edge.app.settings().public_url.starts_with("https:") { "; Secure" } else { "" };
    let keep = |name: &str, value: &str, seconds: i64| {
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    };
    let renewed = async { session::refresh(&edge.app, &asker.ctx, refresh).await.map(Arc::new) };
    match edge.renewals.0.try_get_with_by_ref(refresh, renewed).await {
        Ok(tokens) => {
            let left = |until: chrono::DateTime<chrono::Utc>| (until - asker.ctx.now()).num_seconds();
            let cookies = vec![
                keep(ACCESS_COOKIE, tokens.access.expose_secret(), left(tokens.access_expires_at)),
                keep(REFRESH_COOKIE, tokens.refresh.expose_secret(), left(tokens.refresh_expires_at)),
            ];
            let ctx = asker.ctx.clone().acting_as(Actor::Person(tokens.person.clone()));
            Visitor { asker: Asker { ctx, ..asker }, known: Ok(()), cookies }
        }
        // The session is over. A fault of ours leaves the cookies for the next request.
        Err(error) => {
            let is_over = matches!(*error, Error::Refused(_));
            let cookies = if is_over { vec![keep(ACCESS_COOKIE, "", 0), keep(REFRESH_COOKIE, "", 0)] } else { Vec::new() };
            Visitor { asker, known: Err(Error::Unauthenticated), cookies }
        }
    }
}
