//! Who is who, and what each may do.

pub mod actor;
pub mod affiliation;
pub mod credit_code;
pub mod organization;
pub mod permission;
pub mod role;
pub mod user;
