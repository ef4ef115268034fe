//! Warnings: what an auditor would ask about a draft. A warning is no refusal. What the law forbids outright is refused by
//! [`super::tender_check`]; a warning names its rule, its source and the facts, and the officer mends the draft or overrides
//! the warning with a reason that is kept. An override covers the facts that were there; other facts are another warning.
//!
//! What surrounds the draft (brands in the market, other purchases, like prices) is given as arguments: nothing is looked up
//! here.

use super::tender_content::TenderContent;
use super::warning_price::LikePrice;
use super::{reservation_check, warning_market, warning_price, warning_words};
use crate::ident::{OrganizationId, TenderId, UserId, WarningOverrideId};
use crate::money::Money;
use crate::oversight::event::{Event, Visibility};
use crate::oversight::policy_pack::Rules;
use crate::oversight::policy_pack::calendar::Calendar;
use crate::refusal::{Code, Fact, Facts, Refusal, check_text};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest reason for an override, in characters.
pub const REASON_MOST_CHARS: usize = 2_000;
/// The fewest characters of a reason: a dot explains nothing.
pub const REASON_LEAST_CHARS: usize = 5;
/// The fact that names the rule where it differs between procedures.
pub(super) const RULE: &str = "rule";
/// The most warnings that are told at once; a draft with more is mended first.
pub const WARNINGS_MOST: usize = 100;

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident = $key:literal, $source:literal;)*) => {
        /// What is asked about. Every kind names the rule from which the question comes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum WarningKind { $($(#[$meta])* $name),* }

        impl WarningKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in the database and in data.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// The rule and article from which the question comes.
            pub const fn source(self) -> &'static str {
                match self { $(Self::$name => $source),* }
            }
        }
    };
}
kinds! {
    /// The period is lawful and hardly longer than the least.
    ShortPeriod = "short_period", "政府采购法第三十五条";
    /// A long holiday lies in the period and eats what it has over the least.
    LongHoliday = "long_holiday", "政府采购法第三十五条";
    /// A brand is named without "or equivalent".
    BrandNamed = "brand_named", "政府采购法实施条例第二十条第六项";
    /// A model is named without "or equivalent".
    ModelNamed = "model_named", "政府采购法实施条例第二十条第三项";
    /// A patent is named.
    PatentNamed = "patent_named", "政府采购法实施条例第二十条第六项";
    /// Where a supplier is at home counts.
    RegionBound = "region_bound", "政府采购法实施条例第二十条第七项";
    /// Who owns a supplier counts.
    OwnershipBound = "ownership_bound", "政府采购法实施条例第二十条第七项";
    /// A supplier's size or age counts.
    SizeBound = "size_bound", "政府采购法实施条例第二十条第二项";
    /// Works or awards of a region or a trade count.
    RecordBound = "record_bound", "政府采购法实施条例第二十条第四项";
    /// The maker's permission is asked for.
    MakerBound = "maker_bound", "政府采购法实施条例第二十条第八项";
    /// Purchases of one kind, each below the threshold of open tender, exceed it together.
    Splitting = "splitting", "政府采购法实施条例第二十八条";
    /// A criterion has no scale.
    CriterionWithoutScale = "criterion_without_scale", "政府采购法实施条例第三十四条";
    /// A scale grades without a measure.
    CriterionSubjective = "criterion_subjective", "政府采购法实施条例第三十四条";
    /// The budget is far from what like purchases cost.
    PriceFar = "price_far", "政府采购法实施条例第十一条";
    /// Less is reserved for smaller enterprises than is due.
    ReservationMissing = "reservation_missing", "财库〔2020〕46号第七条";
    /// Something is reserved where the law knows no reservation but under its schedule of coverage.
    ReservationUncovered = "reservation_uncovered", "政府采购协定（2012年文本）第四条";
}

impl WarningKind {
    /// The key of its texts: `warning-<kind>` is its title, with `-facts` what was found, with `-remedy` what would satisfy.
    pub fn text_key(self) -> String {
        format!("warning-{}", self.as_str().replace('_', "-"))
    }

    /// Reads the name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }
}

/// A question about a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What is asked about.
    pub kind: WarningKind,
    /// Where in the content, joined by dots: `requirements.2.text.zh`.
    pub path: String,
    /// What was found; the text needs it, and an override holds for these facts alone.
    pub facts: Facts,
}

impl Warning {
    pub(super) fn at(kind: WarningKind, path: impl Into<String>) -> Self {
        Self { kind, path: path.into(), facts: Facts::new() }
    }

    pub(super) fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// Whether it is the same question with the same facts. Where it stands does not count: a line that moves up is the
    /// same line.
    pub fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.facts == other.facts
    }

    /// The rule and article from which the question comes: the kind's, or that of the figure of the draft's own procedure.
    pub fn source(&self) -> &str {
        match self.facts.get(RULE) {
            Some(Fact::Source(source)) => source,
            _ => self.kind.source(),
        }
    }

    /// What its texts are said with: the facts, and the rule's source.
    pub fn said_with(&self) -> Facts {
        let mut facts = self.facts.clone();
        facts.insert("source".to_owned(), Fact::Source(self.source().to_owned()));
        facts
    }
}

/// A question that could not be put, because a fact is missing. Never guessed, and nothing that keeps a draft back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchecked {
    /// What would be asked about.
    pub kind: WarningKind,
    /// The key of the text that says which fact is missing.
    pub missing: String,
    /// What that text needs.
    pub facts: Facts,
}

impl Unchecked {
    pub(super) fn new(kind: WarningKind, missing: &str) -> Self {
        Self { kind, missing: format!("warning-unchecked-{missing}"), facts: Facts::new() }
    }

    pub(super) fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }
}

/// Another purchase of the same buyer in the same category and fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Its number on paper.
    pub number: String,
    /// The day on which it began, in the marketplace's zone.
    pub on: NaiveDate,
    /// Its budget, or what was ordered.
    pub amount: Money,
    /// Whether it was bought by open tender.
    pub is_open_tender: bool,
}

/// What surrounds a draft on the day on which it is looked at.
#[derive(Debug)]
pub struct Surroundings<'a> {
    /// The day, in the marketplace's zone.
    pub today: NaiveDate,
    /// The law of the day.
    pub rules: &'a Rules,
    /// The working days.
    pub calendar: &'a Calendar,
    /// Brands of listed items in the category.
    pub brands: &'a [String],
    /// The buyer's other purchases in the category since the fiscal year began.
    pub purchases: &'a [Purchase],
    /// What like things cost.
    pub prices: &'a [LikePrice],
}

/// What there is to ask about a draft, and what could not be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The questions, at most [`WARNINGS_MOST`], each once.
    pub warnings: Vec<Warning>,
    /// What could not be checked.
    pub unchecked: Vec<Unchecked>,
}

impl Review {
    pub(super) fn warn(&mut self, warning: Warning) {
        if self.warnings.len() < WARNINGS_MOST && !self.warnings.iter().any(|other| other.is_same(&warning)) {
            self.warnings.push(warning);
        }
    }
}

/// Looks through a draft, however unfinished.
pub fn review(content: &TenderContent, around: &Surroundings<'_>) -> Review {
    let mut review = Review::default();
    warning_market::period(&mut review, content, around);
    warning_words::texts(&mut review, content, around.brands);
    warning_words::criteria(&mut review, content);
    warning_market::splitting(&mut review, content, around);
    warning_price::prices(&mut review, content, around.prices);
    reservation_check::warn(&mut review, content, around);
    review
}

/// A warning that an officer has overridden, with the reason: kept with the tender for approver and supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningOverride {
    /// Its number in the database.
    pub id: WarningOverrideId,
    /// Of which tender.
    pub tender: TenderId,
    /// The warning, with its facts at that time.
    pub warning: Warning,
    /// Why it does not stand in the way.
    pub reason: String,
    /// Who says so.
    pub by: UserId,
    /// Since when.
    pub given_at: DateTime<Utc>,
    /// When it was taken back, if it was.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl WarningOverride {
    /// Overrides a warning of a draft.
    ///
    /// # Errors
    /// `REQUIRED`, `TOO_SHORT`, `TOO_LONG`, `HIDDEN_CHARACTERS` at `reason`.
    pub fn give(
        (id, tender, buyer): (WarningOverrideId, TenderId, OrganizationId),
        warning: Warning,
        reason: &str,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusal> {
        let reason = check_text(reason, true, REASON_MOST_CHARS).map_err(|refusal| refusal.under("reason"))?;
        if reason.chars().count() < REASON_LEAST_CHARS {
            return Err(Refusal::at(Code::ReasonTooShort, "reason").with("least", REASON_LEAST_CHARS));
        }
        let given = Self { id, tender, warning, reason, by, given_at: now, withdrawn_at: None };
        let event = given.event("tender.warning_overridden", buyer);
        Ok((given, event))
    }

    /// Takes it back: the warning is open again.
    ///
    /// # Errors
    /// `NOT_FOUND` once it has been taken back.
    pub fn withdraw(mut self, buyer: OrganizationId, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        if self.withdrawn_at.is_some() {
            return Err(Refusal::new(Code::NotFound));
        }
        self.withdrawn_at = Some(now);
        let event = self.event("tender.override_withdrawn", buyer);
        Ok((self, event))
    }

    /// Whether it stands and its facts are those of the warning.
    pub fn covers(&self, warning: &Warning) -> bool {
        self.withdrawn_at.is_none() && self.warning.is_same(warning)
    }

    fn event(&self, name: &str, buyer: OrganizationId) -> Event {
        let content = json!({ "warning": self.warning, "reason": self.reason, "by": self.by });
        Event::new(name, TenderId::KIND, self.tender.0, Visibility::Own, &content).with_parties([buyer.0])
    }
}

/// The warnings that are neither mended nor overridden, each as what keeps a draft from being handed in.
pub fn open(warnings: &[Warning], overrides: &[WarningOverride]) -> Vec<Refusal> {
    let is_open = |warning: &&Warning| !overrides.iter().any(|one| one.covers(warning));
    let refusal = |warning: &Warning| {
        let refusal = Refusal::at(Code::WarningsOpen, &warning.path);
        let refusal = refusal.with("warning", Fact::word(warning.kind.text_key()));
        refusal.with("source", Fact::Source(warning.source().to_owned()))
    };
    warnings.iter().filter(is_open).map(refusal).collect()
}

#[cfg(test)]
#[path = "warning_tests.rs"]
mod tests;
