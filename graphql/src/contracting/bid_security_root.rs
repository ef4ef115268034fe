//! Root fields of bid securities, and what they take.

use super::bid_security::{BidSecurity, BidSecurityConnection, BidSecurityState, SecurityForfeitureGround};
use crate::connection::page;
use crate::ident;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{asker, once};
use crate::values::MoneyInput;
use app::Error;
use app::contracting::bid_security::{self as securities, SecurityFilter, SecurityKey, SecurityView};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::contracting::bid_security_means::Means;
use domain::ident::{BidSecurityId, FileId, TenderId};
use domain::refusal::{Code, Refusal};

/// A transfer of the sum that the notice asks.
#[derive(Clone, Debug, InputObject)]
pub struct TransferInput {
    /// The reference of the payment or the number of the cheque, at most 200 characters.
    pub reference: String,
    /// The account that paid, 8 to 32 digits. Only the last four are kept.
    pub payer_account: String,
    /// The day of payment.
    pub paid_on: NaiveDate,
}

/// A letter of guarantee.
#[derive(Clone, Debug, InputObject)]
pub struct GuaranteeInput {
    /// Who gave it, at most 200 characters.
    pub issuer: String,
    /// Its number, at most 200 characters.
    pub number: String,
    /// For how much: what the notice asks, or more.
    pub amount: MoneyInput,
    /// Its last day: not before bids cease to bind, 90 days after the deadline.
    pub valid_until_on: NaiveDate,
    /// The letter, uploaded before with `uploadFile`.
    pub letter_id: ID,
}

/// Why none need be given.
#[derive(Clone, Debug, InputObject)]
pub struct ExemptionInput {
    /// Why, at most 2,000 characters.
    pub reason: String,
    /// The rule or the clause of the notice, at most 200 characters.
    pub source: String,
}

/// A bid security to lodge: exactly one of transfer, guarantee and exemption.
#[derive(Clone, Debug, InputObject)]
pub struct LodgeBidSecurityInput {
    /// The tender.
    pub tender_id: ID,
    /// By transfer.
    pub transfer: Option<TransferInput>,
    /// By a letter of guarantee.
    pub guarantee: Option<GuaranteeInput>,
    /// None: the supplier is exempt.
    pub exemption: Option<ExemptionInput>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

impl LodgeBidSecurityInput {
    fn means(self) -> Result<Means, Error> {
        Ok(match (self.transfer, self.guarantee, self.exemption) {
            (Some(one), None, None) => Means::Transfer { reference: one.reference, account_end: one.payer_account, paid_on: one.paid_on },
            (None, Some(one), None) => Means::Guarantee {
                amount: one.amount.read("guarantee.amount")?,
                letter: ident::of_kind::<FileId>(&one.letter_id, FileId::KIND, "guarantee.letterId")?,
                issuer: one.issuer,
                number: one.number,
                valid_until_on: one.valid_until_on,
            },
            (None, None, Some(one)) => Means::Exemption { reason: one.reason, source: one.source },
            (None, None, None) => return Err(Refusal::at(Code::Required, "transfer").into()),
            _ => return Err(Refusal::at(Code::Malformed, "transfer").with("expected", "transfer / guarantee / exemption").into()),
        })
    }
}

/// That a security is there and good.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptBidSecurityInput {
    /// The security.
    pub security_id: ID,
    /// The day on which a transfer was credited in full, by the bank's statement; nothing for papers.
    pub credited_on: Option<NaiveDate>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// That a security is not there, or not good.
#[derive(Clone, Debug, InputObject)]
pub struct RefuseBidSecurityInput {
    /// The security.
    pub security_id: ID,
    /// Why, at most 2,000 characters; its supplier reads it.
    pub reason: String,
    /// What did arrive of a transfer: it goes back.
    pub arrived: Option<MoneyInput>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// That a security went back.
#[derive(Clone, Debug, InputObject)]
pub struct ReturnBidSecurityInput {
    /// The security.
    pub security_id: ID,
    /// The reference of the payment, or how the letter was handed back; at most 200 characters.
    pub reference: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// That a security should be kept.
#[derive(Clone, Debug, InputObject)]
pub struct ProposeSecurityForfeitureInput {
    /// The security.
    pub security_id: ID,
    /// For what.
    pub ground: SecurityForfeitureGround,
    /// What happened, at most 2,000 characters.
    pub reason: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// What an approver decides on a proposal to keep a security.
#[derive(Clone, Debug, InputObject)]
pub struct DecideSecurityForfeitureInput {
    /// The security.
    pub security_id: ID,
    /// Whether it is kept; otherwise it stands as before.
    pub is_approved: bool,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// The security after what was done.
#[derive(SimpleObject)]
pub struct BidSecurityPayload {
    /// The security; null when nothing was done.
    pub security: Option<BidSecurity>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}

impl BidSecurityPayload {
    fn new(ctx: &app::Context, result: Result<SecurityView, Error>) -> Result<Self> {
        let (security, user_errors) = settle(ctx, result)?;
        Ok(Self { security: security.map(BidSecurity), user_errors })
    }
}

fn security_id(id: &ID) -> Result<BidSecurityId, Error> {
    ident::of_kind(id, BidSecurityId::KIND, "securityId")
}

/// Root fields that read bid securities.
#[derive(Default)]
pub struct BidSecurityQuery;

#[Object]
impl BidSecurityQuery {
    /// A bid security, for its supplier and for those of its buyer's people who may know of it now; null for everybody else.
    async fn bid_security(&self, graphql: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Result<Option<BidSecurity>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&id, BidSecurityId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        Ok(found(&asker.ctx, securities::security(&asker.app, &asker.ctx, id).await)?.map(BidSecurity))
    }

    /// The bid securities of your organization, as supplier or as buyer, as far as you may know of them: before bids are open
    /// a buyer's finance alone does. The newest first, or what is due back first first.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn bid_securities(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Of this tender only.")] tender_id: Option<ID>,
        #[graphql(desc = "In these states only; in all when left out.", default)] states: Vec<BidSecurityState>,
        #[graphql(desc = "Only those that wait to go back, in the order of their last day.", default)] due_back: bool,
    ) -> Result<BidSecurityConnection> {
        let asker = asker(graphql)?;
        let read = async {
            let page = page::<SecurityKey>(first, after.as_deref())?;
            let tender = tender_id.as_ref().map(|id| ident::of_kind(id, TenderId::KIND, "tenderId")).transpose()?;
            let filter = SecurityFilter { tender, states: states.into_iter().map(Into::into).collect(), due_back };
            let most = u64::try_from(page.first + 1).unwrap_or(u64::MAX);
            let found = securities::securities(&asker.app, &asker.ctx, &filter, page.after, most).await?;
            Ok(BidSecurityConnection::of(found, page.first, &filter))
        };
        read.await.map_err(|error: Error| coded(&asker.ctx, error))
    }

    /// The security that your organization lodged last for a tender; null when there is none.
    async fn viewer_bid_security(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Option<BidSecurity>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&tender_id, TenderId::KIND, "tenderId").map_err(|error| coded(&asker.ctx, error))?;
        Ok(found(&asker.ctx, securities::viewer_security(&asker.app, &asker.ctx, id).await)?.map(BidSecurity))
    }
}

/// Root fields that lodge, decide on, return and forfeit bid securities.
#[derive(Default)]
pub struct BidSecurityMutation;

#[Object]
impl BidSecurityMutation {
    /// Lodges a bid security for your organization, before the deadline. Of those that stand there is one for a tender.
    async fn lodge_bid_security(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The security.")] input: LodgeBidSecurityInput,
    ) -> Result<BidSecurityPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let tender = ident::of_kind(&input.tender_id, TenderId::KIND, "tenderId")?;
            securities::lodge(&asker.app, &asker.ctx, tender, input.means()?).await
        };
        BidSecurityPayload::new(&asker.ctx, done.await)
    }

    /// Says that a security is there: credited in full, or a good paper. The buyer's finance only.
    async fn accept_bid_security(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The security.")] input: AcceptBidSecurityInput,
    ) -> Result<BidSecurityPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = async { securities::accept(&asker.app, &asker.ctx, security_id(&input.security_id)?, input.credited_on).await };
        BidSecurityPayload::new(&asker.ctx, done.await)
    }

    /// Says that a security is not there, or not good; until the deadline its supplier can lodge another. The buyer's finance only.
    async fn refuse_bid_security(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The security and why.")] input: RefuseBidSecurityInput,
    ) -> Result<BidSecurityPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let arrived = input.arrived.as_ref().map(|money| money.read("arrived")).transpose()?;
            securities::refuse(&asker.app, &asker.ctx, security_id(&input.security_id)?, input.reason.clone(), arrived).await
        };
        BidSecurityPayload::new(&asker.ctx, done.await)
    }

    /// Records that a security went back. The buyer's finance only.
    async fn return_bid_security(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The security and the payment.")] input: ReturnBidSecurityInput,
    ) -> Result<BidSecurityPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done =
            async { securities::give_back(&asker.app, &asker.ctx, security_id(&input.security_id)?, input.reference.clone()).await };
        BidSecurityPayload::new(&asker.ctx, done.await)
    }

    /// Proposes to keep a security, once bids are open or the tender has ended. Officers and finance of the buyer.
    async fn propose_security_forfeiture(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The security, the ground and what happened.")] input: ProposeSecurityForfeitureInput,
    ) -> Result<BidSecurityPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = async {
            let id = security_id(&input.security_id)?;
            securities::propose_forfeiture(&asker.app, &asker.ctx, id, input.ground.into(), input.reason.clone()).await
        };
        BidSecurityPayload::new(&asker.ctx, done.await)
    }

    /// Decides on a proposal to keep a security. Approvers of the buyer, never who proposed it.
    async fn decide_security_forfeiture(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The security and the decision.")] input: DecideSecurityForfeitureInput,
    ) -> Result<BidSecurityPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done =
            async { securities::decide_forfeiture(&asker.app, &asker.ctx, security_id(&input.security_id)?, input.is_approved).await };
        BidSecurityPayload::new(&asker.ctx, done.await)
    }
}
