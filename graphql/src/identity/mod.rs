//! The room `identity`: root fields.

pub mod affiliation;
pub mod organization;
pub mod session;
pub mod user;

use crate::ident;
use crate::payload::{coded, found, settle};
use crate::request::{asker, once};
use app::identity::{account, session as sessions};
use async_graphql::{Context, ID, Object, Result};
use domain::ident::{MembershipId, OrganizationId};
use organization::Organization;
use secrecy::{ExposeSecret as _, SecretString};
use session::{ChangePasswordInput, ChangePasswordPayload, SignInInput, SignInPayload, SignOutPayload, SignUpInput, SignUpPayload};
use user::{AddColleagueInput, AddColleaguePayload, GrantRoleInput, GrantRolePayload, Membership, RenewOneTimePasswordInput, RenewOneTimePasswordPayload, RevokeRoleInput, RevokeRolePayload, User, Viewer};

/// Root fields that read organizations and people.
#[derive(Default)]
pub struct IdentityQuery;

#[Object]
impl IdentityQuery {
    /// Who you are and for whom you act; null when you have not signed in.
    async fn viewer(&self, graphql: &Context<'_>) -> Result<Option<Viewer>> {
        let asker = asker(graphql)?;
        let Some(person) = asker.ctx.actor.person() else { return Ok(None) };
        let user = found(&asker.ctx, account::viewer(&asker.app, &asker.ctx).await)?;
        Ok(user.map(|user| Viewer { user: User(user), person: person.clone() }))
    }

    /// Who is what in the organization for which you act. Its administrators only.
    async fn memberships(&self, graphql: &Context<'_>) -> Result<Vec<Membership>> {
        let asker = asker(graphql)?;
        let held = app::identity::organization::memberships(&asker.app, &asker.ctx).await;
        let held = held.map_err(|error| coded(&asker.ctx, error))?;
        Ok(held.into_iter().map(Membership).collect())
    }

    /// An organization: buyer, supplier, supervisor or the platform; null when there is none.
    async fn organization(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Organization>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&id, OrganizationId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        let organization = app::identity::organization::organization(&asker.app, &asker.ctx, id).await;
        Ok(found(&asker.ctx, organization)?.map(Organization))
    }

    /// The supplier with this unified social credit code; null when it is nobody's, or another kind of organization's.
    async fn supplier(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "18 characters, checked by the last.")] credit_code: String,
    ) -> Result<Option<Organization>> {
        let asker = asker(graphql)?;
        let supplier = app::identity::organization::supplier_by_credit_code(&asker.app, &asker.ctx, &credit_code).await;
        // A code that is none belongs to nobody.
        let supplier = supplier.map_err(|error| match error {
            app::Error::Refused(_) => app::Error::NotFound,
            other => other,
        });
        Ok(found(&asker.ctx, supplier)?.map(Organization))
    }
}

/// Root fields that change organizations and people.
#[derive(Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Registers an organization with its first person.
    async fn sign_up(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The person and the organization.")] input: SignUpInput,
    ) -> Result<SignUpPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let (done, user_errors) = settle(&asker.ctx, account::sign_up(&asker.app, &asker.ctx, input.into()).await)?;
        let (user, organization) = done.unzip();
        Ok(SignUpPayload { user: user.map(User), organization: organization.map(Organization), user_errors })
    }

    /// Signs in with login and password.
    async fn sign_in(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Login and password.")] input: SignInInput,
    ) -> Result<SignInPayload> {
        let asker = asker(graphql)?;
        let result = sessions::sign_in(&asker.app, &asker.ctx, &input.login, input.password.into()).await;
        let (tokens, user_errors) = settle(&asker.ctx, result)?;
        Ok(SignInPayload::new(tokens.as_ref(), user_errors))
    }

    /// Exchanges a refresh token, which is good once, for the next pair. An old one ends the whole session.
    async fn refresh_session(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The newest refresh token.")] refresh_token: String,
    ) -> Result<SignInPayload> {
        let asker = asker(graphql)?;
        let (tokens, user_errors) = settle(&asker.ctx, sessions::refresh(&asker.app, &asker.ctx, &refresh_token).await)?;
        Ok(SignInPayload::new(tokens.as_ref(), user_errors))
    }

    /// Makes your session act for another organization in which you hold a role.
    async fn act_for_organization(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The organization.")] organization_id: ID,
    ) -> Result<SignInPayload> {
        let asker = asker(graphql)?;
        let id = match ident::of_kind(&organization_id, OrganizationId::KIND, "organizationId") {
            Ok(id) => sessions::act_for(&asker.app, &asker.ctx, id).await,
            Err(error) => Err(error),
        };
        let (tokens, user_errors) = settle(&asker.ctx, id)?;
        Ok(SignInPayload::new(tokens.as_ref(), user_errors))
    }

    /// Ends your session.
    async fn sign_out(&self, graphql: &Context<'_>) -> Result<SignOutPayload> {
        let asker = asker(graphql)?;
        let (_, user_errors) = settle(&asker.ctx, sessions::sign_out(&asker.app, &asker.ctx).await)?;
        Ok(SignOutPayload { user_errors })
    }

    /// Makes an account for a colleague, with a role in the organization for which you act, and answers a password for one
    /// sign-in. Administrators only. The password is kept nowhere: a request that is repeated under its idempotency key makes
    /// nothing anew and is refused with `ANSWERED_ONCE`.
    async fn add_colleague(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The person and the role.")] input: AddColleagueInput,
    ) -> Result<AddColleaguePayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let added = app::identity::colleague::add(&asker.app, &asker.ctx, input.into()).await;
        let (added, user_errors) = settle(&asker.ctx, added)?;
        let (user, password) = added.unzip();
        let login = user.as_ref().map(|user| user.login.clone());
        Ok(AddColleaguePayload { user: user.map(User), login, one_time_password: password.as_ref().map(told), user_errors })
    }

    /// Gives a colleague another one-time password in the place of one that is lost, as long as the colleague has not chosen a
    /// password (`PASSWORD_CHOSEN`) and works for nobody else (`ACCOUNT_OF_OTHERS`). Administrators of the organization that made
    /// the account only. Sent again it gives yet another: only the newest is good.
    async fn renew_one_time_password(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The colleague.")] input: RenewOneTimePasswordInput,
    ) -> Result<RenewOneTimePasswordPayload> {
        let asker = asker(graphql)?;
        let renewed = match ident::of_kind(&input.membership_id, MembershipId::KIND, "membershipId") {
            Ok(id) => app::identity::colleague::renew_password(&asker.app, &asker.ctx, id).await,
            Err(error) => Err(error),
        };
        let (renewed, user_errors) = settle(&asker.ctx, renewed)?;
        let (user, password) = renewed.unzip();
        let login = user.as_ref().map(|user| user.login.clone());
        Ok(RenewOneTimePasswordPayload { user: user.map(User), login, one_time_password: password.as_ref().map(told), user_errors })
    }

    /// Gives one of its people a role in the organization for which you act. Administrators only; nobody gives a role to
    /// oneself. Whoever works elsewhere only is `NOT_FOUND`: use `addColleague`.
    async fn grant_role(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The person and the role.")] input: GrantRoleInput,
    ) -> Result<GrantRolePayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let granted = app::identity::organization::grant_role(&asker.app, &asker.ctx, &input.login, input.role.into()).await;
        let (_, user_errors) = settle(&asker.ctx, granted)?;
        Ok(GrantRolePayload { user_errors })
    }

    /// Takes a role in the organization for which you act. Administrators only; the last of them stays.
    async fn revoke_role(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The role.")] input: RevokeRoleInput,
    ) -> Result<RevokeRolePayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let taken = match ident::of_kind(&input.membership_id, MembershipId::KIND, "membershipId") {
            Ok(id) => app::identity::organization::revoke_role(&asker.app, &asker.ctx, id).await,
            Err(error) => Err(error),
        };
        let (_, user_errors) = settle(&asker.ctx, taken)?;
        Ok(RevokeRolePayload { user_errors })
    }

    /// Changes your password and ends your other sessions.
    async fn change_password(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The present password and the new one.")] input: ChangePasswordInput,
    ) -> Result<ChangePasswordPayload> {
        let asker = asker(graphql)?;
        let (present, new): (SecretString, SecretString) = (input.present_password.into(), input.new_password.into());
        let (_, user_errors) = settle(&asker.ctx, account::change_password(&asker.app, &asker.ctx, present, new).await)?;
        Ok(ChangePasswordPayload { user_errors })
    }
}

fn told(password: &SecretString) -> String {
    password.expose_secret().to_owned()
}
