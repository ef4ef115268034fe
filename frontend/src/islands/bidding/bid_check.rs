//! The check of everything that is written in the bid's workspace, and the button that seals and hands in.

use crate::islands::amount::amount_in_words;
use super::bid_offer::{Asked, Doubt, Fields, Lack, MET, answer_name, file_name, green_name, met_name, note_name};
use domain::tendering::enterprise_share::percent;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the check and the button say. `{what}` stands where a requirement, a paper or a reason goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SealWords {
    /// The heading.
    pub heading: String,
    /// What the check is for.
    pub lead: String,
    /// The label of the price.
    pub price: String,
    /// The label of the technical offer.
    pub technical: String,
    /// The label of the brand.
    pub brand: String,
    /// The label of the share of domestic products.
    pub domestic: String,
    /// The label of the certificates of preferred products.
    pub green: String,
    /// A requirement is met.
    pub met: String,
    /// A requirement is not met.
    pub not_met: String,
    /// Nothing is said.
    pub nothing: String,
    /// The heading over what is missing.
    pub lacks: String,
    /// A requirement has no answer.
    pub lack_requirement: String,
    /// A paper is not shown.
    pub lack_paper: String,
    /// A paper's file is of a kind that is not taken, with `{what}`.
    pub lack_paper_kind: String,
    /// A line of what is left to others is not whole, with its number as `{what}`.
    pub lack_subcontract: String,
    /// The label of a line of what is left to others, with its number as `{what}`.
    pub subcontract: String,
    /// The offer is not described.
    pub lack_offer: String,
    /// There is no price.
    pub lack_price: String,
    /// The share of domestic products can't be read.
    pub lack_domestic: String,
    /// The heading over what is doubtful.
    pub doubts: String,
    /// An essential requirement is not met.
    pub doubt_essential: String,
    /// The price is above the budget.
    pub doubt_budget: String,
    /// What the button does, before it is pressed.
    pub seal_what: String,
    /// The verb.
    pub seal: String,
    /// While the terms are fetched.
    pub asking: String,
    /// While the bid is sealed.
    pub sealing: String,
    /// While it is sent.
    pub sending: String,
    /// The marketplace does not answer, before anything was sent.
    pub unreachable: String,
    /// It could not be sent.
    pub not_sent: String,
    /// The session has ended.
    pub sign_in: String,
    /// The documents have changed.
    pub documents_changed: String,
    /// It could not be sealed.
    pub not_sealed: String,
    /// It is too large.
    pub too_large: String,
    /// The heading over what the marketplace refuses.
    pub refused: String,
}

/// The check of everything that is written, and the button that seals and hands in.
#[island]
pub fn BidSeal(
    /// Bidder and tender, under which envelope and key are kept.
    scope: String,
    /// The address of the page.
    address: String,
    /// The address of the terms.
    terms: String,
    /// The bid whose place the new one takes; empty when there is none.
    replaces: String,
    /// The consortium for which it is handed in; empty when there is none.
    consortium: String,
    /// What the tender asks.
    asked: Asked,
    /// The words.
    words: SealWords,
) -> impl IntoView {
    let fields = RwSignal::new(Fields::new());
    let said = RwSignal::new(String::new());
    let refused = RwSignal::new(Vec::<String>::new());
    let is_busy = RwSignal::new(false);
    let is_tried = RwSignal::new(false);
    let (asked, words) = (StoredValue::new(asked), StoredValue::new(words));
    #[cfg(feature = "hydrate")]
    super::bid_fields::on_change(move |_| fields.set(super::bid_fields::read()));
    let seal = move |_| {
        is_tried.set(true);
        refused.set(Vec::new());
        let is_whole = asked.with_value(|asked| asked.lacks(&fields.get_untracked()).is_empty());
        if is_busy.get_untracked() || !is_whole {
            return;
        }
        #[cfg(feature = "hydrate")]
        {
            is_busy.set(true);
            let way = (scope.clone(), address.clone(), terms.clone(), [replaces.clone(), consortium.clone()]);
            leptos::task::spawn_local(async move {
                submit(way, asked, words, said, refused).await;
                is_busy.set(false);
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&scope, &address, &terms, &replaces, &consortium);
    };
    let say = move |pick: fn(&SealWords) -> String| words.with_value(pick);
    view! {
        <section id="bid-check" class="bid-check" aria-labelledby="bid-check-title">
            <h2 id="bid-check-title">{say(|words| words.heading.clone())}</h2>
            <p class="help">{say(|words| words.lead.clone())}</p>
            {move || summary(&asked.get_value(), &words.get_value(), &fields.get())}
            {move || doubts(&asked.get_value(), &words.get_value(), &fields.get())}
            {move || is_tried.get().then(|| lacks(&asked.get_value(), &words.get_value(), &fields.get()))}
            {move || refusals(&words.get_value(), &refused.get())}
            <p class="help">{say(|words| words.seal_what.clone())}</p>
            <button type="button" id="bid-seal" class="button primary" aria-disabled=move || is_busy.get().to_string() on:click=seal>{say(|words| words.seal.clone())}</button>
            <p id="bid-progress" role="status">{move || said.get()}</p>
        </section>
    }
}

fn summary(asked: &Asked, words: &SealWords, fields: &Fields) -> impl IntoView + use<> {
    let text = |name: &str| fields.get(name).filter(|text| !text.trim().is_empty()).cloned();
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| words.nothing.clone());
    let price = asked.price(fields);
    let capitals = price.and_then(amount_in_words).map(|capitals| view! { <span class="amount-words" lang="zh-CN">{capitals}</span> });
    let mut rows = vec![view! {
        <div><dt>{words.price.clone()}</dt><dd><span class="value"><span class="amount">{or_nothing(price.map(|price| price.to_string()))}</span>" "{capitals}</span></dd></div>
    }
    .into_any()];
    let mut row = |label: String, value: String| {
        rows.push(view! { <div><dt>{label}</dt><dd><span class="value">{value}</span></dd></div> }.into_any());
    };
    for (place, one) in asked.requirements.iter().enumerate() {
        let met = text(&met_name(place)).map(|met| if met == MET { words.met.clone() } else { words.not_met.clone() });
        let said = [met, text(&answer_name(place))].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        row(one.text.clone(), or_nothing((!said.is_empty()).then_some(said)));
    }
    for (place, paper) in asked.papers.iter().enumerate() {
        let said = [text(&note_name(place)), text(&file_name(place))].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        row(paper.name.clone(), or_nothing((!said.is_empty()).then_some(said)));
    }
    row(words.technical.clone(), or_nothing(text("technical")));
    row(words.brand.clone(), or_nothing(text("brand")));
    if asked.asks_domestic_cost {
        row(words.domestic.clone(), or_nothing(asked.domestic_cost_percent(fields).map(|percent| format!("{percent}%"))));
    }
    if !asked.green.is_empty() {
        let held = asked.green.iter().filter(|(place, _)| text(&green_name(*place)).is_some()).map(|(_, name)| name.as_str());
        let held = held.collect::<Vec<_>>().join(", ");
        row(words.green.clone(), or_nothing((!held.is_empty()).then_some(held)));
    }
    for (place, one) in asked.subcontracts(fields) {
        let share = percent(u32::try_from(one.share_basis_points).unwrap_or_default());
        row(words.subcontract.replace("{what}", &(place + 1).to_string()), [one.name, one.credit_code, share, one.part].join(" · "));
    }
    view! { <dl class="summary">{rows}</dl> }
}

fn doubts(asked: &Asked, words: &SealWords, fields: &Fields) -> Option<impl IntoView + use<>> {
    let found = asked.doubts(fields);
    (!found.is_empty()).then(|| {
        let lines = found.into_iter().map(|doubt| match doubt {
            Doubt::EssentialNotMet(place) => words.doubt_essential.replace("{what}", &asked.requirements[place].text),
            Doubt::AboveBudget => words.doubt_budget.clone(),
        });
        let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <div id="bid-doubts" class="bid-warning"><p><strong>{words.doubts.clone()}</strong></p><ul>{lines}</ul></div> }
    })
}

fn lacks(asked: &Asked, words: &SealWords, fields: &Fields) -> Option<impl IntoView + use<>> {
    let found = asked.lacks(fields);
    (!found.is_empty()).then(|| {
        let line = |lack: Lack| match lack {
            Lack::Requirement(place) => words.lack_requirement.replace("{what}", &asked.requirements[place].text),
            Lack::Paper(place) => words.lack_paper.replace("{what}", &asked.papers[place].name),
            Lack::PaperKind(place) => words.lack_paper_kind.replace("{what}", &asked.papers[place].name),
            Lack::Subcontract(place) => words.lack_subcontract.replace("{what}", &(place + 1).to_string()),
            Lack::Offer => words.lack_offer.clone(),
            Lack::Price => words.lack_price.clone(),
            Lack::DomesticCost => words.lack_domestic.clone(),
        };
        let lines = found.into_iter().map(|lack| view! { <li><a href=format!("#{}", control_id(&lack.control()))>{line(lack)}</a></li> });
        let lines = lines.collect_view();
        view! { <section id="bid-lacks" class="error-summary" role="alert"><h3>{words.lacks.clone()}</h3><ul>{lines}</ul></section> }
    })
}

fn refusals(words: &SealWords, reasons: &[String]) -> Option<impl IntoView + use<>> {
    (!reasons.is_empty()).then(|| {
        let lines = reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
        view! { <section id="bid-refused" class="error-summary" role="alert"><h3>{words.refused.clone()}</h3><ul>{lines}</ul></section> }
    })
}

/// The id of a control, as the parts of pages make it from its name.
pub fn control_id(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    format!("field-{plain}")
}

#[cfg(feature = "hydrate")]
async fn submit(
    (scope, address, terms, [replaces, consortium]): (String, String, String, [String; 2]),
    asked: StoredValue<Asked>,
    words: StoredValue<SealWords>,
    said: RwSignal<String>,
    refused: RwSignal<Vec<String>>,
) {
    use super::bid_seal::{Refusal, Way, seal_and_submit};
    let tell = |pick: fn(&SealWords) -> String| said.set(words.with_value(pick));
    let Some(files) = super::bid_fields::attached(asked.with_value(|asked| asked.papers.len())).await else {
        refused.set(vec![words.with_value(|words| words.too_large.clone())]);
        return;
    };
    let content = asked.with_value(|asked| asked.content(&super::bid_fields::read(), files));
    let Some(content) = content.and_then(|content| serde_json::to_vec(&content).ok()) else { return };
    tell(|words| words.asking.clone());
    let way = Way {
        scope: &scope,
        address: &address,
        terms: &terms,
        document_version: asked.with_value(|asked| asked.document_version),
        replaces: Some(replaces.as_str()).filter(|replaces| !replaces.is_empty()),
        consortium: Some(consortium.as_str()).filter(|consortium| !consortium.is_empty()),
    };
    let done = seal_and_submit(&way, &content, || tell(|words| words.sealing.clone()), || tell(|words| words.sending.clone())).await;
    let reasons = match done {
        Ok(receipt) => {
            // The confirmation is a page of its own.
            drop(window().location().assign(&receipt));
            return;
        }
        Err(Refusal::SignIn) => vec![words.with_value(|words| words.sign_in.clone())],
        Err(Refusal::NotSent) => vec![words.with_value(|words| words.not_sent.clone())],
        Err(Refusal::Unreachable) => vec![words.with_value(|words| words.unreachable.clone())],
        Err(Refusal::DocumentsChanged) => vec![words.with_value(|words| words.documents_changed.clone())],
        Err(Refusal::NotSealed) => vec![words.with_value(|words| words.not_sealed.clone())],
        Err(Refusal::TooLarge) => vec![words.with_value(|words| words.too_large.clone())],
        Err(Refusal::Refused(reasons)) => reasons,
    };
    said.set(String::new());
    refused.set(reasons);
}
