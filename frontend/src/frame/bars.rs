//! The thin top bar: the marketplace's name and seal, one search box for everything, the language, the display, who I am and for whom.

use domain::language::Language;
use leptos::prelude::*;

use crate::{
    parts::Seal,
    visit::{Preferences, say, visit},
};

pub(super) fn top() -> impl IntoView {
    view! {
        <header class="top">
            <div class="top-row">
                <a class="brand" href="/">
                    <Seal/>
                    <span class="brand-name">{say("market-name")}</span>
                </a>
                {search()}
                <div class="top-tools">{language()} {display()} {person()}</div>
            </div>
        </header>
    }
}

/// The one search box for everything. On the pages that search by themselves it would be a second one.
fn search() -> Option<impl IntoView> {
    let visit = visit();
    let has_its_own = visit.path() == "/search" || (visit.path() == "/" && visit.viewer().is_none());
    (!has_its_own).then(|| {
        view! {
            <form class="top-search" method="get" action="/search" role="search" aria-label=say("search-label")>
                <input type="search" name="text" aria-label=say("search-label") placeholder=say("search-hint") autocomplete="off"/>
                <button class="button" type="submit">{say("search-do")}</button>
            </form>
        }
    })
}

fn language() -> impl IntoView {
    let visit = visit();
    let (other, name) = match visit.language() {
        Language::Chinese => (Language::English, "English"),
        Language::English => (Language::Chinese, "中文"),
    };
    let address = visit.address_with("lang", Some(other.tag()), &[]);
    view! { <a class="tool" href=address hreflang=other.tag() lang=other.tag()>{name}</a> }
}

/// Light and dark, contrast and type size: one form that works without scripts.
fn display() -> impl IntoView {
    let visit = visit();
    let preferences = visit.preferences();
    let back = visit.address_with("lang", None, &[]);
    view! {
        <details class="menu" name="top">
            <summary class="tool">{say("display")}</summary>
            <form class="menu-sheet" method="post" action="/display">
                <input type="hidden" name="back" value=back/>
                {choice("theme", "display-theme", &Preferences::THEMES, preferences.theme)}
                {choice("contrast", "display-contrast", &Preferences::CONTRASTS, preferences.contrast)}
                {choice("type", "display-type", &Preferences::TYPE_SIZES, preferences.type_size)}
                <button class="button" type="submit">{say("display-save")}</button>
            </form>
        </details>
    }
}

fn choice(name: &'static str, legend: &str, values: &[&'static str], chosen: &str) -> impl IntoView {
    let options = values
        .iter()
        .map(|value| {
            view! {
                <label class="segment">
                    <input type="radio" name=name value=*value checked=*value == chosen/>
                    <span>{say(&format!("{legend}-{value}"))}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset class="segments"><legend>{say(legend)}</legend><div>{options}</div></fieldset> }
}

fn person() -> AnyView {
    let visit = visit();
    let Some(viewer) = visit.viewer().cloned() else {
        return view! { <a class="tool strong" href="/sign-in">{say("sign-in")}</a> }.into_any();
    };
    let roles: Vec<String> = viewer.roles.iter().map(|role| say(&format!("role-{}", role.as_str()))).collect();
    let organization = visit.local(&viewer.organization).to_owned();
    view! {
        <details class="menu" name="top">
            <summary class="tool who">
                <span class="who-name">{viewer.name.clone()}</span>
                <span class="who-for">{organization.clone()}</span>
            </summary>
            <div class="menu-sheet">
                <p class="who-full"><strong>{viewer.name}</strong><br/>{organization}<br/><span class="quiet">{roles.join(" · ")}</span></p>
                <ul class="plain">
                    <li><a href="/account">{say("section-account")}</a></li>
                </ul>
                <form method="post" action="/sign-out"><button class="button" type="submit">{say("sign-out")}</button></form>
            </div>
        </details>
    }
    .into_any()
}
