//! Rows of `consortium`, and of `consortium_member` beside them: who is bound for which lot.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::{ConsortiumId, OrganizationId, TenderId};
use domain::refusal::Code;
use domain::tendering::consortium::Consortium;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consortium")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub tender_id: Uuid,
    pub lead_id: Uuid,
    pub status: String,
    pub proposed_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mod member {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "consortium_member")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub consortium_id: Uuid,
        pub tender_id: Uuid,
        pub lot_id: Uuid,
        pub organization_id: Uuid,
        pub bound_key: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<Model> for Consortium {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read a consortium", error))
    }
}

fn record(consortium: &Consortium) -> Result<Json> {
    serde_json::to_value(consortium).map_err(|error| Error::internal("write a consortium", error))
}

/// Adds a consortium with its members.
pub(crate) async fn insert(tx: &Tx, consortium: &Consortium) -> Result<()> {
    let lead = consortium.lead().ok_or_else(|| Error::internal("write a consortium", "it has no members"))?;
    ActiveModel {
        id: Set(consortium.id.0),
        version: Set(consortium.version),
        tender_id: Set(consortium.tender.0),
        lead_id: Set(lead.0),
        status: Set(consortium.state.name().to_owned()),
        proposed_at: Set(consortium.proposed_at),
        record: Set(record(consortium)?),
    }
    .insert(tx.db())
    .await?;
    insert_members(tx, consortium).await
}

/// A row for each member and lot. One whom another consortium binds for a lot can't be bound again: `CONFLICT`.
async fn insert_members(tx: &Tx, consortium: &Consortium) -> Result<()> {
    let rows = consortium.members.iter().flat_map(|one| consortium.lots.iter().map(move |lot| (one.organization, *lot)));
    let rows = rows.map(|(organization, lot)| member::ActiveModel {
        id: Set(tx.ctx().new_id()),
        consortium_id: Set(consortium.id.0),
        tender_id: Set(consortium.tender.0),
        lot_id: Set(lot.0),
        organization_id: Set(organization.0),
        bound_key: Set(consortium.binds(organization).then(|| format!("{}:{lot}:{organization}", consortium.tender))),
    });
    member::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Writes it back, one version on.
///
/// # Errors
/// `CONFLICT` when somebody else has written it since it was read, or a member is bound elsewhere meanwhile.
pub(crate) async fn save(tx: &Tx, consortium: Consortium) -> Result<Consortium> {
    let read = consortium.version;
    let consortium = Consortium { version: read + 1, ..consortium };
    let updated = Entity::update_many()
        .col_expr(Column::Version, Expr::value(consortium.version))
        .col_expr(Column::Status, Expr::value(consortium.state.name()))
        .col_expr(Column::Record, Expr::value(record(&consortium)?))
        .filter(Column::Id.eq(consortium.id.0))
        .filter(Column::Version.eq(read))
        .exec(tx.db())
        .await?;
    if updated.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    member::Entity::delete_many().filter(member::Column::ConsortiumId.eq(consortium.id.0)).exec(tx.db()).await?;
    insert_members(tx, &consortium).await?;
    Ok(consortium)
}

/// The one with this number.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: ConsortiumId) -> Result<Option<Consortium>> {
    Entity::find_by_id(id.0).one(db).await?.map(Consortium::try_from).transpose()
}

fn with_member(organization: OrganizationId, tender: Option<TenderId>) -> Select<Entity> {
    let mut own = member::Entity::find().select_only().column(member::Column::ConsortiumId);
    own = own.filter(member::Column::OrganizationId.eq(organization.0));
    if let Some(tender) = tender {
        own = own.filter(member::Column::TenderId.eq(tender.0));
    }
    Entity::find().filter(Column::Id.in_subquery(own.into_query()))
}

/// At most `most` consortia for a tender of which an organization is a member or is asked to be, the newest first.
pub(crate) async fn of_member(db: &impl ConnectionTrait, tender: TenderId, organization: OrganizationId, most: u64) -> Result<Vec<Consortium>> {
    let found = with_member(organization, Some(tender)).order_by_desc(Column::ProposedAt).order_by_desc(Column::Id);
    found.limit(most).all(db).await?.into_iter().map(Consortium::try_from).collect()
}

/// The consortia for a tender that are proposed or stand, of which an organization is a member or is asked to be.
pub(crate) async fn live_of_member(db: &impl ConnectionTrait, tender: TenderId, organization: OrganizationId) -> Result<Vec<Consortium>> {
    let live = with_member(organization, Some(tender)).filter(Column::Status.is_in(["proposed", "standing"]));
    live.all(db).await?.into_iter().map(Consortium::try_from).collect()
}

/// At most `most` consortia that are proposed or stand, of an organization, the newest first.
pub(crate) async fn waiting_for(db: &impl ConnectionTrait, organization: OrganizationId, most: u64) -> Result<Vec<Consortium>> {
    let live = with_member(organization, None).filter(Column::Status.is_in(["proposed", "standing"]));
    let rows = live.order_by_desc(Column::ProposedAt).order_by_desc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Consortium::try_from).collect()
}

/// How many consortia for a tender an organization leads, whatever became of them.
pub(crate) async fn count_led(db: &impl ConnectionTrait, tender: TenderId, lead: OrganizationId) -> Result<u64> {
    Ok(Entity::find().filter(Column::TenderId.eq(tender.0)).filter(Column::LeadId.eq(lead.0)).count(db).await?)
}
