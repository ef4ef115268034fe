//! People.

use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::{UserError, coded};
use crate::request::asker;
use crate::values::{Language, LocalText, LocalTextInput};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{MembershipId, UserId};
use domain::identity::actor::Person;

/// What a person is in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::identity::role::Role")]
pub enum Role {
    /// Procurement officer of a buyer (采购经办人).
    Officer,
    /// Approves what officers draft (审批人).
    Approver,
    /// Pays (财务).
    Finance,
    /// Holds a key that opens bids (开标密钥持有人).
    KeyHolder,
    /// Evaluates bids (评审专家).
    Evaluator,
    /// Supervises procurement (监管人员).
    Supervisor,
    /// Sells (供应商经办人).
    Seller,
    /// Manages an organization's people and data (单位管理员).
    Administrator,
    /// Runs the platform (平台运营).
    Operator,
}

/// A person, by name.
#[derive(Clone)]
pub struct User(pub domain::identity::user::User);

/// A person who signs in.
#[Object]
impl User {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(UserId::KIND, self.0.id.0)
    }

    /// The person's name.
    async fn name(&self) -> LocalText {
        self.0.name.clone().into()
    }
}

/// You.
pub struct Viewer {
    pub(crate) user: User,
    pub(crate) person: Person,
}

/// You: the person who has signed in, and for whom you act.
#[Object]
impl Viewer {
    /// Your account.
    async fn user(&self) -> &User {
        &self.user
    }

    /// The login with which you sign in.
    async fn login(&self) -> &str {
        &self.user.0.login
    }

    /// The organization for which you act.
    async fn organization(&self, graphql: &Context<'_>) -> Result<Organization> {
        let asker = asker(graphql)?;
        let found = app::identity::organization::organization(&asker.app, &asker.ctx, self.person.organization).await;
        found.map(Organization).map_err(|error| coded(&asker.ctx, error))
    }

    /// The organizations in which you hold a role, and for which you may act.
    async fn organizations(&self, graphql: &Context<'_>) -> Result<Vec<Organization>> {
        let asker = asker(graphql)?;
        let found = app::identity::organization::own_organizations(&asker.app, &asker.ctx).await;
        Ok(found.map_err(|error| coded(&asker.ctx, error))?.into_iter().map(Organization).collect())
    }

    /// Your roles there.
    async fn roles(&self) -> Vec<Role> {
        self.person.roles.iter().copied().map(Into::into).collect()
    }
}

/// A role that a person holds in your organization.
pub struct Membership(pub(crate) app::identity::organization::Member);

/// A role that a person holds in your organization.
#[Object]
impl Membership {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(MembershipId::KIND, self.0.membership.id.0)
    }

    /// Who.
    async fn user(&self) -> User {
        User(self.0.user.clone())
    }

    /// The login with which the person signs in.
    async fn login(&self) -> &str {
        &self.0.user.login
    }

    /// The other organizations in which the person holds a role: the login works for them too.
    async fn other_organizations(&self) -> Vec<Organization> {
        self.0.elsewhere.iter().cloned().map(Organization).collect()
    }

    /// Whether the person has chosen a password; if not, the one that it was given can be renewed.
    async fn has_chosen_password(&self) -> bool {
        self.0.has_chosen_password
    }

    /// As what.
    async fn role(&self) -> Role {
        self.0.membership.role.into()
    }

    /// Since when.
    async fn granted_at(&self) -> DateTime<Utc> {
        self.0.membership.granted_at
    }
}

/// A role to take.
#[derive(Clone, InputObject)]
pub struct RevokeRoleInput {
    /// The role that a person holds.
    pub membership_id: ID,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// A role taken.
#[derive(SimpleObject)]
pub struct RevokeRolePayload {
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// A role to give.
#[derive(Clone, InputObject)]
pub struct GrantRoleInput {
    /// The person's login.
    pub login: String,
    /// The role.
    pub role: Role,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// A role given.
#[derive(SimpleObject)]
pub struct GrantRolePayload {
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// Somebody who is to join your organization.
#[derive(Clone, InputObject)]
pub struct AddColleagueInput {
    /// The login: 3 to 64 letters, digits, `.`, `_`, `-`, `@`, `+`.
    pub login: String,
    /// The person's name.
    pub name: LocalTextInput,
    /// The first role.
    pub role: Role,
    /// The language for mail.
    pub language: Language,
    /// Makes the act happen once; at most 200 bytes. The `Idempotency-Key` header serves too. The password is told only once:
    /// the same request again is refused with `ANSWERED_ONCE`.
    pub idempotency_key: Option<String>,
}

impl From<AddColleagueInput> for app::identity::colleague::Colleague {
    fn from(input: AddColleagueInput) -> Self {
        Self { login: input.login, name: input.name.into(), role: input.role.into(), language: input.language.into() }
    }
}

/// A colleague added.
#[derive(SimpleObject)]
pub struct AddColleaguePayload {
    /// Whose account it is; null when refused.
    pub user: Option<User>,
    /// The login, as it is typed to sign in; null when refused.
    pub login: Option<String>,
    /// Good for one sign-in, in which the person chooses another; told only here. Null when refused.
    pub one_time_password: Option<String>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// A colleague whose one-time password is lost.
#[derive(Clone, InputObject)]
pub struct RenewOneTimePasswordInput {
    /// A role that the colleague holds in your organization.
    pub membership_id: ID,
}

/// Another one-time password.
#[derive(SimpleObject)]
pub struct RenewOneTimePasswordPayload {
    /// Whose account it is; null when refused.
    pub user: Option<User>,
    /// The login, as it is typed to sign in; null when refused.
    pub login: Option<String>,
    /// Good for one sign-in; told only here. Null when refused.
    pub one_time_password: Option<String>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}
