//! What a bidder is told of its own size before it bids for what is reserved.

use super::bid::Tender;
use super::tender_policies::{ReservationMeasure, ReservedFor};
use crate::islands::bidding::bid_offer::green_name;
use crate::prelude::*;
use domain::identity::organization::EnterpriseSize as Size;
use domain::tendering::reservation;

/// The size of an enterprise, as it is registered.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnterpriseSize {
    Micro,
    Small,
    Medium,
    Large,
}

impl EnterpriseSize {
    const fn said(self) -> Size {
        match self {
            Self::Micro => Size::Micro,
            Self::Small => Size::Small,
            Self::Medium => Size::Medium,
            Self::Large => Size::Large,
        }
    }
}

/// For whom it is reserved, and whether this bidder is among them; nothing where nothing is reserved.
pub(super) fn reserved_note(tender: &Tender, size: Option<EnterpriseSize>, lot: i32) -> Option<AnyView> {
    let reserved_for = match tender.reservation.reserved_for? {
        ReservedFor::SmallAndMedium => reservation::ReservedFor::SmallAndMedium,
        ReservedFor::MicroAndSmall => reservation::ReservedFor::MicroAndSmall,
    };
    let visit = visit();
    let size = size.map(EnterpriseSize::said);
    let is_for_them = match tender.reservation.measure {
        ReservationMeasure::Whole => true,
        ReservationMeasure::Lots => tender.reservation.lots.contains(&lot),
        _ => false,
    };
    let said = size.map(|size| say(&format!("enterprise-size-{}", size.as_str()))).unwrap_or_default();
    let source = domain::oversight::policy_pack::source::in_language(visit.language(), reservation::SOURCE);
    let told = facts([("size", said.into()), ("source", source.into())]);
    let (tone, own) = match size {
        _ if !is_for_them => (Tone::Info, None),
        None => (Tone::Warning, Some("bid-reserved-unknown")),
        Some(size) if reserved_for.fits(size) => (Tone::Info, Some("bid-reserved-fits")),
        Some(_) => (Tone::Warning, Some("bid-reserved-too-large")),
    };
    let own = own.map(|key| view! { <p>{say_with(key, told)}</p> });
    let words = visit.local(&tender.reservation.words).to_owned();
    Some(view! { <Notice tone title=say("tender-reservation")><p>{words}</p>{own}</Notice> }.into_any())
}

/// The items of a lot of which green ones are preferred, by their places among the tender's.
pub(super) fn preferred(tender: &Tender, lot: i32) -> Vec<(u32, String)> {
    let visit = visit();
    let items = (0_u32..).zip(&tender.items).filter(|(_, item)| item.lot == lot && item.green.is_some_and(|green| green.said().is_preferred()));
    items.map(|(place, item)| (place, visit.local(&item.name).to_owned())).collect()
}

/// The controls by which a bidder says for which of them it holds a certificate.
pub(super) fn certificates(tender: &Tender, lot: i32) -> Option<AnyView> {
    let items = preferred(tender, lot);
    (!items.is_empty()).then(|| {
        let ticks = items.into_iter().map(|(place, name)| view! { <Tick name=green_name(place) label=name ticked=false/> }).collect_view();
        view! { <fieldset><legend>{say("bid-green")}</legend><p class="help">{say("bid-green-help")}</p>{ticks}</fieldset> }.into_any()
    })
}
