//! Categories, items, price lists and their import, search.

mod compare;
mod import;
mod item;
mod items;
mod own;
mod own_content;
mod own_edit;
mod own_form;
mod own_reading;
pub(super) mod value;

use crate::prelude::*;

/// The room's addresses.
pub(super) async fn route(visit: &Visit, path: &[&str]) -> Option<Answered> {
    Some(match (visit.method(), path) {
        (Get, ["items"]) => items::page(visit).await,
        (Get, ["items", id]) => item::page(visit, id).await,
        (Get, ["compare"]) => compare::page(visit).await,
        (Get, ["catalogue"]) => own::page(visit).await,
        (Get, ["catalogue", "import"]) => import::page(visit).await,
        (Post, ["catalogue", "import"]) => import::act(visit).await,
        (Get, ["catalogue", "import", id]) => import::run(visit, id).await,
        (Post, ["catalogue", "import", id]) => import::confirm(visit, id).await,
        (Get, ["catalogue", "import", id, "refused"]) => import::refused(visit, id).await,
        (Get, ["catalogue", "new"]) => own_edit::new_page(visit).await,
        (Post, ["catalogue", "new"]) => own_edit::create(visit).await,
        (Get, ["catalogue", id, "edit"]) => own_edit::page(visit, id).await,
        (Post, ["catalogue", id, "edit"]) => own_edit::change(visit, id).await,
        (Get, ["catalogue", id]) => own::item(visit, id).await,
        (Post, ["catalogue", id]) => own::act(visit, id).await,
        _ => return None,
    })
}
