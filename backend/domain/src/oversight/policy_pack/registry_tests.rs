use super::super::{Figure, Rules, pack::Origin};
use super::*;
use crate::language::Language;
use chrono::NaiveDate;

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn packs() -> Packs {
    Packs::shipped().unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}


fn value(rules: &Rules, key: &str) -> Option<i64> {
    rules.figure(key).map(|figure: &Figure| figure.value)
}

/// A pack that extends `cn`, with these lines.
fn child(id: &str, lines: &str) -> (String, String) {
    let head = format!("id = \"{id}\"\nname_zh = \"某市\"\nname_en = \"A city\"\nextends = \"cn\"\nutc_offset_hours = 8\n");
    (format!("{id}.toml"), format!("{head}{lines}"))
}

fn figure(key: &str, unit: &str, from: &str, to: &str, source: &str) -> String {
    let to = if to.is_empty() { String::new() } else { format!("effective_to = {to}\n") };
    format!("[[figure]]\nkey = \"{key}\"\nvalue = 12\nunit = \"{unit}\"\nsource = \"{source}\"\nverified = \"unread\"\neffective_from = {from}\n{to}")
}

fn faults(lines: &str) -> Vec<PackFault> {
    Packs::with(&[child("city", lines)]).err().unwrap_or_default()
}

fn only(lines: &str) -> PackFault {
    let mut found = faults(lines);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn what_ships_loads_and_inherits() {
    let packs = packs();
    assert_eq!(packs.all().map(|pack| pack.id.as_str()).collect::<Vec<_>>(), ["cn", "cn-demo-jiashe", "cn-demo-nixiang", "gpa-2012"]);
    let (cn, jiashe) = (packs.get("cn").unwrap(), packs.get("cn-demo-jiashe").unwrap());
    assert_eq!(packs.parent_of(jiashe), Some(cn));
    let rules = jiashe.on(on(2026, 11, 27));
    let origin = |key: &str| jiashe.origin(rules.figure(key).unwrap(), Some(cn));
    assert_eq!((value(&rules, "open_tender.documents_to_deadline_days"), origin("open_tender.documents_to_deadline_days")), (Some(25), Origin::Overriding));
    assert_eq!((value(&rules, "challenge.window_days"), origin("challenge.window_days")), (Some(7), Origin::Inherited));
    assert_eq!(rules.calendar(), cn.calendar());
    // Before its own figure began, the parent's held and is told as inherited.
    let before = jiashe.on(on(2023, 6, 1));
    let figure = before.figure("open_tender.documents_to_deadline_days").unwrap();
    assert_eq!((figure.value, figure.effective_to, jiashe.origin(figure, Some(cn))), (20, Some(on(2023, 12, 31)), Origin::Inherited));
}

#[test]
fn a_figure_of_a_folder_takes_the_shipped_ones_place_without_a_build() {
    let mended = CN.replacen("value = 20\nunit = \"calendar_days\"\nsource = \"政府采购法第三十五条\"", "value = 21\nunit = \"calendar_days\"\nsource = \"政府采购法第三十五条\"", 1);
    let packs = Packs::with(&[("cn.toml".to_owned(), mended)]).unwrap();
    let figure = |pack: &str| value(&packs.get(pack).unwrap().on(on(2026, 11, 27)), "open_tender.documents_to_deadline_days");
    assert_eq!((figure("cn"), figure("cn-demo-nixiang"), figure("cn-demo-jiashe")), (Some(21), Some(21), Some(25)), "children inherit what was mended");
}

#[test]
fn every_fault_is_told_with_the_figure_and_what_to_do() {
    let key = "plan.published_before_days";
    let days = |from: &str, to: &str, source: &str| figure(key, "calendar_days", from, to, source);
    let cases = [
        (days("2020-01-01", "", " "), FaultCode::NoSource),
        (days("2020-01-02", "2020-01-01", "法"), FaultCode::EndsBeforeItBegins),
        (days("2020-01-01", "", "法") + &days("2021-01-01", "", "法"), FaultCode::Overlap),
        (figure(key, "percent", "2020-01-01", "", "法"), FaultCode::WrongUnit),
        (days("2020-01-01", "", "法").replace("12", "-1"), FaultCode::Negative),
        // Before 2020-03-02 the parent has none: its own leaves days open.
        (days("2019-01-01", "2019-12-31", "法"), FaultCode::Hole),
    ];
    for (lines, code) in cases {
        let fault = only(&lines);
        assert_eq!((fault.pack.as_str(), fault.code), ("city", code));
        for language in Language::ALL {
            assert!(fault.message(language).contains(key), "{fault}");
        }
    }
    let typo = only(&figure("plan.publishd_before_day", "calendar_days", "2020-01-01", "", "法"));
    assert_eq!(typo.code, FaultCode::UnknownKey);
    assert!(typo.message(Language::English).contains("Did you mean plan.published_before_days?"), "{typo}");
    assert_eq!(only("[[figure]]\nkey = 3").code, FaultCode::Unreadable);
}

#[test]
fn a_calendar_with_a_wrong_day_is_refused() {
    let calendar = |closed: &str, open: &str| format!("figure = []\n[[calendar]]\nyear = 2027\nsource = \"通知\"\nverified = \"unread\"\nclosed = [{closed}]\nopen = [{open}]\n");
    assert!(faults(&calendar("\"2027-01-01\"", "\"2027-01-09\"")).is_empty());
    assert_eq!(only(&calendar("\"2026-12-31\"", "")).code, FaultCode::CalendarDay);
    assert_eq!(only(&calendar("\"2027-05-03/2027-05-01\"", "")).code, FaultCode::CalendarDay);
    assert_eq!(only(&calendar("", "\"2027-01-11\"")).code, FaultCode::CalendarOpenDay, "a Monday is worked anyway");
    assert_eq!(only(&calendar("\"2027-01-09\"", "\"2027-01-09\"")).code, FaultCode::CalendarOpenDay);
    let twice = calendar("", "") + &calendar("", "").replace("figure = []\n", "");
    assert_eq!(only(&twice).code, FaultCode::CalendarTwice);
}

#[test]
fn circles_and_unknown_parents_are_refused() {
    let extends = |id: &str, parent: &str| {
        let (name, text) = child(id, "figure = []\n");
        (name, text.replace("extends = \"cn\"", &format!("extends = \"{parent}\"")))
    };
    let circle = Packs::with(&[extends("one", "other"), extends("other", "one")]).unwrap_err();
    assert!(circle.iter().all(|fault| fault.code == FaultCode::Circle) && circle.len() == 2, "{circle:?}");
    assert!(circle[0].message(Language::English).contains("one → other → one"), "{}", circle[0]);
    let itself = Packs::with(&[extends("one", "one")]).unwrap_err();
    assert_eq!(itself[0].code, FaultCode::Circle);
    let orphan = Packs::with(&[extends("one", "nowhere")]).unwrap_err();
    assert_eq!((orphan.len(), orphan[0].code), (1, FaultCode::UnknownParent));
    let alone = "id = \"alone\"\nname_zh = \"甲\"\nname_en = \"A\"\nutc_offset_hours = 8\nfigure = []\n".to_owned();
    let missing = Packs::with(&[("alone.toml".to_owned(), alone)]).unwrap_err();
    assert!(missing.len() == 3 && missing.iter().all(|fault| fault.code == FaultCode::MissingKey), "{missing:?}");
}

#[test]
fn every_fault_has_words_in_both_languages() {
    for code in FaultCode::ALL {
        for language in Language::ALL {
            assert!(crate::text::has(language, code.text_key()), "{code:?} in {language:?}");
        }
    }
}

#[test]
fn units_origins_and_degrees_have_words_in_both_languages() {
    use super::super::{Unit, Verified};
    let units = Unit::ALL.iter().map(|unit| unit.text_key());
    for key in units.chain(Verified::ALL.iter().map(|verified| verified.text_key())).chain(["origin-own", "origin-inherited", "origin-overriding"]) {
        for language in Language::ALL {
            assert!(crate::text::has(language, key), "{key} in {language:?}");
        }
    }
}
