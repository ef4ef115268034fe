//! The lines of an evaluation report: where each bid ended, and why.

use super::contender::Contender;
use super::preference::Deduction;
use super::score_sheet::points;
use super::scoring::LowPrice;
use crate::language::{Language, LocalText};
use crate::money::Money;
use crate::refusal::Facts;
use crate::text;
use serde::{Deserialize, Serialize};

/// How a criterion's points came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// The criterion.
    pub criterion: String,
    /// What each member gave, in hundredths, in the order of the report's members.
    pub given_hundredths: Vec<i64>,
    /// The mean, in hundredths, half up.
    pub mean_hundredths: i64,
}

impl CriterionResult {
    /// The arithmetic as people check it: `(30.00 + 28.00 + 29.50) ÷ 3 = 29.17`.
    pub fn arithmetic(&self) -> String {
        let given: Vec<_> = self.given_hundredths.iter().map(|hundredths| points(*hundredths)).collect();
        format!("({}) ÷ {} = {}", given.join(" + "), given.len(), points(self.mean_hundredths))
    }
}

/// An essential requirement that a majority found not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// The requirement's place among the tender's.
    pub requirement: u32,
    /// How many members found so.
    pub members: usize,
    /// Their reasons.
    pub reasons: Vec<String>,
}

/// Where a bid ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Outcome {
    /// It was compared.
    Ranked {
        /// Its place, from 1.
        rank: u32,
        /// Its price after the deduction.
        evaluated_price: Money,
        /// What was taken off, and for what; not kept in the oldest reports.
        #[serde(default)]
        deduction: Option<Deduction>,
        /// The points of its price, in hundredths; nothing by the lowest price.
        price_hundredths: i64,
        /// Its points by criterion.
        criteria: Vec<CriterionResult>,
        /// All points, in hundredths.
        total_hundredths: i64,
    },
    /// It was not compared, or is no candidate.
    Rejected {
        /// The essential requirements that are not met, and why.
        unmet: Vec<Unmet>,
        /// What makes it invalid whatever it offers.
        #[serde(default)]
        invalid: Option<Invalid>,
    },
}

/// What keeps a bid out by law, whatever the panel thinks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Invalid {
    /// Its price is above the ceiling (财政部令第87号第六十三条).
    OverCeiling {
        /// The ceiling.
        ceiling: Money,
    },
    /// Another bid with the same brand of the core product stands for both (财政部令第87号第三十一条): the cheaper one
    /// by the lowest price, the one with more points otherwise.
    SameBrand {
        /// Its own points, in hundredths; nothing by the lowest price.
        total_hundredths: i64,
    },
    /// Its bidder is related to another for the same lot (政府采购法实施条例第十八条).
    Related,
    /// Its bidder lodged no security, or none that counts (政府采购法实施条例第三十三条).
    NoSecurity,
}

impl Invalid {
    /// What its bidder and the report's readers are told, in both languages.
    pub fn words(self) -> LocalText {
        let mut facts = Facts::new();
        let key = match self {
            Self::OverCeiling { ceiling } => {
                facts.insert("ceiling".to_owned(), ceiling.into());
                "bid-invalid-over-ceiling"
            }
            Self::Related => "bid-invalid-related",
            Self::NoSecurity => "bid-invalid-no-security",
            Self::SameBrand { total_hundredths: 0 } => "bid-invalid-same-brand-by-price",
            Self::SameBrand { total_hundredths } => {
                facts.insert("own".to_owned(), points(total_hundredths).into());
                "bid-invalid-same-brand"
            }
        };
        let say = |language| text::say_with(language, key, &facts);
        LocalText::new(say(Language::Chinese), say(Language::English))
    }
}

/// One bid in the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// The bid.
    pub contender: Contender,
    /// Where it ended.
    pub outcome: Outcome,
    /// The triggers of an abnormally low price that it pulled. A flag, no rejection.
    pub low_price: Vec<LowPrice>,
    /// What the members noted on its price.
    pub price_notes: Vec<String>,
}

impl ReportLine {
    pub(super) fn rejected(contender: &Contender, unmet: Vec<Unmet>, invalid: Option<Invalid>) -> Self {
        let outcome = Outcome::Rejected { unmet, invalid };
        Self { contender: contender.clone(), outcome, low_price: Vec::new(), price_notes: Vec::new() }
    }

    /// Its place, from 1; nothing for a rejected bid.
    pub const fn rank(&self) -> Option<u32> {
        match &self.outcome {
            Outcome::Ranked { rank, .. } => Some(*rank),
            Outcome::Rejected { .. } => None,
        }
    }

    /// Its price after the deduction; nothing for a rejected bid.
    pub const fn evaluated_price(&self) -> Option<Money> {
        match &self.outcome {
            Outcome::Ranked { evaluated_price, .. } => Some(*evaluated_price),
            Outcome::Rejected { .. } => None,
        }
    }

    /// All points, in hundredths; nothing for a rejected bid.
    pub const fn total_hundredths(&self) -> Option<i64> {
        match &self.outcome {
            Outcome::Ranked { total_hundredths, .. } => Some(*total_hundredths),
            Outcome::Rejected { .. } => None,
        }
    }
}
