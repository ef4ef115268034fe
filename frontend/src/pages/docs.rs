//! For those who build: the contract, a first request, examples to copy, refusals.

use crate::prelude::*;

const CONTRACT: [(&str, &str); 3] = [("/graphql", "docs-graphql"), ("/schema.graphql", "docs-schema"), ("/graphiql", "docs-graphiql")];

/// An example for integrators, as it lies in `graphql/examples`, where the tests run it.
struct Example {
    name: &'static str,
    document: &'static str,
    variables: &'static str,
}

macro_rules! examples {
    ($($name:literal),* $(,)?) => {
        [$(Example {
            name: $name,
            document: include_str!(concat!("../../../graphql/examples/", $name, ".graphql")),
            variables: include_str!(concat!("../../../graphql/examples/", $name, ".json")),
        }),*]
    };
}

/// The ten commonest tasks, in the order in which a supplier's and a buyer's systems do them.
const EXAMPLES: [Example; 10] = examples![
    "01-sign-in",
    "02-find-tenders",
    "03-read-a-notice",
    "04-follow-a-tender",
    "05-ask-a-question",
    "06-submit-a-sealed-bid",
    "07-import-a-price-list",
    "08-search-the-catalogue",
    "09-place-an-order",
    "10-deliver-an-order",
];

/// The page.
pub(super) fn page(visit: &Visit) -> Answered {
    Page::titled(visit.say("docs")).show(|| {
        view! {
            <h1>{say("docs")}</h1>
            <p class="lead">{say("docs-lead")}</p>
            <h2>{say("docs-contract")}</h2>
            <p>{say("docs-contract-why")}</p>
            {addresses(&CONTRACT)}
            <h2>{say("docs-first")}</h2>
            <p>{say("docs-first-how")}</p>
            <pre lang="en" tabindex="0"><code>{FIRST}</code></pre>
            <h2 id="examples">{say("docs-examples")}</h2>
            <p>{say("docs-examples-how")}</p>
            {EXAMPLES.iter().map(example).collect_view()}
            <h2>{say("docs-errors")}</h2>
            <p>{say("docs-errors-how")}</p>
        }
    })
}

/// A document or its variables as a file, for programs and for `curl`.
pub(super) fn file(name: &str) -> Answered {
    let found = EXAMPLES.iter().find_map(|example| {
        let (stem, extension) = name.rsplit_once('.')?;
        match extension {
            _ if stem != example.name => None,
            "graphql" => Some(("application/graphql; charset=utf-8", example.document)),
            "json" => Some(("application/json; charset=utf-8", example.variables)),
            _ => None,
        }
    });
    let (kind, text) = found.ok_or(PageError::NotFound)?;
    Answer::file(name, kind, text.as_bytes().to_vec())
}

const FIRST: &str = "curl https://HOST/graphql \\\n  -H 'Content-Type: application/json' \\\n  -H 'Accept: application/graphql-response+json' \\\n  -d '{\"query\": \"{ __schema { queryType { name } } }\"}'";

fn addresses(list: &[(&'static str, &str)]) -> impl IntoView + use<> {
    let facts = list
        .iter()
        .map(|(address, key)| SummaryFact::new(*address, say(key)))
        .collect();
    view! { <SummaryList facts/> }
}

/// The key of an example's texts: `docs-example-sign-in` for `01-sign-in`.
fn key(example: &Example) -> String {
    format!("docs-example-{}", example.name.trim_start_matches(|character: char| character.is_ascii_digit() || character == '-'))
}

fn example(example: &Example) -> impl IntoView + use<> {
    let (key, name) = (key(example), example.name);
    let file = |extension: &str| {
        let file = format!("{name}.{extension}");
        let address = format!("/docs/examples/{file}");
        view! { <a href=address>{file}</a> }
    };
    view! {
        <details>
            <summary>{say(&key)}</summary>
            <p>{say(&format!("{key}-what"))}</p>
            <p>{file("graphql")}" · "{file("json")}</p>
            <pre lang="en" tabindex="0"><code>{without_head(example.document)}</code></pre>
            <p>{say("docs-example-variables")}</p>
            <pre lang="en" tabindex="0"><code>{example.variables}</code></pre>
        </details>
    }
}

/// The document without the words at its head, which the page says in the reader's language.
fn without_head(document: &'static str) -> &'static str {
    document.find("\n\n").map_or(document, |end| document[end..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text;

    #[test]
    fn every_example_is_listed_and_said_in_both_languages() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../graphql/examples");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let mut listed: Vec<_> = EXAMPLES.iter().flat_map(|example| [format!("{}.graphql", example.name), format!("{}.json", example.name)]).collect();
        listed.sort();
        assert_eq!(files, listed);
        for example in &EXAMPLES {
            for language in [Language::Chinese, Language::English] {
                assert!(text::has(language, &key(example)) && text::has(language, &format!("{}-what", key(example))), "{}", example.name);
            }
            assert!(!without_head(example.document).starts_with('#'));
        }
    }
}
