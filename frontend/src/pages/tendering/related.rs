//! Related bidders in the judgement of bidders: the facts, the article, and what the officer finds of each pair.

use crate::prelude::*;
use domain::oversight::policy_pack::source;

/// What can be found of a pair, as it is posted.
const INVALID: &str = "invalid";
const VALID: &str = "valid";

/// Two bids for one lot whose bidders are related.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct RelatedBids {
    first_bid_id: cynic::Id,
    second_bid_id: cynic::Id,
    words: Words,
    source: String,
    is_invalid: Option<bool>,
    reason: String,
}

#[derive(cynic::InputObject, Debug)]
pub(super) struct RelationFindingInput {
    first_bid_id: cynic::Id,
    second_bid_id: cynic::Id,
    is_invalid: bool,
    reason: String,
}

impl RelatedBids {
    fn said(&self) -> String {
        format!("{} {}", visit().local(&self.words), source::in_language(visit().language(), &self.source))
    }
}

fn name(place: usize, field: &str) -> String {
    format!("relations.{place}.{field}")
}

/// What is asked of each pair before anything is confirmed.
pub(super) fn fields(related: &[RelatedBids]) -> Option<AnyView> {
    (!related.is_empty()).then(|| {
        let rows = related.iter().enumerate().map(|(place, pair)| {
            let picks = [INVALID, VALID].map(|found| Pick::new(found, say(&format!("related-{found}"))));
            view! {
                <fieldset class="draft-row judged" id=field_id(&format!("relations.{place}")) tabindex="-1">
                    <legend>{say_with("related-number", facts([("number", (place + 1).into())]))}</legend>
                    <div class="judged-row">
                        <div><Choices name=name(place, "verdict") label=pair.said() picks=picks.into()/></div>
                        <TextArea name=name(place, "reason") label=say("related-reason") rows=2 optional=true/>
                    </div>
                </fieldset>
            }
        });
        let rows = rows.collect_view();
        view! {
            <section id=field_id("relations") tabindex="-1">
                <Notice tone=Tone::Warning title=say("related-title")><p>{say("related-why")}</p></Notice>
                {rows}
            </section>
        }
        .into_any()
    })
}

/// What was found, or what was posted of it and waits to be confirmed.
pub(super) fn found(related: &[RelatedBids], posted: bool) -> Option<AnyView> {
    (!related.is_empty()).then(|| {
        let rows = related.iter().enumerate().map(|(place, pair)| {
            let visit = visit();
            let verdict = visit.posted(&name(place, "verdict")).filter(|_| posted);
            let is_invalid = verdict.map_or(pair.is_invalid == Some(true), |verdict| verdict == INVALID);
            let reason = if posted { visit.posted(&name(place, "reason")).unwrap_or_default().to_owned() } else { pair.reason.clone() };
            let (state, key) = if is_invalid { (State::Refused, "related-invalid") } else { (State::Good, "related-valid") };
            view! { <li>{pair.said()}" "<Tag state label=say(key)/>" "{reason}</li> }
        });
        let rows = rows.collect_view();
        view! { <h2>{say("related-title")}</h2><ul>{rows}</ul> }.into_any()
    })
}

/// The pairs that were not judged, or found valid without a reason.
pub(super) fn errors(visit: &Visit, related: &[RelatedBids]) -> Vec<FormError> {
    let error = |place: usize| match visit.posted(&name(place, "verdict")) {
        Some(VALID) if visit.posted(&name(place, "reason")).unwrap_or_default().trim().is_empty() => {
            Some(FormError::at(name(place, "reason"), visit.say("related-reason-missing")))
        }
        Some(INVALID | VALID) => None,
        _ => Some(FormError::at(name(place, "verdict"), visit.say("related-choose"))),
    };
    (0..related.len()).filter_map(error).collect()
}

/// What was posted, for the contract.
pub(super) fn input(visit: &Visit, related: &[RelatedBids]) -> Vec<RelationFindingInput> {
    let finding = |(place, pair): (usize, &RelatedBids)| RelationFindingInput {
        first_bid_id: pair.first_bid_id.clone(),
        second_bid_id: pair.second_bid_id.clone(),
        is_invalid: visit.posted(&name(place, "verdict")) == Some(INVALID),
        reason: visit.posted(&name(place, "reason")).unwrap_or_default().to_owned(),
    };
    related.iter().enumerate().map(finding).collect()
}

/// Whether a bid is out by what was posted.
pub(super) fn is_out(visit: &Visit, related: &[RelatedBids], bid: &cynic::Id) -> bool {
    related.iter().enumerate().any(|(place, pair)| {
        [&pair.first_bid_id, &pair.second_bid_id].contains(&bid) && visit.posted(&name(place, "verdict")) == Some(INVALID)
    })
}

/// What was posted as hidden fields, to be posted once more.
pub(super) fn hidden(visit: &Visit, related: &[RelatedBids]) -> AnyView {
    let fields = (0..related.len()).flat_map(|place| {
        ["verdict", "reason"].map(|field| {
            let value = visit.posted(&name(place, field)).unwrap_or_default().to_owned();
            view! { <input type="hidden" name=name(place, field) value=value/> }
        })
    });
    fields.collect_view().into_any()
}
