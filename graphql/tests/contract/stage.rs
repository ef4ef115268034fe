//! A market with everything in it that somebody may or may not be allowed to touch: a tender from plan to contract, one
//! that takes bids, a draft, an order, a price list, and the people around them.

use crate::market::Market;
use app::contracting::contract::make_contract;
use app::identity::account::viewer;
use app::tendering::bid::{SubmitBid, sealing_terms, submit};
use app::tendering::evaluation::{qualify_bidders, save_scores, sign_report, submit_scores};
use app::tendering::opening::{OfferedShare, holder_view, submit_shares};
use app::tendering::panel::{appoint_panel, declare_conflict};
use app::tendering::tender::{Draft, approve, begin_draft, publish};
use app::tendering::{award, clarification, consortium, document_registration, holder_key, objection, plan, tender, warning};
use app::{Context, catalogue, contracting, oversight};
use chrono::TimeDelta;
use domain::catalogue::catalogue_item::ItemDraft;
use domain::catalogue::category::CategoryCode;
use domain::catalogue::price_tier::PriceTier;
use domain::contracting::bid_security_means::Means;
use domain::contracting::delivery::Delivery;
use domain::ident::{BidId, CatalogueItemId, OrganizationId, TenderId, UserId};
use domain::identity::actor::Actor;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use domain::tendering::bid::BidContent;
use domain::tendering::plan::PlanContent;
use domain::tendering::procedure::Procedure;
use domain::tendering::procedure::choice::ProcedureChoice;
use domain::tendering::procedure::ground::Ground;
use domain::tendering::qualification::PaperFinding;
use domain::tendering::score_sheet::{Judgement, Marks, Score};
use domain::tendering::tender_content::{
    Anchor, Criterion, CriterionKind, EvaluationMethod, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem,
};
use sealing::envelope::{Binding, seal};
use sealing::key::HolderKey;
use std::collections::BTreeMap;

/// The market, its people by the letter of their column, and its records by name.
pub struct Stage {
    pub market: Market,
    people: Vec<(char, Context)>,
    pub ids: BTreeMap<&'static str, String>,
}

/// The letters of the columns, in order.
pub const COLUMNS: &str = "PSLsOoAaFKkEeUDR";

fn both(text: &str) -> LocalText {
    LocalText::new(text, text)
}

/// A scale that measures, so that nobody asks about it.
fn scale(kind: CriterionKind, weight_points: u32) -> Vec<Anchor> {
    let points = i32::try_from(weight_points).unwrap_or_default();
    let step = |points: i32, text: &str| Anchor { points, text: both(text) };
    if kind == CriterionKind::Price { Vec::new() } else { vec![step(points, "三项全部满足"), step(points / 2, "满足两项")] }
}

pub fn content(market: &Market) -> TenderContent {
    let mut content = TenderContent::begin(both("办公家具"), "A05010200".to_owned(), Nature::Goods, Money::cny(150_000_000));
    let criterion = |key: &str, kind: CriterionKind, weight_points: u32| Criterion {
        key: key.to_owned(),
        kind,
        name: both(key),
        weight_points,
        basis: both("依据"),
        anchors: scale(kind, weight_points),
    };
    content.description = both("采购办公家具");
    content.items = vec![TenderItem { name: both("椅子"), quantity: 10, unit: "把".to_owned(), specification: both(""), lot: 1, green: None }];
    content.requirements = vec![Requirement { kind: RequirementKind::Essential, text: both("阻燃") }];
    content.papers = vec![Paper { key: "licence".to_owned(), name: both("营业执照"), source: "法".to_owned(), is_obligatory: true }];
    content.criteria = vec![criterion("price", CriterionKind::Price, 40), criterion("quality", CriterionKind::Technical, 60)];
    content.deadline_at = Some(market.clock.now() + TimeDelta::days(23));
    content
}

impl Stage {
    /// Sets everything up.
    pub async fn set() -> Self {
        use Role::{Administrator, Approver, Evaluator, Finance, KeyHolder, Officer, Operator, Seller, Supervisor};
        let market = Market::open().await;
        let own = [Officer, Approver, Finance, KeyHolder, KeyHolder, Administrator];
        let own = market.colleagues(OrganizationKind::Buyer, "12330100M00000001", &own).await;
        let other = market.colleagues(OrganizationKind::Buyer, "12330100M00000002", &[Officer, Approver, KeyHolder]).await;
        let mut sellers = Vec::new();
        for first in ["91330106M00000001", "91330106M00000002", "91330106M00000003", "91330106M00000004"] {
            sellers.push(market.person(OrganizationKind::Supplier, Seller, first).await);
        }
        let supervisor = market.person(OrganizationKind::Supervisor, Supervisor, "11330100M00000001").await;
        let platform = [Operator, Evaluator, Evaluator, Evaluator, Evaluator, Evaluator, Evaluator];
        let platform = market.colleagues(OrganizationKind::Platform, "91330100M00000009", &platform).await;
        let public = market.app.context(Actor::Public, Language::English, "test");
        let people = [
            ('P', &public), ('S', &sellers[0]), ('L', &sellers[1]), ('s', &sellers[3]), ('O', &own[0]), ('o', &other[0]),
            ('A', &own[1]), ('a', &other[1]), ('F', &own[2]), ('K', &own[3]), ('k', &other[2]), ('E', &platform[1]),
            ('e', &platform[6]), ('U', &supervisor), ('D', &own[5]), ('R', &platform[0]),
        ];
        let people = people.map(|(letter, ctx)| (letter, ctx.clone())).to_vec();
        let mut stage = Self { market, people, ids: BTreeMap::new() };
        stage.catalogue().await;
        let holders = [own[3].clone(), own[4].clone()];
        stage.tenders(&holders, &sellers[..3], &platform[1..6]).await;
        stage
    }

    /// The person of a column.
    pub fn person(&self, letter: char) -> &Context {
        &self.people.iter().find(|(known, _)| *known == letter).expect("a column of the table").1
    }

    pub fn name(&mut self, name: &'static str, kind: &str, id: uuid::Uuid) {
        self.ids.insert(name, graphql::ident::global(kind, id).to_string());
    }

    /// An item, a price list, a file, an order, a basket with something in it.
    async fn catalogue(&mut self) {
        let (app, seller, officer) = (self.market.app.clone(), self.person('S').clone(), self.person('O').clone());
        let categories = include_str!("../../../backend/app/demo/categories.csv");
        catalogue::category::import(&app, &app.platform_context(), categories).await.expect("categories");
        let draft = |number: &str| ItemDraft {
            number: number.to_owned(),
            category: CategoryCode::parse("A02010105"),
            name: LocalText::new("笔记本电脑", "Laptop computer"),
            unit: "台".to_owned(),
            tiers: vec![PriceTier { least_quantity: 1, price: Money::cny(419_900) }],
            stock: Some(20),
            ..ItemDraft::default()
        };
        let item = catalogue::catalogue_item::create(&app, &seller, draft("N-1")).await.expect("is made");
        catalogue::catalogue_item::list(&app, &seller, item.id).await.expect("is listed");
        let hidden = catalogue::catalogue_item::create(&app, &seller, draft("N-2")).await.expect("is made");
        let run = catalogue::price_list_import::upload(&app, &seller, "a.csv", "SKU,Name,UoM,Category code,Price\nN-3,Pen,pc,A05040101,3\n".into());
        let run = run.await.expect("is read");
        let file = oversight::file::store_file(&app, &officer, "a.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec()).await.expect("is kept");
        contracting::basket::add(&app, &officer, item.id, 1).await.expect("is put in");
        let delivery = Delivery {
            region_code: "330106".to_owned(),
            address: "文三路 1 号".to_owned(),
            contact_name: "李敏".to_owned(),
            contact_phone: "0571-88880000".to_owned(),
            by_on: "2026-12-30".parse().expect("a day"),
            instructions: String::new(),
        };
        let checkout = contracting::order::Checkout { suppliers: Vec::new(), delivery, note: String::new() };
        let orders = contracting::order::place(&app, &officer, checkout).await.expect("is placed");
        contracting::basket::add(&app, &officer, item.id, 1).await.expect("is put in again");
        self.name("item", CatalogueItemId::KIND, item.id.0);
        self.name("hidden", CatalogueItemId::KIND, hidden.id.0);
        self.name("import", domain::ident::PriceListImportId::KIND, run.id.0);
        self.name("file", domain::ident::FileId::KIND, file.id.0);
        self.name("order", domain::ident::OrderId::KIND, orders[0].id.0);
        let winner = seller.person().expect("a person").organization;
        self.name("winner", OrganizationId::KIND, winner.0);
        let held = app::identity::organization::memberships(&app, self.person('D')).await.expect("memberships");
        let held = held.iter().find(|held| held.membership.role == Role::Finance).expect("somebody of finance").membership.id;
        self.name("membership", domain::ident::MembershipId::KIND, held.0);
        let (own, user) = (officer.person().expect("a person").organization, viewer(&app, &self.person('e').clone()).await.expect("a person").id);
        self.name("buyer", OrganizationId::KIND, own.0);
        self.name("expert", UserId::KIND, user.0);
    }

    /// `done` has become a contract; `open` takes bids and has one; `draft` is one.
    async fn tenders(&mut self, holders: &[Context], sellers: &[Context], panel: &[Context]) {
        let (app, officer) = (self.market.app.clone(), self.person('O').clone());
        let intention = PlanContent {
            title: both("办公家具"),
            description: both("更新"),
            category: "A05010200".to_owned(),
            budget: Money::cny(150_000_000),
            expected_on: "2026-12-30".parse().expect("a day"),
        };
        let plan = plan::create(&app, &officer, intention).await.expect("a plan");
        self.name("plan", domain::ident::PlanId::KIND, plan.id.0);
        let keys = [HolderKey::generate(), HolderKey::generate()];
        let mut registered = Vec::new();
        for (holder, key) in holders.iter().zip(&keys) {
            registered.push(holder_key::register(&app, holder, &key.recipient()).await.expect("registered").id);
        }
        self.name("key", domain::ident::HolderKeyId::KIND, registered[0].0);
        let done = self.published(&registered, None).await;
        document_registration::register(&app, &sellers[0], done).await.expect("registered");
        let mut bids = Vec::new();
        for (seller, price) in sellers.iter().zip([80_000_000, 90_000_000, 95_000_000]) {
            bids.push(self.bid(seller, done, price).await);
        }
        self.name("opened", BidId::KIND, bids[0].0);
        self.invited(&registered, &sellers[0]).await;
        self.reach_contract(done, (holders, &keys), &bids, panel).await;
        let open = self.published(&registered, Some(Money::cny(1_000_000))).await;
        let bid = self.bid(&sellers[0], open, 80_000_000).await;
        let exempt = Means::Exemption { reason: "小微企业".to_owned(), source: "采购公告第六条".to_owned() };
        let lodged = contracting::bid_security::lodge(&app, &sellers[0], open, exempt).await.expect("lodged");
        self.name("security", domain::ident::BidSecurityId::KIND, lodged.security.id.0);
        document_registration::register(&app, &sellers[0], open).await.expect("registered");
        let question = clarification::ask(&app, &sellers[1], open, "能否延期？".to_owned()).await.expect("asked");
        self.single_source(&registered, sellers).await;
        self.joint(&registered, &sellers[0], "91330106M00000002").await;
        let draft = Draft { content: content(&self.market), holder_keys: registered };
        let draft = begin_draft(&app, &officer, None, draft).await.expect("a draft");
        let asked = warning::reviews(&app, &officer, std::slice::from_ref(&draft)).await.expect("asked").remove(&draft.id).expect("a draft");
        let told = asked.warnings.first().expect("its purchases of the month exceed the threshold together").key.clone();
        let kept = warning::override_warning(&app, &officer, draft.id, told, "各项采购分属不同预算项目".to_owned()).await.expect("kept");
        self.name("override", domain::ident::WarningOverrideId::KIND, kept.id.0);
        self.name("done", TenderId::KIND, done.0);
        self.name("open", TenderId::KIND, open.0);
        self.name("draft", TenderId::KIND, draft.id.0);
        self.name("bid", BidId::KIND, bid.0);
        self.name("question", domain::ident::ClarificationId::KIND, question.id.0);
    }

    /// `joint` takes consortia; the first seller leads one to which the second is asked.
    async fn joint(&mut self, holder_keys: &[domain::ident::HolderKeyId], lead: &Context, asked: &str) {
        let joint = TenderContent { takes_consortia: true, ..content(&self.market) };
        let joint = self.published_as(joint, holder_keys).await;
        self.name("joint", TenderId::KIND, joint.0);
        self.propose(lead, joint, asked).await;
    }

    /// A consortium that somebody leads, of whose code the first seventeen characters are told.
    pub async fn propose(&mut self, lead: &Context, tender: TenderId, first_seventeen: &str) {
        let check = CreditCode::check_character(first_seventeen).expect("characters of the standard");
        let member = consortium::NamedMember { credit_code: format!("{first_seventeen}{check}"), share_basis_points: 4_000, work: both("安装") };
        let proposal = consortium::ProposeConsortium {
            tender,
            lots: Vec::new(),
            own_share_basis_points: 6_000,
            own_work: both("供货"),
            members: vec![member],
        };
        let proposed = consortium::propose(&self.market.app, lead, proposal).await.expect("proposed");
        self.name("consortium", domain::ident::ConsortiumId::KIND, proposed.consortium.id.0);
    }

    /// `source` is announced as a single source of the first seller; the second has objected and waits for an answer.
    async fn single_source(&mut self, holder_keys: &[domain::ident::HolderKeyId], sellers: &[Context]) {
        let mut source = content(&self.market);
        let deadline = source.deadline_at.expect("a deadline");
        source.budget = Money::cny(900_000_000);
        source.method = EvaluationMethod::LowestPrice;
        source.criteria.clear();
        source.choice = ProcedureChoice {
            procedure: Procedure::SingleSource,
            ground: Some(Ground::OnlySupplier),
            reason: both("只有一家能供应"),
            approval_number: "财采〔2026〕1号".to_owned(),
            announced_until: Some(deadline - TimeDelta::days(7)),
            sole_supplier: Some(sellers[0].person().expect("a person").organization),
            invite_count: 0,
        };
        let source = self.published_as(source, holder_keys).await;
        let objection = objection::raise(&self.market.app, &sellers[1], source, "我公司也能供应".to_owned(), None).await.expect("raised");
        self.name("source", TenderId::KIND, source.0);
        self.name("objection", domain::ident::ObjectionId::KIND, objection.id.0);
    }

    /// A published tender that asks for this security.
    async fn published(&self, holder_keys: &[domain::ident::HolderKeyId], security: Option<Money>) -> TenderId {
        self.published_as(TenderContent { bid_security: security, ..content(&self.market) }, holder_keys).await
    }

    /// A tender that says this, past its notice; what is asked about it is kept with a reason.
    pub async fn published_as(&self, content: TenderContent, holder_keys: &[domain::ident::HolderKeyId]) -> TenderId {
        let (app, officer) = (&self.market.app, self.person('O'));
        let draft = Draft { content, holder_keys: holder_keys.to_vec() };
        let draft = begin_draft(app, officer, None, draft).await.expect("a draft");
        let asked = warning::reviews(app, officer, std::slice::from_ref(&draft)).await.expect("asked").remove(&draft.id).unwrap_or_default();
        for told in asked.warnings {
            let reason = "各项采购分属不同预算项目".to_owned();
            warning::override_warning(app, officer, draft.id, told.key, reason).await.expect("kept with a reason");
        }
        tender::submit(app, officer, draft.id).await.expect("handed in");
        approve(app, self.person('A'), draft.id).await.expect("approved");
        publish(app, officer, draft.id).await.expect("published").id
    }

    async fn bid(&self, seller: &Context, tender: TenderId, price: i64) -> BidId {
        let app = &self.market.app;
        let terms = sealing_terms(app, seller, tender, None).await.expect("terms");
        let binding = Binding {
            tender_id: terms.terms.tender.0,
            lot_id: terms.lot.0,
            document_version: terms.terms.document_version,
            bidder_id: terms.bidder.0,
        };
        let content = BidContent {
            subcontracts: Vec::new(),
            price: Money::cny(price),
            answers: Vec::new(),
            papers: Vec::new(),
            technical: "技术".to_owned(),
            brand: price.to_string(),
            domestic_cost_percent: None,
            green_items: Vec::new(),
        };
        let content = serde_json::to_vec(&content).expect("JSON");
        let mut rng = sealing::chance::system().expect("randomness");
        let (sealed, _) = seal(&binding, &content, &terms.holders, terms.threshold as usize, &mut rng).expect("seals");
        let manifest = serde_json::to_string(&sealed.manifest).expect("JSON");
        let input = SubmitBid { tender, manifest, ciphertext: sealed.ciphertext, replaces: None, consortium: None };
        submit(app, seller, input).await.expect("handed in").bid.id
    }

    async fn reach_contract(&mut self, tender: TenderId, (holders, keys): (&[Context], &[HolderKey]), bids: &[BidId], panel: &[Context]) {
        let (app, officer) = (self.market.app.clone(), self.person('O').clone());
        self.market.clock.advance(TimeDelta::days(23) + TimeDelta::seconds(2));
        for (holder, key) in holders.iter().zip(keys) {
            let view = holder_view(&app, holder, tender).await.expect("a view");
            let open = |(bid, manifest): &(BidId, String)| {
                let manifest = serde_json::from_str(manifest).expect("a manifest");
                let share = sealing::opening::open_share(&manifest, view.holder.0, key).expect("opens");
                OfferedShare { bid: *bid, share: Some(share.share) }
            };
            let shares = view.manifests.iter().map(open).collect();
            submit_shares(&app, holder, tender, shares).await.expect("handed in");
        }
        let finding = |bid_id: &BidId| PaperFinding { bid_id: *bid_id, paper: "licence".to_owned(), is_met: true, reason: String::new() };
        qualify_bidders(&app, &officer, tender, bids.iter().map(finding).collect()).await.expect("qualified");
        let members = panel.iter().map(|member| member.person().expect("a person").user).collect();
        appoint_panel(&app, &officer, tender, members).await.expect("appointed");
        for member in panel {
            declare_conflict(&app, member, tender, None).await.expect("declared");
        }
        let marks = Marks {
            scores: bids.iter().map(|bid_id| Score { bid_id: *bid_id, criterion: "quality".to_owned(), hundredths: 4_000 }).collect(),
            judgements: bids.iter().map(|bid_id| Judgement { bid_id: *bid_id, requirement: 0, is_met: true, reason: String::new() }).collect(),
            notes: Vec::new(),
        };
        for member in panel {
            save_scores(&app, member, tender, marks.clone()).await.expect("saved");
            submit_scores(&app, member, tender).await.expect("handed in");
        }
        for member in panel {
            sign_report(&app, member, tender, String::new()).await.expect("signed");
        }
        award::confirm_award(&app, self.person('A'), tender, bids[0]).await.expect("confirmed");
        let award = award::publish_award(&app, &officer, tender).await.expect("published");
        self.name("award", domain::ident::AwardId::KIND, award[0].id.0);
        let contract = make_contract(&app, &officer, tender, None).await.expect("made");
        self.name("contract", domain::ident::ContractId::KIND, contract.id.0);
        app::jobs::run_due(&app).await.expect("the losers are told");
    }
}
