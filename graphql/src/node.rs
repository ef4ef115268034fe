//! Any record by its global id.

use crate::catalogue::catalogue_item::CatalogueItem;
use crate::contracting::order::{Order, with_parties};
use crate::ident;
use crate::identity::organization::Organization;
use crate::oversight::file::File;
use crate::payload::{coded, found};
use crate::request::asker;
use crate::tendering::plan::Plan;
use crate::tendering::tender::Tender;
use async_graphql::{Context, ID, Interface, Object, Result};
use domain::ident::{CatalogueItemId, FileId, OrderId, OrganizationId, PlanId, TenderId};

/// A record with a global id. One line here for each kind that can be asked for by id alone.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its global id."))]
pub enum Node {
    /// A supplier's item.
    CatalogueItem(CatalogueItem),
    /// An organization.
    Organization(Organization),
    /// A plan.
    Plan(Plan),
    /// A tender.
    Tender(Tender),
    /// An order; its two sides only.
    Order(Order),
    /// A file.
    File(File),
}

/// The root field that reads a record of any kind.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The record with this global id, whatever its kind; null when there is none, or none for you to know.
    async fn node(&self, graphql: &Context<'_>, #[graphql(desc = "A global id.")] id: ID) -> Result<Option<Node>> {
        let asker = asker(graphql)?;
        let (kind, uuid) = ident::any(&id, "id").map_err(|error| coded(&asker.ctx, error))?;
        match kind.as_str() {
            CatalogueItemId::KIND => {
                let item = app::catalogue::catalogue_item::item(&asker.app, &asker.ctx, uuid.into()).await;
                Ok(found(&asker.ctx, item)?.map(|item| CatalogueItem::from(item).into()))
            }
            OrganizationId::KIND => {
                let organization = app::identity::organization::organization(&asker.app, &asker.ctx, uuid.into()).await;
                Ok(found(&asker.ctx, organization)?.map(|organization| Organization(organization).into()))
            }
            PlanId::KIND => {
                let plan = app::tendering::plan::plan(&asker.app, &asker.ctx, uuid.into()).await;
                Ok(found(&asker.ctx, plan)?.map(|plan| Plan(plan).into()))
            }
            TenderId::KIND => {
                let tender = app::tendering::tender::tender(&asker.app, &asker.ctx, uuid.into()).await;
                Ok(found(&asker.ctx, tender)?.map(|tender| Tender(tender).into()))
            }
            OrderId::KIND => {
                let order = app::contracting::order::order(&asker.app, &asker.ctx, uuid.into()).await;
                let Some(order) = found(&asker.ctx, order)? else { return Ok(None) };
                Ok(with_parties(asker, vec![order]).await?.pop().map(Node::from))
            }
            FileId::KIND => {
                let files = app::oversight::file::files(&asker.app, &asker.ctx, &[uuid.into()]).await;
                Ok(found(&asker.ctx, files)?.and_then(|mut files| files.pop()).map(|file| File(file).into()))
            }
            _ => Ok(None),
        }
    }
}
