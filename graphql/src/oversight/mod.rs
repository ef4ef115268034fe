//! The room `oversight`: root fields.

pub mod event;
pub mod figures;
pub mod file;
pub mod policy_pack;
pub mod task;

use crate::connection::{self, page};
use crate::ident;
use crate::payload::{coded, found, settle};
use crate::request::asker;
use async_graphql::{Context, ID, Object, Result};
use domain::ident::{EventId, FileId};
use event::{Event, EventConnection};
use file::{File, UploadFileInput, UploadFilePayload};
use uuid::Uuid;

/// Root fields that read files and what happened.
#[derive(Default)]
pub struct OversightQuery;

#[Object]
impl OversightQuery {
    /// A file that you may read: your organization's, one of a record in which it takes part, or a published one.
    async fn file(&self, graphql: &Context<'_>, #[graphql(desc = "Its global id.")] id: ID) -> Result<Option<File>> {
        let asker = asker(graphql)?;
        let id = ident::of_kind(&id, FileId::KIND, "id").map_err(|error| coded(&asker.ctx, error))?;
        let files = app::oversight::file::files(&asker.app, &asker.ctx, &[id]).await;
        Ok(found(&asker.ctx, files)?.and_then(|mut files| files.pop()).map(File))
    }

    /// What happened to a record, oldest first: its public events, and the others of those in which you take part.
    #[graphql(complexity = "connection::cost(first, child_complexity)")]
    async fn events(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The global id of the record, such as a tender or an order.")] subject_id: ID,
        #[graphql(default, desc = "Only those with one of these names, 20 at most; empty for all.")] names: Vec<String>,
        #[graphql(desc = "How many, from 1 to 100; 20 when left out.")] first: Option<i32>,
        #[graphql(desc = "Begin after this cursor.")] after: Option<String>,
    ) -> Result<EventConnection> {
        let asker = asker(graphql)?;
        let read = async {
            let (_, subject) = ident::any(&subject_id, "subjectId")?;
            event::page_of(asker, subject, names, page::<Uuid>(first, after.as_deref())?).await
        };
        read.await.map_err(|error| coded(&asker.ctx, error))
    }
}

/// Root fields that keep files.
#[derive(Default)]
pub struct OversightMutation;

#[Object]
impl OversightMutation {
    /// Uploads a file, by the GraphQL multipart request specification. It is your organization's alone until you attach
    /// it to something.
    async fn upload_file(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The file.")] input: UploadFileInput,
    ) -> Result<UploadFilePayload> {
        let asker = asker(graphql)?;
        let upload = input.file.value(graphql)?;
        let name = input.name.unwrap_or(upload.filename);
        let stored = app::oversight::file::store_file(&asker.app, &asker.ctx, &name, upload.content.to_vec()).await;
        let (file, user_errors) = settle(&asker.ctx, stored)?;
        Ok(UploadFilePayload { file: file.map(File), user_errors })
    }
}

/// Reads the id of an event.
pub(crate) fn event_id(id: &ID, path: &str) -> Result<EventId, app::Error> {
    ident::of_kind(id, EventId::KIND, path)
}

/// The node of an event's id.
pub(crate) fn event_node(id: EventId) -> ID {
    ident::global(EventId::KIND, id.0)
}

impl Event {
    /// Its cursor in a list.
    pub(crate) fn cursor(&self) -> String {
        connection::cursor(&self.recorded.id.0)
    }
}
