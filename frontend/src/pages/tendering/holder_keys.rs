//! One's own keys that open bids: made here or on the command line, registered by their public half.

use crate::islands::bidding::holder_key::{HolderKeyMaker, PASSPHRASE_FEWEST_CHARS, Words as MakerWords};
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct HolderKeysPage {
    viewer_holder_keys: Vec<HolderKey>,
}

#[derive(cynic::QueryFragment, Debug)]
struct HolderKey {
    recipient: String,
    registered_at: DateTime<Utc>,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let keys = visit.ask(HolderKeysPage::build(())).await?.viewer_holder_keys;
    Page::titled(visit.say("section-holder-keys")).wide().show(move || {
        let rows = keys.iter().enumerate().map(|(place, key)| {
            let (state, word) = if place == 0 { (State::Good, "holder-key-newest") } else { (State::Draft, "holder-key-older") };
            let recipient = key.recipient.clone();
            view! { <tr><th scope="row"><code class="key">{recipient}</code></th><td><Instant at=key.registered_at/></td><td><Tag state label=say(word)/></td></tr> }
        });
        let rows = rows.collect_view();
        let columns = vec![Column::new(say("holder-key-recipient")), Column::new(say("holder-key-registered")), Column::new(say("tender-state"))];
        let list = if keys.is_empty() {
            view! { <Empty why=say("holder-keys-none")><p>{say("holder-keys-none-next")}</p></Empty> }.into_any()
        } else {
            view! { <Table caption=say("holder-keys-own") columns>{rows}</Table> }.into_any()
        };
        let fewest = i64::try_from(PASSPHRASE_FEWEST_CHARS).unwrap_or_default();
        let words = MakerWords {
            passphrase: say("holder-key-passphrase"),
            help: say_with("holder-key-passphrase-help", facts([("fewest", fewest.into())])),
            make: say("holder-key-make"),
            making: say("holder-key-making"),
            too_short: say_with("holder-key-too-short", facts([("fewest", fewest.into())])),
            failed: say("holder-key-failed"),
            made: say("holder-key-made"),
            save: say("holder-key-save"),
        };
        view! {
            <h1>{say("section-holder-keys")}</h1>
            <p class="lead">{say("holder-keys-lead")}</p>
            {list}
            <h2>{say("holder-key-new")}</h2>
            <HolderKeyMaker field=field_id("recipient") words/>
            <noscript><p>{say("holder-key-no-script")}</p></noscript>
            <Form>
                <Field name="recipient" label=say("holder-key-recipient") help=say("holder-key-recipient-help") autocomplete="off"/>
                <Button label=say("holder-key-register") kind=Kind::Primary/>
            </Form>
        }
    })
}

#[derive(cynic::InputObject, Debug)]
struct RegisterHolderKeyInput {
    recipient: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct RegisterWhich {
    input: RegisterHolderKeyInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RegisterWhich")]
struct Register {
    #[arguments(input: $input)]
    register_holder_key: RegisterHolderKeyPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct RegisterHolderKeyPayload {
    user_errors: Vec<UserError>,
}

/// Registers the public half.
pub(super) async fn act(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let input = RegisterHolderKeyInput { recipient: visit.posted("recipient").unwrap_or_default().to_owned() };
    let errors = visit.ask(Register::build(RegisterWhich { input })).await?.register_holder_key.user_errors;
    if errors.is_empty() { Answer::done("/holder-keys", "holder-key-registered") } else { Answer::again(errors) }
}
