//! Rows of the room `catalogue`.

pub(crate) mod catalogue_item;
pub(crate) mod category;
pub(crate) mod item_list;
pub(crate) mod price_list_import;
mod price_tier;
