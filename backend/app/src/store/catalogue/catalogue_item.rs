//! Rows of `catalogue_item`, read and written together with their price tiers.

use super::price_tier;
use crate::store::Tx;
use crate::{Error, Result};
use domain::catalogue::area::AreaCode;
use domain::catalogue::catalogue_item::{Attribute, CatalogueItem, ItemContent, ItemState, Picture, Validity};
use domain::catalogue::category::CategoryCode;
use domain::catalogue::price_tier::PriceTier;
use domain::ident::{CatalogueItemId, OrganizationId};
use domain::language::LocalText;
use domain::refusal::Code;
use sea_orm::ActiveValue::NotSet;
use sea_orm::entity::prelude::*;
use sea_orm::{FromJsonQueryResult, IntoActiveModel as _, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

/// How many rows go into one statement: below the parameters that SQLite takes.
const CHUNK: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[expect(clippy::struct_field_names, reason = "the maker's model, in the row that sea-orm wants to be called so")]
#[sea_orm(table_name = "catalogue_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub supplier_id: Uuid,
    pub number: String,
    pub category_code: String,
    pub name_zh: String,
    pub name_en: String,
    pub description_zh: String,
    pub description_en: String,
    pub brand: String,
    pub model: String,
    pub unit: String,
    pub gtin: Option<String>,
    pub attributes: Attributes,
    pub pictures: Pictures,
    pub areas: Areas,
    pub stock: Option<i64>,
    pub lead_time_days: Option<i64>,
    pub valid_from_on: Option<Date>,
    pub valid_until_on: Option<Date>,
    pub list_price_minor: i64,
    pub list_price_currency: String,
    pub status: String,
    pub status_since_at: Option<DateTimeUtc>,
    pub status_reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

// Read from their bytes at once: a tree of JSON between costs a list more than its statements.
/// Facts, in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Attributes(Vec<Attribute>);
/// Pictures, in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Pictures(Vec<Picture>);
/// Areas, in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Areas(Vec<AreaCode>);

impl Model {
    fn into_item(self, tiers: Vec<PriceTier>) -> Result<CatalogueItem> {
        let id = self.id;
        let broken = |column: &str| Error::internal("read catalogue item", format!("{column} of {id} is impossible"));
        let state = match (self.status.as_str(), self.status_since_at, self.status_reason) {
            ("draft", ..) => ItemState::Draft,
            ("listed", Some(listed_at), _) => ItemState::Listed { listed_at },
            ("suspended", Some(suspended_at), Some(reason)) => ItemState::Suspended { suspended_at, reason },
            _ => return Err(broken("status")),
        };
        if tiers.is_empty() {
            return Err(broken("price tiers"));
        }
        let lead_time_days = self.lead_time_days.map(u16::try_from).transpose().map_err(|_| broken("lead_time_days"))?;
        let content = ItemContent {
            number: self.number,
            category: CategoryCode::parse(&self.category_code).ok_or_else(|| broken("category_code"))?,
            name: LocalText::new(self.name_zh, self.name_en),
            description: LocalText::new(self.description_zh, self.description_en),
            brand: self.brand,
            model: self.model,
            unit: self.unit,
            gtin: self.gtin,
            attributes: self.attributes.0,
            pictures: self.pictures.0,
            tiers,
            stock: self.stock,
            lead_time_days,
            areas: self.areas.0,
            validity: Validity { from_on: self.valid_from_on, until_on: self.valid_until_on },
        };
        Ok(CatalogueItem {
            id: CatalogueItemId(id),
            version: self.version,
            supplier_id: OrganizationId(self.supplier_id),
            state,
            content,
            created_at: self.created_at,
            changed_at: self.changed_at,
        })
    }
}

fn row(item: &CatalogueItem) -> ActiveModel {
    let content = &item.content;
    let price = content.list_price();
    let (since, reason) = match &item.state {
        ItemState::Draft => (None, None),
        ItemState::Listed { listed_at } => (Some(*listed_at), None),
        ItemState::Suspended { suspended_at, reason } => (Some(*suspended_at), Some(reason.clone())),
    };
    let model = Model {
        id: item.id.0,
        version: item.version,
        supplier_id: item.supplier_id.0,
        number: content.number.clone(),
        category_code: content.category.as_str().to_owned(),
        name_zh: content.name.zh.clone(),
        name_en: content.name.en.clone(),
        description_zh: content.description.zh.clone(),
        description_en: content.description.en.clone(),
        brand: content.brand.clone(),
        model: content.model.clone(),
        unit: content.unit.clone(),
        gtin: content.gtin.clone(),
        attributes: Attributes(content.attributes.clone()),
        pictures: Pictures(content.pictures.clone()),
        areas: Areas(content.areas.clone()),
        stock: content.stock,
        lead_time_days: content.lead_time_days.map(i64::from),
        valid_from_on: content.validity.from_on,
        valid_until_on: content.validity.until_on,
        list_price_minor: price.amount_minor,
        list_price_currency: price.currency.code().to_owned(),
        status: item.state.as_str().to_owned(),
        status_since_at: since,
        status_reason: reason,
        created_at: item.created_at,
        changed_at: item.changed_at,
    };
    model.into_active_model().reset_all()
}

/// Gives rows their tiers, in the order of the rows: one statement for all.
pub(super) async fn with_tiers(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<CatalogueItem>> {
    let mut tiers = price_tier::of_items(db, rows.iter().map(|row| row.id).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let own = tiers.remove(&row.id).unwrap_or_default();
            row.into_item(own)
        })
        .collect()
}

/// Adds items with their tiers, many to a statement.
pub(crate) async fn insert_all(tx: &Tx, items: &[CatalogueItem]) -> Result<()> {
    for chunk in items.chunks(CHUNK) {
        Entity::insert_many(chunk.iter().map(row)).exec_without_returning(tx.db()).await?;
    }
    price_tier::insert_all(tx, items).await
}

/// Writes a changed item if nobody else has meanwhile, and gives it back with its new version.
pub(crate) async fn save(tx: &Tx, item: CatalogueItem) -> Result<CatalogueItem> {
    let read = item.version;
    let item = CatalogueItem { version: read + 1, ..item };
    let mut changed = row(&item);
    changed.id = NotSet;
    let updated = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(item.id.0))
        .filter(Column::Version.eq(read))
        .exec(tx.db())
        .await?;
    if updated.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    price_tier::replace(tx, &item).await?;
    Ok(item)
}

/// The item with this id.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: CatalogueItemId) -> Result<Option<CatalogueItem>> {
    Ok(by_ids(db, &[id]).await?.pop())
}

/// Those with these ids, in any order; unknown ids are left out.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[CatalogueItemId]) -> Result<Vec<CatalogueItem>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db).await?;
    with_tiers(db, rows).await
}

/// Whether the supplier has an item of this number.
pub(crate) async fn has_number(db: &impl ConnectionTrait, supplier: OrganizationId, number: &str) -> Result<bool> {
    let count = Entity::find()
        .filter(Column::SupplierId.eq(supplier.0))
        .filter(Column::Number.eq(number))
        .count(db)
        .await?;
    Ok(count > 0)
}

/// All items of a supplier, page by page below, so that no statement names more ids than a database takes.
pub(crate) async fn of_supplier(db: &impl ConnectionTrait, supplier: OrganizationId) -> Result<Vec<CatalogueItem>> {
    let mut items = Vec::new();
    let mut after = None;
    loop {
        let page = page_by_id(db, Some(supplier), after, 5_000).await?;
        let is_last = page.len() < 5_000;
        after = page.last().map(|item| item.id);
        items.extend(page);
        if is_last {
            return Ok(items);
        }
    }
}

/// Items by id, of one supplier or of all: for work that goes through everything.
pub(crate) async fn page_by_id(
    db: &impl ConnectionTrait,
    supplier: Option<OrganizationId>,
    after: Option<CatalogueItemId>,
    most: u64,
) -> Result<Vec<CatalogueItem>> {
    let mut query = Entity::find().order_by_asc(Column::Id).limit(most);
    if let Some(supplier) = supplier {
        query = query.filter(Column::SupplierId.eq(supplier.0));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after.0));
    }
    with_tiers(db, query.all(db).await?).await
}
