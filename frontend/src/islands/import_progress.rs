//! How far an import has come, told live; when it is done, the page comes anew and says what came of it.

use leptos::prelude::*;

/// The rows that are done, of all: its own page is read again every second. Without scripts it says how far the import had
/// come when the page was drawn.
#[island]
pub fn ImportProgress(
    /// The address of the import's page.
    page: String,
    /// The rows that were done when the page was drawn.
    done: i32,
    /// All rows.
    all: i32,
    /// What is said, with `{done}` where the number goes.
    words: String,
) -> impl IntoView {
    let done = RwSignal::new(done);
    #[cfg(feature = "hydrate")]
    watch(page, done);
    #[cfg(not(feature = "hydrate"))]
    let _ = page;
    let said = Memo::new(move |_| words.replace("{done}", &done.get().to_string()));
    view! {
        <div role="status">
            <p>{move || said.get()}</p>
            <progress max=all value=move || done.get() aria-label=move || said.get()></progress>
            <data class="import-done" value=move || done.get() hidden>{move || done.get()}</data>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn watch(page: String, done: RwSignal<i32>) {
    crate::browser::every_second(move |_| {
        let page = page.clone();
        leptos::task::spawn_local(async move {
            // What is not answered is asked again in a second.
            let Ok(answered) = crate::browser::get(&page).await else { return };
            match crate::browser::texts(&answered.body, ".import-done").first() {
                Some(now) => done.set(now.parse().unwrap_or_else(|_| done.get_untracked())),
                // It is done, or somebody must sign in: the whole page says which.
                None => drop(window().location().reload()),
            }
        });
    });
}
