//! What you must do.

use crate::ident;
use crate::identity::organization::Organization;
use crate::loader;
use crate::payload::coded;
use crate::request::asker;
use crate::values::LocalText;
use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::ident::{BidSecurityId, ContractId, OrderId, TenderId, UserId};
use domain::oversight::task::{self, Subject};

/// What is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::oversight::task::TaskKind")]
pub enum TaskKind {
    /// Choose a password in the place of the one that somebody else has given you, before you sign in again.
    ChoosePassword,
    /// Accept or decline a mandate.
    AnswerMandate,
    /// Go on with a draft, or mend one that came back.
    FinishDraft,
    /// Approve a draft or send it back.
    ApproveTender,
    /// Publish an approved tender.
    PublishTender,
    /// Answer suppliers' questions.
    AnswerQuestions,
    /// Answer objections to an announced single source.
    AnswerObjections,
    /// Ask the sole supplier for its offer: the notice is over and no objection holds.
    InviteSoleSupplier,
    /// Call a single source off: an objection holds.
    LeaveSingleSource,
    /// Judge who of the applicants qualifies.
    JudgeApplications,
    /// Draw those who are asked for bids, and ask them.
    InviteSuppliers,
    /// Bid, as one of those who were drawn.
    BidAsInvited,
    /// Open the bids, as one of the holders.
    OpenBids,
    /// Judge whether bidders qualify.
    QualifyBidders,
    /// Appoint the panel, or fill its empty places.
    AppointPanel,
    /// Talk with each supplier and ask for final offers.
    RequestFinalOffers,
    /// Put final offers before the panel.
    BeginScoring,
    /// Let a suspended tender go on, or call it off.
    ResumeTender,
    /// Make a final offer.
    MakeFinalOffer,
    /// Declare whether there is a conflict of interest.
    DeclareConflict,
    /// Score the bids.
    ScoreBids,
    /// Sign the report.
    SignReport,
    /// Confirm the award.
    ConfirmAward,
    /// Publish the award.
    PublishAward,
    /// Draw the contract up.
    MakeContract,
    /// Sign the contract.
    SignContract,
    /// Read what the buyer has changed of its needs while it negotiates with you.
    ReadChangedNeeds,
    /// Agree to a consortium, or decline.
    AnswerConsortium,
    /// Hand in the bid of the consortium that you lead: all members have agreed.
    BidForConsortium,
    /// Confirm a bid, or seal it anew: the documents have changed.
    ConfirmBid,
    /// Decide whether a bid security is there and good.
    DecideSecurity,
    /// Send a bid security back.
    ReturnSecurity,
    /// Decide whether a bid security is kept.
    DecideForfeiture,
    /// Read what has changed or was answered since you registered for the documents.
    ReadChanges,
    /// Confirm or refuse an order.
    ConfirmOrder,
    /// Send what was ordered.
    DespatchOrder,
    /// Receive what was sent.
    ReceiveGoods,
}

pub struct ViewerTask(pub task::Task);

/// Something that waits for you.
#[Object]
impl ViewerTask {
    /// What is to do.
    async fn kind(&self) -> TaskKind {
        self.0.kind.into()
    }

    /// The global id of the tender, contract, order, bid security or account that it is about.
    async fn subject_id(&self) -> ID {
        match self.0.subject {
            Subject::Tender(id) => ident::global(TenderId::KIND, id.0),
            Subject::Contract(id) => ident::global(ContractId::KIND, id.0),
            Subject::BidSecurity(id) => ident::global(BidSecurityId::KIND, id.0),
            Subject::Order(id) => ident::global(OrderId::KIND, id.0),
            Subject::User(id) => ident::global(UserId::KIND, id.0),
        }
    }

    /// The number of it on paper; an account's login.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The title of it; an order has its first line, an account its owner's name.
    async fn title(&self) -> LocalText {
        self.0.title.clone().into()
    }

    /// The other side, where there is one.
    async fn counterpart(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.counterpart {
            Some(id) => loader::organization(graphql, id).await,
            None => Ok(None),
        }
    }

    /// By when, where something says so.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at
    }

    /// The article that says so.
    async fn rule(&self) -> Option<&str> {
        self.0.rule.as_deref()
    }
}

/// The root field of tasks.
#[derive(Default)]
pub struct TaskQuery;

#[Object]
impl TaskQuery {
    /// What you must do, what is due first first; at most a hundred. Empty when you have not signed in.
    #[graphql(complexity = "20 + 10 * child_complexity")]
    async fn viewer_tasks(&self, graphql: &Context<'_>) -> Result<Vec<ViewerTask>> {
        let asker = asker(graphql)?;
        let tasks = app::oversight::task::viewer_tasks(&asker.app, &asker.ctx).await;
        Ok(tasks.map_err(|error| coded(&asker.ctx, error))?.into_iter().map(ViewerTask).collect())
    }
}
