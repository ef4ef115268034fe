//! Buttons are verbs, and one on a page is primary.

use leptos::prelude::*;

/// How much a button asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do on this page.
    Primary,
    /// Another thing to do.
    #[default]
    Secondary,
    /// What can't be undone; vermilion, and a page to check before it.
    Final,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button",
            Self::Final => "button final",
        }
    }
}

/// A button that submits its form. With `name` and `value` several buttons of one form can mean different things.
#[component]
pub fn Button(
    /// The verb.
    #[prop(into)]
    label: String,
    /// How much it asks for.
    #[prop(optional)]
    kind: Kind,
    /// The posted field.
    #[prop(optional)]
    name: Option<&'static str>,
    /// The posted value.
    #[prop(into, optional)]
    value: Option<String>,
) -> impl IntoView {
    view! { <button type="submit" class=kind.class() name=name value=value>{label}</button> }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn LinkButton(
    /// The verb.
    #[prop(into)]
    label: String,
    /// Where to.
    #[prop(into)]
    to: String,
    /// How much it asks for.
    #[prop(optional)]
    kind: Kind,
) -> impl IntoView {
    view! { <a class=kind.class() href=to>{label}</a> }
}
