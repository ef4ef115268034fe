//! The islands of sealed bids: how a bid is prepared and sealed, how it is opened, and the keys for both.

pub mod bid;
pub mod bid_check;
#[cfg(feature = "hydrate")]
mod bid_draft;
#[cfg(feature = "hydrate")]
mod bid_fields;
pub mod bid_key;
pub mod bid_offer;
#[cfg(feature = "hydrate")]
mod bid_seal;
#[cfg(feature = "hydrate")]
mod bid_store;
pub mod holder_key;
pub mod opening_key;
pub mod opening_shares;
pub mod opening_table;

/// The islands here. A page that holds one of them loads the module that has them, any other page the small one.
#[cfg(feature = "ssr")]
const ISLANDS: [&str; 8] = ["BidKey", "BidSeal", "BidTasks", "HolderKeyMaker", "KeyRehearsal", "OpeningTable", "Print", "ShareOpener"];

/// Whether one of these islands stands in a drawn page.
#[cfg(feature = "ssr")]
pub(crate) fn stands_in(page: &str) -> bool {
    ISLANDS.iter().any(|name| page.contains(&format!("data-component=\"{name}_")))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{ISLANDS, stands_in};

    #[test]
    fn every_island_of_this_folder_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/islands/bidding");
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let names = text.split("#[island]\npub fn ").skip(1).map(|rest| rest.split('(').next().unwrap().to_owned());
            found.extend(names);
        }
        found.sort();
        assert_eq!(found, ISLANDS);
    }

    #[test]
    fn a_page_with_one_of_them_is_told_from_others() {
        assert!(stands_in("<leptos-island data-component=\"BidSeal_123\" data-props>"));
        assert!(!stands_in("<leptos-island data-component=\"Ticking_123\" data-props>"));
    }
}
