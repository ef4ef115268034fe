//! Rows of `contract`.

use crate::store::Tx;
use crate::{Error, Result};
use chrono::{DateTime, Utc};
use domain::contracting::contract::Contract;
use domain::ident::{ContractId, OrganizationId, TenderId};
use domain::refusal::Code;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub number: String,
    pub tender_id: Uuid,
    pub award_id: Uuid,
    pub buyer_id: Uuid,
    pub supplier_id: Uuid,
    pub status: String,
    pub value_minor: i64,
    pub currency: String,
    pub made_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mod member {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contract_member")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub contract_id: Uuid,
        pub organization_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Whether an organization is one of its sides, on its own or as a member of a consortium.
fn is_party(party: OrganizationId) -> Condition {
    let joined = member::Entity::find().select_only().column(member::Column::ContractId);
    let joined = joined.filter(member::Column::OrganizationId.eq(party.0)).into_query();
    Condition::any().add(Column::BuyerId.eq(party.0)).add(Column::SupplierId.eq(party.0)).add(Column::Id.in_subquery(joined))
}

fn read(row: Model) -> Result<Contract> {
    serde_json::from_value(row.record).map_err(|error| Error::internal("read a contract", error))
}

fn record(contract: &Contract) -> Result<Json> {
    serde_json::to_value(contract).map_err(|error| Error::internal("write a contract", error))
}

/// Adds a contract. A second one from the same award is a `CONFLICT`.
pub(crate) async fn insert(tx: &Tx, contract: &Contract) -> Result<()> {
    ActiveModel {
        id: Set(contract.id.0),
        version: Set(contract.version),
        number: Set(contract.number.clone()),
        tender_id: Set(contract.tender.0),
        award_id: Set(contract.award.0),
        buyer_id: Set(contract.buyer.0),
        supplier_id: Set(contract.supplier.0),
        status: Set(contract.state_name().to_owned()),
        value_minor: Set(contract.value.amount_minor),
        currency: Set(contract.value.currency.code().to_owned()),
        made_at: Set(contract.made_at),
        record: Set(record(contract)?),
    }
    .insert(tx.db())
    .await?;
    let members = contract.co_suppliers.iter().map(|one| member::ActiveModel {
        id: Set(tx.ctx().new_id()),
        contract_id: Set(contract.id.0),
        organization_id: Set(one.agreed.organization.0),
    });
    let members: Vec<_> = members.collect();
    if !members.is_empty() {
        member::Entity::insert_many(members).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Saves a contract over the version that was read.
pub(crate) async fn save(tx: &Tx, mut contract: Contract) -> Result<Contract> {
    let read = contract.version;
    contract.version += 1;
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(contract.version))
        .col_expr(Column::Status, Expr::value(contract.state_name()))
        .col_expr(Column::Record, Expr::value(record(&contract)?))
        .filter(Column::Id.eq(contract.id.0))
        .filter(Column::Version.eq(read))
        .exec(tx.db())
        .await?;
    if updated.rows_affected == 1 { Ok(contract) } else { Err(Error::refused(Code::Conflict)) }
}

/// The contract with this number.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: ContractId) -> Result<Option<Contract>> {
    Entity::find_by_id(id.0).one(db).await?.map(read).transpose()
}

/// The contracts that followed from a tender, by number.
pub(crate) async fn by_tender(db: &impl ConnectionTrait, tender: TenderId) -> Result<Vec<Contract>> {
    let rows = Entity::find().filter(Column::TenderId.eq(tender.0)).order_by_asc(Column::Number).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// How many contracts followed from each of these tenders; none where there is none.
pub(crate) async fn counts(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<BTreeMap<TenderId, usize>> {
    if tenders.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = Entity::find().select_only().column(Column::TenderId).column_as(Column::Id.count(), "count");
    let found = found.filter(Column::TenderId.is_in(tenders.iter().map(|id| id.0))).group_by(Column::TenderId);
    let rows: Vec<(Uuid, i64)> = found.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, count)| (TenderId(id), usize::try_from(count).unwrap_or(usize::MAX))).collect())
}

/// At most `most` contracts of an organization that are not signed by both sides, the oldest first.
pub(crate) async fn unsigned_of(db: &impl ConnectionTrait, party: OrganizationId, most: u64) -> Result<Vec<Contract>> {
    let found = Entity::find().filter(is_party(party)).filter(Column::Status.is_in(["drawn_up", "partly_signed"]));
    let rows = found.order_by_asc(Column::MadeAt).order_by_asc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(read).collect()
}

/// The sort key of a list: newest first.
pub type Key = (DateTime<Utc>, Uuid);

/// Up to `most` contracts of an organization, on either side, the newest first, after `after`.
pub(crate) async fn of_party(
    db: &impl ConnectionTrait,
    party: OrganizationId,
    after: Option<Key>,
    most: u64,
) -> Result<Vec<Contract>> {
    let mut found = Entity::find().filter(is_party(party));
    if let Some((made_at, id)) = after {
        let is_same_moment = Condition::all().add(Column::MadeAt.eq(made_at)).add(Column::Id.lt(id));
        found = found.filter(Condition::any().add(Column::MadeAt.lt(made_at)).add(is_same_moment));
    }
    let rows = found.order_by_desc(Column::MadeAt).order_by_desc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(read).collect()
}
