//! The panel of a tender (评审委员会): who is on it and has declared, and the officer's choice of members.

use super::qualification::EvaluationStage;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct PanelPage {
    #[arguments(tenderId: $id)]
    evaluation: Option<Evaluation>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Evaluation {
    tender_title: Words,
    stage: EvaluationStage,
    panel: Vec<PanelMember>,
    panel_fewest: i32,
    panel_vacancies: i32,
    recusals: Vec<PanelRecusal>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct PanelMember {
    user_id: cynic::Id,
    name: Words,
    declared_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct PanelRecusal {
    name: Words,
    reason: String,
    recused_at: DateTime<Utc>,
}

/// Whom there is to choose from: for officers only.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct CandidatesPage {
    #[arguments(tenderId: $id)]
    evaluation: Option<Choice>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Evaluation")]
struct Choice {
    candidates: Vec<User>,
    barred_candidates: Vec<BarredCandidate>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct User {
    id: cynic::Id,
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct BarredCandidate {
    name: Words,
    bar: PanelBar,
}

#[derive(cynic::Enum, Clone, Copy, Debug)]
enum PanelBar {
    ActedForBuyer,
    WorksForBuyer,
    TiedToBidder,
    SteppedBack,
}

impl PanelBar {
    const fn text_key(self) -> &'static str {
        match self {
            Self::ActedForBuyer => "panel-bar-acted-for-buyer",
            Self::WorksForBuyer => "panel-bar-works-for-buyer",
            Self::TiedToBidder => "panel-bar-tied-to-bidder",
            Self::SteppedBack => "panel-bar-stepped-back",
        }
    }
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let which = || Which { id: id.into() };
    let evaluation = visit.ask(PanelPage::build(which())).await?.evaluation.ok_or(PageError::NotFound)?;
    let is_open = evaluation.stage == EvaluationStage::Qualified
        || (evaluation.stage == EvaluationStage::PanelAppointed && evaluation.panel_vacancies > 0);
    let choice = if is_open && visit.has_role(Role::Officer) {
        visit.ask(CandidatesPage::build(which())).await?.evaluation
    } else {
        None
    };
    let about = visit.local(&evaluation.tender_title).to_owned();
    let title = visit.say("panel-title");
    Page::titled(title.clone()).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(about.clone(), format!("/tenders/{id}")).show(
        move || {
            let choice = choice.map(|choice| choosing(&evaluation, &choice));
            view! {
                <h1>{title}</h1>
                <p class="quiet">{about}</p>
                {standing(&evaluation)}
                {members(&evaluation)}
                {recusals(&evaluation.recusals)}
                {choice}
            }
        },
    )
}

fn visit_local(words: &Words) -> String {
    visit().local(words).to_owned()
}

/// Where the panel stands, in a sentence.
fn standing(evaluation: &Evaluation) -> AnyView {
    let declared = evaluation.panel.iter().filter(|member| member.declared_at.is_some()).count();
    let counts = || {
        facts([
            ("declared", declared.into()),
            ("members", evaluation.panel.len().into()),
            ("vacancies", i64::from(evaluation.panel_vacancies).into()),
        ])
    };
    match evaluation.stage {
        EvaluationStage::Opened => view! { <Empty why=say("panel-none")><p>{say("panel-none-unjudged")}</p></Empty> }.into_any(),
        EvaluationStage::Qualified => view! { <Empty why=say("panel-none")><p>{say("panel-none-next")}</p></Empty> }.into_any(),
        EvaluationStage::Failed if evaluation.panel.is_empty() => {
            view! { <Empty why=say("panel-none")><p>{say("panel-none-failed")}</p></Empty> }.into_any()
        }
        EvaluationStage::PanelAppointed if evaluation.panel_vacancies > 0 => {
            view! { <Notice tone=Tone::Warning title=say_with("panel-vacant", counts())><p>{say("panel-vacant-next")}</p></Notice> }.into_any()
        }
        EvaluationStage::PanelAppointed => {
            view! { <Notice tone=Tone::Info title=say_with("panel-declaring", counts())><p>{say("panel-declaring-next")}</p></Notice> }.into_any()
        }
        _ => view! { <Notice tone=Tone::Good title=say_with("panel-complete", counts())>""</Notice> }.into_any(),
    }
}

fn members(evaluation: &Evaluation) -> Option<AnyView> {
    if evaluation.panel.is_empty() {
        return None;
    }
    let rows = evaluation.panel.iter().map(|member| {
        let (state, key) = if member.declared_at.is_some() { (State::Good, "panel-declared") } else { (State::Waiting, "panel-undeclared") };
        let at = member.declared_at.map(|at| view! { <Instant at/> });
        view! { <tr><th scope="row">{visit_local(&member.name)}</th><td><Tag state label=say(key)/></td><td>{at}</td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![Column::new(say("panel-member")), Column::new(say("panel-declaration")), Column::new(say("panel-declared-at"))];
    Some(view! { <div class="brief"><Table caption=say("panel-members") columns>{rows}</Table></div> }.into_any())
}

fn recusals(recusals: &[PanelRecusal]) -> Option<AnyView> {
    if recusals.is_empty() {
        return None;
    }
    let rows = recusals.iter().map(|one| {
        view! { <tr><th scope="row">{visit_local(&one.name)}</th><td>{one.reason.clone()}</td><td><Instant at=one.recused_at/></td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![Column::new(say("panel-member")), Column::new(say("panel-recusal-reason")), Column::new(say("panel-recused-at"))];
    Some(view! { <div class="brief"><Table caption=say("panel-recusals") columns>{rows}</Table></div> }.into_any())
}

/// The officer's choice. Members who stay are ticked already.
fn choosing(evaluation: &Evaluation, choice: &Choice) -> impl IntoView + use<> {
    let fewest = || facts([("fewest", i64::from(evaluation.panel_fewest).into())]);
    let picks = choice.candidates.iter().map(|one| Pick::new(one.id.inner(), visit_local(&one.name))).collect();
    let values = evaluation.panel.iter().map(|member| member.user_id.inner().to_owned()).collect();
    let barred = choice.barred_candidates.iter().map(|one| {
        view! { <li>{visit_local(&one.name)}": "{say(one.bar.text_key())}</li> }
    });
    let barred = (!choice.barred_candidates.is_empty()).then(|| {
        view! { <h2>{say("panel-barred")}</h2><ul>{barred.collect_view()}</ul> }
    });
    let (label, lead) = (say_with("panel-members-field", fewest()), say_with("panel-lead", fewest()));
    let title = if evaluation.panel.is_empty() { "panel-choose" } else { "panel-fill" };
    view! {
        <h2>{say(title)}</h2>
        <p class="lead">{lead}</p>
        <Form>
            <Choices
                name="members"
                label
                help=say("panel-members-help")
                rule=say("panel-rule")
                values
                many=true
                picks
            />
            <Button label=say("panel-appoint") kind=Kind::Primary/>
        </Form>
        {barred}
    }
}

#[derive(cynic::InputObject, Debug)]
struct AppointPanelInput {
    tender_id: cynic::Id,
    members: Vec<cynic::Id>,
}

#[derive(cynic::QueryVariables, Debug)]
struct AppointWhich {
    input: AppointPanelInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "AppointWhich")]
struct AppointPanel {
    #[arguments(input: $input)]
    appoint_panel: AppointPanelPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct AppointPanelPayload {
    user_errors: Vec<UserError>,
}

/// Appoints those who are ticked.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let members = visit.posted_all("members").into_iter().map(cynic::Id::from).collect();
    let input = AppointPanelInput { tender_id: id.into(), members };
    let errors = visit.ask(AppointPanel::build(AppointWhich { input })).await?.appoint_panel.user_errors;
    if errors.is_empty() {
        return Answer::done(format!("/tenders/{id}/panel"), "panel-appointed");
    }
    // Whoever can't be a member, the one field of the form is where it is mended.
    let at_field = |error: UserError| match error.path.first().map(String::as_str) {
        Some("members") => FormError::at("members", error.message),
        _ => FormError::at("", error.message),
    };
    Answer::again(errors.into_iter().map(at_field))
}
