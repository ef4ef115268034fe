//! How what the editor's steps post is read.

use super::draft_content::{
    AnchorInput, CriterionInput, CriterionKind, EvaluationMethod, LocalTextInput, MoneyInput, Nature, PaperInput, RequirementInput,
    RequirementKind, TenderContentInput, TenderItemInput,
};
use super::draft_lots;
use super::tender_policies::GreenRequirement;
use crate::islands::amount::yuan;
use crate::prelude::*;
use crate::schema::StoredFile;
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::text::ZONE;
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of a list's rows in a posted form.
pub(super) fn places(form: &[(String, String)], list: &str) -> BTreeSet<usize> {
    let number = |field: &str| field.strip_prefix(list)?.strip_prefix('.')?.split('.').next()?.parse().ok();
    form.iter().filter_map(|(field, _)| number(field)).collect()
}

/// Reads a posted step into the content, and keeps what can't be read and where each row came from.
pub(super) struct Reading<'visit> {
    visit: &'visit Visit,
    errors: Vec<FormError>,
    places: BTreeMap<&'static str, Vec<usize>>,
}

impl<'visit> Reading<'visit> {
    pub(super) fn new(visit: &'visit Visit) -> Self {
        Self { visit, errors: Vec::new(), places: BTreeMap::new() }
    }

    /// What could not be read, if anything.
    pub(super) fn errors(&mut self) -> Option<Vec<FormError>> {
        (!self.errors.is_empty()).then(|| std::mem::take(&mut self.errors))
    }

    /// The contract counts the rows that it got; the form has gaps between them.
    pub(super) fn placed(&self, mut error: FormError) -> FormError {
        for (list, places) in &self.places {
            let Some(rest) = error.field.strip_prefix(list).and_then(|rest| rest.strip_prefix('.')) else { continue };
            let (number, rest) = rest.split_once('.').unwrap_or((rest, ""));
            if let Some(place) = number.parse().ok().and_then(|number: usize| places.get(number)) {
                error.field = if rest.is_empty() { format!("{list}.{place}") } else { format!("{list}.{place}.{rest}") };
                break;
            }
        }
        error
    }

    /// A whole number that may be left out.
    pub(super) fn count(&mut self, name: &str) -> Option<i32> {
        if self.text(name).is_empty() { None } else { Some(self.number(name)) }
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.visit.posted(name).unwrap_or_default().to_owned()
    }

    pub(super) fn both(&self, name: &str) -> LocalTextInput {
        LocalTextInput { zh: self.text(&format!("{name}.zh")), en: self.text(&format!("{name}.en")) }
    }

    /// Says what is wrong with a field, by the key of the words.
    pub(super) fn refuse(&mut self, name: &str, key: &str) {
        self.errors.push(FormError::at(name, self.visit.say(key)));
    }

    pub(super) fn number(&mut self, name: &str) -> i32 {
        let number = self.text(name).parse();
        number.unwrap_or_else(|_| {
            self.errors.push(FormError::at(name, self.visit.say("tender-number-wrong")));
            0
        })
    }

    fn number_or_none(&mut self, name: &str) -> Option<i32> {
        (!self.text(name).is_empty()).then(|| self.number(name))
    }

    pub(super) fn money(&mut self, name: &str) -> Option<MoneyInput> {
        let typed = self.text(name);
        if typed.is_empty() {
            return None;
        }
        let money = yuan(&typed);
        if money.is_none() {
            self.errors.push(FormError::at(name, self.visit.say("tender-amount-wrong")));
        }
        money.map(|money| MoneyInput { amount_minor: money.amount_minor, currency: "CNY".to_owned() })
    }

    /// The rows in which something was written; `marks` are the fields that tell.
    pub(super) fn filled(&mut self, list: &'static str, marks: &[&str]) -> Vec<String> {
        let is_filled = |place: &usize| marks.iter().any(|mark| self.visit.posted(&format!("{list}.{place}.{mark}")).is_some());
        let places: Vec<usize> = places(self.visit.form(), list).into_iter().filter(is_filled).collect();
        let names = places.iter().map(|place| format!("{list}.{place}")).collect();
        self.places.insert(list, places);
        names
    }

    pub(super) fn subject(&mut self, content: &mut TenderContentInput) {
        content.title = self.both("title");
        content.description = self.both("description");
        content.nature = Nature::posted(self.visit.posted("nature"));
        content.category = self.text("category");
        content.delivery_days = self.number("deliveryDays");
        match self.money("budget") {
            Some(money) => content.budget = money,
            None if self.text("budget").is_empty() => self.errors.push(FormError::at("budget", self.visit.say("tender-amount-wrong"))),
            None => {}
        }
    }

    pub(super) fn items(&mut self, content: &mut TenderContentInput) {
        let rows = self.filled("items", &["name.zh", "name.en", "quantity", "unit", "specification.zh"]);
        let lot = draft_lots::chosen(self.visit, content);
        let is_divided = !content.lots.is_empty();
        content.items.retain(|item| is_divided && item.lot != lot);
        let others = std::mem::take(&mut content.items);
        // The posted ones come first, so that what is refused is found at its row.
        let own = rows
            .iter()
            .map(|row| TenderItemInput {
                name: self.both(&format!("{row}.name")),
                quantity: self.number(&format!("{row}.quantity")),
                unit: self.text(&format!("{row}.unit")),
                specification: self.both(&format!("{row}.specification")),
                lot,
                green: GreenRequirement::posted(&self.text(&format!("{row}.green"))),
            });
        content.items = own.collect();
        content.items.extend(others);
    }

    pub(super) fn requirements(&mut self, content: &mut TenderContentInput) {
        let rows = self.filled("requirements", &["text.zh", "text.en"]);
        let read = |row: &String| RequirementInput {
            kind: RequirementKind::posted(self.visit.posted(&format!("{row}.kind"))),
            text: self.both(&format!("{row}.text")),
        };
        content.requirements = rows.iter().map(read).collect();
    }

    pub(super) fn papers(&mut self, content: &mut TenderContentInput) {
        let rows = self.filled("papers", &["name.zh", "name.en"]);
        let keys = self.keys(&rows);
        let read = |(row, key): (&String, String)| PaperInput {
            key,
            name: self.both(&format!("{row}.name")),
            source: self.text(&format!("{row}.source")),
            is_obligatory: self.visit.posted(&format!("{row}.isObligatory")).is_some(),
        };
        content.papers = rows.iter().zip(keys).map(read).collect();
        content.takes_consortia = self.visit.posted("takesConsortia").is_some();
        content.consortium_members_most = self.number_or_none("consortiumMembersMost");
        content.subcontracting = Some(self.both("subcontracting")).filter(|parts| !parts.zh.is_empty() || !parts.en.is_empty());
    }

    pub(super) fn criteria(&mut self, content: &mut TenderContentInput) {
        content.method = EvaluationMethod::posted(self.visit.posted("method"));
        content.small_enterprise_deduction_percent = self.number("smallEnterpriseDeductionPercent");
        content.joint_deduction_percent = self.number_or_none("jointDeductionPercent");
        let rows = self.filled("criteria", &["name.zh", "name.en", "weightPoints"]);
        let keys = self.keys(&rows);
        content.criteria = rows
            .iter()
            .zip(keys)
            .map(|(row, key)| CriterionInput {
                key,
                kind: CriterionKind::posted(self.visit.posted(&format!("{row}.kind"))),
                name: self.both(&format!("{row}.name")),
                weight_points: self.number(&format!("{row}.weightPoints")),
                basis: self.both(&format!("{row}.basis")),
                anchors: self.anchors(row),
            })
            .collect();
    }

    fn anchors(&mut self, row: &str) -> Vec<AnchorInput> {
        let list = format!("{row}.anchors");
        let steps = places(self.visit.form(), &list);
        let names = steps.into_iter().map(|step| format!("{list}.{step}"));
        let filled: Vec<String> = names.filter(|name| !self.text(&format!("{name}.points")).is_empty()).collect();
        filled.iter().map(|name| AnchorInput { points: self.number(&format!("{name}.points")), text: self.both(&format!("{name}.text")) }).collect()
    }

    /// Takes off what is ticked and puts what was kept at the end.
    pub(super) fn documents(&self, content: &mut TenderContentInput, kept: Vec<StoredFile>) {
        let removed = self.visit.posted_all("removed");
        content.document_ids.retain(|id| !removed.contains(&id.inner()));
        content.document_ids.extend(kept.into_iter().map(|file| file.id));
    }

    pub(super) fn terms(&mut self, content: &mut TenderContentInput) {
        content.deadline_at = self.deadline();
        content.questions_until = self.moment("questionsUntil");
        content.holder_key_ids = self.visit.posted_all("holders").into_iter().map(cynic::Id::new).collect();
        content.threshold = self.number("threshold");
        content.panel_size = self.number("panelSize");
        content.bid_security = self.money("bidSecurity");
    }

    /// The deadline, when one was written that can be read.
    pub(super) fn deadline(&mut self) -> Option<DateTime<Utc>> {
        self.moment("deadlineAt")
    }

    /// An instant of the marketplace's zone, when one was written that can be read.
    pub(super) fn moment(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let typed = self.text(name);
        if typed.is_empty() {
            return None;
        }
        let local = NaiveDateTime::parse_from_str(&typed, "%Y-%m-%dT%H:%M").ok();
        let at = local.and_then(|local| local.and_local_timezone(ZONE).single()).map(|at| at.to_utc());
        if at.is_none() {
            self.refuse(name, "tender-deadline-wrong");
        }
        at
    }

    /// A key for each row: its own, or a free one.
    fn keys(&self, rows: &[String]) -> Vec<String> {
        let mut taken: BTreeSet<String> = rows.iter().map(|row| self.text(&format!("{row}.key"))).collect();
        let key = |row: &String| {
            let own = self.text(&format!("{row}.key"));
            if !own.is_empty() {
                return own;
            }
            let free = (1..=rows.len() + 1).map(|number| format!("k{number}")).find(|key| !taken.contains(key)).unwrap_or_default();
            taken.insert(free.clone());
            free
        };
        rows.iter().map(key).collect()
    }
}
