//! Warnings of drafts: what surrounds a draft is found, handing in waits for each, and reasons are kept.

use crate::fair::{Fair, acting, content, handed_in};
use crate::market::{Market, now};
use crate::on_both_engines;
use app::catalogue::category;
use app::tendering::tender::{self, Draft};
use app::tendering::warning::{self, Told};
use app::{Context, Error};
use domain::catalogue::catalogue_item::ItemDraft;
use domain::catalogue::category::CategoryCode;
use domain::catalogue::price_tier::PriceTier;
use domain::ident::{TenderId, UserId};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::money::Money;
use domain::refusal::{Code, Fact};
use domain::tendering::tender::TenderStateName;
use domain::tendering::tender_content::TenderContent;
use domain::tendering::warning::WarningKind;
use uuid::Uuid;

const CATEGORIES: &str = include_str!("../../demo/categories.csv");
const REASON: &str = "与现有设备互联，只有该型号满足";

async fn begun(fair: &Fair<'_>, content: TenderContent) -> domain::tendering::tender::Tender {
    let holder_keys = fair.tender.content.holders.iter().map(|holder| holder.key).collect();
    tender::begin_draft(&fair.market.app, &fair.officer, None, Draft { content, holder_keys }).await.expect("a draft")
}

/// What is asked about a tender, as somebody sees it.
async fn asked(fair: &Fair<'_>, ctx: &Context, id: TenderId) -> Vec<Told> {
    let app = &fair.market.app;
    let Ok(seen) = tender::tender(app, ctx, id).await else { return Vec::new() };
    warning::reviews(app, ctx, &[seen]).await.expect("answers").remove(&id).unwrap_or_default().warnings
}

fn kinds(told: &[Told]) -> Vec<WarningKind> {
    told.iter().filter(|one| one.overridden.is_none() && one.warning.kind != WarningKind::Splitting).map(|one| one.warning.kind).collect()
}

/// Another category than the fair's own tender, so that the two are no split of one purchase.
fn elsewhere() -> TenderContent {
    TenderContent { category: "A02010105".to_owned(), ..content() }
}

fn naming(text: &str) -> TenderContent {
    let mut content = elsewhere();
    content.requirements[0].text = LocalText::new(text, "");
    content
}

/// An item on sale, from whichever supplier.
async fn on_sale(fair: &Fair<'_>, number: usize, brand: &str, yuan: i64) {
    let (app, seller) = (&fair.market.app, &fair.suppliers[0]);
    let draft = ItemDraft {
        number: format!("N-{number}"),
        category: CategoryCode::parse("A02010105"),
        name: LocalText::new("椅子", "Chair"),
        brand: brand.to_owned(),
        unit: "把".to_owned(),
        tiers: vec![PriceTier { least_quantity: 1, price: Money::cny(yuan * 100) }],
        ..ItemDraft::default()
    };
    let item = app::catalogue::catalogue_item::create(app, seller, draft).await.expect("is made");
    app::catalogue::catalogue_item::list(app, seller, item.id).await.expect("is listed");
}

on_both_engines! {
    async fn a_draft_with_an_open_warning_is_not_handed_in_until_it_has_its_reason(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let draft = begun(&fair, naming("采用联想电脑")).await;
        let Err(Error::Refused(refusals)) = tender::submit(app, &fair.officer, draft.id).await else { panic!("handed in with an open warning") };
        let refusal = refusals.iter().find(|refusal| refusal.code == Code::WarningsOpen).expect("names the warning");
        assert_eq!((refusal.path.join("."), &refusal.facts["warning"]), ("requirements.0.text.zh".to_owned(), &Fact::word("warning-brand-named")));

        let told = asked(&fair, &fair.officer, draft.id).await.remove(0);
        let short = warning::override_warning(app, &fair.officer, draft.id, told.key.clone(), "要".to_owned()).await.unwrap_err();
        assert!(short.has_code(Code::ReasonTooShort), "{short}");
        let given = warning::override_warning(app, &fair.officer, draft.id, told.key.clone(), REASON.to_owned()).await.expect("kept");
        assert_eq!((given.reason.as_str(), given.by, given.given_at), (REASON, fair.officer.person().unwrap().user, now()));
        let twice = warning::override_warning(app, &fair.officer, draft.id, told.key, REASON.to_owned()).await.unwrap_err();
        assert!(twice.has_code(Code::Conflict), "{twice}");
        tender::submit(app, &fair.officer, draft.id).await.expect("handed in with its reason");

        // Whoever approves reads warning and reason beforehand; a reason can't be taken back behind them.
        let read = asked(&fair, &fair.approver, draft.id).await.remove(0);
        assert_eq!(read.overridden.as_ref().map(|one| one.reason.as_str()), Some(REASON));
        let late = warning::withdraw_override(app, &fair.officer, given.id).await.unwrap_err();
        assert!(late.has_code(Code::WrongState), "{late}");
        tender::approve(app, &fair.approver, draft.id).await.expect("approved");
        let notice = tender::publish(app, &fair.officer, draft.id).await.expect("published");
        assert!(asked(&fair, &fair.officer, draft.id).await.is_empty(), "nothing is asked once the notice is out");
        let supervisor = acting(market, UserId(Uuid::from_u128(9)), fair.suppliers[0].person().unwrap().organization, OrganizationKind::Supervisor, Role::Supervisor);
        for reader in [&fair.officer, &fair.approver, &supervisor] {
            assert_eq!(warning::overrides(app, reader, &notice).await.expect("reads").len(), 1);
        }
        for stranger in [&fair.suppliers[0], &market.public()] {
            assert!(warning::overrides(app, stranger, &notice).await.expect("answers").is_empty());
        }
    }

    async fn other_facts_are_another_warning_and_a_reason_can_be_taken_back(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let draft = begun(&fair, naming("采用联想电脑")).await;
        let key = asked(&fair, &fair.officer, draft.id).await.remove(0).key;
        let given = warning::override_warning(app, &fair.officer, draft.id, key.clone(), REASON.to_owned()).await.expect("kept");
        let holder_keys = fair.tender.content.holders.iter().map(|holder| holder.key).collect();
        let rewritten = Draft { content: naming("采用联想或戴尔电脑"), holder_keys };
        tender::write_draft(app, &fair.officer, draft.id, draft.version, rewritten).await.expect("written");
        assert_eq!(kinds(&asked(&fair, &fair.officer, draft.id).await), [WarningKind::BrandNamed]);
        let stale = warning::override_warning(app, &fair.officer, draft.id, key, REASON.to_owned()).await.unwrap_err();
        assert!(stale.has_code(Code::WarningChanged), "{stale}");
        warning::withdraw_override(app, &fair.officer, given.id).await.expect("taken back");
        let again = warning::withdraw_override(app, &fair.officer, given.id).await.unwrap_err();
        assert!(again.has_code(Code::NotFound), "{again}");
        let key = asked(&fair, &fair.officer, draft.id).await.remove(0).key;
        warning::override_warning(app, &fair.officer, draft.id, key, REASON.to_owned()).await.expect("kept anew");
        let kept = warning::overrides(app, &fair.officer, &draft).await.expect("reads");
        assert_eq!(kept.iter().map(|one| one.withdrawn_at.is_some()).collect::<Vec<_>>().len(), 2, "both stay on file");
        handed_in(market, &fair.officer, draft.id).await.expect("handed in");
    }

    async fn only_the_buyers_officers_answer_and_strangers_know_of_nothing(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let draft = begun(&fair, naming("采用联想电脑")).await;
        let key = asked(&fair, &fair.officer, draft.id).await.remove(0).key;
        for stranger in [&fair.suppliers[0], &market.public()] {
            assert!(asked(&fair, stranger, draft.id).await.is_empty());
            let refused = warning::override_warning(app, stranger, draft.id, key.clone(), REASON.to_owned()).await;
            assert!(matches!(refused, Err(Error::NotFound | Error::Unauthenticated)));
        }
        let approver = warning::override_warning(app, &fair.approver, draft.id, key.clone(), REASON.to_owned()).await;
        assert!(matches!(approver, Err(Error::Forbidden)));
        let given = warning::override_warning(app, &fair.officer, draft.id, key, REASON.to_owned()).await.expect("kept");
        for other in [&fair.suppliers[0], &fair.approver] {
            assert!(warning::withdraw_override(app, other, given.id).await.is_err());
        }
    }

    async fn a_brand_is_known_from_the_market_and_a_budget_is_compared_with_its_prices(market: &Market) {
        let fair = Fair::open(market, 1).await;
        category::import(&market.app, &market.app.platform_context(), CATEGORIES).await.expect("the categories are taken");
        let costing = |text: &str| TenderContent { budget: Money::cny(500_000), ..naming(text) };
        let before = begun(&fair, costing("采用星桥座椅")).await;
        assert_eq!(kinds(&asked(&fair, &fair.officer, before.id).await), []);
        for (number, yuan) in [480, 490, 500, 510, 520].into_iter().enumerate() {
            on_sale(&fair, number, "星桥 Xingqiao", yuan).await;
        }
        let told = asked(&fair, &fair.officer, before.id).await;
        assert_eq!(kinds(&told), [WarningKind::BrandNamed]);
        // Ten chairs at 500 yuan are 5,000: half a million fen. Three times as much is far.
        let far = begun(&fair, TenderContent { budget: Money::cny(1_500_000), ..costing("阻燃") }).await;
        let told = asked(&fair, &fair.officer, far.id).await;
        let facts = &told.iter().find(|one| one.warning.kind == WarningKind::PriceFar).expect("is far").warning.facts;
        assert_eq!((&facts["usual"], &facts["percent"], &facts["catalogue"]), (&Fact::Money(Money::cny(500_000)), &Fact::from(300_i64), &Fact::from(5_i64)));
    }

    async fn a_purchase_of_the_same_month_and_category_is_counted_once_it_is_handed_in(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 0).await);
        let Some(threshold) = app.rules_for(fair.officer.person().expect("an officer").organization, now()).await.expect("answers").figure("threshold.open_tender_goods_minor").map(|figure| figure.value) else {
            // A pack without the figure can't tell: it says so.
            let draft = begun(&fair, elsewhere()).await;
            let review = warning::reviews(app, &fair.officer, std::slice::from_ref(&draft)).await.expect("answers").remove(&draft.id).expect("a draft");
            assert!(review.unchecked.iter().any(|one| one.kind == WarningKind::Splitting));
            return;
        };
        let part = || TenderContent { budget: Money::cny(threshold / 5 * 3), bid_security: None, ..elsewhere() };
        let first = begun(&fair, part()).await;
        let second = begun(&fair, part()).await;
        let splits = async |id| asked(&fair, &fair.officer, id).await.into_iter().find(|one| one.warning.kind == WarningKind::Splitting);
        assert!(splits(second.id).await.is_none(), "a draft that nobody has handed in is no purchase");
        handed_in(market, &fair.officer, first.id).await.expect("handed in");
        let told = splits(second.id).await.expect("two parts exceed the threshold");
        assert_eq!((&told.warning.facts["month"], &told.warning.facts["month_count"]), (&Fact::Money(Money::cny(threshold / 5 * 6)), &Fact::from(2_i64)));
        assert_eq!(told.warning.facts["numbers"], Fact::from(first.number.clone()));
        assert_eq!(tender::tender(app, &fair.officer, first.id).await.expect("there").state.name(), TenderStateName::Submitted);
    }
}
