//! Facts about one thing: what, and what it is.

use leptos::prelude::*;

use crate::visit::say;

/// One line of a summary list.
pub struct Fact {
    label: String,
    value: AnyView,
    change: Option<String>,
}

impl Fact {
    /// A fact; its value is words or a view.
    pub fn new(label: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { label: label.into(), value: value.into_any(), change: None }
    }

    /// With a link where it can be changed.
    #[must_use]
    pub fn change(mut self, address: impl Into<String>) -> Self {
        self.change = Some(address.into());
        self
    }
}

/// A summary list.
#[component]
pub fn SummaryList(
    /// The facts in order.
    facts: Vec<Fact>,
) -> impl IntoView {
    let rows = facts
        .into_iter()
        .map(|fact| {
            let change = fact.change.map(|to| {
                view! { <span class="change"><a href=to>{say("summary-change")}<span class="hidden">" " {fact.label.clone()}</span></a></span> }
            });
            view! { <div><dt>{fact.label.clone()}</dt><dd><span class="value">{fact.value}</span>{change}</dd></div> }
        })
        .collect_view();
    view! { <dl class="summary">{rows}</dl> }
}
