//! The room `catalogue`: root fields.

pub mod catalogue_item;
pub mod category;
pub mod item_input;
pub mod item_list;
pub mod price_list_import;
pub mod search;

use crate::connection;
use crate::ident;
use crate::payload::{coded, found, settle};
use crate::request::{asker, once};
use app::catalogue::{catalogue_item as items, category as categories, price_list_import as imports};
use app::Error;
use async_graphql::{Context, ID, Object, Result};
use catalogue_item::CatalogueItem;
use category::Category;
use domain::catalogue::catalogue_item::CatalogueItem as Kept;
use domain::ident::{CatalogueItemId, PriceListImportId};
use item_input::{
    ChangeItemInput, ChangeItemPayload, CreateItemInput, CreateItemPayload, ListItemInput, ListItemPayload, WithdrawItemInput,
    WithdrawItemPayload,
};
use item_list::{CatalogueItemConnection, CatalogueItemFilter, CatalogueItemSort};
use price_list_import::{
    ConfirmPriceListImportInput, ConfirmPriceListImportPayload, ImportPriceListInput, ImportPriceListPayload, PriceListImport,
};
use search::{SearchItemsFilter, SearchItemsResult, SearchSort};

/// Root fields that read the catalogue.
#[derive(Default)]
pub struct CatalogueQuery;

#[Object]
impl CatalogueQuery {
    /// Items on sale, and your own in every state.
    async fn items(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "What to narrow down to.")] filter: Option<CatalogueItemFilter>,
        #[graphql(desc = "In which order; the last changed first when left out.")] sort: Option<CatalogueItemSort>,
        #[graphql(desc = "At most so many, up to 100; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Begin after this cursor.")] after: Option<String>,
    ) -> Result<CatalogueItemConnection> {
        let asker = asker(graphql)?;
        let list = item_list::list(asker, &graphql.look_ahead(), filter, sort, first, after.as_deref()).await;
        list.map_err(|error| coded(&asker.ctx, error))
    }

    /// An item by its global id; null when there is none, or none for you to know.
    async fn item(&self, graphql: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Result<Option<CatalogueItem>> {
        let asker = asker(graphql)?;
        let id = item_id(&id, "id").map_err(|error| coded(&asker.ctx, error))?;
        Ok(found(&asker.ctx, items::item(&asker.app, &asker.ctx, id).await)?.map(Into::into))
    }

    /// Items by their global ids, at most 100, in the order of the ids; those that are not for you to know are left out.
    async fn items_by_ids(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Global ids.")] ids: Vec<ID>,
    ) -> Result<Vec<CatalogueItem>> {
        let asker = asker(graphql)?;
        let listed = async {
            connection::within("ids", i32::try_from(ids.len()).unwrap_or(i32::MAX), 0..=connection::PAGE_MOST)?;
            let ids = ids.iter().map(|id| item_id(id, "ids")).collect::<std::result::Result<Vec<_>, Error>>()?;
            let mut loaded = items::items_by_ids(&asker.app, &asker.ctx, &ids).await?;
            loaded.sort_by_key(|item| ids.iter().position(|id| *id == item.id));
            let look = graphql.look_ahead();
            item_list::beside(asker, loaded, look.field("supplier").exists(), look.field("category").exists()).await
        };
        listed.await.map_err(|error| coded(&asker.ctx, error))
    }

    /// All categories, parents before children.
    async fn categories(&self, graphql: &Context<'_>) -> Result<Vec<Category>> {
        let asker = asker(graphql)?;
        let tree = categories::tree(&asker.app, &asker.ctx).await.map_err(|error| coded(&asker.ctx, error))?;
        Ok(tree.iter().map(Category::from).collect())
    }

    /// Finds items on sale: Chinese, English and mixed words, one slip of the keys, beginnings of words.
    async fn search_items(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "What is searched for; empty finds all. There is no query language.", default)] text: String,
        #[graphql(desc = "What to narrow down to.")] filter: Option<SearchItemsFilter>,
        #[graphql(desc = "In which order; the best first when left out.")] sort: Option<SearchSort>,
        #[graphql(desc = "How many hits to leave out, up to 10000.", default = 0)] offset: i32,
        #[graphql(desc = "At most so many hits, up to 100.", default = 20)] first: i32,
    ) -> Result<SearchItemsResult> {
        let asker = asker(graphql)?;
        let counts_facets = graphql.look_ahead().field("facets").exists();
        let result = search::search_items(asker, text, filter, sort, offset, first, counts_facets).await;
        result.map_err(|error| coded(&asker.ctx, error))
    }

    /// A run of a price list import of your organization; null when there is none.
    async fn price_list_import(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<PriceListImport>> {
        let asker = asker(graphql)?;
        let id: PriceListImportId =
            ident::of_kind(&id, PriceListImportId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        Ok(found(&asker.ctx, imports::run(&asker.app, &asker.ctx, id).await)?.map(PriceListImport))
    }

    /// The newest runs of price list imports of your organization, at most 50.
    #[graphql(complexity = "20 + 50 * child_complexity / 4")]
    async fn price_list_imports(&self, graphql: &Context<'_>) -> Result<Vec<PriceListImport>> {
        let asker = asker(graphql)?;
        let runs = imports::runs(&asker.app, &asker.ctx).await.map_err(|error| coded(&asker.ctx, error))?;
        Ok(runs.into_iter().map(PriceListImport).collect())
    }
}

fn item_id(id: &ID, path: &str) -> std::result::Result<CatalogueItemId, Error> {
    ident::of_kind(id, CatalogueItemId::KIND, path)
}

/// Puts the paths of refusals about content under it.
fn in_content(error: Error) -> Error {
    match error {
        Error::Refused(refusals) => Error::Refused(refusals.into_iter().map(|refusal| refusal.under("content")).collect()),
        other => other,
    }
}

/// Root fields that change the catalogue.
#[derive(Default)]
pub struct CatalogueMutation;

#[Object]
impl CatalogueMutation {
    /// Makes an item for the supplier for whom you act.
    async fn create_item(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The item.")] input: CreateItemInput,
    ) -> Result<CreateItemPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let made = async {
            let draft = input.content.read().map_err(in_content)?;
            let made = if input.is_listed {
                items::create_listed(&asker.app, &asker.ctx, draft).await
            } else {
                items::create(&asker.app, &asker.ctx, draft).await
            };
            made.map_err(in_content)
        };
        let (item, user_errors) = settle::<Kept>(&asker.ctx, made.await)?;
        Ok(CreateItemPayload { item: item.map(Into::into), user_errors })
    }

    /// Gives an item other content. Orders that were made keep what they were made with.
    async fn change_item(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The item and all that it is to be.")] input: ChangeItemInput,
    ) -> Result<ChangeItemPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let changed = async {
            let id = item_id(&input.item_id, "itemId")?;
            let draft = input.content.read().map_err(in_content)?;
            let change = items::ItemChange { version: input.version, draft, is_listed: input.is_listed };
            items::change(&asker.app, &asker.ctx, id, change).await.map_err(in_content)
        };
        let (item, user_errors) = settle::<Kept>(&asker.ctx, changed.await)?;
        Ok(ChangeItemPayload { item: item.map(Into::into), user_errors })
    }

    /// Offers an item to every buyer.
    async fn list_item(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The item.")] input: ListItemInput,
    ) -> Result<ListItemPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let listed = async { items::list(&asker.app, &asker.ctx, item_id(&input.item_id, "itemId")?).await };
        let (item, user_errors) = settle::<Kept>(&asker.ctx, listed.await)?;
        Ok(ListItemPayload { item: item.map(Into::into), user_errors })
    }

    /// Takes an item off sale.
    async fn withdraw_item(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The item and why.")] input: WithdrawItemInput,
    ) -> Result<WithdrawItemPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let withdrawn = async { items::withdraw(&asker.app, &asker.ctx, item_id(&input.item_id, "itemId")?, &input.reason).await };
        let (item, user_errors) = settle::<Kept>(&asker.ctx, withdrawn.await)?;
        Ok(WithdrawItemPayload { item: item.map(Into::into), user_errors })
    }

    /// Reads a price list and says row by row what would happen. Nothing changes until you confirm it.
    async fn import_price_list(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The file.")] input: ImportPriceListInput,
    ) -> Result<ImportPriceListPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let read = async { imports::upload(&asker.app, &asker.ctx, &input.file_name, input.bytes(graphql)?).await };
        let (run, user_errors) = settle(&asker.ctx, read.await)?;
        Ok(ImportPriceListPayload { price_list_import: run.map(PriceListImport), user_errors })
    }

    /// Confirms what was shown: all good rows are written together, soon.
    async fn confirm_price_list_import(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The run.")] input: ConfirmPriceListImportInput,
    ) -> Result<ConfirmPriceListImportPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let confirmed = async {
            let id = ident::of_kind(&input.import_id, PriceListImportId::KIND, "importId")?;
            imports::confirm(&asker.app, &asker.ctx, id).await
        };
        let (run, user_errors) = settle(&asker.ctx, confirmed.await)?;
        Ok(ConfirmPriceListImportPayload { price_list_import: run.map(PriceListImport), user_errors })
    }
}
