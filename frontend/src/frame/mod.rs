//! The frame round every page: top bar, sections, way here, what must be said first, foot.

mod bars;
mod demo;
mod foot;
mod sections;

use leptos::prelude::*;

use crate::{
    parts::{Crumbs, Done, ErrorSummary},
    visit::{say, visit},
};

/// A drawn page and what the frame must know of it.
pub(crate) struct Shell {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) crumbs: Vec<(String, String)>,
    pub(crate) layout: &'static str,
    /// The islands in it, for which alone scripts are loaded.
    pub(crate) islands: Islands,
    pub(crate) body: String,
}

/// Which islands a page has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Islands {
    /// None: no script is loaded.
    None,
    /// Those that every page may have.
    Everyday,
    /// Those of sealed bids among them.
    Bidding,
}

impl Islands {
    /// Those of a drawn page.
    pub(crate) fn of(page: &str) -> Self {
        match (page.contains("<leptos-island"), crate::islands::bidding::stands_in(page)) {
            (false, _) => Self::None,
            (true, false) => Self::Everyday,
            (true, true) => Self::Bidding,
        }
    }

    /// The script of the module that has them.
    const fn script(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Everyday => Some("frontend.js"),
            Self::Bidding => Some("bidding.js"),
        }
    }
}

/// The whole document.
pub(crate) fn document(shell: Shell) -> impl IntoView {
    let visit = visit();
    let Shell { title, description, crumbs, layout, islands, body } = shell;
    let preferences = visit.preferences();
    let wrong = if visit.errors().is_empty() { String::new() } else { format!("{}: ", say("error-title-prefix")) };
    view! {
        <html
            lang=visit.language().tag()
            data-theme=preferences.theme
            data-contrast=preferences.contrast
            data-type=preferences.type_size
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{format!("{wrong}{title} – {}", say("market-name"))}</title>
                {description.map(|description| view! { <meta name="description" content=description/> })}
                <link rel="icon" href=ICON type="image/svg+xml"/>
                {stylesheet()}
                {alternates()}
                {scripts(islands)}
            </head>
            <body class=layout>
                <a class="skip" href="#main">{say("skip-to-content")}</a>
                {demo::clock()}
                {bars::top()}
                {sections::navigation()}
                <div class="middle">
                    <Crumbs crumbs here=title.clone()/>
                    <main id="main" tabindex="-1">
                        <Done/>
                        <ErrorSummary/>
                        <div class="page" inner_html=body></div>
                    </main>
                </div>
                {foot::foot()}
            </body>
        </html>
    }
}

/// The seal, as the browser's tab shows it.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect x='3' y='3' width='26' height='26' rx='3' fill='%23b3261e'/%3E%3Cpath d='M10 9h12M16 9v14M10 16h12M9 23h14' stroke='%23fff' stroke-width='2.4' fill='none'/%3E%3C/svg%3E";

fn stylesheet() -> impl IntoView {
    let visit = visit();
    let assets = &visit.request().assets;
    view! { <link rel="stylesheet" href=assets.path("style.css") integrity=assets.integrity("style.css")/> }
}

/// The same page in each language.
fn alternates() -> impl IntoView {
    let visit = visit();
    domain::language::Language::ALL
        .map(|language| {
            let address = visit.address_with("lang", Some(language.tag()), &[]);
            view! { <link rel="alternate" hreflang=language.tag() href=address/> }
        })
        .into_iter()
        .collect_view()
}

fn scripts(islands: Islands) -> Option<impl IntoView> {
    let visit = visit();
    let request = visit.request();
    let assets = &request.assets;
    islands.script().map(|script| view! {
        <link rel="modulepreload" href=assets.path(script) integrity=assets.integrity(script)/>
        <script
            id="start"
            type="module"
            src=assets.path("start.js")
            integrity=assets.integrity("start.js")
            nonce=request.nonce.clone()
            data-islands=assets.path(script)
            data-sealing=assets.path("sealing.js")
        ></script>
    })
}
