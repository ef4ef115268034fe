use super::*;
use crate::language::{Language, LocalText};
use crate::oversight::policy_pack::{CN, PolicyPack};
use crate::tendering::procedure::Procedure;
use crate::tendering::reservation::{Reservation, ReservedFor, UnreservedGround};
use crate::tendering::tender_content::{
    Anchor, Criterion, CriterionKind, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem,
};
use crate::tendering::warning_price::Origin;
use crate::text;

fn both(text: &str) -> LocalText {
    LocalText::new(text, "")
}

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(4, 0, 0).unwrap().and_utc()
}

/// The shipped pack with a threshold of two million yuan, whether or not it has one of its own.
fn pack() -> PolicyPack {
    const KEY: &str = "threshold.open_tender_goods_minor";
    let own = format!(
        "[[figure]]\nkey = \"{KEY}\"\nvalue = 200000000\nunit = \"minor_units\"\nsource = \"国办发〔2019〕55号\"\nverified = \"unread\"\neffective_from = 2020-01-01\n\n"
    );
    let others = CN.split("[[figure]]").enumerate();
    let others = others.filter(|(_, part)| !part.contains(KEY)).map(|(place, part)| if place == 0 { part.to_owned() } else { format!("[[figure]]{part}") });
    let text: String = others.collect();
    let at = text.find("[[figure]]").unwrap();
    PolicyPack::load(&format!("{}{own}{}", &text[..at], &text[at..])).unwrap()
}

/// A draft about which there is nothing to ask.
fn content() -> TenderContent {
    let mut content = TenderContent::begin(both("办公椅采购"), "A05010301".to_owned(), Nature::Goods, Money::cny(60_000_000));
    content.description = both("更新办公楼座椅。");
    content.items = vec![TenderItem { name: both("办公椅"), quantity: 1_000, unit: "把".to_owned(), specification: both("网背，可升降。"), lot: 1, green: None }];
    content.requirements = vec![Requirement { kind: RequirementKind::Essential, text: both("面料阻燃性能符合 GB/T 1234。") }];
    content.papers = vec![Paper { key: "licence".to_owned(), name: both("营业执照"), source: "法".to_owned(), is_obligatory: true }];
    let price = Criterion { key: "price".to_owned(), kind: CriterionKind::Price, name: both("价格"), weight_points: 40, basis: both("公式"), anchors: Vec::new() };
    let anchors = vec![Anchor { points: 60, text: both("五项指标全部满足") }, Anchor { points: 30, text: both("满足三项") }];
    let quality = Criterion { key: "quality".to_owned(), kind: CriterionKind::Technical, name: both("技术指标"), weight_points: 60, basis: both("检测报告"), anchors };
    content.criteria = vec![price, quality];
    content.deadline_at = Some(noon(on(2026, 12, 20)));
    content.reservation = Reservation::Whole { reserved_for: ReservedFor::SmallAndMedium };
    content
}

struct Market {
    today: NaiveDate,
    brands: Vec<String>,
    purchases: Vec<Purchase>,
    prices: Vec<LikePrice>,
}

fn market() -> Market {
    Market { today: on(2026, 11, 24), brands: vec!["星桥 Xingqiao".to_owned()], purchases: Vec::new(), prices: like(&[600, 610, 590, 620, 580]) }
}

/// Catalogue prices of chairs, in yuan.
fn like(prices: &[i64]) -> Vec<LikePrice> {
    let one = |price: &i64| LikePrice {
        origin: Origin::Catalogue,
        category: "A05010301".to_owned(),
        name: both("人体工学办公椅"),
        unit: "把".to_owned(),
        price: Money::cny(price * 100),
    };
    prices.iter().map(one).collect()
}

fn looked_at(content: &TenderContent, market: &Market) -> Review {
    let pack = pack();
    let rules = pack.on(market.today);
    let around = Surroundings {
        today: market.today,
        rules: &rules,
        calendar: pack.calendar(),
        brands: &market.brands,
        purchases: &market.purchases,
        prices: &market.prices,
    };
    review(content, &around)
}

fn kinds(content: &TenderContent, market: &Market) -> Vec<WarningKind> {
    looked_at(content, market).warnings.iter().map(|warning| warning.kind).collect()
}

/// What a requirement raises.
fn required(text: &str) -> Vec<WarningKind> {
    let mut content = content();
    content.requirements = vec![Requirement { kind: RequirementKind::Plain, text: both(text) }];
    kinds(&content, &market())
}

fn purchase(number: &str, on: NaiveDate, yuan: i64, is_open_tender: bool) -> Purchase {
    Purchase { number: number.to_owned(), on, amount: Money::cny(yuan * 100), is_open_tender }
}

#[test]
fn a_draft_that_is_well_written_raises_nothing() {
    assert_eq!(looked_at(&content(), &market()), Review::default());
}

#[test]
fn every_kind_has_its_texts_in_both_languages_and_a_source_that_an_english_reader_knows() {
    for kind in WarningKind::ALL {
        assert_eq!(WarningKind::from_name(kind.as_str()), Some(*kind));
        for language in Language::ALL {
            for part in ["", "-facts", "-remedy"] {
                let key = format!("{}{part}", kind.text_key());
                assert!(text::has(language, &key), "{key} in {language:?}");
            }
        }
        let said = crate::oversight::policy_pack::source::in_language(Language::English, kind.source());
        assert!(said.contains(" art. "), "{said}");
    }
}

#[test]
fn article_20_item_6_a_brand_of_the_market_of_the_list_or_so_called_is_asked_about() {
    for text in ["采用星桥交换机。", "须为 Xingqiao 产品", "笔记本电脑：联想或更高配置", "DELL OptiPlex 7010 台式机", "品牌：宏远", "统一采用宏远牌灯具"] {
        assert_eq!(required(text), [WarningKind::BrandNamed], "{text}");
    }
    let review = looked_at(&TenderContent { title: both("海康威视摄像机采购"), ..content() }, &market());
    assert_eq!((review.warnings[0].path.as_str(), &review.warnings[0].facts["words"]), ("title.zh", &Fact::from("海康威视")));
    assert_eq!(review.warnings[0].kind.source(), "政府采购法实施条例第二十条第六项");
}

#[test]
fn article_20_item_3_a_model_is_asked_about() {
    for text in ["配置不低于 OptiPlex 7010", "型号：KX-2200", "Model KX2200 or newer"] {
        assert_eq!(required(text), [WarningKind::ModelNamed], "{text}");
    }
}

#[test]
fn a_brand_or_model_beside_or_equivalent_is_a_reference() {
    for text in [
        "参照或相当于星桥 S5700。", "ThinkPad X1 或同等产品", "DELL OptiPlex 7010 or equivalent", "型号 KX-2200（或相当于）", "品牌：联想，或同等档次",
    ] {
        assert_eq!(required(text), [], "{text}");
    }
    // Only beside it: another sentence takes nothing back.
    assert_eq!(required("采用联想电脑。显示器参照 24 英寸。"), [WarningKind::BrandNamed]);
}

#[test]
fn what_both_languages_say_is_asked_once() {
    let mut content = content();
    content.requirements[0].text = LocalText::new("采用联想电脑。", "Lenovo computers.");
    assert_eq!(kinds(&content, &market()), [WarningKind::BrandNamed]);
    content.requirements[0].text.zh = "采用国产电脑。".to_owned();
    assert_eq!(looked_at(&content, &market()).warnings[0].path, "requirements.0.text.en");
}

#[test]
fn standards_sizes_and_free_choice_are_no_brands() {
    for text in [
        "接口为 USB 3.0，纸张 A4", "通过 ISO 9001 认证", "符合 GB/T 1234 和 YY 0469", "支持 DisplayPort 1.4、PoE 802.3 和 WiFi 6", "品牌不限",
        "品牌：投标人自报", "请注明品牌和型号", "型号：A4", "设备铭牌须清晰", "采用不锈钢标牌", "Dellingham Street", "IPv6 与 DDR4 3200",
    ] {
        assert_eq!(required(text), [], "{text}");
    }
}

#[test]
fn article_20_item_7_home_and_ownership_are_asked_about() {
    assert_eq!(required("投标人须为本市注册的企业"), [WarningKind::RegionBound]);
    assert_eq!(required("在本市设有分支机构或办事处"), [WarningKind::RegionBound]);
    assert_eq!(required("国有企业优先"), [WarningKind::OwnershipBound]);
    assert_eq!(required("接报修后 2 小时响应、24 小时到场"), []);
}

#[test]
fn article_20_item_2_size_and_age_are_asked_about() {
    let found = looked_at(&TenderContent { papers: vec![Paper { key: "k".to_owned(), name: both("注册资本不低于 500 万元的证明"), source: String::new(), is_obligatory: true }], ..content() }, &market());
    assert_eq!((found.warnings[0].kind, found.warnings[0].path.as_str()), (WarningKind::SizeBound, "papers.0.name.zh"));
    assert_eq!(required("公司成立满三年"), [WarningKind::SizeBound]);
    assert_eq!(required("年营业收入 1000 万元以上"), [WarningKind::SizeBound]);
    assert_eq!(required("近三年同类项目业绩"), []);
}

#[test]
fn article_20_item_4_records_of_a_region_or_trade_are_asked_about() {
    let mut content = content();
    content.criteria[1].anchors[0].text = both("具有本市同类业绩 5 个");
    assert_eq!(kinds(&content, &market()), [WarningKind::RecordBound]);
    assert_eq!(required("获得行业协会颁发的证书"), [WarningKind::RecordBound]);
}

#[test]
fn article_20_item_8_the_makers_permission_is_asked_about_but_for_imported_goods() {
    assert_eq!(required("提供原厂授权书"), [WarningKind::MakerBound]);
    assert_eq!(required("进口产品提供原厂授权书"), []);
    assert_eq!(required("核心算法须使用专利号 ZL2020 的技术"), [WarningKind::PatentNamed]);
}

#[test]
fn article_34_a_criterion_without_scale_or_with_grades_for_a_measure_is_asked_about() {
    let mut bare = content();
    bare.criteria[1].anchors.clear();
    assert_eq!(kinds(&bare, &market()), [WarningKind::CriterionWithoutScale]);
    for text in ["优", "良好：", "good", "由评委综合评价"] {
        let mut graded = content();
        graded.criteria[1].anchors[1].text = both(text);
        assert_eq!(kinds(&graded, &market()), [WarningKind::CriterionSubjective], "{text}");
    }
    for text in ["全部满足或优于", "综合评价 5 项指标，每项 6 分", "良品率 ≥ 99%"] {
        let mut measured = content();
        measured.criteria[1].anchors[1].text = both(text);
        assert_eq!(kinds(&measured, &market()), [], "{text}");
    }
    bare.method = crate::tendering::tender_content::EvaluationMethod::LowestPrice;
    assert_eq!(kinds(&bare, &market()), []);
}

#[test]
fn article_35_a_period_hardly_over_the_least_is_asked_about_and_one_below_is_refused_elsewhere() {
    // From 24 November twenty days end on 14 December.
    let with = |day| TenderContent { deadline_at: Some(noon(on(2026, 12, day))), ..content() };
    for (day, expected) in [(13, false), (14, true), (16, true), (17, false)] {
        assert_eq!(kinds(&with(day), &market()).contains(&WarningKind::ShortPeriod), expected, "{day} December");
    }
    let warning = &looked_at(&with(15), &market()).warnings[0];
    assert_eq!((&warning.facts["spare"], &warning.facts["remedy"]), (&Fact::from(1_i64), &Fact::Date(on(2026, 12, 17))));
}

#[test]
fn each_procedure_has_its_own_least_period_and_names_its_own_rule() {
    let mut consultation = content();
    consultation.choice.procedure = Procedure::CompetitiveConsultation;
    consultation.deadline_at = Some(noon(on(2026, 12, 5)));
    let warning = looked_at(&consultation, &market()).warnings.remove(0);
    assert_eq!((warning.kind, warning.source()), (WarningKind::ShortPeriod, "财库〔2014〕214号第十条"));
}

#[test]
fn article_35_a_long_holiday_that_eats_the_period_is_asked_about() {
    // National Day closes seven days; from 20 September twenty days end on 10 October.
    let market = Market { today: on(2026, 9, 20), ..market() };
    let with = |day| TenderContent { deadline_at: Some(noon(on(2026, 10, day))), ..content() };
    assert_eq!(kinds(&with(14), &market), [WarningKind::LongHoliday]);
    assert_eq!(kinds(&with(17), &market), []);
    let next_year = TenderContent { deadline_at: Some(noon(on(2027, 1, 20))), ..content() };
    let unknown = looked_at(&next_year, &Market { today: on(2026, 12, 20), ..market });
    assert_eq!((unknown.warnings.len(), unknown.unchecked[0].kind), (0, WarningKind::LongHoliday));
}

#[test]
fn article_28_like_purchases_of_a_month_that_exceed_the_threshold_together_are_asked_about_with_the_sum() {
    let content = TenderContent { budget: Money::cny(90_000_000), ..content() };
    let market = |others: Vec<Purchase>| Market { purchases: others, prices: Vec::new(), ..market() };
    let of_month = purchase("ZC-1", on(2026, 11, 3), 1_100_001, true);
    let found = looked_at(&content, &market(vec![of_month.clone()]));
    let facts = &found.warnings[0].facts;
    assert_eq!((found.warnings[0].kind, &facts["month"], &facts["month_count"]), (WarningKind::Splitting, &Fact::Money(Money::cny(200_000_100)), &Fact::from(2_i64)));
    assert_eq!(facts["numbers"], Fact::from("ZC-1"));
    // At the threshold nothing is exceeded; what reached it alone went to open tender; another month or year is another sum.
    for other in [
        purchase("ZC-2", on(2026, 11, 3), 1_100_000, true), purchase("ZC-3", on(2026, 11, 3), 3_000_000, true),
        purchase("ZC-4", on(2026, 10, 3), 1_900_000, true), purchase("ZC-5", on(2025, 11, 3), 1_900_000, false),
    ] {
        assert_eq!(looked_at(&content, &market(vec![other.clone()])).warnings, [], "{}", other.number);
    }
}

#[test]
fn article_28_counts_the_years_purchases_by_other_methods_than_open_tender() {
    let with = |procedure| {
        let mut content = TenderContent { budget: Money::cny(90_000_000), ..content() };
        content.choice.procedure = procedure;
        content
    };
    let others = vec![purchase("PO-1", on(2026, 2, 3), 700_000, false), purchase("PO-2", on(2026, 5, 3), 600_000, false)];
    let market = Market { purchases: others, prices: Vec::new(), ..market() };
    assert_eq!(looked_at(&with(Procedure::OpenTender), &market).warnings, []);
    let found = looked_at(&with(Procedure::Inquiry), &market);
    assert_eq!((&found.warnings[0].facts["year"], &found.warnings[0].facts["year_count"]), (&Fact::Money(Money::cny(220_000_000)), &Fact::from(2_i64)));
}

#[test]
fn article_28_without_a_threshold_in_the_pack_is_uncertain_and_never_guessed() {
    // The agreement names its thresholds in special drawing rights, and the pack names none in yuan.
    let pack = crate::oversight::policy_pack::Packs::shipped().unwrap().get("gpa-2012").unwrap().clone();
    let (market, rules) = (market(), pack.on(on(2026, 11, 24)));
    let around = Surroundings {
        today: market.today, rules: &rules, calendar: pack.calendar(), brands: &[], 
        purchases: &[purchase("PO-1", on(2026, 11, 3), 1_900_000, false)], prices: &market.prices,
    };
    let found = review(&TenderContent { reservation: Reservation::Undecided, ..content() }, &around);
    assert_eq!((found.warnings.len(), found.unchecked[0].kind), (0, WarningKind::Splitting));
    assert_eq!(found.unchecked[0].facts["figure"], Fact::from("threshold.open_tender_goods_minor"));
}

#[test]
fn article_11_a_budget_far_from_like_prices_is_asked_about_with_the_numbers() {
    // A thousand chairs at the median of 600 yuan.
    for (yuan, expected) in [(299_999, true), (300_000, false), (1_200_000, false), (1_200_001, true)] {
        let content = TenderContent { budget: Money::cny(yuan * 100), ..content() };
        assert_eq!(kinds(&content, &market()).contains(&WarningKind::PriceFar), expected, "{yuan} yuan");
    }
    let facts = &looked_at(&TenderContent { budget: Money::cny(150_000_000), ..content() }, &market()).warnings[0].facts;
    assert_eq!((&facts["usual"], &facts["percent"], &facts["catalogue"]), (&Fact::Money(Money::cny(60_000_000)), &Fact::from(250_i64), &Fact::from(5_i64)));
}

#[test]
fn fewer_than_five_like_prices_or_other_units_compare_nothing() {
    let far = TenderContent { budget: Money::cny(150_000_000), ..content() };
    let few = looked_at(&far, &Market { prices: like(&[600, 600, 600, 600]), ..market() });
    assert_eq!((few.warnings.len(), &few.unchecked[0].facts["count"]), (0, &Fact::from(4_i64)));
    let mut by_set = market();
    by_set.prices.iter_mut().for_each(|one| "套".clone_into(&mut one.unit));
    assert_eq!(looked_at(&far, &by_set).warnings, []);
    // Among several things each needs its own like prices, found by name.
    let mut two = far;
    two.items.push(TenderItem { name: both("文件柜"), quantity: 10, unit: "把".to_owned(), specification: both(""), lot: 1, green: None });
    assert_eq!(looked_at(&two, &market()).unchecked[0].facts["item"], Fact::from("文件柜"));
}

fn given(warning: Warning) -> WarningOverride {
    let ids = (uuid::Uuid::from_u128(1).into(), uuid::Uuid::from_u128(2).into(), uuid::Uuid::from_u128(3).into());
    WarningOverride::give(ids, warning, "现有系统只兼容该接口", uuid::Uuid::from_u128(4).into(), noon(on(2026, 11, 24))).unwrap().0
}

#[test]
fn an_override_covers_the_facts_of_its_time_wherever_they_stand_and_no_others() {
    let mut draft = content();
    draft.requirements.push(Requirement { kind: RequirementKind::Plain, text: both("采用联想电脑") });
    let warning = looked_at(&draft, &market()).warnings.remove(0);
    let kept = given(warning.clone());
    assert_eq!(open(std::slice::from_ref(&warning), &[]).len(), 1);
    draft.requirements.remove(0);
    let moved = looked_at(&draft, &market()).warnings;
    assert_ne!(moved[0].path, warning.path);
    assert_eq!(open(&moved, std::slice::from_ref(&kept)), []);
    draft.requirements[0].text = both("采用联想或华为电脑");
    let changed = looked_at(&draft, &market()).warnings;
    let refusals = open(&changed, std::slice::from_ref(&kept));
    assert_eq!((refusals[0].code, refusals[0].path.join(".")), (Code::WarningsOpen, "requirements.0.text.zh".to_owned()));
    let (back, _) = kept.withdraw(uuid::Uuid::from_u128(3).into(), noon(on(2026, 11, 25))).unwrap();
    assert_eq!(open(&moved, std::slice::from_ref(&back)).len(), 1);
    assert!(back.withdraw(uuid::Uuid::from_u128(3).into(), noon(on(2026, 11, 25))).is_err());
}

#[test]
fn a_reason_must_explain_something() {
    let ids = || (uuid::Uuid::from_u128(1).into(), uuid::Uuid::from_u128(2).into(), uuid::Uuid::from_u128(3).into());
    let give = |reason: &str| {
        let warning = Warning::at(WarningKind::BrandNamed, "title.zh");
        WarningOverride::give(ids(), warning, reason, uuid::Uuid::from_u128(4).into(), noon(on(2026, 11, 24))).map(|_| ()).map_err(|refusal| refusal.code)
    };
    assert_eq!(give(""), Err(Code::Required));
    assert_eq!(give("需要"), Err(Code::ReasonTooShort));
    assert_eq!(give(&"长".repeat(REASON_MOST_CHARS + 1)), Err(Code::TooLong));
    assert_eq!(give("与既有设备兼容"), Ok(()));
}

#[test]
fn what_a_warning_says_names_its_facts_in_both_languages() {
    let mut draft = content();
    draft.requirements[0].text = both("采用联想电脑");
    let warning = looked_at(&draft, &market()).warnings.remove(0);
    for language in Language::ALL {
        let said = text::say_with(language, "warning-brand-named-facts", &warning.said_with());
        assert!(said.contains("联想") && said.contains("第二十条第六项") && !said.contains('{'), "{said}");
    }
}

#[test]
fn notice_46_article_7_a_small_purchase_that_is_not_reserved_as_a_whole_is_asked_about_unless_the_law_names_the_case() {
    let with = |reservation| kinds(&TenderContent { reservation, ..content() }, &market());
    assert_eq!(with(Reservation::Undecided), [WarningKind::ReservationMissing]);
    assert_eq!(with(Reservation::Subcontract { reserved_for: ReservedFor::MicroAndSmall, share_least_percent: 60 }), [WarningKind::ReservationMissing]);
    assert_eq!(with(Reservation::Unreserved { ground: UnreservedGround::CompetitionTooLittle, reason: both("货源不足") }), []);
    let found = looked_at(&TenderContent { reservation: Reservation::Undecided, ..content() }, &market());
    assert_eq!((&found.warnings[0].facts["percent"], &found.warnings[0].facts["limit"]), (&Fact::from(100_i64), &Money::cny(200_000_000).into()));
}

#[test]
fn the_agreement_of_2012_lets_nothing_be_reserved_without_its_coverage() {
    let packs = crate::oversight::policy_pack::Packs::shipped().unwrap();
    let pack = packs.get("gpa-2012").unwrap();
    let rules = pack.on(market().today);
    let around = Surroundings { today: market().today, rules: &rules, calendar: pack.calendar(), brands: &[], purchases: &[], prices: &[] };
    let reserves = |reservation| {
        let found = review(&TenderContent { reservation, ..content() }, &around).warnings;
        found.iter().any(|warning| warning.kind == WarningKind::ReservationUncovered)
    };
    assert!(reserves(Reservation::Whole { reserved_for: ReservedFor::SmallAndMedium }));
    assert!(!reserves(Reservation::Undecided));
}
