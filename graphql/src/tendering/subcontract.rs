//! Declared subcontracts, after the opening.

use crate::identity::organization::EnterpriseSize;
use crate::values::LocalText;
use async_graphql::SimpleObject;
use domain::language::{Language, LocalText as Words};
use domain::tendering::enterprise_share::percent;
use domain::tendering::subcontract;

/// A part of the contract that a bidder means to leave to another (分包意向).
#[derive(SimpleObject)]
pub struct DeclaredSubcontract {
    /// The subcontractor's name, as written in the bid.
    pub name: String,
    /// Its unified social credit code, as written in the bid.
    pub credit_code: String,
    /// The size that it is said to have; null where none was said.
    pub size: Option<EnterpriseSize>,
    /// Its part of the contract's sum: `30%`.
    pub share: String,
    /// What it does.
    pub part: String,
    /// Why it does not hold; empty where it does.
    pub faults: Vec<LocalText>,
}

/// Declared subcontracts in the words of the contract.
pub(super) fn declared(subcontracts: &[subcontract::DeclaredSubcontract]) -> Vec<DeclaredSubcontract> {
    let words = |fault: &subcontract::SubcontractFault| {
        let say = |language| domain::text::say(language, fault.text_key());
        Words::new(say(Language::Chinese), say(Language::English)).into()
    };
    let one = |declared: &subcontract::DeclaredSubcontract| DeclaredSubcontract {
        name: declared.subcontract.name.clone(),
        credit_code: declared.subcontract.credit_code.clone(),
        size: declared.subcontract.size.map(Into::into),
        share: percent(u32::try_from(declared.subcontract.share_basis_points).unwrap_or(0)),
        part: declared.subcontract.part.clone(),
        faults: declared.faults.iter().map(words).collect(),
    };
    subcontracts.iter().map(one).collect()
}
