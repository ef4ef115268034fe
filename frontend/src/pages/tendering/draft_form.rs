//! The forms of the editor's steps, and how what they post is read.

use super::draft::{Category, HolderKey};
use super::draft_content::{
    CriterionInput, CriterionKind, LocalTextInput, MoneyInput, Nature, RequirementKind, TenderContentInput, TenderItemInput,
};
use super::draft_lots;
use super::draft_reading::places;
use super::editor::category_picks;
use crate::prelude::*;
use crate::schema::StoredFile;
use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use domain::text::ZONE;

/// The largest file that the marketplace takes, as its configuration ships.
pub(super) const FILE_MOST_MB: i64 = 20;
/// Empty rows behind the filled ones.
const BLANK_ROWS: usize = 3;
/// Empty steps of a scale behind the filled ones.
const BLANK_ANCHORS: usize = 2;

/// How many rows to draw: the stored ones or the posted ones, and some more.
pub(super) fn rows(list: &str, stored: usize) -> usize {
    let visit = visit();
    if visit.is_again() { places(visit.form(), list).last().map_or(0, |last| last + 1) } else { stored + BLANK_ROWS }
}

/// A line in both languages.
pub(super) fn both(name: &str, label: &str, text: &LocalTextInput) -> AnyView {
    let (zh, en) = (text.zh.clone(), text.en.clone());
    let labels = (say(&format!("{label}-zh")), say(&format!("{label}-en")));
    view! {
        <Field name=format!("{name}.zh") label=labels.0 value=zh lang="zh-CN"/>
        <Field name=format!("{name}.en") label=labels.1 value=en lang="en" optional=true/>
    }
    .into_any()
}

/// A text in both languages.
pub(super) fn both_long(name: &str, label: &str, text: &LocalTextInput) -> AnyView {
    let (zh, en) = (text.zh.clone(), text.en.clone());
    let labels = (say(&format!("{label}-zh")), say(&format!("{label}-en")));
    view! {
        <TextArea name=format!("{name}.zh") label=labels.0 value=zh lang="zh-CN" rows=3/>
        <TextArea name=format!("{name}.en") label=labels.1 value=en lang="en" rows=2 optional=true/>
    }
    .into_any()
}

pub(super) fn row(list: &str, place: usize, fields: Vec<AnyView>) -> AnyView {
    let key = if list == "lots" { "lot-number" } else { "tender-row" };
    let legend = say_with(key, facts([("number", (place + 1).into())]));
    let id = field_id(&format!("{list}.{place}"));
    view! { <fieldset class="draft-row" id=id tabindex="-1"><legend>{legend}</legend>{fields}</fieldset> }.into_any()
}

pub(super) fn amount(money: &MoneyInput) -> String {
    let money = Money::new(money.amount_minor, Currency::from_code(&money.currency).unwrap_or(Currency::CNY));
    if money.amount_minor == 0 { String::new() } else { money.major() }
}

/// What is bought, and for how much.
pub(super) fn subject(content: &TenderContentInput, categories: &[Category]) -> AnyView {
    let natures = Nature::ALL.iter().map(|(_, value)| Pick::new(*value, say(&format!("tender-nature-{value}")))).collect();
    let (category, nature, budget) = (content.category.clone(), content.nature.value().to_owned(), amount(&content.budget));
    let picks = category_picks(categories);
    let days = content.delivery_days.to_string();
    view! {
        {both("title", "tender-draft-title", &content.title)}
        {both_long("description", "tender-draft-description", &content.description)}
        <Choices name="nature" label=say("tender-nature") picks=natures values=vec![nature]/>
        <Select name="category" label=say("tender-category") picks value=category/>
        <MoneyField name="budget" label=say("tender-budget") value=budget rule=say("tender-budget-rule")/>
        <Field name="deliveryDays" label=say("tender-delivery-days") kind="number" inputmode="numeric" width="narrow" value=days/>
    }
    .into_any()
}

/// The things that are bought: where the tender is divided, of one lot at a time.
pub(super) fn items(content: &TenderContentInput) -> AnyView {
    let lot = draft_lots::chosen(&visit(), content);
    let own: Vec<&TenderItemInput> = content.items.iter().filter(|item| content.lots.is_empty() || item.lot == lot).collect();
    let fields = (0..rows("items", own.len())).map(|place| {
        let one = own.get(place);
        let blank = LocalTextInput::default();
        let name = format!("items.{place}");
        let quantity = one.map(|one| one.quantity.to_string()).unwrap_or_default();
        let unit = one.map(|one| one.unit.clone()).unwrap_or_default();
        let fields = vec![
            both(&format!("{name}.name"), "tender-item-name", one.map_or(&blank, |one| &one.name)),
            view! { <Field name=format!("{name}.quantity") label=say("tender-item-quantity") kind="number" inputmode="numeric" width="narrow" value=quantity/> }.into_any(),
            view! { <Field name=format!("{name}.unit") label=say("tender-item-unit") width="narrow" value=unit/> }.into_any(),
            both_long(&format!("{name}.specification"), "tender-item-specification", one.map_or(&blank, |one| &one.specification)),
            super::tender_policies::green_field(format!("{name}.green"), one.and_then(|one| one.green)),
        ];
        row("items", place, fields)
    });
    let fields = fields.collect_view();
    view! { {draft_lots::tabs(content)} {fields} }.into_any()
}

/// What it must be.
pub(super) fn requirements(content: &TenderContentInput) -> AnyView {
    let fields = (0..rows("requirements", content.requirements.len())).map(|place| {
        let one = content.requirements.get(place);
        let blank = LocalTextInput::default();
        let kind = one.map_or(RequirementKind::Plain, |one| one.kind).value().to_owned();
        let picks = RequirementKind::ALL.iter().map(|(_, value)| Pick::new(*value, say(&format!("requirement-kind-{value}")))).collect();
        let fields = vec![
            both_long(&format!("requirements.{place}.text"), "requirement-text", one.map_or(&blank, |one| &one.text)),
            view! { <Select name=format!("requirements.{place}.kind") label=say("requirement-kind") picks value=kind/> }.into_any(),
        ];
        row("requirements", place, fields)
    });
    fields.collect_view().into_any()
}

/// What bidders show to qualify.
pub(super) fn papers(content: &TenderContentInput) -> AnyView {
    let fields = (0..rows("papers", content.papers.len())).map(|place| {
        let one = content.papers.get(place);
        let blank = LocalTextInput::default();
        let key = one.map(|one| one.key.clone()).unwrap_or_default();
        let source = one.map(|one| one.source.clone()).unwrap_or_default();
        let is_obligatory = one.is_some_and(|one| one.is_obligatory);
        let fields = vec![
            view! { <input type="hidden" name=format!("papers.{place}.key") value=key/> }.into_any(),
            both(&format!("papers.{place}.name"), "paper-name", one.map_or(&blank, |one| &one.name)),
            view! { <Field name=format!("papers.{place}.source") label=say("paper-source") value=source optional=true/> }.into_any(),
            view! { <Tick name=format!("papers.{place}.isObligatory") label=say("paper-is-obligatory") ticked=is_obligatory/> }.into_any(),
        ];
        row("papers", place, fields)
    });
    view! { {fields.collect_view()} {joint_bidding(content)} }.into_any()
}

/// Whether suppliers bid together, and what they may leave to others.
fn joint_bidding(content: &TenderContentInput) -> impl IntoView + use<> {
    let most = content.consortium_members_most.map(|most| most.to_string()).unwrap_or_default();
    let parts = content.subcontracting.clone().unwrap_or_default();
    view! {
        <fieldset class="draft-row">
            <legend>{say("joint-bidding")}</legend>
            <Tick name="takesConsortia" label=say("joint-takes-consortia") ticked=content.takes_consortia/>
            <Field name="consortiumMembersMost" label=say("joint-members-most") help=say("joint-members-most-help") kind="number" inputmode="numeric" width="narrow" value=most optional=true/>
            <p class="help">{say("joint-subcontracting-help")}</p>
            <TextArea name="subcontracting.zh" label=say("joint-subcontracting-zh") value=parts.zh lang="zh-CN" rows=2 optional=true/>
            <TextArea name="subcontracting.en" label=say("joint-subcontracting-en") value=parts.en lang="en" rows=2 optional=true/>
        </fieldset>
    }
}

/// By what bids are judged.
pub(super) fn criteria(content: &TenderContentInput) -> AnyView {
    let methods = [("comprehensive", "tender-method-comprehensive"), ("lowest-price", "tender-method-lowest-price")];
    let methods = methods.map(|(value, key)| Pick::new(value, say(key)).help(say(&format!("{key}-why")))).into();
    let deduction = content.small_enterprise_deduction_percent.to_string();
    let joint = content.joint_deduction_percent.map(|percent| percent.to_string()).unwrap_or_default();
    let weights = std::iter::once(say("criterion-weights-rule")).chain(rules_of("criteria")).collect::<Vec<_>>().join(" ");
    let fields = (0..rows("criteria", content.criteria.len())).map(|place| criterion(place, content.criteria.get(place))).collect_view();
    view! {
        <Choices name="method" label=say("tender-method") picks=methods values=vec![content.method.value().to_owned()]/>
        <Field name="smallEnterpriseDeductionPercent" label=say("tender-deduction-percent") kind="number" inputmode="numeric" width="narrow" value=deduction/>
        <Field name="jointDeductionPercent" label=say("joint-deduction-percent") help=say("joint-deduction-help") kind="number" inputmode="numeric" width="narrow" value=joint optional=true/>
        <p class="rule" id=field_id("criteria") tabindex="-1">{weights}</p>
        {fields}
    }
    .into_any()
}

fn criterion(place: usize, one: Option<&CriterionInput>) -> AnyView {
    let blank = LocalTextInput::default();
    let name = format!("criteria.{place}");
    let key = one.map(|one| one.key.clone()).unwrap_or_default();
    let kind = one.map_or(CriterionKind::Technical, |one| one.kind).value().to_owned();
    let picks = CriterionKind::ALL.iter().map(|(_, value)| Pick::new(*value, say(&format!("criterion-kind-{value}")))).collect();
    let weight = one.map(|one| one.weight_points.to_string()).unwrap_or_default();
    let stored = one.map_or(&[][..], |one| &one.anchors);
    let list = format!("{name}.anchors");
    let count = if visit().is_again() { rows(&list, 0) } else { stored.len() + BLANK_ANCHORS };
    let is_open = !stored.is_empty();
    let anchors = (0..count).map(|step| {
        let points = stored.get(step).map(|anchor| anchor.points.to_string()).unwrap_or_default();
        let text = stored.get(step).map(|anchor| anchor.text.clone()).unwrap_or_default();
        view! {
            <Field name=format!("{list}.{step}.points") label=say("criterion-anchor-points") width="narrow" inputmode="numeric" value=points optional=true/>
            {both(&format!("{list}.{step}.text"), "criterion-anchor", &text)}
        }
        .into_any()
    });
    let anchors = anchors.collect_view();
    let fields = vec![
        view! { <input type="hidden" name=format!("{name}.key") value=key/> }.into_any(),
        both(&format!("{name}.name"), "criterion-name", one.map_or(&blank, |one| &one.name)),
        view! { <Select name=format!("{name}.kind") label=say("criterion-kind") picks value=kind/> }.into_any(),
        view! { <Field name=format!("{name}.weightPoints") label=say("criterion-points") kind="number" inputmode="numeric" width="narrow" value=weight/> }.into_any(),
        both_long(&format!("{name}.basis"), "criterion-basis", one.map_or(&blank, |one| &one.basis)),
        view! { <details open=is_open><summary>{say("criterion-anchors")}</summary>{anchors}</details> }.into_any(),
    ];
    row("criteria", place, fields)
}

/// The kinds of files that a notice carries.
pub(super) const DOCUMENT_KINDS: &str = ".pdf,.docx,.doc,.xlsx,.xls,.ofd,.zip,.png,.jpg,.txt,.csv";

/// The files that the notice will carry.
pub(super) fn documents(documents: Vec<StoredFile>) -> AnyView {
    let stored = if documents.is_empty() {
        view! { <p>{say("tender-documents-none")}</p> }.into_any()
    } else {
        view! { <FileList files=documents removing="removed"/> }.into_any()
    };
    view! {
        {stored}
        <FileField name="documents" label=say("tender-documents-add") help=say("tender-documents-help") accept=DOCUMENT_KINDS most_mb=FILE_MOST_MB many=true optional=true/>
    }
    .into_any()
}

/// An instant, with the rule that governs it.
pub(super) fn moment(name: &'static str, at: Option<DateTime<Utc>>, (label, rule): (String, String), optional: bool) -> AnyView {
    let value = at.map(|at| at.with_timezone(&ZONE).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default();
    view! { <Field name label kind="datetime-local" width="short" value rule optional/> }.into_any()
}

/// Until when bids are taken, with the rule that governs it.
pub(super) fn deadline(content: &TenderContentInput, rule: String) -> AnyView {
    let value = content.deadline_at.map(|at| at.with_timezone(&ZONE).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default();
    view! { <Field name="deadlineAt" label=say("tender-deadline") kind="datetime-local" width="short" value help=say("tender-deadline-help") rule/> }.into_any()
}

/// Until when suppliers may ask.
pub(super) fn questions_until(content: &TenderContentInput) -> AnyView {
    let value = content.questions_until.map(|at| at.with_timezone(&ZONE).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default();
    let (label, help) = (say("tender-questions-until"), say("tender-questions-until-help"));
    view! { <Field name="questionsUntil" label kind="datetime-local" width="short" value help optional=true/> }.into_any()
}

/// Until when, opened by whom, judged by how many.
pub(super) fn terms(content: &TenderContentInput, holders: &[HolderKey]) -> AnyView {
    let visit = visit();
    let picks = holders.iter().map(|one| Pick::new(one.id.inner(), visit.local(&one.holder.name))).collect::<Vec<_>>();
    let chosen = content.holder_key_ids.iter().map(|id| id.inner().to_owned()).collect::<Vec<_>>();
    let holding = if picks.is_empty() {
        view! { <Notice tone=Tone::Warning title=say("tender-holders-none")><p>{say("tender-holders-none-next")}</p></Notice> }.into_any()
    } else {
        view! { <Choices name="holders" label=say("tender-holders") help=say("tender-holders-help") picks values=chosen many=true/> }.into_any()
    };
    let security = content.bid_security.as_ref().map(amount).unwrap_or_default();
    view! {
        {deadline(content, String::new())}
        {questions_until(content)}
        {holding}
        <Field name="threshold" label=say("tender-threshold") kind="number" inputmode="numeric" width="narrow" value=content.threshold.to_string()/>
        <Field name="panelSize" label=say("tender-panel-size") kind="number" inputmode="numeric" width="narrow" value=content.panel_size.to_string()/>
        <MoneyField name="bidSecurity" label=say("tender-bid-security") value=security optional=true/>
    }
    .into_any()
}
