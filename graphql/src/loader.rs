//! Records that many others name, loaded in one statement for all that ask in the same breath.

use crate::identity::organization;
use crate::oversight::file;
use crate::payload::coded;
use crate::request::{Asker, asker};
use app::Error;
use app::catalogue::import::Reading;
use app::contracting::order::OrderEvent;
use app::tendering::schedule::TenderSchedule;
use app::tendering::warning::DraftReview;
use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, Loader};
use domain::catalogue::category::{Category, CategoryCode};
use domain::ident::{FileId, OrderId, OrganizationId, PlanId, PriceListImportId, TenderId, UserId};
use domain::identity::organization::Organization;
use domain::identity::user::User;
use domain::oversight::file::File;
use domain::tendering::clarification::Clarification;
use domain::tendering::plan::Plan;
use domain::tendering::tender::Tender;
use std::collections::HashMap;
use std::sync::Arc;

/// Loads organizations.
pub struct OrganizationLoader(Asker);

/// The loader of organizations of one request.
pub type Organizations = DataLoader<OrganizationLoader>;

impl Loader<OrganizationId> for OrganizationLoader {
    type Value = Organization;
    type Error = Error;

    async fn load(&self, ids: &[OrganizationId]) -> Result<HashMap<OrganizationId, Organization>, Error> {
        let found = app::identity::organization::organizations(&self.0.app, &self.0.ctx, ids).await?;
        Ok(found.into_iter().map(|organization| (organization.id, organization)).collect())
    }
}

/// The loader for one request: nothing that it knows outlives the request.
pub fn organizations(asker: &Asker) -> Organizations {
    DataLoader::new(OrganizationLoader(asker.clone()), tokio::spawn)
}

/// One organization, loaded together with all others that are asked for meanwhile.
pub async fn organization(graphql: &Context<'_>, id: OrganizationId) -> async_graphql::Result<Option<organization::Organization>> {
    let asker = asker(graphql)?;
    let found = graphql.data::<Organizations>()?.load_one(id).await;
    Ok(found.map_err(|error| coded(&asker.ctx, error))?.map(organization::Organization))
}

/// Loads files, without their contents.
pub struct FileLoader(Asker);

/// The loader of files of one request.
pub type Files = DataLoader<FileLoader>;

impl Loader<FileId> for FileLoader {
    type Value = File;
    type Error = Error;

    async fn load(&self, ids: &[FileId]) -> Result<HashMap<FileId, File>, Error> {
        let found = app::oversight::file::files(&self.0.app, &self.0.ctx, ids).await?;
        Ok(found.into_iter().map(|file| (file.id, file)).collect())
    }
}

/// The loader for one request.
pub fn file_loader(asker: &Asker) -> Files {
    DataLoader::new(FileLoader(asker.clone()), tokio::spawn)
}

/// The files among these that the asker may read, in their order.
pub async fn files(graphql: &Context<'_>, ids: &[FileId]) -> async_graphql::Result<Vec<file::File>> {
    let asker = asker(graphql)?;
    let found = graphql.data::<Files>()?.load_many(ids.iter().copied()).await;
    let mut found = found.map_err(|error| coded(&asker.ctx, error))?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).map(file::File).collect())
}

/// Loads what stands beside the rows of lists, under the rights of the asker.
pub struct BesideLoader(Asker);

/// The loader of one request; it takes keys of each kind below.
pub type Beside = DataLoader<BesideLoader>;

/// The loader for one request.
pub fn beside(asker: &Asker) -> Beside {
    DataLoader::new(BesideLoader(asker.clone()), tokio::spawn)
}

/// One record beside a row, loaded together with all others that are asked for meanwhile.
///
/// # Errors
/// When the store does not answer.
pub async fn one_beside<Key>(graphql: &Context<'_>, key: Key) -> async_graphql::Result<Option<<BesideLoader as Loader<Key>>::Value>>
where
    Key: std::hash::Hash + Eq + Clone + Send + Sync + 'static,
    BesideLoader: Loader<Key, Error = Error>,
{
    let asker = asker(graphql)?;
    graphql.data::<Beside>()?.load_one(key).await.map_err(|error| coded(&asker.ctx, error))
}

impl Loader<PlanId> for BesideLoader {
    type Value = Plan;
    type Error = Error;

    async fn load(&self, ids: &[PlanId]) -> Result<HashMap<PlanId, Plan>, Error> {
        let found = app::tendering::plan::plans_by_ids(&self.0.app, &self.0.ctx, ids).await?;
        Ok(found.into_iter().map(|plan| (plan.id, plan)).collect())
    }
}

impl Loader<TenderId> for BesideLoader {
    type Value = Tender;
    type Error = Error;

    async fn load(&self, ids: &[TenderId]) -> Result<HashMap<TenderId, Tender>, Error> {
        let found = app::tendering::tender::tenders_by_ids(&self.0.app, &self.0.ctx, ids).await?;
        Ok(found.into_iter().map(|tender| (tender.id, tender)).collect())
    }
}

/// The questions about a tender.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuestionsOf(pub TenderId);

impl Loader<QuestionsOf> for BesideLoader {
    type Value = Vec<Clarification>;
    type Error = Error;

    async fn load(&self, keys: &[QuestionsOf]) -> Result<HashMap<QuestionsOf, Vec<Clarification>>, Error> {
        let ids: Vec<TenderId> = keys.iter().map(|key| key.0).collect();
        let found = app::tendering::clarification::clarifications_of(&self.0.app, &self.0.ctx, &ids).await?;
        Ok(found.into_iter().map(|(id, questions)| (QuestionsOf(id), questions)).collect())
    }
}

/// What there is to ask about a tender that is not public yet. The limit of complexity keeps the tenders few.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReviewOf(pub TenderId);

impl Loader<ReviewOf> for BesideLoader {
    type Value = DraftReview;
    type Error = Error;

    async fn load(&self, keys: &[ReviewOf]) -> Result<HashMap<ReviewOf, DraftReview>, Error> {
        let ids: Vec<TenderId> = keys.iter().map(|key| key.0).collect();
        let tenders = app::tendering::tender::tenders_by_ids(&self.0.app, &self.0.ctx, &ids).await?;
        let found = app::tendering::warning::reviews(&self.0.app, &self.0.ctx, &tenders).await?;
        Ok(found.into_iter().map(|(id, review)| (ReviewOf(id), review)).collect())
    }
}

/// Where a tender stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScheduleOf(pub TenderId);

impl Loader<ScheduleOf> for BesideLoader {
    type Value = TenderSchedule;
    type Error = Error;

    async fn load(&self, keys: &[ScheduleOf]) -> Result<HashMap<ScheduleOf, TenderSchedule>, Error> {
        let ids: Vec<TenderId> = keys.iter().map(|key| key.0).collect();
        let found = app::tendering::schedule::schedules_of(&self.0.app, &self.0.ctx, &ids).await?;
        Ok(found.into_iter().map(|(id, schedule)| (ScheduleOf(id), schedule)).collect())
    }
}

/// A picture by who has uploaded it and its SHA-256.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PictureOf(pub OrganizationId, pub String);

impl Loader<PictureOf> for BesideLoader {
    type Value = File;
    type Error = Error;

    async fn load(&self, keys: &[PictureOf]) -> Result<HashMap<PictureOf, File>, Error> {
        let wanted: Vec<_> = keys.iter().map(|key| (key.0, key.1.clone())).collect();
        let found = app::oversight::file::pictures(&self.0.app, &self.0.ctx, &wanted).await?;
        Ok(found.into_iter().map(|file| (PictureOf(file.organization, file.sha256.clone()), file)).collect())
    }
}

/// What happened to an order, each with the person who acted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimelineOf(pub OrderId);

impl Loader<TimelineOf> for BesideLoader {
    type Value = Vec<(OrderEvent, Option<User>)>;
    type Error = Error;

    async fn load(&self, keys: &[TimelineOf]) -> Result<HashMap<TimelineOf, Self::Value>, Error> {
        let ids: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let found = app::contracting::order::timelines(&self.0.app, &self.0.ctx, &ids).await?;
        let mut people: Vec<UserId> = found.values().flatten().filter_map(|event| event.user).collect();
        people.sort_unstable();
        people.dedup();
        let people = app::identity::account::users(&self.0.app, &people).await?;
        let person = |event: &OrderEvent| event.user.and_then(|id| people.iter().find(|user| user.id == id)).cloned();
        let told = |events: Vec<OrderEvent>| events.into_iter().map(|event| (event.clone(), person(&event))).collect();
        Ok(found.into_iter().map(|(id, events)| (TimelineOf(id), told(events))).collect())
    }
}

impl Loader<CategoryCode> for BesideLoader {
    type Value = Category;
    type Error = Error;

    async fn load(&self, codes: &[CategoryCode]) -> Result<HashMap<CategoryCode, Category>, Error> {
        let tree = app::catalogue::category::tree(&self.0.app, &self.0.ctx).await?;
        Ok(codes.iter().filter_map(|code| Some((code.clone(), tree.get(code)?.clone()))).collect())
    }
}

/// What was read in price lists. A reading is large: it is taken from the store once, whichever of its fields are asked for.
/// The limit of complexity keeps the runs few.
impl Loader<PriceListImportId> for BesideLoader {
    type Value = Arc<Reading>;
    type Error = Error;

    async fn load(&self, ids: &[PriceListImportId]) -> Result<HashMap<PriceListImportId, Arc<Reading>>, Error> {
        let mut found = HashMap::new();
        for id in ids {
            match app::catalogue::price_list_import::reading(&self.0.app, &self.0.ctx, *id).await {
                Ok(reading) => drop(found.insert(*id, Arc::new(reading))),
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }
}
