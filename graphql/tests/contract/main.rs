//! The contract, asked by GraphQL documents as integrators send them.

mod access;
mod market;
mod orders;
mod sql_budget;
mod stage;
