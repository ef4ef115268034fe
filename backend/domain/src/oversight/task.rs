//! What somebody must do, read off the records that wait for a person. The permission table says who may; this says
//! what is due, by when and under which rule.

use super::policy_pack::{PolicyPack, Rules};
use crate::ident::{BidSecurityId, ContractId, OrderId, OrganizationId, TenderId, UserId};
use crate::identity::actor::Actor;
use crate::identity::permission::{Action, Scope, allow};
use crate::identity::user::User;
use crate::language::LocalText;
use crate::tendering::application::is_time_over;
use crate::tendering::draw::is_drawn_for;
use crate::tendering::evaluation::{Evaluation, Stage};
use crate::tendering::objection::Tally;
use crate::tendering::procedure::command::Command;
use crate::tendering::procedure::DOCUMENTS_TO_DEADLINE;
use crate::tendering::tender::{Tender, TenderState};
use crate::text::ZONE;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

macro_rules! kinds {
    ($( $(#[$meta:meta])* $name:ident: $key:literal, $action:ident, $rule:expr; )*) => {
        /// What is to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum TaskKind { $( $(#[$meta])* $name ),* }

        impl TaskKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in texts: `task-<name>`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// What the permission table asks of who does it.
            pub const fn action(self) -> Action {
                match self { $(Self::$name => Action::$action),* }
            }

            /// The figure of the policy pack that says by when.
            pub const fn rule(self) -> Option<&'static str> {
                match self { $(Self::$name => $rule),* }
            }
        }
    };
}

kinds! {
    /// Choose a password in the place of the one that somebody else has given.
    ChoosePassword: "choose-password", ChangeOwnAccount, None;
    /// Accept or decline a mandate.
    AnswerMandate: "answer-mandate", AnswerMandate, None;
    /// Go on with a draft, or mend one that came back.
    FinishDraft: "finish-draft", KeepTender, None;
    /// Approve a draft or send it back.
    ApproveTender: "approve-tender", ApproveTender, None;
    /// Publish an approved tender.
    PublishTender: "publish-tender", PublishTender, None;
    /// Answer suppliers' questions.
    AnswerQuestions: "answer-questions", AnswerClarification, None;
    /// Answer objections to an announced single source.
    AnswerObjections: "answer-objections", AnswerClarification, Some("single_source.answer_days");
    /// Ask the sole supplier for its offer: the notice is over and no objection holds.
    InviteSoleSupplier: "invite-sole-supplier", PublishTender, None;
    /// Call a single source off: an objection holds.
    LeaveSingleSource: "leave-single-source", DecideTender, None;
    /// Judge who of the applicants qualifies.
    JudgeApplications: "judge-applications", QualifyBidders, None;
    /// Draw those who are asked for bids, and ask them.
    InviteSuppliers: "invite-suppliers", PublishTender, None;
    /// Bid, as one of those who were drawn.
    BidAsInvited: "bid-as-invited", KeepBid, None;
    /// Open the bids, as one of the holders.
    OpenBids: "open-bids", OpenBids, None;
    /// Judge whether bidders qualify.
    QualifyBidders: "qualify-bidders", QualifyBidders, None;
    /// Appoint the panel, or fill its empty places.
    AppointPanel: "appoint-panel", AppointPanel, None;
    /// Talk with each supplier and ask for final offers.
    RequestFinalOffers: "request-final-offers", PublishTender, None;
    /// Put final offers before the panel.
    BeginScoring: "begin-scoring", QualifyBidders, None;
    /// Let a tender go on that was stopped, or call it off.
    ResumeTender: "resume-tender", SuspendTender, None;
    /// Make a final offer.
    MakeFinalOffer: "make-final-offer", KeepBid, None;
    /// Declare whether there is a conflict of interest.
    DeclareConflict: "declare-conflict", Evaluate, None;
    /// Score the bids.
    ScoreBids: "score-bids", Evaluate, None;
    /// Sign the report.
    SignReport: "sign-report", Evaluate, None;
    /// Confirm the award.
    ConfirmAward: "confirm-award", ConfirmAward, Some("award.confirmation_days");
    /// Publish the award.
    PublishAward: "publish-award", PublishAward, Some("award.publication_days");
    /// Draw the contract up.
    MakeContract: "make-contract", MakeContract, Some("contract.signature_days");
    /// Sign the contract.
    SignContract: "sign-contract", SignContract, Some("contract.signature_days");
    /// Read what the buyer has changed of its needs while it negotiates.
    ReadChangedNeeds: "read-changed-needs", KeepBid, None;
    /// Agree to a consortium, or decline.
    AnswerConsortium: "answer-consortium", KeepConsortium, None;
    /// Hand in the bid of the consortium that one leads: all members have agreed.
    BidForConsortium: "bid-for-consortium", KeepBid, None;
    /// Confirm a bid, or seal it anew: the documents have changed.
    ConfirmBid: "confirm-bid", KeepBid, None;
    /// Decide whether a bid security is there and good.
    DecideSecurity: "decide-security", HandleSecurity, None;
    /// Send a bid security back.
    ReturnSecurity: "return-security", HandleSecurity, None;
    /// Decide whether a bid security is kept.
    DecideForfeiture: "decide-forfeiture", DecideForfeiture, None;
    /// Read what has changed or was answered since one registered.
    ReadChanges: "read-changes", RegisterForDocuments, None;
    /// Confirm or refuse an order.
    ConfirmOrder: "confirm-order", FulfilOrder, None;
    /// Send what was ordered.
    DespatchOrder: "despatch-order", FulfilOrder, None;
    /// Receive what was sent.
    ReceiveGoods: "receive-goods", ReceiveGoods, None;
}

impl TaskKind {
    /// The key of its words.
    pub fn text_key(self) -> String {
        format!("task-{}", self.as_str())
    }
}

/// What a task is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A tender.
    Tender(TenderId),
    /// A contract.
    Contract(ContractId),
    /// An order.
    Order(OrderId),
    /// A bid security.
    BidSecurity(BidSecurityId),
    /// One's own account.
    User(UserId),
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// About what.
    pub subject: Subject,
    /// The subject's number on paper; an account's login.
    pub number: String,
    /// The subject's title; an order has its first line, an account its owner's name.
    pub title: LocalText,
    /// The other side, where there is one.
    pub counterpart: Option<OrganizationId>,
    /// By when, where something says so.
    pub due_at: Option<DateTime<Utc>>,
    /// The article that says so.
    pub rule: Option<String>,
}

/// What a buyer's tender waits for besides its own state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// Its evaluation, once bidders have been judged.
    pub evaluation: Option<&'a Evaluation>,
    /// When its award was published.
    pub awarded_at: Option<DateTime<Utc>>,
    /// Whether the contracts of all its lots have been drawn up.
    pub has_contracts: bool,
    /// How many questions wait for an answer.
    pub unanswered: usize,
    /// How the objections to it stand.
    pub objections: Tally,
    /// Whether it is known who of its applicants qualifies.
    pub is_prequalified: bool,
}

/// Reads tasks for one actor under the law of a pack.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Whose tasks.
    pub actor: &'a Actor,
    /// The law.
    pub pack: &'a PolicyPack,
    /// The time.
    pub now: DateTime<Utc>,
}

impl Reader<'_> {
    /// What a tender wants of its buyer's people.
    pub fn of_own_tender(&self, tender: &Tender, around: Around<'_>) -> Vec<Task> {
        use TaskKind::{
            AnswerQuestions, AppointPanel, ApproveTender, BeginScoring, ConfirmAward, FinishDraft, MakeContract, PublishAward,
            PublishTender, QualifyBidders, RequestFinalOffers, ResumeTender,
        };
        let scope = tender.scope();
        let waits = tender.mandate.as_ref().filter(|mandate| !mandate.is_accepted() && Some(mandate.agency) == self.actor.organization());
        if waits.is_some() {
            return self.task(TaskKind::AnswerMandate, &scope, None, about(tender, Some(tender.buyer))).into_iter().collect();
        }
        let deadline = tender.content.deadline_at;
        let found = match &tender.state {
            TenderState::Draft { .. } => Some((FinishDraft, None)),
            TenderState::Submitted { .. } => {
                let is_own = self.user().is_some_and(|user| tender.is_written_by(user));
                (!is_own).then(|| (ApproveTender, self.last_day_of_notice(tender)))
            }
            TenderState::Approved { .. } => Some((PublishTender, self.last_day_of_notice(tender))),
            TenderState::Announced(_) if tender.check(Command::Object).is_ok() => self.of_announced_source(tender, around.objections),
            TenderState::Announced(_) if is_drawn_for(tender) => {
                let kind = if around.is_prequalified { TaskKind::InviteSuppliers } else { TaskKind::JudgeApplications };
                // A later invitation would leave bidders less time than they are due before the deadline that was announced.
                is_time_over(tender, self.now).then(|| (kind, last_day_of_invitation(tender)))
            }
            TenderState::Published(_) => (around.unanswered > 0 && deadline > Some(self.now)).then_some((AnswerQuestions, deadline)),
            TenderState::Opened(_) => Some((QualifyBidders, None)),
            TenderState::Qualified(_) => {
                let is_whole = around.evaluation.and_then(Evaluation::panel).is_some_and(|panel| panel.members.len() >= panel.size);
                (!is_whole).then_some((AppointPanel, None))
            }
            TenderState::Negotiating(_) => Some((RequestFinalOffers, None)),
            TenderState::FinalOpened(_) => Some((BeginScoring, None)),
            TenderState::Suspended { .. } => Some((ResumeTender, None)),
            TenderState::Reported(_) => {
                let report = around.evaluation.and_then(Evaluation::drawn_up);
                let signed_at = report.and_then(|report| report.signatures.iter().map(|signature| signature.signed_at).max());
                Some((ConfirmAward, signed_at.and_then(|at| Self::period_after(&self.law_of(tender), at, ConfirmAward))))
            }
            TenderState::AwardConfirmed(_) => Some((PublishAward, None)),
            TenderState::Awarded(_) if !around.has_contracts => {
                Some((MakeContract, around.awarded_at.and_then(|at| Self::period_after(&self.law_of(tender), at, MakeContract))))
            }
            _ => None,
        };
        found.into_iter().filter_map(|(kind, due_at)| self.task(kind, &scope, due_at, about(tender, None))).collect()
    }

    /// What an announced single source wants: answers within the time after its end, then the invitation, or an end to it.
    fn of_announced_source(&self, tender: &Tender, objections: Tally) -> Option<(TaskKind, Option<DateTime<Utc>>)> {
        let until = tender.content.choice.announced_until?;
        if objections.upheld > 0 {
            return Some((TaskKind::LeaveSingleSource, None));
        }
        if objections.unanswered > 0 {
            return Some((TaskKind::AnswerObjections, tender.state.publication().and_then(|publication| Self::period_after(&publication.rules, until, TaskKind::AnswerObjections))));
        }
        (self.now > until).then_some((TaskKind::InviteSoleSupplier, tender.content.deadline_at))
    }

    /// What a tender wants of a holder: its share, once the deadline is past.
    pub fn of_held_tender(&self, tender: &Tender, has_handed_in: bool) -> Option<Task> {
        let deadline = tender.content.deadline_at.filter(|deadline| *deadline < self.now)?;
        let is_waiting = tender.state.name().takes_bids() && !has_handed_in;
        let scope = Scope::market().with_named(tender.content.holders.iter().map(|holding| holding.user));
        is_waiting.then(|| self.task(TaskKind::OpenBids, &scope, Some(deadline), about(tender, Some(tender.buyer)))).flatten()
    }

    /// What an evaluation wants of a member of its panel.
    pub fn of_panel(&self, tender: &Tender, evaluation: &Evaluation, has_handed_in: bool) -> Option<Task> {
        let user = self.user()?;
        let own = |panel: &crate::tendering::panel::Panel| panel.members.iter().find(|member| member.user == user).cloned();
        let kind = match &evaluation.stage {
            Stage::PanelAppointed { panel } => own(panel).filter(|member| member.declared_at.is_none()).map(|_| TaskKind::DeclareConflict),
            // While suppliers are negotiated with there is nothing to score.
            Stage::Scoring { panel } if matches!(tender.state, TenderState::InEvaluation(_)) => {
                own(panel).filter(|_| !has_handed_in).map(|_| TaskKind::ScoreBids)
            }
            Stage::Reported { panel, report } => {
                let has_signed = report.signatures.iter().any(|signature| signature.member == user);
                own(panel).filter(|_| !has_signed).map(|_| TaskKind::SignReport)
            }
            _ => None,
        };
        self.task(kind?, &Scope::market().with_named([user]), None, about(tender, Some(tender.buyer)))
    }

    /// What an account whose password was given by somebody else wants of its owner, before the next sign-in.
    pub fn of_own_account(&self, user: &User) -> Option<Task> {
        let about =
            About { subject: Subject::User(user.id), number: user.login.clone(), title: user.name.clone(), counterpart: None, rule: None, law: None };
        self.task(TaskKind::ChoosePassword, &Scope::market().with_named([user.id]), None, about)
    }

    fn user(&self) -> Option<UserId> {
        self.actor.person().map(|person| person.user)
    }

    pub(super) fn task(&self, kind: TaskKind, scope: &Scope, due_at: Option<DateTime<Utc>>, about: About<'_>) -> Option<Task> {
        allow(self.actor, kind.action(), scope).ok()?;
        let About { subject, number, title, counterpart, rule, law } = about;
        let law = law.map_or_else(|| Cow::Owned(self.law()), Cow::Borrowed);
        let own = rule.filter(|_| matches!(kind, TaskKind::ApproveTender | TaskKind::PublishTender));
        let rule = own.as_deref().or(kind.rule()).and_then(|key| law.figure(key)).map(|figure| figure.source.clone());
        Some(Task { kind, subject, number, title, counterpart, due_at, rule })
    }

    /// The law of the reader's pack today.
    fn law(&self) -> Rules {
        self.pack.on(self.now.with_timezone(&ZONE).date_naive())
    }

    /// The law of a tender: what was frozen into its notice, before that the law of today.
    fn law_of<'t>(&self, tender: &'t Tender) -> Cow<'t, Rules> {
        tender.state.publication().map_or_else(|| Cow::Owned(self.law()), |publication| Cow::Borrowed(&publication.rules))
    }

    /// The last day on which a notice leaves suppliers the time that they are due.
    fn last_day_of_notice(&self, tender: &Tender) -> Option<DateTime<Utc>> {
        let rules = self.law();
        let (key, end) = notice_period(tender);
        last_day_before(&rules, &key, end?)
    }

    /// The last second of the period of a task's rule; nothing where a year on the way is unknown.
    fn period_after(law: &Rules, at: DateTime<Utc>, kind: TaskKind) -> Option<DateTime<Utc>> {
        end_of(law.period_end(kind.rule()?, at.with_timezone(&ZONE).date_naive())?.ok()?)
    }
}

/// The last day on which suppliers can be asked for bids without moving the deadline.
fn last_day_of_invitation(tender: &Tender) -> Option<DateTime<Utc>> {
    let rules = &tender.state.publication()?.rules;
    last_day_before(rules, &tender.procedure().figure_key(DOCUMENTS_TO_DEADLINE), tender.content.deadline_at?)
}

/// The last second of the last day on which what a figure counts leaves enough time before an end.
fn last_day_before(rules: &Rules, key: &str, end: DateTime<Utc>) -> Option<DateTime<Utc>> {
    end_of(rules.last_day_before(key, end.with_timezone(&ZONE).date_naive())?.ok()?)
}

/// What of its subject a task shows.
pub(super) struct About<'t> {
    pub(super) subject: Subject,
    pub(super) number: String,
    pub(super) title: LocalText,
    pub(super) counterpart: Option<OrganizationId>,
    /// The figure that bounds a notice, for what has none yet.
    pub(super) rule: Option<String>,
    /// The law frozen into it, where it is frozen.
    pub(super) law: Option<&'t Rules>,
}

/// The figure of the time that a notice must leave, and its end: for applications or objections where there are any first.
fn notice_period(tender: &Tender) -> (String, Option<DateTime<Utc>>) {
    let choice = &tender.content.choice;
    match (choice.announcement_figure(), choice.announced_until) {
        (Some(key), Some(until)) => (key, Some(until)),
        _ => (tender.procedure().figure_key(DOCUMENTS_TO_DEADLINE), tender.content.deadline_at),
    }
}

pub(super) fn about(tender: &Tender, counterpart: Option<OrganizationId>) -> About<'_> {
    About {
        subject: Subject::Tender(tender.id),
        number: tender.number.clone(),
        title: tender.content.title.clone(),
        counterpart,
        rule: Some(notice_period(tender).0),
        law: tender.state.publication().map(|publication| &publication.rules),
    }
}

/// The last second of a day in China.
pub(super) fn end_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    let next = day.succ_opt()?.and_time(NaiveTime::MIN).and_local_timezone(ZONE).single()?;
    Some(next.to_utc() - TimeDelta::seconds(1))
}

/// In the order in which they are due; what has no day comes last. A password is chosen before all else: whoever signs out
/// without one is locked out.
pub fn in_order(mut tasks: Vec<Task>) -> Vec<Task> {
    tasks.sort_by(|left, right| {
        let key = |task: &Task| {
            let waits = task.kind != TaskKind::ChoosePassword;
            (waits, task.due_at.is_none(), task.due_at, task.kind, task.number.clone())
        };
        key(left).cmp(&key(right))
    });
    tasks
}

#[cfg(test)]
#[path = "task_tests.rs"]
mod tests;
