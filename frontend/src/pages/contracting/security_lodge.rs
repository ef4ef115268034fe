//! The bid security of a supplier for one tender: what the notice asks, lodging it, and how it stands.

use super::security::{BidSecurity, summary};
use super::value::OnDay;
use crate::islands::amount::yuan;
use crate::pages::oversight::file::keep;
use crate::prelude::*;
use chrono::{DateTime, NaiveDate, Utc};
use domain::identity::role::Role;
use domain::money::Money;
use domain::oversight::policy_pack::source;

/// The kinds of files that a letter can be.
const LETTER_KINDS: &str = ".pdf,.ofd,.png,.jpg,.jpeg";

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct LodgePage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[arguments(tenderId: $id)]
    viewer_bid_security: Option<BidSecurity>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    title: Words,
    bid_security: Option<Sum>,
    deadline_at: Option<DateTime<Utc>>,
    bid_validity: Option<BidValidity>,
}

#[derive(cynic::QueryFragment, Debug)]
struct BidValidity {
    days: i32,
    earliest_end_on: OnDay,
    source: String,
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    if !visit.has_role(Role::Seller) {
        return Err(PageError::Forbidden);
    }
    let asked = visit.ask(LodgePage::build(Which { id: id.into() })).await?;
    let tender = asked.tender.ok_or(PageError::NotFound)?;
    let about = visit.local(&tender.title).to_owned();
    let page = Page::titled(visit.say("security-title")).crumb(visit.say("section-tenders"), "/tenders").crumb(about.clone(), format!("/tenders/{id}"));
    page.show(move || {
        let own = asked.viewer_bid_security.as_ref().map(|own| view! { <h2>{say("security-own")}</h2> {summary(own)} });
        let stands = asked.viewer_bid_security.as_ref().is_some_and(|own| !own.state.gives_way());
        let rest = match (&tender.bid_security, tender.deadline_at, &tender.bid_validity) {
            (None, _, _) => view! { <Notice tone=Tone::Info title=say("security-not-asked")><p>{say("security-not-asked-why")}</p></Notice> }.into_any(),
            (Some(_), Some(at), _) if stands => view! { <p class="quiet">{say("security-until")} " " <Instant at/></p> }.into_any(),
            (Some(_), Some(at), _) if at < visit_now() => {
                view! { <Notice tone=Tone::Warning title=say("security-over")><p>{say("security-over-why")}</p></Notice> }.into_any()
            }
            (Some(sum), Some(at), Some(validity)) => lodging(sum.clone().into(), at, validity),
            (Some(_), _, _) => ().into_any(),
        };
        view! { <h1>{say("security-title")}</h1> <p class="lead">{about}</p> {own} {rest} }
    })
}

fn visit_now() -> DateTime<Utc> {
    visit().now()
}

/// The three ways to lodge it.
fn lodging(asked: Money, deadline_at: DateTime<Utc>, validity: &BidValidity) -> AnyView {
    let (earliest, days) = (validity.earliest_end_on.0, i64::from(validity.days));
    let source = source::in_language(visit().language(), &validity.source);
    let told = vec![
        SummaryFact::new(say("security-asked"), view! { <Amount money=asked in_words=true/> }),
        SummaryFact::new(say("security-until"), view! { <Instant at=deadline_at/> }),
        SummaryFact::new(say("security-earliest-end"), view! { <Day on=earliest/> }),
    ];
    let needed = say_with("security-needed", facts([("amount", asked.into())]));
    let until = say_with("security-valid-until-help", facts([("earliest", earliest.into()), ("days", days.into()), ("source", source.into())]));
    view! {
        <Notice tone=Tone::Info title=needed><p>{say("security-needed-why")}</p></Notice>
        <SummaryList facts=told/>
        <h2>{say("security-by-transfer")}</h2>
        <Form>
            <Field name="transfer.reference" label=say("security-reference") help=say("security-reference-help") autocomplete="off"/>
            <Field name="transfer.payerAccount" label=say("security-account") help=say("security-account-help") inputmode="numeric" autocomplete="off"/>
            <Field name="transfer.paidOn" label=say("security-paid-on") kind="date" width="short"/>
            <Button label=say("security-lodge-transfer") name="do" value="transfer" kind=Kind::Primary/>
        </Form>
        <h2>{say("security-by-guarantee")}</h2>
        <Form files=true>
            <Field name="guarantee.issuer" label=say("security-issuer")/>
            <Field name="guarantee.number" label=say("security-guarantee-number") autocomplete="off"/>
            <MoneyField name="guarantee.amount" label=say("security-guarantee-amount") value=asked.major()/>
            <Field name="guarantee.validUntilOn" label=say("security-valid-until") help=until kind="date" width="short"/>
            <FileField name="guarantee.letterId" label=say("security-letter") accept=LETTER_KINDS most_mb=20/>
            <Button label=say("security-lodge-guarantee") name="do" value="guarantee"/>
        </Form>
        <h2>{say("security-by-exemption")}</h2>
        <Form>
            <TextArea name="exemption.reason" label=say("security-exemption-reason") rows=3/>
            <Field name="exemption.source" label=say("security-exemption-source") help=say("security-exemption-source-help")/>
            <Button label=say("security-lodge-exemption") name="do" value="exemption"/>
        </Form>
    }
    .into_any()
}

#[derive(cynic::InputObject, Debug)]
struct LodgeBidSecurityInput {
    tender_id: cynic::Id,
    transfer: Option<TransferInput>,
    guarantee: Option<GuaranteeInput>,
    exemption: Option<ExemptionInput>,
}

#[derive(cynic::InputObject, Debug)]
struct TransferInput {
    reference: String,
    payer_account: String,
    paid_on: OnDay,
}

#[derive(cynic::InputObject, Debug)]
struct GuaranteeInput {
    issuer: String,
    number: String,
    amount: MoneyInput,
    valid_until_on: OnDay,
    letter_id: cynic::Id,
}

#[derive(cynic::InputObject, Debug)]
struct MoneyInput {
    amount_minor: i64,
    currency: String,
}

#[derive(cynic::InputObject, Debug)]
struct ExemptionInput {
    reason: String,
    source: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct LodgeWhich {
    input: LodgeBidSecurityInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "LodgeWhich")]
struct Lodge {
    #[arguments(input: $input)]
    lodge_bid_security: BidSecurityPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct BidSecurityPayload {
    user_errors: Vec<UserError>,
}

/// Lodges what was typed.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let day = |name: &str| text(name).parse::<NaiveDate>().map(OnDay).map_err(|_| FormError::at(name, visit.say("security-day-missing")));
    let mut input = LodgeBidSecurityInput { tender_id: id.into(), transfer: None, guarantee: None, exemption: None };
    match visit.posted("do").unwrap_or_default() {
        "transfer" => match day("transfer.paidOn") {
            Ok(paid_on) => {
                let (reference, payer_account) = (text("transfer.reference"), text("transfer.payerAccount"));
                input.transfer = Some(TransferInput { reference, payer_account, paid_on });
            }
            Err(error) => return Answer::again([error]),
        },
        "guarantee" => match guarantee(visit).await? {
            Ok(guarantee) => input.guarantee = Some(guarantee),
            Err(errors) => return Answer::again(errors),
        },
        "exemption" => input.exemption = Some(ExemptionInput { reason: text("exemption.reason"), source: text("exemption.source") }),
        _ => return Err(PageError::NotFound),
    }
    let errors = visit.ask(Lodge::build(LodgeWhich { input })).await?.lodge_bid_security.user_errors;
    if errors.is_empty() { Answer::done(format!("/tenders/{id}/security"), "security-lodged") } else { Answer::again(errors) }
}

/// The letter of guarantee as it was typed; the file is kept once everything else can be read.
async fn guarantee(visit: &Visit) -> Result<Result<GuaranteeInput, Vec<FormError>>, PageError> {
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let mut errors = Vec::new();
    let amount = yuan(&text("guarantee.amount"));
    if amount.is_none() {
        errors.push(FormError::at("guarantee.amount", visit.say("tender-amount-wrong")));
    }
    let valid_until = text("guarantee.validUntilOn").parse::<NaiveDate>().ok();
    if valid_until.is_none() {
        errors.push(FormError::at("guarantee.validUntilOn", visit.say("security-day-missing")));
    }
    let (Some(amount), Some(valid_until)) = (amount, valid_until) else { return Ok(Err(errors)) };
    let (mut letters, refused) = keep(visit, "guarantee.letterId").await?;
    let Some(letter) = letters.pop().filter(|_| refused.is_empty()) else {
        let missing = || vec![FormError::at("guarantee.letterId", visit.say("security-letter-missing"))];
        return Ok(Err(if refused.is_empty() { missing() } else { refused }));
    };
    Ok(Ok(GuaranteeInput {
        issuer: text("guarantee.issuer"),
        number: text("guarantee.number"),
        amount: MoneyInput { amount_minor: amount.amount_minor, currency: amount.currency.code().to_owned() },
        valid_until_on: OnDay(valid_until),
        letter_id: letter.id,
    }))
}
