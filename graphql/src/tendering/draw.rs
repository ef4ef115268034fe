//! The draw of those who are asked for bids, with all that anybody needs to compute it again.

use crate::identity::organization::Organization;
use crate::loader;
use async_graphql::{Context, Object, Result};
use domain::tendering::draw;

/// A supplier in the draw.
pub struct DrawTicket(draw::Ticket);

/// A supplier in the draw.
#[Object]
impl DrawTicket {
    /// The supplier.
    async fn supplier(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        loader::organization(graphql, self.0.candidate.supplier).await
    }

    /// The supplier's number, as it is hashed (a UUID).
    async fn supplier_number(&self) -> String {
        self.0.candidate.supplier.to_string()
    }

    /// The number of its application, as it is hashed (a UUID).
    async fn application_number(&self) -> String {
        self.0.candidate.application.to_string()
    }

    /// SHA-256 of seed, mixed value and supplier number, all as text: the order of the draw.
    async fn order(&self) -> &str {
        &self.0.order
    }

    /// Whether it was drawn.
    async fn is_drawn(&self) -> bool {
        self.0.is_drawn
    }
}

/// What a draw came to.
pub struct DrawResult {
    /// The seed that was promised.
    pub seed: String,
    /// What it came to.
    pub drawn: draw::Drawn,
}

/// What a draw came to; anybody can compute it again.
#[Object]
impl DrawResult {
    /// The seed that was promised, 64 hexadecimal digits.
    async fn seed(&self) -> &str {
        &self.seed
    }

    /// SHA-256 of the numbers of the applications that qualify, in the order in which they came in, as text one after the
    /// other.
    async fn mixed(&self) -> &str {
        &self.drawn.mixed
    }

    /// The numbers of those applications in that order.
    async fn application_numbers(&self) -> Vec<String> {
        self.drawn.received.iter().map(ToString::to_string).collect()
    }

    /// How many the notice asks for; all are asked where no more qualify.
    async fn count(&self) -> u64 {
        u64::try_from(self.drawn.count).unwrap_or(u64::MAX)
    }

    /// All who qualify, in the order of the draw.
    #[graphql(complexity = "10 + child_complexity * 10")]
    async fn tickets(&self) -> Vec<DrawTicket> {
        self.drawn.tickets.iter().cloned().map(DrawTicket).collect()
    }
}
