//! My account: who I am here, for whom I act, as what; and a new password.

use super::value::Role;
use crate::prelude::*;
use domain::identity::user::PASSWORD_LEAST_CHARS;

/// What the page asks for.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct Account {
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    login: String,
    user: User,
    organization: Organization,
    roles: Vec<Role>,
}

#[derive(cynic::QueryFragment, Debug)]
struct User {
    name: Words,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
    credit_code: String,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    let Account { viewer } = visit.ask(Account::build(())).await?;
    let viewer = viewer.ok_or(PageError::SignIn)?;
    Page::titled(visit.say("section-account")).show(move || {
        let visit = crate::visit::visit();
        let roles: Vec<String> = viewer.roles.iter().map(|role| role.label()).collect();
        let facts = vec![
            SummaryFact::new(say("account-name"), visit.local(&viewer.user.name).to_owned()),
            SummaryFact::new(say("sign-in-login"), viewer.login),
            SummaryFact::new(say("account-organization"), view! { <a href="/organization">{visit.local(&viewer.organization.name).to_owned()}</a> }),
            SummaryFact::new(say("account-credit-code"), viewer.organization.credit_code),
            SummaryFact::new(say("account-roles"), if roles.is_empty() { say("account-roles-none") } else { roles.join(" · ") }),
        ];
        view! {
            <h1>{say("section-account")}</h1>
            <SummaryList facts/>
            {new_password()}
        }
    })
}

fn new_password() -> impl IntoView {
    let least = facts([("least", PASSWORD_LEAST_CHARS.into())]);
    view! {
        <h2>{say("account-password")}</h2>
        <p>{say("account-password-lead")}</p>
        <Form>
            <Field name="presentPassword" label=say("account-password-present") kind="password" width="short" autocomplete="current-password"/>
            <Field name="newPassword" label=say("account-password-new") help=say_with("sign-up-password-help", least) kind="password" width="short" autocomplete="new-password"/>
            <Button label=say("account-password-do") kind=Kind::Primary/>
        </Form>
    }
}

#[derive(cynic::InputObject, Debug)]
struct ChangePasswordInput {
    present_password: String,
    new_password: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct Change {
    input: ChangePasswordInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Change")]
struct ChangePassword {
    #[arguments(input: $input)]
    change_password: ChangePasswordPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct ChangePasswordPayload {
    user_errors: Vec<UserError>,
}

/// Changes the password; the person's other sessions end.
pub(super) async fn act(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let posted = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let input = ChangePasswordInput { present_password: posted("presentPassword"), new_password: posted("newPassword") };
    let ChangePassword { change_password } = visit.ask(ChangePassword::build(Change { input })).await?;
    let errors = change_password.user_errors;
    if errors.is_empty() { Answer::done("/account", "password-changed") } else { Answer::again(errors) }
}
