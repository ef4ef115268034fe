//! What a change of a published tender changes (更正公告), line by line and in words, and what it may not touch.

use super::green::GreenRequirement;
use super::lot::TenderLot;
use super::tender_content::{Anchor, Criterion, EvaluationMethod, Paper, Requirement, RequirementKind, TenderContent, TenderItem};
use crate::ident::FileId;
use crate::language::LocalText;
use crate::oversight::policy_pack::Rules;
use crate::refusal::{Code, Fact, Refusal, Refusals};
use crate::text::ZONE;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figure that keeps what is bought and who qualifies as the notice said.
pub const SUBJECT_FIXED: &str = "change.subject_fixed";

/// How many characters of a line decide which new line it is most like.
const LIKENESS_CHARS: usize = 200;

/// The names of files, for the words of a change.
pub type FileNames = BTreeMap<FileId, String>;

/// One line that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderChange {
    /// What it is a line of: `tender-change-<field>` says it.
    pub field: String,
    /// How it read; nothing when it was not there.
    pub before: Option<LocalText>,
    /// How it reads; nothing when it is gone.
    pub after: Option<LocalText>,
}

impl TenderChange {
    /// That a deadline moved, without anything else.
    pub fn of_deadline(before: DateTime<Utc>, after: DateTime<Utc>) -> Self {
        let said = |at: DateTime<Utc>| Some(same(at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string()));
        Self { field: "deadline".to_owned(), before: said(before), after: said(after) }
    }
}

/// What differs between two contents, in the order in which a notice shows it.
pub fn changes(before: &TenderContent, after: &TenderContent, names: &FileNames) -> Vec<TenderChange> {
    let lines = |content: &TenderContent| lines(content, names);
    lines(before).into_iter().zip(lines(after)).flat_map(|((field, before), (_, after))| differing(field, before, after)).collect()
}

/// What is bought and the conditions of who qualifies stay as the notice said (财政部令第87号第二十七条); another purchase
/// needs another notice.
///
/// # Errors
/// `SUBJECT_FIXED` at each that differs.
pub fn check_fixed(before: &TenderContent, after: &TenderContent, rules: &Rules) -> Result<(), Refusals> {
    // Rules that were frozen before packs had this figure name no article; what is bought is fixed under them all the same.
    let rule = rules.figure(SUBJECT_FIXED);
    let mut faults = Refusals::default();
    let mut fixed = |is_same: bool, path: &str| {
        if !is_same {
            let source = rule.map(|rule| rule.source.clone()).unwrap_or_default();
            faults.push(Refusal::at(Code::SubjectFixed, path).with("source", Fact::Source(source)));
        }
    };
    fixed(before.nature == after.nature, "nature");
    fixed(before.category == after.category, "category");
    fixed(before.items == after.items, "items");
    let lots = |content: &TenderContent| content.lots.iter().map(|lot| (lot.id, lot.number, lot.title.clone())).collect::<Vec<_>>();
    fixed(lots(before) == lots(after), "lots");
    fixed(before.papers == after.papers, "papers");
    fixed(before.takes_consortia == after.takes_consortia, "takesConsortia");
    fixed(before.consortium_members_most == after.consortium_members_most, "consortiumMembersMost");
    faults.into_result()
}

/// Lines that stand in both are left out; of the rest, each is told beside the new line that is most like it, if any is
/// like it at all.
fn differing(field: &'static str, before: Vec<LocalText>, after: Vec<LocalText>) -> Vec<TenderChange> {
    let mut added = after;
    let mut removed = Vec::new();
    for line in before {
        match added.iter().position(|other| *other == line) {
            Some(place) => drop(added.remove(place)),
            None => removed.push(line),
        }
    }
    // A single line that gives way to a single line has been changed, however unlike they are.
    let is_one = removed.len() == 1 && added.len() == 1;
    let change = |before, after| TenderChange { field: field.to_owned(), before, after };
    let mut told = Vec::new();
    for line in removed {
        let likeness = added.iter().enumerate().map(|(place, other)| (likeness_percent(&line.zh, &other.zh), place)).max();
        let successor = likeness.filter(|(percent, _)| is_one || *percent >= 50).map(|(_, place)| added.remove(place));
        told.push(change(Some(line), successor));
    }
    told.extend(added.into_iter().map(|line| change(None, Some(line))));
    told
}

/// How many of the characters of the longer text stand in the other too, in percent of their number.
fn likeness_percent(one: &str, other: &str) -> usize {
    let chars = |text: &str| text.chars().take(LIKENESS_CHARS).collect::<Vec<_>>();
    let (one, mut other) = (chars(one), chars(other));
    let most = one.len().max(other.len()).max(1);
    let shared = one.iter().filter(|letter| {
        let place = other.iter().position(|found| found == *letter);
        place.map(|place| other.swap_remove(place)).is_some()
    });
    shared.count() * 100 / most
}

/// Every line of a content, by what it is a line of.
fn lines(content: &TenderContent, names: &FileNames) -> Vec<(&'static str, Vec<LocalText>)> {
    let instant = |at: DateTime<Utc>| same(at.with_timezone(&ZONE).format("%Y-%m-%d %H:%M").to_string());
    let deadline = content.deadline_at.map(instant);
    let method = match content.method {
        EvaluationMethod::Comprehensive => LocalText::new("综合评分法", "Comprehensive scoring"),
        EvaluationMethod::LowestPrice => LocalText::new("最低评标价法", "Lowest evaluated price"),
    };
    let document = |id: &FileId| same(names.get(id).cloned().unwrap_or_else(|| id.to_string()));
    vec![
        ("title", vec![content.title.clone()]),
        ("description", vec![content.description.clone()]),
        ("budget", vec![same(content.budget.to_string())]),
        ("deadline", deadline.into_iter().collect()),
        ("questions-until", content.questions_until.map(instant).into_iter().collect()),
        ("delivery-days", vec![same(content.delivery_days.to_string())]),
        ("item", content.items.iter().map(|one| item(content, one)).collect()),
        ("lot", content.lots.iter().map(lot).collect()),
        ("lot-bid-most", content.lot_caps.bid_most.iter().map(|most| same(most.to_string())).collect()),
        ("lot-award-most", content.lot_caps.award_most.iter().map(|most| same(most.to_string())).collect()),
        ("requirement", content.requirements.iter().map(requirement).collect()),
        ("paper", content.papers.iter().map(paper).collect()),
        ("method", vec![method]),
        ("criterion", content.criteria.iter().map(criterion).collect()),
        ("deduction", vec![same(format!("{}%", content.small_enterprise_deduction_percent))]),
        ("joint-deduction", content.joint_deduction_percent.iter().map(|percent| same(format!("{percent}%"))).collect()),
        ("subcontracting", content.subcontracting.iter().cloned().collect()),
        ("document", content.documents.iter().map(document).collect()),
        ("holders", vec![same(format!("{} / {}", content.threshold, content.holders.len()))]),
        ("panel-size", vec![same(content.panel_size.to_string())]),
        ("bid-security", content.bid_security.iter().map(|money| same(money.to_string())).collect()),
    ]
}

fn same(text: impl Into<String>) -> LocalText {
    let zh = text.into();
    LocalText { en: zh.clone(), zh }
}

/// A line in both languages; the English falls back on the Chinese piece by piece.
fn joined(pieces: &[&LocalText], between: &str) -> LocalText {
    let take = |piece: fn(&LocalText) -> &str| {
        let said: Vec<&str> = pieces.iter().map(|text| piece(text)).filter(|text| !text.trim().is_empty()).collect();
        said.join(between)
    };
    LocalText { zh: take(|text| &text.zh), en: take(|text| if text.en.trim().is_empty() { &text.zh } else { &text.en }) }
}

fn item(content: &TenderContent, item: &TenderItem) -> LocalText {
    let of_lot = if content.is_divided() { lot_name(item.lot) } else { LocalText::default() };
    let count = same(format!("{} {}", item.quantity, item.unit));
    let green = item.green.map(GreenRequirement::words).unwrap_or_default();
    joined(&[&of_lot, &item.name, &count, &item.specification, &green], " · ")
}

fn lot(lot: &TenderLot) -> LocalText {
    joined(&[&lot_name(lot.number), &lot.title, &same(lot.budget.to_string())], " · ")
}

fn lot_name(number: u32) -> LocalText {
    LocalText::new(format!("第 {number} 包"), format!("Lot {number}"))
}

fn requirement(requirement: &Requirement) -> LocalText {
    let mark = match requirement.kind {
        RequirementKind::Essential => same("★"),
        RequirementKind::Important => same("▲"),
        RequirementKind::Plain => LocalText::default(),
    };
    joined(&[&mark, &requirement.text], " ")
}

fn paper(paper: &Paper) -> LocalText {
    let obligatory = if paper.is_obligatory { LocalText::new("必须提供", "obligatory") } else { LocalText::default() };
    joined(&[&paper.name, &obligatory, &same(paper.source.clone())], " · ")
}

fn criterion(criterion: &Criterion) -> LocalText {
    let points = LocalText::new(format!("{} 分", criterion.weight_points), format!("{} points", criterion.weight_points));
    let anchors: Vec<LocalText> = criterion.anchors.iter().map(anchor).collect();
    let mut pieces = vec![&criterion.name, &points, &criterion.basis];
    pieces.extend(&anchors);
    joined(&pieces, " · ")
}

fn anchor(anchor: &Anchor) -> LocalText {
    joined(&[&same(anchor.points.to_string()), &anchor.text], ": ")
}

#[cfg(test)]
mod tests {
    use super::super::tender_content::Nature;
    use super::*;
    use crate::oversight::policy_pack::Packs;
    use crate::money::Money;
    use uuid::Uuid;

    fn both(text: &str) -> LocalText {
        same(text)
    }

    fn content() -> TenderContent {
        let mut content = TenderContent::begin(both("办公家具"), "A05".to_owned(), Nature::Goods, Money::cny(100_000));
        let requirement = |text: &str| Requirement { kind: RequirementKind::Essential, text: both(text) };
        content.requirements = vec![requirement("阻燃"), requirement("质保三年")];
        content.items = vec![TenderItem { name: both("椅子"), quantity: 10, unit: "把".to_owned(), specification: both(""), lot: 1, green: None }];
        content
    }

    #[test]
    fn what_stays_is_not_told_and_what_changes_is_told_once() {
        let mut after = content();
        assert_eq!(changes(&content(), &after, &FileNames::new()), []);
        // A line put before the others leaves them as they are.
        after.requirements.insert(0, Requirement { kind: RequirementKind::Plain, text: LocalText::new("可拆装", "") });
        after.requirements[2].text = both("质保五年");
        let document = FileId(Uuid::from_u128(1));
        after.documents = vec![document];
        let told = changes(&content(), &after, &FileNames::from([(document, "图纸.pdf".to_owned())]));
        let lines: Vec<_> = told.iter().map(|one| (one.field.as_str(), one.before.as_ref().map(|text| text.zh.as_str()), one.after.as_ref().map(|text| text.en.as_str()))).collect();
        assert_eq!(lines, [
            ("requirement", Some("★ 质保三年"), Some("★ 质保五年")),
            ("requirement", None, Some("可拆装")),
            ("document", None, Some("图纸.pdf")),
        ]);
    }

    #[test]
    fn what_is_bought_and_who_qualifies_can_not_change() {
        let mut after = content();
        after.items[0].quantity = 20;
        after.category = "B01".to_owned();
        after.requirements.clear();
        let packs = Packs::shipped().unwrap();
        let source = |pack: &str| {
            let rules = packs.get(pack).unwrap().on("2026-11-28".parse().unwrap());
            check_fixed(&content(), &after, &rules).unwrap_err().0[0].facts["source"].clone()
        };
        assert_eq!(source("cn"), Fact::Source("财政部令第87号第二十七条".to_owned()));
        assert_eq!(source("gpa-2012"), Fact::Source("招采平台规则".to_owned()), "the agreement allows such changes, the platform does not");
        let rules = packs.get("cn").unwrap().on("2026-11-28".parse().unwrap());
        let refusals = check_fixed(&content(), &after, &rules).unwrap_err().0;
        let places: Vec<_> = refusals.iter().map(|refusal| (refusal.code, refusal.path.join("."))).collect();
        assert_eq!(places, [(Code::SubjectFixed, "category".to_owned()), (Code::SubjectFixed, "items".to_owned())]);
    }
}
