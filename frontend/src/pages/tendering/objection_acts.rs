//! What is done on the page of a single source's notice: object, answer, ask the sole supplier.

use super::draft_reading::Reading;
use crate::pages::oversight::file::keep;
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Raising {
    id: cynic::Id,
    text: String,
    file: Option<cynic::Id>,
}

#[derive(cynic::QueryFragment, Debug)]
struct ObjectionPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Raising")]
struct Raise {
    #[arguments(input: { tenderId: $id, text: $text, fileId: $file })]
    raise_objection: ObjectionPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Answering {
    id: cynic::Id,
    is_upheld: bool,
    reasons: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Answering")]
struct AnswerOne {
    #[arguments(input: { objectionId: $id, isUpheld: $is_upheld, reasons: $reasons })]
    answer_objection: ObjectionPayload,
}

#[derive(cynic::QueryVariables, Debug)]
struct Inviting {
    id: cynic::Id,
    deadline_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Inviting")]
struct Invite {
    #[arguments(input: { tenderId: $id, deadlineAt: $deadline_at })]
    invite_sole_supplier: TenderPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    match visit.posted("do").unwrap_or_default() {
        "raise" => raise(visit, id).await,
        "answer" => answer(visit, id).await,
        "invite" => invite(visit, id).await,
        _ => Err(PageError::NotFound),
    }
}

async fn raise(visit: &Visit, id: &str) -> Answered {
    if visit.files().iter().filter(|file| file.field == "fileId").count() > 1 {
        return Answer::again([FormError::at("fileId", visit.say("objections-one-file"))]);
    }
    let (files, refused) = keep(visit, "fileId").await?;
    if !refused.is_empty() {
        return Answer::again(refused);
    }
    let text = visit.posted("text").unwrap_or_default().to_owned();
    let file = files.into_iter().next().map(|file| file.id);
    let errors = visit.ask(Raise::build(Raising { id: id.into(), text, file })).await?.raise_objection.user_errors;
    if errors.is_empty() { Answer::done(format!("/tenders/{id}/objections"), "objection-raised") } else { Answer::again(errors) }
}

async fn answer(visit: &Visit, id: &str) -> Answered {
    let place = visit.posted("place").unwrap_or_default().to_owned();
    let field = |name: &str| format!("{place}.{name}");
    let is_upheld = match visit.posted(&field("isUpheld")) {
        Some("true") => true,
        Some("false") => false,
        _ => return Answer::again([FormError::at(field("isUpheld"), visit.say("objections-verdict-missing"))]),
    };
    let reasons = visit.posted(&field("reasons")).unwrap_or_default().to_owned();
    let objection = cynic::Id::new(visit.posted("objection").unwrap_or_default());
    let errors = visit.ask(AnswerOne::build(Answering { id: objection, is_upheld, reasons })).await?.answer_objection.user_errors;
    if errors.is_empty() {
        return Answer::done(format!("/tenders/{id}/objections"), "objection-answered");
    }
    // The contract's paths are those of one answer; the page has a form for each.
    let at_place = |error: UserError| {
        let path = error.path.join(".");
        FormError::at(if path.is_empty() { path } else { field(&path) }, error.message)
    };
    Answer::again(errors.into_iter().map(at_place))
}

async fn invite(visit: &Visit, id: &str) -> Answered {
    let mut reading = Reading::new(visit);
    let deadline_at = reading.moment("deadlineAt");
    if let Some(errors) = reading.errors() {
        return Answer::again(errors);
    }
    let errors = visit.ask(Invite::build(Inviting { id: id.into(), deadline_at })).await?.invite_sole_supplier.user_errors;
    if errors.is_empty() { Answer::done(format!("/tenders/{id}"), "sole-supplier-invited") } else { Answer::again(errors) }
}
