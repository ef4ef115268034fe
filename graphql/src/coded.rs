//! Errors of the request itself (syntax, schema, limits), coded and said in the asker's language.

use crate::limits;
use crate::request::Asker;
use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextPrepareRequest, NextValidation,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{ErrorExtensionValues, Request, ServerError, ServerResult, ValidationResult, Variables};
use domain::language::Language;
use domain::refusal::{Code, Refusal};
use std::any::TypeId;
use std::sync::Arc;

/// The deepest nesting of a query.
pub const DEPTH_MOST: usize = 15;
/// The most fields that a query may ask for, counted with the size of its pages.
pub const COMPLEXITY_MOST: usize = 5_000;

/// Gives every error of the request itself a code. Such an answer has no `data`.
pub struct CodedErrors;

impl ExtensionFactory for CodedErrors {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for CodedErrors {
    /// Gives each request loaders of its own.
    async fn prepare_request(&self, ctx: &ExtensionContext<'_>, request: Request, next: NextPrepareRequest<'_>) -> ServerResult<Request> {
        let asker = request.data.get(&TypeId::of::<Asker>()).and_then(|data| data.downcast_ref::<Asker>()).cloned();
        let request = match asker {
            Some(asker) => {
                let request = request.data(crate::loader::organizations(&asker)).data(crate::loader::file_loader(&asker));
                request.data(crate::loader::beside(&asker))
            }
            None => request,
        };
        next.run(ctx, request).await
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        limits::check_length(query).map_err(|refusal| say(ctx, ServerError::new("", None), &refusal))?;
        let document = next.run(ctx, query, variables).await.map_err(|error| code(ctx, error))?;
        limits::check(&document).map_err(|refusal| say(ctx, ServerError::new("", None), &refusal))?;
        Ok(document)
    }

    async fn validation(&self, ctx: &ExtensionContext<'_>, next: NextValidation<'_>) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(ctx).await.map_err(|errors| errors.into_iter().map(|error| code(ctx, error)).collect())
    }
}

fn code(ctx: &ExtensionContext<'_>, error: ServerError) -> ServerError {
    // The library tells its limits only by their wording; a test holds us to it.
    let refusal = match error.message.as_str() {
        "Query is nested too deep." | "The recursion depth of the query cannot be greater than `32`" => {
            Refusal::new(Code::QueryTooDeep).with("most", DEPTH_MOST)
        }
        "Query is too complex." => Refusal::new(Code::QueryTooComplex).with("most", COMPLEXITY_MOST),
        reason => Refusal::new(Code::QueryInvalid).with("reason", reason),
    };
    say(ctx, error, &refusal)
}

fn say(ctx: &ExtensionContext<'_>, mut error: ServerError, refusal: &Refusal) -> ServerError {
    let language = ctx.data::<Asker>().map_or(Language::English, |asker| asker.ctx.language);
    error.message = domain::text::refusal(language, refusal);
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", refusal.code.as_str());
    error
}
