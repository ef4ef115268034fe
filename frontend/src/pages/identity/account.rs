//! My account: who I am here, for whom I act, as what.

use super::value::Role;
use crate::prelude::*;

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
            SummaryFact::new(say("account-roles"), roles.join(" · ")),
        ];
        view! {
            <h1>{say("section-account")}</h1>
            <SummaryList facts/>
        }
    })
}
