//! The table at which bids are opened: whose places there are, who has acted, how many bids lie on it. For everybody.

use super::invitation;
use crate::store::identity::account;
use crate::store::tendering::{closing, holder_key, opening, tender as tenders};
use crate::{App, Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::ident::{OrganizationId, TenderId, UserId};
use domain::identity::permission::{Action, Scope};
use domain::identity::role::Role;
use domain::identity::user::User;
use domain::tendering::opening::BiddingClosed;

/// The table.
#[derive(Clone, Debug)]
pub struct OpeningTable {
    /// That the taking of bids has ended, once it has.
    pub closed: Option<BiddingClosed>,
    /// How many of the holders are needed.
    pub threshold: u32,
    /// Their places, in the order in which the notice names them.
    pub seats: Vec<Seat>,
}

/// A holder's place.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The holder.
    pub holder: UserId,
    /// The holder by name: for the tender's own people and for other holders. The public learns offices.
    pub person: Option<User>,
    /// As what it opens; nothing when its key was not registered here.
    pub role: Option<Role>,
    /// For whom it opens.
    pub organization: Option<OrganizationId>,
    /// The public half of its key.
    pub recipient: String,
    /// Whether the actor sits here.
    pub is_own: bool,
    /// When it handed in its shares.
    pub handed_in_at: Option<DateTime<Utc>>,
}

/// The table of a published tender.
///
/// # Errors
/// `NotFound` for what is not published.
pub async fn table(app: &App, ctx: &Context, id: TenderId) -> Result<OpeningTable> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let db = app.store.reader();
    let tender = tenders::by_id(db, id).await?.ok_or(Error::NotFound)?;
    let threshold = invitation::by_tender(db, id).await?.threshold;
    let acts = opening::acts(&opening::shares(db, id).await?);
    let holders = &tender.content.holders;
    let keys: Vec<_> = holders.iter().map(|holder| holder.key).collect();
    let keys = holder_key::by_ids(db, &keys).await?;
    let viewer = ctx.actor.person().map(|person| person.user);
    let knows_names = ctx.allow(Action::ReadEvaluation, &tender.scope()).is_ok()
        || holders.iter().any(|holder| Some(holder.user) == viewer);
    let users: Vec<_> = holders.iter().map(|holder| holder.user).collect();
    let people = if knows_names { account::by_ids(db, &users).await? } else { Vec::new() };
    let seats = holders.iter().map(|holder| {
        let key = keys.iter().find(|key| key.id == holder.key);
        Seat {
            holder: holder.user,
            person: people.iter().find(|person| person.id == holder.user).cloned(),
            role: key.map(|key| key.role),
            organization: key.map(|key| key.organization),
            recipient: holder.recipient.clone(),
            is_own: Some(holder.user) == viewer,
            handed_in_at: acts.iter().find(|act| act.holder == holder.user).map(|act| act.at),
        }
    });
    Ok(OpeningTable { closed: closing::by_tender(db, id).await?, threshold, seats: seats.collect() })
}
