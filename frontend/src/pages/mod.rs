//! Which page answers which address. Each room has its own table; the pages that belong to no room stand here.

#![allow(clippy::unused_async, reason = "a route awaits every page of its room, whether it asks for anything or not")]

mod accessibility;
mod catalogue;
mod contracting;
mod design;
mod desk;
mod display;
mod docs;
pub(crate) mod failure;
mod home;
mod identity;
mod oversight;
mod search;
mod tendering;

use crate::prelude::*;

/// Finds the page of a visit's address and lets it answer. A form that is shown again comes here as a `GET`.
pub(crate) async fn route(visit: &Visit) -> Answered {
    let path: Vec<&str> = visit.path().split('/').filter(|segment| !segment.is_empty()).collect();
    match (visit.method(), path.as_slice()) {
        (Get, []) => home::page(visit).await,
        (Get, ["search"]) => search::page(visit).await,
        (Get, ["accessibility"]) => accessibility::page(visit),
        (Get, ["docs"]) => docs::page(visit),
        (Get, ["docs", "examples", name]) => docs::file(name),
        (Get, ["design"]) => design::page(visit),
        (Post, ["design"]) => design::act(visit),
        (Post, ["display"]) => display::act(visit),
        (_, path) => rooms(visit, path).await,
    }
}

/// Asks each room in turn. Boxed, so that a page's future costs nothing where another page is asked for.
async fn rooms(visit: &Visit, path: &[&str]) -> Answered {
    if let Some(answered) = Box::pin(identity::route(visit, path)).await {
        return answered;
    }
    if let Some(answered) = Box::pin(catalogue::route(visit, path)).await {
        return answered;
    }
    if let Some(answered) = Box::pin(tendering::route(visit, path)).await {
        return answered;
    }
    if let Some(answered) = Box::pin(contracting::route(visit, path)).await {
        return answered;
    }
    if let Some(answered) = Box::pin(oversight::route(visit, path)).await {
        return answered;
    }
    Err(PageError::NotFound)
}
