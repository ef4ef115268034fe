//! What happened to a record: a public timeline, and a private one for those who take part.

use crate::store::oversight::event;
use crate::{App, Context, Result};
use chrono::{DateTime, Utc};
use domain::ident::{EventId, OrganizationId};
use domain::identity::actor::Actor;
use domain::identity::permission::{Action, Scope, allow};
use domain::oversight::event::Visibility;
use std::sync::Arc;
use tokio::sync::broadcast;
use uuid::Uuid;

/// How many changes a slow listener may fall behind before it must read the timeline again.
const BEHIND_MOST: usize = 1024;

/// An event as it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Its number; sorts by time.
    pub id: EventId,
    /// Noun and past participle: `tender.published`.
    pub name: String,
    /// The kind of record that it is about.
    pub subject_kind: String,
    /// That record.
    pub subject_id: Uuid,
    /// Who may read it.
    pub visibility: Visibility,
    /// The organization that acted; none when the marketplace did.
    pub organization: Option<OrganizationId>,
    /// The organizations that take part.
    pub parties: Vec<Uuid>,
    /// Its content.
    pub content: serde_json::Value,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
}

impl Recorded {
    /// Whether this actor may read it.
    pub fn is_for(&self, actor: &Actor) -> bool {
        let parties = match self.visibility {
            Visibility::Public => return allow(actor, Action::ReadPublicEvents, &Scope::market()).is_ok(),
            Visibility::Parties => self.parties.iter().copied().map(OrganizationId).collect(),
            Visibility::Own => Vec::new(),
        };
        let scope = Scope { owner: self.organization, parties, ..Scope::default() };
        allow(actor, Action::ReadPrivateEvents, &scope).is_ok()
    }
}

/// Which events of a record.
#[derive(Clone, Debug)]
pub struct EventsWanted {
    /// The record.
    pub subject: Uuid,
    /// Only those with one of these names; none for all.
    pub names: Vec<String>,
    /// Only those after this one.
    pub after: Option<EventId>,
}

impl EventsWanted {
    /// All of a record, after the one named.
    #[must_use]
    pub const fn all(subject: Uuid, after: Option<EventId>) -> Self {
        Self { subject, names: Vec::new(), after }
    }
}

/// Up to `most` events of a record that the actor may read, oldest first.
///
/// # Errors
/// When the store does not answer.
pub async fn events_of(app: &App, ctx: &Context, wanted: &EventsWanted, most: usize) -> Result<Vec<Recorded>> {
    let mut events: Vec<Recorded> = Vec::new();
    let mut cursor = wanted.after;
    let chunk = u64::try_from(most).unwrap_or(u64::MAX).max(1);
    loop {
        let read = event::of_subject(app.store.reader(), wanted.subject, &wanted.names, ctx.actor.organization(), cursor, chunk).await?;
        let is_last = u64::try_from(read.len()).unwrap_or(0) < chunk;
        cursor = read.last().map(|event| event.id);
        events.extend(read.into_iter().filter(|event| event.is_for(&ctx.actor)));
        if is_last || events.len() >= most {
            events.truncate(most);
            return Ok(events);
        }
    }
}

/// Tells listeners in this process what was committed.
#[derive(Clone, Debug)]
pub(crate) struct Changes(broadcast::Sender<Arc<Recorded>>);

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::Sender::new(BEHIND_MOST))
    }
}

impl Changes {
    /// A new listener, which hears what comes from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<Recorded>> {
        self.0.subscribe()
    }

    /// Tells what a write has recorded, now that it is committed, and hands on its value.
    pub fn tell<T>(&self, recorded: Vec<Recorded>, value: T) -> T {
        for event in recorded {
            // Nobody may be listening.
            let _ = self.0.send(Arc::new(event));
        }
        value
    }
}
