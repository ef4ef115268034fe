//! Where the prequalification of an invited tender stands, on the tender's page: what is asked of whom, and until when.

use super::draft_choice::Procedure;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ApplicationState {
    Received,
    Withdrawn,
    Refused,
    Qualified,
    Invited,
    NotDrawn,
}

impl ApplicationState {
    /// The shape of its tag and the key of its words.
    pub(super) fn tag(self) -> (State, &'static str) {
        match self {
            Self::Received => (State::Sealed, "application-state-received"),
            Self::Withdrawn => (State::Closed, "application-state-withdrawn"),
            Self::Refused => (State::Refused, "application-state-refused"),
            Self::Qualified => (State::Good, "application-state-qualified"),
            Self::Invited => (State::Good, "application-state-invited"),
            Self::NotDrawn => (State::Closed, "application-state-not-drawn"),
        }
    }
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct StandingOfTender {
    #[arguments(tenderId: $id)]
    prequalification: Option<Prequalification>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Prequalification {
    until: Option<DateTime<Utc>>,
    is_open: bool,
    judged_at: Option<DateTime<Utc>>,
    invited_count: Option<i32>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct OwnOfTender {
    #[arguments(tenderId: $id)]
    viewer_application: Option<Application>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Application {
    state: ApplicationState,
}

/// What the tender's page tells of its prequalification.
pub(super) struct Standing {
    found: Prequalification,
    own: Option<ApplicationState>,
    state: TenderStateName,
    is_own: bool,
    address: String,
}

/// Reads it; nothing for a tender that asks everybody, or one supplier.
pub(super) async fn way(
    visit: &Visit,
    id: &str,
    (procedure, state): (Procedure, TenderStateName),
    is_own: bool,
) -> Result<Option<Standing>, PageError> {
    if procedure != Procedure::InvitedTender || state.is_before_notice() {
        return Ok(None);
    }
    let which = || Which { id: id.into() };
    let Some(found) = visit.ask(StandingOfTender::build(which())).await?.prequalification else { return Ok(None) };
    let own = if visit.has_role(Role::Seller) { visit.ask(OwnOfTender::build(which())).await?.viewer_application } else { None };
    Ok(Some(Standing { found, own: own.map(|own| own.state), state, is_own, address: format!("/tenders/{id}") }))
}

/// What it says, with the one thing that this reader does next.
pub(super) fn shown(standing: &Standing) -> AnyView {
    let countdown = standing.found.until.filter(|_| standing.found.is_open).map(|at| view! { <Countdown at/> });
    let count = facts([("count", i64::from(standing.found.invited_count.unwrap_or_default()).into())]);
    let (title, why) = match (standing.state, standing.found.invited_count, standing.found.judged_at) {
        (_, Some(_), _) => (say_with("prequalification-invited", count), say("prequalification-invited-why")),
        (TenderStateName::Announced, ..) if standing.found.is_open => (say("prequalification-open"), say("prequalification-open-why")),
        (TenderStateName::Announced, _, None) => (say("prequalification-closed"), say("prequalification-closed-why")),
        (TenderStateName::Announced, _, Some(_)) => (say("prequalification-judged"), say("prequalification-judged-why")),
        _ => (say("prequalification-ended"), say("prequalification-ended-why")),
    };
    let own = standing.own.map(|own| {
        let (state, key) = own.tag();
        view! { <p>{say("application-own")}": "<Tag state label=say(key)/></p> }
    });
    let acts = acts(standing);
    view! {
        <Notice tone=Tone::Info title>
            <p>{why}</p>
            {own}
            {countdown}
            {acts}
        </Notice>
    }
    .into_any()
}

fn acts(standing: &Standing) -> impl IntoView + use<> {
    let visit = visit();
    let is_open = standing.found.is_open;
    let is_in = standing.own.is_some_and(|own| own != ApplicationState::Withdrawn);
    let is_officer = standing.is_own && visit.has_role(Role::Officer);
    let waits = standing.state == TenderStateName::Announced && !is_open;
    let apply = match (visit.viewer().is_none() || visit.has_role(Role::Seller), is_in) {
        (true, false) if is_open => Some(("application-go", Kind::Primary)),
        (true, true) => Some(("application-see", Kind::Secondary)),
        _ => None,
    };
    let apply = apply.map(|(key, kind)| view! { <p><LinkButton label=say(key) to=format!("{}/application", standing.address) kind/></p> });
    let to = format!("{}/applications", standing.address);
    let process = match (is_officer && waits, standing.found.judged_at.is_some()) {
        (true, false) => view! { <p><LinkButton label=say("applications-judge-go") to kind=Kind::Primary/></p> }.into_any(),
        (true, true) => view! { <p><LinkButton label=say("applications-invite-go") to kind=Kind::Primary/></p> }.into_any(),
        _ => view! { <p><a href=to>{say("applications-go")}</a></p> }.into_any(),
    };
    view! { {apply} {process} }
}
