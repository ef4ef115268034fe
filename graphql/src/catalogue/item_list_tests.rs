use crate::{Asker, schema};
use app::demo::catalogue::CATEGORIES;
use app::identity::account::{SignUp, sign_up};
use app::{App, Clock, Settings, catalogue};
use domain::catalogue::catalogue_item::ItemDraft;
use domain::catalogue::category::CategoryCode;
use domain::catalogue::price_tier::PriceTier;
use domain::ident::SessionId;
use domain::identity::actor::{Actor, Person};
use domain::identity::organization::{EnterpriseSize, OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use std::sync::Arc;

async fn market(folder: &std::path::Path, items: usize) -> Arc<App> {
    let app = App::open(Settings {
        database_url: format!("sqlite://{}", folder.join("zhaocai.sqlite").display()).into(),
        database_connections: 2,
        data_folder: folder.to_owned(),
        public_url: "http://127.0.0.1".to_owned(),
        policy_packs_folder: None,
        is_demo: false,
        clock: Clock::fixed(chrono::DateTime::UNIX_EPOCH),
        file_most_bytes: 1024 * 1024,
        seed: Some(7),
    });
    let app = app.await.unwrap();
    catalogue::category::import(&app, &app.platform_context(), CATEGORIES).await.unwrap();
    let newcomer = SignUp {
        login: "wang".to_owned(),
        password: "correct horse battery".into(),
        name: LocalText::new("王芳", ""),
        language: Language::Chinese,
        organization: Registration {
            kind: Some(OrganizationKind::Supplier),
            name: LocalText::new("福州某某科技有限公司", ""),
            credit_code: "91350100M000100Y43".to_owned(),
            enterprise_size: Some(EnterpriseSize::Small),
            region_code: "350100".to_owned(),
            address: LocalText::new("福州市鼓楼区一号", ""),
        },
    };
    let (user, organization) = sign_up(&app, &app.context(Actor::Public, Language::Chinese, "test"), newcomer).await.unwrap();
    let seller = Actor::Person(Person {
        user: user.id,
        organization: organization.id,
        organization_kind: OrganizationKind::Supplier,
        roles: vec![Role::Seller],
        session: SessionId(uuid::Uuid::nil()),
    });
    let ctx = app.context(seller, Language::Chinese, "test");
    for number in 0..items {
        let draft = ItemDraft {
            number: number.to_string(),
            category: CategoryCode::parse("A02010105"),
            name: LocalText::new("笔记本电脑", "Laptop"),
            unit: "台".to_owned(),
            tiers: vec![PriceTier { least_quantity: 1, price: Money::cny(1_000) }],
            ..ItemDraft::default()
        };
        let item = catalogue::catalogue_item::create(&app, &ctx, draft).await.unwrap();
        catalogue::catalogue_item::list(&app, &ctx, item.id).await.unwrap();
    }
    app
}

#[tokio::test]
async fn a_list_with_suppliers_and_price_tiers_takes_four_statements_at_most_whatever_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let app = market(folder.path(), 12).await;
    let schema = schema();
    let mut counts = Vec::new();
    for first in [1, 10] {
        let query = format!(
            "{{ items(first: {first}) {{ totalCount nodes {{ id name {{ zh }} priceTiers {{ leastQuantity price {{ amountMinor }} }}
                supplier {{ name {{ zh }} }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let ctx = app.context(Actor::Public, Language::Chinese, "test");
        let before = app.statements().count();
        let answer = schema.execute(async_graphql::Request::new(query).data(Asker { app: app.clone(), ctx })).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let data = answer.data.into_json().unwrap();
        assert_eq!(data["items"]["nodes"].as_array().map(Vec::len), Some(first));
        assert_eq!(data["items"]["totalCount"], 12);
        counts.push(app.statements().count() - before);
    }
    assert_eq!(counts[0], counts[1]);
    assert!(counts[1] <= 4, "{counts:?}");
}
