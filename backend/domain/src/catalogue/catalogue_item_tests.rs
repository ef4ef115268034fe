use super::*;
use uuid::Uuid;

fn draft() -> ItemDraft {
    ItemDraft {
        number: "HD-1000".into(),
        category: CategoryCode::parse("A02010105"),
        name: LocalText::new("便携式计算机", ""),
        unit: "台".into(),
        gtin: "6901028001915".into(),
        tiers: vec![PriceTier { least_quantity: 1, price: Money::cny(522_405) }],
        ..ItemDraft::default()
    }
}

fn at(hour: u32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_opt(hour, 0, 0).unwrap().and_utc()
}

fn item() -> CatalogueItem {
    CatalogueItem::create(Uuid::nil().into(), Uuid::nil().into(), draft().validate().unwrap(), at(1)).0
}

#[test]
fn a_good_draft_becomes_content_and_a_bad_one_tells_all_at_once() {
    assert_eq!(draft().validate().unwrap().list_price(), Money::cny(522_405));
    let day = |day| NaiveDate::from_ymd_opt(2026, 1, day);
    let bad = ItemDraft {
        number: String::new(),
        category: None,
        name: LocalText::new("=HYPERLINK(\"http://example.com\")", ""),
        brand: "a\u{202e}b".into(),
        unit: " ".into(),
        gtin: "6901028001914".into(),
        tiers: Vec::new(),
        stock: Some(-1),
        lead_time_days: Some(400),
        validity: Validity { from_on: day(2), until_on: day(1) },
        pictures: vec![Picture { sha256: "../x".into(), alt: LocalText::default() }],
        ..draft()
    };
    let told: Vec<_> = bad.validate().unwrap_err().0.iter().map(|refusal| format!("{} {}", refusal.path.join("."), refusal.code.as_str())).collect();
    assert_eq!(told, [
        "number REQUIRED", "category REQUIRED", "name.zh FORMULA_AS_TEXT", "brand HIDDEN_CHARACTERS", "unit REQUIRED",
        "gtin GTIN_INVALID", "tiers.0.price REQUIRED", "stock OUT_OF_RANGE", "leadTimeDays OUT_OF_RANGE",
        "validity VALIDITY_REVERSED", "pictures.0.sha256 MALFORMED", "pictures.0.alt REQUIRED",
    ]);
}

#[test]
fn every_command_is_possible_in_its_states_only() {
    let listed = || item().list(at(2)).unwrap().0;
    let suspended = || listed().suspend("停产", at(3)).unwrap().0;
    for (from, list, suspend) in [(item(), true, false), (listed(), false, true), (suspended(), true, false)] {
        let name = from.state.as_str();
        assert_eq!(from.clone().list(at(4)).is_ok(), list, "list {name}");
        assert_eq!(from.clone().suspend("缺货", at(4)).is_ok(), suspend, "suspend {name}");
        assert!(from.clone().change(draft().validate().unwrap(), at(4)).is_ok(), "change {name}");
    }
    assert_eq!(listed().suspend(" ", at(3)).unwrap_err().path, ["reason"]);
}

#[test]
fn an_item_keeps_its_number() {
    let other = ItemDraft { number: "HD-1001".into(), ..draft() }.validate().unwrap();
    assert_eq!(item().change(other, at(2)).unwrap_err().code, Code::ItemNumberFixed);
}

#[test]
fn only_a_listed_item_within_its_validity_is_on_sale() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    assert!(!item().is_on_sale(day));
    let mut listed = item().list(at(2)).unwrap().0;
    assert!(listed.is_on_sale(day));
    listed.content.validity.until_on = day.pred_opt();
    assert!(!listed.is_on_sale(day));
}

#[test]
fn an_item_without_areas_is_delivered_everywhere() {
    let mut content = draft().validate().unwrap();
    assert!(content.is_delivered_to("650000"));
    content.areas = super::super::area::parse_list("浙江省").unwrap();
    assert!(content.is_delivered_to("330106") && !content.is_delivered_to("510100"));
}
