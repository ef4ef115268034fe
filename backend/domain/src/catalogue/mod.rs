//! What suppliers offer: categories, items, price lists.

pub mod area;
mod area_table;
pub mod catalogue_item;
pub mod category;
pub mod gtin;
pub mod price_cell;
pub mod price_list;
pub mod price_tier;
pub mod unit;
