//! Signing up: a person registers an organization, and goes on signed in.

use super::sign_in;
use super::value::EnterpriseSize;
use crate::prelude::*;
use domain::identity::user::PASSWORD_LEAST_CHARS;

/// The form.
pub(super) fn page(visit: &Visit) -> Answered {
    Page::titled(visit.say("sign-up")).crumb(visit.say("sign-in"), "/sign-in").show(|| {
        let kinds = ["supplier", "buyer", "agency"].map(|kind| Pick::new(kind, say(&format!("organization-kind-{kind}"))).help(say(&format!("sign-up-{kind}-why"))));
        let sizes = EnterpriseSize::ALL.map(|(size, value)| Pick::new(value, size.label()));
        let least = facts([("least", PASSWORD_LEAST_CHARS.into())]);
        view! {
            <h1>{say("sign-up")}</h1>
            <p class="lead">{say("sign-up-lead")}</p>
            <Form>
                <h2>{say("sign-up-organization")}</h2>
                <Choices name="organization.kind" label=say("organization-kind") picks=kinds.into()/>
                <Field name="organization.name.zh" label=say("organization-name-zh") help=say("sign-up-name-help") lang="zh-CN" autocomplete="organization"/>
                <Field name="organization.name.en" label=say("organization-name-en") lang="en" optional=true/>
                <Field name="organization.creditCode" label=say("account-credit-code") help=say("sign-up-credit-code-help") rule=say("sign-up-credit-code-rule") width="short" autocomplete="off"/>
                <Choices name="organization.enterpriseSize" label=say("organization-size") help=say("sign-up-size-help") picks=sizes.into() optional=true/>
                <Field name="organization.regionCode" label=say("organization-region") help=say("sign-up-region-help") inputmode="numeric" width="narrow"/>
                <Field name="organization.address.zh" label=say("sign-up-address-zh") lang="zh-CN" autocomplete="street-address"/>
                <Field name="organization.address.en" label=say("sign-up-address-en") lang="en" optional=true/>
                <h2>{say("sign-up-person")}</h2>
                <Field name="name.zh" label=say("sign-up-person-zh") help=say("sign-up-person-help") lang="zh-CN" width="short" autocomplete="name"/>
                <Field name="name.en" label=say("sign-up-person-en") lang="en" width="short" optional=true/>
                <Field name="login" label=say("sign-in-login") help=say("sign-up-login-help") width="short" autocomplete="username"/>
                <Field name="password" label=say("sign-in-password") help=say_with("sign-up-password-help", least) kind="password" width="short" autocomplete="new-password"/>
                <Button label=say("sign-up-do") kind=Kind::Primary/>
            </Form>
        }
    })
}

#[derive(cynic::Enum, Clone, Copy, Debug)]
#[cynic(graphql_type = "OrganizationKind")]
enum Newcomer {
    Buyer,
    Supplier,
    Supervisor,
    Platform,
    Agency,
}

#[derive(cynic::Enum, Clone, Copy, Debug)]
#[cynic(graphql_type = "Language")]
pub(super) enum MailLanguage {
    Chinese,
    English,
}

impl MailLanguage {
    /// The language in which the page is read.
    pub(super) fn of(visit: &Visit) -> Self {
        if visit.language() == Language::English { Self::English } else { Self::Chinese }
    }
}

#[derive(cynic::InputObject, Debug)]
pub(super) struct LocalTextInput {
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(cynic::InputObject, Debug)]
struct OrganizationInput {
    kind: Newcomer,
    name: LocalTextInput,
    credit_code: String,
    enterprise_size: Option<EnterpriseSize>,
    region_code: String,
    address: LocalTextInput,
}

#[derive(cynic::InputObject, Debug)]
struct SignUpInput {
    login: String,
    password: String,
    name: LocalTextInput,
    language: MailLanguage,
    organization: OrganizationInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct Typed {
    input: SignUpInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Typed")]
struct SignUp {
    #[arguments(input: $input)]
    sign_up: SignUpPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct SignUpPayload {
    user_errors: Vec<UserError>,
}

/// Registers, then signs in with what was typed.
pub(super) async fn act(visit: &Visit) -> Answered {
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let both = |name: &str| LocalTextInput { zh: text(&format!("{name}.zh")), en: text(&format!("{name}.en")) };
    let kind = match visit.posted("organization.kind") {
        Some("buyer") => Newcomer::Buyer,
        Some("agency") => Newcomer::Agency,
        Some("supplier") => Newcomer::Supplier,
        _ => return Answer::again([FormError::at("organization.kind", visit.say("sign-up-kind-missing"))]),
    };
    let size = visit.posted("organization.enterpriseSize");
    let input = SignUpInput {
        login: text("login"),
        password: text("password"),
        name: both("name"),
        language: MailLanguage::of(visit),
        organization: OrganizationInput {
            kind,
            name: both("organization.name"),
            credit_code: text("organization.creditCode"),
            enterprise_size: EnterpriseSize::ALL.into_iter().find(|(_, name)| Some(*name) == size).map(|(size, _)| size),
            region_code: text("organization.regionCode"),
            address: both("organization.address"),
        },
    };
    let errors = visit.ask(SignUp::build(Typed { input })).await?.sign_up.user_errors;
    if !errors.is_empty() {
        return Answer::again(errors);
    }
    sign_in::go_on(visit, Answer::done("/organization", "signed-up")?).await
}
