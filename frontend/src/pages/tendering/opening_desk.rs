//! A holder's desk: the sealed shares that lie on it, and before the deadline the rehearsal.

use crate::islands::bidding::opening_key::{KeyRehearsal, KeyWords, RehearsalWords};
use crate::islands::bidding::opening_shares::{SealedShare, ShareOpener, SharesWords};
use crate::prelude::*;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct DeskPage {
    #[arguments(tenderId: $id)]
    opening_shares: Option<OpeningShares>,
}

#[derive(cynic::QueryFragment, Debug)]
struct OpeningShares {
    holder_id: String,
    bids: Vec<SealedShares>,
}

#[derive(cynic::QueryFragment, Debug)]
struct SealedShares {
    bid_id: cynic::Id,
    manifest: String,
}

/// The reader's own sealed shares; nothing when there is no bid to open. Asking for them ends the taking of bids.
pub(super) async fn ask(visit: &Visit, id: &str) -> Result<Option<Vec<SealedShare>>, PageError> {
    let Some(shares) = visit.ask(DeskPage::build(Which { id: id.into() })).await?.opening_shares else { return Ok(None) };
    let named = |(place, bid): (usize, SealedShares)| {
        let sealed = own_share(&bid.manifest, &shares.holder_id).unwrap_or_default();
        let name = visit.say_with("opening-bid-number", facts([("number", (place + 1).into())]));
        SealedShare { bid_id: bid.bid_id.inner().to_owned(), name, sealed }
    };
    let sealed: Vec<_> = shares.bids.into_iter().enumerate().map(named).collect();
    Ok((!sealed.is_empty()).then_some(sealed))
}

/// The share in a manifest that is sealed to this holder, JSON.
fn own_share(manifest: &str, holder: &str) -> Option<String> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).ok()?;
    let shares = manifest["statement"]["shares"].as_array()?;
    shares.iter().find(|share| share["holder"]["holder_id"] == holder).map(ToString::to_string)
}

#[derive(cynic::InputObject, Clone, Debug, PartialEq, Eq)]
struct OpenedShareInput {
    bid_id: cynic::Id,
    share: Option<String>,
}

#[derive(cynic::InputObject, Debug)]
struct SubmitOpeningSharesInput {
    tender_id: cynic::Id,
    shares: Vec<OpenedShareInput>,
    idempotency_key: Option<String>,
}

#[derive(cynic::QueryVariables, Debug)]
struct HandInWhich {
    input: SubmitOpeningSharesInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "HandInWhich")]
struct HandIn {
    #[arguments(input: $input)]
    submit_opening_shares: SubmitOpeningSharesPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SubmitOpeningSharesPayload {
    user_errors: Vec<UserError>,
}

/// The shares as the desk posts them: `shares.0.bidId`, and `shares.0.share` unless it did not open.
fn posted_shares(form: &[(String, String)]) -> Vec<OpenedShareInput> {
    let value = |name: String| form.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone());
    let share = |place: usize| {
        let bid_id = value(format!("shares.{place}.bidId"))?;
        Some(OpenedShareInput { bid_id: bid_id.into(), share: value(format!("shares.{place}.share")) })
    };
    (0..).map_while(share).collect()
}

/// Hands in what the desk has unsealed.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let input = SubmitOpeningSharesInput {
        tender_id: id.into(),
        shares: posted_shares(visit.form()),
        // Once for each holder and opening, however often it is sent: final offers are other bids than first responses.
        idempotency_key: Some(format!("opening:{id}:{}", visit.posted("shares.0.bidId").unwrap_or_default())),
    };
    let payload = visit.ask(HandIn::build(HandInWhich { input })).await?.submit_opening_shares;
    if payload.user_errors.is_empty() {
        return Answer::done(format!("/tenders/{id}/opening"), "shares-handed-in");
    }
    // The shares stand in no field of the page that is shown again.
    Answer::again(payload.user_errors.into_iter().map(|error| FormError::at("", error.message)))
}

fn key_words() -> KeyWords {
    KeyWords {
        file: say("opening-key-file"),
        file_help: say("opening-key-file-help"),
        passphrase: say("opening-passphrase"),
        passphrase_help: say("opening-passphrase-help"),
        no_file: say("opening-no-file"),
        no_passphrase: say("opening-no-passphrase"),
        working: say("opening-working"),
        wrong_file: say("opening-wrong-file"),
        wrong_passphrase: say("opening-wrong-passphrase"),
        other_key: say("opening-other-key"),
        no_module: say("opening-no-module"),
    }
}

/// The desk at the opening.
pub(super) fn desk(shares: Vec<SealedShare>) -> AnyView {
    let placeholders = facts([("opened", "{opened}".into()), ("total", "{total}".into())]);
    let words = SharesWords {
        key: key_words(),
        open: say("opening-open-shares"),
        opened: say_with("opening-shares-opened", placeholders),
        failed: say("opening-shares-failed"),
        unfit: say("opening-share-unfit"),
        wrong_share: say("opening-share-wrong"),
        unreadable: say("opening-share-unreadable"),
        confirm: say("opening-confirm-missing"),
        unconfirmed: say("opening-unconfirmed"),
        hand_in: say("opening-hand-in"),
        handing_in: say("opening-handing-in"),
        unanswered: say("opening-unanswered"),
        done: say("opening-handed-in"),
    };
    let count = facts([("bids", shares.len().into())]);
    view! {
        <section class="opening-holder" aria-labelledby="opening-desk">
            <h2 id="opening-desk">{say("opening-desk")}</h2>
            <p>{say_with("opening-desk-lead", count)}</p>
            <ShareOpener shares words/>
            <noscript><p>{say("opening-no-script")}</p></noscript>
        </section>
    }
    .into_any()
}

/// The rehearsal before the deadline.
pub(super) fn rehearsal(recipient: String) -> AnyView {
    let words = RehearsalWords { key: key_words(), try_it: say("opening-try-key"), works: say("opening-key-works") };
    view! {
        <section class="opening-holder" aria-labelledby="opening-rehearsal">
            <h2 id="opening-rehearsal">{say("opening-rehearsal")}</h2>
            <p>{say("opening-rehearsal-lead")}</p>
            <p class="key"><code>{recipient.clone()}</code></p>
            <KeyRehearsal recipient words/>
            <noscript><p>{say("opening-no-script")}</p></noscript>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{OpenedShareInput, own_share, posted_shares};

    #[test]
    fn shares_are_read_in_their_order_and_a_missing_one_has_its_place() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let form = [field("shares.0.bidId", "a"), field("shares.0.share", "s"), field("shares.1.bidId", "b"), field("shares.3.bidId", "d")];
        let share = |bid: &str, share: Option<&str>| OpenedShareInput { bid_id: bid.into(), share: share.map(str::to_owned) };
        assert_eq!(posted_shares(&form), [share("a", Some("s")), share("b", None)]);
    }

    #[test]
    fn a_holder_finds_its_own_share_and_no_other() {
        let manifest = r#"{"statement":{"shares":[{"holder":{"holder_id":"a"},"sealed":"1"},{"holder":{"holder_id":"b"},"sealed":"2"}]}}"#;
        assert!(own_share(manifest, "b").is_some_and(|share| share.contains("\"2\"")));
        assert_eq!(own_share(manifest, "c"), None);
        assert_eq!(own_share("no manifest", "a"), None);
    }
}
