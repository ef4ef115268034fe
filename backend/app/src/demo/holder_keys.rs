//! The keys of the demonstration's holders: the same at every start, and no secret. Their recovery files are offered to
//! visitors, who open the bids of a tender with them. In a real marketplace a key is made where its holder works.

use super::catalogue::steady;
use super::organizations::{DemoUser, organizations};
use crate::{Error, Result};
use domain::identity::role::Role;
use rand_chacha_010::ChaCha20Rng;
use rand_chacha_010::rand_core::SeedableRng as _;
use sealing::key::HolderKey;

/// The one passphrase of all recovery files of the demonstration.
pub const DEMO_PASSPHRASE: &str = "zhaocai-demo-holder-2026";
/// Little work for scrypt: the passphrase is public, and a visitor's old telephone has to do it.
const WORK_FACTOR: u8 = 12;

/// Whether somebody of the demonstration opens bids.
pub fn is_holder(user: &DemoUser) -> bool {
    user.roles.iter().any(|role| matches!(role, Role::KeyHolder | Role::Supervisor))
}

/// The key of a demo holder.
pub(super) fn key_of(login: &str) -> Result<HolderKey> {
    let mut generator = ChaCha20Rng::seed_from_u64(steady(&["holder", login]));
    HolderKey::from_generator(&mut generator).map_err(|error| Error::internal("make a demo holder's key", error))
}

/// The recovery file of a demo holder, locked with [`DEMO_PASSPHRASE`]; nothing for anybody else.
///
/// # Errors
/// When the machine gives no randomness.
pub fn recovery_file(login: &str) -> Result<Option<String>> {
    let table = organizations();
    let mut people = table.iter().flat_map(|organization| &organization.users);
    if !people.any(|user| user.login == login && is_holder(user)) {
        return Ok(None);
    }
    let file = key_of(login)?.recovery_file(DEMO_PASSPHRASE.to_owned().into(), WORK_FACTOR);
    file.map(Some).map_err(|error| Error::internal("lock a demo holder's key", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_and_nobody_else_have_a_file_that_opens_with_the_passphrase() {
        let file = recovery_file("keyholder.hospital-hz").unwrap().unwrap();
        let opened = HolderKey::recover(&file, DEMO_PASSPHRASE.to_owned().into()).unwrap();
        assert_eq!(opened.recipient(), key_of("keyholder.hospital-hz").unwrap().recipient());
        assert_ne!(opened.recipient(), key_of("keyholder2.hospital-hz").unwrap().recipient());
        for nobody in ["officer.hospital-hz", "nobody", ""] {
            assert_eq!(recovery_file(nobody).unwrap(), None);
        }
    }
}
