//! Keys of those who open bids: the public half, registered before a tender can name its holder.
//!
//! The private half is made and kept where its holder works; the marketplace never sees it.

use crate::ident::{HolderKeyId, OrganizationId, UserId};
use crate::identity::actor::Person;
use crate::identity::role::Role;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A registered key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderKey {
    /// Its number.
    pub id: HolderKeyId,
    /// Whose it is.
    pub user: UserId,
    /// The organization for which the holder acted.
    pub organization: OrganizationId,
    /// As what: key holder or supervisor.
    pub role: Role,
    /// The public key, `age1…`.
    pub recipient: String,
    /// Since when. The newest key of a holder is the one that tenders name.
    pub registered_at: DateTime<Utc>,
}

impl HolderKey {
    /// Registers a key whose form has been checked.
    ///
    /// # Errors
    /// `NOT_ALLOWED` for somebody who is neither key holder nor supervisor.
    pub fn register(id: HolderKeyId, person: &Person, recipient: String, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        let role = [Role::Supervisor, Role::KeyHolder].into_iter().find(|role| person.roles.contains(role));
        let role = role.ok_or_else(|| Refusal::new(Code::NotAllowed))?;
        let key = Self { id, user: person.user, organization: person.organization, role, recipient, registered_at: now };
        let event = Event::new("holder_key.registered", HolderKeyId::KIND, id.0, Visibility::Own, &key);
        Ok((key, event))
    }
}
