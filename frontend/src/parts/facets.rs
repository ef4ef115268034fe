//! Facets: values to tick, each with its count. Beside the hits where there is room, a sheet above them on a phone.

use leptos::prelude::*;

use super::Button;
use crate::visit::{say, visit};

/// How many values of a facet are offered.
const VALUES_MOST: usize = 10;

/// A value to tick.
#[derive(Clone, Debug)]
pub struct FacetValue {
    /// As the address takes it.
    pub value: String,
    /// In words.
    pub label: String,
    /// How many hits there would be.
    pub count: i32,
}

/// One kind of value.
#[derive(Clone, Debug)]
pub struct FacetGroup {
    /// Its name in the address.
    pub name: &'static str,
    /// Its heading.
    pub label: String,
    /// Its values, the commonest first.
    pub values: Vec<FacetValue>,
}

/// What the address has chosen of a kind.
pub fn chosen(name: &str) -> Vec<String> {
    let visit = visit();
    visit.queries().iter().filter(|(field, value)| field == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
}

/// Of a tree only the leaves among `values`, and what is chosen: those above say less, and have their own address.
pub fn leaves(values: Vec<FacetValue>, chosen: &[String]) -> Vec<FacetValue> {
    let all: Vec<String> = values.iter().map(|value| value.value.clone()).collect();
    let is_above = |value: &str| {
        let prefix = value.trim_end_matches('0');
        all.iter().any(|other| other != value && other.starts_with(prefix))
    };
    let mut kept: Vec<FacetValue> =
        values.into_iter().filter(|value| chosen.contains(&value.value) || !is_above(&value.value)).collect();
    kept.sort_by_key(|value| std::cmp::Reverse(value.count));
    kept
}

/// The sheet, inside a form of method `get`. Closed on a phone unless something is chosen; beside the hits it is always open.
#[component]
pub fn Facets(
    /// The kinds in their order; empty ones are left out.
    groups: Vec<FacetGroup>,
    /// What clears them.
    #[prop(into)]
    clear: String,
) -> impl IntoView {
    let count: usize = groups.iter().map(|group| chosen(group.name).len()).sum();
    let label = if count > 0 { format!("{} ({count})", say("items-narrow")) } else { say("items-narrow") };
    let groups = groups.into_iter().filter(|group| !group.values.is_empty()).map(group).collect_view();
    view! {
        <details class="facets" open={count > 0}>
            <summary>{label}</summary>
            {groups}
            <Button label=say("items-narrow-do")/>
            <p><a href=clear>{say("items-clear")}</a></p>
        </details>
    }
}

/// The values of a kind: the chosen ones always, and the commonest.
fn group(group: FacetGroup) -> impl IntoView {
    let chosen = chosen(group.name);
    let name = group.name;
    let offered = group.values.into_iter().enumerate().filter(|(place, value)| *place < VALUES_MOST || chosen.contains(&value.value));
    let boxes: Vec<_> = offered
        .map(|(_, value)| {
            let checked = chosen.contains(&value.value);
            view! {
                <label class="choice">
                    <input type="checkbox" name=name value=value.value checked=checked/>
                    <span class="choice-words">{value.label} " " <span class="quiet number">{value.count}</span></span>
                </label>
            }
        })
        .collect();
    view! { <fieldset class="field"><legend>{group.label}</legend>{boxes}</fieldset> }
}
