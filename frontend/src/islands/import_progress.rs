//! How far an import has come, told live; when it is done, the page comes anew and says what came of it.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
mod asking {
    use crate::schema::schema;

    #[derive(cynic::QueryVariables)]
    pub(super) struct Which {
        pub(super) id: cynic::Id,
    }

    #[derive(cynic::QueryFragment)]
    #[cynic(graphql_type = "Query", variables = "Which")]
    pub(super) struct Progress {
        #[arguments(id: $id)]
        pub(super) price_list_import: Option<PriceListImport>,
    }

    #[derive(cynic::QueryFragment)]
    pub(super) struct PriceListImport {
        pub(super) status: PriceListImportStatus,
        pub(super) done_count: i32,
    }

    #[derive(cynic::Enum, Clone, Copy, PartialEq, Eq)]
    pub(super) enum PriceListImportStatus {
        Read,
        Confirmed,
        Applied,
        Failed,
    }
}

/// The rows that are done, of all; asked again every second. Without scripts it says how far the import had come when the
/// page was drawn.
#[island]
pub fn ImportProgress(
    /// The import.
    id: String,
    /// The rows that were done when the page was drawn.
    done: i32,
    /// All rows.
    all: i32,
    /// What is said, with `{done}` where the number goes.
    words: String,
) -> impl IntoView {
    let done = RwSignal::new(done);
    #[cfg(feature = "hydrate")]
    watch(id, done);
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
    let said = Memo::new(move |_| words.replace("{done}", &done.get().to_string()));
    view! {
        <div role="status">
            <p>{move || said.get()}</p>
            <progress max=all value=move || done.get() aria-label=move || said.get()></progress>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn watch(id: String, done: RwSignal<i32>) {
    use asking::{PriceListImportStatus, Progress, Which};
    use cynic::QueryBuilder as _;
    crate::browser::every_second(move |_| {
        let which = Which { id: cynic::Id::new(id.clone()) };
        leptos::task::spawn_local(async move {
            // A question that fails is asked again in a second.
            let Ok(Progress { price_list_import: Some(import) }) = crate::browser::ask(Progress::build(which)).await else { return };
            if import.status == PriceListImportStatus::Confirmed {
                done.set(import.done_count);
            } else if let Err(error) = window().location().reload() {
                leptos::logging::error!("the page could not be loaded again: {error:?}");
            }
        });
    });
}
