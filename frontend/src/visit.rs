//! One visit: who reads, in which language, what was asked and posted, and the way to ask the contract.

use std::{fmt, sync::Arc};

use chrono::{DateTime, Utc};
use cynic::{GraphQlResponse, Operation};
use domain::{
    identity::role::Role,
    language::Language,
    refusal::{Fact, Facts},
    text,
};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize, de::{DeserializeOwned, IgnoredAny}};

use crate::{
    answer::{FormError, PageError},
    schema::Bilingual,
    request::{Demo, GraphQl, Method, PostedFile, Request, Upload, Viewer},
};

/// One visit. Cheap to clone.
#[derive(Clone)]
pub struct Visit(Arc<Inner>);

struct Inner {
    request: Request,
    language: Language,
    graphql: Arc<dyn GraphQl>,
    /// Something to mend, when the page is shown again after a form was posted.
    again: Option<Vec<FormError>>,
}

impl fmt::Debug for Visit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Visit").field("path", &self.0.request.path).finish_non_exhaustive()
    }
}

/// How the reader wants to see: from cookies, which the display form sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// `auto` or `more`.
    pub contrast: &'static str,
    /// `100`, `125` or `150`, in percent.
    pub type_size: &'static str,
}

impl Preferences {
    /// What may stand in each cookie, the usual first.
    pub const THEMES: [&'static str; 3] = ["auto", "light", "dark"];
    /// See [`Self::THEMES`].
    pub const CONTRASTS: [&'static str; 2] = ["auto", "more"];
    /// See [`Self::THEMES`].
    pub const TYPE_SIZES: [&'static str; 3] = ["100", "125", "150"];

    /// The known value, or the usual one.
    pub fn known(of: &[&'static str], value: Option<&str>) -> &'static str {
        of.iter().copied().find(|known| Some(*known) == value).unwrap_or(of[0])
    }
}

impl Visit {
    pub(crate) fn new(request: Request, graphql: Arc<dyn GraphQl>) -> Self {
        let language = language(&request);
        Self(Arc::new(Inner { request, language, graphql, again: None }))
    }

    /// The same address as it is shown again, with what to mend and fields beside the posted ones.
    pub(crate) fn again(&self, errors: Vec<FormError>, fields: Vec<(String, String)>) -> Self {
        let mut request = Request { method: Method::Get, ..self.0.request.clone() };
        request.form.extend(fields);
        Self(Arc::new(Inner { request, language: self.0.language, graphql: self.0.graphql.clone(), again: Some(errors) }))
    }

    /// Asks the contract: `visit.ask(TenderPage::build(variables)).await?`, for queries and mutations alike.
    ///
    /// # Errors
    /// What the contract says at its top level: sign in, forbidden, not found, unavailable; all else is internal.
    pub async fn ask<Fragment, Variables>(&self, operation: Operation<Fragment, Variables>) -> Result<Fragment, PageError>
    where
        Fragment: DeserializeOwned,
        Variables: Serialize,
    {
        self.ask_with_files(operation, Vec::new()).await
    }

    /// Asks the contract with files: each takes the place of the `null` at its variable's path (`variables.input.file`).
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn ask_with_files<Fragment, Variables>(
        &self,
        operation: Operation<Fragment, Variables>,
        uploads: Vec<Upload>,
    ) -> Result<Fragment, PageError>
    where
        Fragment: DeserializeOwned,
        Variables: Serialize,
    {
        let request = serde_json::to_string(&operation).map_err(|error| PageError::Internal(error.to_string()))?;
        drop(operation);
        read(&self.0.graphql.execute(request, uploads).await)
    }

    /// The message under `key` in the reader's language.
    pub fn say(&self, key: &str) -> String {
        text::say(self.0.language, key)
    }

    /// The message under `key` with facts: `visit.say_with("tender-bids", facts([("count", 3_i64.into())]))`.
    #[expect(clippy::needless_pass_by_value, reason = "facts are made where they are said")]
    pub fn say_with(&self, key: &str, facts: Facts) -> String {
        text::say_with(self.0.language, key, &facts)
    }

    /// The reader's language.
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// A text in the reader's language: of the domain, or as the contract gave it.
    pub fn local<'text>(&self, text: &'text impl Bilingual) -> &'text str {
        text.said_in(self.0.language)
    }

    /// The marketplace's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.request.now
    }

    /// Who has signed in.
    pub fn viewer(&self) -> Option<&Viewer> {
        self.0.request.viewer.as_ref()
    }

    /// Who has signed in, or the way to the sign-in page.
    ///
    /// # Errors
    /// [`PageError::SignIn`] when nobody has.
    pub fn signed_in(&self) -> Result<&Viewer, PageError> {
        self.viewer().ok_or(PageError::SignIn)
    }

    /// Whether the reader holds the role.
    pub fn has_role(&self, role: Role) -> bool {
        self.viewer().is_some_and(|viewer| viewer.roles.contains(&role))
    }

    /// `GET` or `POST`.
    pub fn method(&self) -> Method {
        self.0.request.method
    }

    /// The path: `/tenders/0192…`.
    pub fn path(&self) -> &str {
        &self.0.request.path
    }

    /// The first value of a field of the query, trimmed; `None` when it is empty.
    pub fn query(&self, name: &str) -> Option<&str> {
        first(&self.0.request.query, name)
    }

    /// The whole query in order.
    pub fn queries(&self) -> &[(String, String)] {
        &self.0.request.query
    }

    /// This address with one field of the query set anew (or taken away), the others kept and `drop`ped where named:
    /// for sorting, filters and pages of a list.
    pub fn address_with(&self, name: &str, value: Option<&str>, drop: &[&str]) -> String {
        let mut pairs: Vec<(&str, &str)> = self
            .0
            .request
            .query
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str()))
            .filter(|(field, _)| *field != name && *field != "done" && !drop.contains(field))
            .collect();
        pairs.extend(value.map(|value| (name, value)));
        let query: Vec<String> = pairs.iter().map(|(field, value)| format!("{}={}", escape(field), escape(value))).collect();
        if query.is_empty() { self.path().to_owned() } else { format!("{}?{}", self.path(), query.join("&")) }
    }

    /// The first posted value of a field, trimmed; `None` when it is empty.
    pub fn posted(&self, name: &str) -> Option<&str> {
        first(&self.0.request.form, name)
    }

    /// All posted values of a field: for checkboxes.
    pub fn posted_all(&self, name: &str) -> Vec<&str> {
        self.0.request.form.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Every posted field in order: for rows of a table.
    pub fn form(&self) -> &[(String, String)] {
        &self.0.request.form
    }

    /// The posted file of a field.
    pub fn file(&self, name: &str) -> Option<&PostedFile> {
        self.0.request.files.iter().find(|file| file.field == name)
    }

    /// Every posted file.
    pub fn files(&self) -> &[PostedFile] {
        &self.0.request.files
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        first(&self.0.request.cookies, name)
    }

    /// What is to be mended, when the page is shown again after a form was posted.
    pub fn errors(&self) -> &[FormError] {
        self.0.again.as_deref().unwrap_or_default()
    }

    /// Whether the page is shown again, so that posted values stand before stored ones.
    pub fn is_again(&self) -> bool {
        self.0.again.is_some()
    }

    /// The key of what was just done, if this visit follows upon it. The cookie beside the address keeps a link from
    /// somebody else from claiming that something was done.
    pub fn done(&self) -> Option<String> {
        let key = self.query("done")?;
        let known = text::has(self.0.language, &format!("done-{key}"));
        (known && self.cookie("done") == Some(key)).then(|| key.to_owned())
    }

    /// How the reader wants to see.
    pub fn preferences(&self) -> Preferences {
        Preferences {
            theme: Preferences::known(&Preferences::THEMES, self.cookie("theme")),
            contrast: Preferences::known(&Preferences::CONTRASTS, self.cookie("contrast")),
            type_size: Preferences::known(&Preferences::TYPE_SIZES, self.cookie("type")),
        }
    }

    /// An address of this site, and of no other: for where to go on after signing in.
    pub fn own_address(address: &str) -> Option<&str> {
        let own = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n']);
        own.then_some(address)
    }

    /// What a demo shows beyond the market; `None` in production.
    pub fn demo(&self) -> Option<&Demo> {
        self.0.request.demo.as_ref()
    }

    pub(crate) fn request(&self) -> &Request {
        &self.0.request
    }
}

/// The visit for which a view is being drawn.
pub fn visit() -> Visit {
    use_context().expect("views are drawn within a visit")
}

/// The message under `key`, within a view.
pub fn say(key: &str) -> String {
    visit().say(key)
}

/// The message under `key` with facts, within a view.
pub fn say_with(key: &str, facts: Facts) -> String {
    visit().say_with(key, facts)
}

/// Facts for a message: `facts([("count", 3_i64.into()), ("buyer", name.into())])`.
pub fn facts<const COUNT: usize>(facts: [(&str, Fact); COUNT]) -> Facts {
    facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect()
}

/// `?lang=`, then the cookie, then what the browser prefers, then Chinese.
fn language(request: &Request) -> Language {
    first(&request.query, "lang")
        .and_then(Language::from_tag)
        .or_else(|| first(&request.cookies, "lang").and_then(Language::from_tag))
        .or_else(|| Language::from_accept_language(&request.accept_language))
        .unwrap_or_default()
}

fn first<'pairs>(pairs: &'pairs [(String, String)], name: &str) -> Option<&'pairs str> {
    pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// Percent-encodes a query's name or value.
pub(crate) fn escape(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

#[derive(Deserialize)]
struct Extensions {
    code: Option<String>,
}

fn read<Fragment: DeserializeOwned>(response: &str) -> Result<Fragment, PageError> {
    let unread = |error: serde_json::Error| PageError::Internal(format!("the answer can't be read: {error}"));
    // The errors first: beside them the data may lack what the fragment wants.
    let refused: GraphQlResponse<IgnoredAny, Extensions> = serde_json::from_str(response).map_err(unread)?;
    if let Some(error) = refused.errors.into_iter().flatten().next() {
        let code = error.extensions.and_then(|extensions| extensions.code);
        return Err(match code.as_deref() {
            Some("UNAUTHENTICATED") => PageError::SignIn,
            Some("FORBIDDEN") => PageError::Forbidden,
            // An address with something that is no id leads nowhere, too.
            Some("NOT_FOUND" | "MALFORMED") => PageError::NotFound,
            Some("UNAVAILABLE") => PageError::Unavailable,
            _ => PageError::Internal(error.message),
        });
    }
    let answered: GraphQlResponse<Fragment, Extensions> = serde_json::from_str(response).map_err(unread)?;
    answered.data.ok_or_else(|| PageError::Internal("the answer has neither data nor errors".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Visit, escape, read};
    use crate::answer::PageError;

    #[test]
    fn a_top_level_error_says_which_page_to_show() {
        let answer = |code: &str| format!(r#"{{"data":null,"errors":[{{"message":"no","extensions":{{"code":"{code}"}}}}]}}"#);
        assert_eq!(read::<()>(&answer("UNAUTHENTICATED")), Err(PageError::SignIn));
        assert_eq!(read::<()>(&answer("NOT_FOUND")), Err(PageError::NotFound));
        assert_eq!(read::<()>(&answer("MALFORMED")), Err(PageError::NotFound));
        let partly = r#"{"data":{"viewer":{}},"errors":[{"message":"no","extensions":{"code":"MALFORMED"}}]}"#;
        assert_eq!(read::<std::collections::BTreeMap<String, u32>>(partly), Err(PageError::NotFound));
        assert_eq!(read::<()>(&answer("SOMETHING")), Err(PageError::Internal("no".to_owned())));
    }

    #[test]
    fn only_addresses_of_this_site_are_followed() {
        assert_eq!(Visit::own_address("/orders?x=1"), Some("/orders?x=1"));
        for elsewhere in ["https://example.org", "//example.org", "/\\example.org", ""] {
            assert_eq!(Visit::own_address(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn chinese_words_travel_in_a_query() {
        assert_eq!(escape("打印 纸&"), "%E6%89%93%E5%8D%B0%20%E7%BA%B8%26");
    }
}
