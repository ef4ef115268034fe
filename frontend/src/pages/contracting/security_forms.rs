//! What people do with a bid security: finance decides and returns, officer or finance proposes to keep it, an approver
//! decides on that.

use super::security::BidSecurity;
use super::security_value::{BidSecurityState, SecurityForfeitureGround, SecurityMeans};
use super::value::OnDay;
use crate::islands::amount::yuan;
use crate::prelude::*;
use domain::identity::role::Role;

/// The forms for exactly what this reader may do next.
pub(super) fn forms(security: &BidSecurity) -> AnyView {
    let visit = visit();
    let (is_finance, is_officer) = (visit.has_role(Role::Finance), visit.has_role(Role::Officer));
    let decides = (security.state == BidSecurityState::Lodged && is_finance).then(|| deciding(security.means));
    let returns = (security.is_owed_back && is_finance).then(returning);
    let is_held = matches!(security.state, BidSecurityState::Held | BidSecurityState::Released);
    let proposes = (is_held && (is_finance || is_officer)).then(proposing);
    let approves = (security.state == BidSecurityState::ForfeitureProposed && visit.has_role(Role::Approver)).then(approving);
    view! { {decides} {returns} {proposes} {approves} }.into_any()
}

fn deciding(means: SecurityMeans) -> AnyView {
    let name = means.name();
    let is_transfer = means == SecurityMeans::Transfer;
    let credited = is_transfer.then(|| view! { <Field name="creditedOn" label=say("security-credited-on") kind="date" width="short"/> });
    let arrived = is_transfer.then(|| {
        view! { <MoneyField name="arrived" label=say("security-refuse-arrived") help=say("security-refuse-arrived-help") optional=true/> }
    });
    view! {
        <h2>{say("security-accept-title")}</h2>
        <p>{say(&format!("security-accept-{name}-lead"))}</p>
        <Form>
            {credited}
            <Button label=say(&format!("security-accept-{name}")) name="do" value="accept" kind=Kind::Primary/>
        </Form>
        <Form>
            <TextArea name="reason" label=say("security-refuse-reason") rows=3/>
            {arrived}
            <Button label=say("security-refuse") name="do" value="refuse"/>
        </Form>
    }
    .into_any()
}

fn returning() -> AnyView {
    view! {
        <h2>{say("security-return-title")}</h2>
        <Form>
            <Field name="reference" label=say("security-return-reference") help=say("security-return-reference-help")/>
            <Button label=say("security-return") name="do" value="return" kind=Kind::Primary/>
        </Form>
    }
    .into_any()
}

fn proposing() -> AnyView {
    let picks = SecurityForfeitureGround::ALL.into_iter().map(|(ground, name)| Pick::new(name, ground.label())).collect();
    view! {
        <h2>{say("security-forfeit-title")}</h2>
        <p>{say("security-forfeit-lead")}</p>
        <Form>
            <Select name="ground" label=say("security-ground") picks/>
            <TextArea name="reason" label=say("security-ground-reason") rows=3/>
            <Button label=say("security-propose") name="do" value="propose"/>
        </Form>
    }
    .into_any()
}

fn approving() -> AnyView {
    view! {
        <h2>{say("security-decide-title")}</h2>
        <p>{say("security-decide-lead")}</p>
        <Form>
            <div class="buttons">
                <Button label=say("security-approve") name="do" value="approve" kind=Kind::Final/>
                <Button label=say("security-reject") name="do" value="reject"/>
            </div>
        </Form>
    }
    .into_any()
}

#[derive(cynic::InputObject, Debug)]
struct MoneyInput {
    amount_minor: i64,
    currency: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct BidSecurityPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Accepting {
    id: cynic::Id,
    credited_on: Option<OnDay>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Accepting")]
struct Accept {
    #[arguments(input: { securityId: $id, creditedOn: $credited_on })]
    accept_bid_security: BidSecurityPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Refusing {
    id: cynic::Id,
    reason: String,
    arrived: Option<MoneyInput>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Refusing")]
struct Refuse {
    #[arguments(input: { securityId: $id, reason: $reason, arrived: $arrived })]
    refuse_bid_security: BidSecurityPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Returning {
    id: cynic::Id,
    reference: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Returning")]
struct GiveBack {
    #[arguments(input: { securityId: $id, reference: $reference })]
    return_bid_security: BidSecurityPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Proposing {
    id: cynic::Id,
    ground: SecurityForfeitureGround,
    reason: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Proposing")]
struct Propose {
    #[arguments(input: { securityId: $id, ground: $ground, reason: $reason })]
    propose_security_forfeiture: BidSecurityPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Deciding {
    id: cynic::Id,
    is_approved: bool,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Deciding")]
struct Decide {
    #[arguments(input: { securityId: $id, isApproved: $is_approved })]
    decide_security_forfeiture: BidSecurityPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let id_of = || cynic::Id::new(id);
    let (errors, done) = match visit.posted("do").unwrap_or_default() {
        "accept" => {
            let credited_on = match visit.posted("creditedOn") {
                None => None,
                Some(day) => match day.parse() {
                    Ok(day) => Some(OnDay(day)),
                    Err(_) => return Answer::again([FormError::at("creditedOn", visit.say("security-day-missing"))]),
                },
            };
            (visit.ask(Accept::build(Accepting { id: id_of(), credited_on })).await?.accept_bid_security.user_errors, "security-accepted")
        }
        "refuse" => {
            let arrived = text("arrived");
            let sum = yuan(&arrived);
            if !arrived.trim().is_empty() && sum.is_none() {
                return Answer::again([FormError::at("arrived", visit.say("tender-amount-wrong"))]);
            }
            let arrived = sum.map(|sum| MoneyInput { amount_minor: sum.amount_minor, currency: sum.currency.code().to_owned() });
            let refusing = Refusing { id: id_of(), reason: text("reason"), arrived };
            (visit.ask(Refuse::build(refusing)).await?.refuse_bid_security.user_errors, "security-refused")
        }
        "return" => {
            let returning = Returning { id: id_of(), reference: text("reference") };
            (visit.ask(GiveBack::build(returning)).await?.return_bid_security.user_errors, "security-returned")
        }
        "propose" => {
            let chosen = text("ground");
            let Some((ground, _)) = SecurityForfeitureGround::ALL.into_iter().find(|(_, name)| *name == chosen) else {
                return Answer::again([FormError::at("ground", visit.say("security-ground-missing"))]);
            };
            let proposing = Proposing { id: id_of(), ground, reason: text("reason") };
            (visit.ask(Propose::build(proposing)).await?.propose_security_forfeiture.user_errors, "security-proposed")
        }
        posted @ ("approve" | "reject") => {
            let deciding = Deciding { id: id_of(), is_approved: posted == "approve" };
            (visit.ask(Decide::build(deciding)).await?.decide_security_forfeiture.user_errors, "security-decided")
        }
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() { Answer::done(format!("/securities/{id}"), done) } else { Answer::again(errors) }
}
