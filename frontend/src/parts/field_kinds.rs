//! The other controls: long text, choices, money, files.

use domain::{language::Language, money::Currency};
use leptos::prelude::*;

use super::field::Around;
use crate::{
    islands::amount::AmountInWords,
    visit::{facts, say, say_with, visit},
};

/// A field of several lines.
#[component]
pub fn TextArea(
    /// As in [`Field`](super::Field).
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Help above the control.
    #[prop(into, optional)]
    help: Option<String>,
    /// The rule that governs this field, with its source.
    #[prop(into, optional)]
    rule: Option<String>,
    /// The stored value.
    #[prop(into, optional)]
    value: String,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// How many lines are shown.
    #[prop(default = 5)]
    rows: u16,
    /// The language of what is written here.
    #[prop(optional)]
    lang: Option<&'static str>,
) -> impl IntoView {
    let around = Around::new(name, label, help, rule, optional);
    let value = around.value(value);
    let control = view! {
        <textarea
            id=around.id()
            name=around.name.clone()
            rows=rows
            lang=lang
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
            aria-required=around.required()
        >{value}</textarea>
    };
    around.draw(control.into_any())
}

/// One thing to choose: the posted value, its label, and a line of help.
#[derive(Clone, Debug)]
pub struct Pick {
    value: String,
    label: String,
    help: Option<String>,
}

impl Pick {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), help: None }
    }

    /// The value that is posted.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// With a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A native list to choose one from: for more than about five.
#[component]
pub fn Select(
    /// As in [`Field`](super::Field).
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Help above the control.
    #[prop(into, optional)]
    help: Option<String>,
    /// The rule that governs this field, with its source.
    #[prop(into, optional)]
    rule: Option<String>,
    /// The stored choice.
    #[prop(into, optional)]
    value: String,
    /// Whether nothing need be chosen.
    #[prop(optional)]
    optional: bool,
    /// What there is to choose from.
    picks: Vec<Pick>,
) -> impl IntoView {
    let around = Around::new(name, label, help, rule, optional);
    let value = around.value(value);
    // A list that has a word of its own for nothing chosen needs no other.
    let says_nothing = picks.iter().any(|pick| pick.value.is_empty());
    let blank = ((optional || value.is_empty()) && !says_nothing).then(|| view! { <option value="">{say("field-choose")}</option> });
    let options = picks.into_iter().map(|pick| view! { <option value=pick.value.clone() selected=pick.value == value>{pick.label}</option> }).collect_view();
    let control = view! {
        <select
            id=around.id()
            name=around.name.clone()
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
        >{blank}{options}</select>
    };
    around.draw(control.into_any())
}

/// Radio buttons, or checkboxes when `many`: for up to about five.
#[component]
pub fn Choices(
    /// As in [`Field`](super::Field); checkboxes post it once for each ticked value.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// Help above the choices.
    #[prop(into, optional)]
    help: Option<String>,
    /// The rule that governs this field, with its source.
    #[prop(into, optional)]
    rule: Option<String>,
    /// The stored choice or choices.
    #[prop(optional)]
    values: Vec<String>,
    /// Whether nothing need be chosen.
    #[prop(optional)]
    optional: bool,
    /// Whether several may be chosen.
    #[prop(optional)]
    many: bool,
    /// What there is to choose from.
    picks: Vec<Pick>,
) -> impl IntoView {
    let visit = visit();
    let around = Around::new(name, label, help, rule, optional);
    let chosen: Vec<String> =
        if visit.is_again() { visit.posted_all(&around.name).into_iter().map(str::to_owned).collect() } else { values };
    let kind = if many { "checkbox" } else { "radio" };
    let controls = picks
        .into_iter()
        .map(|pick| {
            let checked = chosen.contains(&pick.value);
            let help = pick.help.map(|help| view! { <span class="help">{help}</span> });
            view! {
                <label class="choice">
                    <input type=kind name=around.name.clone() value=pick.value checked=checked/>
                    <span class="choice-words"><span>{pick.label}</span>{help}</span>
                </label>
            }
        })
        .collect_view();
    around.draw_group(controls.into_any())
}

/// One checkbox that posts `true`: for a declaration.
#[component]
pub fn Tick(
    /// As in [`Field`](super::Field).
    #[prop(into)]
    name: String,
    /// What is declared.
    #[prop(into)]
    label: String,
    /// The stored value.
    #[prop(optional)]
    ticked: bool,
) -> impl IntoView {
    let values = if ticked { vec!["true".to_owned()] } else { Vec::new() };
    let visit = visit();
    let checked = if visit.is_again() { visit.posted(&name).is_some() } else { !values.is_empty() };
    let around = Around::new(name, String::new(), None, None, false);
    let error = visit.errors().iter().find(|error| error.field == around.name).map(|error| error.message.clone());
    let note = format!("{}-error", around.id());
    let class = if error.is_some() { "field wrong" } else { "field" };
    view! {
        <div class=class>
            {error.map(|error| view! { <p class="field-error" id=note>{error}</p> })}
            <label class="choice">
                <input type="checkbox" id=around.id() name=around.name.clone() value="true" checked=checked aria-describedby=around.described_by() aria-invalid=around.invalid()/>
                <span class="choice-words">{label}</span>
            </label>
        </div>
    }
}

/// An amount in major units, its currency beside it. The page that posts it reads it with `domain`.
#[component]
pub fn MoneyField(
    /// As in [`Field`](super::Field).
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Help above the control.
    #[prop(into, optional)]
    help: Option<String>,
    /// The rule that governs this field, with its source.
    #[prop(into, optional)]
    rule: Option<String>,
    /// The stored amount in major units (`1234.50`).
    #[prop(into, optional)]
    value: String,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// The currency.
    #[prop(default = Currency::CNY)]
    currency: Currency,
) -> impl IntoView {
    let around = Around::new(name, label, help, rule, optional);
    let value = around.value(value);
    let words = (currency == Currency::CNY && visit().language() == Language::Chinese).then(|| {
        view! { <AmountInWords field=around.id() value=value.clone()/> }
    });
    let control = view! {
        <div class="with-unit">
            <input
                id=around.id()
                name=around.name.clone()
                type="text"
                inputmode="decimal"
                class="number"
                value=value
                autocomplete="off"
                aria-describedby=around.described_by()
                aria-invalid=around.invalid()
                aria-required=around.required()
            />
            <span class="unit">{currency.code().to_owned()}</span>
        </div>
        {words}
    };
    around.draw(control.into_any())
}

/// A file to send: which kinds are taken, how large, and what happens to it.
#[component]
pub fn FileField(
    /// As in [`Field`](super::Field).
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Help above the control.
    #[prop(into, optional)]
    help: Option<String>,
    /// HTML's `accept`: `.xlsx,.csv`.
    #[prop(into)]
    accept: String,
    /// The largest file taken, in megabytes.
    most_mb: i64,
    /// Whether several may be chosen.
    #[prop(optional)]
    many: bool,
    /// Whether no file need be chosen.
    #[prop(optional)]
    optional: bool,
    /// Whether a phone opens its camera.
    #[prop(optional)]
    camera: bool,
) -> impl IntoView {
    let kinds = accept.replace("image/", " ").replace(['.'], " ").replace(',', " ·").to_uppercase();
    let limits = say_with("file-limits", facts([("kinds", kinds.trim().to_owned().into()), ("most", most_mb.into())]));
    let help = help.map_or_else(|| limits.clone(), |help| format!("{help} {limits}"));
    let around = Around::new(name, label, Some(help), None, optional);
    let control = view! {
        <input
            id=around.id()
            name=around.name.clone()
            type="file"
            class="file"
            accept=accept
            capture=camera.then_some("environment")
            multiple=many
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
        />
    };
    around.draw(control.into_any())
}
