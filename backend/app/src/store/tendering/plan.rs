//! Rows of `plan`.

use crate::store::Tx;
use crate::tendering::plan::PlanKey;
use crate::{Error, Result};
use domain::ident::{OrganizationId, PlanId};
use domain::refusal::Code;
use domain::tendering::plan::Plan;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub buyer_id: Uuid,
    pub status: String,
    pub listed_at: DateTimeUtc,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Plan {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read plan", error))
    }
}

fn row(plan: &Plan) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(plan.id.0),
        version: Set(plan.version),
        buyer_id: Set(plan.buyer.0),
        status: Set(plan.state_name().to_owned()),
        listed_at: Set(plan.published_at.unwrap_or(plan.created_at)),
        record: Set(serde_json::to_value(plan).map_err(|error| Error::internal("write plan", error))?),
    })
}

/// Adds a plan.
pub(crate) async fn insert(tx: &Tx, plan: &Plan) -> Result<()> {
    row(plan)?.insert(tx.db()).await?;
    Ok(())
}

/// Writes a plan back, one version on.
///
/// # Errors
/// `CONFLICT` when somebody else has written it since it was read.
pub(crate) async fn save(tx: &Tx, plan: Plan) -> Result<Plan> {
    let read = plan.version;
    let plan = Plan { version: read + 1, ..plan };
    let changed = ActiveModel { id: NotSet, ..row(&plan)? };
    let guarded = Entity::update_many().set(changed).filter(Column::Id.eq(plan.id.0)).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    Ok(plan)
}

/// The plan with this id, whoever may know of it.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: PlanId) -> Result<Option<Plan>> {
    Entity::find_by_id(id.0).one(db).await?.map(Plan::try_from).transpose()
}

/// Those with these ids.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[PlanId]) -> Result<Vec<Plan>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db).await?;
    rows.into_iter().map(Plan::try_from).collect()
}

/// At most `most` plans behind a key, the newest first; drafts for their own buyer alone.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    own: Option<OrganizationId>,
    after: Option<&PlanKey>,
    most: u64,
) -> Result<Vec<Plan>> {
    let mut scope = Condition::any().add(Column::Status.eq("published"));
    if let Some(own) = own {
        scope = scope.add(Column::BuyerId.eq(own.0));
    }
    let mut found = Entity::find().filter(scope);
    if let Some(PlanKey(at, id)) = after {
        let same = Condition::all().add(Column::ListedAt.eq(*at)).add(Column::Id.lt(*id));
        found = found.filter(Condition::any().add(Column::ListedAt.lt(*at)).add(same));
    }
    let rows = found.order_by_desc(Column::ListedAt).order_by_desc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Plan::try_from).collect()
}
