//! From a request to a response: route, act or show, draw within the frame.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::{IntoAny, Owner, RenderHtml, provide_context};

use crate::{
    answer::{Answer, Answered, Done, FormError, Page, PageError, Response},
    frame,
    pages::{self, failure},
    request::{GraphQl, Request},
    visit::{Visit, escape},
};

/// A year: how long the browser remembers a preference, in seconds.
pub(crate) const YEAR_SECONDS: u32 = 31_536_000;

/// How long a confirmation stays when its page is loaded again, in seconds.
const CONFIRMATION_SECONDS: u32 = 600;

/// Answers one request for a page.
///
/// `graphql` runs the contract under the rights of this request's viewer.
pub async fn respond(request: Request, graphql: Arc<dyn GraphQl>) -> Response {
    let visit = Visit::new(request, graphql);
    let answered = pages::route(&visit).await;
    let mut response = settle(&visit, answered).await;
    // An address that names a language is a choice of it.
    if visit.query("lang").is_some() {
        response.headers.push(set_cookie(&visit, "lang", visit.language().tag(), YEAR_SECONDS));
    }
    response
}

async fn settle(visit: &Visit, answered: Answered) -> Response {
    match answered {
        Ok(Answer::Again(errors)) => show_again(visit, errors, Vec::new()).await,
        Ok(Answer::AgainWith(errors, fields)) => show_again(visit, errors, fields).await,
        other => finish(visit, other),
    }
}

async fn show_again(visit: &Visit, errors: Vec<FormError>, fields: Vec<(String, String)>) -> Response {
    // Without anything to mend it is the reader who wants to go on changing what was posted.
    let status = if errors.is_empty() { 200 } else { 422 };
    let again = visit.again(errors, fields);
    match pages::route(&again).await {
        Ok(Answer::Page(page)) => draw(&again, page.status(status)),
        other => finish(&again, other),
    }
}

fn finish(visit: &Visit, answered: Answered) -> Response {
    match answered {
        Ok(Answer::Page(page)) => draw(visit, page),
        Ok(Answer::Done(done)) => redirect(visit, &done),
        Ok(Answer::File(file)) => file,
        Ok(Answer::Again(_) | Answer::AgainWith(..)) => fail(visit, &PageError::Internal("a page that is shown again must be a page".to_owned())),
        Err(PageError::SignIn) => {
            let next = visit.address_with("lang", None, &[]);
            let to = format!("/sign-in?next={}", escape(&next));
            redirect(visit, &Done { to, said: None, cookies: Vec::new() })
        }
        Err(error) => fail(visit, &error),
    }
}

fn fail(visit: &Visit, error: &PageError) -> Response {
    match failure::page(visit, error) {
        Ok(Answer::Page(page)) => {
            let mut response = draw(visit, page);
            if let PageError::Internal(cause) = error {
                response.cause = Some(cause.clone());
            }
            response
        }
        _ => Response { status: 500, headers: Vec::new(), body: Vec::new(), cause: None },
    }
}

fn redirect(visit: &Visit, done: &Done) -> Response {
    let mut headers = Vec::new();
    let mut to = done.to.clone();
    if let Some(said) = done.said {
        let (address, fragment) = to.split_once('#').map_or((to.as_str(), String::new()), |(address, fragment)| (address, format!("#{fragment}")));
        let join = if address.contains('?') { '&' } else { '?' };
        to = format!("{address}{join}done={said}{fragment}");
        headers.push(set_cookie(visit, "done", said, CONFIRMATION_SECONDS));
    }
    headers.push(("Location".to_owned(), to));
    headers.extend(done.cookies.iter().map(|cookie| ("Set-Cookie".to_owned(), cookie.clone())));
    Response { status: 303, headers, body: Vec::new(), cause: None }
}

pub(crate) fn cookie(visit: &Visit, name: &str, value: &str, seconds: u32) -> String {
    let secure = if visit.request().secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}")
}

fn set_cookie(visit: &Visit, name: &str, value: &str, seconds: u32) -> (String, String) {
    ("Set-Cookie".to_owned(), cookie(visit, name, value, seconds))
}

fn draw(visit: &Visit, page: Page) -> Response {
    let Page { title, description, crumbs, status, layout, is_kept, body } = page;
    let body = within(visit, move || body().into_any().to_html());
    let shell = frame::Shell { title, description, crumbs, layout, islands: frame::Islands::of(&body), body };
    let document = within(visit, move || frame::document(shell).to_html());
    let headers = vec![
        ("Content-Type".to_owned(), "text/html; charset=utf-8".to_owned()),
        ("Content-Language".to_owned(), visit.language().tag().to_owned()),
        ("Cache-Control".to_owned(), if is_kept { "private, no-cache" } else { "no-store" }.to_owned()),
        ("Vary".to_owned(), "Accept-Language, Cookie".to_owned()),
    ];
    Response { status, headers, body: format!("<!DOCTYPE html>{document}").into_bytes(), cause: None }
}

/// Runs `drawing` as leptos wants it: with an owner, in islands mode, and with the visit at hand.
fn within<Drawn>(visit: &Visit, drawing: impl FnOnce() -> Drawn) -> Drawn {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let drawn = owner.with(|| {
        provide_context(visit.clone());
        drawing()
    });
    owner.cleanup();
    drawn
}
