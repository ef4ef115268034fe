//! The contract, asked by GraphQL documents as integrators send them.

mod access;
mod every_list;
mod invited;
mod lots;
mod market;
mod objected;
mod orders;
mod repeated;
mod sql_budget;
mod stage;
