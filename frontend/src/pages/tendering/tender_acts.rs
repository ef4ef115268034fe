//! What a reader does on a tender's page: hand in, approve, send back, publish, call off, ask, answer.

use super::tenders::TenderStateName;
use crate::prelude::*;
use domain::identity::role::Role;

/// The forms for exactly what this reader may do next in this state.
pub(super) fn acts(state: TenderStateName) -> impl IntoView {
    let visit = visit();
    let (is_officer, is_approver) = (visit.has_role(Role::Officer), visit.has_role(Role::Approver));
    match state {
        TenderStateName::Draft if is_officer => view! {
            <p><LinkButton label=say("tender-edit") to=format!("{}/edit/subject", visit.path())/></p>
            <Form><Button label=say("tender-submit") name="do" value="submit" kind=Kind::Primary/></Form>
        }
        .into_any(),
        TenderStateName::Submitted if is_approver => view! {
            <Form><Button label=say("tender-approve") name="do" value="approve" kind=Kind::Primary/></Form>
            <Form>
                <TextArea name="reason" label=say("tender-return-reason")/>
                <Button label=say("tender-return") name="do" value="return"/>
            </Form>
        }
        .into_any(),
        TenderStateName::Approved if is_officer => view! {
            <Form><Button label=say("tender-publish") name="do" value="publish" kind=Kind::Primary/></Form>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
    reason: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ClarificationPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Submit {
    #[arguments(input: { tenderId: $id })]
    submit_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Approve {
    #[arguments(input: { tenderId: $id })]
    approve_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Return {
    #[arguments(input: { tenderId: $id, reason: $reason })]
    return_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Publish {
    #[arguments(input: { tenderId: $id })]
    publish_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Ask {
    #[arguments(input: { tenderId: $id, question: $reason })]
    ask_clarification: ClarificationPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Answering {
    #[arguments(input: { clarificationId: $id, answer: $reason })]
    answer_clarification: ClarificationPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let with = |id: &str, reason: String| Which { id: cynic::Id::new(id), reason };
    let (errors, done) = match visit.posted("do").unwrap_or_default() {
        "submit" => (visit.ask(Submit::build(with(id, String::new()))).await?.submit_tender.user_errors, "tender-submitted"),
        "approve" => (visit.ask(Approve::build(with(id, String::new()))).await?.approve_tender.user_errors, "tender-approved"),
        "return" => (visit.ask(Return::build(with(id, text("reason")))).await?.return_tender.user_errors, "tender-returned"),
        "publish" => (visit.ask(Publish::build(with(id, String::new()))).await?.publish_tender.user_errors, "tender-published"),
        "ask" => (visit.ask(Ask::build(with(id, text("question")))).await?.ask_clarification.user_errors, "tender-asked"),
        "answer" => {
            let input = with(&text("clarification"), text("answer"));
            (visit.ask(Answering::build(input)).await?.answer_clarification.user_errors, "tender-answered")
        }
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() {
        return Answer::done(format!("/tenders/{id}"), done);
    }
    // What keeps a draft from being handed in stands in the editor's fields, not on this page.
    let is_here = |error: &FormError| visit.form().iter().any(|(name, _)| *name == error.field);
    let errors = errors.into_iter().map(FormError::from);
    Answer::again(errors.map(|error| if is_here(&error) { error } else { FormError::at("", error.message) }))
}
