//! The table at which bids are opened, as everybody may see it.

use crate::ident;
use crate::identity::organization::Organization;
use crate::identity::user::{Role, User};
use crate::payload::found;
use crate::request::asker;
use app::tendering::opening_table as tables;
use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::ident::{TenderId, UserId};

/// A holder's place at the table.
pub struct OpeningSeat(tables::Seat);

/// A holder's place at the opening.
#[Object]
impl OpeningSeat {
    /// The holder's global id.
    async fn holder_id(&self) -> ID {
        ident::global(UserId::KIND, self.0.holder.0)
    }

    /// The holder by name; null for the public, which learns offices.
    async fn person(&self) -> Option<User> {
        self.0.person.clone().map(User)
    }

    /// As what it opens: key holder or supervisor.
    async fn role(&self) -> Option<Role> {
        self.0.role.map(Into::into)
    }

    /// For whom it opens.
    async fn organization(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.organization {
            Some(organization) => crate::loader::organization(graphql, organization).await,
            None => Ok(None),
        }
    }

    /// The public half of its key, `age1…`.
    async fn recipient(&self) -> &str {
        &self.0.recipient
    }

    /// Whether it is your place.
    async fn is_own(&self) -> bool {
        self.0.is_own
    }

    /// When it handed in its shares; null until it has.
    async fn handed_in_at(&self) -> Option<DateTime<Utc>> {
        self.0.handed_in_at
    }
}

/// The table at which the bids of a tender are opened.
pub struct OpeningTable(tables::OpeningTable);

/// The table at which the bids of a tender are opened.
#[Object]
impl OpeningTable {
    /// When the taking of bids ended; null until it has. From then on what is in is what is opened.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed.map(|closed| closed.at)
    }

    /// How many bids lie on it; null until the taking of bids has ended, when nobody may know.
    async fn bids(&self) -> Option<i32> {
        self.0.closed.map(|closed| i32::try_from(closed.bids).unwrap_or(i32::MAX))
    }

    /// How many holders are needed.
    async fn threshold(&self) -> u32 {
        self.0.threshold
    }

    /// The holders' places, in the order in which the notice names them.
    async fn seats(&self) -> Vec<OpeningSeat> {
        self.0.seats.iter().cloned().map(OpeningSeat).collect()
    }
}

/// Root fields that show the table.
#[derive(Default)]
pub struct OpeningTableQuery;

#[Object]
impl OpeningTableQuery {
    /// The table at which a tender's bids are opened: whose places there are and who has acted. Null before the notice.
    async fn opening_table(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Option<OpeningTable>> {
        let asker = asker(graphql)?;
        let table = async {
            let tender = ident::of_kind(&tender_id, TenderId::KIND, "tenderId")?;
            tables::table(&asker.app, &asker.ctx, tender).await
        };
        Ok(found(&asker.ctx, table.await)?.map(OpeningTable))
    }
}
