//! Signing up, in and out.

use crate::identity::organization::{Organization, OrganizationInput};
use crate::identity::user::User;
use crate::payload::UserError;
use crate::values::{Language, LocalTextInput};
use app::identity::account::SignUp;
use app::identity::session::Tokens;
use async_graphql::{InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret as _;

/// A newcomer: a person and its organization.
#[derive(Clone, InputObject)]
pub struct SignUpInput {
    /// The login: 3 to 64 letters, digits, `.`, `_`, `-`, `@`.
    pub login: String,
    /// The password: at least 10 characters.
    pub password: String,
    /// The person's name.
    pub name: LocalTextInput,
    /// The language for mail.
    pub language: Language,
    /// The organization.
    pub organization: OrganizationInput,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

impl From<SignUpInput> for SignUp {
    fn from(input: SignUpInput) -> Self {
        Self {
            login: input.login,
            password: input.password.into(),
            name: input.name.into(),
            language: input.language.into(),
            organization: input.organization.into(),
        }
    }
}

/// What signing up made.
#[derive(SimpleObject)]
pub struct SignUpPayload {
    /// The person; null when refused.
    pub user: Option<User>,
    /// The organization; null when refused.
    pub organization: Option<Organization>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// Login and password.
#[derive(Clone, InputObject)]
pub struct SignInInput {
    /// The login, in any case.
    pub login: String,
    /// The password.
    pub password: String,
}

/// What you hold after signing in.
#[derive(SimpleObject)]
pub struct SignInPayload {
    /// To be sent as `Authorization: Bearer …`; null when refused.
    pub access_token: Option<String>,
    /// When the access token ends.
    pub access_expires_at: Option<DateTime<Utc>>,
    /// Good once, for the next pair; null when refused.
    pub refresh_token: Option<String>,
    /// When the refresh token ends.
    pub refresh_expires_at: Option<DateTime<Utc>>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

impl SignInPayload {
    pub(crate) fn new(tokens: Option<&Tokens>, user_errors: Vec<UserError>) -> Self {
        Self {
            access_token: tokens.map(|tokens| tokens.access.expose_secret().to_owned()),
            access_expires_at: tokens.map(|tokens| tokens.access_expires_at),
            refresh_token: tokens.map(|tokens| tokens.refresh.expose_secret().to_owned()),
            refresh_expires_at: tokens.map(|tokens| tokens.refresh_expires_at),
            user_errors,
        }
    }
}

/// The end of a session.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// A change of password.
#[derive(Clone, InputObject)]
pub struct ChangePasswordInput {
    /// The present password.
    pub present_password: String,
    /// The new one: at least 10 characters.
    pub new_password: String,
}

/// A changed password.
#[derive(SimpleObject)]
pub struct ChangePasswordPayload {
    /// What to mend.
    pub user_errors: Vec<UserError>,
}
