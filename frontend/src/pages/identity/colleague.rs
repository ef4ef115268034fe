//! Adding a colleague: the form on the organization's page, and the one page that tells the one-time password.

use super::organization::role_picks;
use super::sign_up::{LocalTextInput, MailLanguage};
use super::value::{OrganizationKind, Role};
use crate::prelude::*;

/// What the form's fields are called, so that they differ from those of the form that gives a role.
const FIELDS: &str = "colleague";

/// The form.
pub(super) fn form(kind: OrganizationKind) -> impl IntoView {
    view! {
        <h2>{say("organization-add-colleague")}</h2>
        <p>{say("organization-add-colleague-lead")}</p>
        <Form>
            <Field name="colleague.name.zh" label=say("organization-colleague-zh") help=say("sign-up-person-help") lang="zh-CN" width="short" autocomplete="off"/>
            <Field name="colleague.name.en" label=say("organization-colleague-en") lang="en" width="short" optional=true autocomplete="off"/>
            <Field name="colleague.login" label=say("organization-colleague-login") help=say("sign-up-login-help") width="short" autocomplete="off"/>
            <Select name="colleague.role" label=say("organization-colleague-role") picks=role_picks(kind)/>
            <Button label=say("organization-add-colleague") kind=Kind::Primary name="do" value="add"/>
        </Form>
    }
}

#[derive(cynic::InputObject, Debug)]
struct AddColleagueInput {
    login: String,
    name: LocalTextInput,
    role: Role,
    language: MailLanguage,
}

#[derive(cynic::QueryVariables, Debug)]
struct Typed {
    input: AddColleagueInput,
}

// Neither is `Debug`: they hold a password.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "Typed")]
struct Add {
    #[arguments(input: $input)]
    add_colleague: AddColleaguePayload,
}

#[derive(cynic::QueryFragment)]
struct User {
    name: Words,
}

#[derive(cynic::QueryFragment)]
struct AddColleaguePayload {
    user: Option<User>,
    login: Option<String>,
    one_time_password: Option<String>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    membership_id: cynic::Id,
}

// Neither is `Debug`: they hold a password.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Renew {
    #[arguments(input: { membershipId: $membership_id })]
    renew_one_time_password: RenewOneTimePasswordPayload,
}

#[derive(cynic::QueryFragment)]
struct RenewOneTimePasswordPayload {
    user: Option<User>,
    login: Option<String>,
    one_time_password: Option<String>,
    user_errors: Vec<UserError>,
}

/// Gives another one-time password in the place of a lost one, and tells it as the first was told.
pub(super) async fn renew(visit: &Visit) -> Answered {
    let which = Which { membership_id: visit.posted("membershipId").unwrap_or_default().into() };
    let renewed = visit.ask(Renew::build(which)).await?.renew_one_time_password;
    match (renewed.user, renewed.login, renewed.one_time_password) {
        (Some(user), Some(login), Some(password)) => told(visit, "organization-colleague-renewed", (user, login), password),
        _ => Answer::again(renewed.user_errors),
    }
}

/// Adds the colleague. The answer is itself the page with the password: it is told once, and no address leads back to it.
pub(super) async fn act(visit: &Visit) -> Answered {
    let posted = |name: &str| visit.posted(&format!("{FIELDS}.{name}")).unwrap_or_default().to_owned();
    let Some(role) = Role::posted(visit.posted("colleague.role")) else {
        return Answer::again([FormError::at("colleague.role", visit.say("organization-role-missing"))]);
    };
    let name = LocalTextInput { zh: posted("name.zh"), en: posted("name.en") };
    let input = AddColleagueInput { login: posted("login"), name, role, language: MailLanguage::of(visit) };
    let added = visit.ask(Add::build(Typed { input })).await?.add_colleague;
    let (Some(user), Some(login), Some(password)) = (added.user, added.login, added.one_time_password) else {
        let at = |error: UserError| {
            let error = FormError::from(error);
            // What is about no field stays about the whole form.
            if error.field.is_empty() { error } else { FormError { field: format!("{FIELDS}.{}", error.field), ..error } }
        };
        return Answer::again(added.user_errors.into_iter().map(at));
    };
    told(visit, "organization-colleague-added", (user, login), password)
}

/// The page that tells login and password, once.
fn told(visit: &Visit, key: &str, (user, login): (User, String), password: String) -> Answered {
    let name = visit.local(&user.name).to_owned();
    let title = visit.say_with(key, facts([("name", name.clone().into())]));
    Page::titled(title.clone()).crumb(visit.say("section-organization"), "/organization").unkept().show(move || {
        let list = vec![
            SummaryFact::new(say("sign-in-login"), view! { <code>{login}</code> }),
            SummaryFact::new(say("organization-colleague-password"), view! { <code class="one-time">{password}</code> }),
        ];
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Warning title=say("organization-colleague-once")>
                <p>{say_with("organization-colleague-next", facts([("name", name.into())]))}</p>
            </Notice>
            <SummaryList facts=list/>
            <p><a href="/organization">{say("organization-colleague-back")}</a></p>
        }
    })
}
