//! Rows of `tender`: columns for lists, the rest as one record.

use crate::contracting::bid_security::settle_job;
use crate::store::Tx;
use crate::tendering::search::tender_job;
use crate::tendering::tender::{TenderFilter, TenderPlace, TenderSort};
use crate::{Error, Result};
use domain::ident::{OrganizationId, TenderId};
use domain::refusal::{Code, Refusal};
use domain::tendering::tender::{Tender, TenderStateName};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockType, SelectStatement};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait as _, Select};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tender")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub buyer_id: Uuid,
    pub agency_id: Option<Uuid>,
    pub number: String,
    pub status: String,
    pub category_code: String,
    pub procedure: String,
    pub budget_minor: i64,
    pub budget_currency: String,
    pub listed_at: DateTimeUtc,
    pub deadline_at: Option<DateTimeUtc>,
    pub record: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Tender {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        serde_json::from_value(row.record).map_err(|error| Error::internal("read tender", error))
    }
}

fn row(tender: &Tender) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(tender.id.0),
        version: Set(tender.version),
        buyer_id: Set(tender.buyer.0),
        agency_id: Set(tender.mandate.as_ref().map(|mandate| mandate.agency.0)),
        number: Set(tender.number.clone()),
        status: Set(tender.state.name().as_str().to_owned()),
        category_code: Set(tender.content.category.clone()),
        procedure: Set(tender.content.choice.procedure.as_str().to_owned()),
        budget_minor: Set(tender.content.budget.amount_minor),
        budget_currency: Set(tender.content.budget.currency.code().to_owned()),
        listed_at: Set(tender.state.publication().map_or(tender.created_at, |publication| publication.published_at)),
        deadline_at: Set(tender.content.deadline_at),
        record: Set(serde_json::to_value(tender).map_err(|error| Error::internal("write tender", error))?),
    })
}

/// Adds a tender.
pub(crate) async fn insert(tx: &Tx, tender: &Tender) -> Result<()> {
    row(tender)?.insert(tx.db()).await?;
    Ok(())
}

/// Writes a tender back, one version on, and lets the search index know of what is public.
///
/// # Errors
/// `CONFLICT` when somebody else has written it since it was read.
pub(crate) async fn save(tx: &Tx, tender: Tender) -> Result<Tender> {
    let read = tender.version;
    let tender = Tender { version: read + 1, ..tender };
    let changed = ActiveModel { id: NotSet, ..row(&tender)? };
    let guarded = Entity::update_many().set(changed).filter(Column::Id.eq(tender.id.0)).filter(Column::Version.eq(read));
    if guarded.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::refused(Code::Conflict));
    }
    if tender.state.publication().is_some() {
        tx.enqueue(tender_job(tender.id)).await?;
        // A change may have taken the security out of the notice after some were lodged.
        if tender.content.bid_security.is_some() || !tender.amendments.is_empty() {
            tx.enqueue(settle_job(tender.id)).await?;
        }
    }
    Ok(tender)
}

/// The numbers of the tenders that stand and whose bids are open, as a part of another statement.
pub(crate) fn with_opened_bids() -> SelectStatement {
    let states = TenderStateName::ALL.iter().filter(|state| state.has_opened_bids()).map(|state| state.as_str());
    Entity::find().select_only().column(Column::Id).filter(Column::Status.is_in(states)).into_query()
}

/// The tender with this id, whoever may know of it.
pub(crate) async fn by_id(db: &impl ConnectionTrait, id: TenderId) -> Result<Option<Tender>> {
    Entity::find_by_id(id.0).one(db).await?.map(Tender::try_from).transpose()
}

/// Holds the tender's row, beside others who hold it so, until the write ends: nobody changes it or ends the taking of its
/// bids meanwhile. On `SQLite` the one writer does that.
pub(crate) async fn hold(db: &impl ConnectionTrait, id: TenderId) -> Result<()> {
    locked(db, id, LockType::Share).await
}

/// Holds the tender's row for oneself until the write ends, once all others have let go of it.
pub(crate) async fn hold_alone(db: &impl ConnectionTrait, id: TenderId) -> Result<()> {
    locked(db, id, LockType::Update).await
}

async fn locked(db: &impl ConnectionTrait, id: TenderId, how: LockType) -> Result<()> {
    let row = Entity::find_by_id(id.0).select_only().column(Column::Id).lock(how).into_tuple::<Uuid>().one(db).await?;
    row.map(|_| ()).ok_or(Error::NotFound)
}

/// The tenders with these ids, whoever may know of them.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[TenderId]) -> Result<Vec<Tender>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db).await?;
    rows.into_iter().map(Tender::try_from).collect()
}

/// At most `most` tenders behind an id, in the order of ids.
pub(crate) async fn page_by_id(db: &impl ConnectionTrait, after: Option<TenderId>, most: u64) -> Result<Vec<Tender>> {
    let mut found = Entity::find();
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after.0));
    }
    let rows = found.order_by_asc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Tender::try_from).collect()
}

/// Whether an organization buys by a tender, or is the agency for its buyer, or is asked to be.
fn is_of(own: OrganizationId) -> Condition {
    Condition::any().add(Column::BuyerId.eq(own.0)).add(Column::AgencyId.eq(own.0))
}

/// At most `most` tenders of a buyer, or of an agency, in these states, the nearest deadline first.
pub(crate) async fn of_buyer(
    db: &impl ConnectionTrait,
    buyer: OrganizationId,
    states: &[TenderStateName],
    most: u64,
) -> Result<Vec<Tender>> {
    let found = Entity::find().filter(is_of(buyer)).filter(Column::Status.is_in(states.iter().map(|state| state.as_str())));
    let rows = found.order_by_asc(Column::DeadlineAt).order_by_asc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Tender::try_from).collect()
}

/// The states in which bids, first or final, are taken until the deadline.
const TAKING_BIDS: [TenderStateName; 2] = [TenderStateName::Published, TenderStateName::FinalOffers];

/// At most `most` tenders whose deadline is past and whose bids nobody has opened, the last deadline first.
pub(crate) async fn unopened(db: &impl ConnectionTrait, now: DateTimeUtc, most: u64) -> Result<Vec<Tender>> {
    let found = Entity::find().filter(Column::Status.is_in(TAKING_BIDS.map(TenderStateName::as_str))).filter(Column::DeadlineAt.lt(now));
    let rows = found.order_by_desc(Column::DeadlineAt).order_by_desc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Tender::try_from).collect()
}

/// At most `most` tenders that take final offers, those that close soonest first.
pub(crate) async fn asking_for_final_offers(db: &impl ConnectionTrait, now: DateTimeUtc, most: u64) -> Result<Vec<Tender>> {
    let open = Entity::find().filter(Column::Status.eq(TenderStateName::FinalOffers.as_str())).filter(Column::DeadlineAt.gt(now));
    let rows = open.order_by_asc(Column::DeadlineAt).order_by_asc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Tender::try_from).collect()
}

/// At most `most` tenders that are negotiated with those who have a bid in, this bidder among them.
pub(crate) async fn negotiating_with(db: &impl ConnectionTrait, bidder: OrganizationId, most: u64) -> Result<Vec<Tender>> {
    let open = Entity::find().filter(Column::Status.eq(TenderStateName::Negotiating.as_str()));
    let own = open.filter(Column::Id.in_subquery(super::bid::tenders_of(bidder)));
    own.order_by_asc(Column::Id).limit(most).all(db).await?.into_iter().map(Tender::try_from).collect()
}

/// At most `most` tenders that take bids, those that close soonest first.
pub(crate) async fn closing_soonest(db: &impl ConnectionTrait, now: DateTimeUtc, most: u64) -> Result<Vec<Tender>> {
    let open = Entity::find().filter(Column::Status.eq(TenderStateName::Published.as_str())).filter(Column::DeadlineAt.gt(now));
    let rows = open.order_by_asc(Column::DeadlineAt).order_by_asc(Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Tender::try_from).collect()
}

/// What only the buyer knows of.
const NOT_PUBLIC: [TenderStateName; 3] = [TenderStateName::Draft, TenderStateName::Submitted, TenderStateName::Approved];

fn find(filter: &TenderFilter, own: Option<OrganizationId>) -> Select<Entity> {
    let mut scope = Condition::any().add(Column::Status.is_not_in(NOT_PUBLIC.map(TenderStateName::as_str)));
    if let Some(own) = own {
        scope = scope.add(is_of(own));
    }
    let mut found = Entity::find().filter(scope);
    if let Some(buyer) = filter.buyer {
        found = found.filter(Column::BuyerId.eq(buyer.0));
    }
    if !filter.states.is_empty() {
        found = found.filter(Column::Status.is_in(filter.states.iter().map(|state| state.as_str())));
    }
    if let Some(category) = &filter.category {
        found = found.filter(Column::CategoryCode.starts_with(category));
    }
    if let Some(now) = filter.deadline_after {
        found = found.filter(Column::DeadlineAt.gt(now));
    }
    if let Some(latest) = filter.deadline_before {
        found = found.filter(Column::DeadlineAt.lte(latest));
    }
    if filter.sort == TenderSort::Deadline {
        found = found.filter(Column::DeadlineAt.is_not_null());
    }
    found
}

/// At most `most` tenders behind a place, in the order of the filter. `own` sees its drafts too.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    filter: &TenderFilter,
    own: Option<OrganizationId>,
    after: Option<&TenderPlace>,
    most: u64,
) -> Result<Vec<Tender>> {
    let mut found = find(filter, own);
    let behind = |column: Column, value: sea_orm::Value, id: Uuid| {
        let same = Condition::all().add(column.eq(value.clone()));
        match filter.sort {
            TenderSort::Deadline => Condition::any().add(column.gt(value)).add(same.add(Column::Id.gt(id))),
            _ => Condition::any().add(column.lt(value)).add(same.add(Column::Id.lt(id))),
        }
    };
    let malformed = || Refusal::at(Code::Malformed, "after").with("expected", "endCursor");
    if let Some(after) = after {
        let condition = match (filter.sort, after) {
            (TenderSort::Newest, TenderPlace::Listed(at, id)) => behind(Column::ListedAt, (*at).into(), *id),
            (TenderSort::Deadline, TenderPlace::Deadline(at, id)) => behind(Column::DeadlineAt, (*at).into(), *id),
            (TenderSort::Budget, TenderPlace::Budget(minor, id)) => behind(Column::BudgetMinor, (*minor).into(), *id),
            _ => return Err(malformed().into()),
        };
        found = found.filter(condition);
    }
    let found = match filter.sort {
        TenderSort::Newest => found.order_by_desc(Column::ListedAt).order_by_desc(Column::Id),
        TenderSort::Deadline => found.order_by_asc(Column::DeadlineAt).order_by_asc(Column::Id),
        TenderSort::Budget => found.order_by_desc(Column::BudgetMinor).order_by_desc(Column::Id),
    };
    found.limit(most).all(db).await?.into_iter().map(Tender::try_from).collect()
}

/// The next deadline after `now` of a tender that takes bids.
pub(crate) async fn next_deadline(db: &impl ConnectionTrait, now: DateTimeUtc) -> Result<Option<DateTimeUtc>> {
    let taking = Entity::find().filter(Column::Status.is_in(TAKING_BIDS.map(TenderStateName::as_str))).filter(Column::DeadlineAt.gt(now));
    let next = taking.select_only().column_as(Column::DeadlineAt.min(), "next").into_tuple::<Option<DateTimeUtc>>();
    Ok(next.one(db).await?.flatten())
}

/// How many there are in all.
pub(crate) async fn count(db: &impl ConnectionTrait, filter: &TenderFilter, own: Option<OrganizationId>) -> Result<u64> {
    Ok(find(filter, own).count(db).await?)
}
