//! What suppliers say of their items.

use super::catalogue_item::CatalogueItem;
use super::item_list::category_code;
use crate::payload::UserError;
use crate::values::{LocalTextInput, MoneyInput};
use app::Error;
use async_graphql::{ID, InputObject, SimpleObject};
use chrono::NaiveDate;
use domain::catalogue::area::AreaCode;
use domain::catalogue::catalogue_item::{Attribute, ItemDraft, Picture, Validity};
use domain::catalogue::price_tier;
use domain::refusal::{Code, Refusal};

/// The price of one unit when at least so many are bought.
#[derive(Clone, Debug, InputObject)]
pub struct PriceTierInput {
    /// From this quantity on.
    pub least_quantity: i64,
    /// The price of one unit, taxes included.
    pub price: MoneyInput,
}

/// A fact about an item, in words.
#[derive(Clone, Debug, InputObject)]
pub struct ItemAttributeInput {
    /// What it is about.
    pub key: LocalTextInput,
    /// What is so.
    pub value: LocalTextInput,
}

/// A picture of an item.
#[derive(Clone, Debug, InputObject)]
pub struct ItemPictureInput {
    /// The uploaded file's SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// What it shows, for those who don't see it.
    pub alt: LocalTextInput,
}

/// What a supplier says of an item.
#[derive(Clone, Debug, InputObject)]
pub struct ItemContentInput {
    /// Your own number for it; it stays when all else changes.
    pub number: String,
    /// The category's code.
    pub category: String,
    /// The name, in at least one language.
    pub name: LocalTextInput,
    /// The description.
    pub description: Option<LocalTextInput>,
    /// The brand.
    #[graphql(default)]
    pub brand: String,
    /// The maker's model.
    #[graphql(default)]
    pub model: String,
    /// The unit of sale.
    pub unit: String,
    /// The GTIN.
    #[graphql(default)]
    pub gtin: String,
    /// Facts in words.
    #[graphql(default)]
    pub attributes: Vec<ItemAttributeInput>,
    /// Pictures, the first one leading.
    #[graphql(default)]
    pub pictures: Vec<ItemPictureInput>,
    /// Prices by quantity, quantities increasing.
    pub tiers: Vec<PriceTierInput>,
    /// Units in stock; left out where you don't say.
    pub stock: Option<i64>,
    /// Days from order to delivery; left out where you don't say.
    pub lead_time_days: Option<i32>,
    /// Where it is delivered, by six-digit codes of GB/T 2260; empty means nationwide.
    #[graphql(default)]
    pub areas: Vec<String>,
    /// The first day of the offer.
    pub valid_from_on: Option<NaiveDate>,
    /// The last day of the offer.
    pub valid_until_on: Option<NaiveDate>,
}

impl ItemContentInput {
    /// The draft.
    ///
    /// # Errors
    /// What can't even be read, each at its path.
    pub(super) fn read(self) -> Result<ItemDraft, Error> {
        let tiers = self.tiers.iter().enumerate().map(|(place, tier)| {
            let price = tier.price.read(&format!("tiers.{place}.price"))?;
            Ok::<_, Error>(price_tier::PriceTier { least_quantity: tier.least_quantity, price })
        });
        let areas = self.areas.iter().enumerate().map(|(place, code)| {
            let unknown = || Refusal::at(Code::AreaUnknown, &format!("areas.{place}")).with("given", code.as_str());
            AreaCode::from_code(code).ok_or_else(|| Error::from(unknown()))
        });
        let lead_time_days = self.lead_time_days.map(|days| u16::try_from(days).unwrap_or(u16::MAX));
        Ok(ItemDraft {
            category: Some(category_code(&self.category, "category")?),
            tiers: tiers.collect::<Result<_, _>>()?,
            areas: areas.collect::<Result<_, _>>()?,
            lead_time_days,
            number: self.number,
            name: self.name.into(),
            description: self.description.map(Into::into).unwrap_or_default(),
            brand: self.brand,
            model: self.model,
            unit: self.unit,
            gtin: self.gtin,
            attributes: self.attributes.into_iter().map(|it| Attribute { key: it.key.into(), value: it.value.into() }).collect(),
            pictures: self.pictures.into_iter().map(|it| Picture { sha256: it.sha256, alt: it.alt.into() }).collect(),
            stock: self.stock,
            validity: Validity { from_on: self.valid_from_on, until_on: self.valid_until_on },
        })
    }
}

/// A new item.
#[derive(Clone, Debug, InputObject)]
pub struct CreateItemInput {
    /// What it is.
    pub content: ItemContentInput,
    /// Whether it is offered at once; otherwise it stays a draft.
    #[graphql(default)]
    pub is_listed: bool,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// Other content for an item.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeItemInput {
    /// The item.
    pub item_id: ID,
    /// The version that you read; when somebody changed it since, you are told.
    pub version: Option<i64>,
    /// All that it is to be; its number can't change.
    pub content: ItemContentInput,
    /// Whether to offer it to every buyer too, both or neither. What is on sale stays on sale.
    #[graphql(default)]
    pub is_listed: bool,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// An item to offer.
#[derive(Clone, Debug, InputObject)]
pub struct ListItemInput {
    /// The item.
    pub item_id: ID,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// An item to take off sale.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawItemInput {
    /// The item.
    pub item_id: ID,
    /// Why; buyers who have it in their baskets are told.
    pub reason: String,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

macro_rules! item_payloads {
    ($($(#[$meta:meta])* $name:ident),*) => {
        $(
            $(#[$meta])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The item as it is now; null when refused.
                pub item: Option<CatalogueItem>,
                /// What to mend.
                pub user_errors: Vec<UserError>,
            }
        )*
    };
}

item_payloads! {
    /// A new item.
    CreateItemPayload,
    /// A changed item.
    ChangeItemPayload,
    /// An item on sale.
    ListItemPayload,
    /// An item off sale.
    WithdrawItemPayload
}
