//! Organizations, accounts, memberships, sessions.

pub(crate) mod account;
pub(crate) mod affiliation;
pub(crate) mod membership;
pub(crate) mod organization;
pub(crate) mod session;
