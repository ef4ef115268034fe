//! What people see. Pages are rendered whole in the server, from data asked for by typed GraphQL operations; every form
//! is a native form; only what must live is an island in WebAssembly.
//!
//! With `ssr` the package answers requests: [`respond`] takes a [`Request`] and gives a [`Response`], knowing nothing of
//! sockets. With `hydrate` it is the browser's half: the islands alone. `docs/adding-a-page.md` shows how to add a page.

// A page's type is the tree of its elements; the deepest come out of the compiler's usual depth.
#![recursion_limit = "256"]
#![allow(clippy::needless_pass_by_value, reason = "a component owns what it is given: it may draw it again")]

pub mod islands;
pub mod schema;

#[cfg(feature = "hydrate")]
pub mod browser;

#[cfg(feature = "ssr")]
pub mod answer;
#[cfg(feature = "ssr")]
mod assets;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod mirror;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
mod respond;
#[cfg(feature = "ssr")]
pub mod visit;

#[cfg(feature = "ssr")]
pub use answer::Response;
#[cfg(feature = "ssr")]
pub use assets::Assets;
#[cfg(feature = "ssr")]
pub use request::{ACCESS_COOKIE, Demo, DemoAccount, DemoHolderKey, GraphQl, Method, PostedFile, REFRESH_COOKIE, Request, Upload, Viewer};
#[cfg(feature = "ssr")]
pub use respond::respond;

/// What every page module starts with: `use crate::prelude::*;`.
#[cfg(feature = "ssr")]
#[allow(unused_imports, reason = "each page takes of it what it needs")]
pub(crate) mod prelude {
    pub use crate::answer::{Answer, Answered, FormError, Page, PageError};
    pub(crate) use crate::mirror::mirror;
    pub use crate::parts::*;
    pub use crate::request::Method::{Get, Post};
    pub use crate::schema::{Sum, TextFragment, UserError, Words, schema};
    pub use crate::visit::{Visit, facts, say, say_with, visit};
    pub use cynic::{MutationBuilder, QueryBuilder};
    pub use domain::language::{Language, LocalText};
    pub use leptos::prelude::*;
}
