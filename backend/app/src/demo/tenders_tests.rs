use super::*;
use chrono::NaiveDate;
use crate::demo::organizations::organizations;
use domain::catalogue::category::CategoryTree;
use domain::identity::organization::OrganizationKind;
use domain::oversight::policy_pack::{CN, PolicyPack};
use std::collections::BTreeSet;

/// A figure of the pack `cn` on the demonstration's day.
fn figure(key: &str) -> i64 {
    let pack = PolicyPack::load(CN).unwrap();
    pack.on(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()).figure(key).unwrap().value
}

#[test]
fn there_are_forty_six_and_four_plans_in_every_state_for_every_buyer() {
    let all = tenders();
    let plans = all.iter().filter(|tender| tender.state == DemoTenderState::Plan).count();
    assert_eq!((all.len() - plans, plans), (46, 4));
    let states: BTreeSet<_> = all.iter().map(|tender| tender.state).collect();
    assert_eq!(states.len(), 19);
    let keys: BTreeSet<_> = all.iter().map(|tender| &tender.key).collect();
    assert_eq!(keys.len(), all.len());
    let buyers: BTreeSet<_> = all.iter().map(|tender| tender.buyer.clone()).collect();
    let known = organizations().into_iter().filter(|it| it.kind == OrganizationKind::Buyer).map(|it| it.key);
    assert_eq!(buyers, known.collect::<BTreeSet<_>>());
}

#[test]
fn weights_make_a_hundred_and_the_price_weighs_what_the_pack_asks() {
    for tender in tenders() {
        let Some(price) = tender.criteria.iter().find(|criterion| criterion.kind == DemoCriterionKind::Price) else {
            assert!(tender.criteria.is_empty(), "{} has criteria without a price", tender.key);
            continue;
        };
        assert_eq!(tender.criteria.iter().map(|criterion| criterion.weight).sum::<u32>(), 100, "{}", tender.key);
        let nature = match tender.nature {
            DemoNature::Goods => "goods",
            DemoNature::Services => "services",
        };
        let least = figure(&format!("{}.price_weight_{nature}_least_percent", tender.procedure.course().weights));
        assert!(i64::from(price.weight) >= least, "{}", tender.key);
        for criterion in &tender.criteria {
            let most = i32::try_from(criterion.weight).unwrap();
            assert!(criterion.anchors.iter().all(|anchor| anchor.points <= most), "{} {}", tender.key, criterion.name.zh);
            assert_eq!(criterion.anchors.is_empty(), criterion.kind == DemoCriterionKind::Price, "{}", tender.key);
        }
    }
}

#[test]
fn periods_and_deductions_keep_the_pack() {
    let deductions = figure("small_enterprise.deduction_least_percent")..=figure("small_enterprise.deduction_most_percent");
    for tender in tenders() {
        assert!(deductions.contains(&tender.small_enterprise_deduction_percent), "{}", tender.key);
        let is_published = tender.published_days_ago > 0;
        assert_eq!(is_published, tender.state.is_published(), "{}", tender.key);
        if !is_published {
            continue;
        }
        // An emergency has no least time.
        if tender.procedure != Procedure::Emergency {
            let days = figure(&tender.procedure.figure_key("documents_to_deadline_days"));
            assert!(i64::from(tender.open_days) >= days, "{}", tender.key);
        }
        let days_left = i64::from(tender.open_days) - i64::from(tender.published_days_ago);
        match tender.state {
            DemoTenderState::ClosingTomorrow => assert_eq!(days_left, 1, "{}", tender.key),
            DemoTenderState::Open | DemoTenderState::OpenChanged | DemoTenderState::Cancelled => {
                assert!(days_left > 1, "{}", tender.key);
            }
            _ => assert!(days_left < 0, "{}", tender.key),
        }
    }
}

#[test]
fn bids_come_from_suppliers_at_prices_within_the_budget_and_in_the_numbers_that_the_state_needs() {
    let organizations = organizations();
    for tender in tenders() {
        let bidders: BTreeSet<_> = tender.bids.iter().map(|bid| (bid.lot, bid.supplier.as_str())).collect();
        assert_eq!(bidders.len(), tender.bids.len(), "{}", tender.key);
        for bid in &tender.bids {
            let supplier = organizations.iter().find(|it| it.key == bid.supplier).unwrap();
            assert_eq!(supplier.kind, OrganizationKind::Supplier);
            assert!(bid.quality <= 100);
            let price = tender.price_of(bid).amount_minor;
            let ceiling = tender.budget_of(bid.lot).amount_minor;
            assert!(price % 100 == 0 && (ceiling / 2..=ceiling).contains(&price));
        }
        let brands: Vec<_> = tender.bids.iter().filter_map(|bid| Some((bid.lot, bid.brand.as_deref()?))).collect();
        assert_eq!(brands.iter().collect::<BTreeSet<_>>().len(), brands.len(), "{}: bids of one brand count once", tender.key);
        let lacks = tender.bids.iter().filter_map(|bid| bid.lacks.as_ref());
        assert!(lacks.clone().all(|lack| tender.papers.iter().any(|paper| paper.key == lack.paper && paper.obligatory)));
        let lots = tender.lots.len().max(1);
        let count = |lot: usize| {
            let own = tender.bids.iter().filter(|bid| usize::try_from(bid.lot) == Ok(lot) && bid.lacks.is_none());
            own.count()
        };
        // A lot may fail where another stands.
        let competitors = (1..=lots).map(count).max().unwrap_or(0);
        let sum: i64 = tender.lots.iter().map(|lot| lot.budget_minor).sum();
        assert!(tender.lots.is_empty() || sum == tender.budget.amount_minor, "{}", tender.key);
        for lot in 1..=lots {
            assert!(tender.items.iter().any(|item| usize::try_from(item.lot) == Ok(lot)), "{}: nothing in lot {lot}", tender.key);
        }
        match tender.state {
            DemoTenderState::AwaitingOpening
            | DemoTenderState::Negotiating
            | DemoTenderState::FinalOffers
            | DemoTenderState::Opened
            | DemoTenderState::Qualified
            | DemoTenderState::InEvaluation
            | DemoTenderState::Reported
            | DemoTenderState::AwardConfirmed
            | DemoTenderState::Awarded
            | DemoTenderState::Contracted => {
                let fewest = figure(&tender.procedure.figure_key("fewest_bidders"));
                assert!(i64::try_from(competitors).unwrap() >= fewest, "{}", tender.key);
            }
            DemoTenderState::Failed => assert!(competitors < 3 && tender.reason.is_some(), "{}", tender.key),
            state if !state.is_published() => {
                assert!(tender.bids.is_empty(), "{}", tender.key);
            }
            _ => {}
        }
    }
}

#[test]
fn everything_that_people_read_is_there_in_both_languages() {
    for tender in tenders() {
        let mut texts = vec![&tender.title, &tender.description];
        texts.extend(tender.lots.iter().map(|lot| &lot.title));
        texts.extend(tender.items.iter().flat_map(|item| [&item.name, &item.specification]));
        texts.extend(tender.requirements.iter().map(|requirement| &requirement.text));
        texts.extend(tender.papers.iter().map(|paper| &paper.name));
        texts.extend(tender.criteria.iter().flat_map(|criterion| [&criterion.name, &criterion.basis]));
        texts.extend(tender.criteria.iter().flat_map(|criterion| &criterion.anchors).map(|anchor| &anchor.text));
        texts.extend(tender.clarifications.iter().flat_map(|it| [&it.question, &it.answer]));
        texts.extend(tender.change.iter().chain(&tender.reason));
        texts.extend(tender.ground.map(|_| &tender.ground_reason));
        assert!(texts.iter().all(|text| !text.zh.is_empty() && !text.en.is_empty()), "{}", tender.key);
        assert!(!tender.items.is_empty() && tender.items.iter().all(|item| item.quantity > 0));
        assert!(tender.papers.iter().filter(|paper| paper.obligatory).count() >= 5);
        let is_changed = tender.state == DemoTenderState::OpenChanged;
        assert_eq!(tender.change.is_some(), is_changed, "{}", tender.key);
        assert_eq!(tender.requirements.iter().any(|requirement| requirement.before.is_some()), is_changed, "{}", tender.key);
        texts = tender.requirements.iter().filter_map(|requirement| requirement.before.as_ref()).collect();
        assert!(texts.iter().all(|text| !text.zh.is_empty() && !text.en.is_empty()), "{}", tender.key);
    }
}

#[test]
fn every_category_that_somebody_buys_sells_or_knows_stands_in_the_tree() {
    let tree = CategoryTree::from_csv(include_str!("../../demo/categories.csv")).unwrap();
    let organizations = organizations();
    let known = organizations.iter().flat_map(|it| it.users.iter().flat_map(|user| &user.specialities));
    let sold = organizations.iter().flat_map(|it| &it.sells);
    let bought: Vec<_> = tenders().into_iter().map(|tender| tender.category).collect();
    for category in known.chain(sold).chain(&bought) {
        assert!(tree.get(category).is_some(), "{}", category.as_str());
    }
}
