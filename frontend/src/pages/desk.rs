//! The desk: what the reader must do, by when, under which rule, each with one button.

use super::home::{Closing, closing};
use crate::prelude::*;
use domain::identity::role::Role;

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct DeskPage {
    viewer_tasks: Vec<ViewerTask>,
    #[arguments(first: 3)]
    tenders_closing_soonest: Vec<Closing>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ViewerTask {
    kind: TaskKind,
    subject_id: cynic::Id,
    number: String,
    title: Words,
    counterpart: Option<Organization>,
    due_at: Option<chrono::DateTime<chrono::Utc>>,
    rule: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum TaskKind {
    ChoosePassword,
    AnswerMandate,
    FinishDraft,
    ApproveTender,
    PublishTender,
    AnswerQuestions,
    AnswerObjections,
    InviteSoleSupplier,
    LeaveSingleSource,
    JudgeApplications,
    InviteSuppliers,
    BidAsInvited,
    OpenBids,
    QualifyBidders,
    AppointPanel,
    RequestFinalOffers,
    BeginScoring,
    ResumeTender,
    MakeFinalOffer,
    DeclareConflict,
    ScoreBids,
    SignReport,
    ConfirmAward,
    PublishAward,
    MakeContract,
    SignContract,
    AnswerConsortium,
    BidForConsortium,
    ConfirmBid,
    DecideSecurity,
    ReturnSecurity,
    DecideForfeiture,
    ReadChanges,
    ReadChangedNeeds,
    ConfirmOrder,
    DespatchOrder,
    ReceiveGoods,
}

impl TaskKind {
    /// The key of its words, and the page where it is done.
    const fn way(self) -> (&'static str, &'static str) {
        match self {
            Self::ChoosePassword => ("task-choose-password", "/account"),
            Self::AnswerMandate => ("task-answer-mandate", "/tenders/{id}/mandate"),
            Self::FinishDraft => ("task-finish-draft", "/tenders/{id}"),
            Self::ApproveTender => ("task-approve-tender", "/tenders/{id}"),
            Self::PublishTender => ("task-publish-tender", "/tenders/{id}"),
            Self::AnswerQuestions => ("task-answer-questions", "/tenders/{id}"),
            Self::AnswerObjections => ("task-answer-objections", "/tenders/{id}/objections"),
            Self::InviteSoleSupplier => ("task-invite-sole-supplier", "/tenders/{id}/objections"),
            Self::LeaveSingleSource => ("task-leave-single-source", "/tenders/{id}/stop"),
            Self::JudgeApplications => ("task-judge-applications", "/tenders/{id}/applications"),
            Self::InviteSuppliers => ("task-invite-suppliers", "/tenders/{id}/applications"),
            Self::BidAsInvited => ("task-bid-as-invited", "/tenders/{id}/bid"),
            Self::OpenBids => ("task-open-bids", "/tenders/{id}/opening"),
            Self::QualifyBidders => ("task-qualify-bidders", "/tenders/{id}/qualification"),
            Self::AppointPanel => ("task-appoint-panel", "/tenders/{id}/panel"),
            Self::RequestFinalOffers => ("task-request-final-offers", "/tenders/{id}/negotiation"),
            Self::BeginScoring => ("task-begin-scoring", "/tenders/{id}/negotiation"),
            Self::ResumeTender => ("task-resume-tender", "/tenders/{id}/stop"),
            Self::MakeFinalOffer => ("task-make-final-offer", "/tenders/{id}/bid"),
            Self::DeclareConflict => ("task-declare-conflict", "/tenders/{id}/scores"),
            Self::ScoreBids => ("task-score-bids", "/tenders/{id}/scores"),
            Self::SignReport => ("task-sign-report", "/tenders/{id}/report"),
            Self::ConfirmAward => ("task-confirm-award", "/tenders/{id}/award"),
            Self::PublishAward => ("task-publish-award", "/tenders/{id}/award"),
            Self::MakeContract => ("task-make-contract", "/tenders/{id}/award"),
            Self::SignContract => ("task-sign-contract", "/contracts/{id}"),
            Self::AnswerConsortium => ("task-answer-consortium", "/tenders/{id}/consortium"),
            Self::BidForConsortium => ("task-bid-for-consortium", "/tenders/{id}/bid"),
            Self::ConfirmBid => ("task-confirm-bid", "/tenders/{id}/bid"),
            Self::DecideSecurity => ("task-decide-security", "/securities/{id}"),
            Self::ReturnSecurity => ("task-return-security", "/securities/{id}"),
            Self::DecideForfeiture => ("task-decide-forfeiture", "/securities/{id}"),
            Self::ReadChanges => ("task-read-changes", "/tenders/{id}/registration"),
            Self::ReadChangedNeeds => ("task-read-changed-needs", "/tenders/{id}#versions"),
            Self::ConfirmOrder => ("task-confirm-order", "/orders/{id}"),
            Self::DespatchOrder => ("task-despatch-order", "/orders/{id}"),
            Self::ReceiveGoods => ("task-receive-goods", "/orders/{id}"),
        }
    }
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    let DeskPage { viewer_tasks, tenders_closing_soonest } = visit.ask(DeskPage::build(())).await?;
    Page::titled(visit.say("desk")).wide().show(move || {
        let visit = visit_name();
        let own_bids = crate::visit::visit().has_role(Role::Seller).then(|| view! { <p><a href="/bids">{say("bids-from-desk")}</a></p> });
        let count = say_with("desk-count", facts([("count", i64::try_from(viewer_tasks.len()).unwrap_or(0).into())]));
        let list = if viewer_tasks.is_empty() {
            view! {
                <Empty why=say("desk-none")>
                    <p>{say("desk-none-next")} " " <a href="/tenders">{say("section-tenders")}</a> " · " <a href="/items">{say("section-items")}</a></p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <p>{count}</p> <ol class="desk">{viewer_tasks.into_iter().enumerate().map(task).collect_view()}</ol> }.into_any()
        };
        view! {
            <h1>{say_with("desk-of", facts([("name", visit.into())]))}</h1>
            {list}
            {own_bids}
            <section aria-labelledby="desk-closing">
                <h2 id="desk-closing">{say("home-closing")}</h2>
                {closing(tenders_closing_soonest)}
                <p><a href="/tenders?kind=open">{say("home-closing-all")}</a></p>
            </section>
        }
    })
}

fn visit_name() -> String {
    visit().viewer().map(|viewer| viewer.name.clone()).unwrap_or_default()
}

/// One task. The first, which is due first, has the page's primary button.
fn task((place, task): (usize, ViewerTask)) -> impl IntoView {
    let kind = if place == 0 { Kind::Primary } else { Kind::Secondary };
    let visit = visit();
    let (key, way) = task.kind.way();
    let to = way.replace("{id}", task.subject_id.inner());
    let is_late = task.due_at.is_some_and(|at| at < visit.now());
    let due = task.due_at.map(|at| {
        let word = if is_late { "desk-late" } else { "desk-due" };
        let state = if is_late { State::Warning } else { State::Waiting };
        view! { <p class="desk-due"><Tag state label=say(word)/> " " <Since at/></p> }
    });
    let rule = task.rule.map(|rule| view! { <p class="help">{say_with("desk-rule", facts([("source", rule.into())]))}</p> });
    let other = task.counterpart.map(|other| view! { " · " {visit.local(&other.name).to_owned()} });
    let title = visit.local(&task.title).to_owned();
    view! {
        <li>
            <div class="desk-words">
                <h2>{say(key)}</h2>
                <p>{title} <br/> <span class="quiet">{task.number} {other}</span></p>
                {due}
                {rule}
            </div>
            <LinkButton label=say(&format!("{key}-do")) to kind/>
        </li>
    }
}
