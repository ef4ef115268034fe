//! The contract, asked by GraphQL documents as integrators send them.

mod orders;
