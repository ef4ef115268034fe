//! Those who act in the demonstration, by their logins.

use super::organizations::DemoOrganization;
use crate::{Clock, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, SessionId};
use domain::identity::actor::{Actor, Person};
use domain::identity::role::Role;
use domain::identity::user::User;
use std::collections::BTreeMap;

/// The people of the demonstration, as they act for their organizations.
pub(super) struct People(BTreeMap<String, Person>);

impl People {
    /// Who has just been enrolled: `users` in the order of `organizations` and their tables.
    pub(super) fn new(organizations: &[DemoOrganization], ids: &[OrganizationId], users: &[User]) -> Self {
        let mut users = users.iter();
        let mut people = BTreeMap::new();
        for (described, organization) in organizations.iter().zip(ids) {
            for (described_user, user) in described.users.iter().zip(users.by_ref()) {
                people.insert(described_user.login.clone(), Person {
                    user: user.id,
                    organization: *organization,
                    organization_kind: described.kind,
                    roles: described_user.roles.clone(),
                    session: SessionId(uuid::Uuid::nil()),
                });
            }
        }
        Self(people)
    }

    /// The person with this login.
    pub(super) fn named(&self, login: &str) -> Result<&Person> {
        self.0.get(login).ok_or_else(|| Error::internal("seed the demo", format!("{login} is missing")))
    }

    /// The first person of an organization with this role.
    pub(super) fn of(&self, described: &DemoOrganization, role: Role) -> Result<&Person> {
        let missing = || Error::internal("seed the demo", format!("{} has no {}", described.key, role.as_str()));
        let user = described.users.iter().find(|user| user.roles.contains(&role));
        self.named(&user.ok_or_else(missing)?.login)
    }
}

/// A context in which somebody acts at an instant.
pub(super) fn acting(ctx: &Context, actor: Actor, at: DateTime<Utc>) -> Context {
    Context::new(actor, ctx.language, ctx.request_id.clone(), Clock::fixed(at), ctx.chance().clone())
}
