//! How much a document may ask for, judged before anything of it is checked or run.

use async_graphql::Positioned;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Selection, SelectionSet};
use domain::refusal::{Code, Refusal};

/// The most words and marks of a document.
pub const TOKENS_MOST: usize = 5_000;
/// The most aliases of a document, its fragments taken as often as they are spread.
pub const ALIASES_MOST: usize = 50;
/// The most root fields of an operation.
pub const ROOT_FIELDS_MOST: usize = 20;
/// The most selections of a document, its fragments taken as often as they are spread.
const SELECTIONS_MOST: usize = 10_000;
/// How often lists of the schema may be nested in a question about the schema: each level multiplies the answer.
const INTROSPECTION_LISTS_MOST: usize = 2;
/// Lists of the schema about itself.
const INTROSPECTION_LISTS: [&str; 4] = ["fields", "interfaces", "possibleTypes", "inputFields"];
/// Deeper than this nothing is looked at: the library refuses it afterwards, circles of fragments among it.
const DEPTH_LOOKED_AT: usize = 64;

/// Counts the words and marks of a document, without reading it. Strings, comments, commas and spaces separate.
///
/// # Errors
/// `QUERY_TOO_LONG`.
pub(crate) fn check_length(query: &str) -> Result<(), Refusal> {
    let mut tokens = 0_usize;
    let mut is_in_word = false;
    for byte in query.bytes() {
        let is_word = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        let is_mark = !is_word && !byte.is_ascii_whitespace() && byte != b',';
        if is_mark || (is_word && !is_in_word) {
            tokens += 1;
        }
        is_in_word = is_word;
    }
    if tokens > TOKENS_MOST { Err(Refusal::new(Code::QueryTooLong).with("most", TOKENS_MOST)) } else { Ok(()) }
}

/// Checks the number of root fields, aliases and selections, and the nesting of questions about the schema.
///
/// # Errors
/// `QUERY_TOO_MANY_ROOT_FIELDS`, `QUERY_TOO_MANY_ALIASES`, `QUERY_TOO_COMPLEX`, `QUERY_TOO_DEEP`.
pub(crate) fn check(document: &ExecutableDocument) -> Result<(), Refusal> {
    let operations: Vec<_> = match &document.operations {
        DocumentOperations::Single(operation) => vec![operation],
        DocumentOperations::Multiple(operations) => operations.values().collect(),
    };
    let mut count = Count { document, aliases: 0, root_fields: 0, selections: 0 };
    for operation in operations {
        count.root_fields = 0;
        count.walk(&operation.node.selection_set, 0, 0, true)?;
    }
    Ok(())
}

struct Count<'a> {
    document: &'a ExecutableDocument,
    aliases: usize,
    root_fields: usize,
    selections: usize,
}

impl Count<'_> {
    fn walk(&mut self, set: &Positioned<SelectionSet>, depth: usize, lists: usize, is_root: bool) -> Result<(), Refusal> {
        if depth > DEPTH_LOOKED_AT {
            return Ok(());
        }
        for selection in &set.node.items {
            self.selections += 1;
            at_most(self.selections, SELECTIONS_MOST, Code::QueryTooComplex)?;
            match &selection.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    self.aliases += usize::from(field.node.alias.is_some());
                    at_most(self.aliases, ALIASES_MOST, Code::QueryTooManyAliases)?;
                    self.root_fields += usize::from(is_root);
                    at_most(self.root_fields, ROOT_FIELDS_MOST, Code::QueryTooManyRootFields)?;
                    // Only below `__schema` and `__type` do these names mean the schema's own lists.
                    let is_introspection = lists > 0 || (is_root && name.starts_with("__"));
                    let is_list = INTROSPECTION_LISTS.contains(&name);
                    let lists = lists + usize::from(is_introspection && (is_root || is_list));
                    // The first is `__schema` or `__type` itself.
                    at_most(lists, INTROSPECTION_LISTS_MOST + 1, Code::QueryTooDeep)?;
                    self.walk(&field.node.selection_set, depth + 1, lists, false)?;
                }
                Selection::InlineFragment(fragment) => self.walk(&fragment.node.selection_set, depth + 1, lists, is_root)?,
                Selection::FragmentSpread(spread) => {
                    let document = self.document;
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        self.walk(&fragment.node.selection_set, depth + 1, lists, is_root)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn at_most(count: usize, most: usize, code: Code) -> Result<(), Refusal> {
    if count > most { Err(Refusal::new(code).with("most", most)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use crate::schema;
    use async_graphql::Value;
    use std::fmt::Write as _;

    async fn code(query: &str) -> Option<Value> {
        let answer = schema().execute(query).await;
        answer.errors.first().and_then(|error| error.extensions.as_ref()?.get("code").cloned())
    }

    fn many(piece: impl Fn(usize) -> String, count: usize) -> String {
        (0..count).fold("{".to_owned(), |mut query, number| {
            let _ = write!(query, " {}", piece(number));
            query
        }) + " }"
    }

    #[tokio::test]
    async fn a_query_that_asks_too_much_is_refused_with_its_own_code() {
        let deep = format!("{{ viewer {} }}", "{ organization ".repeat(40) + "{ id }" + &" }".repeat(40));
        let about = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } }";
        let about = format!("{about} }}");
        let fragments = (0..16).fold("{ viewer { ...f0 } }".to_owned(), |mut query, number| {
            let _ = write!(query, " fragment f{number} on Viewer {{ ...f{0} ...f{0} }}", number + 1);
            query
        }) + " fragment f16 on Viewer { __typename }";
        for (query, expected) in [
            (deep.as_str(), "QUERY_TOO_DEEP"),
            (about.as_str(), "QUERY_TOO_DEEP"),
            (&many(|number| format!("a{number}: __typename"), 60), "QUERY_TOO_MANY_ROOT_FIELDS"),
            (&format!("{{ __schema {} }}", many(|number| format!("a{number}: description"), 60)), "QUERY_TOO_MANY_ALIASES"),
            (&many(|_| "__typename".to_owned(), 5_001), "QUERY_TOO_LONG"),
            (&fragments, "QUERY_TOO_COMPLEX"),
            ("{ nonsense", "QUERY_INVALID"),
        ] {
            assert_eq!(code(query).await, Some(expected.into()), "{}", &query[..query.len().min(200)]);
        }
    }

    #[tokio::test]
    async fn a_usual_question_about_the_schema_is_answered() {
        let of_type = "ofType { name ".repeat(7) + &"}".repeat(7);
        let query = format!("{{ __schema {{ types {{ name fields {{ name args {{ type {{ name {of_type} }} }} type {{ name {of_type} }} }} inputFields {{ name }} possibleTypes {{ name }} }} }} }}");
        assert_eq!(code(&query).await, None);
    }
}
