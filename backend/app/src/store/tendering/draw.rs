//! Rows of `invitation_draw`: the promised seed of a tender's draw, and what it came to.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::TenderId;
use domain::refusal::Code;
use domain::tendering::draw::InvitationDraw;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation_draw")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for InvitationDraw {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read draw", error))
    }
}

fn row(draw: &InvitationDraw) -> Result<ActiveModel> {
    let record = serde_json::to_value(draw).map_err(|error| Error::internal("write draw", error))?;
    Ok(ActiveModel { id: Set(draw.tender.0), version: Set(draw.version), record: Set(record) })
}

/// Adds a draw.
pub(crate) async fn insert(tx: &Tx, draw: &InvitationDraw) -> Result<()> {
    row(draw)?.insert(tx.db()).await?;
    Ok(())
}

/// Writes it back, one version on.
///
/// # Errors
/// `CONFLICT` when somebody else has written it since it was read.
pub(crate) async fn save(tx: &Tx, draw: InvitationDraw) -> Result<InvitationDraw> {
    let read = draw.version;
    let draw = InvitationDraw { version: read + 1, ..draw };
    let changed = ActiveModel { id: NotSet, ..row(&draw)? };
    let guarded = Entity::update_many().set(changed).filter(Column::Id.eq(draw.tender.0)).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    Ok(draw)
}

/// The draws of these tenders.
pub(crate) async fn by_tenders(db: &impl ConnectionTrait, tenders: &[TenderId]) -> Result<Vec<InvitationDraw>> {
    if tenders.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(tenders.iter().map(|id| id.0))).all(db).await?;
    rows.into_iter().map(InvitationDraw::try_from).collect()
}

/// The draw of a tender, once its prequalification has been announced.
pub(crate) async fn by_tender(db: &impl ConnectionTrait, tender: TenderId) -> Result<Option<InvitationDraw>> {
    Ok(by_tenders(db, &[tender]).await?.pop())
}
