//! Declared subcontracts (分包意向): what a bidder means to leave to others, sealed with its bid (政府采购法第四十八条,
//! 财政部令第87号第三十五条, 财库〔2020〕46号第九条).
//!
//! Nobody can check them before the opening. Afterwards each is judged by itself and all together: the panel learns which
//! do not hold and why; none of that makes a bid unreadable.

use super::enterprise_share::{SizedShare, WHOLE_BASIS_POINTS};
use crate::identity::credit_code::CreditCode;
use crate::identity::organization::EnterpriseSize;
use crate::refusal::check_text;
use serde::{Deserialize, Deserializer, Serialize};

/// The most subcontracts of one bid.
pub const SUBCONTRACTS_MOST: usize = 20;
/// The longest name of a subcontractor, in characters.
pub const NAME_MOST_CHARS: usize = 120;
/// The longest description of a part, in characters.
pub const PART_MOST_CHARS: usize = 500;

/// A part of the contract that the bidder means to leave to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subcontract {
    /// The subcontractor's name.
    pub name: String,
    /// Its unified social credit code, as typed.
    pub credit_code: String,
    /// Its size; nothing where what was written is none.
    #[serde(default, deserialize_with = "size")]
    pub size: Option<EnterpriseSize>,
    /// Its part of the contract's sum, in hundredths of a percent.
    pub share_basis_points: i64,
    /// What it does.
    #[serde(default)]
    pub part: String,
}

/// A size that can't be read is a fault of its subcontract, none of the whole bid.
fn size<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<EnterpriseSize>, D::Error> {
    let written = Option::<String>::deserialize(deserializer)?;
    Ok(written.and_then(|name| EnterpriseSize::from_name(&name)))
}

/// Why a declared subcontract does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubcontractFault {
    /// The documents let nothing be left to others.
    NotAllowed,
    /// The name is missing, too long, or holds hidden characters.
    Name,
    /// The credit code fails GB 32100-2015.
    CreditCode,
    /// No size is declared.
    Size,
    /// The share is nothing, or the whole.
    Share,
    /// What is left to it is not said.
    Part,
    /// It is the bidder itself, or another member of its consortium.
    Bidder,
    /// The same one stands twice.
    Twice,
    /// All of them together take the whole contract.
    Whole,
}

impl SubcontractFault {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::NotAllowed, Self::Name, Self::CreditCode, Self::Size, Self::Share, Self::Part, Self::Bidder, Self::Twice, Self::Whole,
    ];

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::NotAllowed => "subcontract-fault-not-allowed",
            Self::Name => "subcontract-fault-name",
            Self::CreditCode => "subcontract-fault-credit-code",
            Self::Size => "subcontract-fault-size",
            Self::Share => "subcontract-fault-share",
            Self::Part => "subcontract-fault-part",
            Self::Bidder => "subcontract-fault-bidder",
            Self::Twice => "subcontract-fault-twice",
            Self::Whole => "subcontract-fault-whole",
        }
    }
}

/// A subcontract as it was declared, with what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredSubcontract {
    /// What was declared.
    pub subcontract: Subcontract,
    /// Why it does not hold; empty where it does.
    #[serde(default)]
    pub faults: Vec<SubcontractFault>,
}

impl DeclaredSubcontract {
    /// Its part by size, where it holds.
    pub fn sized(&self) -> Option<SizedShare> {
        let basis_points = u32::try_from(self.subcontract.share_basis_points).ok().filter(|_| self.faults.is_empty())?;
        Some(SizedShare { size: self.subcontract.size?, basis_points })
    }
}

/// Judges the declared subcontracts of one bid. `bidders` are the codes of those who bid by it.
pub fn judge(declared: &[Subcontract], is_allowed: bool, bidders: &[CreditCode]) -> Vec<DeclaredSubcontract> {
    let sum = declared.iter().map(|one| one.share_basis_points.max(0)).fold(0, i64::saturating_add);
    let is_whole = sum >= i64::from(WHOLE_BASIS_POINTS);
    let codes: Vec<Option<CreditCode>> = declared.iter().map(|one| CreditCode::parse(&one.credit_code).ok()).collect();
    let judged = declared.iter().enumerate().map(|(place, one)| {
        let code = &codes[place];
        let fails = [
            (!is_allowed, SubcontractFault::NotAllowed),
            (check_text(&one.name, true, NAME_MOST_CHARS).is_err(), SubcontractFault::Name),
            (code.is_none(), SubcontractFault::CreditCode),
            (one.size.is_none(), SubcontractFault::Size),
            (!(1..i64::from(WHOLE_BASIS_POINTS)).contains(&one.share_basis_points), SubcontractFault::Share),
            (check_text(&one.part, true, PART_MOST_CHARS).is_err(), SubcontractFault::Part),
            (code.as_ref().is_some_and(|code| bidders.contains(code)), SubcontractFault::Bidder),
            (code.is_some() && codes[..place].contains(code), SubcontractFault::Twice),
            (is_whole, SubcontractFault::Whole),
        ];
        let faults = fails.into_iter().filter(|(fails, _)| *fails).map(|(_, fault)| fault).collect();
        DeclaredSubcontract { subcontract: one.clone(), faults }
    });
    judged.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    const CODE: &str = "91350100M000100Y43";

    fn declared(share: i64) -> Subcontract {
        Subcontract {
            name: "杭州某某安装有限公司".to_owned(),
            credit_code: CODE.to_owned(),
            size: Some(EnterpriseSize::Small),
            share_basis_points: share,
            part: "安装".to_owned(),
        }
    }

    fn other(share: i64) -> Subcontract {
        let first = "91330106MA27X0001";
        let check = CreditCode::check_character(first).unwrap();
        Subcontract { credit_code: format!("{first}{check}"), ..declared(share) }
    }

    fn faults(declared: &[Subcontract], is_allowed: bool, bidders: &[CreditCode]) -> Vec<Vec<SubcontractFault>> {
        judge(declared, is_allowed, bidders).into_iter().map(|one| one.faults).collect()
    }

    #[test]
    fn each_fault_is_found_and_named() {
        use SubcontractFault::{Bidder, CreditCode as BadCode, Name, NotAllowed, Part, Share, Size, Twice, Whole};
        let own = [CreditCode::parse(CODE).unwrap()];
        assert_eq!(faults(&[declared(3000)], true, &[]), [vec![]]);
        assert_eq!(faults(&[declared(3000)], false, &[]), [vec![NotAllowed]]);
        assert_eq!(faults(&[declared(3000)], true, &own), [vec![Bidder]]);
        assert_eq!(faults(&[declared(1000), declared(1000)], true, &[]), [vec![], vec![Twice]]);
        assert_eq!(faults(&[declared(5000), other(5000)], true, &[]), [vec![Whole], vec![Whole]]);
        assert_eq!(faults(&[declared(4999), other(5000)], true, &[]), [vec![], vec![]]);
        let broken = Subcontract { name: " ".into(), credit_code: "1".into(), size: None, share_basis_points: -5, part: String::new() };
        assert_eq!(faults(&[broken], true, &[]), [vec![Name, BadCode, Size, Share, Part]]);
    }

    #[test]
    fn only_what_holds_counts_for_small_enterprises() {
        let judged = judge(&[declared(3000), Subcontract { part: String::new(), ..other(2000) }], true, &[]);
        let counted: Vec<_> = judged.iter().filter_map(DeclaredSubcontract::sized).map(|share| share.basis_points).collect();
        assert_eq!(counted, [3000]);
    }

    #[test]
    fn a_size_that_is_none_is_a_fault_and_leaves_the_bid_readable() {
        let json = r#"{"name":"a","credit_code":"b","size":"huge","share_basis_points":10}"#;
        let read: Subcontract = serde_json::from_str(json).unwrap();
        assert_eq!((read.size, read.part.as_str()), (None, ""));
    }

    #[test]
    fn every_fault_has_words_in_both_languages() {
        for fault in SubcontractFault::ALL {
            assert!(Language::ALL.iter().all(|language| crate::text::has(*language, fault.text_key())), "{fault:?}");
        }
    }
}
