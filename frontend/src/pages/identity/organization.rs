//! One's own organization: what it is, who is what in it, and for which other one may act.

use super::colleague;
use super::sign_in::{ACCESS_SECONDS, REFRESH_SECONDS};
use crate::request::{ACCESS_COOKIE, REFRESH_COOKIE};
use super::value::{Organization, Role, facts_of};
use crate::prelude::*;
use crate::respond::cookie;

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct OrganizationPage {
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Organization,
    organizations: Vec<Organization>,
    roles: Vec<Role>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct Members {
    memberships: Vec<Membership>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Membership {
    id: cynic::Id,
    login: String,
    user: User,
    other_organizations: Vec<Other>,
    has_chosen_password: bool,
    role: Role,
    granted_at: chrono::DateTime<chrono::Utc>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
struct Other {
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct User {
    name: Words,
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    let viewer = visit.ask(OrganizationPage::build(())).await?.viewer.ok_or(PageError::SignIn)?;
    let manages = viewer.roles.contains(&Role::Administrator);
    let members = if manages { Some(visit.ask(Members::build(())).await?.memberships) } else { None };
    let title = visit.local(&viewer.organization.name).to_owned();
    Page::titled(title.clone()).wide().show(move || {
        let others: Vec<_> = viewer.organizations.into_iter().filter(|other| other.id != viewer.organization.id).collect();
        let roles: Vec<String> = viewer.roles.iter().map(|role| role.label()).collect();
        let mut facts = facts_of(&viewer.organization);
        facts.push(SummaryFact::new(say("organization-own-roles"), roles.join(" · ")));
        let kind = viewer.organization.kind;
        view! {
            <h1>{title}</h1>
            <SummaryList facts/>
            <h2>{say("organization-members")}</h2>
            {match members {
                Some(members) => view! { {table(members)} {colleague::form(kind)} {granting(kind)} }.into_any(),
                None => view! { <p>{say("organization-members-hidden")}</p> }.into_any(),
            }}
            {super::affiliation::way(kind, manages)}
            {acting(others)}
        }
    })
}

/// Who is what, and the way to take a role.
fn table(members: Vec<Membership>) -> impl IntoView {
    let visit = visit();
    let entries = members
        .into_iter()
        .map(|member| {
            let name = visit.local(&member.user.name).to_owned();
            let role = member.role.label();
            let take = say_with("organization-take-role", facts([("role", role.clone().into()), ("name", name.clone().into())]));
            let at = member.granted_at;
            let others: Vec<_> = member.other_organizations.iter().map(|other| visit.local(&other.name).to_owned()).collect();
            let elsewhere = (!others.is_empty()).then(|| {
                let names = others.join(if visit.language() == Language::Chinese { "、" } else { ", " });
                view! { <p class="quiet">{say_with("organization-member-elsewhere", facts([("names", names.into())]))}</p> }
            });
            let id = member.id.inner().to_owned();
            let renew = (!member.has_chosen_password).then(|| {
                let label = say_with("organization-colleague-renew", facts([("name", name.clone().into())]));
                let id = id.clone();
                view! {
                    <p class="quiet">{say("organization-colleague-unchosen")}</p>
                    <Form>
                        <input type="hidden" name="membershipId" value=id/>
                        <button class="button small" type="submit" name="do" value="renew">{label}</button>
                    </Form>
                }
            });
            view! {
                <li>
                    <p><strong>{name}</strong> " · " {role}</p>
                    <p class="quiet">{say("organization-member-login")} " " <code>{member.login}</code> " · " {say("organization-since")} " " <Instant at/></p>
                    {elsewhere}
                    {renew}
                    <Form>
                        <input type="hidden" name="membershipId" value=id/>
                        <button class="button small" type="submit" name="do" value="revoke">{take}</button>
                    </Form>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="members">{entries}</ul> }
}

/// The roles that people can hold in an organization of this kind, to choose from.
pub(super) fn role_picks(kind: super::value::OrganizationKind) -> Vec<Pick> {
    kind.roles().iter().map(|role| Pick::new(role.as_str(), say(&format!("role-{}", role.as_str())))).collect()
}

fn granting(kind: super::value::OrganizationKind) -> impl IntoView {
    let picks = role_picks(kind);
    view! {
        <h2>{say("organization-give-role")}</h2>
        <Form>
            <Field name="login" label=say("organization-login") help=say("organization-login-help") autocomplete="off" width="short"/>
            <Select name="role" label=say("organization-role") picks/>
            <Button label=say("organization-give-role") name="do" value="grant"/>
        </Form>
    }
}

/// The other organizations for which this person may act.
fn acting(others: Vec<Organization>) -> Option<impl IntoView> {
    let visit = visit();
    (!others.is_empty()).then(|| {
        let forms = others
            .into_iter()
            .map(|other| {
                let name = visit.local(&other.name).to_owned();
                view! {
                    <li>
                        <Form>
                            <input type="hidden" name="organizationId" value=other.id.inner().to_owned()/>
                            <button class="button" type="submit" name="do" value="act">{say_with("organization-act-for", facts([("name", name.into())]))}</button>
                        </Form>
                    </li>
                }
            })
            .collect_view();
        view! { <h2>{say("organization-others")}</h2> <ul class="members">{forms}</ul> }
    })
}

#[derive(cynic::InputObject, Debug)]
struct GrantRoleInput {
    login: String,
    role: Role,
}

#[derive(cynic::QueryVariables, Debug)]
struct GrantWhich {
    input: GrantRoleInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "GrantWhich")]
struct Grant {
    #[arguments(input: $input)]
    grant_role: GrantRolePayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct GrantRolePayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Revoke {
    #[arguments(input: { membershipId: $id })]
    revoke_role: RevokeRolePayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct RevokeRolePayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct ActFor {
    #[arguments(organizationId: $id)]
    act_for_organization: SignInPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SignInPayload {
    access_token: Option<String>,
    refresh_token: Option<String>,
    user_errors: Vec<UserError>,
}

/// Adds a colleague or renews a one-time password, gives a role, takes one, or goes on for another organization.
pub(super) async fn act(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let posted = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let (errors, done) = match visit.posted("do") {
        Some("grant") => {
            let Some(role) = Role::posted(visit.posted("role")) else {
                return Answer::again([FormError::at("role", visit.say("organization-role-missing"))]);
            };
            let input = GrantRoleInput { login: posted("login"), role };
            (visit.ask(Grant::build(GrantWhich { input })).await?.grant_role.user_errors, "role-given")
        }
        Some("add") => return colleague::act(visit).await,
        Some("renew") => return colleague::renew(visit).await,
        Some("revoke") => {
            let which = Which { id: posted("membershipId").into() };
            (visit.ask(Revoke::build(which)).await?.revoke_role.user_errors, "role-taken")
        }
        Some("act") => {
            let which = Which { id: posted("organizationId").into() };
            let acts = visit.ask(ActFor::build(which)).await?.act_for_organization;
            let (Some(access), Some(refresh)) = (acts.access_token, acts.refresh_token) else {
                return Answer::again(acts.user_errors);
            };
            let done = Answer::done("/organization", "acts-for")?;
            return Ok(done
                .with_cookie(cookie(visit, ACCESS_COOKIE, &access, ACCESS_SECONDS))
                .with_cookie(cookie(visit, REFRESH_COOKIE, &refresh, REFRESH_SECONDS)));
        }
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() { Answer::done("/organization", done) } else { Answer::again(errors) }
}
