//! What a bidder offers: the content of an envelope, as JSON. Nobody can check it before the opening, so it is read with
//! care after it.

use super::bid::OpeningFault;
use super::subcontract::{SUBCONTRACTS_MOST, Subcontract};
use crate::ident::{FileId, OrganizationId};
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};

/// The most files in one bid.
pub const PAPER_FILES_MOST: usize = 50;
/// The most bytes of all files of a bid together that fit into an envelope beside its words: base64 takes a third more.
pub const PAPER_FILES_MOST_BYTES: usize = 15 * 1024 * 1024;

/// What a bidder offers: the content of an envelope, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidContent {
    /// The price for the whole lot.
    pub price: Money,
    /// The answers to the requirements.
    #[serde(default)]
    pub answers: Vec<RequirementAnswer>,
    /// The papers that the bidder declares to hold; in a consortium each member has its own.
    #[serde(default)]
    pub papers: Vec<DeclaredPaper>,
    /// The technical offer.
    #[serde(default)]
    pub technical: String,
    /// The brand of the core product, for goods: bids of one brand count once (财政部令第87号第三十一条).
    #[serde(default)]
    pub brand: String,
    /// How much of the cost of all products offered is of products made at home, in percent, as the bidder declares
    /// (国办发〔2025〕34号). Nothing where it declares nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domestic_cost_percent: Option<i64>,
    /// The places, from 0, of the tender's items for which the bidder holds a certificate as the notice prefers it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub green_items: Vec<u32>,
    /// What the bidder means to leave to others (分包意向).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subcontracts: Vec<Subcontract>,
}

/// The answer to one requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequirementAnswer {
    /// Its place in the tender's list, from 0.
    pub requirement: usize,
    /// Whether it is met.
    pub is_met: bool,
    /// How.
    #[serde(default)]
    pub text: String,
}

/// A paper that the bidder declares to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredPaper {
    /// Its key in the tender's list.
    pub key: String,
    /// Whose it is in a consortium; nothing for the bidder that hands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<OrganizationId>,
    /// What it is, where it can be checked.
    #[serde(default)]
    pub note: String,
    /// The paper itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PaperFile>,
}

/// A paper as a file: inside the envelope with its bytes, after the opening by the number under which it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFile {
    /// The name that its owner gave it.
    pub name: String,
    /// The bytes in base64, inside the envelope.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// Where it is kept, after the opening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<FileId>,
}

impl BidContent {
    /// Reads what came out of an envelope: JSON with a positive price in the tender's currency, within the bounds of money,
    /// and not too many files or subcontracts. What an envelope says of the marketplace's own numbers is not believed.
    ///
    /// # Errors
    /// `CONTENT_UNREADABLE` as a fault of the opening.
    pub fn read(content: &[u8], currency: Currency) -> Result<Self, OpeningFault> {
        let mut content: Self = serde_json::from_slice(content).map_err(|_| OpeningFault::ContentUnreadable)?;
        // A share that can't be is none.
        content.domestic_cost_percent = content.domestic_cost_percent.filter(|percent| (0..=100).contains(percent));
        let mut files = 0_usize;
        for file in content.papers.iter_mut().filter_map(|paper| paper.file.as_mut()) {
            file.kept = None;
            files += 1;
        }
        let is_price = content.price.currency == currency && (1..=Money::MOST_MINOR).contains(&content.price.amount_minor);
        let is_good = is_price && files <= PAPER_FILES_MOST && content.subcontracts.len() <= SUBCONTRACTS_MOST;
        if is_good { Ok(content) } else { Err(OpeningFault::ContentUnreadable) }
    }
}
