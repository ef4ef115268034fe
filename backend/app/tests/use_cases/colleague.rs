//! How colleagues come into an organization, and who may not.

use crate::identity::{PASSWORD, actor, newcomer, signed_in};
use crate::market::Market;
use crate::on_both_engines;
use app::identity::account::{change_password, sign_up};
use app::identity::colleague::{Colleague, add, renew_password};
use app::identity::enrolment::give_role_to;
use app::identity::organization::{grant_role, memberships, organization};
use app::identity::session::{authenticate, sign_in};
use app::oversight::file::store_file;
use app::oversight::task::viewer_tasks;
use app::{Context, Error};
use chrono::TimeDelta;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::oversight::task::TaskKind;
use domain::refusal::Code;
use secrecy::{ExposeSecret as _, SecretString};
use sea_orm::{ConnectionTrait as _, Statement};

fn colleague(login: &str, role: Role) -> Colleague {
    Colleague { login: login.to_owned(), name: LocalText::new("李娜", ""), role, language: Language::Chinese }
}

/// The administrator of a supplier.
async fn administrator(market: &Market) -> Context {
    let tokens = signed_in(market).await;
    market.context(actor(market, &tokens).await.expect("the token is good"))
}

/// The administrator of another organization.
async fn other(market: &Market, login: &str, kind: OrganizationKind, first: &str) -> Context {
    let mut other = newcomer(login);
    let check = CreditCode::check_character(first).expect("characters of the standard");
    other.organization.credit_code = format!("{first}{check}");
    other.organization.kind = Some(kind);
    other.organization.name = LocalText::new("杭州市某某中学", "Hangzhou Moumou School");
    if kind == OrganizationKind::Buyer {
        other.organization.enterprise_size = None;
    }
    sign_up(&market.app, &market.public(), other).await.expect("signs up");
    let tokens = sign_in(&market.app, &market.public(), login, PASSWORD.into()).await.expect("signs in");
    market.context(authenticate(&market.app, &market.public(), tokens.access.expose_secret()).await.expect("the token is good"))
}

/// The credit code of the organization for which somebody acts.
async fn credit_code(market: &Market, ctx: &Context) -> String {
    let id = ctx.actor.organization().expect("an organization");
    organization(&market.app, ctx, id).await.expect("is there").credit_code.as_str().to_owned()
}

/// All that the table holds, as text.
async fn kept(market: &Market, sql: &str) -> Vec<String> {
    let db = sea_orm::Database::connect(market.database_url.clone()).await.expect("connects");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("answers");
    rows.iter().map(|row| row.try_get_by_index::<String>(0).expect("a text")).collect()
}

on_both_engines! {
    async fn a_colleague_signs_in_once_with_the_password_that_was_told_and_then_chooses_another(market: &Market) {
        let ctx = administrator(market).await;
        let (_, one_time) = add(&market.app, &ctx, colleague(" Li.Na ", Role::Seller)).await.expect("adds");
        let again = || SecretString::from(one_time.expose_secret().to_owned());
        let tokens = sign_in(&market.app, &market.public(), "li.na", again()).await.expect("signs in once");
        let person = actor(market, &tokens).await.expect("the token is good");
        // Whoever gave the password knows it: it opens nothing but the choice of another.
        let known = market.context(person.clone());
        assert!(!person.has_role(Role::Seller) && person.organization() == ctx.actor.organization());
        assert!(matches!(memberships(&market.app, &known).await, Err(Error::Forbidden)));
        assert!(matches!(store_file(&market.app, &known, "a.txt", b"a".to_vec()).await, Err(Error::Forbidden)));
        let same = change_password(&market.app, &known, again(), again()).await.unwrap_err();
        assert!(same.has_code(Code::PasswordUnchanged), "{same}");
        let twice = sign_in(&market.app, &market.public(), "li.na", again()).await.unwrap_err();
        assert!(twice.has_code(Code::SignInFailed), "{twice}");
        change_password(&market.app, &known, again(), PASSWORD.into()).await.expect("changes");
        let person = actor(market, &tokens).await.expect("the session goes on");
        assert!(person.has_role(Role::Seller) && !person.has_role(Role::Administrator));
        sign_in(&market.app, &market.public(), "li.na", PASSWORD.into()).await.expect("with the new one");
        let events = kept(market, "SELECT name FROM event WHERE name IN ('user.added', 'role.granted') ORDER BY id").await;
        assert_eq!(events.iter().filter(|name| *name == "user.added").count(), 1);
        assert_eq!(events.iter().filter(|name| *name == "role.granted").count(), 3, "two of the newcomer and this one");
    }

    async fn a_colleague_is_added_once_under_a_key_and_the_password_is_kept_nowhere(market: &Market) {
        let ctx = administrator(market).await.with_idempotency_key(Some("key-1".to_owned()));
        let (_, one_time) = add(&market.app, &ctx, colleague("li.na", Role::Seller)).await.expect("adds");
        let again = add(&market.app, &ctx, colleague("li.na", Role::Seller)).await.unwrap_err();
        assert!(again.has_code(Code::AnsweredOnce), "{again}");
        let reused = add(&market.app, &ctx, colleague("qian", Role::Seller)).await.unwrap_err();
        assert!(reused.has_code(Code::IdempotencyKeyReused), "{reused}");
        let answers = kept(market, "SELECT CAST(answer AS TEXT) FROM idempotent_answer").await;
        assert!(answers.len() == 1 && !answers[0].contains(one_time.expose_secret()) && !answers[0].contains("argon2"), "{answers:?}");
        assert_eq!(memberships(&market.app, &ctx).await.expect("sees").iter().filter(|held| held.user.login == "li.na").count(), 1);
        sign_in(&market.app, &market.public(), "li.na", one_time).await.expect("the first password is the one");
    }

    async fn a_lost_one_time_password_is_renewed_until_the_colleague_chooses_one(market: &Market) {
        let ctx = administrator(market).await;
        let (_, lost) = add(&market.app, &ctx, colleague("li.na", Role::Seller)).await.expect("adds");
        let held = async |login: &str| {
            let held = memberships(&market.app, &ctx).await.expect("sees");
            held.into_iter().find(|held| held.user.login == login).expect("is there")
        };
        let id = held("li.na").await.membership.id;
        assert!(!held("li.na").await.has_chosen_password && held("wang").await.has_chosen_password);
        let (user, renewed) = renew_password(&market.app, &ctx, id).await.expect("renews");
        assert_eq!(user.login, "li.na");
        let gone = sign_in(&market.app, &market.public(), "li.na", lost).await.unwrap_err();
        assert!(gone.has_code(Code::SignInFailed), "{gone}");
        let again = || SecretString::from(renewed.expose_secret().to_owned());
        let tokens = sign_in(&market.app, &market.public(), "li.na", again()).await.expect("signs in");
        let seller = market.context(actor(market, &tokens).await.expect("the token is good"));
        let tasks = viewer_tasks(&market.app, &seller).await.expect("tells");
        assert_eq!(tasks.first().map(|task| task.kind), Some(TaskKind::ChoosePassword));
        assert!(matches!(renew_password(&market.app, &seller, id).await, Err(Error::Forbidden)));
        let elsewhere = other(market, "zhao", OrganizationKind::Supplier, "91330106MA27X0A01").await;
        assert!(matches!(renew_password(&market.app, &elsewhere, id).await, Err(Error::NotFound)));
        change_password(&market.app, &seller, again(), PASSWORD.into()).await.expect("changes");
        let chosen = renew_password(&market.app, &ctx, id).await.unwrap_err();
        assert!(chosen.has_code(Code::PasswordChosen), "{chosen}");
        assert_eq!(viewer_tasks(&market.app, &seller).await.expect("tells"), []);
    }

    async fn what_is_wrong_about_a_colleague_is_told_and_only_administrators_add(market: &Market) {
        let ctx = administrator(market).await;
        let taken = add(&market.app, &ctx, colleague("wang", Role::Seller)).await.unwrap_err();
        assert!(taken.has_code(Code::LoginTaken), "{taken}");
        let wrong = add(&market.app, &ctx, Colleague { name: LocalText::new("", ""), ..colleague("x", Role::Officer) }).await.unwrap_err();
        for code in [Code::Malformed, Code::Required, Code::NotAllowed] {
            assert!(wrong.has_code(code), "{wrong}");
        }
        let (_, one_time) = add(&market.app, &ctx, colleague("li.na", Role::Seller)).await.expect("adds");
        let tokens = sign_in(&market.app, &market.public(), "li.na", one_time).await.expect("signs in");
        let seller = market.context(actor(market, &tokens).await.expect("the token is good"));
        assert!(matches!(add(&market.app, &seller, colleague("qian", Role::Seller)).await, Err(Error::Forbidden)));
        assert!(matches!(add(&market.app, &market.public(), colleague("qian", Role::Seller)).await, Err(Error::Unauthenticated)));
    }

    async fn logins_are_not_guessed_by_adding_colleagues_without_end(market: &Market) {
        let ctx = administrator(market).await;
        for _ in 0..10 {
            let taken = add(&market.app, &ctx, colleague("wang", Role::Seller)).await.unwrap_err();
            assert!(taken.has_code(Code::LoginTaken), "{taken}");
        }
        let over = add(&market.app, &ctx, colleague("wang", Role::Seller)).await.unwrap_err();
        assert!(over.has_code(Code::TooManyAttempts), "{over}");
    }

    async fn a_given_password_ends_after_a_while(market: &Market) {
        let ctx = administrator(market).await;
        let (_, one_time) = add(&market.app, &ctx, colleague("li.na", Role::Seller)).await.expect("adds");
        market.app.clock().advance(TimeDelta::days(15));
        let late = sign_in(&market.app, &market.public(), "li.na", one_time).await.unwrap_err();
        assert!(late.has_code(Code::SignInFailed), "{late}");
    }

    async fn an_administrator_gives_roles_and_passwords_to_its_own_people_only(market: &Market) {
        let ctx = administrator(market).await;
        let other = other(market, "zhao", OrganizationKind::Supplier, "91330106MA27X0A01").await;
        add(&market.app, &ctx, colleague("li.na", Role::Seller)).await.expect("adds");
        for login in ["li.na", "wang", "nobody"] {
            let foreign = grant_role(&market.app, &other, login, Role::Seller).await.unwrap_err();
            assert!(foreign.has_code(Code::NotFound), "{login}: {foreign}");
        }
        let code = credit_code(market, &other).await;
        give_role_to(&market.app, &market.app.platform_context(), "li.na", &code, Role::Seller).await.expect("the marketplace does");
        for administrator in [&ctx, &other] {
            let held = memberships(&market.app, administrator).await.expect("sees");
            let id = held.iter().find(|held| held.user.login == "li.na").expect("is there").membership.id;
            let others = renew_password(&market.app, administrator, id).await.unwrap_err();
            assert!(others.has_code(Code::AccountOfOthers), "{others}");
        }
        // Once it is among its people, it gives it other roles.
        grant_role(&market.app, &other, "li.na", Role::Finance).await.expect("gives");
    }

    async fn logins_are_not_guessed_by_giving_roles_without_end(market: &Market) {
        let ctx = administrator(market).await;
        for number in 0..10 {
            let nobody = grant_role(&market.app, &ctx, &format!("nobody{number}"), Role::Seller).await.unwrap_err();
            assert!(nobody.has_code(Code::NotFound), "{nobody}");
        }
        let over = grant_role(&market.app, &ctx, "nobody", Role::Seller).await.unwrap_err();
        assert!(over.has_code(Code::TooManyAttempts), "{over}");
    }

    async fn nobody_works_for_a_supplier_and_for_a_buyer(market: &Market) {
        let supplier = administrator(market).await;
        let buyer = other(market, "zhao", OrganizationKind::Buyer, "91330106MA27X0A01").await;
        let (platform, code) = (market.app.platform_context(), credit_code(market, &buyer).await);
        let across = give_role_to(&market.app, &platform, "wang", &code, Role::Officer).await.unwrap_err();
        assert!(across.has_code(Code::MemberElsewhere), "{across}");
        let Error::Refused(refusals) = across else { panic!("refused") };
        assert_eq!(refusals[0].path, ["login"]);
        let english = domain::text::refusal(Language::English, &refusals[0]);
        assert!(english.contains("Fuzhou Moumou Technology") && english.contains("Supplier"), "{english}");
        let chinese = domain::text::refusal(Language::Chinese, &refusals[0]);
        assert!(chinese.contains("福州某某科技有限公司") && chinese.contains("供应商"), "{chinese}");
        let code = credit_code(market, &supplier).await;
        let back = give_role_to(&market.app, &platform, "zhao", &code, Role::Seller).await.unwrap_err();
        assert!(back.has_code(Code::MemberElsewhere), "{back}");
        // Nothing of a refused act stays.
        assert_eq!(memberships(&market.app, &buyer).await.expect("sees").len(), 2);
    }

    async fn the_administrator_sees_for_whom_else_a_login_works(market: &Market) {
        let ctx = administrator(market).await;
        other(market, "li.na", OrganizationKind::Supplier, "91330106MA27X0A01").await;
        let code = credit_code(market, &ctx).await;
        give_role_to(&market.app, &market.app.platform_context(), "li.na", &code, Role::Seller).await.expect("the same side");
        for held in memberships(&market.app, &ctx).await.expect("sees") {
            let elsewhere: Vec<_> = held.elsewhere.iter().map(|other| other.name.en.as_str()).collect();
            let expected: &[&str] = if held.user.login == "li.na" { &["Hangzhou Moumou School"] } else { &[] };
            assert_eq!(elsewhere, expected, "{}", held.user.login);
        }
    }
}
