//! A market of its own for each test, asked through the schema as a server asks it.

use app::identity::account::{Enrolment, enrol, hash_password};
use app::identity::session::sign_in;
use app::{App, Clock, Context, Settings};
use async_graphql::{Request, Response, Variables};
use chrono::{DateTime, Utc};
use domain::identity::actor::Actor;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, Organization, OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use graphql::{Asker, Schema, schema};
use secrecy::SecretString;
use serde_json::Value;
use std::sync::Arc;

/// Of everybody in these markets.
const PASSWORD: &str = "correct horse battery";

/// The application, the schema over it, and its clock.
pub struct Market {
    pub app: Arc<App>,
    pub schema: Schema,
    pub clock: Clock,
    _folder: tempfile::TempDir,
}

/// The instant at which tests start: Tuesday 24 November 2026, 10:00 in Beijing.
pub fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T02:00:00Z").expect("an instant").to_utc()
}

impl Market {
    /// An empty market.
    pub async fn open() -> Self {
        Self::open_as(false).await
    }

    /// The market of the demonstration.
    pub async fn demo() -> Self {
        let market = Self::open_as(true).await;
        app::demo::seed(&market.app).await.expect("the demonstration");
        market
    }

    async fn open_as(is_demo: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Clock::fixed(now());
        let settings = Settings {
            database_url: SecretString::from(format!("sqlite://{}", folder.path().join("zhaocai.sqlite").display())),
            database_connections: 4,
            data_folder: folder.path().to_owned(),
            public_url: "http://127.0.0.1".to_owned(),
            policy_packs_folder: None,
            is_demo,
            clock: clock.clone(),
            file_most_bytes: 1024 * 1024,
            seed: Some(7),
        };
        let app = App::open(settings).await.expect("the application opens");
        Self { app, schema: schema(), clock, _folder: folder }
    }

    /// A person of an organization of its own.
    pub async fn person(&self, kind: OrganizationKind, role: Role, first: &str) -> Context {
        self.colleagues(kind, first, &[role]).await.remove(0)
    }

    /// Somebody of the demonstration by login; the public when it is empty.
    pub async fn demo_person(&self, login: &str) -> Context {
        match login {
            "" => self.app.context(Actor::Public, Language::English, "test"),
            login => self.signed_in(login, app::demo::organizations::DEMO_PASSWORD).await,
        }
    }

    /// People of one organization, one for each role. `first` are the first seventeen characters of its credit code.
    pub async fn colleagues(&self, kind: OrganizationKind, first: &str, roles: &[Role]) -> Vec<Context> {
        let platform = self.app.platform_context();
        let check = CreditCode::check_character(first).expect("characters of the standard");
        let registration = Registration {
            kind: Some(kind),
            name: LocalText::new(format!("单位{first}"), format!("Organization {first}")),
            credit_code: format!("{first}{check}"),
            enterprise_size: (kind == OrganizationKind::Supplier).then_some(EnterpriseSize::Small),
            region_code: "330100".to_owned(),
            address: LocalText::new("杭州市西湖区一号", ""),
        };
        let organization: Organization = registration.register(platform.new_id(), now()).expect("is sound");
        let id = organization.id;
        let password_hash = hash_password(&platform, PASSWORD.into()).await.expect("is hashed");
        let enrolment = |(place, role): (usize, &Role)| Enrolment {
            login: if place == 0 { first.to_lowercase() } else { format!("{}-{place}", first.to_lowercase()) },
            name: LocalText::new("李敏", "Li Min"),
            language: Language::Chinese,
            password_hash: password_hash.clone(),
            roles: vec![(id, *role)],
        };
        let people = roles.iter().enumerate().map(enrolment).collect();
        let users = enrol(&self.app, &platform, vec![organization], people).await.expect("is enrolled");
        let mut signed_in = Vec::new();
        for user in users {
            signed_in.push(self.signed_in(&user.login, PASSWORD).await);
        }
        signed_in
    }

    async fn signed_in(&self, login: &str, password: &str) -> Context {
        let public = self.app.context(Actor::Public, Language::English, "test");
        let tokens = sign_in(&self.app, &public, login, password.into()).await.expect("signs in");
        self.app.context(Actor::Person(tokens.person), Language::English, "test")
    }

    /// Runs a document as somebody, and answers its data: there must be no errors.
    pub async fn ask(&self, ctx: &Context, document: &str, variables: Value) -> Value {
        // Two acts never share an instant, so that a timeline has an order.
        self.clock.advance(chrono::TimeDelta::seconds(1));
        let response = self.run(ctx, Request::new(document).variables(Variables::from_json(variables))).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        response.data.into_json().expect("is JSON")
    }

    /// Runs a request as somebody, with whatever comes back.
    pub async fn run(&self, ctx: &Context, request: Request) -> Response {
        self.schema.execute(self.asked(ctx, request)).await
    }

    /// A request with its asker.
    pub fn asked(&self, ctx: &Context, request: Request) -> Request {
        request.data(Asker { app: Arc::clone(&self.app), ctx: ctx.clone() })
    }
}
