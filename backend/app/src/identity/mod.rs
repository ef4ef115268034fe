//! Who is who: accounts, organizations, sessions.

pub mod account;
pub mod affiliation;
pub mod colleague;
pub mod enrolment;
pub mod organization;
pub(crate) mod password;
pub mod session;
pub mod token;
