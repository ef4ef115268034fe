//! Reserved contracts and domestic products: who may bid, what the editor says of the year, what the evaluation learns.

use crate::fair::{Fair, content, handed_in, seller_of_size};
use crate::market::Market;
use crate::on_both_engines;
use app::jobs::run_due;
use app::tendering::tender::{self, Draft};
use app::tendering::{draft_check, evaluation, warning};
use domain::identity::organization::EnterpriseSize;
use domain::language::LocalText;
use domain::money::Money;
use domain::oversight::policy_pack::check::Verdict;
use domain::refusal::{Code, Fact};
use domain::tendering::bid::BidContent;
use domain::tendering::green::{CERTIFICATE, GreenRequirement};
use domain::tendering::reservation::{Reservation, ReservedFor};
use domain::tendering::tender::Tender;
use domain::tendering::tender_content::TenderContent;
use domain::tendering::warning::WarningKind;

fn reserved(reservation: Reservation) -> TenderContent {
    // What is to be subcontracted must be allowed to be.
    let is_subcontracted = matches!(reservation, Reservation::Subcontract { .. });
    let subcontracting = is_subcontracted.then(|| domain::language::LocalText::new("安装和运输", "Fitting and transport"));
    TenderContent { reservation, subcontracting, ..content() }
}

fn whole() -> Reservation {
    Reservation::Whole { reserved_for: ReservedFor::MicroAndSmall }
}

on_both_engines! {
    async fn a_bid_of_an_enterprise_that_is_too_large_for_a_reserved_purchase_is_refused_and_a_small_one_s_is_taken(market: &Market) {
        let mut fair = Fair::of(market, 0, 1, |_| reserved(whole())).await;
        for (place, size) in (0..).zip([EnterpriseSize::Micro, EnterpriseSize::Medium, EnterpriseSize::Large]) {
            fair.suppliers.push(seller_of_size(market, 500 + place, size).await);
        }
        for (supplier, is_taken) in [(0, true), (1, true), (2, false), (3, false)] {
            let (sealed, _) = fair.sealed(supplier, 80_000_000).await;
            let result = fair.hand_in(supplier, &sealed, None).await;
            match (is_taken, result) {
                (true, result) => assert!(result.is_ok(), "{supplier}: {result:?}"),
                (false, result) => assert!(result.unwrap_err().has_code(Code::BidderTooLarge), "{supplier}"),
            }
        }
    }

    async fn what_is_to_be_subcontracted_to_smaller_ones_takes_bids_of_all_sizes(market: &Market) {
        let part = Reservation::Subcontract { reserved_for: ReservedFor::SmallAndMedium, share_least_percent: 30 };
        let mut fair = Fair::of(market, 0, 1, |_| reserved(part)).await;
        fair.suppliers.push(seller_of_size(market, 500, EnterpriseSize::Large).await);
        let (sealed, _) = fair.sealed(1, 80_000_000).await;
        assert!(fair.hand_in(1, &sealed, None).await.is_ok());
    }

    async fn a_draft_that_does_not_say_is_asked_about_and_a_purchase_with_a_hole_in_it_is_refused(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let begin = |reservation| {
            let holder_keys = fair.tender.content.holders.iter().take(3).map(|holder| holder.key).collect();
            tender::begin_draft(&market.app, &fair.officer, None, Draft { content: reserved(reservation), holder_keys })
        };
        let undecided = begin(Reservation::Undecided).await.expect("begins");
        let asked = warning::reviews(&market.app, &fair.officer, std::slice::from_ref(&undecided)).await.expect("is read");
        assert!(asked[&undecided.id].warnings.iter().any(|told| told.warning.kind == WarningKind::ReservationMissing));
        let open = tender::submit(&market.app, &fair.officer, undecided.id).await.unwrap_err();
        assert!(open.has_code(Code::WarningsOpen), "{open}");
        let no_lots = begin(Reservation::Lots { reserved_for: ReservedFor::SmallAndMedium, lots: vec![7] }).await.expect("begins");
        let refused = handed_in(market, &fair.officer, no_lots.id).await.unwrap_err();
        assert!(refused.has_code(Code::NotFound), "{refused}");
    }

    async fn the_editor_counts_what_the_buyer_has_reserved_this_year(market: &Market) {
        let part = |percent| Reservation::Subcontract { reserved_for: ReservedFor::MicroAndSmall, share_least_percent: percent };
        let large = |percent| TenderContent { budget: Money::cny(600_000_000), ..reserved(part(percent)) };
        let fair = Fair::of(market, 0, 0, |_| large(50)).await;
        let holder_keys = fair.tender.content.holders.iter().take(3).map(|holder| holder.key).collect();
        let draft = tender::begin_draft(&market.app, &fair.officer, None, Draft { content: large(20), holder_keys }).await.expect("begins");
        let checks = draft_check::checks(&market.app, &fair.officer, draft.id).await.expect("is read");
        let of_year = checks.iter().find(|one| one.check.rule == "reserved.goods_services_share_least_percent").expect("a rule");
        assert_eq!(of_year.check.verdict, Verdict::Compliant, "50 % and 20 % of two like purchases are 35 % of both");
        let fact = |name: &str| of_year.check.facts[name].clone();
        assert_eq!((fact("year_bought"), fact("year_reserved")), (Fact::Money(Money::cny(1_200_000_000)), Fact::Money(Money::cny(420_000_000))));
    }

    async fn the_evaluation_learns_what_bidders_declare_and_what_is_reserved(market: &Market) {
        let fair = Fair::of(market, 0, 3, |_| reserved(whole())).await;
        for (supplier, domestic_cost_percent) in (0..3).zip([Some(85), None, Some(300)]) {
            let offer = BidContent {
                price: Money::cny(80_000_000 + i64::try_from(supplier).unwrap_or_default()),
                answers: Vec::new(),
                papers: Vec::new(),
                technical: String::new(),
                brand: format!("品牌 {supplier}"),
                domestic_cost_percent,
                subcontracts: Vec::new(),
                green_items: Vec::new(),
            };
            let (sealed, _) = fair.sealed_content(supplier, &serde_json::to_vec(&offer).expect("JSON")).await;
            fair.hand_in(supplier, &sealed, None).await.expect("handed in");
        }
        fair.pass_deadline();
        run_due(&market.app).await.expect("jobs run");
        for holder in [0, 2] {
            fair.holder_opens(holder).await.expect("opens");
        }
        let view = evaluation::evaluation(&market.app, &fair.officer, fair.tender.id).await.expect("is read");
        let mut seen: Vec<_> = view.contenders.iter().map(|one| (one.price.amount_minor, one.domestic_cost_percent, one.is_reserved)).collect();
        seen.sort_unstable();
        assert_eq!(seen, [(80_000_000, Some(85), true), (80_000_001, None, true), (80_000_002, None, true)], "what can't be is no declaration");
    }

    async fn who_may_bid_does_not_change_after_the_notice(market: &Market) {
        let fair = Fair::of(market, 0, 0, |_| reserved(whole())).await;
        let mut content = reserved(Reservation::Whole { reserved_for: ReservedFor::SmallAndMedium });
        content.delivery_days += 5;
        let change = tender::Change { content, reason: LocalText::new("更正", "Correction") };
        let amended = tender::amend(&market.app, &fair.officer, (fair.tender.id, fair.tender.version), change).await.expect("is changed");
        assert_eq!(amended.content.reservation, whole());
    }

    async fn an_obligatory_item_brings_its_certificate_among_the_papers_of_the_draft(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let mut wanted = content();
        wanted.items[0].green = Some(GreenRequirement::EnergySavingObligatory);
        let draft = Draft { content: wanted.clone(), holder_keys: Vec::new() };
        let begun = tender::begin_draft(&market.app, &fair.officer, None, draft).await.expect("begins");
        let certificate = |tender: &Tender| tender.content.papers.iter().any(|paper| paper.key == CERTIFICATE && paper.is_obligatory);
        assert!(certificate(&begun));
        let draft = Draft { content: wanted, holder_keys: Vec::new() };
        let written = tender::write_draft(&market.app, &fair.officer, begun.id, begun.version, draft).await.expect("is written");
        assert!(certificate(&written), "taken out, it comes back");
    }
}
