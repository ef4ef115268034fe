//! Signing in. In a demo the accounts to try are listed below.

use crate::request::{ACCESS_COOKIE, REFRESH_COOKIE};
use crate::{prelude::*, respond::cookie};

/// The form.
pub(super) fn page(visit: &Visit) -> Answered {
    let next = visit.query("next").or_else(|| visit.posted("next")).and_then(Visit::own_address).unwrap_or("/").to_owned();
    let asked = next != "/" && !visit.is_again();
    Page::titled(visit.say("sign-in")).wide().show(move || {
        let why = asked.then(|| view! { <Notice tone=Tone::Info title=say("sign-in-needed")>""</Notice> });
        view! {
            <h1>{say("sign-in")}</h1>
            {why}
            <Form>
                <input type="hidden" name="next" value=next/>
                <Field name="login" label=say("sign-in-login") autocomplete="username" width="short"/>
                <Field name="password" label=say("sign-in-password") kind="password" autocomplete="current-password" width="short"/>
                <Button label=say("sign-in") kind=Kind::Primary/>
            </Form>
            <p>{say("sign-up-ask")} " " <a href="/sign-up">{say("sign-up")}</a></p>
            {accounts()}
        }
    })
}

fn accounts() -> Option<impl IntoView> {
    let visit = visit();
    let accounts = visit.demo()?.accounts.clone();
    (!accounts.is_empty()).then(|| {
        let rows = accounts
            .into_iter()
            .map(|account| {
                let roles: Vec<String> = account.roles.iter().map(|role| say(&format!("role-{}", role.as_str()))).collect();
                let who = account.login.clone();
                view! {
                    <tr>
                        <th scope="row">{account.name}</th>
                        <td>{roles.join(" · ")}</td>
                        <td>{visit.local(&account.organization).to_owned()}</td>
                        <td>
                            <form method="post" action="/sign-in">
                                <input type="hidden" name="login" value=account.login/>
                                <input type="hidden" name="password" value=account.password.clone()/>
                                <button class="button small" type="submit">{say_with("demo-sign-in-as", facts([("login", who.into())]))}</button>
                            </form>
                        </td>
                        <td><code>{account.password}</code></td>
                        <td>{account.holder_key.map(|key| view! {
                            <a href=key.address download>{say("demo-holder-key")}</a>
                            <br/>
                            <code>{key.passphrase}</code>
                        })}</td>
                    </tr>
                }
            })
            .collect_view();
        let columns = ["demo-account-name", "demo-account-roles", "demo-account-organization", "demo-account-use", "demo-account-password", "demo-account-key"];
        let columns = columns.map(|key| Column::new(say(key))).into();
        view! { <h2>{say("demo-accounts")}</h2> <Table caption=say("demo-accounts-caption") columns>{rows}</Table> <p class="help">{say("demo-holder-key-help")}</p> }
    })
}

/// As long as an access token lasts, in seconds.
pub(super) const ACCESS_SECONDS: u32 = 15 * 60;
/// As long as a session lasts without being renewed, in seconds.
pub(super) const REFRESH_SECONDS: u32 = 14 * 24 * 60 * 60;

#[derive(cynic::QueryVariables, Debug)]
struct Credentials {
    login: String,
    password: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Credentials")]
struct SignIn {
    #[arguments(input: { login: $login, password: $password })]
    sign_in: SignInPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SignInPayload {
    access_token: Option<String>,
    refresh_token: Option<String>,
    user_errors: Vec<UserError>,
}

/// Signs in and goes on where the reader wanted to go: to the desk, unless another page led here.
pub(super) async fn act(visit: &Visit) -> Answered {
    let next = visit.posted("next").and_then(Visit::own_address).unwrap_or("/").to_owned();
    go_on(visit, Answer::go(next)?).await
}

/// Signs in with what was posted, and answers as told.
pub(super) async fn go_on(visit: &Visit, answer: Answer) -> Answered {
    let posted = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let credentials = Credentials { login: posted("login"), password: posted("password") };
    let SignIn { sign_in } = visit.ask(SignIn::build(credentials)).await?;
    let (Some(access), Some(refresh)) = (sign_in.access_token, sign_in.refresh_token) else {
        return Answer::again(sign_in.user_errors);
    };
    Ok(answer
        .with_cookie(cookie(visit, ACCESS_COOKIE, &access, ACCESS_SECONDS))
        .with_cookie(cookie(visit, REFRESH_COOKIE, &refresh, REFRESH_SECONDS)))
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation")]
struct SignOut {
    sign_out: SignOutPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SignOutPayload {
    user_errors: Vec<UserError>,
}

/// Ends the session and forgets its cookies.
pub(super) async fn sign_out(visit: &Visit) -> Answered {
    if visit.viewer().is_some() {
        let SignOut { sign_out } = visit.ask(SignOut::build(())).await?;
        if let Some(error) = sign_out.user_errors.first() {
            return Err(PageError::Internal(error.message.clone()));
        }
    }
    let answer = Answer::go("/")?;
    Ok(answer
        .with_cookie(cookie(visit, ACCESS_COOKIE, "", 0))
        .with_cookie(cookie(visit, REFRESH_COOKIE, "", 0)))
}
