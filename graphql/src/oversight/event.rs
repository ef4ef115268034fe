//! Events: timelines, and what happens from now on.

use super::{event_id, event_node};
use crate::connection::Page;
use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::coded;
use crate::request::{Asker, asker};
use app::Error;
use app::oversight::timeline::{EventsWanted, Recorded, events_of};
use async_graphql::connection::PageInfo;
use async_graphql::{Context, ID, Object, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use domain::ident::{EventId, OrganizationId, PriceListImportId, TenderId};
use domain::oversight::event::text_key;
use domain::refusal::{Code, Refusal};
use futures::Stream;
use futures::stream::{self, StreamExt as _};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

/// How many past events are read at once when a subscription resumes.
const RESUME_PAGE: usize = 100;

/// Something that happened.
pub struct Event {
    pub(super) recorded: Recorded,
    organization: Option<Organization>,
}

/// Something that happened to a record.
#[Object]
impl Event {
    /// Its global id; a subscription resumes after it.
    async fn id(&self) -> ID {
        event_node(self.recorded.id)
    }

    /// What happened, as a noun and a past participle: `tender.published`. It never changes its meaning.
    async fn name(&self) -> &str {
        &self.recorded.name
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.recorded.occurred_at
    }

    /// The record to which it happened.
    async fn subject_id(&self) -> ID {
        ident::global(&self.recorded.subject_kind, self.recorded.subject_id)
    }

    /// The organization that acted; null when the marketplace did.
    async fn organization(&self) -> Option<&Organization> {
        self.organization.as_ref()
    }

    /// What happened, in the language of the request.
    async fn description(&self, graphql: &Context<'_>) -> Result<String> {
        let language = asker(graphql)?.ctx.language;
        let key = text_key(&self.recorded.name);
        let key = if domain::text::has(language, &key) { key } else { "event-recorded".to_owned() };
        Ok(domain::text::say(language, &key))
    }
}

/// A page of events.
#[derive(SimpleObject)]
pub struct EventConnection {
    /// The events with their cursors.
    edges: Vec<EventEdge>,
    /// The events.
    nodes: Vec<Arc<Event>>,
    /// Whether more follow.
    page_info: PageInfo,
}

/// An event with its cursor.
#[derive(SimpleObject)]
pub struct EventEdge {
    /// Where it stands in the list.
    cursor: String,
    /// The event.
    node: Arc<Event>,
}

/// How many names of events one question may list.
const NAMES_MOST: usize = 20;

/// A page of what happened to a record, as the asker may know it; of these names only, when any are given.
///
/// # Errors
/// `OUT_OF_RANGE` for more than 20 names. When the store does not answer.
pub(crate) async fn page_of(asker: &Asker, subject: Uuid, names: Vec<String>, page: Page<Uuid>) -> Result<EventConnection, Error> {
    if names.len() > NAMES_MOST {
        return Err(Refusal::at(Code::OutOfRange, "names").with("least", 0_i64).with("most", NAMES_MOST).into());
    }
    let after = page.after.map(EventId);
    let mut recorded = events_of(&asker.app, &asker.ctx, &EventsWanted { subject, names, after }, page.first + 1).await?;
    let has_next_page = recorded.len() > page.first;
    recorded.truncate(page.first);
    let nodes: Vec<Arc<Event>> = with_organizations(asker, recorded).await?.into_iter().map(Arc::new).collect();
    let edges: Vec<EventEdge> = nodes.iter().map(|node| EventEdge { cursor: node.cursor(), node: Arc::clone(node) }).collect();
    let page_info = PageInfo {
        has_previous_page: after.is_some(),
        has_next_page,
        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
    };
    Ok(EventConnection { edges, nodes, page_info })
}

/// Reads the organizations of many events in one statement.
async fn with_organizations(asker: &Asker, recorded: Vec<Recorded>) -> Result<Vec<Event>, Error> {
    let ids: HashSet<OrganizationId> = recorded.iter().filter_map(|event| event.organization).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let read = if ids.is_empty() {
        Vec::new()
    } else {
        app::identity::organization::organizations(&asker.app, &asker.ctx, &ids).await?
    };
    let known: HashMap<_, _> = read.into_iter().map(|organization| (organization.id, organization)).collect();
    let event = |recorded: Recorded| {
        let organization = recorded.organization.and_then(|id| known.get(&id)).cloned().map(Organization);
        Event { recorded, organization }
    };
    Ok(recorded.into_iter().map(event).collect())
}

/// Root fields that tell what happens from now on.
#[derive(Default)]
pub struct OversightSubscription;

#[Subscription]
impl OversightSubscription {
    /// What happens to a record, as far as you may know it.
    async fn events(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The global id of the record.")] subject_id: ID,
        #[graphql(desc = "Resume after this event: what happened since comes first.")] after: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Event>> + use<>> {
        let asker = asker(graphql)?;
        let subject = ident::any(&subject_id, "subjectId").map(|(_, subject)| subject);
        follow(asker, subject, after.as_ref()).map_err(|error| coded(&asker.ctx, error))
    }

    /// How a tender goes on: published, changed, asked and answered, opened, awarded.
    async fn tender_progress(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
        #[graphql(desc = "Resume after this event: what happened since comes first.")] after: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Event>> + use<>> {
        let asker = asker(graphql)?;
        let subject = ident::of_kind::<TenderId>(&tender_id, TenderId::KIND, "tenderId").map(|id| id.0);
        follow(asker, subject, after.as_ref()).map_err(|error| coded(&asker.ctx, error))
    }

    /// How the import of your price list goes on.
    async fn import_progress(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The import.")] import_id: ID,
        #[graphql(desc = "Resume after this event: what happened since comes first.")] after: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Event>> + use<>> {
        let asker = asker(graphql)?;
        let subject = ident::of_kind::<PriceListImportId>(&import_id, PriceListImportId::KIND, "importId").map(|id| id.0);
        follow(asker, subject, after.as_ref()).map_err(|error| coded(&asker.ctx, error))
    }
}

/// What a subscription has still to tell, and where it listens.
struct Following {
    asker: Asker,
    subject: Uuid,
    /// The last event that was told or skipped; resuming and falling behind read from here.
    last: Option<EventId>,
    is_behind: bool,
    /// Sorts after all that happened before listening began.
    begun: EventId,
    /// What was read from the timeline and may be heard a second time.
    read: HashSet<EventId>,
    waiting: VecDeque<Recorded>,
    changes: Receiver<Arc<Recorded>>,
}

/// Follows a record: first what happened after `after`, then what happens. Somebody who falls too far behind is brought
/// up to date from the timeline; somebody whose sign-in has ended hears nothing more.
fn follow(asker: &Asker, subject: Result<Uuid, Error>, after: Option<&ID>) -> Result<impl Stream<Item = Result<Event>> + use<>, Error> {
    let last = after.map(|id| event_id(id, "after")).transpose()?;
    let following = Following {
        // Listening begins before reading, so that nothing falls between.
        changes: asker.app.changes(),
        asker: asker.clone(),
        subject: subject?,
        is_behind: last.is_some(),
        begun: asker.ctx.new_id(),
        read: HashSet::new(),
        last,
        waiting: VecDeque::new(),
    };
    Ok(stream::unfold(following, |mut following| async move {
        let told = following.next().await?;
        let told = told.map_err(|error| coded(&following.asker.ctx, error));
        Some((told, following))
    })
    .boxed())
}

impl Following {
    async fn next(&mut self) -> Option<Result<Event, Error>> {
        loop {
            if let Some(recorded) = self.waiting.pop_front() {
                match app::identity::session::reaffirm(&self.asker.app, &self.asker.ctx).await {
                    Ok(actor) => self.asker.ctx = self.asker.ctx.acting_as(actor),
                    Err(Error::Unauthenticated) => return None,
                    Err(error) => return Some(Err(error)),
                }
                self.last = Some(recorded.id);
                if !recorded.is_for(&self.asker.ctx.actor) {
                    continue;
                }
                let event = with_organizations(&self.asker, vec![recorded]).await;
                return event.map(|mut events| events.pop()).transpose();
            }
            if self.is_behind {
                match events_of(&self.asker.app, &self.asker.ctx, &EventsWanted::all(self.subject, self.last), RESUME_PAGE).await {
                    Ok(read) => {
                        self.is_behind = read.len() == RESUME_PAGE;
                        self.read.extend(read.iter().map(|event| event.id));
                        self.waiting.extend(read);
                    }
                    Err(error) => return Some(Err(error)),
                }
                continue;
            }
            match self.changes.recv().await {
                Ok(told) if told.subject_id == self.subject && !self.read.remove(&told.id) && told.is_for(&self.asker.ctx.actor) => {
                    self.waiting.push_back((*told).clone());
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => {
                    self.last = self.last.or(Some(self.begun));
                    self.is_behind = true;
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
