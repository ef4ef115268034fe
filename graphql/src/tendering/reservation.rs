//! What of a tender is reserved for smaller enterprises, and what is preferred in its evaluation.

use crate::values::{LocalText, LocalTextInput};
use app::Error;
use async_graphql::{Enum, InputObject, SimpleObject};
use domain::language::Language;
use domain::oversight::policy_pack::source;
use domain::refusal::{Code, Refusal};
use domain::tendering::preference;
use domain::tendering::reservation;

/// How something is reserved (预留份额).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ReservationMeasure {
    /// Nobody has said yet.
    Undecided,
    /// Nothing, in a case that the law names.
    Unreserved,
    /// The whole purchase.
    Whole,
    /// Some lots.
    Lots,
    /// A part that smaller members of a consortium take.
    Consortium,
    /// A part that is subcontracted to smaller enterprises.
    Subcontract,
}

/// For whom something is reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::reservation::ReservedFor")]
pub enum ReservedFor {
    /// Small and medium enterprises, micro ones among them (中小企业).
    SmallAndMedium,
    /// Micro and small enterprises (小微企业).
    MicroAndSmall,
}

/// Why nothing is reserved (财库〔2020〕46号第六条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::reservation::UnreservedGround")]
pub enum UnreservedGround {
    /// Law or policy gives precedence to bodies that are no enterprises.
    NotForEnterprises,
    /// Only other suppliers have it: a patent, a technique, an infrastructure, a public service.
    OnlyOthersCan,
    /// Supply or competition would not be enough.
    CompetitionTooLittle,
    /// A framework agreement.
    Framework,
    /// Another case of the finance authority of a province or above.
    ProvincialCase,
}

/// What of a tender is reserved.
#[derive(Clone, Debug, SimpleObject)]
pub struct Reservation {
    /// How.
    pub measure: ReservationMeasure,
    /// For whom; null where nothing is.
    pub reserved_for: Option<ReservedFor>,
    /// The numbers of the lots, where some lots are.
    pub lots: Vec<u32>,
    /// The least share of the contract that smaller members or subcontractors take, in percent.
    pub share_least_percent: Option<i64>,
    /// Why nothing is reserved.
    pub ground: Option<UnreservedGround>,
    /// Why that ground holds here.
    pub reason: Option<LocalText>,
    /// What the notice says of it.
    pub words: LocalText,
    /// Whether micro and small bidders are compared at a lower price in any lot; in what is reserved they are not.
    pub leaves_preference: bool,
}

impl Reservation {
    /// What a tender's content says.
    pub fn of(content: &domain::tendering::tender_content::TenderContent) -> Self {
        use reservation::Reservation as Kept;
        let kept = &content.reservation;
        let (measure, ground, reason) = match kept {
            Kept::Undecided => (ReservationMeasure::Undecided, None, None),
            Kept::Unreserved { ground, reason } => (ReservationMeasure::Unreserved, Some((*ground).into()), Some(reason.clone().into())),
            Kept::Whole { .. } => (ReservationMeasure::Whole, None, None),
            Kept::Lots { .. } => (ReservationMeasure::Lots, None, None),
            Kept::Consortium { .. } => (ReservationMeasure::Consortium, None, None),
            Kept::Subcontract { .. } => (ReservationMeasure::Subcontract, None, None),
        };
        let lots = if let Kept::Lots { lots, .. } = kept { lots.clone() } else { Vec::new() };
        Self {
            measure,
            reserved_for: kept.reserved_for().map(Into::into),
            lots,
            share_least_percent: kept.share_least_percent(),
            ground,
            reason,
            words: kept.words().into(),
            leaves_preference: content.leaves_small_enterprise_preference(),
        }
    }
}

/// What of a tender is to be reserved. Of the other fields those count that the measure has.
#[derive(Clone, Debug, InputObject)]
pub struct ReservationInput {
    /// How.
    pub measure: ReservationMeasure,
    /// For whom; small and medium enterprises unless told.
    pub reserved_for: Option<ReservedFor>,
    /// The numbers of the lots; at most 200.
    #[graphql(default)]
    pub lots: Vec<u32>,
    /// The least share of the contract that smaller members or subcontractors take, in percent.
    pub share_least_percent: Option<i64>,
    /// Why nothing is reserved.
    pub ground: Option<UnreservedGround>,
    /// Why that ground holds here, at most 10,000 characters.
    pub reason: Option<LocalTextInput>,
}

impl ReservationInput {
    /// The reservation in the house's words.
    ///
    /// # Errors
    /// `REQUIRED` at `content.reservation.ground` where nothing is reserved and no case is named.
    pub fn read(self) -> Result<reservation::Reservation, Error> {
        let reserved_for = self.reserved_for.map(Into::into).unwrap_or_default();
        let share_least_percent = self.share_least_percent.unwrap_or_default();
        Ok(match self.measure {
            ReservationMeasure::Undecided => reservation::Reservation::Undecided,
            ReservationMeasure::Unreserved => {
                let ground = self.ground.ok_or_else(|| Refusal::at(Code::Required, "content.reservation.ground"))?;
                reservation::Reservation::Unreserved { ground: ground.into(), reason: self.reason.map(Into::into).unwrap_or_default() }
            }
            ReservationMeasure::Whole => reservation::Reservation::Whole { reserved_for },
            ReservationMeasure::Lots => reservation::Reservation::Lots { reserved_for, lots: self.lots },
            ReservationMeasure::Consortium => reservation::Reservation::Consortium { reserved_for, share_least_percent },
            ReservationMeasure::Subcontract => reservation::Reservation::Subcontract { reserved_for, share_least_percent },
        })
    }
}

/// What an item must or should be, to save energy or the environment (财库〔2019〕9号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::green::GreenRequirement")]
pub enum GreenRequirement {
    /// Energy-saving, with a certificate: a bidder without it does not qualify.
    EnergySavingObligatory,
    /// Energy-saving products are preferred among equal bids.
    EnergySavingPreferred,
    /// Products with the environmental label are preferred among equal bids.
    EnvironmentalPreferred,
}

/// By which terms products made at home are preferred.
#[derive(Clone, Debug, SimpleObject)]
pub struct DomesticPreference {
    /// Taken off the price of the whole bid for evaluation, in percent; only where domestic and other products compete.
    pub deduction_percent: i64,
    /// The least share of the cost of all its products that is of products made at home, in percent.
    pub cost_least_percent: i64,
    /// The rule, as a reader of either language knows it.
    pub source: LocalText,
}

impl From<preference::DomesticTerms> for DomesticPreference {
    fn from(terms: preference::DomesticTerms) -> Self {
        let said = |language| source::in_language(language, &terms.source);
        let source = domain::language::LocalText::new(said(Language::Chinese), said(Language::English)).into();
        Self { deduction_percent: terms.deduction_percent, cost_least_percent: terms.cost_least_percent, source }
    }
}
