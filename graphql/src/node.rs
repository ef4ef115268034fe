//! Any record by its global id.

use crate::catalogue::catalogue_item::CatalogueItem;
use crate::catalogue::price_list_import::PriceListImport;
use crate::contracting::bid_security::BidSecurity;
use crate::contracting::contract::Contract;
use crate::contracting::order::{Order, with_parties};
use crate::ident;
use crate::identity::organization::Organization;
use crate::oversight::file::File;
use crate::payload::{coded, found};
use crate::request::{Asker, asker};
use crate::tendering::award::Award;
use crate::tendering::bid::Bid;
use crate::tendering::consortium::Consortium;
use crate::tendering::holder_key::{self, HolderKey};
use crate::tendering::plan::Plan;
use crate::tendering::tender::Tender;
use async_graphql::{Context, ID, Interface, Object, Result};
use domain::ident::{
    AwardId, BidId, BidSecurityId, CatalogueItemId, ConsortiumId, ContractId, FileId, HolderKeyId, OrderId, OrganizationId, PlanId, PriceListImportId, TenderId,
};
use uuid::Uuid;

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
    /// A contract; its two sides only.
    Contract(Contract),
    /// An award; everybody's once it is published.
    Award(Award),
    /// A run of a price list import; its supplier's sellers only.
    PriceListImport(PriceListImport),
    /// A bid; its bidder only.
    Bid(Bid),
    /// A consortium; its members only.
    Consortium(Consortium),
    /// A bid security; its supplier, and those of its buyer's people who may know of it now.
    BidSecurity(BidSecurity),
    /// A holder's key; its holder, and the officers who can name the holder in a tender.
    HolderKey(HolderKey),
}

/// What belongs to tendering and contracting, under the rights of its own root field.
async fn of_a_deal(asker: &Asker, kind: &str, id: Uuid) -> Result<Option<Node>, app::Error> {
    let (app, ctx) = (&asker.app, &asker.ctx);
    Ok(match kind {
        ContractId::KIND => {
            let contract = app::contracting::contract::contract(app, ctx, id.into()).await?;
            Some(Contract::with_name(asker, contract).await?.into())
        }
        AwardId::KIND => {
            let award = app::tendering::award::award_by_id(app, ctx, id.into()).await?;
            Some(Award::with_names(app, ctx, award).await?.into())
        }
        BidSecurityId::KIND => Some(BidSecurity(app::contracting::bid_security::security(app, ctx, id.into()).await?).into()),
        BidId::KIND => Some(Bid(app::tendering::bid::own_bid(app, ctx, id.into()).await?).into()),
        ConsortiumId::KIND => {
            let view = app::tendering::consortium::consortium(app, ctx, id.into()).await?;
            Some(Consortium::with_name(asker, view).await?.into())
        }
        HolderKeyId::KIND => {
            let key = app::tendering::holder_key::key(app, ctx, id.into()).await?;
            holder_key::named(asker, vec![key]).await?.pop().map(Node::from)
        }
        _ => None,
    })
}

/// By its id alone a record is not found by those whom its own root field forbids to ask.
fn unforbidden<T>(result: Result<T, app::Error>) -> Result<T, app::Error> {
    result.map_err(|error| if matches!(error, app::Error::Forbidden) { app::Error::NotFound } else { error })
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
            PriceListImportId::KIND => {
                let run = app::catalogue::price_list_import::run(&asker.app, &asker.ctx, uuid.into()).await;
                Ok(found(&asker.ctx, unforbidden(run))?.map(|run| PriceListImport(run).into()))
            }
            kind => Ok(found(&asker.ctx, unforbidden(of_a_deal(asker, kind, uuid).await))?.flatten()),
        }
    }
}
