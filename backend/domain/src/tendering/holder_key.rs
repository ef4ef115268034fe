//! Keys of those who open bids: the public half, registered before a tender can name its holder.
//!
//! The private half is made and kept where its holder works; the marketplace never sees it.

use crate::ident::{HolderKeyId, OrganizationId, UserId};
use crate::identity::actor::Person;
use crate::identity::role::Role;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal};
use crate::tendering::tender_content::KeyHolding;
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

/// The holder that a tender gets besides those whom its officer named: a supervisor, so that the loss of a key does not
/// leave bids closed for ever. The supervisor nearest to the buyer is taken, by the administrative regions of both
/// (province, city, district), and of equals the one whose key has been there longest. Nothing where one is named already,
/// or where no supervisor has a key.
pub fn spare(named: &[KeyHolding], supervisors: &[(HolderKey, String)], buyer_region: &str) -> Option<KeyHolding> {
    if supervisors.iter().any(|(key, _)| named.iter().any(|holder| holder.user == key.user)) {
        return None;
    }
    // GB/T 2260: two digits each for province, city and district.
    let shared = |region: &str| [2, 4, 6].into_iter().filter(|most| region.get(..*most).is_some_and(|part| buyer_region.get(..*most) == Some(part))).count();
    let nearest = supervisors.iter().min_by_key(|(key, region)| (std::cmp::Reverse(shared(region)), key.registered_at, key.id));
    nearest.map(|(key, _)| KeyHolding { user: key.user, key: key.id, recipient: key.recipient.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn key(number: u128, day: i64) -> HolderKey {
        HolderKey {
            id: HolderKeyId(Uuid::from_u128(number)),
            user: UserId(Uuid::from_u128(number)),
            organization: OrganizationId(Uuid::from_u128(number)),
            role: Role::Supervisor,
            recipient: format!("age1{number}"),
            registered_at: DateTime::from_timestamp(day * 86_400, 0).unwrap(),
        }
    }

    fn chosen(named: &[KeyHolding], supervisors: &[(u128, i64, &str)]) -> Option<u128> {
        let supervisors: Vec<_> = supervisors.iter().map(|(number, day, region)| (key(*number, *day), (*region).to_owned())).collect();
        spare(named, &supervisors, "330106").map(|holder| holder.user.0.as_u128())
    }

    #[test]
    fn the_supervisor_nearest_to_the_buyer_is_the_spare_and_of_equals_the_one_there_longest() {
        assert_eq!(chosen(&[], &[(1, 1, "110000"), (2, 5, "330000"), (3, 9, "330100")]), Some(3));
        assert_eq!(chosen(&[], &[(1, 1, "110000"), (2, 5, "330200")]), Some(2));
        assert_eq!(chosen(&[], &[(1, 4, "330100"), (2, 3, "330100")]), Some(2));
        assert_eq!(chosen(&[], &[(1, 4, "440300")]), Some(1), "a far one is better than none");
        assert_eq!(chosen(&[], &[]), None);
    }

    #[test]
    fn a_named_supervisor_is_enough_whichever_key_is_named() {
        let named = KeyHolding { user: UserId(Uuid::from_u128(1)), key: HolderKeyId(Uuid::from_u128(99)), recipient: "age1old".into() };
        assert_eq!(chosen(&[named], &[(1, 1, "110000"), (2, 5, "330100")]), None);
    }
}
