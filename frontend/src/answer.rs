//! What a page module answers: a page, a redirect after something was done, or the same page again with what to mend.

use leptos::prelude::{AnyView, IntoAny, IntoView};

use crate::schema::UserError;

/// What goes back to the browser.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers, among them `Content-Type`, and `Location` and `Set-Cookie` where they are due.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// What went wrong, when it is a bug: for the log, told once beside the request's id, never for the browser.
    pub cause: Option<String>,
}

/// What every page module's functions answer.
pub type Answered = Result<Answer, PageError>;

/// What became of a visit.
pub enum Answer {
    /// A page to show.
    Page(Page),
    /// Something was done: go on there.
    Done(Done),
    /// Nothing was done: the same address again, with what to mend and the values as they were posted.
    Again(Vec<FormError>),
    /// As [`Answer::Again`], with fields that stand beside the posted ones from then on.
    AgainWith(Vec<FormError>, Vec<(String, String)>),
    /// A file to keep.
    File(Response),
}

/// Where to go after something was done.
pub struct Done {
    pub(crate) to: String,
    pub(crate) said: Option<&'static str>,
    pub(crate) cookies: Vec<String>,
}

impl Answer {
    /// Goes on at `to`, where the message `done-<key>` stays on the page.
    pub fn done(to: impl Into<String>, key: &'static str) -> Answered {
        Ok(Self::Done(Done { to: to.into(), said: Some(key), cookies: Vec::new() }))
    }

    /// Goes on at `to`, where nothing needs to be said.
    pub fn go(to: impl Into<String>) -> Answered {
        Ok(Self::Done(Done { to: to.into(), said: None, cookies: Vec::new() }))
    }

    /// The same page again, with what to mend.
    pub fn again<Error: Into<FormError>>(errors: impl IntoIterator<Item = Error>) -> Answered {
        Ok(Self::Again(errors.into_iter().map(Into::into).collect()))
    }

    /// As [`Answer::again`], with fields that stand beside the posted ones from then on: what names a file that was kept
    /// meanwhile, so that nobody chooses it twice.
    pub fn again_with(errors: Vec<FormError>, fields: Vec<(String, String)>) -> Answered {
        Ok(Self::AgainWith(errors, fields))
    }

    /// A file to download under `name`.
    pub fn file(name: &str, content_type: &str, bytes: Vec<u8>) -> Answered {
        let named: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() || ".-_".contains(letter) { letter } else { '_' }).collect();
        let headers = vec![
            ("Content-Type".to_owned(), content_type.to_owned()),
            ("Content-Disposition".to_owned(), format!("attachment; filename=\"{named}\"")),
        ];
        Ok(Self::File(Response { status: 200, headers, body: bytes, cause: None }))
    }

    /// A short answer to a script of ours that posted the page's form by itself.
    pub fn told(status: u16, value: &serde_json::Value) -> Answered {
        let headers = vec![("Content-Type".to_owned(), "application/json".to_owned()), ("Cache-Control".to_owned(), "no-store".to_owned())];
        Ok(Self::File(Response { status, headers, body: value.to_string().into_bytes(), cause: None }))
    }

    /// Sets a cookie (a whole `Set-Cookie` value) on the way to where it goes on.
    #[must_use]
    pub fn with_cookie(mut self, cookie: String) -> Self {
        if let Self::Done(done) = &mut self {
            done.cookies.push(cookie);
        }
        self
    }
}

/// One thing to mend in a posted form, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    /// The form field, which is the path of the GraphQL `userErrors` joined by dots; empty for the whole form.
    pub field: String,
    /// What is wrong, why the rule exists, what to do.
    pub message: String,
}

impl FormError {
    /// An error at a field.
    pub fn at(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl From<UserError> for FormError {
    fn from(error: UserError) -> Self {
        Self { field: error.path.join("."), message: error.message }
    }
}

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Somebody must sign in first.
    #[error("nobody has signed in")]
    SignIn,
    /// The role does not reach here.
    #[error("not for this role")]
    Forbidden,
    /// It is not there, or not for this reader to know.
    #[error("not found")]
    NotFound,
    /// A part of the marketplace is out of reach for a while.
    #[error("unavailable")]
    Unavailable,
    /// A bug, told once, here, for the log.
    #[error("{0}")]
    Internal(String),
}

/// A page: its title, its place, and what stands in its middle.
pub struct Page {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) crumbs: Vec<(String, String)>,
    pub(crate) status: u16,
    pub(crate) layout: &'static str,
    pub(crate) is_kept: bool,
    pub(crate) body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page with this title, in the reader's language. The frame adds the marketplace's name.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), description: None, crumbs: Vec::new(), status: 200, layout: "", is_kept: true, body: Box::new(|| ().into_any()) }
    }

    /// A step of the way here: outermost first, this page left out.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, address: impl Into<String>) -> Self {
        self.crumbs.push((label.into(), address.into()));
        self
    }

    /// What search engines and previews say of a public page.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Uses the whole width: for tables and workspaces. Otherwise text keeps a line that reads well.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.layout = "wide";
        self
    }

    /// In large type for a projector, with the frame held back.
    #[must_use]
    pub fn ceremonial(mut self) -> Self {
        self.layout = "ceremonial";
        self
    }

    /// Another HTTP status than 200.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Holds a secret: no cache keeps it, not even the browser's own.
    #[must_use]
    pub fn unkept(mut self) -> Self {
        self.is_kept = false;
        self
    }

    /// What stands in the middle, its `<h1>` first. Drawn later, where [`say`](crate::visit::say) and
    /// [`visit`](crate::visit::visit) know the reader.
    pub fn show<View: IntoView + 'static>(mut self, body: impl FnOnce() -> View + Send + 'static) -> Answered {
        self.body = Box::new(move || body().into_any());
        Ok(Answer::Page(self))
    }
}
