//! Contracts and their root fields.

use crate::connection::{cursor, page};
use crate::ident;
use crate::tendering::lot;
use crate::identity::organization::Organization;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{Asker, asker, once};
use crate::values::{LocalText, Money};
use app::contracting::contract::{self as contracts, ContractKey};
use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contracting::contract;
use domain::ident::{ContractId, OrganizationId, TenderId};
use domain::tendering::enterprise_share::percent;

/// Where a contract stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ContractState {
    /// Drawn up; nobody has signed.
    DrawnUp,
    /// Some have signed, not all.
    PartlySigned,
    /// Both sides have signed, every member of a consortium among them.
    Signed,
}

/// A line of a contract.
#[derive(SimpleObject)]
pub struct ContractLine {
    /// What.
    pub name: LocalText,
    /// How many.
    pub quantity: i64,
    /// Of which unit.
    pub unit: String,
}

/// A contract with the organizations on both sides.
pub struct Contract {
    contract: contract::Contract,
    organizations: Vec<domain::identity::organization::Organization>,
}

impl Contract {
    async fn with_names(asker: &Asker, made: Vec<contract::Contract>) -> app::Result<Vec<Self>> {
        let parties: Vec<OrganizationId> = made.iter().flat_map(sides).collect();
        let organizations = app::identity::organization::organizations(&asker.app, &asker.ctx, &parties).await?;
        let with_names = made.into_iter().map(|contract| {
            let named = sides(&contract);
            let own = organizations.iter().filter(|one| named.contains(&one.id)).cloned();
            Self { contract, organizations: own.collect() }
        });
        Ok(with_names.collect())
    }

    /// A contract with the names of its sides.
    pub(crate) async fn with_name(asker: &Asker, made: contract::Contract) -> app::Result<Self> {
        Self::with_names(asker, vec![made]).await?.pop().ok_or(app::Error::NotFound)
    }

    fn side(&self, id: OrganizationId) -> Option<Organization> {
        self.organizations.iter().find(|one| one.id == id).cloned().map(Organization)
    }
}

/// Everybody who signs a contract.
fn sides(contract: &contract::Contract) -> Vec<OrganizationId> {
    std::iter::once(contract.buyer).chain(contract.suppliers()).collect()
}

/// A member of the consortium that delivers.
#[derive(SimpleObject)]
pub struct ContractMember {
    /// The member.
    pub organization: Option<Organization>,
    /// Whether it leads (牵头人).
    pub is_lead: bool,
    /// Its part of the contract's sum as people write it: `33.33%`.
    pub share: String,
    /// What it does.
    pub work: LocalText,
    /// When it signed; null until then.
    pub signed_at: Option<DateTime<Utc>>,
}

/// A contract made from an award, for its two sides.
#[Object]
impl Contract {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(ContractId::KIND, self.contract.id.0)
    }

    /// The number that people quote.
    async fn number(&self) -> &str {
        &self.contract.number
    }

    /// The tender's global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.contract.tender.0)
    }

    /// The lot's global id.
    async fn lot_id(&self) -> ID {
        lot::global(self.contract.lot)
    }

    /// The lot's number; null where the tender is not divided.
    async fn lot_number(&self) -> Option<u32> {
        self.contract.terms.lot_number
    }

    /// What is bought.
    async fn title(&self) -> LocalText {
        self.contract.terms.title.clone().into()
    }

    /// Who buys.
    async fn buyer(&self) -> Option<Organization> {
        self.side(self.contract.buyer)
    }

    /// The members of the consortium that delivers, the lead first; empty where one supplier does. Each signs, and all are
    /// jointly and severally liable to the buyer (政府采购法第二十四条).
    async fn consortium(&self) -> Vec<ContractMember> {
        let others = self.contract.co_suppliers.iter().map(|one| &one.agreed);
        let members = self.contract.lead.iter().chain(others).enumerate().map(|(place, agreed)| ContractMember {
            organization: self.side(agreed.organization),
            is_lead: place == 0,
            share: percent(agreed.share_basis_points),
            work: agreed.work.clone().into(),
            signed_at: self.contract.signature_of(agreed.organization).map(|signature| signature.signed_at),
        });
        members.collect()
    }

    /// When your own side signed; null until then.
    async fn viewer_signed_at(&self, graphql: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        let viewer = asker(graphql)?.ctx.actor.organization();
        Ok(viewer.and_then(|own| self.contract.signature_of(own)).map(|signature| signature.signed_at))
    }

    /// Who delivers; of a consortium, its lead.
    async fn supplier(&self) -> Option<Organization> {
        self.side(self.contract.supplier)
    }

    /// The sum: the price as bid, without any deduction.
    async fn value(&self) -> Money {
        self.contract.value.into()
    }

    /// Days from the last signature to delivery.
    async fn delivery_days(&self) -> u32 {
        self.contract.terms.delivery_days
    }

    /// What is delivered.
    async fn lines(&self) -> Vec<ContractLine> {
        let lines = self.contract.terms.lines.iter();
        lines
            .map(|line| ContractLine { name: line.name.clone().into(), quantity: line.quantity, unit: line.unit.clone() })
            .collect()
    }

    /// Where it stands.
    async fn state(&self) -> ContractState {
        match self.contract.state_name() {
            "signed" => ContractState::Signed,
            "partly_signed" => ContractState::PartlySigned,
            _ => ContractState::DrawnUp,
        }
    }

    /// When it was drawn up.
    async fn made_at(&self) -> DateTime<Utc> {
        self.contract.made_at
    }

    /// The last day for signature: 30 days after the award was published (政府采购法第四十六条).
    async fn sign_until_on(&self) -> NaiveDate {
        self.contract.sign_until_on
    }

    /// When the buyer signed.
    async fn buyer_signed_at(&self) -> Option<DateTime<Utc>> {
        self.contract.buyer_signature.as_ref().map(|signature| signature.signed_at)
    }

    /// When the supplier signed.
    async fn supplier_signed_at(&self) -> Option<DateTime<Utc>> {
        self.contract.supplier_signature.as_ref().map(|signature| signature.signed_at)
    }
}

/// A contract in a list.
#[derive(SimpleObject)]
pub struct ContractEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The contract.
    pub node: Contract,
}

/// A page of your organization's contracts, the newest first.
#[derive(SimpleObject)]
pub struct ContractConnection {
    /// The contracts with their places.
    pub edges: Vec<ContractEdge>,
    /// Where the list goes on.
    pub page_info: PageInfo,
}

/// Root fields that read contracts.
#[derive(Default)]
pub struct ContractQuery;

#[Object]
impl ContractQuery {
    /// A contract, for its two sides; null for everybody else.
    async fn contract(&self, graphql: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Result<Option<Contract>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&id, ContractId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        let contract = found(&asker.ctx, contracts::contract(&asker.app, &asker.ctx, id).await)?;
        let Some(contract) = contract else { return Ok(None) };
        found(&asker.ctx, Contract::with_name(asker, contract).await)
    }

    /// The contract that followed from a lot of a tender, for its two sides; null for everybody else and while there is none.
    async fn contract_of_tender(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
        #[graphql(desc = "The lot's global id; the first that has one unless told.")] lot_id: Option<ID>,
    ) -> Result<Option<Contract>> {
        let asker = asker(graphql)?;
        let lot = lot::named(lot_id.as_ref()).map_err(|error| coded(&asker.ctx, error))?;
        let mut own = of_tender(asker, &tender_id).await?.into_iter();
        Ok(own.find(|one| lot.is_none_or(|lot| one.contract.lot == lot)))
    }

    /// Those contracts that followed from a tender to which your organization is a side, by number.
    async fn contracts_of_tender(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Vec<Contract>> {
        of_tender(asker(graphql)?, &tender_id).await
    }

    /// The contracts of the organization for which you act, on either side, the newest first.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn contracts(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
    ) -> Result<ContractConnection> {
        let asker = asker(graphql)?;
        let read = async {
            let page = page::<ContractKey>(first, after.as_deref())?;
            let most = u64::try_from(page.first + 1).unwrap_or(u64::MAX);
            let mut kept = contracts::contracts(&asker.app, &asker.ctx, page.after, most).await?;
            let has_next_page = kept.len() > page.first;
            kept.truncate(page.first);
            let keys: Vec<String> = kept.iter().map(|contract| cursor(&(contract.made_at, contract.id.0))).collect();
            let nodes = Contract::with_names(asker, kept).await?;
            let end_cursor = keys.last().cloned();
            let edges = keys.into_iter().zip(nodes).map(|(cursor, node)| ContractEdge { cursor, node }).collect();
            let page_info = PageInfo { has_previous_page: false, has_next_page, start_cursor: None, end_cursor };
            Ok(ContractConnection { edges, page_info })
        };
        read.await.map_err(|error: app::Error| coded(&asker.ctx, error))
    }
}

/// The actor's contracts that followed from a tender.
async fn of_tender(asker: &Asker, tender_id: &ID) -> Result<Vec<Contract>> {
    let read = async {
        let id = ident::of_kind(tender_id, TenderId::KIND, "tenderId")?;
        let own = contracts::contracts_of_tender(&asker.app, &asker.ctx, id).await?;
        Contract::with_names(asker, own).await
    };
    Ok(found(&asker.ctx, read.await)?.unwrap_or_default())
}

/// From which tender's award a contract is drawn up.
#[derive(Clone, Debug, InputObject)]
pub struct MakeContractInput {
    /// The tender's global id.
    pub tender_id: ID,
    /// The lot's global id; needed where the tender is divided.
    pub lot_id: Option<ID>,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

/// Which contract is signed.
#[derive(Clone, Debug, InputObject)]
pub struct SignContractInput {
    /// The contract's global id.
    pub contract_id: ID,
    /// Makes it happen once, however often it is sent.
    pub idempotency_key: Option<String>,
}

/// The answer to `makeContract`.
#[derive(SimpleObject)]
pub struct MakeContractPayload {
    /// The contract.
    pub contract: Option<Contract>,
    /// What you can mend; empty when it is done.
    pub user_errors: Vec<UserError>,
}

/// The answer to `signContract`.
#[derive(SimpleObject)]
pub struct SignContractPayload {
    /// The contract with the signature.
    pub contract: Option<Contract>,
    /// What you can mend; empty when it is done.
    pub user_errors: Vec<UserError>,
}

/// Root fields that make and sign contracts.
#[derive(Default)]
pub struct ContractMutation;

#[Object]
impl ContractMutation {
    /// Draws the contract up from the published award of a tender, at the price as bid. Officers of the buyer.
    async fn make_contract(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] input: MakeContractInput,
    ) -> Result<MakeContractPayload> {
        let asker = &once(graphql, input.idempotency_key)?;
        let done = async {
            let id = ident::of_kind(&input.tender_id, TenderId::KIND, "tenderId")?;
            let made = contracts::make_contract(&asker.app, &asker.ctx, id, lot::named(input.lot_id.as_ref())?).await?;
            Contract::with_name(asker, made).await
        };
        let (contract, user_errors) = settle(&asker.ctx, done.await)?;
        Ok(MakeContractPayload { contract, user_errors })
    }

    /// Signs a contract for your side: an approver of the buyer, a seller of the supplier.
    async fn sign_contract(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The contract.")] input: SignContractInput,
    ) -> Result<SignContractPayload> {
        let asker = &once(graphql, input.idempotency_key)?;
        let done = async {
            let id = ident::of_kind(&input.contract_id, ContractId::KIND, "contractId")?;
            let signed = contracts::sign_contract(&asker.app, &asker.ctx, id).await?;
            Contract::with_name(asker, signed).await
        };
        let (contract, user_errors) = settle(&asker.ctx, done.await)?;
        Ok(SignContractPayload { contract, user_errors })
    }
}
