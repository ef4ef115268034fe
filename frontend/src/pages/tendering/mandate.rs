//! The agency of a tender: the buyer proposes a mandate, the agency accepts, either ends it.

use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::permission;
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct MandatePage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    tender_mandates: Option<TenderMandates>,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Organization,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Organization {
    id: cynic::Id,
    name: Words,
    credit_code: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    number: String,
    title: Words,
    buyer: Option<Organization>,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderMandates {
    present: Option<Mandate>,
    ended: Vec<EndedMandate>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Mandate {
    agency: Option<Organization>,
    powers: Vec<MandatePower>,
    proposed_at: DateTime<Utc>,
    accepted_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct EndedMandate {
    mandate: Mandate,
    ended_at: DateTime<Utc>,
    reason: String,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum MandatePower {
    Prepare,
    Publish,
    Evaluate,
}

impl MandatePower {
    const ALL: [Self; 3] = [Self::Prepare, Self::Publish, Self::Evaluate];

    /// The key of its words, which is also what is posted.
    const fn key(self) -> &'static str {
        match self {
            Self::Prepare => permission::MandatePower::Prepare.text_key(),
            Self::Publish => permission::MandatePower::Publish.text_key(),
            Self::Evaluate => permission::MandatePower::Evaluate.text_key(),
        }
    }
}

/// The way to it from the tender's page, for the officers of both sides.
pub(super) fn way(is_own: bool) -> Option<AnyView> {
    let visit = visit();
    let may = is_own && visit.has_role(Role::Officer);
    may.then(|| view! { <p><a href=format!("{}/mandate", visit.path())>{say("mandate-title")}</a></p> }.into_any())
}

/// The page: what stands, and what this reader may do with it.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let asked = visit.ask(MandatePage::build(Which { id: id.into() })).await?;
    let (tender, mandates) = (asked.tender.ok_or(PageError::NotFound)?, asked.tender_mandates.ok_or(PageError::NotFound)?);
    let own = asked.viewer.map(|viewer| viewer.organization.id);
    let is = |organization: Option<&Organization>| organization.is_some_and(|one| Some(&one.id) == own.as_ref());
    let is_officer = visit.has_role(Role::Officer);
    let is_buyer = is_officer && is(tender.buyer.as_ref());
    let is_agency = is_officer && is(mandates.present.as_ref().and_then(|one| one.agency.as_ref()));
    let title = visit.local(&tender.title).to_owned();
    Page::titled(visit.say("mandate-title")).crumb(visit.say("section-tenders"), "/tenders").crumb(title.clone(), format!("/tenders/{id}")).show(move || {
        view! {
            <h1>{say("mandate-title")}</h1>
            <p class="lead">{title}" "<span class="quiet">{tender.number.clone()}</span></p>
            <p>{say("mandate-lead")}</p>
            {present(&tender, mandates.present.as_ref())}
            {(is_agency && mandates.present.as_ref().is_some_and(|one| one.accepted_at.is_none())).then(accept)}
            {((is_buyer || is_agency) && mandates.present.is_some()).then(end)}
            {(is_buyer && mandates.present.is_none()).then(propose)}
            {ended(mandates.ended)}
        }
    })
}

fn powers(mandate: &Mandate) -> AnyView {
    view! { <ul>{mandate.powers.iter().map(|power| view! { <li>{say(power.key())}</li> }).collect_view()}</ul> }.into_any()
}

fn named(organization: Option<&Organization>) -> String {
    organization.map(|one| format!("{} ({})", visit().local(&one.name), one.credit_code)).unwrap_or_default()
}

fn present(tender: &Tender, mandate: Option<&Mandate>) -> AnyView {
    let Some(mandate) = mandate else {
        return view! { <Notice tone=Tone::Info title=say("mandate-none")><p>{say("mandate-none-why")}</p></Notice> }.into_any();
    };
    let state = match mandate.accepted_at {
        None => view! { <Notice tone=Tone::Info title=say("mandate-proposed")><p>{say("mandate-proposed-why")}</p></Notice> }.into_any(),
        Some(_) => view! { <p><Tag state=State::Good label=say("mandate-accepted")/></p> }.into_any(),
    };
    let mut facts = vec![
        SummaryFact::new(say("mandate-buyer"), named(tender.buyer.as_ref())),
        SummaryFact::new(say("mandate-agency"), named(mandate.agency.as_ref())),
        SummaryFact::new(say("mandate-powers"), powers(mandate)),
        SummaryFact::new(say("mandate-proposed-at"), view! { <Instant at=mandate.proposed_at/> }),
    ];
    facts.extend(mandate.accepted_at.map(|at| SummaryFact::new(say("mandate-accepted-at"), view! { <Instant at/> })));
    view! { {state} <SummaryList facts/> }.into_any()
}

fn accept() -> impl IntoView {
    view! { <Form><Button label=say("mandate-accept") name="do" value="accept" kind=Kind::Primary/></Form> }
}

fn end() -> impl IntoView {
    view! {
        <h2>{say("mandate-end")}</h2>
        <Form>
            <TextArea name="reason" label=say("mandate-reason") rows=3/>
            <Button label=say("mandate-end") name="do" value="end"/>
        </Form>
    }
}

fn propose() -> impl IntoView {
    let picks = MandatePower::ALL.iter().map(|power| Pick::new(power.key(), say(power.key()))).collect::<Vec<_>>();
    view! {
        <h2>{say("mandate-propose")}</h2>
        <Form>
            <Field name="agencyCode" label=say("mandate-code") help=say("mandate-code-help") width="short" autocomplete="off"/>
            <Choices name="powers" label=say("mandate-powers") picks values=MandatePower::ALL.map(|power| power.key().to_owned()).to_vec() many=true/>
            <Button label=say("mandate-propose") name="do" value="propose" kind=Kind::Primary/>
        </Form>
    }
}

fn ended(mandates: Vec<EndedMandate>) -> Option<AnyView> {
    (!mandates.is_empty()).then(|| {
        let columns = ["mandate-agency", "mandate-ended-at", "mandate-reason"].map(|key| Column::new(say(key))).into();
        let rows = mandates.into_iter().map(|one| {
            view! { <tr><th scope="row">{named(one.mandate.agency.as_ref())}</th><td><Instant at=one.ended_at/></td><td>{one.reason}</td></tr> }
        });
        let rows = rows.collect_view();
        view! { <h2>{say("mandate-ended")}</h2><Table caption=say("mandate-ended") columns>{rows}</Table> }.into_any()
    })
}

#[derive(cynic::QueryVariables, Debug)]
struct Proposing {
    id: cynic::Id,
    code: String,
    powers: Vec<MandatePower>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Proposing")]
struct Propose {
    #[arguments(input: { tenderId: $id, agencyCode: $code, powers: $powers })]
    propose_mandate: MandatePayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Accept {
    #[arguments(input: { tenderId: $id })]
    accept_mandate: MandatePayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Ending {
    id: cynic::Id,
    reason: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Ending")]
struct End {
    #[arguments(input: { tenderId: $id, reason: $reason })]
    end_mandate: MandatePayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct MandatePayload {
    user_errors: Vec<UserError>,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let text = |name: &str| visit.posted(name).unwrap_or_default().trim().to_owned();
    let (payload, done) = match visit.posted("do").unwrap_or_default() {
        "propose" => {
            let chosen = visit.posted_all("powers");
            let powers = MandatePower::ALL.into_iter().filter(|power| chosen.contains(&power.key())).collect();
            let input = Proposing { id: id.into(), code: text("agencyCode"), powers };
            (visit.ask(Propose::build(input)).await?.propose_mandate, "mandate-proposed")
        }
        "accept" => (visit.ask(Accept::build(Which { id: id.into() })).await?.accept_mandate, "mandate-accepted"),
        "end" => (visit.ask(End::build(Ending { id: id.into(), reason: text("reason") })).await?.end_mandate, "mandate-ended"),
        _ => return Err(PageError::NotFound),
    };
    if !payload.user_errors.is_empty() {
        return Answer::again(payload.user_errors);
    }
    // Whose draft it is no more, its agency does not find any longer.
    let is_left = done == "mandate-ended" && visit.viewer().is_some_and(|viewer| viewer.organization_kind == domain::identity::organization::OrganizationKind::Agency);
    Answer::done(if is_left { "/tenders".to_owned() } else { format!("/tenders/{id}/mandate") }, done)
}
