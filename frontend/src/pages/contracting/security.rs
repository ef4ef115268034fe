//! The page of one bid security: how it stands, when it is due back, and what this reader does with it.

use super::security_forms::forms;
use super::security_value::{BidSecurityState, SecurityForfeitureGround, SecurityMeans, SecurityReleaseCause, due};
use super::value::{OnDay, Party};
use crate::prelude::*;
use crate::schema::StoredFile;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct SecurityPage {
    #[arguments(id: $id)]
    bid_security: Option<BidSecurity>,
}

/// A bid security, as its pages show it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct BidSecurity {
    tender_id: cynic::Id,
    tender: Option<Tender>,
    buyer: Option<Party>,
    supplier: Option<Party>,
    pub(super) amount: Sum,
    pub(super) means: SecurityMeans,
    pub(super) state: BidSecurityState,
    reference: Option<String>,
    account_end: Option<String>,
    paid_on: Option<OnDay>,
    issuer: Option<String>,
    guaranteed: Option<Sum>,
    valid_until_on: Option<OnDay>,
    letter: Option<StoredFile>,
    exemption_reason: Option<String>,
    exemption_source: Option<String>,
    lodged_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    credited_on: Option<OnDay>,
    refusal_reason: Option<String>,
    arrived: Option<Sum>,
    release_cause: Option<SecurityReleaseCause>,
    released_at: Option<DateTime<Utc>>,
    pub(super) is_owed_back: bool,
    due_back_on: Option<OnDay>,
    due_back_unknown_year: Option<i32>,
    return_days: Option<i32>,
    return_source: Option<String>,
    returned_at: Option<DateTime<Utc>>,
    return_reference: Option<String>,
    returned: Option<Sum>,
    forfeiture: Option<SecurityForfeiture>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct SecurityForfeiture {
    ground: SecurityForfeitureGround,
    source: String,
    reason: String,
    proposed_at: DateTime<Utc>,
    approved_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    number: String,
    title: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let asked = visit.ask(SecurityPage::build(Which { id: id.into() })).await?;
    let security = asked.bid_security.ok_or(PageError::NotFound)?;
    let number = security.tender.as_ref().map(|tender| tender.number.clone()).unwrap_or_default();
    let title = visit.say_with("security-page-title", facts([("number", number.into())]));
    Page::titled(title.clone()).crumb(visit.say("section-securities"), "/securities").show(move || {
        let forms = forms(&security);
        view! {
            <h1>{title}</h1>
            {summary(&security)}
            {forms}
        }
    })
}

/// What is known of a security, from lodging to its end.
pub(super) fn summary(security: &BidSecurity) -> AnyView {
    let visit = visit();
    let mut told: Vec<SummaryFact> = Vec::new();
    let name = |party: &Option<Party>| party.as_ref().map(|party| visit.local(&party.name).to_owned());
    let day = |on: OnDay| view! { <Day on=on.0/> };
    let sum = |sum: Sum| view! { <Amount money=sum.into()/> };
    if let Some(tender) = &security.tender {
        let to = format!("/tenders/{}", security.tender_id.inner());
        told.push(SummaryFact::new(say("security-tender"), view! { <a href=to>{visit.local(&tender.title).to_owned()}</a> }));
    }
    told.push(SummaryFact::new(say("security-buyer"), name(&security.buyer)));
    told.push(SummaryFact::new(say("security-supplier"), name(&security.supplier)));
    told.push(SummaryFact::new(say("security-amount"), view! { <Amount money=security.amount.clone().into() in_words=true/> }));
    told.push(SummaryFact::new(say("security-means"), security.means.label()));
    let number = if security.means == SecurityMeans::Guarantee { "security-guarantee-number" } else { "security-reference" };
    told.extend(security.reference.clone().map(|reference| SummaryFact::new(say(number), reference)));
    told.extend(security.account_end.clone().map(|end| SummaryFact::new(say("security-account-end"), end)));
    told.extend(security.paid_on.map(|on| SummaryFact::new(say("security-paid-on"), day(on))));
    told.extend(security.issuer.clone().map(|issuer| SummaryFact::new(say("security-issuer"), issuer)));
    told.extend(security.guaranteed.clone().map(|amount| SummaryFact::new(say("security-guarantee-amount"), sum(amount))));
    told.extend(security.valid_until_on.map(|on| SummaryFact::new(say("security-valid-until"), day(on))));
    told.extend(security.letter.clone().map(|file| SummaryFact::new(say("security-letter"), view! { <FileList files=vec![file]/> })));
    told.extend(security.exemption_reason.clone().map(|reason| SummaryFact::new(say("security-exemption-reason"), reason)));
    told.extend(security.exemption_source.clone().map(|source| SummaryFact::new(say("security-exemption-source"), source)));
    told.push(SummaryFact::new(say("security-lodged-at"), view! { <Instant at=security.lodged_at/> }));
    told.push(SummaryFact::new(say("security-state"), view! { <Tag state=security.state.kind() label=security.state.label()/> }));
    told.extend(security.decided_at.map(|at| SummaryFact::new(say("security-decided-at"), view! { <Instant at/> })));
    told.extend(security.credited_on.map(|on| SummaryFact::new(say("security-credited-on"), day(on))));
    told.extend(security.refusal_reason.clone().map(|reason| SummaryFact::new(say("security-refusal-reason"), reason)));
    told.extend(security.arrived.clone().map(|amount| SummaryFact::new(say("security-arrived"), sum(amount))));
    told.extend(back(security));
    told.extend(kept(security));
    view! { <SummaryList facts=told/> }.into_any()
}

/// What is known of its return.
fn back(security: &BidSecurity) -> Vec<SummaryFact> {
    let mut told = Vec::new();
    told.extend(security.release_cause.map(|cause| SummaryFact::new(say("security-cause"), cause.label())));
    told.extend(security.released_at.map(|at| SummaryFact::new(say("security-since"), view! { <Instant at/> })));
    if security.is_owed_back {
        let day = due(security.due_back_on.map(|day| day.0), security.due_back_unknown_year, true);
        let rule = security.return_days.zip(security.return_source.clone()).map(|(days, source)| {
            let told = facts([("days", i64::from(days).into()), ("source", domain::refusal::Fact::Source(source))]);
            view! { <br/> <small>{say_with("security-return-rule", told)}</small> }
        });
        told.push(SummaryFact::new(say("security-due"), view! { {day} {rule} }));
    }
    told.extend(security.returned_at.map(|at| SummaryFact::new(say("security-returned-at"), view! { <Instant at/> })));
    told.extend(security.return_reference.clone().map(|reference| SummaryFact::new(say("security-return-reference"), reference)));
    told.extend(security.returned.clone().map(|sum| SummaryFact::new(say("security-paid"), view! { <Amount money=sum.into()/> })));
    told
}

/// What is known of its forfeiture.
fn kept(security: &BidSecurity) -> Vec<SummaryFact> {
    let Some(one) = security.forfeiture.clone() else { return Vec::new() };
    let mut told = vec![
        SummaryFact::new(say("security-ground"), one.ground.label()),
        SummaryFact::new(say("security-ground-source"), one.source),
        SummaryFact::new(say("security-ground-reason"), one.reason),
        SummaryFact::new(say("security-proposed-at"), view! { <Instant at=one.proposed_at/> }),
    ];
    told.extend(one.approved_at.map(|at| SummaryFact::new(say("security-decided-forfeit-at"), view! { <Instant at/> })));
    told
}
