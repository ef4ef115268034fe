//! Policy packs: each buyer buys by its own, what is published keeps its own, and the law is that of the day of the notice.

use crate::fair::{Fair, content, handed_in};
use crate::market::{Market, now};
use crate::on_both_engines;
use app::Error;
use app::oversight::policy_pack::{choose, load, pack};
use app::tendering::tender::{self, Draft};
use app::tendering::{choice, draft_check};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::identity::actor::Person;
use domain::money::Money;
use domain::oversight::policy_pack::check::Verdict;
use domain::refusal::{Code, Fact};
use domain::tendering::procedure::Procedure;
use domain::tendering::tender::Tender;
use domain::tendering::tender_content::{Nature, TenderContent};
use domain::text::ZONE;

fn buyer(fair: &Fair<'_>) -> domain::ident::OrganizationId {
    fair.officer.actor.person().map(|person: &Person| person.organization).expect("an officer")
}

/// The same tender in each place: a deduction that all of them allow, no security, and so many days until the deadline.
fn same(from: DateTime<Utc>, days: i64, deduction: i64) -> TenderContent {
    TenderContent {
        category: "A02010105".to_owned(),
        deadline_at: Some(from + TimeDelta::days(days)),
        small_enterprise_deduction_percent: deduction,
        bid_security: None,
        ..content()
    }
}

async fn begun(fair: &Fair<'_>, content: TenderContent) -> Tender {
    let holder_keys = fair.tender.content.holders.iter().map(|holder| holder.key).collect();
    tender::begin_draft(&fair.market.app, &fair.officer, None, Draft { content, holder_keys }).await.expect("a draft")
}

async fn published(fair: &Fair<'_>, content: TenderContent) -> Tender {
    let draft = begun(fair, content).await;
    handed_in(fair.market, &fair.officer, draft.id).await.expect("is handed in");
    tender::approve(&fair.market.app, &fair.approver, draft.id).await.expect("is approved");
    tender::publish(&fair.market.app, &fair.officer, draft.id).await.expect("is published")
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// The first lawful day that a refusal names.
async fn first_day(fair: &Fair<'_>, content: TenderContent) -> Option<Fact> {
    let draft = begun(fair, content).await;
    match handed_in(fair.market, &fair.officer, draft.id).await {
        Ok(_) => None,
        Err(Error::Refused(refusals)) => {
            let found = refusals.iter().find(|refusal| refusal.code == Code::DeadlineTooEarly).expect("only the deadline is wrong");
            Some(found.facts["remedy"].clone())
        }
        Err(other) => panic!("{other}"),
    }
}

async fn in_place<'a>(market: &'a Market, number: usize, pack: &str) -> Fair<'a> {
    let fair = Fair::open_as(market, number, 0).await;
    choose(&market.app, &market.app.platform_context(), buyer(&fair), pack).await.expect("the marketplace chooses");
    fair
}

on_both_engines! {
    async fn one_tender_on_one_day_in_two_cities_and_under_the_agreement_has_three_first_days(market: &Market) {
        let jiashe = in_place(market, 1, "cn-demo-jiashe").await;
        let nixiang = in_place(market, 2, "cn-demo-nixiang").await;
        let agreement = in_place(market, 3, "gpa-2012").await;
        market.app.clock().set(now());
        let on = |days: i64| Some(Fact::Date(day(now()) + TimeDelta::days(days)));
        assert_eq!(first_day(&jiashe, same(now(), 19, 15)).await, on(25));
        assert_eq!(first_day(&nixiang, same(now(), 19, 15)).await, on(20), "inherited: 政府采购法第三十五条");
        assert_eq!(first_day(&agreement, same(now(), 19, 0)).await, on(40), "art. 11 para. 3");
        let notice = published(&nixiang, same(now(), 20, 15)).await;
        assert_eq!(notice.state.publication().expect("is public").rules.pack_id, "cn-demo-nixiang");
        let notice = published(&agreement, same(now(), 40, 0)).await;
        let rules = &notice.state.publication().expect("is public").rules;
        assert!(rules.figure("domestic_product.deduction_percent").is_none(), "no domestic preference");
        // Three million yuan of goods: above the threshold of one city, below that of the other, of which the agreement has none.
        let mut said = Vec::new();
        for fair in [&jiashe, &nixiang, &agreement] {
            let advice = choice::advise(&market.app, &fair.officer, Nature::Goods, Money::cny(300_000_000), None).await.expect("answers");
            let open = advice.into_iter().find(|(advice, _)| advice.procedure == Procedure::OpenTender).expect("always told").0;
            said.push(open.reasons[0].text_key.clone());
        }
        assert_eq!(said, ["advice-open-is-free", "advice-open-is-due", "advice-threshold-unknown"]);
    }

    async fn the_same_tender_noticed_before_and_after_a_change_of_law_keeps_the_law_of_its_day(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let mut found = Vec::new();
        for noticed_at in ["2025-12-20T02:00:00Z", "2026-02-10T02:00:00Z"] {
            let at: DateTime<Utc> = noticed_at.parse().expect("an instant");
            market.app.clock().set(at);
            let notice = published(&fair, same(at, 25, 10)).await;
            let kept = tender::tender(&market.app, &fair.officer, notice.id).await.expect("is there");
            let rules = kept.state.publication().expect("is public").rules.clone();
            let figure = |key: &str| rules.figure(key).map(|figure| figure.value);
            found.push([figure("domestic_product.deduction_percent"), figure("low_price.of_mean_percent"), figure("low_price.of_second_lowest_percent"), figure("low_price.of_ceiling_percent")]);
            assert!(rules.calendar().is_working_day(day(at)).is_ok(), "the working days are frozen too");
        }
        assert_eq!(found, [[None; 4], [Some(20), Some(50), Some(50), Some(45)]], "国办发〔2025〕34号, 财库〔2026〕2号");
    }

    async fn another_pack_governs_drafts_and_never_what_is_published(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let (app, platform) = (&market.app, market.app.platform_context());
        app.clock().set(now());
        let draft = begun(&fair, same(now(), 23, 10)).await;
        let verdict = async || {
            let checks = draft_check::checks(app, &fair.officer, draft.id).await.expect("is read");
            checks.into_iter().find(|one| one.path == "deadlineAt").expect("is asked").check.verdict
        };
        assert_eq!(verdict().await, Verdict::Compliant);
        choose(app, &platform, buyer(&fair), "cn-demo-jiashe").await.expect("the marketplace chooses");
        assert_eq!(verdict().await, Verdict::Violation);
        let notice = tender::tender(app, &fair.officer, fair.tender.id).await.expect("is there");
        assert_eq!(notice.state.publication().map(|publication| publication.rules.clone()), fair.tender.state.publication().map(|publication| publication.rules.clone()));
        let gone = draft_check::checks(app, &fair.officer, fair.tender.id).await.unwrap_err();
        assert!(matches!(gone, Error::NotFound), "{gone}");
        let stranger = draft_check::checks(app, &fair.suppliers[0], draft.id).await.unwrap_err();
        assert!(matches!(stranger, Error::NotFound), "{stranger}");
    }

    async fn only_the_marketplace_chooses_and_only_for_buyers(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let (app, platform) = (&market.app, market.app.platform_context());
        let own = choose(app, &fair.officer, buyer(&fair), "gpa-2012").await.unwrap_err();
        assert!(own.has_code(Code::NotAllowed) || matches!(own, Error::Forbidden), "{own}");
        let unknown = choose(app, &platform, buyer(&fair), "cn-nowhere").await.unwrap_err();
        assert!(unknown.has_code(Code::NotFound), "{unknown}");
        let seller = fair.suppliers[0].actor.person().expect("a seller").organization;
        let no_buyer = choose(app, &platform, seller, "gpa-2012").await.unwrap_err();
        assert!(no_buyer.has_code(Code::NotABuyer), "{no_buyer}");
        assert!(pack(app, &market.public(), "cn", None).is_ok(), "everybody reads packs");
    }
}

#[test]
fn a_folder_with_faults_is_refused_with_all_of_them_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = |id: &str, parent: &str| format!("id = \"{id}\"\nname_zh = \"某市\"\nname_en = \"A city\"\nextends = \"{parent}\"\nutc_offset_hours = 8\nfigure = []\n");
    std::fs::write(folder.path().join("one.toml"), head("one", "cn")).expect("is written");
    assert!(load(Some(folder.path())).expect("loads").get("one").is_some());
    std::fs::write(folder.path().join("two.toml"), head("two", "nowhere")).expect("is written");
    std::fs::write(folder.path().join("three.toml"), head("three", "three")).expect("is written");
    let told = load(Some(folder.path())).unwrap_err().to_string();
    assert!(told.contains("PACK_PARENT_UNKNOWN two") && told.contains("PACKS_IN_A_CIRCLE three"), "{told}");
}
