//! `/graphiql`: a place to try the contract, from files that were shipped with the server. Nothing is loaded from
//! elsewhere.

use super::Edge;
use super::asker::asker;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use domain::language::Language;
use domain::text::say;
use std::fmt::Write as _;

/// The scripts in the order in which they need each other; `cargo xtask pages` takes them from npm's published packages.
const SCRIPTS: [&str; 4] = ["react.js", "react-dom.js", "graphiql.js", "graphiql-start.js"];

/// As strict as for every page, and nothing inline. Its style sheet carries its fonts, so this page alone allows fonts from
/// `data:`.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; \
                      base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/// `GET /graphiql`
pub(super) async fn page(State(edge): State<Edge>, headers: HeaderMap) -> Response {
    let (asker, _) = asker(&edge, &headers).await;
    let html = document(&edge.assets, asker.ctx.language);
    let said = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store"), (header::VARY, "Accept-Language")];
    (said, Html(html)).into_response()
}

/// The page: `GraphiQL` where its files are there, otherwise how to get them.
fn document(assets: &frontend::Assets, language: Language) -> String {
    let mut head = String::new();
    if let Some(sheet) = assets.get("graphiql.css") {
        let _ = write!(head, r#"<link rel="stylesheet" href="{}" integrity="{}">"#, sheet.path, sheet.integrity);
    }
    let mut scripts = String::new();
    for name in SCRIPTS {
        let Some(script) = assets.get(name) else {
            return html(language, "", &format!("<h1>GraphiQL</h1><p>{}</p><pre>cargo xtask build</pre>{}", say(language, "graphiql-missing"), links(language)));
        };
        let _ = write!(scripts, r#"<script defer src="{}" integrity="{}"></script>"#, script.path, script.integrity);
    }
    let welcome = say(language, "graphiql-welcome").replace('"', "&quot;");
    let without = format!("<noscript><p>{}</p></noscript>{}", say(language, "graphiql-without-script"), links(language));
    html(language, &(head + &scripts), &format!(r#"<div id="graphiql" class="graphiql-container" data-welcome="{welcome}">{without}</div>"#))
}

fn links(language: Language) -> String {
    format!(r#"<p><a href="/docs">{}</a> · <a href="/schema.graphql">{}</a></p>"#, say(language, "docs"), say(language, "docs-schema"))
}

fn html(language: Language, head: &str, body: &str) -> String {
    let (tag, title) = (language.tag(), say(language, "graphiql-title"));
    format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title>{head}</head><body>{body}</body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(names: &[&str]) -> frontend::Assets {
        let listed = names.iter().map(|name| ((*name).to_owned(), serde_json::json!({ "path": format!("/pkg/{name}"), "integrity": "sha384-x" })));
        let listed: serde_json::Map<String, serde_json::Value> = listed.collect();
        frontend::Assets::from_json(serde_json::to_string(&listed).unwrap().as_bytes()).unwrap()
    }

    #[test]
    fn it_loads_our_own_files_alone_and_says_how_to_get_them_where_they_are_missing() {
        let whole = document(&assets(&["graphiql.css", "react.js", "react-dom.js", "graphiql.js", "graphiql-start.js"]), Language::English);
        assert!(!whole.contains("://") && whole.matches("integrity=").count() == 5, "{whole}");
        for language in [Language::Chinese, Language::English] {
            let without = document(&assets(&["react.js"]), language);
            assert!(without.contains("cargo xtask build") && !without.contains("<script"), "{without}");
        }
    }
}
