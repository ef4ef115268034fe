//! Catalogue items: what a supplier offers to every buyer at a stated price.

use super::area::AreaCode;
use super::category::CategoryCode;
use super::price_tier::{self, PriceTier};
use super::{gtin, price_list};
use crate::ident::{CatalogueItemId, OrganizationId};
use crate::language::LocalText;
use crate::money::Money;
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The longest item number, brand, model and unit, in characters.
pub const WORD_MOST_CHARS: usize = 60;
/// The longest name, in characters.
pub const NAME_MOST_CHARS: usize = 200;
/// The longest description, in characters.
pub const DESCRIPTION_MOST_CHARS: usize = 4000;
/// The most attributes of one item.
pub const ATTRIBUTES_MOST: usize = 40;
/// The most pictures of one item.
pub const PICTURES_MOST: usize = 10;
/// The most delivery areas of one item.
pub const AREAS_MOST: usize = 60;
/// The largest stock.
pub const STOCK_MOST: i64 = 100_000_000;
/// The longest lead time, in days.
pub const LEAD_TIME_MOST_DAYS: u16 = 365;

/// A fact about an item, in words: "Screen: 14 inches".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// What it is about.
    pub key: LocalText,
    /// What is so.
    pub value: LocalText,
}

/// A picture of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The file's SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// What it shows, for those who don't see it.
    pub alt: LocalText,
}

/// The days between which an offer stands, both included; an open end has no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first day.
    pub from_on: Option<NaiveDate>,
    /// The last day.
    pub until_on: Option<NaiveDate>,
}

impl Validity {
    /// Whether `day` lies in it.
    pub fn holds(self, day: NaiveDate) -> bool {
        self.from_on.is_none_or(|from| from <= day) && self.until_on.is_none_or(|until| day <= until)
    }
}

/// What a supplier says of an item, not yet checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDraft {
    /// The supplier's own number for it; it stays when all else changes.
    pub number: String,
    /// The category's code.
    pub category: Option<CategoryCode>,
    /// The name.
    pub name: LocalText,
    /// The description.
    pub description: LocalText,
    /// The brand.
    pub brand: String,
    /// The maker's model.
    pub model: String,
    /// The unit of sale.
    pub unit: String,
    /// The GTIN, empty where there is none.
    pub gtin: String,
    /// Facts in words.
    pub attributes: Vec<Attribute>,
    /// Pictures, the first one leading.
    pub pictures: Vec<Picture>,
    /// Prices by quantity.
    pub tiers: Vec<PriceTier>,
    /// Units in stock; `None` where the supplier doesn't say.
    pub stock: Option<i64>,
    /// Days from order to delivery; `None` where the supplier doesn't say.
    pub lead_time_days: Option<u16>,
    /// Where it is delivered; empty means nationwide.
    pub areas: Vec<AreaCode>,
    /// The days between which the offer stands.
    pub validity: Validity,
}

impl ItemDraft {
    /// Checks everything that can be known from the item alone and gives its content, trimmed.
    /// Whether the category is in the tree is asked of the tree.
    ///
    /// # Errors
    /// All that is wrong at once, each with its field in the path: `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS`,
    /// `FORMULA_AS_TEXT`, `GTIN_INVALID`, `OUT_OF_RANGE`, `VALIDITY_REVERSED`, `MALFORMED` and those of
    /// [`price_tier::check`].
    pub fn validate(self) -> Result<ItemContent, Refusals> {
        let mut refusals = Refusals::default();
        let number = refusals.take("number", price_list::word(&self.number, true, WORD_MOST_CHARS));
        let category = refusals.take("category", self.category.ok_or_else(|| Refusal::new(Code::Required)));
        for (path, text) in [("name.zh", &self.name.zh), ("name.en", &self.name.en)] {
            refusals.take(path, price_list::no_formula(text));
        }
        let name = check_local(&mut refusals, "name", &self.name, true, NAME_MOST_CHARS);
        let description = check_local(&mut refusals, "description", &self.description, false, DESCRIPTION_MOST_CHARS);
        let brand = refusals.take("brand", price_list::word(&self.brand, false, WORD_MOST_CHARS));
        let model = refusals.take("model", check_text(&self.model, false, WORD_MOST_CHARS));
        let unit = refusals.take("unit", price_list::word(&self.unit, true, WORD_MOST_CHARS));
        let gtin = match self.gtin.trim() {
            "" => Some(None),
            given => refusals.take("gtin", gtin::parse(given)).map(Some),
        };
        if let Err(tiers) = price_tier::check(&self.tiers) {
            tiers.0.into_iter().for_each(|refusal| refusals.push(refusal.under("tiers")));
        }
        check_numbers(&mut refusals, self.stock, self.lead_time_days, self.areas.len());
        if matches!((self.validity.from_on, self.validity.until_on), (Some(from), Some(until)) if until < from) {
            refusals.push(Refusal::at(Code::ValidityReversed, "validity"));
        }
        let attributes = check_attributes(&mut refusals, &self.attributes);
        check_pictures(&mut refusals, &self.pictures);
        let all_taken = (number, category, name, description, brand, model, unit, gtin);
        match all_taken {
            (Some(number), Some(category), Some(name), Some(description), Some(brand), Some(model), Some(unit), Some(gtin))
                if refusals.0.is_empty() =>
            {
                Ok(ItemContent {
                    number, category, name, description, brand, model, unit, gtin, attributes,
                    pictures: self.pictures, tiers: self.tiers, stock: self.stock, lead_time_days: self.lead_time_days,
                    areas: self.areas, validity: self.validity,
                })
            }
            _ => Err(refusals),
        }
    }
}

fn check_local(refusals: &mut Refusals, path: &str, text: &LocalText, required: bool, most: usize) -> Option<LocalText> {
    if required && text.is_empty() {
        refusals.push(Refusal::at(Code::Required, path));
        return None;
    }
    let zh = refusals.take(&format!("{path}.zh"), check_text(&text.zh, false, most));
    let en = refusals.take(&format!("{path}.en"), check_text(&text.en, false, most));
    Some(LocalText { zh: zh?, en: en? })
}

fn check_numbers(refusals: &mut Refusals, stock: Option<i64>, lead_time_days: Option<u16>, areas: usize) {
    if stock.is_some_and(|stock| !(0..=STOCK_MOST).contains(&stock)) {
        refusals.push(Refusal::at(Code::OutOfRange, "stock").with("least", 0_i64).with("most", STOCK_MOST));
    }
    if lead_time_days.is_some_and(|days| days > LEAD_TIME_MOST_DAYS) {
        let refusal = Refusal::at(Code::OutOfRange, "leadTimeDays");
        refusals.push(refusal.with("least", 0_i64).with("most", i64::from(LEAD_TIME_MOST_DAYS)));
    }
    if areas > AREAS_MOST {
        refusals.push(Refusal::at(Code::OutOfRange, "areas").with("least", 0_i64).with("most", AREAS_MOST));
    }
}

fn check_attributes(refusals: &mut Refusals, attributes: &[Attribute]) -> Vec<Attribute> {
    if attributes.len() > ATTRIBUTES_MOST {
        refusals.push(Refusal::at(Code::OutOfRange, "attributes").with("least", 0_i64).with("most", ATTRIBUTES_MOST));
    }
    let checked = attributes.iter().take(ATTRIBUTES_MOST).enumerate().filter_map(|(index, attribute)| {
        let key = check_local(refusals, &format!("attributes.{index}.key"), &attribute.key, true, WORD_MOST_CHARS);
        let value = check_local(refusals, &format!("attributes.{index}.value"), &attribute.value, true, NAME_MOST_CHARS);
        Some(Attribute { key: key?, value: value? })
    });
    checked.collect()
}

fn check_pictures(refusals: &mut Refusals, pictures: &[Picture]) {
    if pictures.len() > PICTURES_MOST {
        refusals.push(Refusal::at(Code::OutOfRange, "pictures").with("least", 0_i64).with("most", PICTURES_MOST));
    }
    for (index, picture) in pictures.iter().enumerate() {
        let is_hash = picture.sha256.len() == 64 && picture.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            refusals.push(Refusal::at(Code::Malformed, &format!("pictures.{index}.sha256")).with("expected", "SHA-256"));
        }
        check_local(refusals, &format!("pictures.{index}.alt"), &picture.alt, true, NAME_MOST_CHARS);
    }
}

/// What an item is, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemContent {
    /// The supplier's own number for it.
    pub number: String,
    /// The category's code.
    pub category: CategoryCode,
    /// The name; there in at least one language.
    pub name: LocalText,
    /// The description.
    pub description: LocalText,
    /// The brand, empty where there is none.
    pub brand: String,
    /// The maker's model, empty where there is none.
    pub model: String,
    /// The unit of sale.
    pub unit: String,
    /// The GTIN, its check digit right.
    pub gtin: Option<String>,
    /// Facts in words.
    pub attributes: Vec<Attribute>,
    /// Pictures, the first one leading.
    pub pictures: Vec<Picture>,
    /// Prices by quantity, at least one, quantities increasing, one currency.
    pub tiers: Vec<PriceTier>,
    /// Units in stock; `None` where the supplier doesn't say.
    pub stock: Option<i64>,
    /// Days from order to delivery; `None` where the supplier doesn't say.
    pub lead_time_days: Option<u16>,
    /// Where it is delivered; empty means nationwide.
    pub areas: Vec<AreaCode>,
    /// The days between which the offer stands.
    pub validity: Validity,
}

impl ItemContent {
    /// The price of one unit when `quantity` are bought; `None` below the least quantity.
    pub fn price_for(&self, quantity: i64) -> Option<Money> {
        price_tier::price_for(&self.tiers, quantity)
    }

    /// The price of the first tier: the one that lists and filters show.
    ///
    /// # Panics
    /// Never for content that [`ItemDraft::validate`] gave.
    pub fn list_price(&self) -> Money {
        self.tiers.first().expect("checked content has a tier").price
    }

    /// Whether it is delivered to the place with this six-digit code.
    pub fn is_delivered_to(&self, place: &str) -> bool {
        self.areas.is_empty() || self.areas.iter().any(|area| area.covers(place))
    }
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum ItemState {
    /// Its supplier works on it; nobody else sees it.
    Draft,
    /// Offered to every buyer.
    Listed {
        /// Since when.
        listed_at: DateTime<Utc>,
    },
    /// Taken off sale by the supplier or the platform.
    Suspended {
        /// Since when.
        suspended_at: DateTime<Utc>,
        /// Why.
        reason: String,
    },
}

impl ItemState {
    /// The names of all states, as the database knows them.
    pub const ALL: [&'static str; 3] = ["draft", "listed", "suspended"];

    /// Its name in database and texts.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Draft => Self::ALL[0],
            Self::Listed { .. } => Self::ALL[1],
            Self::Suspended { .. } => Self::ALL[2],
        }
    }
}

/// What happened to an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ItemEvent {
    /// It was made.
    Created,
    /// Its content was changed.
    Changed,
    /// It was offered.
    Listed,
    /// It was taken off sale.
    Suspended {
        /// Why.
        reason: String,
    },
}

impl ItemEvent {
    /// Noun and past participle.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Created => "catalogue_item.created",
            Self::Changed => "catalogue_item.changed",
            Self::Listed => "catalogue_item.listed",
            Self::Suspended { .. } => "catalogue_item.suspended",
        }
    }
}

/// An item as it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueItem {
    /// Its number in the marketplace.
    pub id: CatalogueItemId,
    /// Counts its changes.
    pub version: i64,
    /// Who offers it.
    pub supplier_id: OrganizationId,
    /// Where it stands.
    pub state: ItemState,
    /// What it is.
    pub content: ItemContent,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When its content or state last changed.
    pub changed_at: DateTime<Utc>,
}

impl CatalogueItem {
    /// A new item, in draft.
    pub fn create(id: CatalogueItemId, supplier_id: OrganizationId, content: ItemContent, now: DateTime<Utc>) -> (Self, ItemEvent) {
        let item = Self { id, version: 0, supplier_id, state: ItemState::Draft, content, created_at: now, changed_at: now };
        (item, ItemEvent::Created)
    }

    /// Gives it other content; possible in every state, and orders made before keep what they were made with.
    ///
    /// # Errors
    /// `ITEM_NUMBER_FIXED` when the supplier's number differs: that would be another item.
    pub fn change(self, content: ItemContent, now: DateTime<Utc>) -> Result<(Self, ItemEvent), Refusal> {
        if content.number != self.content.number {
            return Err(Refusal::at(Code::ItemNumberFixed, "number").with("number", self.content.number));
        }
        Ok((Self { content, changed_at: now, ..self }, ItemEvent::Changed))
    }

    /// Offers it to every buyer, from draft or after a suspension.
    ///
    /// # Errors
    /// `WRONG_STATE` when it is listed already.
    pub fn list(self, now: DateTime<Utc>) -> Result<(Self, ItemEvent), Refusal> {
        match self.state {
            ItemState::Draft | ItemState::Suspended { .. } => {
                Ok((Self { state: ItemState::Listed { listed_at: now }, changed_at: now, ..self }, ItemEvent::Listed))
            }
            ItemState::Listed { .. } => Err(wrong_state(&self.state)),
        }
    }

    /// Takes it off sale; a reason is needed.
    ///
    /// # Errors
    /// `WRONG_STATE` unless it is listed; `REQUIRED`, `TOO_LONG` or `HIDDEN_CHARACTERS` for the reason.
    pub fn suspend(self, reason: &str, now: DateTime<Utc>) -> Result<(Self, ItemEvent), Refusal> {
        let ItemState::Listed { .. } = self.state else { return Err(wrong_state(&self.state)) };
        let reason = check_text(reason, true, NAME_MOST_CHARS).map_err(|refusal| refusal.under("reason"))?;
        let state = ItemState::Suspended { suspended_at: now, reason: reason.clone() };
        Ok((Self { state, changed_at: now, ..self }, ItemEvent::Suspended { reason }))
    }

    /// Whether it can be ordered on `day` (a day of the marketplace's zone).
    pub fn is_on_sale(&self, day: NaiveDate) -> bool {
        matches!(self.state, ItemState::Listed { .. }) && self.content.validity.holds(day)
    }
}

fn wrong_state(state: &ItemState) -> Refusal {
    Refusal::new(Code::WrongState).with("state", Fact::word(format!("item-state-{}", state.as_str())))
}

#[cfg(test)]
#[path = "catalogue_item_tests.rs"]
mod tests;
