//! What a supplier says of an item: as the contract gives it to its supplier, and as it is written back whole.

use super::value::{CatalogueItemStatus, PriceTier};
use crate::prelude::*;
use crate::schema::StoredFile;
use domain::catalogue::area;
use domain::money::Money;
use std::collections::BTreeMap;

/// A calendar day.
#[derive(cynic::Scalar, Clone, Copy, Debug)]
#[cynic(graphql_type = "NaiveDate")]
pub(super) struct OnDay(pub(super) chrono::NaiveDate);

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub(super) struct LocalTextInput {
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct MoneyInput {
    pub(super) amount_minor: i64,
    pub(super) currency: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct PriceTierInput {
    pub(super) least_quantity: i32,
    pub(super) price: MoneyInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct ItemAttributeInput {
    pub(super) key: LocalTextInput,
    pub(super) value: LocalTextInput,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct ItemPictureInput {
    pub(super) sha256: String,
    pub(super) alt: LocalTextInput,
}

/// Everything that is said of an item.
#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct ItemContentInput {
    pub(super) number: String,
    pub(super) category: String,
    pub(super) name: LocalTextInput,
    pub(super) description: Option<LocalTextInput>,
    pub(super) brand: String,
    pub(super) model: String,
    pub(super) unit: String,
    pub(super) gtin: String,
    pub(super) attributes: Vec<ItemAttributeInput>,
    pub(super) pictures: Vec<ItemPictureInput>,
    pub(super) tiers: Vec<PriceTierInput>,
    pub(super) stock: Option<i32>,
    pub(super) lead_time_days: Option<i32>,
    pub(super) areas: Vec<String>,
    pub(super) valid_from_on: Option<OnDay>,
    pub(super) valid_until_on: Option<OnDay>,
}

/// An item as its supplier knows it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CatalogueItem")]
pub(super) struct OwnItem {
    pub(super) version: i32,
    pub(super) status: CatalogueItemStatus,
    pub(super) supplier: Option<SupplierId>,
    pub(super) number: String,
    pub(super) name: Words,
    category_code: String,
    description: Words,
    brand: String,
    model: String,
    unit: String,
    gtin: Option<String>,
    stock: Option<i32>,
    lead_time_days: Option<i32>,
    attributes: Vec<ItemAttribute>,
    price_tiers: Vec<PriceTier>,
    areas: Vec<DeliveryArea>,
    pictures: Vec<ItemPicture>,
    valid_from_on: Option<OnDay>,
    valid_until_on: Option<OnDay>,
}

/// Who offers an item.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
pub(super) struct SupplierId {
    pub(super) id: cynic::Id,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct ItemAttribute {
    key: Words,
    value: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct DeliveryArea {
    code: String,
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct ItemPicture {
    sha256: String,
    alt: Words,
    file: Option<StoredFile>,
}

/// What stands in the fields of the form, by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Written(BTreeMap<String, String>);

impl Written {
    /// What a field says; nothing for one that there is not.
    pub(super) fn get(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// How many rows a list has.
    pub(super) fn rows(&self, list: &str) -> usize {
        places(self.names(), list).last().map_or(0, |last| last + 1)
    }

    /// The names of all fields that say something.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.insert(name.into(), value);
        }
    }

    fn put_both(&mut self, name: &str, words: &Words) {
        self.put(format!("{name}.zh"), words.zh.as_str());
        self.put(format!("{name}.en"), words.en.as_str());
    }

    /// A new item: one unit can be ordered, unless its supplier says otherwise.
    pub(super) fn begin() -> Self {
        let mut written = Self::default();
        written.put("tiers.0.leastQuantity", "1");
        written
    }

    /// An item as it is stored, its areas by their names in the reader's language.
    pub(super) fn of(item: &OwnItem, language: Language) -> Self {
        let mut written = Self::default();
        let mut put = |name: &str, value: &str| written.put(name, value);
        put("number", &item.number);
        put("category", &item.category_code);
        put("brand", &item.brand);
        put("model", &item.model);
        put("unit", &item.unit);
        put("gtin", item.gtin.as_deref().unwrap_or_default());
        put("stock", &item.stock.map(|stock| stock.to_string()).unwrap_or_default());
        put("leadTimeDays", &item.lead_time_days.map(|days| days.to_string()).unwrap_or_default());
        put("areas", &areas(&item.areas, language));
        put("validFromOn", &item.valid_from_on.map(|day| day.0.to_string()).unwrap_or_default());
        put("validUntilOn", &item.valid_until_on.map(|day| day.0.to_string()).unwrap_or_default());
        written.put_both("name", &item.name);
        written.put_both("description", &item.description);
        for (place, tier) in item.price_tiers.iter().enumerate() {
            let money = Money::from(tier.price.clone());
            written.put(format!("tiers.{place}.leastQuantity"), tier.least_quantity.to_string());
            written.put(format!("tiers.{place}.price"), money.major());
            written.put("currency", money.currency.code());
        }
        for (place, attribute) in item.attributes.iter().enumerate() {
            written.put_both(&format!("attributes.{place}.key"), &attribute.key);
            written.put_both(&format!("attributes.{place}.value"), &attribute.value);
        }
        for (place, picture) in item.pictures.iter().enumerate() {
            written.put(format!("pictures.{place}.sha256"), picture.sha256.as_str());
            written.put(format!("pictures.{place}.fileId"), picture.file.as_ref().map(|file| file.id.inner()).unwrap_or_default());
            written.put_both(&format!("pictures.{place}.alt"), &picture.alt);
        }
        written
    }
}

impl OwnItem {
    /// The files of its pictures, as far as there are any.
    pub(super) fn files(&self) -> Vec<StoredFile> {
        self.pictures.iter().filter_map(|picture| picture.file.clone()).collect()
    }
}

/// The numbers of a list's rows among the names of fields.
pub(super) fn places<'name>(names: impl Iterator<Item = &'name str>, list: &str) -> std::collections::BTreeSet<usize> {
    names.filter_map(|name| name.strip_prefix(list)?.strip_prefix('.')?.split('.').next()?.parse().ok()).collect()
}

/// Areas as the form reads them again: by name, or by code where a name means another area, too.
fn areas(areas: &[DeliveryArea], language: Language) -> String {
    let (separator, names) = match language {
        Language::Chinese => ("、", areas.iter().map(|area| (&area.code, &area.name.zh)).collect::<Vec<_>>()),
        Language::English => (", ", areas.iter().map(|area| (&area.code, &area.name.en)).collect()),
    };
    let told = names.into_iter().map(|(code, name)| {
        let is_read = area::parse_list(name).is_ok_and(|read| read.len() == 1 && read.iter().all(|read| read.as_str() == code));
        if is_read { name.as_str() } else { code.as_str() }
    });
    told.collect::<Vec<_>>().join(separator)
}
