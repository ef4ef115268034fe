//! Who acts: a person on behalf of an organization, the public, or the marketplace itself.

use super::organization::OrganizationKind;
use super::role::Role;
use crate::ident::{OrganizationId, SessionId, UserId};
use serde::{Deserialize, Serialize};

/// Who asks for something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// Nobody in particular.
    Public,
    /// A person who has signed in and acts for an organization.
    Person(Person),
    /// The marketplace's own workers, on a timer or on a job.
    Platform,
}

/// A person who has signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// For whom.
    pub organization: OrganizationId,
    /// What that organization does.
    pub organization_kind: OrganizationKind,
    /// As what.
    pub roles: Vec<Role>,
    /// Through which sign-in.
    pub session: SessionId,
}

impl Actor {
    /// The person, if it is one.
    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Public | Self::Platform => None,
        }
    }

    /// The organization for which it acts.
    pub fn organization(&self) -> Option<OrganizationId> {
        self.person().map(|person| person.organization)
    }

    /// Whether it holds the role.
    pub fn has_role(&self, role: Role) -> bool {
        self.person().is_some_and(|person| person.roles.contains(&role))
    }
}
