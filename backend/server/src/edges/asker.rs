//! Who asks: read from a request's headers.

use super::{Edge, renewal};
use ::graphql::Asker;
use app::Result;
use axum::http::{HeaderMap, header};
use domain::identity::actor::Actor;
use domain::language::Language;
use frontend::{ACCESS_COOKIE, REFRESH_COOKIE};

/// The asker of a request: a bearer's token names the person, `Accept-Language` the language, `Idempotency-Key` an act
/// that must happen once.
///
/// # Errors
/// `Unauthenticated` when a token is sent that is not good: to treat its bearer as the public would hide it.
pub(super) async fn asker(edge: &Edge, headers: &HeaderMap) -> (Asker, Result<()>) {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    asker_with(edge, headers, None, bearer.and_then(|value| value.strip_prefix("Bearer "))).await
}

/// As [`asker`], with a language and a token from elsewhere, such as a page's cookies.
pub(super) async fn asker_with(edge: &Edge, headers: &HeaderMap, wish: Option<Language>, bearer: Option<&str>) -> (Asker, Result<()>) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let language = wish.or_else(|| text(header::ACCEPT_LANGUAGE.as_str()).and_then(Language::from_accept_language)).unwrap_or_default();
    let public = edge.app.context(Actor::Public, language, "");
    let request_id = public.new_id::<domain::ident::EventId>().to_string();
    let ctx = edge.app.context(Actor::Public, language, request_id);
    let ctx = ctx.with_idempotency_key(text("idempotency-key").map(str::to_owned));
    let (ctx, known) = match bearer {
        None => (ctx, Ok(())),
        Some(token) => match app::identity::session::authenticate(&edge.app, &ctx, token).await {
            Ok(actor) => (ctx.acting_as(actor), Ok(())),
            Err(error) => (ctx, Err(error)),
        },
    };
    (Asker { app: edge.app.clone(), ctx }, known)
}

/// Who asks with a browser's cookies.
pub(super) struct Visitor {
    pub asker: Asker,
    /// `Unauthenticated` when a token is sent that is not good and can't be renewed.
    pub known: Result<()>,
    /// The cookies that the answer must set, whatever it is: the session may have been renewed on the way.
    pub cookies: Vec<String>,
}

/// As [`asker`], with the page's cookies where no bearer is named: for what browsers read by themselves. For reading only,
/// since other sites can make a browser send its cookies.
pub(super) async fn visitor(edge: &Edge, headers: &HeaderMap, wish: Option<Language>) -> Visitor {
    if headers.contains_key(header::AUTHORIZATION) {
        let (asker, known) = asker(edge, headers).await;
        return Visitor { asker, known, cookies: Vec::new() };
    }
    let cookies = super::pages::cookies(headers);
    let cookie = |name: &str| cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let access = cookie(ACCESS_COOKIE);
    let (asker, known) = asker_with(edge, headers, wish, access).await;
    match cookie(REFRESH_COOKIE).filter(|_| known.is_err() || access.is_none()) {
        Some(refresh) => renewal::renew(edge, asker, refresh).await,
        None => Visitor { asker, known, cookies: Vec::new() },
    }
}
