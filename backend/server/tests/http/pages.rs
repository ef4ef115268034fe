//! Pages of tenders and parties, as each role finds them, without any script.

use crate::{SIGN_UP, Server};
use app::Context;
use app::identity::enrolment::give_role_to;
use app::tendering::holder_key;
use app::tendering::tender::{self, Draft};
use chrono::TimeDelta;
use domain::identity::credit_code::CreditCode;
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::money::Money;
use domain::tendering::tender::Tender;
use domain::tendering::reservation::{Reservation, UnreservedGround};
use domain::tendering::tender_content::{Anchor, Criterion, CriterionKind, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem};
use reqwest::{Client, Response, StatusCode, redirect::Policy};
use serde_json::{Value, json};

/// A person with the cookie of its session.
pub(super) struct Reader<'a> {
    server: &'a Server,
    client: Client,
    token: String,
}

impl<'a> Reader<'a> {
    /// Somebody who has not signed in.
    pub(super) fn nobody(server: &'a Server) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { server, client, token: String::new() }
    }

    /// The first person of an organization that signs up here.
    pub(super) async fn newcomer(server: &'a Server, login: &str, kind: &str, number: u32) -> Self {
        let first = format!("91350100MA{number:07}");
        let code = format!("{first}{}", CreditCode::check_character(&first).unwrap());
        let size = (kind == "SUPPLIER").then_some("SMALL");
        let input = json!({ "input": {
            "login": login, "password": "correct horse battery", "name": { "zh": login }, "language": "CHINESE",
            "organization": {
                "kind": kind, "name": { "zh": format!("福州{number}号单位"), "en": format!("Fuzhou No. {number}") }, "creditCode": code,
                "enterpriseSize": size, "regionCode": "350100", "address": { "zh": "福州市鼓楼区一号" }
            }
        } });
        let answer = server.ask(None, SIGN_UP, input).await;
        assert_eq!(answer["data"]["signUp"]["userErrors"], json!([]), "{answer}");
        let mut reader = Self::nobody(server);
        reader.sign_in(login).await;
        reader
    }

    async fn sign_in(&mut self, login: &str) {
        let query = "mutation($l: String!) { signIn(input: { login: $l, password: \"correct horse battery\" }) { accessToken } }";
        let answer = self.server.ask(None, query, json!({ "l": login })).await;
        answer["data"]["signIn"]["accessToken"].as_str().unwrap().clone_into(&mut self.token);
    }

    pub(super) async fn get(&self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.server.address)).header("accept-language", "en");
        let request = if self.token.is_empty() { request } else { request.header("cookie", format!("zhaocai_access={}", self.token)) };
        request.send().await.unwrap()
    }

    pub(super) async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.server.address)).header("accept-language", "en");
        let request = request.header("origin", self.server.address.clone()).header("cookie", format!("zhaocai_access={}", self.token));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()
    }

    /// Posts a form with one file.
    pub(super) async fn send_file(&self, path: &str, form: &[(&str, &str)], (field, name, bytes): (&str, &str, &[u8])) -> Response {
        let mut body = Vec::new();
        for (name, value) in form {
            body.extend(format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        body.extend(format!("--line\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n").into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--line--\r\n");
        let request = self.client.post(format!("{}{path}", self.server.address)).header("accept-language", "en");
        let request = request.header("origin", self.server.address.clone()).header("cookie", format!("zhaocai_access={}", self.token));
        request.header("content-type", "multipart/form-data; boundary=line").body(body).send().await.unwrap()
    }

    /// What the use cases know this person as.
    async fn context(&self) -> Context {
        let app = &self.server.app;
        let public = app.context(domain::identity::actor::Actor::Public, Language::English, "test");
        let actor = app::identity::session::authenticate(app, &public, &self.token).await.unwrap();
        app.context(actor, Language::English, "test")
    }
}

/// Where an answer leads, without what it says there.
pub(super) fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let to = answer.headers()["location"].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

/// The value of the hidden field of a form.
pub(super) fn hidden(page: &str, name: &str) -> String {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\""))).unwrap();
    tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn both(text: &str) -> LocalText {
    LocalText::new(text, text)
}

/// A scale that measures, so that nobody asks about it.
fn scale(kind: CriterionKind, weight_points: u32) -> Vec<Anchor> {
    let points = i32::try_from(weight_points).unwrap_or_default();
    let step = |points: i32, text: &str| Anchor { points, text: both(text) };
    if kind == CriterionKind::Price { Vec::new() } else { vec![step(points, "三项全部满足"), step(points / 2, "满足两项")] }
}

fn content(server: &Server) -> TenderContent {
    let mut content = TenderContent::begin(both("办公家具"), "A05010200".to_owned(), Nature::Goods, Money::cny(150_000_000));
    content.description = both("采购办公家具");
    content.items = vec![TenderItem { name: both("椅子"), quantity: 10, unit: "把".to_owned(), specification: both(""), lot: 1, green: None }];
    content.requirements = vec![Requirement { kind: RequirementKind::Essential, text: both("阻燃") }];
    content.papers = vec![Paper { key: "licence".to_owned(), name: both("营业执照"), source: "法".to_owned(), is_obligatory: true }];
    let criterion = |key: &str, kind, weight_points| Criterion { key: key.to_owned(), kind, name: both(key), weight_points, basis: both("依据"), anchors: scale(kind, weight_points) };
    content.criteria = vec![criterion("price", CriterionKind::Price, 40), criterion("quality", CriterionKind::Technical, 60)];
    content.reservation = Reservation::Unreserved { ground: UnreservedGround::CompetitionTooLittle, reason: both("货源不足") };
    content.deadline_at = Some(server.app.clock().now() + TimeDelta::days(23));
    content
}

/// A draft of a new buyer, its officer and somebody else who has signed up.
async fn draft(server: &Server) -> (Reader<'_>, Reader<'_>, Tender) {
    let officer = Reader::newcomer(server, "wang", "BUYER", 1).await;
    let stranger = Reader::newcomer(server, "zhao", "SUPPLIER", 2).await;
    let draft = Draft { content: content(server), holder_keys: Vec::new() };
    let begun = tender::begin_draft(&server.app, &officer.context().await, None, draft).await.unwrap();
    (officer, stranger, begun)
}

fn address(tender: &Tender) -> String {
    use base64::Engine as _;
    let id = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("Tender:{}", tender.id));
    format!("/tenders/{id}")
}

#[tokio::test]
async fn files_are_attached_in_the_editor_and_nobody_else_reads_a_drafts() {
    let server = Server::start().await;
    let (officer, stranger, begun) = draft(&server).await;
    let step = format!("{}/edit/documents", address(&begun));
    let version = hidden(&officer.page(&step).await, "version");
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";
    let refused = officer.send_file(&step, &[("version", &version), ("do", "save")], ("documents", "a.html", b"<script>")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("a.html"), "the file is named with what is wrong with it");
    let version = hidden(&officer.page(&step).await, "version");
    let kept = officer.send_file(&step, &[("version", &version), ("do", "save")], ("documents", "terms.pdf", pdf)).await;
    assert_eq!(location(&kept), step);
    let page = officer.page(&step).await;
    // SHA-256 of the content above.
    assert!(page.contains("terms.pdf") && page.contains("PDF · 29 B") && page.contains("SHA-256"), "{page}");
    let file = page.split("href=\"").find_map(|rest| rest.strip_prefix("/files/")?.split('"').next()).unwrap();
    let file = format!("/files/{file}");
    assert_eq!(officer.get(&file).await.bytes().await.unwrap().as_ref(), pdf);
    for other in [&stranger, &Reader::nobody(&server)] {
        assert_eq!(other.get(&file).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(other.get(&address(&begun)).await.status(), StatusCode::NOT_FOUND);
    }
    let (version, id) = (hidden(&page, "version"), hidden(&page, "removed"));
    let removed = officer.send_file(&step, &[("version", &version), ("removed", &id), ("do", "save")], ("documents", "", b"")).await;
    assert_eq!(location(&removed), step);
    assert!(!officer.page(&step).await.contains("terms.pdf"));
}

#[tokio::test]
async fn a_draft_saves_itself_and_an_officer_who_was_overtaken_sees_both_texts() {
    let server = Server::start().await;
    let (officer, _, begun) = draft(&server).await;
    let step = format!("{}/edit/requirements", address(&begun));
    let version = hidden(&officer.page(&step).await, "version");
    let form = |text: &'static str, version: &str, act: &'static str| {
        [("version", version.to_owned()), ("requirements.0.text.zh", text.to_owned()), ("requirements.0.kind", "essential".to_owned()), ("do", act.to_owned())]
    };
    let post = async |form: [(&'static str, String); 4]| {
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        officer.post(&step, &form).await
    };
    let saved = post(form("阻燃一级", &version, "autosave")).await;
    assert_eq!(saved.status(), StatusCode::OK);
    let told: Value = saved.json().await.unwrap();
    assert_eq!(told["said"], "Saved at 10:00:00.");
    let next = told["version"].to_string();
    assert_ne!(next, version);
    let late = post(form("阻燃二级", &version, "autosave")).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(late.json::<Value>().await.unwrap()["said"].as_str().unwrap().contains("not lost"));
    let shown = post(form("阻燃二级", &version, "save")).await;
    assert_eq!(shown.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = shown.text().await.unwrap();
    assert!(page.contains("阻燃一级") && page.contains("阻燃二级") && page.contains("In the draft now"), "{page}");
    assert_eq!(hidden(&page, "version"), next, "saving again replaces theirs knowingly");
    assert_eq!(location(&post(form("阻燃二级", &next, "save")).await), step);
    let unread = officer.post(&format!("{}/edit/subject", address(&begun)), &[("version", "9"), ("budget", "many"), ("do", "autosave")]).await;
    assert_eq!(unread.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

/// A published tender of a new buyer; its officer, and a supplier.
async fn published(server: &Server) -> (Reader<'_>, Reader<'_>, Tender) {
    let (officer, supplier, begun) = draft(server).await;
    let (app, ctx) = (&server.app, officer.context().await);
    let own = ctx.person().unwrap().organization;
    let code = app::identity::organization::organization(app, &ctx, own).await.unwrap().credit_code.as_str().to_owned();
    let mut keys = Vec::new();
    for (number, login, role) in [(3, "li.na", Role::Approver), (4, "qian", Role::KeyHolder), (5, "sun", Role::KeyHolder)] {
        let colleague = Reader::newcomer(server, login, "BUYER", number).await;
        give_role_to(app, &app.platform_context(), login, &code, role).await.unwrap();
        let theirs = colleague.context().await;
        let tokens = app::identity::session::act_for(app, &theirs, own).await.unwrap();
        let theirs = app.context(domain::identity::actor::Actor::Person(tokens.person), Language::English, "test");
        if role == Role::Approver {
            keys.push((theirs, None));
        } else {
            let recipient = sealing::key::HolderKey::generate().recipient();
            let key = holder_key::register(app, &theirs, &recipient).await.unwrap().id;
            keys.push((theirs, Some(key)));
        }
    }
    let draft = Draft { content: content(server), holder_keys: keys.iter().filter_map(|(_, key)| *key).collect() };
    tender::write_draft(app, &ctx, begun.id, begun.version, draft).await.unwrap();
    tender::submit(app, &ctx, begun.id).await.unwrap();
    tender::approve(app, &keys[0].0, begun.id).await.unwrap();
    let notice = tender::publish(app, &ctx, begun.id).await.unwrap();
    (officer, supplier, notice)
}

#[tokio::test]
async fn a_published_tender_is_changed_after_a_look_at_what_the_law_does() {
    let server = Server::start().await;
    let (mut officer, mut supplier, notice) = published(&server).await;
    server.app.clock().advance(TimeDelta::days(13));
    officer.sign_in("wang").await;
    supplier.sign_in("zhao").await;
    let here = address(&notice);
    let amend = format!("{here}/amend");
    assert_eq!(supplier.get(&amend).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(location(&Reader::nobody(&server).get(&amend).await), "/sign-in");
    assert!(!supplier.page(&here).await.contains(&amend) && officer.page(&here).await.contains(&amend));
    let version = hidden(&officer.page(&amend).await, "version");
    let form = [("version", version.as_str()), ("requirements.0.text.zh", "阻燃，质保三年"), ("requirements.0.kind", "essential")];
    let silent = officer.post(&amend, &[&form[..], &[("do", "preview")]].concat()).await;
    assert_eq!(silent.status(), StatusCode::UNPROCESSABLE_ENTITY, "a change gives its reason");
    let reason = ("reason.zh", "补充质保要求");
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";
    let looked = officer.send_file(&amend, &[&form[..], &[reason, ("do", "preview")]].concat(), ("documents", "annex.pdf", pdf)).await;
    assert_eq!(looked.status(), StatusCode::OK);
    let page = looked.text().await.unwrap();
    // Ten days are left of the fifteen that a change must leave: 7 December and 15 days.
    for word in ["The deadline moves to", "15 days", "条例第三十一条", "22 December 2026", "become stale", "annex.pdf", "质保三年"] {
        assert!(page.contains(word), "{word} is missing: {page}");
    }
    assert!(!supplier.page(&here).await.contains("annex.pdf"), "nothing is published by looking");
    let document = hidden(&page, "document");
    let done = officer.post(&amend, &[&form[..], &[reason, ("document", &document), ("do", "publish")]].concat()).await;
    assert_eq!(location(&done), here);
    let page = Reader::nobody(&server).page(&here).await;
    for word in ["Version 2", "补充质保要求", "annex.pdf", "<del>", "质保三年"] {
        assert!(page.contains(word), "{word} is missing: {page}");
    }
    let again = officer.post(&amend, &[&form[..], &[reason, ("document", &document), ("do", "publish")]].concat()).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY, "somebody who has not seen version 2 is told");
}

#[tokio::test]
async fn an_intention_is_drafted_published_and_carried_out() {
    let server = Server::start().await;
    let officer = Reader::newcomer(&server, "wang", "BUYER", 1).await;
    let supplier = Reader::newcomer(&server, "zhao", "SUPPLIER", 2).await;
    assert_eq!(supplier.get("/plans/new").await.status(), StatusCode::FORBIDDEN);
    let form = |month: &'static str| [("title.zh", "办公家具"), ("description.zh", "更新办公家具"), ("category", "A05010200"), ("budget", "1,500,000"), ("expectedOn", month)];
    let unread = officer.post("/plans/new", &form("soon")).await;
    assert_eq!(unread.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let unread = unread.text().await.unwrap();
    assert!(unread.contains("2027-01") && unread.contains("更新办公家具"), "nothing typed is lost: {unread}");
    let plan = location(&officer.post("/plans/new", &form("2027-01")).await);
    assert_eq!(supplier.get(&plan).await.status(), StatusCode::NOT_FOUND, "a draft is the buyer's own");
    assert_eq!(location(&officer.post(&plan, &[("do", "publish")]).await), plan);
    let public = Reader::nobody(&server);
    assert!(public.page("/plans").await.contains(&plan));
    assert!(public.page(&plan).await.contains("January 2027"));
    let page = officer.page(&plan).await;
    assert!(page.contains("24 December 2026"), "thirty days from today: {page}");
    let id = plan.trim_start_matches("/plans/");
    let begin = officer.page(&format!("/tenders/new?plan={id}")).await;
    assert!(begin.contains("value=\"办公家具\"") && hidden(&begin, "plan") == id);
}

#[tokio::test]
async fn an_organization_signs_up_gives_a_role_and_takes_it() {
    let server = Server::start().await;
    let mut buyer = Reader::nobody(&server);
    let typed = |code: &'static str| {
        [
            ("organization.kind", "buyer"), ("organization.name.zh", "福州市某某中学"), ("organization.creditCode", code),
            ("organization.regionCode", "350100"), ("organization.address.zh", "福州市一号"), ("name.zh", "王芳"), ("login", "wang"),
            ("password", "correct horse battery"),
        ]
    };
    let wrong = buyer.post("/sign-up", &typed("91350100M000100Y44")).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = wrong.text().await.unwrap();
    assert!(wrong.contains("GB 32100-2015") && wrong.contains("value=\"福州市某某中学\"") && !wrong.contains("correct horse battery"), "{wrong}");
    let done = buyer.post("/sign-up", &typed("91350100M000100Y43")).await;
    assert_eq!(location(&done), "/organization");
    assert!(done.headers().get_all("set-cookie").iter().any(|cookie| cookie.to_str().unwrap().starts_with("zhaocai_access=")));
    buyer.sign_in("wang").await;
    let colleague = Reader::newcomer(&server, "li.na", "BUYER", 3).await;
    let unknown = buyer.post("/organization", &[("login", "nobody"), ("role", "approver"), ("do", "grant")]).await;
    assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = buyer.post("/organization", &[("login", "li.na"), ("role", "approver"), ("do", "grant")]).await;
    assert_eq!(foreign.status(), StatusCode::UNPROCESSABLE_ENTITY, "who works elsewhere is nobody here");
    let code = "91350100M000100Y43";
    give_role_to(&server.app, &server.app.platform_context(), "li.na", code, Role::Approver).await.unwrap();
    let page = colleague.page("/organization").await;
    assert!(page.contains("福州市某某中学"), "may act for the other one: {page}");
    let acted = colleague.post("/organization", &[("organizationId", &hidden(&page, "organizationId")), ("do", "act")]).await;
    assert_eq!(location(&acted), "/organization");
    let page = buyer.page("/organization").await;
    let taken = page.split("<li").find(|entry| entry.contains("Take “Approver”")).map(|entry| hidden(entry, "membershipId")).unwrap();
    assert_eq!(location(&buyer.post("/organization", &[("membershipId", &taken), ("do", "revoke")]).await), "/organization");
    assert!(!buyer.page("/organization").await.contains("Take “Approver”"));
    let last = page.split("<li").find(|entry| entry.contains("Take “Administrator”")).map(|entry| hidden(entry, "membershipId")).unwrap();
    let refused = buyer.post("/organization", &[("membershipId", &last), ("do", "revoke")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(location(&Reader::nobody(&server).get("/organization").await), "/sign-in");
}

#[tokio::test]
async fn everybody_reads_what_is_public_of_a_buyer_and_of_a_supplier_and_nothing_else() {
    let server = Server::start().await;
    let (_, supplier, notice) = published(&server).await;
    let public = Reader::nobody(&server);
    let page = public.page(&address(&notice)).await;
    let buyer = page.split("href=\"").find_map(|rest| rest.starts_with("/buyers/").then(|| rest.split('"').next().unwrap())).unwrap();
    let page = public.page(buyer).await;
    assert!(page.contains("91350100MA0000001") && page.contains(&address(&notice)), "{page}");
    let answer = server.ask(Some(&supplier.token), "{ viewer { organization { id } } }", Value::Null).await;
    let id = answer["data"]["viewer"]["organization"]["id"].as_str().unwrap();
    let page = public.page(&format!("/suppliers/{id}")).await;
    assert!(page.contains("Small enterprise") && page.contains("91350100MA0000002"), "{page}");
    assert!(!page.contains("zhao\"") && !page.contains(">zhao") && !page.contains("鼓楼区"), "neither logins nor addresses: {page}");
    assert_eq!(public.get(&format!("/buyers/{id}")).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_administrator_adds_a_colleague_whose_password_is_told_once() {
    let server = Server::start().await;
    let mut administrator = Reader::newcomer(&server, "wang", "BUYER", 1).await;
    let form = |login: &'static str| [("colleague.name.zh", "李娜"), ("colleague.login", login), ("colleague.role", "approver"), ("do", "add")];
    let taken = administrator.post("/organization", &form("wang")).await;
    assert_eq!(taken.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let taken = taken.text().await.unwrap();
    assert!(taken.contains("href=\"#field-colleague-login\"") && taken.contains("This login is in use") && taken.contains("value=\"李娜\""), "{taken}");
    let told = administrator.post("/organization", &form("Li.Na")).await;
    assert_eq!((told.status(), &told.headers()["cache-control"]), (StatusCode::OK, &"no-store".parse().unwrap()));
    let told = told.text().await.unwrap();
    assert!(told.contains("good for one sign-in") && told.contains("<code>li.na</code>"), "{told}");
    let password = told.split("one-time\">").nth(1).unwrap().split('<').next().unwrap();
    let page = administrator.page("/organization").await;
    assert!(page.contains("<code>li.na</code>") && !page.contains(password), "{page}");
    let colleague = Reader::nobody(&server);
    let landed = colleague.post("/sign-in", &[("login", "li.na"), ("password", password)]).await;
    assert_eq!(location(&landed), "/");
    assert_eq!(colleague.post("/sign-in", &[("login", "li.na"), ("password", password)]).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    Reader::newcomer(&server, "zhao", "SUPPLIER", 2).await;
    administrator.sign_in("wang").await;
    let across = administrator.post("/organization", &[("login", "zhao"), ("role", "officer"), ("do", "grant")]).await;
    assert_eq!(across.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!across.text().await.unwrap().contains("Fuzhou No. 2"), "where a login works is not told");
    let more = administrator.post("/organization", &[("login", "li.na"), ("role", "finance"), ("do", "grant")]).await;
    assert_eq!(location(&more), "/organization");
}
