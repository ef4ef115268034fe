//! A published tender with suppliers and key holders around it, for the tests of bids and what follows them.

use crate::market::{Market, now};
use app::identity::account::{SignUp, sign_up};
use app::tendering::award;
use app::tendering::bid::{self, OwnBid, SubmitBid, sealing_terms, submit};
use app::tendering::opening::{OfferedShare, holder_view, submit_shares};
use app::tendering::holder_key;
use app::tendering::tender::{self, Draft};
use app::tendering::warning;
use app::{App, Context, Error};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::{BidId, LotId, OrganizationId, SessionId, TenderId, UserId};
use domain::identity::actor::{Actor, Person};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use domain::tendering::award::LoserNotice;
use domain::tendering::bid::BidContent;
use domain::tendering::reservation::{Reservation, UnreservedGround};
use domain::tendering::tender::Tender;
use domain::tendering::tender_content::{
    Anchor, Criterion, CriterionKind, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem,
};
use rand_chacha_010::ChaCha20Rng;
use rand_chacha_010::rand_core::SeedableRng as _;
use sealing::envelope::{Binding, SealedBid, seal};
use sealing::key::HolderKey;
use uuid::Uuid;

/// Words that stand nowhere but inside envelopes.
pub const CANARY: &str = "金丝雀-canary-7f3a";

/// The tender and everybody around it.
pub struct Fair<'a> {
    pub market: &'a Market,
    pub tender: Tender,
    pub officer: Context,
    pub approver: Context,
    pub suppliers: Vec<Context>,
    pub holders: Vec<(Context, HolderKey)>,
}

/// A context for somebody who holds one role.
pub fn acting(market: &Market, user: UserId, organization: OrganizationId, kind: OrganizationKind, role: Role) -> Context {
    let session = SessionId(Uuid::from_u128(1));
    market.context(Actor::Person(Person { user, organization, organization_kind: kind, roles: vec![role], session }))
}

async fn registered(market: &Market, number: usize, kind: OrganizationKind) -> (UserId, OrganizationId) {
    registered_as(market, number, kind, EnterpriseSize::Small).await
}

/// Somebody of a new organization of this kind, and its credit code.
pub async fn of_kind(market: &Market, number: usize, kind: OrganizationKind) -> (UserId, OrganizationId, String) {
    let (user, organization) = registered(market, number, kind).await;
    let first = format!("91350100MA{number:07}");
    let check = CreditCode::check_character(&first).expect("characters of the standard");
    (user, organization, format!("{first}{check}"))
}

/// Somebody who sells for an enterprise of this size.
pub async fn seller_of_size(market: &Market, number: usize, size: EnterpriseSize) -> Context {
    let (user, organization) = registered_as(market, number, OrganizationKind::Supplier, size).await;
    acting(market, user, organization, OrganizationKind::Supplier, Role::Seller)
}

async fn registered_as(market: &Market, number: usize, kind: OrganizationKind, size: EnterpriseSize) -> (UserId, OrganizationId) {
    let first = format!("91350100MA{number:07}");
    let check = CreditCode::check_character(&first).expect("characters of the standard");
    let newcomer = SignUp {
        login: format!("person-{number}"),
        password: "correct horse battery".into(),
        name: LocalText::new("王芳", "Wang Fang"),
        language: Language::Chinese,
        organization: Registration {
            kind: Some(kind),
            name: LocalText::new(format!("第{number}单位"), format!("Organization {number}")),
            credit_code: format!("{first}{check}"),
            enterprise_size: (kind == OrganizationKind::Supplier).then_some(size),
            region_code: "350100".to_owned(),
            address: LocalText::new("福州市鼓楼区一号", ""),
        },
    };
    let (user, organization) = sign_up(&market.app, &market.public(), newcomer).await.expect("signs up");
    (user.id, organization.id)
}

fn both(text: &str) -> LocalText {
    LocalText::new(text, text)
}

fn criterion(key: &str, kind: CriterionKind, weight_points: u32) -> Criterion {
    Criterion { key: key.to_owned(), kind, name: both(key), weight_points, basis: both("依据"), anchors: scale(kind, weight_points) }
}

/// A scale that measures, so that nobody asks about it.
fn scale(kind: CriterionKind, weight_points: u32) -> Vec<Anchor> {
    let points = i32::try_from(weight_points).unwrap_or_default();
    let step = |points: i32, text: &str| Anchor { points, text: both(text) };
    if kind == CriterionKind::Price { Vec::new() } else { vec![step(points, "三项全部满足"), step(points / 2, "满足两项")] }
}

/// Keeps whatever is asked about a draft with a reason, and hands it in.
pub async fn handed_in(market: &Market, officer: &Context, draft: TenderId) -> Result<Tender, Error> {
    let app = &market.app;
    let seen = tender::tender(app, officer, draft).await?;
    let asked = warning::reviews(app, officer, &[seen]).await?.remove(&draft).unwrap_or_default();
    for told in asked.warnings.into_iter().filter(|told| told.overridden.is_none()) {
        warning::override_warning(app, officer, draft, told.key, "各项采购分属不同预算项目".to_owned()).await?;
    }
    tender::submit(app, officer, draft).await
}

/// A tender's content, of whose holders two are needed.
pub fn content() -> TenderContent {
    let mut content = TenderContent::begin(both("办公家具"), "A05010200".to_owned(), Nature::Goods, Money::cny(150_000_000));
    content.description = both("采购办公家具");
    content.items = vec![TenderItem { name: both("椅子"), quantity: 10, unit: "把".to_owned(), specification: both(""), lot: 1, green: None }];
    content.requirements = vec![Requirement { kind: RequirementKind::Essential, text: both("阻燃") }];
    content.papers =
        vec![Paper { key: "licence".to_owned(), name: both("营业执照"), source: "法".to_owned(), is_obligatory: true }];
    content.criteria = vec![criterion("price", CriterionKind::Price, 40), criterion("quality", CriterionKind::Technical, 60)];
    content.deadline_at = Some(now() + TimeDelta::days(23));
    content.reservation = Reservation::Unreserved { ground: UnreservedGround::CompetitionTooLittle, reason: both("货源不足") };
    content
}

impl<'a> Fair<'a> {
    /// A published tender with `suppliers` suppliers and three holders, the last of them the supervisor.
    pub async fn open(market: &'a Market, suppliers: usize) -> Self {
        Self::open_as(market, 0, suppliers).await
    }

    /// As [`Fair::open`], for another fair in the same market, on the same day.
    pub async fn open_as(market: &'a Market, fair: usize, suppliers: usize) -> Self {
        Self::of(market, fair, suppliers, |_| content()).await
    }

    /// As [`Fair::open_as`], with what is written for these suppliers.
    pub async fn of(market: &'a Market, fair: usize, suppliers: usize, write: impl FnOnce(&[Context]) -> TenderContent) -> Self {
        market.app.clock().set(now());
        let first = fair * 1_000;
        let (officer, buyer) = registered(market, first + 1, OrganizationKind::Buyer).await;
        let officer = acting(market, officer, buyer, OrganizationKind::Buyer, Role::Officer);
        let approver = acting(market, UserId(Uuid::from_u128(77)), buyer, OrganizationKind::Buyer, Role::Approver);
        let mut bidders = Vec::new();
        for number in 0..suppliers {
            let (user, organization) = registered(market, first + 10 + number, OrganizationKind::Supplier).await;
            bidders.push(acting(market, user, organization, OrganizationKind::Supplier, Role::Seller));
        }
        let content = write(&bidders);
        let mut holders = Vec::new();
        let app = &market.app;
        let mut holder_keys = Vec::new();
        for (number, role) in [(2, Role::KeyHolder), (3, Role::KeyHolder), (4, Role::Supervisor)] {
            let (user, _) = registered(market, first + number, OrganizationKind::Buyer).await;
            let ctx = acting(market, user, buyer, OrganizationKind::Buyer, role);
            let key = HolderKey::generate();
            holder_keys.push(holder_key::register(app, &ctx, &key.recipient()).await.expect("registered").id);
            holders.push((ctx, key));
        }
        let draft = Draft { content, holder_keys };
        let draft = tender::begin_draft(app, &officer, None, draft).await.expect("a draft");
        handed_in(market, &officer, draft.id).await.expect("handed in");
        tender::approve(app, &approver, draft.id).await.expect("approved");
        let tender = tender::publish(app, &officer, draft.id).await.expect("published");
        Self { market, tender, officer, approver, suppliers: bidders, holders }
    }

    /// A sealed bid of a supplier at a price in fen, and its key.
    pub async fn sealed(&self, supplier: usize, price: i64) -> (SealedBid, String) {
        let content = BidContent {
            price: Money::cny(price),
            answers: Vec::new(),
            papers: Vec::new(),
            technical: CANARY.to_owned(),
            brand: format!("品牌 {supplier}"),
            domestic_cost_percent: None,
            green_items: Vec::new(),
            subcontracts: Vec::new(),
        };
        self.sealed_content(supplier, &serde_json::to_vec(&content).expect("JSON")).await
    }

    /// As [`Self::sealed`], for a lot by its number.
    pub async fn sealed_for(&self, lot: u32, supplier: usize, price: i64) -> SealedBid {
        let content = BidContent {
            price: Money::cny(price),
            answers: Vec::new(),
            papers: Vec::new(),
            technical: CANARY.to_owned(),
            brand: format!("品牌 {supplier}"),
            domestic_cost_percent: None,
            green_items: Vec::new(),
            subcontracts: Vec::new(),
        };
        let lots = self.tender.lots();
        let lot = lots.iter().find(|one| one.number == lot).map(|one| one.id);
        self.sealed_to(lot, supplier, &serde_json::to_vec(&content).expect("JSON")).await.0
    }

    /// Any content, sealed as the terms say.
    pub async fn sealed_content(&self, supplier: usize, content: &[u8]) -> (SealedBid, String) {
        self.sealed_to(None, supplier, content).await
    }

    async fn sealed_to(&self, lot: Option<LotId>, supplier: usize, content: &[u8]) -> (SealedBid, String) {
        let terms = sealing_terms(&self.market.app, &self.suppliers[supplier], self.tender.id, lot).await.expect("terms");
        let binding = Binding {
            tender_id: terms.terms.tender.0,
            lot_id: terms.lot.0,
            document_version: terms.terms.document_version,
            bidder_id: terms.bidder.0,
        };
        let mut rng = ChaCha20Rng::seed_from_u64(5);
        seal(&binding, content, &terms.holders, terms.threshold as usize, &mut rng).expect("seals")
    }

    /// Hands an envelope in.
    pub async fn hand_in(&self, supplier: usize, sealed: &SealedBid, replaces: Option<BidId>) -> Result<OwnBid, Error> {
        submit(&self.market.app, &self.suppliers[supplier], self.input(sealed, replaces)).await
    }

    /// The input that hands an envelope in.
    pub fn input(&self, sealed: &SealedBid, replaces: Option<BidId>) -> SubmitBid {
        SubmitBid {
            tender: self.tender.id,
            manifest: serde_json::to_string(&sealed.manifest).expect("JSON"),
            ciphertext: sealed.ciphertext.clone(),
            replaces,
            consortium: None,
        }
    }

    /// Every supplier bids, each a thousand yuan more than the one before, and keeps its key.
    pub async fn all_bid(&self) -> Vec<(BidId, String)> {
        let mut bids = Vec::new();
        for (supplier, price) in (0..self.suppliers.len()).zip((80_000_000_i64..).step_by(100_000)) {
            let (sealed, key) = self.sealed(supplier, price).await;
            bids.push((self.hand_in(supplier, &sealed, None).await.expect("handed in").bid.id, key));
            self.market.app.clock().advance(TimeDelta::seconds(1));
        }
        bids
    }

    /// Moves the clock just behind the deadline.
    pub fn pass_deadline(&self) {
        self.market.app.clock().set(self.tender.content.deadline_at.expect("a deadline") + TimeDelta::seconds(2));
    }

    /// What a holder's browser makes of the sealed shares.
    pub async fn shares(&self, holder: usize) -> Vec<OfferedShare> {
        let (ctx, key) = &self.holders[holder];
        let view = holder_view(&self.market.app, ctx, self.tender.id).await.expect("a view");
        let open = |(bid, manifest): &(BidId, String)| {
            let manifest = serde_json::from_str(manifest).expect("a manifest");
            let share = sealing::opening::open_share(&manifest, view.holder.0, key).expect("opens");
            OfferedShare { bid: *bid, share: Some(share.share) }
        };
        view.manifests.iter().map(open).collect()
    }

    /// A holder opens and hands in.
    pub async fn holder_opens(&self, holder: usize) -> Result<(), Error> {
        let shares = self.shares(holder).await;
        submit_shares(&self.market.app, &self.holders[holder].0, self.tender.id, shares).await.map(|_| ())
    }
}

/// The one bid of somebody for a tender.
pub async fn viewer_bid(app: &App, ctx: &Context, tender: TenderId) -> Result<OwnBid, Error> {
    bid::viewer_bids(app, ctx, tender).await?.into_iter().next().ok_or(Error::NotFound)
}

/// The one thing that somebody was told about a tender that it did not win.
pub async fn loser_notice(app: &App, ctx: &Context, tender: TenderId) -> Result<(LoserNotice, DateTime<Utc>), Error> {
    award::loser_notices_of(app, ctx, tender).await?.into_iter().next().ok_or(Error::NotFound)
}
