//! The page of one contract: its terms, where it stands, and the signature of the reader's side.

use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct ContractPage {
    #[arguments(id: $id)]
    contract: Option<Contract>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum ContractState {
    DrawnUp,
    PartlySigned,
    Signed,
}

#[derive(cynic::QueryFragment, Debug)]
struct ContractLine {
    name: Words,
    quantity: i32,
    unit: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct Contract {
    number: String,
    tender_id: cynic::Id,
    title: Words,
    buyer: Option<Organization>,
    supplier: Option<Organization>,
    value: Sum,
    delivery_days: i32,
    lines: Vec<ContractLine>,
    state: ContractState,
    buyer_signed_at: Option<DateTime<Utc>>,
    supplier_signed_at: Option<DateTime<Utc>>,
    viewer_signed_at: Option<DateTime<Utc>>,
    consortium: Vec<ContractMember>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ContractMember {
    organization: Option<Organization>,
    is_lead: bool,
    share: String,
    work: Words,
    signed_at: Option<DateTime<Utc>>,
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let asked = visit.ask(ContractPage::build(Which { id: id.into() })).await?;
    let contract = asked.contract.ok_or(PageError::NotFound)?;
    let title = visit.say_with("contract-title", facts([("number", contract.number.clone().into())]));
    let about = visit.local(&contract.title).to_owned();
    let tender = format!("/tenders/{}", contract.tender_id.inner());
    Page::titled(title.clone()).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(about.clone(), tender.clone()).show(move || {
        let visit = crate::visit::visit();
        let name = |organization: &Option<Organization>| {
            organization.as_ref().map(|organization| visit.local(&organization.name).to_owned()).unwrap_or_default()
        };
        let signed = |at: Option<DateTime<Utc>>| match at {
            Some(at) => view! { <Instant at/> }.into_any(),
            None => say("contract-unsigned").into_any(),
        };
        let (state, key) = match contract.state {
            ContractState::DrawnUp => (State::Draft, "contract-state-drawn-up"),
            ContractState::PartlySigned => (State::Waiting, "contract-state-partly-signed"),
            ContractState::Signed => (State::Sealed, "contract-state-signed"),
        };
        let summary = vec![
            SummaryFact::new(say("contract-about"), view! { <a href=tender>{about}</a> }),
            SummaryFact::new(say("contract-buyer"), name(&contract.buyer)),
            SummaryFact::new(say("contract-supplier"), name(&contract.supplier)),
            SummaryFact::new(say("contract-value"), view! { <Amount money=contract.value.into() in_words=true/> }),
            SummaryFact::new(say("contract-delivery-days"), contract.delivery_days),
            SummaryFact::new(say("contract-buyer-signed"), signed(contract.buyer_signed_at)),
            SummaryFact::new(say("contract-supplier-signed"), signed(contract.supplier_signed_at)),
        ];
        let rows = contract
            .lines
            .iter()
            .map(|line| {
                view! {
                    <tr>
                        <th scope="row">{visit.local(&line.name).to_owned()}</th>
                        <td class="number">{line.quantity}</td>
                        <td>{line.unit.clone()}</td>
                    </tr>
                }
            })
            .collect_view();
        let columns = vec![
            Column::new(say("contract-line-name")),
            Column::number(say("contract-line-quantity")),
            Column::new(say("contract-line-unit")),
        ];
        // An approver signs for the buyer, a seller for the supplier.
        let may = visit.has_role(Role::Approver) || visit.has_role(Role::Seller);
        let can_sign = may && contract.viewer_signed_at.is_none();
        let sealed = (contract.state == ContractState::Signed).then(|| {
            let members = contract.consortium.iter().map(|member| member.signed_at);
            let at = members.fold(contract.buyer_signed_at.max(contract.supplier_signed_at), Ord::max);
            let facts = vec![
                SummaryFact::new(say("contract-number"), contract.number.clone()),
                SummaryFact::new(say("contract-signed-at"), signed(at)),
            ];
            view! { <Confirmation title=say("contract-signed-both") facts level=2><p>{say("contract-signed-next")}</p></Confirmation> }
        });
        view! {
            <h1>{title}</h1>
            <p><Tag state label=say(key)/></p>
            {sealed}
            <SummaryList facts=summary/>
            {consortium(&contract.consortium)}
            <Table caption=say("contract-lines") columns>{rows}</Table>
            {can_sign.then(|| view! {
                <p>{say("contract-sign-lead")}</p>
                <Form><Button label=say("contract-sign") kind=Kind::Final/></Form>
            })}
        }
    })
}

/// The members of the consortium that delivers, with their signatures: each signs, and all are liable together.
fn consortium(members: &[ContractMember]) -> Option<AnyView> {
    (!members.is_empty()).then(|| {
        let rows = members.iter().map(|member| {
            let name = member.organization.as_ref().map(|one| visit().local(&one.name).to_owned());
            let role = say(if member.is_lead { "consortium-lead" } else { "consortium-member" });
            let signed = match member.signed_at {
                Some(at) => view! { <Instant at/> }.into_any(),
                None => say("contract-unsigned").into_any(),
            };
            let work = visit().local(&member.work).to_owned();
            view! { <tr><th scope="row">{name}</th><td>{role}</td><td class="number">{member.share.clone()}</td><td>{work}</td><td>{signed}</td></tr> }
        });
        let rows = rows.collect_view();
        let columns = vec![
            Column::new(say("consortium-column-name")),
            Column::new(say("consortium-column-role")),
            Column::number(say("consortium-column-share")),
            Column::new(say("consortium-column-work")),
            Column::new(say("contract-signature")),
        ];
        view! { <h2>{say("contract-consortium")}</h2><p>{say("contract-consortium-why")}</p><Table caption=say("consortium-members") columns>{rows}</Table> }.into_any()
    })
}

#[derive(cynic::InputObject, Debug)]
struct SignContractInput {
    contract_id: cynic::Id,
}

#[derive(cynic::QueryVariables, Debug)]
struct SignWhich {
    input: SignContractInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "SignWhich")]
struct SignContract {
    #[arguments(input: $input)]
    sign_contract: SignContractPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SignContractPayload {
    user_errors: Vec<UserError>,
}

/// Signs for the reader's side.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let input = SignContractInput { contract_id: id.into() };
    let payload = visit.ask(SignContract::build(SignWhich { input })).await?.sign_contract;
    if payload.user_errors.is_empty() {
        Answer::done(format!("/contracts/{id}"), "contract-signed")
    } else {
        Answer::again(payload.user_errors)
    }
}
