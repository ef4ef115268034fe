//! The catalogue: categories, items, price lists, search.

use crate::market::Market;
use crate::on_both_engines;
use app::catalogue::catalogue_item::{self, ItemChange, ItemFilter, ItemKey, ItemSort};
use app::catalogue::category;
use app::catalogue::import::{FileKind, Verdict};
use app::catalogue::price_list_import::{self, ImportStatus};
use app::catalogue::search::{ItemSearch, reindex, search};
use app::identity::account::{SignUp, sign_up};
use app::jobs::run_due;
use app::repeated::begin_forgetting;
use app::{Context, Error};
use chrono::TimeDelta;
use domain::catalogue::catalogue_item::{CatalogueItem, ItemDraft, ItemState, Picture};
use domain::catalogue::category::CategoryCode;
use domain::catalogue::price_tier::PriceTier;
use domain::ident::SessionId;
use domain::identity::actor::{Actor, Person};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use domain::refusal::Code;

const CATEGORIES: &str = include_str!("../../demo/categories.csv");

/// A seller of a supplier of its own, in a market that has its categories.
pub async fn seller(market: &Market, login: &str) -> Context {
    category::import(&market.app, &market.app.platform_context(), CATEGORIES).await.expect("the categories are taken");
    let digits: String = login.bytes().map(|byte| char::from(b'0' + byte % 10)).chain("0000000".chars()).take(8).collect();
    let first = format!("91330106M{digits}");
    let check = CreditCode::check_character(&first).expect("characters of the standard");
    let newcomer = SignUp {
        login: login.to_owned(),
        password: "correct horse battery".into(),
        name: LocalText::new("王芳", "Wang Fang"),
        language: Language::Chinese,
        organization: Registration {
            kind: Some(OrganizationKind::Supplier),
            name: LocalText::new(format!("福州{login}科技有限公司"), format!("Fuzhou {login} Technology Co., Ltd")),
            credit_code: format!("{first}{check}"),
            enterprise_size: Some(EnterpriseSize::Small),
            region_code: "350100".to_owned(),
            address: LocalText::new("福州市鼓楼区一号", ""),
        },
    };
    let (user, organization) = sign_up(&market.app, &market.public(), newcomer).await.expect("signs up");
    market.context(Actor::Person(Person {
        user: user.id,
        organization: organization.id,
        organization_kind: OrganizationKind::Supplier,
        roles: vec![Role::Seller],
        session: SessionId(uuid::Uuid::nil()),
    }))
}

pub fn laptop(number: &str, fen: i64) -> ItemDraft {
    ItemDraft {
        number: number.to_owned(),
        category: CategoryCode::parse("A02010105"),
        name: LocalText::new(format!("笔记本电脑 {number}"), format!("Laptop computer {number}")),
        description: LocalText::new("14英寸，16GB 内存", "14-inch, 16 GB of memory"),
        brand: "启衡 Qiheng".to_owned(),
        unit: "台".to_owned(),
        tiers: vec![
            PriceTier { least_quantity: 1, price: Money::cny(fen) },
            PriceTier { least_quantity: 10, price: Money::cny(fen - 100) },
        ],
        stock: Some(20),
        ..ItemDraft::default()
    }
}

async fn listed(market: &Market, seller: &Context, number: &str, fen: i64) -> CatalogueItem {
    let item = catalogue_item::create(&market.app, seller, laptop(number, fen)).await.expect("is made");
    catalogue_item::list(&market.app, seller, item.id).await.expect("is listed")
}

on_both_engines! {
    async fn an_item_is_made_offered_changed_and_taken_off_sale(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        let item = catalogue_item::create(app, &seller, laptop("N-1", 419_900)).await.expect("is made");
        assert!(matches!(catalogue_item::item(app, &market.public(), item.id).await, Err(Error::NotFound)), "a draft is private");
        let item = catalogue_item::list(app, &seller, item.id).await.expect("is listed");
        let read = catalogue_item::item(app, &market.public(), item.id).await.expect("everybody sees it");
        assert_eq!(read, item);
        assert_eq!(read.content.price_for(12), Some(Money::cny(419_800)));
        let dearer = ItemChange { version: Some(item.version), draft: laptop("N-1", 500_000), is_listed: false };
        let changed = catalogue_item::change(app, &seller, item.id, dearer.clone()).await.expect("is changed");
        assert_eq!(changed.content.list_price(), Money::cny(500_000));
        let stale = catalogue_item::change(app, &seller, item.id, dearer).await.unwrap_err();
        assert!(stale.has_code(Code::Conflict), "{stale}");
        let withdrawn = catalogue_item::withdraw(app, &seller, item.id, "停产").await.expect("is withdrawn");
        assert!(matches!(withdrawn.state, ItemState::Suspended { .. }));
        let hash = "ab".repeat(32);
        let pictured = ItemDraft { pictures: vec![Picture { sha256: hash, alt: LocalText::new("正面", "") }], ..laptop("N-1", 500_000) };
        let nowhere = ItemChange { version: None, draft: pictured, is_listed: true };
        let missing = catalogue_item::change(app, &seller, item.id, nowhere).await.unwrap_err();
        assert!(missing.has_code(Code::NotFound), "{missing}");
        let found = catalogue_item::items(app, &market.public(), &ItemFilter::default(), ItemSort::Newest, None, 10).await.expect("lists");
        assert!(found.is_empty(), "what is off sale is in nobody's list");
        let own = catalogue_item::items(app, &seller, &ItemFilter::default(), ItemSort::Newest, None, 10).await.expect("lists");
        assert_eq!(own.len(), 1, "but in its supplier's");
        let again = ItemChange { version: None, draft: laptop("N-1", 480_000), is_listed: true };
        let again = catalogue_item::change(app, &seller, item.id, again).await.expect("changed and on sale");
        assert!(matches!(again.state, ItemState::Listed { .. }) && again.content.list_price() == Money::cny(480_000));
    }

    async fn what_is_wrong_with_an_item_is_told_with_its_field(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        listed(market, &seller, "N-1", 419_900).await;
        let taken = catalogue_item::create(app, &seller, laptop("N-1", 1_000)).await.unwrap_err();
        assert!(taken.has_code(Code::ItemNumberTaken), "{taken}");
        let unknown = ItemDraft { category: CategoryCode::parse("A99"), ..laptop("N-2", 1_000) };
        let unknown = catalogue_item::create(app, &seller, unknown).await.unwrap_err();
        assert!(unknown.has_code(Code::CategoryUnknown), "{unknown}");
        let formula = ItemDraft { name: LocalText::new("=1+1", ""), ..laptop("N-2", 1_000) };
        let formula = catalogue_item::create(app, &seller, formula).await.unwrap_err();
        assert!(formula.has_code(Code::FormulaAsText), "{formula}");
    }

    async fn only_its_supplier_changes_an_item(market: &Market) {
        let (wang, li) = (seller(market, "wang").await, seller(market, "li.na").await);
        let app = &market.app;
        let item = listed(market, &wang, "N-1", 419_900).await;
        assert!(matches!(catalogue_item::withdraw(app, &li, item.id, "x").await, Err(Error::Forbidden)));
        assert!(matches!(catalogue_item::list(app, &market.public(), item.id).await, Err(Error::Unauthenticated)));
        let draft = catalogue_item::create(app, &wang, laptop("N-2", 1_000)).await.expect("is made");
        assert!(matches!(catalogue_item::list(app, &li, draft.id).await, Err(Error::NotFound)));
        let twice = catalogue_item::list(app, &wang, item.id).await.unwrap_err();
        assert!(twice.has_code(Code::WrongState), "{twice}");
        assert!(matches!(category::import(app, &wang, CATEGORIES).await, Err(Error::Forbidden)));
    }

    async fn an_act_sent_twice_happens_once(market: &Market) {
        let seller = seller(market, "wang").await.with_idempotency_key(Some("key-1".to_owned()));
        let first = catalogue_item::create(&market.app, &seller, laptop("N-1", 1_000)).await.expect("is made");
        let second = catalogue_item::create(&market.app, &seller, laptop("N-1", 1_000)).await.expect("is the same");
        assert_eq!(first, second);
        let other = catalogue_item::create(&market.app, &seller, laptop("N-2", 1_000)).await.unwrap_err();
        assert!(other.has_code(Code::IdempotencyKeyReused), "{other}");
    }

    async fn an_answer_is_kept_for_a_day_and_then_forgotten(market: &Market) {
        let seller = seller(market, "wang").await.with_idempotency_key(Some("key-1".to_owned()));
        let app = &market.app;
        let first = catalogue_item::create(app, &seller, laptop("N-1", 1_000)).await.expect("is made");
        // Two servers begin.
        begin_forgetting(app).await.expect("begins");
        begin_forgetting(app).await.expect("begins again");
        for hours in 0..24 {
            run_due(app).await.expect("forgets");
            let again = catalogue_item::create(app, &seller, laptop("N-1", 1_000)).await.expect("is the same");
            assert_eq!(again, first, "after {hours} hours");
            app.clock().advance(TimeDelta::hours(1));
        }
        app.clock().advance(TimeDelta::hours(1));
        run_due(app).await.expect("forgets");
        let late = catalogue_item::create(app, &seller, laptop("N-1", 1_000)).await.unwrap_err();
        assert!(late.has_code(Code::ItemNumberTaken), "it is an act of its own: {late}");
        assert_eq!(app.job_counts().await.expect("counts").1, 0, "nothing is parked");
    }

    async fn an_item_is_made_and_offered_together_or_not_at_all(market: &Market) {
        let seller = seller(market, "wang").await.with_idempotency_key(Some("key-1".to_owned()));
        let app = &market.app;
        let mut changes = app.changes();
        let item = catalogue_item::create_listed(app, &seller, laptop("N-1", 1_000)).await.expect("is made and offered");
        assert!(matches!(item.state, ItemState::Listed { .. }));
        for name in ["catalogue_item.created", "catalogue_item.listed"] {
            assert_eq!(changes.try_recv().expect("told").name, name);
        }
        assert_eq!(catalogue_item::create_listed(app, &seller, laptop("N-1", 1_000)).await.expect("is the same"), item);
        let draft = catalogue_item::create(app, &seller, laptop("N-1", 1_000)).await.unwrap_err();
        assert!(draft.has_code(Code::IdempotencyKeyReused), "to offer it too is another act: {draft}");
        let second = seller.with_idempotency_key(None);
        let taken = catalogue_item::create_listed(app, &second, laptop("N-1", 2_000)).await.unwrap_err();
        assert!(taken.has_code(Code::ItemNumberTaken), "{taken}");
        assert!(changes.try_recv().is_err(), "nothing else has happened");
        let read = catalogue_item::item(app, &market.public(), item.id).await.expect("everybody sees it");
        assert_eq!(read.version, item.version);
    }

    async fn pages_follow_each_other_without_gap_in_every_order(market: &Market) {
        let seller = seller(market, "wang").await;
        for index in 0..7_i64 {
            // Equal prices, so that the id decides.
            listed(market, &seller, &format!("N-{index}"), 10_000 + index / 3).await;
        }
        let app = &market.app;
        for sort in [ItemSort::Newest, ItemSort::NameChinese, ItemSort::NameEnglish, ItemSort::PriceAscending, ItemSort::PriceDescending] {
            let mut seen = Vec::new();
            let mut after: Option<ItemKey> = None;
            loop {
                let page = catalogue_item::items(app, &seller, &ItemFilter::default(), sort, after.as_ref(), 2).await.expect("lists");
                let Some(last) = page.last() else { break };
                after = Some(ItemKey::of(last, sort));
                seen.extend(page.into_iter().map(|item| item.id));
            }
            let unique: std::collections::BTreeSet<_> = seen.iter().collect();
            assert_eq!((seen.len(), unique.len()), (7, 7), "{sort:?}");
        }
        let wrong = ItemKey::Price(1, uuid::Uuid::nil());
        let wrong = catalogue_item::items(app, &seller, &ItemFilter::default(), ItemSort::Newest, Some(&wrong), 2).await.unwrap_err();
        assert!(wrong.has_code(Code::Malformed), "{wrong}");
    }

    async fn a_list_is_narrowed_down_and_counted(market: &Market) {
        let (wang, li) = (seller(market, "wang").await, seller(market, "li.na").await);
        listed(market, &wang, "N-1", 10_000).await;
        listed(market, &li, "N-1", 20_000).await;
        let app = &market.app;
        let count = async |filter: ItemFilter| catalogue_item::count(app, &market.public(), &filter).await.expect("counts");
        assert_eq!(count(ItemFilter::default()).await, 2);
        assert_eq!(count(ItemFilter { supplier: wang.actor.organization(), ..ItemFilter::default() }).await, 1);
        assert_eq!(count(ItemFilter { category: CategoryCode::parse("A0201"), ..ItemFilter::default() }).await, 2);
        assert_eq!(count(ItemFilter { category: CategoryCode::parse("C"), ..ItemFilter::default() }).await, 0);
        assert_eq!(count(ItemFilter { price_from_minor: Some(15_000), ..ItemFilter::default() }).await, 1);
        assert_eq!(count(ItemFilter { price_to_minor: Some(15_000), ..ItemFilter::default() }).await, 1);
        assert_eq!(count(ItemFilter { statuses: vec!["draft"], ..ItemFilter::default() }).await, 0);
    }
}

on_both_engines! {
    async fn search_follows_every_change_and_shows_nothing_that_is_hidden(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        let draft = catalogue_item::create(app, &seller, laptop("N-0", 419_900)).await.expect("is made");
        let item = listed(market, &seller, "N-1", 419_900).await;
        run_due(app).await.expect("settles");
        let find = async |text: &str| {
            let wanted = ItemSearch { text: text.to_owned(), ..ItemSearch::default() };
            search(app, &market.public(), wanted).await.expect("finds")
        };
        for text in ["笔记本", "laptop", "latpop", "N-1", "Fuzhou wang", "便携式计算机"] {
            let found = find(text).await;
            let ids: Vec<_> = found.items.iter().map(|found| found.item.id).collect();
            assert_eq!(ids, [item.id], "{text}: not the draft {}", draft.id);
        }
        let found = find("laptop").await;
        assert_eq!(found.total, 1);
        assert!(found.items[0].title.iter().any(|fragment| fragment.is_match && fragment.text.eq_ignore_ascii_case("laptop")));
        assert_eq!(found.facets.enterprise_sizes[0].value, "small");
        assert!(found.facets.categories.iter().any(|facet| facet.value == "A02010105"));
        assert!(found.suppliers.contains_key(&item.supplier_id));
        catalogue_item::withdraw(app, &seller, item.id, "停产").await.expect("is withdrawn");
        assert!(find("laptop").await.items.is_empty(), "a stale index shows nothing that is hidden");
        run_due(app).await.expect("settles");
        assert_eq!(find("laptop").await.total, 0);
    }

    async fn a_new_index_takes_the_place_of_the_old_one_at_once(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        for number in ["N-1", "N-2", "N-3"] {
            listed(market, &seller, number, 419_900).await;
        }
        assert!(matches!(reindex(app, &seller).await, Err(Error::Forbidden)));
        assert_eq!(reindex(app, &app.platform_context()).await.expect("writes").items, 3);
        let found = search(app, &market.public(), ItemSearch::default()).await.expect("finds");
        assert_eq!(found.total, 3);
        let before = app.statements().count();
        search(app, &market.public(), ItemSearch { limit: 100, ..ItemSearch::default() }).await.expect("finds");
        assert!(app.statements().count() - before <= 4);
    }
}

const LIST: &str = "商品编号,商品名称,品目,单位,单价(元),库存\n\
    K-1,签字笔,A05040101,支,2.50,100\n\
    K-2,打印纸,A05040101,包,¥18.90,50\n\
    K-3,=cmd|' /C calc'!A0,A05040101,支,3,5\n\
    K-4,订书机,A99,个,12,5\n";

on_both_engines! {
    async fn a_price_list_is_read_confirmed_and_written_at_once(market: &Market) {
        let (seller, other) = (seller(market, "wang").await, seller(market, "li.na").await);
        let app = &market.app;
        let run = price_list_import::upload(app, &seller, "list.csv", LIST.into()).await.expect("is read");
        assert_eq!((run.counts.new, run.counts.refused), (2, 2));
        let count = async || catalogue_item::count(app, &market.public(), &ItemFilter::default()).await.expect("counts");
        assert_eq!(count().await, 0, "a dry run changes nothing");
        assert!(matches!(price_list_import::confirm(app, &other, run.id).await, Err(Error::NotFound)));
        price_list_import::confirm(app, &seller, run.id).await.expect("is confirmed");
        run_due(app).await.expect("settles");
        let done = price_list_import::run(app, &seller, run.id).await.expect("is there");
        assert_eq!((done.status, done.rows_done), (ImportStatus::Applied, 4));
        assert_eq!(count().await, 2);
        let found = search(app, &market.public(), ItemSearch { text: "签字笔".to_owned(), ..ItemSearch::default() }).await.expect("finds");
        assert_eq!(found.total, 1, "what was imported is found");
        let twice = price_list_import::confirm(app, &seller, run.id).await.unwrap_err();
        assert!(twice.has_code(Code::WrongState), "{twice}");
    }

    async fn refused_rows_go_back_with_their_reasons(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        let run = price_list_import::upload(app, &seller, "list.csv", LIST.into()).await.expect("is read");
        let reading = price_list_import::reading(app, &seller, run.id).await.expect("is there");
        let codes: Vec<Code> = reading
            .rows
            .iter()
            .filter_map(|row| match &row.verdict {
                Verdict::Refused { refusals } => Some(refusals[0].code),
                _ => None,
            })
            .collect();
        assert_eq!(codes, [Code::FormulaAsText, Code::CategoryUnknown]);
        let (name, bytes) = price_list_import::refused_rows(app, &seller, run.id, FileKind::Csv).await.expect("is made");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(name, "list-refused.csv");
        assert!(text.contains("K-3") && text.contains("K-4") && !text.contains("K-1"), "{text}");
        assert!(text.contains("Reason not imported"), "in the reader's language: {text}");
    }

    async fn the_same_file_twice_changes_nothing(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        for expected in [2, 0] {
            let run = price_list_import::upload(app, &seller, "list.csv", LIST.into()).await.expect("is read");
            assert_eq!((run.counts.new, run.counts.changed), (expected, 0));
            price_list_import::confirm(app, &seller, run.id).await.expect("is confirmed");
            run_due(app).await.expect("settles");
        }
        let items = catalogue_item::items(app, &seller, &ItemFilter::default(), ItemSort::Newest, None, 10).await.expect("lists");
        assert_eq!(items.iter().map(|item| item.version).collect::<Vec<_>>(), [0, 0]);
    }

    async fn a_price_that_changes_is_written_and_the_item_stays_on_sale(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        for list in [LIST.to_owned(), LIST.replace("2.50", "2.80")] {
            let run = price_list_import::upload(app, &seller, "list.csv", list.into()).await.expect("is read");
            price_list_import::confirm(app, &seller, run.id).await.expect("is confirmed");
            run_due(app).await.expect("settles");
        }
        let cheapest = catalogue_item::items(app, &market.public(), &ItemFilter::default(), ItemSort::PriceAscending, None, 1).await.expect("lists");
        assert_eq!((cheapest[0].content.list_price(), cheapest[0].version), (Money::cny(280), 1));
    }

    async fn an_import_that_can_not_be_applied_fails_and_the_file_may_be_uploaded_again(market: &Market) {
        use sea_orm::ConnectionTrait as _;
        let seller = seller(market, "wang").await;
        let app = &market.app;
        let run = price_list_import::upload(app, &seller, "list.csv", LIST.into()).await.expect("is read");
        price_list_import::confirm(app, &seller, run.id).await.expect("is confirmed");
        // Somebody else is faster each time: the database itself takes none of its items.
        let db = sea_orm::Database::connect(market.database_url.clone()).await.expect("connects");
        let (table, index) = ("CREATE UNIQUE INDEX in_the_way ON catalogue_item (supplier_id)", "DROP INDEX in_the_way");
        db.execute_unprepared(table).await.expect("is in the way");
        for _ in 0..8 {
            let waiting = price_list_import::run(app, &seller, run.id).await.expect("is there");
            assert_eq!(waiting.status, ImportStatus::Confirmed);
            assert_eq!(run_due(app).await.expect("runs"), 1);
            app.clock().advance(TimeDelta::hours(1));
        }
        let failed = price_list_import::run(app, &seller, run.id).await.expect("is there");
        assert_eq!((failed.status, failed.rows_done), (ImportStatus::Failed, 0));
        assert!(failed.ended_at.is_some());
        assert_eq!(app.job_counts().await.expect("counts").1, 1, "whoever runs the marketplace sees it");
        let items = catalogue_item::items(app, &seller, &ItemFilter::default(), ItemSort::Newest, None, 10).await.expect("lists");
        assert!(items.is_empty(), "nothing is half imported");
        db.execute_unprepared(index).await.expect("is out of the way");
        let again = price_list_import::upload(app, &seller, "list.csv", LIST.into()).await.expect("is read");
        price_list_import::confirm(app, &seller, again.id).await.expect("is confirmed");
        run_due(app).await.expect("settles");
        let applied = price_list_import::run(app, &seller, again.id).await.expect("is there");
        assert_eq!(applied.status, ImportStatus::Applied);
    }

    async fn bad_files_are_refused_as_a_whole(market: &Market) {
        let seller = seller(market, "wang").await;
        let app = &market.app;
        let large = price_list_import::upload(app, &seller, "big.csv", vec![b'a'; 30_000_000]).await.unwrap_err();
        assert!(large.has_code(Code::FileTooLarge), "{large}");
        let bomb = price_list_import::upload(app, &seller, "bomb.xlsx", zip_bomb()).await.unwrap_err();
        assert!(bomb.has_code(Code::ArchiveTooDense), "{bomb}");
        let picture = price_list_import::upload(app, &seller, "x.png", b"\x89PNG\r\n\x1a\n\0\0\0\0".to_vec()).await.unwrap_err();
        assert!(picture.has_code(Code::FileKindNotTaken), "{picture}");
        let public = price_list_import::upload(app, &market.public(), "list.csv", LIST.into()).await;
        assert!(matches!(public, Err(Error::Unauthenticated)));
    }
}

/// A workbook whose one sheet is 60 MB of zeros, folded to some kilobytes.
fn zip_bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/workbook.xml", options).expect("begins");
    archive.start_file("xl/worksheets/sheet1.xml", options).expect("begins");
    for _ in 0..60 {
        archive.write_all(&vec![0; 1_000_000]).expect("writes");
    }
    archive.finish().expect("ends").into_inner()
}
