//! Errors of the request itself (syntax, schema, limits), coded and said in the asker's language.

use crate::limits;
use crate::loader;
use crate::request::Asker;
use async_graphql::{Data, ErrorExtensionValues, Request, Response, ServerError};
use domain::language::Language;
use domain::refusal::{Code, Refusal};
use std::any::TypeId;

/// The deepest nesting of a query.
pub const DEPTH_MOST: usize = 15;
/// The most fields that a query may ask for, counted with the size of its pages.
pub const COMPLEXITY_MOST: usize = 5_000;

/// A request that is ready to be executed, and the language of whoever sends it.
pub(crate) struct Prepared {
    pub(crate) request: Request,
    pub(crate) language: Language,
}

/// Holds a request to the limits before anything of it is checked or run, and gives it loaders of its own. The asker comes with
/// the request, or with the session of a socket. This is no extension of the library, since the library asks its extensions
/// about every field of every row, which costs more than most fields do.
///
/// # Errors
/// The answer to a request that is too large or does not parse.
pub(crate) fn prepare(mut request: Request, session: Option<&Data>) -> Result<Prepared, Box<Response>> {
    let kind = TypeId::of::<Asker>();
    let asker = request.data.get(&kind).or_else(|| session?.get(&kind)).and_then(|data| data.downcast_ref::<Asker>()).cloned();
    let language = asker.as_ref().map_or(Language::English, |asker| asker.ctx.language);
    let refuse = |refusal: &Refusal| Box::new(Response::from_errors(vec![say(language, ServerError::new("", None), refusal)]));
    limits::check_length(&request.query).map_err(|refusal| refuse(&refusal))?;
    let document = request.parsed_query().map_err(|error| Box::new(Response::from_errors(vec![code(language, error)])))?;
    limits::check(document).map_err(|refusal| refuse(&refusal))?;
    if let Some(asker) = asker {
        request = request.data(loader::organizations(&asker)).data(loader::file_loader(&asker)).data(loader::beside(&asker));
    }
    Ok(Prepared { request, language })
}

/// Gives every error that has none a code: it is the library's, about the request itself.
pub(crate) fn finish(mut response: Response, language: Language) -> Response {
    let has_code = |error: &ServerError| error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some());
    if !response.errors.iter().all(has_code) {
        let errors = response.errors.into_iter();
        response.errors = errors.map(|error| if has_code(&error) { error } else { code(language, error) }).collect();
    }
    response
}

fn code(language: Language, error: ServerError) -> ServerError {
    // The library tells its limits only by their wording; a test holds us to it.
    let refusal = match error.message.as_str() {
        "Query is nested too deep." | "The recursion depth of the query cannot be greater than `32`" => {
            Refusal::new(Code::QueryTooDeep).with("most", DEPTH_MOST)
        }
        "Query is too complex." => Refusal::new(Code::QueryTooComplex).with("most", COMPLEXITY_MOST),
        reason => Refusal::new(Code::QueryInvalid).with("reason", reason),
    };
    say(language, error, &refusal)
}

fn say(language: Language, mut error: ServerError, refusal: &Refusal) -> ServerError {
    error.message = domain::text::refusal(language, refusal);
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", refusal.code.as_str());
    error
}
