//! What a supplier posts about bidding together: a proposal, an answer, an end.

use super::draft_content::LocalTextInput;
use crate::prelude::*;
use domain::tendering::enterprise_share::basis_points;

/// The most members besides the lead that the form has lines for.
pub(super) const LINES_MOST: usize = 9;

/// The name of a field of the lead's own part.
pub(super) fn own_field(field: &str) -> String {
    format!("own.{field}")
}

#[derive(cynic::InputObject, Debug)]
struct ConsortiumMemberInput {
    credit_code: String,
    share_basis_points: i32,
    work: LocalTextInput,
}

#[derive(cynic::InputObject, Debug)]
struct ProposeConsortiumInput {
    tender_id: cynic::Id,
    lot_ids: Vec<cynic::Id>,
    own_share_basis_points: i32,
    own_work: LocalTextInput,
    members: Vec<ConsortiumMemberInput>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Proposing {
    input: ProposeConsortiumInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
struct ConsortiumPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Proposing")]
struct Propose {
    #[arguments(input: $input)]
    propose_consortium: ConsortiumPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Agree {
    #[arguments(input: { consortiumId: $id })]
    agree_to_consortium: ConsortiumPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Decline {
    #[arguments(input: { consortiumId: $id })]
    decline_consortium: ConsortiumPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Leave {
    #[arguments(input: { consortiumId: $id })]
    leave_consortium: ConsortiumPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Dissolve {
    #[arguments(input: { consortiumId: $id })]
    dissolve_consortium: ConsortiumPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let which = || Which { id: cynic::Id::new(visit.posted("consortium").unwrap_or_default()) };
    let (errors, done) = match visit.posted("do").unwrap_or_default() {
        "propose" => return propose(visit, id).await,
        "agree" => (visit.ask(Agree::build(which())).await?.agree_to_consortium.user_errors, "consortium-agreed"),
        "decline" => (visit.ask(Decline::build(which())).await?.decline_consortium.user_errors, "consortium-declined"),
        "leave" => (visit.ask(Leave::build(which())).await?.leave_consortium.user_errors, "consortium-left"),
        "dissolve" => (visit.ask(Dissolve::build(which())).await?.dissolve_consortium.user_errors, "consortium-dissolved"),
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() { Answer::done(format!("/tenders/{id}/consortium"), done) } else { Answer::again(errors) }
}

/// Reads the lines in which something was written, and proposes.
async fn propose(visit: &Visit, id: &str) -> Answered {
    let text = |name: String| visit.posted(&name).unwrap_or_default().to_owned();
    let work = |row: &str| LocalTextInput { zh: text(format!("{row}.work.zh")), en: text(format!("{row}.work.en")) };
    let mut errors = Vec::new();
    let mut share = |row: &str| {
        let name = format!("{row}.share");
        let read = basis_points(&text(name.clone())).and_then(|points| i32::try_from(points).ok());
        read.unwrap_or_else(|| {
            errors.push(FormError::at(name, visit.say("consortium-share-wrong")));
            0
        })
    };
    let is_written = |place: &usize| ["creditCode", "share", "work.zh"].iter().any(|field| !text(format!("members.{place}.{field}")).is_empty());
    let places: Vec<usize> = (0..LINES_MOST).filter(is_written).collect();
    let lot_ids: Vec<cynic::Id> = visit.posted_all("lots").into_iter().map(cynic::Id::new).collect();
    let own_share_basis_points = share("own");
    let members = places.iter().map(|place| {
        let row = format!("members.{place}");
        ConsortiumMemberInput { credit_code: text(format!("{row}.creditCode")), share_basis_points: share(&row), work: work(&row) }
    });
    let members = members.collect();
    if visit.posted("divided").is_some() && lot_ids.is_empty() {
        errors.push(FormError::at("lots", visit.say("consortium-lots-missing")));
    }
    if !errors.is_empty() {
        return Answer::again(errors);
    }
    let input = ProposeConsortiumInput { tender_id: id.into(), lot_ids, own_share_basis_points, own_work: work("own"), members };
    let refused = visit.ask(Propose::build(Proposing { input })).await?.propose_consortium.user_errors;
    if refused.is_empty() {
        return Answer::done(format!("/tenders/{id}/consortium"), "consortium-proposed");
    }
    Answer::again(refused.into_iter().map(|error| placed(FormError::from(error), &places)))
}

/// The contract counts the members that it got; the form has gaps between them.
fn placed(mut error: FormError, places: &[usize]) -> FormError {
    if error.field.starts_with("lots.") || error.field.starts_with("lotIds.") {
        "lots".clone_into(&mut error.field);
    }
    if let Some((number, rest)) = error.field.strip_prefix("members.").and_then(|rest| rest.split_once('.')) {
        if let Some(place) = number.parse().ok().and_then(|number: usize| places.get(number)) {
            error.field = format!("members.{place}.{rest}");
        }
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_shown_at_the_line_in_which_it_was_written() {
        let shown = |field: &str| placed(FormError::at(field, String::new()), &[0, 3]).field;
        assert_eq!(shown("members.1.creditCode"), "members.3.creditCode");
        assert_eq!(shown("members.0.work.zh"), "members.0.work.zh");
        assert_eq!(shown("members"), "members");
        assert_eq!(shown("own.share"), "own.share");
    }
}
