//! The native dialog, only before what can't be undone: it repeats what will happen. It needs no script; a browser that
//! doesn't know it shows its content in the page.

use leptos::prelude::*;

use super::button::Kind;
use crate::visit::say;

/// A button that opens a dialog. The form with the real button is the dialog's content.
#[component]
pub fn Dialog(
    /// An id that is unique in the page.
    id: &'static str,
    /// The verb on the button that opens it.
    #[prop(into)]
    open: String,
    /// The question.
    #[prop(into)]
    title: String,
    /// How much the opening button asks for.
    #[prop(optional)]
    kind: Kind,
    /// What will happen, and the form that does it.
    children: Children,
) -> impl IntoView {
    let heading = format!("{id}-title");
    let named = heading.clone();
    let class = match kind {
        Kind::Primary => "button primary opens",
        Kind::Secondary => "button opens",
        Kind::Final => "button final opens",
    };
    view! {
        <button type="button" class=class popovertarget=id>{open}</button>
        <dialog id=id popover="auto" aria-labelledby=named>
            <h2 id=heading>{title}</h2>
            {children()}
            <button type="button" class="button closes" popovertarget=id popovertargetaction="hide">{say("dialog-back")}</button>
        </dialog>
    }
}
