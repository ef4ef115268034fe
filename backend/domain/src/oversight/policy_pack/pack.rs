//! A pack: its figures over time, what it takes from the pack that it extends, and its calendars. Reading and checking.

use super::calendar::{Calendar, Notice, Year};
use super::fault::{FaultCode, PackFault};
use super::figure::Figure;
use super::known::{self, Known};
use super::rules::Rules;
use crate::language::LocalText;
use crate::refusal::Fact;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Where a figure of a pack comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The pack alone has it.
    Own,
    /// It is that of the pack that this one extends.
    Inherited,
    /// The pack has put its own in the place of the extended one's.
    Overriding,
}

/// A pack: figures over time and working-day calendars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyPack {
    /// Its name: `cn`.
    pub id: String,
    /// Its name in words.
    pub name: LocalText,
    /// The pack that it extends.
    pub extends: Option<String>,
    /// Whether its place and rules are invented, for demonstrations.
    pub is_invented: bool,
    pub(super) figures: Vec<Figure>,
    own: BTreeSet<String>,
    inherited: BTreeSet<String>,
    calendar: Calendar,
    notices: Vec<Notice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    name_zh: String,
    name_en: String,
    extends: Option<String>,
    #[serde(default)]
    is_invented: bool,
    // Read, so that a pack says in which zone its days begin; the marketplace itself writes one zone.
    #[serde(rename = "utc_offset_hours")]
    _utc_offset_hours: i32,
    figure: Vec<Figure>,
    #[serde(default)]
    calendar: Vec<Year>,
}

impl PolicyPack {
    /// Reads and checks a pack that stands alone.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn load(text: &str) -> Result<Self, Vec<PackFault>> {
        let read = Self::read("pack", text)?;
        match &read.extends {
            Some(parent) => Err(vec![PackFault::new(&read.id, FaultCode::UnknownParent).with("parent", parent.as_str())]),
            None => read.checked(),
        }
    }

    /// Reads a pack as it stands in its file; nothing is inherited yet.
    pub(super) fn read(name: &str, text: &str) -> Result<Self, Vec<PackFault>> {
        let unreadable = |error: toml::de::Error| vec![PackFault::new(name, FaultCode::Unreadable).with("cause", error.to_string().trim())];
        let file: File = toml::from_str(text).map_err(unreadable)?;
        let mut faults = check_head(name, &file);
        faults.extend(file.figure.iter().flat_map(|figure| check_figure(&file.id, figure)));
        faults.extend(check_times(&file.id, &file.figure, false));
        let (calendar, notices) = Calendar::new(&file.id, file.calendar).unwrap_or_else(|more| {
            faults.extend(more);
            Default::default()
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        let own = file.figure.iter().map(|figure| figure.key.clone()).collect();
        let (name, extends, is_invented) = (LocalText::new(file.name_zh, file.name_en), file.extends, file.is_invented);
        Ok(Self { id: file.id, name, extends, is_invented, figures: file.figure, own, inherited: BTreeSet::new(), calendar, notices })
    }

    /// The pack with what its parent has and it does not: its own figures take the place of the parent's on their days, its
    /// own calendars that of the parent's of the year.
    pub(super) fn inheriting(mut self, parent: &Self) -> Self {
        let mut taken = Vec::new();
        for figure in &parent.figures {
            let mut pieces = vec![figure.clone()];
            for own in self.figures.iter().filter(|own| own.key == figure.key) {
                pieces = pieces.iter().flat_map(|piece| piece.without_days_of(own)).collect();
            }
            self.inherited.insert(figure.key.clone());
            taken.extend(pieces);
        }
        self.figures.extend(taken);
        self.calendar = self.calendar.over(&parent.calendar);
        let missing = |notice: &&Notice| !self.notices.iter().any(|own| own.year == notice.year);
        let more: Vec<_> = parent.notices.iter().filter(missing).cloned().collect();
        self.notices.extend(more);
        self.notices.sort_by_key(|notice| notice.year);
        self
    }

    /// The pack, once nothing is missing in it and no figure has a hole.
    pub(super) fn checked(self) -> Result<Self, Vec<PackFault>> {
        let mut faults = check_times(&self.id, &self.figures, true);
        let is_there = |key: &str| self.figures.iter().any(|figure| figure.key == key);
        let missing = known::all().filter(|(key, known)| known.is_required && !is_there(key));
        faults.extend(missing.map(|(key, known)| asking(PackFault::of(&self.id, FaultCode::MissingKey, key), key, known)));
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }

    /// The law of a day.
    pub fn on(&self, day: NaiveDate) -> Rules {
        let figures = self.figures.iter().filter(|figure| figure.holds_on(day));
        let figures = figures.map(|figure| (figure.key.clone(), figure.clone())).collect();
        Rules { pack_id: self.id.clone(), on: day, figures, calendar: self.calendar.clone() }
    }

    /// The working days.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The holiday notices behind the calendars, by year.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Where the figure that holds under a key on a day comes from.
    pub fn origin(&self, figure: &Figure, parent: Option<&Self>) -> Origin {
        let is_inherited = self.inherited.contains(&figure.key);
        // Outside the days that the pack has taken for itself the parent's figure goes on holding.
        let is_parents = is_inherited
            && parent.is_some_and(|parent| {
                parent.figures.iter().any(|one| one.key == figure.key && one.value == figure.value && one.unit == figure.unit && one.source == figure.source)
            });
        match (self.own.contains(&figure.key), is_inherited) {
            (true, true) if is_parents => Origin::Inherited,
            (true, true) => Origin::Overriding,
            (false, true) => Origin::Inherited,
            (_, false) => Origin::Own,
        }
    }
}

fn check_head(name: &str, file: &File) -> Vec<PackFault> {
    let mut faults = Vec::new();
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if file.id.is_empty() || file.id.len() > 60 || !file.id.chars().all(is_plain) {
        faults.push(PackFault::new(name, FaultCode::IdInvalid).with("id", file.id.as_str()));
    }
    if file.name_zh.trim().is_empty() || file.name_en.trim().is_empty() {
        faults.push(PackFault::new(name, FaultCode::NameMissing));
    }
    faults
}

fn asking(fault: PackFault, key: &str, known: &Known) -> PackFault {
    fault.with("what", Fact::word(known::text_key(key))).with("subject", Fact::word(known::subject_key(known::subject(key)))).with("measure", Fact::word(known.measure.text_key()))
}

fn check_figure(pack: &str, figure: &Figure) -> Vec<PackFault> {
    let mut faults = Vec::new();
    let of = |code| PackFault::of(pack, code, &figure.key);
    match known::known(&figure.key) {
        None => faults.push(of(FaultCode::UnknownKey).with("nearest", known::nearest(&figure.key))),
        Some(known) if !known.measure.allows(figure.unit) => faults.push(asking(of(FaultCode::WrongUnit), &figure.key, known)),
        Some(_) => {}
    }
    if figure.source.trim().is_empty() {
        faults.push(of(FaultCode::NoSource));
    }
    if figure.value < 0 {
        faults.push(of(FaultCode::Negative).with("value", figure.value));
    }
    if let Some(last) = figure.effective_to.filter(|last| *last < figure.effective_from) {
        faults.push(of(FaultCode::EndsBeforeItBegins).with("from", figure.effective_from).with("to", last));
    }
    faults
}

/// Overlaps and, in a pack that is whole, holes between figures of one name. A child may well leave days between its own
/// figures: its parent's hold there.
fn check_times(pack: &str, figures: &[Figure], with_holes: bool) -> Vec<PackFault> {
    let mut faults = Vec::new();
    let keys: BTreeSet<&str> = figures.iter().map(|figure| figure.key.as_str()).collect();
    for key in keys {
        let mut same: Vec<&Figure> = figures.iter().filter(|figure| figure.key == key).collect();
        same.sort_by_key(|figure| figure.effective_from);
        for pair in same.windows(2) {
            let next = pair[1].effective_from;
            let free = pair[0].effective_to.and_then(|last| last.succ_opt());
            match free {
                Some(free) if free < next && with_holes => faults.push(PackFault::of(pack, FaultCode::Hole, key).with("on", free).with("next", next)),
                Some(free) if free <= next => {}
                _ => faults.push(PackFault::of(pack, FaultCode::Overlap, key).with("on", next)),
            }
        }
    }
    faults
}
