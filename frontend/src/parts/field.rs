//! Forms and fields: label and help above, error with shape and word, the rule beside what it governs. A field keeps what
//! was posted and shows its own error; a page gives only its name and its stored value.

use leptos::prelude::*;

use super::tag::{State, shape};
use crate::visit::{say, visit};

/// The id of a field's control, to which the error summary links.
pub fn field_id(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    format!("field-{plain}")
}

/// A native form that posts to the page's own address (or to `action`), files included.
#[component]
pub fn Form(
    /// Where to, when not to the page's own address.
    #[prop(into, optional)]
    action: Option<String>,
    /// Whether files go along.
    #[prop(optional)]
    files: bool,
    /// The fields and the button.
    children: Children,
) -> impl IntoView {
    let action = action.unwrap_or_else(|| visit().path().to_owned());
    let encoding = files.then_some("multipart/form-data");
    view! { <form class="form" method="post" action=action enctype=encoding novalidate=true>{children()}</form> }
}

/// A field of one line: text, number, e-mail, password, date and whatever else HTML knows as `kind`.
#[component]
pub fn Field(
    /// The posted name: the path of the value in the contract's input, joined by dots (`title.zh`).
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
    /// The stored value; a posted one stands before it.
    #[prop(into, optional)]
    value: String,
    /// HTML's `type`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Whether the field may stay empty, which the label then says.
    #[prop(optional)]
    optional: bool,
    /// HTML's `autocomplete`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// HTML's `inputmode`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// How wide: `narrow`, `short` or the whole.
    #[prop(default = "")]
    width: &'static str,
    /// The language of what is written here, when it is not the page's.
    #[prop(optional)]
    lang: Option<&'static str>,
) -> impl IntoView {
    let around = Around::new(name, label, help, rule, optional);
    let value = if kind == "password" { String::new() } else { around.value(value) };
    let control = view! {
        <input
            id=around.id()
            name=around.name.clone()
            type=kind
            class=width
            value=value
            autocomplete=autocomplete
            inputmode=inputmode
            lang=lang
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
            aria-required=around.required()
        />
    };
    around.draw(control.into_any())
}

/// What is asked about single fields, by their names: a page provides it, and each field shows its own.
#[derive(Clone, Debug, Default)]
pub struct FieldNotes(pub Vec<(String, String)>);

/// What the policy pack asks of single fields, by their names: a page provides it, and each field says its own.
#[derive(Clone, Debug, Default)]
pub struct FieldRules(pub Vec<(String, String)>);

/// What the policy pack asks of one field.
pub fn rules_of(name: &str) -> Vec<String> {
    let rules = use_context::<FieldRules>().unwrap_or_default().0.into_iter().filter(|(field, _)| field == name);
    rules.map(|(_, rule)| rule).collect()
}

/// What stands round every control.
pub(super) struct Around {
    pub(super) name: String,
    label: String,
    help: Option<String>,
    rule: Option<String>,
    optional: bool,
    error: Option<String>,
    notes: Vec<String>,
}

impl Around {
    pub(super) fn new(name: String, label: String, help: Option<String>, rule: Option<String>, optional: bool) -> Self {
        let error = visit().errors().iter().find(|error| error.field == name).map(|error| error.message.clone());
        let notes = use_context::<FieldNotes>().unwrap_or_default().0.into_iter().filter(|(field, _)| *field == name);
        let notes = notes.map(|(_, note)| note).collect();
        let said: Vec<String> = rule.into_iter().filter(|rule| !rule.is_empty()).chain(rules_of(&name)).collect();
        let rule = (!said.is_empty()).then(|| said.join(" "));
        Self { name, label, help, rule, optional, error, notes }
    }

    pub(super) fn id(&self) -> String {
        field_id(&self.name)
    }

    /// The posted value when this field was posted, the stored one otherwise.
    pub(super) fn value(&self, stored: String) -> String {
        let visit = visit();
        let posted = visit.is_again().then(|| visit.form().iter().find(|(field, _)| *field == self.name)).flatten();
        posted.map_or(stored, |(_, value)| value.clone())
    }

    pub(super) fn described_by(&self) -> Option<String> {
        let id = self.id();
        let ids: Vec<String> = [("help", self.help.is_some()), ("rule", self.rule.is_some()), ("note", !self.notes.is_empty()), ("error", self.error.is_some())]
            .into_iter()
            .filter(|(_, there)| *there)
            .map(|(part, _)| format!("{id}-{part}"))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    pub(super) fn required(&self) -> Option<&'static str> {
        (!self.optional).then_some("true")
    }

    /// Help, rule and error, as they stand between label and control.
    fn words(&self) -> impl IntoView + use<> {
        let id = self.id();
        let help = self.help.clone().map(|help| view! { <p class="help" id=format!("{id}-help")>{help}</p> });
        let rule = self.rule.clone().map(|rule| view! { <p class="rule" id=format!("{id}-rule")>{rule}</p> });
        let error = self.error.clone().map(|error| {
            view! { <p class="field-error" id=format!("{id}-error")>{shape(State::Refused)} <span><span class="hidden">{say("error-word")} ": "</span>{error}</span></p> }
        });
        let notes = self.notes.iter().map(|note| view! { <p>{shape(State::Warning)} <span><span class="hidden">{say("notice-warning")} ": "</span>{note.clone()}</span></p> });
        let notes = (!self.notes.is_empty()).then(|| view! { <div class="field-note" id=format!("{id}-note")>{notes.collect_view()}</div> });
        (help, rule, notes, error)
    }

    fn title(&self) -> impl IntoView + use<> {
        let optional = self.optional.then(|| view! { <span class="quiet">{say("field-optional")}</span> });
        view! { {self.label.clone()} " " {optional} }
    }

    fn class(&self) -> &'static str {
        if self.error.is_some() { "field wrong" } else { "field" }
    }

    /// Label, words and one control.
    pub(super) fn draw(&self, control: AnyView) -> AnyView {
        view! { <div class=self.class()><label for=self.id()>{self.title()}</label>{self.words()}{control}</div> }.into_any()
    }

    /// Legend, words and several controls. The group itself takes the focus from the error summary.
    pub(super) fn draw_group(&self, controls: AnyView) -> AnyView {
        view! {
            <fieldset class=self.class() id=self.id() tabindex="-1" aria-describedby=self.described_by()>
                <legend>{self.title()}</legend>
                {self.words()}
                {controls}
            </fieldset>
        }
        .into_any()
    }
}
