//! What stops a tender, for a while or for good, and what begins again after it: for the buyer's officers and supervisors.

use super::draft_choice::Procedure;
use super::state::tag;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct StopPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    title: Words,
    number: String,
    state: TenderStateName,
    deadline_at: Option<DateTime<Utc>>,
    viewer_commands: Vec<PossibleCommand>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct PossibleCommand {
    pub(super) command: TenderCommand,
}

macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        /// What can be done to a tender.
        #[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum TenderCommand { $($name),* }
    };
}
commands! {
    Write, Submit, SendBack, Approve, Announce, Apply, JudgeApplications, Object, AnswerObjection, Invite, Publish, Amend, Ask,
    Answer, SubmitBid, WithdrawBid, ConfirmBid, OpenBids, RevealBid, Qualify, AppointPanel, DeclareConflict, Negotiate,
    RequestFinalOffers, BeginScoring, Score, SignReport, ConfirmAward, PublishAward, MakeContract, SignContract, Suspend, Resume,
    Cancel, Fail, BeginAgain,
}

impl TenderCommand {
    /// Whether it is done on this page.
    pub(super) const fn is_stop(self) -> bool {
        matches!(self, Self::Suspend | Self::Resume | Self::Cancel | Self::BeginAgain)
    }
}

async fn load(visit: &Visit, id: &str) -> Result<Tender, PageError> {
    visit.signed_in()?;
    let tender = visit.ask(StopPage::build(Which { id: id.into() })).await?.tender.ok_or(PageError::NotFound)?;
    let is_possible = tender.viewer_commands.iter().any(|one| one.command.is_stop());
    let is_staff = visit.has_role(Role::Officer) || visit.has_role(Role::Supervisor);
    if is_possible && is_staff { Ok(tender) } else { Err(PageError::NotFound) }
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let tender = load(visit, id).await?;
    let title = visit.local(&tender.title).to_owned();
    Page::titled(visit.say("stop-title")).crumb(visit.say("section-tenders"), "/tenders").crumb(title.clone(), format!("/tenders/{id}")).show(move || {
        let can = |command: TenderCommand| tender.viewer_commands.iter().any(|one| one.command == command);
        view! {
            <h1>{say("stop-title")}</h1>
            <p class="lead">{title}" "<span class="quiet">{tender.number.clone()}</span></p>
            <p>{tag(tender.state, tender.deadline_at)}</p>
            {can(TenderCommand::Resume).then(resume)}
            {can(TenderCommand::Suspend).then(|| reasoned("suspend", Kind::Primary))}
            {can(TenderCommand::Cancel).then(|| reasoned("cancel", Kind::Final))}
            {can(TenderCommand::BeginAgain).then(again)}
        }
    })
}

fn resume() -> impl IntoView {
    view! {
        <h2>{say("stop-resume")}</h2>
        <p>{say("stop-resume-lead")}</p>
        <Form><Button label=say("stop-resume-do") name="do" value="resume" kind=Kind::Primary/></Form>
    }
}

/// A stop with a reason that everybody reads.
fn reasoned(what: &'static str, kind: Kind) -> impl IntoView {
    view! {
        <h2>{say(&format!("stop-{what}"))}</h2>
        <p>{say(&format!("stop-{what}-lead"))}</p>
        <Form>
            <TextArea name="reason.zh" label=say("stop-reason-zh") lang="zh-CN" rows=3/>
            <TextArea name="reason.en" label=say("stop-reason-en") lang="en" rows=3 optional=true/>
            <Button label=say(&format!("stop-{what}-do")) name="do" value=what kind/>
        </Form>
    }
}

fn again() -> impl IntoView {
    let picks = Procedure::ALL.iter().map(|one| Pick::new(one.value(), one.words())).collect::<Vec<_>>();
    view! {
        <h2>{say("stop-again")}</h2>
        <p>{say("stop-again-lead")}</p>
        <Form>
            <Select name="procedure" label=say("choice-procedure") picks value=Procedure::OpenTender.value()/>
            <Button label=say("stop-again-do") name="do" value="again" kind=Kind::Primary/>
        </Form>
    }
}

#[derive(cynic::InputObject, Debug)]
struct LocalTextInput {
    zh: String,
    en: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct Reasoned {
    id: cynic::Id,
    reason: LocalTextInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct Again {
    id: cynic::Id,
    procedure: Procedure,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderPayload {
    tender: Option<Made>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Tender")]
struct Made {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Reasoned")]
struct Suspend {
    #[arguments(input: { tenderId: $id, reason: $reason })]
    suspend_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Reasoned")]
struct Cancel {
    #[arguments(input: { tenderId: $id, reason: $reason })]
    cancel_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Resume {
    #[arguments(input: { tenderId: $id })]
    resume_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Again")]
struct BeginAgain {
    #[arguments(input: { tenderId: $id, procedure: $procedure })]
    begin_tender_again: TenderPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let reasoned = || Reasoned { id: id.into(), reason: LocalTextInput { zh: text("reason.zh"), en: text("reason.en") } };
    let (payload, done) = match visit.posted("do").unwrap_or_default() {
        "suspend" => (visit.ask(Suspend::build(reasoned())).await?.suspend_tender, "stop-suspended"),
        "cancel" => (visit.ask(Cancel::build(reasoned())).await?.cancel_tender, "stop-cancelled"),
        "resume" => (visit.ask(Resume::build(Which { id: id.into() })).await?.resume_tender, "stop-resumed"),
        "again" => {
            let procedure = Procedure::posted(&text("procedure")).unwrap_or(Procedure::OpenTender);
            let payload = visit.ask(BeginAgain::build(Again { id: id.into(), procedure })).await?.begin_tender_again;
            if let Some(made) = payload.tender {
                return Answer::done(format!("/tenders/{}/edit/procedure", made.id.inner()), "stop-begun-again");
            }
            (payload, "")
        }
        _ => return Err(PageError::NotFound),
    };
    if payload.user_errors.is_empty() { Answer::done(format!("/tenders/{id}"), done) } else { Answer::again(payload.user_errors) }
}
