//! What several pages of the room show of an item.

use crate::prelude::*;
use crate::schema::Sum;
use domain::catalogue::unit;
use domain::money::Money;

/// A step of an item's prices.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(in crate::pages) struct PriceTier {
    pub(super) least_quantity: i32,
    pub(super) price: Sum,
}

/// Who offers an item.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
pub(super) struct Supplier {
    pub(super) name: Words,
    pub(super) enterprise_size: Option<EnterpriseSize>,
}

/// The size of a supplier.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnterpriseSize {
    Micro,
    Small,
    Medium,
    Large,
}

impl EnterpriseSize {
    pub(super) const ALL: [Self; 4] = [Self::Micro, Self::Small, Self::Medium, Self::Large];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Micro => "MICRO",
            Self::Small => "SMALL",
            Self::Medium => "MEDIUM",
            Self::Large => "LARGE",
        }
    }

    pub(super) fn label(self) -> String {
        say(&format!("enterprise-size-{}", self.name().to_lowercase()))
    }
}

/// Where an item stands.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CatalogueItemStatus {
    Draft,
    Listed,
    Suspended,
}

impl CatalogueItemStatus {
    pub(super) fn tag(self) -> impl IntoView {
        let (state, key) = match self {
            Self::Draft => (State::Draft, "item-state-draft"),
            Self::Listed => (State::Good, "item-state-listed"),
            Self::Suspended => (State::Closed, "item-state-suspended"),
        };
        view! { <Tag state label=say(key)/> }
    }
}

/// The unit in the reader's language.
pub(super) fn unit_name(given: &str) -> String {
    unit::in_language(visit().language(), given).to_owned()
}

/// All prices of an item, one line each: `1+ ¥4,199.00`.
pub(in crate::pages) fn price_lines(tiers: &[PriceTier]) -> impl IntoView + use<> {
    let lines = tiers.iter().cloned().map(|tier| {
        let from = say_with("item-from-quantity", facts([("quantity", i64::from(tier.least_quantity).into())]));
        view! { <li><span class="quiet">{from}</span> " " <Amount money=Money::from(tier.price)/></li> }
    });
    view! { <ul class="price-tiers">{lines.collect_view()}</ul> }
}

/// The square in the place of a picture that nobody has given: the first character of the name.
pub(super) fn picture_place(name: &str) -> impl IntoView + use<> {
    let letter: String = name.chars().find(|letter| letter.is_alphanumeric()).into_iter().collect();
    view! { <div class="picture-place" aria-hidden="true"><span>{letter}</span></div> }
}
