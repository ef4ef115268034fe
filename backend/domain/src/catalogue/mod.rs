//! What suppliers offer: categories, items, price lists.
