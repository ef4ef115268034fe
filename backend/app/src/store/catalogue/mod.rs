//! Rows of the room `catalogue`.

pub(crate) mod catalogue_item;
pub(crate) mod category;
pub(crate) mod item_list;
mod price_tier;
