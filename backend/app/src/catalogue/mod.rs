//! What people do with the catalogue.

pub mod catalogue_item;
pub mod category;
pub mod import;
pub mod price_list_import;
pub mod search;
