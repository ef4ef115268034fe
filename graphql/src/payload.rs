//! How a use case's result becomes an answer: refusals are data, everything else is a coded error.

use app::{Context, Error};
use async_graphql::{ErrorExtensions as _, SimpleObject};
use domain::refusal::{Code, Refusal};

/// Something that you can mend: what is wrong, where, and what to do.
#[derive(Clone, Debug, SimpleObject)]
pub struct UserError {
    /// The reason; it never changes its meaning.
    pub code: String,
    /// What is wrong, why, and what to do next, in the language of the request.
    pub message: String,
    /// Where in the input, from the outside in. Empty for the whole.
    pub path: Vec<String>,
}

impl UserError {
    pub(crate) fn new(ctx: &Context, refusal: &Refusal) -> Self {
        Self {
            code: refusal.code.as_str().to_owned(),
            message: domain::text::refusal(ctx.language, refusal),
            path: refusal.path.clone(),
        }
    }
}

/// Splits the result of a write into its value and its user errors.
pub(crate) fn settle<T>(ctx: &Context, result: Result<T, Error>) -> async_graphql::Result<(Option<T>, Vec<UserError>)> {
    match result {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Error::Refused(refusals)) => Ok((None, refusals.iter().map(|refusal| UserError::new(ctx, refusal)).collect())),
        Err(Error::NotFound) => Ok((None, vec![UserError::new(ctx, &Refusal::new(Code::NotFound))])),
        Err(error) => Err(coded(ctx, error)),
    }
}

/// The result of a read: what is not found is null.
pub(crate) fn found<T>(ctx: &Context, result: Result<T, Error>) -> async_graphql::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(coded(ctx, error)),
    }
}

/// A top-level error. What went wrong inside is told once, in the log, under the request's number.
pub(crate) fn coded(ctx: &Context, error: Error) -> async_graphql::Error {
    let (code, key, internal) = match error {
        Error::Unauthenticated => ("UNAUTHENTICATED", "error-unauthenticated", None),
        Error::Forbidden => ("FORBIDDEN", "error-forbidden", None),
        Error::NotFound => ("NOT_FOUND", "error-not-found", None),
        Error::Unavailable(internal) => ("UNAVAILABLE", "error-unavailable", Some(internal)),
        Error::Internal(internal) | Error::Contended(internal) => ("INTERNAL", "error-internal", Some(internal)),
        Error::Refused(refusals) => {
            let refusal = refusals.into_iter().next().unwrap_or_else(|| Refusal::new(Code::Malformed));
            let message = domain::text::refusal(ctx.language, &refusal);
            return async_graphql::Error::new(message).extend_with(|_, extensions| extensions.set("code", refusal.code.as_str()));
        }
    };
    if let Some(internal) = internal {
        tracing::error!(request_id = ctx.request_id, cause = internal.0, code, "a request failed");
    }
    async_graphql::Error::new(domain::text::say(ctx.language, key)).extend_with(|_, extensions| {
        extensions.set("code", code);
        extensions.set("requestId", ctx.request_id.clone());
    })
}
