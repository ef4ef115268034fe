use super::super::tender_content::{Nature, TenderItem};
use super::*;
use crate::money::Currency;
use uuid::Uuid;

fn lot_id(number: u128) -> LotId {
    LotId(Uuid::from_u128(number))
}

fn supplier(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn bid_id(number: u128) -> BidId {
    BidId(Uuid::from_u128(number))
}

fn both(text: &str) -> LocalText {
    LocalText::new(text, text)
}

/// Three lots of 300,000, 200,000 and 100,000 yuan with one item each.
fn content() -> TenderContent {
    let mut content = TenderContent::begin(both("办公设备"), "A02".to_owned(), Nature::Goods, Money::cny(60_000_000));
    for (number, yuan) in [(1_u32, 300_000), (2, 200_000), (3, 100_000)] {
        let title = both(&format!("第{number}批"));
        content.lots.push(TenderLot { id: lot_id(number.into()), number, title, budget: Money::cny(yuan * 100) });
        content.items.push(TenderItem { name: both("设备"), quantity: 1, unit: "台".to_owned(), specification: both(""), lot: number, green: None });
    }
    content
}

fn faults(content: &TenderContent, check: fn(&TenderContent, &mut Refusals)) -> Vec<(Code, String)> {
    let mut faults = Refusals::default();
    check(content, &mut faults);
    faults.0.into_iter().map(|one| (one.code, one.path.join("."))).collect()
}

#[test]
fn lots_that_do_not_make_up_the_tender_are_refused_with_what_differs() {
    assert_eq!(faults(&content(), TenderContent::check_lots_ready), []);
    let mut short = content();
    short.lots[2].budget = Money::cny(9_000_000);
    assert_eq!(faults(&short, TenderContent::check_lots_ready), [(Code::LotBudgetsDiffer, "budget".to_owned())]);
    let mut empty = content();
    empty.items[1].lot = 1;
    empty.lots[0].title = LocalText::default();
    let expected = [(Code::Required, "lots.0.title.zh".to_owned()), (Code::LotEmpty, "lots.1".to_owned())];
    assert_eq!(faults(&empty, TenderContent::check_lots_ready), expected);
    let mut astray = content();
    astray.items[0].lot = 4;
    assert!(faults(&astray, TenderContent::check_lots_ready).contains(&(Code::OutOfRange, "items.0.lot".to_owned())));
    let mut capped = content();
    capped.lot_caps = LotCaps { bid_most: Some(4), award_most: Some(1) };
    assert_eq!(faults(&capped, TenderContent::check_lots_ready), [(Code::OutOfRange, "lotCaps.bidMost".to_owned())]);
    capped.lot_caps = LotCaps { bid_most: Some(1), award_most: Some(2) };
    assert_eq!(faults(&capped, TenderContent::check_lots_ready), [(Code::OutOfRange, "lotCaps.awardMost".to_owned())]);
    let mut single = content();
    single.lots.truncate(1);
    assert!(faults(&single, TenderContent::check_lots_ready).contains(&(Code::OutOfRange, "lots".to_owned())));
}

#[test]
fn a_draft_keeps_its_lots_numbered_within_bounds_and_in_one_currency() {
    assert_eq!(faults(&content(), TenderContent::check_lots), []);
    let mut gap = content();
    gap.lots[1].number = 5;
    gap.lots[2].budget = Money::new(1, Currency::EUR);
    gap.lot_caps.bid_most = Some(0);
    let expected = ["lots.1.number", "lots.2.budget", "lotCaps.bidMost"].map(|path| (Code::OutOfRange, path.to_owned()));
    assert_eq!(faults(&gap, TenderContent::check_lots), expected);
    let mut many = content();
    many.items = std::iter::repeat_n(many.items[0].clone(), ENTRIES_MOST + 1).collect();
    assert_eq!(faults(&many, TenderContent::check_lots), [(Code::OutOfRange, "items".to_owned())]);
}

#[test]
fn a_lot_keeps_its_id_as_long_as_it_keeps_its_number() {
    let before = content().lots;
    let mut after = content();
    after.lots.push(TenderLot { number: 4, ..after.lots[0].clone() });
    after.name_lots(&before, || lot_id(99));
    assert_eq!(after.lots.iter().map(|lot| lot.id).collect::<Vec<_>>(), [lot_id(1), lot_id(2), lot_id(3), lot_id(99)]);
}

#[test]
fn in_the_order_of_lots_a_bidder_that_has_won_its_most_is_passed_over() {
    let ranking = |lot: u128, order: &[u128]| (lot_id(lot), order.iter().map(|one| (bid_id(lot * 10 + one), vec![supplier(*one)])).collect::<Vec<Ranked>>());
    let rankings = [ranking(1, &[1, 2]), ranking(2, &[1, 3]), ranking(3, &[1])];
    let free = winners(LotCaps::default(), &rankings);
    assert_eq!(free.into_values().collect::<Vec<_>>(), [bid_id(11), bid_id(21), bid_id(31)]);
    let capped = winners(LotCaps { bid_most: None, award_most: Some(1) }, &rankings);
    // Nobody is left for the third.
    assert_eq!(capped, BTreeMap::from([(lot_id(1), bid_id(11)), (lot_id(2), bid_id(23))]));
    let joint = [(lot_id(1), vec![(bid_id(11), vec![supplier(1), supplier(2)])]), ranking(2, &[2, 3])];
    let once = winners(LotCaps { bid_most: None, award_most: Some(1) }, &joint);
    assert_eq!(once.into_values().collect::<Vec<_>>(), [bid_id(11), bid_id(23)], "who won in a consortium has won");
    let two = winners(LotCaps { bid_most: None, award_most: Some(2) }, &rankings);
    assert_eq!(two.into_values().collect::<Vec<_>>(), [bid_id(11), bid_id(21)]);
}
