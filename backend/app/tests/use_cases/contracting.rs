//! From the basket to goods received.

use crate::catalogue::{laptop, seller};
use crate::market::{Market, now};
use crate::on_both_engines;
use app::contracting::order::{self, Checkout, OrderKey};
use app::contracting::{basket, receipt, shipment};
use app::identity::account::{SignUp, sign_up};
use app::oversight::file::{files, store_file};
use app::{Context, Error, catalogue};
use chrono::NaiveDate;
use domain::catalogue::catalogue_item::{CatalogueItem, ItemDraft};
use domain::catalogue::price_tier::PriceTier;
use domain::contracting::delivery::Delivery;
use domain::contracting::order::{Order, OrderStep};
use domain::contracting::receipt::{Defect, ReceiptLine, Receiving};
use domain::contracting::shipment::{Despatch, ShipmentLine};
use domain::ident::{CatalogueItemId, FileId, SessionId};
use domain::identity::actor::{Actor, Person};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use domain::refusal::Code;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).expect("a day")
}

/// An officer of a buyer of its own.
async fn officer(market: &Market, login: &str) -> Context {
    let digits: String = login.bytes().map(|byte| char::from(b'0' + byte % 10)).chain("0000000".chars()).take(8).collect();
    let first = format!("12330100M{digits}");
    let check = CreditCode::check_character(&first).expect("characters of the standard");
    let newcomer = SignUp {
        login: login.to_owned(),
        password: "correct horse battery".into(),
        name: LocalText::new("李敏", "Li Min"),
        language: Language::Chinese,
        organization: Registration {
            kind: Some(OrganizationKind::Buyer),
            name: LocalText::new(format!("杭州市{login}医院"), format!("Hangzhou {login} Hospital")),
            credit_code: format!("{first}{check}"),
            enterprise_size: None,
            region_code: "330100".to_owned(),
            address: LocalText::new("杭州市西湖区一号", ""),
        },
    };
    let (user, organization) = sign_up(&market.app, &market.public(), newcomer).await.expect("signs up");
    market.context(Actor::Person(Person {
        user: user.id,
        organization: organization.id,
        organization_kind: OrganizationKind::Buyer,
        roles: vec![Role::Officer],
        session: SessionId(uuid::Uuid::nil()),
    }))
}

async fn offer(market: &Market, seller: &Context, draft: ItemDraft) -> CatalogueItem {
    let item = catalogue::catalogue_item::create(&market.app, seller, draft).await.expect("is made");
    catalogue::catalogue_item::list(&market.app, seller, item.id).await.expect("is listed")
}

async fn stock(market: &Market, item: CatalogueItemId) -> Option<i64> {
    catalogue::catalogue_item::item(&market.app, &market.public(), item).await.expect("is there").content.stock
}

fn checkout() -> Checkout {
    let delivery = Delivery {
        region_code: "330106".into(),
        address: "文三路 1 号 3 楼".into(),
        contact_name: "李敏".into(),
        contact_phone: "0571-8888 0000".into(),
        by_on: day(20),
        instructions: String::new(),
    };
    Checkout { suppliers: Vec::new(), delivery, note: String::new() }
}

/// An order of `quantity` laptops at 4199.00 each.
async fn placed(market: &Market, buyer: &Context, item: &CatalogueItem, quantity: i64) -> Order {
    basket::add(&market.app, buyer, item.id, quantity).await.expect("is put in");
    let mut orders = order::place(&market.app, buyer, checkout()).await.expect("is placed");
    assert_eq!(orders.len(), 1);
    orders.remove(0)
}

fn sent(quantity: i64) -> Despatch {
    Despatch {
        lines: vec![ShipmentLine { line: 1, quantity }],
        carrier: "顺丰速运".into(),
        tracking_number: "SF1234567890".into(),
        expected_on: Some(day(10)),
    }
}

fn arrived(accepted: i64, refused: i64) -> Receiving {
    let defect = (refused > 0).then_some(Defect::Damaged);
    Receiving { lines: vec![ReceiptLine { line: 1, accepted, refused, defect }], photos: Vec::new(), note: "外箱受潮".into() }
}

on_both_engines! {
    async fn an_order_goes_from_basket_to_two_part_deliveries_and_is_closed(market: &Market) {
        let app = &market.app;
        let (seller, buyer) = (seller(market, "wang").await, officer(market, "limin").await);
        let item = offer(market, &seller, laptop("N-1", 419_900)).await;
        let order = placed(market, &buyer, &item, 8).await;
        assert_eq!((order.value(), order.number.len()), (Money::cny(8 * 419_900), 19));
        assert_eq!(stock(market, item.id).await, Some(12), "what is ordered is out of stock");
        assert!(basket::basket(app, &buyer).await.expect("reads").basket.lines.is_empty());

        assert_eq!(order::steps(&seller, &order), [OrderStep::Confirm, OrderStep::Refuse]);
        let order = order::confirm(app, &seller, order.id, day(12)).await.expect("confirms");
        let order = shipment::despatch(app, &seller, order.id, sent(5)).await.expect("sends five");
        assert_eq!(order.state.name(), "partly_despatched");
        let order = receipt::receive(app, &buyer, order.id, arrived(4, 1)).await.expect("receives five");
        assert_eq!((order.state.name(), order.lines[0].quantities.to_despatch()), ("partly_received", 4));
        let open = order::close(app, &buyer, order.id).await.unwrap_err();
        assert!(open.has_code(Code::OrderStillOpen), "{open}");
        let order = shipment::despatch(app, &seller, order.id, sent(4)).await.expect("sends the rest and a replacement");
        let order = receipt::receive(app, &buyer, order.id, arrived(4, 0)).await.expect("receives the rest");
        assert_eq!((order.state.name(), order.accepted_value()), ("received", Money::cny(8 * 419_900)));
        assert_eq!(order::steps(&buyer, &order), [OrderStep::Close]);
        let order = order::close(app, &buyer, order.id).await.expect("closes");
        assert_eq!(order::order(app, &seller, order.id).await.expect("its supplier reads it"), order);

        let events = order::order_events(app, &buyer, order.id).await.expect("reads its timeline");
        // The clock of the test stands still, so the order among them is not told.
        let mut names: Vec<_> = events.iter().map(|event| event.name.as_str()).collect();
        names.sort_unstable();
        let expected = ["order.closed", "order.confirmed", "order.despatched", "order.despatched", "order.placed", "order.received", "order.received"];
        assert_eq!(names, expected);
    }

    async fn photos_of_a_receipt_are_the_buyers_pictures_and_shown_to_both_sides_alone(market: &Market) {
        let app = &market.app;
        let (seller, buyer) = (seller(market, "wang").await, officer(market, "limin").await);
        let order = placed(market, &buyer, &offer(market, &seller, laptop("N-1", 419_900)).await, 2).await;
        order::confirm(app, &seller, order.id, day(12)).await.expect("confirms");
        shipment::despatch(app, &seller, order.id, sent(2)).await.expect("sends two");
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0].to_vec();
        let theirs = store_file(app, &seller, "theirs.jpg", jpeg.clone()).await.expect("is kept").id;
        let letter = store_file(app, &buyer, "letter.txt", b"hello".to_vec()).await.expect("is kept").id;
        let photo = store_file(app, &buyer, "photo.jpg", jpeg).await.expect("is kept").id;
        let with = |photos: &[FileId]| Receiving { photos: photos.to_vec(), ..arrived(1, 0) };
        for (photos, code) in [([photo, theirs], Code::NotFound), ([photo, letter], Code::FileKindNotTaken)] {
            let error = receipt::receive(app, &buyer, order.id, with(&photos)).await.unwrap_err();
            let Error::Refused(refusals) = &error else { panic!("{error}") };
            assert_eq!((refusals[0].code, refusals[0].path.join(".").as_str()), (code, "photoIds.1"));
        }
        let unseen = files(app, &seller, &[photo]).await.expect("answers");
        assert!(unseen.is_empty(), "a refused receipt shows nothing");
        receipt::receive(app, &buyer, order.id, with(&[photo])).await.expect("receives one");
        assert_eq!(files(app, &seller, &[photo]).await.expect("answers").len(), 1, "its supplier sees the photo");
        let other = officer(market, "qian").await;
        for stranger in [&other, &market.public()] {
            assert!(files(app, stranger, &[photo]).await.expect("answers").is_empty());
        }
        let second = placed(market, &buyer, &offer(market, &seller, laptop("N-2", 419_900)).await, 1).await;
        order::confirm(app, &seller, second.id, day(12)).await.expect("confirms");
        shipment::despatch(app, &seller, second.id, sent(1)).await.expect("sends one");
        let error = receipt::receive(app, &buyer, second.id, with(&[photo])).await.unwrap_err();
        assert!(error.has_code(Code::FileElsewhere), "{error}");
    }

    async fn a_stranger_finds_nothing_and_the_wrong_side_may_not_act(market: &Market) {
        let app = &market.app;
        let (seller_a, seller_b) = (seller(market, "wang").await, seller(market, "zhao").await);
        let (buyer, other) = (officer(market, "limin").await, officer(market, "qian").await);
        let order = placed(market, &buyer, &offer(market, &seller_a, laptop("N-1", 419_900)).await, 1).await;
        for stranger in [&seller_b, &other] {
            assert!(matches!(order::order(app, stranger, order.id).await, Err(Error::NotFound)));
            assert!(matches!(order::order_events(app, stranger, order.id).await, Err(Error::NotFound)));
            assert!(matches!(order::cancel(app, stranger, order.id, "想取消").await, Err(Error::NotFound)));
            assert!(order::orders(app, stranger, &[], None, 10).await.expect("lists").is_empty());
        }
        assert!(matches!(order::order(app, &market.public(), order.id).await, Err(Error::Unauthenticated)));
        assert!(matches!(order::confirm(app, &buyer, order.id, day(1)).await, Err(Error::Forbidden)));
        assert!(matches!(receipt::receive(app, &seller_a, order.id, arrived(1, 0)).await, Err(Error::Forbidden)));
        assert!(matches!(basket::add(app, &seller_a, order.lines[0].item, 1).await, Err(Error::Forbidden)));
    }

    async fn a_refused_or_cancelled_order_gives_its_goods_back(market: &Market) {
        let app = &market.app;
        let (seller, buyer) = (seller(market, "wang").await, officer(market, "limin").await);
        let item = offer(market, &seller, laptop("N-1", 419_900)).await;
        let first = placed(market, &buyer, &item, 5).await;
        let silent = order::refuse(app, &seller, first.id, "  ").await.unwrap_err();
        assert!(silent.has_code(Code::Required), "{silent}");
        let first = order::refuse(app, &seller, first.id, "该型号已停产").await.expect("refuses");
        assert_eq!((first.state.name(), stock(market, item.id).await), ("refused", Some(20)));

        let second = placed(market, &buyer, &item, 5).await;
        order::confirm(app, &seller, second.id, day(12)).await.expect("confirms");
        order::cancel(app, &seller, second.id, "仓库失火").await.expect("the supplier cancels what it confirmed");
        assert_eq!(stock(market, item.id).await, Some(20));

        let third = placed(market, &buyer, &item, 5).await;
        order::confirm(app, &seller, third.id, day(12)).await.expect("confirms");
        shipment::despatch(app, &seller, third.id, sent(3)).await.expect("sends three");
        let late = order::cancel(app, &buyer, third.id, "预算调整").await.unwrap_err();
        assert!(late.has_code(Code::AlreadyDespatched), "{late}");
        let third = order::cancel_rest(app, &buyer, third.id, "预算调整").await.expect("cancels the rest");
        assert_eq!((third.value(), stock(market, item.id).await), (Money::cny(3 * 419_900), Some(17)));
    }

    async fn a_mutation_sent_twice_acts_once(market: &Market) {
        let app = &market.app;
        let (seller, buyer) = (seller(market, "wang").await, officer(market, "limin").await);
        let item = offer(market, &seller, laptop("N-1", 419_900)).await;
        let keyed = |key: &str| buyer.with_idempotency_key(Some(key.to_owned()));
        for _ in 0..2 {
            let today = basket::add(app, &keyed("put in"), item.id, 2).await.expect("is put in");
            assert_eq!(today.basket.lines[0].quantity, 2);
        }
        let first = order::place(app, &keyed("order"), checkout()).await.expect("is placed");
        let again = order::place(app, &keyed("order"), checkout()).await.expect("answers as before");
        assert_eq!(first, again);
        assert_eq!(order::count(app, &buyer, &[]).await.expect("counts"), 1);
        assert_eq!(stock(market, item.id).await, Some(18));
        let other = Checkout { note: "请电话联系".into(), ..checkout() };
        let reused = order::place(app, &keyed("order"), other).await.unwrap_err();
        assert!(reused.has_code(Code::IdempotencyKeyReused), "{reused}");
        let empty = order::place(app, &keyed("another"), checkout()).await.unwrap_err();
        assert!(empty.has_code(Code::NothingToOrder), "{empty}");
    }

    async fn a_price_that_changed_is_told_and_ordered_only_once_accepted(market: &Market) {
        let app = &market.app;
        let (seller, buyer) = (seller(market, "wang").await, officer(market, "limin").await);
        let item = offer(market, &seller, laptop("N-1", 419_900)).await;
        basket::add(app, &buyer, item.id, 2).await.expect("is put in");
        let dearer = ItemDraft { tiers: vec![PriceTier { least_quantity: 1, price: Money::cny(450_000) }], ..laptop("N-1", 1) };
        catalogue::catalogue_item::change(app, &seller, item.id, catalogue::catalogue_item::ItemChange { version: None, draft: dearer, is_listed: false }).await.expect("is dearer now");
        let refused = order::place(app, &buyer, checkout()).await.unwrap_err();
        assert!(refused.has_code(Code::PriceChanged), "{refused}");
        assert_eq!(basket::basket(app, &buyer).await.expect("reads").changes.len(), 1);
        let accepted = basket::accept_prices(app, &buyer).await.expect("accepts");
        assert!(accepted.changes.is_empty());
        let orders = order::place(app, &buyer, checkout()).await.expect("is placed");
        assert_eq!(orders[0].value(), Money::cny(900_000));

        basket::add(app, &buyer, item.id, 1).await.expect("is put in");
        catalogue::catalogue_item::withdraw(app, &seller, item.id, "停产").await.expect("is withdrawn");
        let mut bad = checkout();
        bad.delivery.by_on = now().date_naive().pred_opt().expect("yesterday");
        assert!(order::place(app, &buyer, bad).await.unwrap_err().has_code(Code::NotOnOffer));
        basket::remove(app, &buyer, item.id).await.expect("is taken out");
    }

    async fn two_buyers_of_the_last_piece_get_it_once(market: &Market) {
        let app = &market.app;
        let seller = seller(market, "wang").await;
        let (one, two) = (officer(market, "limin").await, officer(market, "qian").await);
        let item = offer(market, &seller, ItemDraft { stock: Some(5), ..laptop("N-1", 419_900) }).await;
        for buyer in [&one, &two] {
            basket::add(app, buyer, item.id, 4).await.expect("is put in");
        }
        let (first, second) = tokio::join!(order::place(app, &one, checkout()), order::place(app, &two, checkout()));
        let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
        assert_eq!(won.expect("one of them gets it").len(), 1);
        let lost = lost.expect_err("the other does not");
        assert!(lost.has_code(Code::StockTooLow), "{lost}");
        assert_eq!(stock(market, item.id).await, Some(1));
    }

    async fn each_supplier_gets_an_order_and_lists_go_page_by_page(market: &Market) {
        let app = &market.app;
        let (seller_a, seller_b) = (seller(market, "wang").await, seller(market, "zhao").await);
        let buyer = officer(market, "limin").await;
        for seller in [&seller_a, &seller_b] {
            let item = offer(market, seller, ItemDraft { stock: None, ..laptop("N-1", 419_900) }).await;
            basket::add(app, &buyer, item.id, 3).await.expect("is put in");
        }
        let mut malformed = checkout();
        malformed.delivery.address = String::new();
        let refused = order::place(app, &buyer, malformed).await.unwrap_err();
        assert!(matches!(&refused, Error::Refused(all) if all.len() == 1 && all[0].path == ["delivery", "address"]), "{refused}");
        let only = Checkout { suppliers: vec![seller_a.actor.organization().expect("acts for one")], ..checkout() };
        order::place(app, &buyer, only).await.expect("one is placed");
        app.clock().advance(chrono::TimeDelta::seconds(1));
        let orders = order::place(app, &buyer, checkout()).await.expect("the rest is placed");
        assert_eq!(orders.len(), 1);
        order::refuse(app, &seller_b, orders[0].id, "缺货").await.expect("is refused");

        let first = order::orders(app, &buyer, &[], None, 1).await.expect("lists");
        assert_eq!(first[0].id, orders[0].id, "the newest first");
        let second = order::orders(app, &buyer, &[], Some(&OrderKey::of(&first[0])), 5).await.expect("lists");
        assert_eq!((second.len(), second[0].state.name()), (1, "placed"));
        let refused = order::orders(app, &buyer, &["refused".to_owned()], None, 5).await.expect("lists");
        assert_eq!(refused.len(), 1);
        assert_eq!(order::orders(app, &seller_a, &[], None, 5).await.expect("lists").len(), 1);
        let unknown = order::count(app, &buyer, &["lost".to_owned()]).await.unwrap_err();
        assert!(unknown.has_code(Code::Malformed), "{unknown}");
    }
}
