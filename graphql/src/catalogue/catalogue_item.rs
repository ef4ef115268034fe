//! Catalogue items.

use super::category::Category;
use crate::ident;
use crate::identity::organization::Organization;
use crate::loader::{self, PictureOf, one_beside};
use crate::oversight::file::File;
use crate::request::asker;
use crate::values::{LocalText, Money};
use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::catalogue::catalogue_item::{self, ItemState};
use domain::catalogue::category::CategoryTree;
use domain::ident::{CatalogueItemId, OrganizationId};
use domain::identity::organization;
use std::sync::Arc;

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CatalogueItemStatus {
    /// Its supplier works on it; nobody else sees it.
    Draft,
    /// Offered to every buyer.
    Listed,
    /// Taken off sale.
    Suspended,
}

impl CatalogueItemStatus {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Listed => "listed",
            Self::Suspended => "suspended",
        }
    }
}

/// The price of one unit when at least so many are bought.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct PriceTier {
    /// From this quantity on; the first tier's is the least that can be ordered.
    pub least_quantity: i64,
    /// The price of one unit, taxes included.
    pub price: Money,
}

/// A fact about an item, in words.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct ItemAttribute {
    /// What it is about.
    pub key: LocalText,
    /// What is so.
    pub value: LocalText,
}

/// A picture of an item.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
#[graphql(complex)]
pub struct ItemPicture {
    /// The file's SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// What it shows, for those who don't see it.
    pub alt: LocalText,
    /// Whose picture it is.
    #[graphql(skip)]
    pub owner: OrganizationId,
}

#[ComplexObject]
impl ItemPicture {
    /// The file that its supplier has uploaded; null where there is none that you may read.
    async fn file(&self, graphql: &Context<'_>) -> Result<Option<File>> {
        Ok(one_beside(graphql, PictureOf(self.owner, self.sha256.clone())).await?.map(File))
    }
}

/// An area to which goods are delivered.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct DeliveryArea {
    /// Six digits of GB/T 2260.
    pub code: String,
    /// Its name.
    pub name: LocalText,
}

/// An item, with what was loaded beside it.
#[derive(Clone)]
pub struct CatalogueItem {
    /// The item.
    pub item: catalogue_item::CatalogueItem,
    /// Its supplier, where it was asked for with the list.
    pub supplier: Option<organization::Organization>,
    /// The category tree, where it was asked for with the list.
    pub tree: Option<Arc<CategoryTree>>,
}

impl From<catalogue_item::CatalogueItem> for CatalogueItem {
    fn from(item: catalogue_item::CatalogueItem) -> Self {
        Self { item, supplier: None, tree: None }
    }
}

/// What a supplier offers to every buyer at a stated price.
#[Object(serial)]
impl CatalogueItem {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(CatalogueItemId::KIND, self.item.id.0)
    }

    /// Counts its changes; give it back with a change, so that nobody's change is lost.
    async fn version(&self) -> i64 {
        self.item.version
    }

    /// The supplier's own number for it.
    async fn number(&self) -> &str {
        &self.item.content.number
    }

    /// Where it stands.
    async fn status(&self) -> CatalogueItemStatus {
        match self.item.state {
            ItemState::Draft => CatalogueItemStatus::Draft,
            ItemState::Listed { .. } => CatalogueItemStatus::Listed,
            ItemState::Suspended { .. } => CatalogueItemStatus::Suspended,
        }
    }

    /// Why it was taken off sale; null when it was not.
    async fn suspension_reason(&self) -> Option<&str> {
        match &self.item.state {
            ItemState::Suspended { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// Whether it can be ordered today.
    async fn is_on_sale(&self, graphql: &Context<'_>) -> Result<bool> {
        let now = asker(graphql)?.ctx.now();
        // Days are those of the marketplace's zone, eight hours ahead.
        Ok(self.item.is_on_sale((now + chrono::TimeDelta::hours(8)).date_naive()))
    }

    /// The code of its category.
    async fn category_code(&self) -> &str {
        self.item.content.category.as_str()
    }

    /// Its category.
    async fn category(&self, graphql: &Context<'_>) -> Result<Option<Category>> {
        if let Some(tree) = &self.tree {
            return Ok(tree.get(&self.item.content.category).map(Category::from));
        }
        Ok(one_beside(graphql, self.item.content.category.clone()).await?.as_ref().map(Category::from))
    }

    /// Its name.
    async fn name(&self) -> LocalText {
        self.item.content.name.clone().into()
    }

    /// Its description.
    async fn description(&self) -> LocalText {
        self.item.content.description.clone().into()
    }

    /// Its brand; empty where there is none.
    async fn brand(&self) -> &str {
        &self.item.content.brand
    }

    /// The maker's model; empty where there is none.
    async fn model(&self) -> &str {
        &self.item.content.model
    }

    /// The unit of sale.
    async fn unit(&self) -> &str {
        &self.item.content.unit
    }

    /// The GTIN, its check digit right.
    async fn gtin(&self) -> Option<&str> {
        self.item.content.gtin.as_deref()
    }

    /// Facts in words.
    async fn attributes(&self) -> Vec<ItemAttribute> {
        let attributes = self.item.content.attributes.iter().cloned();
        attributes.map(|attribute| ItemAttribute { key: attribute.key.into(), value: attribute.value.into() }).collect()
    }

    /// Pictures, the first one leading.
    async fn pictures(&self) -> Vec<ItemPicture> {
        let pictures = self.item.content.pictures.iter().cloned();
        let owner = self.item.supplier_id;
        pictures.map(|picture| ItemPicture { sha256: picture.sha256, alt: picture.alt.into(), owner }).collect()
    }

    /// The price of one unit from the least quantity on.
    async fn list_price(&self) -> Money {
        self.item.content.list_price().into()
    }

    /// Prices by quantity, quantities increasing.
    async fn price_tiers(&self) -> Vec<PriceTier> {
        let tiers = self.item.content.tiers.iter();
        tiers.map(|tier| PriceTier { least_quantity: tier.least_quantity, price: tier.price.into() }).collect()
    }

    /// Units in stock; null where the supplier doesn't say.
    async fn stock(&self) -> Option<i64> {
        self.item.content.stock
    }

    /// Days from order to delivery; null where the supplier doesn't say.
    async fn lead_time_days(&self) -> Option<i32> {
        self.item.content.lead_time_days.map(i32::from)
    }

    /// Where it is delivered; empty means nationwide.
    async fn areas(&self) -> Vec<DeliveryArea> {
        let areas = self.item.content.areas.iter();
        areas.map(|area| DeliveryArea { code: area.as_str().to_owned(), name: area.name().into() }).collect()
    }

    /// The first day of the offer; null for an open end.
    async fn valid_from_on(&self) -> Option<NaiveDate> {
        self.item.content.validity.from_on
    }

    /// The last day of the offer; null for an open end.
    async fn valid_until_on(&self) -> Option<NaiveDate> {
        self.item.content.validity.until_on
    }

    /// Who offers it.
    async fn supplier(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        if let Some(supplier) = &self.supplier {
            return Ok(Some(Organization(supplier.clone())));
        }
        loader::organization(graphql, self.item.supplier_id).await
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.item.created_at
    }

    /// When its content or state last changed.
    async fn changed_at(&self) -> DateTime<Utc> {
        self.item.changed_at
    }
}
