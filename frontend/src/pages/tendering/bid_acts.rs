//! What a bidder posts: a sealed envelope, a confirmation, a withdrawal, a key that reveals.

use super::bid::back;
use crate::prelude::*;
use crate::request::Upload;
use crate::schema::Attached;

#[derive(cynic::InputObject, Debug)]
struct SubmitBidInput {
    tender_id: cynic::Id,
    consortium_id: Option<cynic::Id>,
    manifest: String,
    envelope: Option<Attached>,
    idempotency_key: Option<String>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Submission {
    input: SubmitBidInput,
}

#[derive(cynic::InputObject, Debug)]
struct ReplaceBidInput {
    bid_id: cynic::Id,
    tender_id: cynic::Id,
    consortium_id: Option<cynic::Id>,
    manifest: String,
    envelope: Option<Attached>,
    idempotency_key: Option<String>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Replacement {
    input: ReplaceBidInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
    key: String,
}

#[derive(cynic::QueryFragment, Debug)]
struct BidPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
struct RevealBidPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Submission")]
struct Submit {
    #[arguments(input: $input)]
    submit_bid: BidPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Replacement")]
struct Replace {
    #[arguments(input: $input)]
    replace_bid: BidPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Confirm {
    #[arguments(input: { bidId: $id })]
    confirm_bid: BidPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Withdraw {
    #[arguments(input: { bidId: $id })]
    withdraw_bid: BidPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Reveal {
    #[arguments(input: { bidId: $id, bidKey: $key })]
    reveal_bid: RevealBidPayload,
}

/// Does what the pressed button says.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let which = |key: String| Which { id: cynic::Id::new(visit.posted("bid").unwrap_or_default()), key };
    let (errors, done) = match visit.posted("do").unwrap_or_default() {
        "hand-in" => return hand_in(visit, id).await,
        "confirm" => (visit.ask(Confirm::build(which(String::new()))).await?.confirm_bid.user_errors, "bid-confirmed"),
        "withdraw" => (visit.ask(Withdraw::build(which(String::new()))).await?.withdraw_bid.user_errors, "bid-withdrawn"),
        "reveal" => {
            let Some(key) = bid_key(visit) else {
                return Answer::again([FormError::at("bidKey", visit.say("bid-key-missing"))]);
            };
            (visit.ask(Reveal::build(which(key))).await?.reveal_bid.user_errors, "bid-revealed")
        }
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() { Answer::done(back(visit, id), done) } else { Answer::again(errors) }
}

/// Hands in a manifest and its age file, sealed by our page or by the command line.
async fn hand_in(visit: &Visit, id: &str) -> Answered {
    let missing = |field: &str, key: &str| Answer::again([FormError::at(field, visit.say(key))]);
    let Some(manifest) = visit.file("manifest") else { return missing("manifest", "bid-manifest-missing") };
    let Some(envelope) = visit.file("envelope") else { return missing("envelope", "bid-envelope-missing") };
    let manifest = String::from_utf8_lossy(&manifest.bytes).into_owned();
    let tender_id = cynic::Id::new(id);
    let idempotency_key = visit.posted("idempotencyKey").map(str::to_owned);
    let upload = Upload { variable: "variables.input.envelope".to_owned(), file: envelope.clone() };
    let envelope = Some(Attached);
    let consortium_id = visit.posted("consortium").filter(|id| !id.is_empty()).map(cynic::Id::new);
    let errors = if let Some(replaces) = visit.posted("replaces") {
        let input = ReplaceBidInput { bid_id: cynic::Id::new(replaces), tender_id, consortium_id, manifest, envelope, idempotency_key };
        visit.ask_with_files(Replace::build(Replacement { input }), vec![upload]).await?.replace_bid.user_errors
    } else {
        let input = SubmitBidInput { tender_id, consortium_id, manifest, envelope, idempotency_key };
        visit.ask_with_files(Submit::build(Submission { input }), vec![upload]).await?.submit_bid.user_errors
    };
    if errors.is_empty() {
        return Answer::done(back(visit, id), "bid-submitted");
    }
    // The fields of the form are those two; whatever else is refused concerns the whole.
    let errors = errors.into_iter().map(FormError::from);
    Answer::again(errors.map(|error| match error.field.as_str() {
        "ciphertext" | "envelope" => FormError::at("envelope", error.message),
        "manifest" => error,
        _ => FormError::at("", error.message),
    }))
}

/// The key of a bid out of the saved file or the field: the line that is one, whatever stands around it.
fn bid_key(visit: &Visit) -> Option<String> {
    let file = visit.file("bidKeyFile").map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    let text = file.or_else(|| visit.posted("bidKey").map(str::to_owned))?;
    text.split_whitespace().find(|word| word.starts_with("AGE-SECRET-KEY-1")).map(str::to_owned)
}
