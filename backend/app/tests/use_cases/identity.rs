//! Who is who: sign-up, sign-in, tokens, passwords.

use crate::market::Market;
use crate::on_both_engines;
use app::Error;
use app::identity::account::{SignUp, change_password, sign_up, viewer};
use app::identity::colleague::{Colleague, add};
use app::identity::enrolment::give_role_to;
use app::identity::organization::{grant_role, memberships, organization, own_organizations, revoke_role};
use app::jobs::run_due;
use app::identity::session::{Tokens, act_for, authenticate, refresh, sign_in, sign_out};
use chrono::TimeDelta;
use domain::identity::actor::Actor;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, OrganizationKind, Registration};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use domain::refusal::Code;
use secrecy::{ExposeSecret as _, SecretString};

pub const PASSWORD: &str = "correct horse battery";

pub fn newcomer(login: &str) -> SignUp {
    SignUp {
        login: login.to_owned(),
        password: PASSWORD.into(),
        name: LocalText::new("王芳", "Wang Fang"),
        language: Language::Chinese,
        organization: Registration {
            kind: Some(OrganizationKind::Supplier),
            name: LocalText::new("福州某某科技有限公司", "Fuzhou Moumou Technology Co., Ltd"),
            credit_code: "91350100M000100Y43".to_owned(),
            enterprise_size: Some(EnterpriseSize::Small),
            region_code: "350100".to_owned(),
            address: LocalText::new("福州市鼓楼区一号", ""),
        },
    }
}

pub async fn signed_in(market: &Market) -> Tokens {
    sign_up(&market.app, &market.public(), newcomer("wang")).await.expect("signs up");
    sign_in(&market.app, &market.public(), "WANG", PASSWORD.into()).await.expect("signs in")
}

pub async fn actor(market: &Market, tokens: &Tokens) -> Result<Actor, Error> {
    authenticate(&market.app, &market.public(), tokens.access.expose_secret()).await
}

on_both_engines! {
    async fn a_newcomer_signs_up_signs_in_and_is_known_by_its_token(market: &Market) {
        let tokens = signed_in(market).await;
        let actor = actor(market, &tokens).await.expect("the token is good");
        assert!(actor.has_role(Role::Seller) && actor.has_role(Role::Administrator));
        let user = viewer(&market.app, &market.context(actor)).await.expect("the account is there");
        assert_eq!(user.login, "wang");
    }

    async fn a_taken_login_or_credit_code_is_refused_and_nothing_is_half_written(market: &Market) {
        signed_in(market).await;
        let error = sign_up(&market.app, &market.public(), newcomer("li.na")).await.unwrap_err();
        assert!(error.has_code(Code::CreditCodeTaken), "{error}");
        let mut other = newcomer("wang");
        let first = "91330106MA27X0A01";
        let check = CreditCode::check_character(first).expect("characters of the standard");
        other.organization.credit_code = format!("{first}{check}");
        let error = sign_up(&market.app, &market.public(), other).await.unwrap_err();
        assert!(error.has_code(Code::LoginTaken), "{error}");
        let error = sign_in(&market.app, &market.public(), "li.na", PASSWORD.into()).await.unwrap_err();
        assert!(error.has_code(Code::SignInFailed), "{error}");
    }

    async fn a_wrong_password_and_an_unknown_login_are_refused_alike(market: &Market) {
        signed_in(market).await;
        for (login, password) in [("wang", "wrong"), ("nobody", PASSWORD)] {
            let error = sign_in(&market.app, &market.public(), login, password.into()).await.unwrap_err();
            assert!(error.has_code(Code::SignInFailed), "{error}");
        }
    }

    async fn guessing_is_slowed_down(market: &Market) {
        signed_in(market).await;
        for _ in 0..9 {
            let _ = sign_in(&market.app, &market.public(), "wang", "wrong".into()).await;
        }
        let error = sign_in(&market.app, &market.public(), "wang", PASSWORD.into()).await.unwrap_err();
        assert!(error.has_code(Code::TooManyAttempts), "{error}");
    }

    async fn an_access_token_ends_after_fifteen_minutes(market: &Market) {
        let tokens = signed_in(market).await;
        market.app.clock().advance(TimeDelta::minutes(16));
        assert!(matches!(actor(market, &tokens).await, Err(Error::Unauthenticated)));
        let next = refresh(&market.app, &market.public(), tokens.refresh.expose_secret()).await.expect("renews");
        assert!(actor(market, &next).await.is_ok());
    }

    async fn a_refresh_token_used_twice_ends_its_family(market: &Market) {
        let first = signed_in(market).await;
        let second = refresh(&market.app, &market.public(), first.refresh.expose_secret()).await.expect("renews");
        let error = refresh(&market.app, &market.public(), first.refresh.expose_secret()).await.unwrap_err();
        assert!(error.has_code(Code::TokenReused), "{error}");
        let error = refresh(&market.app, &market.public(), second.refresh.expose_secret()).await.unwrap_err();
        assert!(error.has_code(Code::SessionEnded), "{error}");
        assert!(matches!(actor(market, &second).await, Err(Error::Unauthenticated)), "the family's access has ended too");
    }

    async fn a_token_of_another_making_is_refused(market: &Market) {
        let tokens = signed_in(market).await;
        let mut parts: Vec<_> = tokens.access.expose_secret().split('.').map(str::to_owned).collect();
        // {"alg":"none","typ":"at+jwt"}
        "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0".clone_into(&mut parts[0]);
        let forged = parts.join(".");
        assert!(matches!(authenticate(&market.app, &market.public(), &forged).await, Err(Error::Unauthenticated)));
    }

    async fn signing_out_ends_the_session_at_once(market: &Market) {
        let tokens = signed_in(market).await;
        let person = actor(market, &tokens).await.expect("the token is good");
        sign_out(&market.app, &market.context(person)).await.expect("signs out");
        assert!(matches!(actor(market, &tokens).await, Err(Error::Unauthenticated)));
    }

    async fn a_changed_password_ends_the_other_sessions(market: &Market) {
        let here = signed_in(market).await;
        let elsewhere = sign_in(&market.app, &market.public(), "wang", PASSWORD.into()).await.expect("signs in");
        let ctx = market.context(actor(market, &here).await.expect("the token is good"));
        let new = || SecretString::from("another long password");
        let error = change_password(&market.app, &ctx, "wrong".into(), new()).await.unwrap_err();
        assert!(error.has_code(Code::PasswordWrong), "{error}");
        change_password(&market.app, &ctx, PASSWORD.into(), new()).await.expect("changes");
        assert!(actor(market, &here).await.is_ok());
        assert!(matches!(actor(market, &elsewhere).await, Err(Error::Unauthenticated)));
        sign_in(&market.app, &market.public(), "wang", new()).await.expect("signs in with the new one");
    }

    async fn an_administrator_gives_a_role_once_and_never_to_itself(market: &Market) {
        let tokens = signed_in(market).await;
        let ctx = market.context(actor(market, &tokens).await.expect("the token is good"));
        let colleague = Colleague { login: "li.na".to_owned(), name: LocalText::new("李娜", ""), role: Role::Finance, language: Language::Chinese };
        add(&market.app, &ctx, colleague).await.expect("adds");
        let once = ctx.with_idempotency_key(Some("key-1".to_owned()));
        for _ in 0..2 {
            grant_role(&market.app, &once, "li.na", Role::Seller).await.expect("gives the role");
        }
        let held = memberships(&market.app, &ctx).await.expect("an administrator sees them");
        assert_eq!(held.iter().filter(|held| held.user.login == "li.na").count(), 2);
        let reused = grant_role(&market.app, &once, "li.na", Role::Administrator).await.unwrap_err();
        assert!(reused.has_code(Code::IdempotencyKeyReused), "{reused}");
        let own = grant_role(&market.app, &ctx, "wang", Role::Finance).await.unwrap_err();
        assert!(own.has_code(Code::SamePerson), "{own}");
        let foreign = grant_role(&market.app, &ctx, "li.na", Role::Supervisor).await.unwrap_err();
        assert!(foreign.has_code(Code::NotAllowed), "{foreign}");
        let unknown = grant_role(&market.app, &ctx, "nobody", Role::Seller).await.unwrap_err();
        assert!(unknown.has_code(Code::NotFound), "{unknown}");
    }

    async fn a_role_that_is_taken_is_gone_at_once_and_the_last_administrator_stays(market: &Market) {
        let tokens = signed_in(market).await;
        let mut colleague = newcomer("li.na");
        let first = "91330106MA27X0A01";
        let check = CreditCode::check_character(first).expect("characters of the standard");
        colleague.organization.credit_code = format!("{first}{check}");
        sign_up(&market.app, &market.public(), colleague).await.expect("signs up");
        let ctx = market.context(actor(market, &tokens).await.expect("the token is good"));
        let li_na = sign_in(&market.app, &market.public(), "li.na", PASSWORD.into()).await.expect("signs in");
        let elsewhere = market.context(actor(market, &li_na).await.expect("the token is good"));
        let code = organization(&market.app, &ctx, ctx.actor.organization().expect("one")).await.expect("is there").credit_code.as_str().to_owned();
        give_role_to(&market.app, &market.app.platform_context(), "li.na", &code, Role::Seller).await.expect("gives the role");
        let own = ctx.actor.organization().expect("an organization");
        let here = act_for(&market.app, &elsewhere, own).await.expect("acts for the other one");
        assert_eq!(own_organizations(&market.app, &elsewhere).await.expect("knows").len(), 2);
        let held = memberships(&market.app, &ctx).await.expect("an administrator sees them");
        let of = |login: &str, role: Role| held.iter().find(|held| held.user.login == login && held.membership.role == role).map(|held| held.membership.id);
        let (given, last) = (of("li.na", Role::Seller).expect("was given"), of("wang", Role::Administrator).expect("is there"));
        assert!(matches!(revoke_role(&market.app, &elsewhere, given).await, Err(Error::NotFound)), "another organization's");
        revoke_role(&market.app, &ctx, given).await.expect("takes the role");
        assert!(matches!(actor(market, &here).await, Err(Error::Unauthenticated)), "from the next request on");
        assert!(matches!(revoke_role(&market.app, &ctx, given).await, Err(Error::NotFound)));
        let error = revoke_role(&market.app, &ctx, last).await.unwrap_err();
        assert!(error.has_code(Code::LastAdministrator), "{error}");
    }

    async fn the_roles_of_a_newcomer_are_recorded_and_what_can_not_be_a_login_is_nobodys(market: &Market) {
        use sea_orm::ConnectionTrait as _;
        signed_in(market).await;
        let db = sea_orm::Database::connect(market.database_url.clone()).await.expect("connects");
        let granted = "SELECT id FROM event WHERE name = 'role.granted'";
        let granted = db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), granted)).await.expect("answers");
        assert_eq!(granted.len(), 2, "administrator and seller");
        // It is not even counted: the tenth and the hundredth try are told the same.
        for _ in 0..30 {
            let endless = "w".repeat(100_000);
            let error = sign_in(&market.app, &market.public(), &endless, PASSWORD.into()).await.unwrap_err();
            assert!(error.has_code(Code::SignInFailed), "{error}");
        }
    }

    async fn a_session_is_forgotten_a_month_after_its_end_and_not_while_it_is_renewed(market: &Market) {
        let tokens = signed_in(market).await;
        market.app.clock().advance(TimeDelta::days(10));
        let renewed = refresh(&market.app, &market.public(), tokens.refresh.expose_secret()).await.expect("renews");
        market.app.clock().advance(TimeDelta::days(35));
        assert_eq!(run_due(&market.app).await.expect("runs"), 1, "looked at, and put off");
        assert_eq!(market.app.job_counts().await.expect("counts"), (1, 0));
        market.app.clock().advance(TimeDelta::days(60));
        assert_eq!(run_due(&market.app).await.expect("runs"), 1, "forgotten");
        assert_eq!(market.app.job_counts().await.expect("counts"), (0, 0));
        let error = refresh(&market.app, &market.public(), renewed.refresh.expose_secret()).await.unwrap_err();
        assert!(error.has_code(Code::SessionEnded), "{error}");
    }
}
