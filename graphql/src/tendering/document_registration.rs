//! Registrations for documents.

use super::tender::Tender;
use crate::connection::{cursor, page};
use crate::ident;
use crate::identity::organization::Organization;
use crate::loader;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{asker, once};
use app::Error;
use app::tendering::document_registration::{self as registrations, OwnRegistration, RegistrationKey, key};
use async_graphql::connection::PageInfo;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{DocumentRegistrationId, TenderId};
use domain::tendering::document_registration;

/// Your organization's registration for a tender's documents.
pub struct OwnDocumentRegistration(pub OwnRegistration);

/// Your organization's registration for a tender's documents (获取采购文件登记). Nobody else knows of it before bids are open.
#[Object]
impl OwnDocumentRegistration {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(DocumentRegistrationId::KIND, self.0.registration.id.0)
    }

    /// The tender.
    async fn tender(&self) -> Tender {
        Tender(self.0.tender.clone())
    }

    /// When you registered.
    async fn registered_at(&self) -> DateTime<Utc> {
        self.0.registration.registered_at
    }

    /// Whether the documents have changed, or questions were answered, since you looked last.
    async fn has_news(&self) -> bool {
        self.0.has_news
    }
}

/// A registration of yours in a list.
#[derive(SimpleObject)]
pub struct OwnDocumentRegistrationEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The registration.
    pub node: OwnDocumentRegistration,
}

/// A page of your organization's registrations, the newest first.
#[derive(SimpleObject)]
pub struct OwnDocumentRegistrationConnection {
    /// The registrations with their places.
    pub edges: Vec<OwnDocumentRegistrationEdge>,
    /// Where the list goes on.
    pub page_info: PageInfo,
}

/// A supplier's registration, as the buyer reads it once bids are open.
pub struct DocumentRegistration(document_registration::DocumentRegistration);

/// A supplier's registration for a tender's documents, as its buyer reads it once bids are open.
#[Object]
impl DocumentRegistration {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(DocumentRegistrationId::KIND, self.0.id.0)
    }

    /// Who registered.
    async fn supplier(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        loader::organization(graphql, self.0.supplier).await
    }

    /// When.
    async fn registered_at(&self) -> DateTime<Utc> {
        self.0.registered_at
    }
}

/// A registration in a list.
#[derive(SimpleObject)]
pub struct DocumentRegistrationEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The registration.
    pub node: DocumentRegistration,
}

/// A page of the registrations for a tender's documents, the newest first.
#[derive(SimpleObject)]
pub struct DocumentRegistrationConnection {
    /// The registrations with their places.
    pub edges: Vec<DocumentRegistrationEdge>,
    /// Where the list goes on.
    pub page_info: PageInfo,
}

fn page_info(has_next_page: bool, end_cursor: Option<String>) -> PageInfo {
    PageInfo { has_previous_page: false, has_next_page, start_cursor: None, end_cursor }
}

/// For which tender's documents.
#[derive(Clone, Debug, InputObject)]
pub struct RegisterForDocumentsInput {
    /// The tender.
    pub tender_id: ID,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Which tender's changes and answers have been read.
#[derive(Clone, Debug, InputObject)]
pub struct MarkDocumentsReadInput {
    /// The tender.
    pub tender_id: ID,
}

/// Your registration after what was done.
#[derive(SimpleObject)]
pub struct DocumentRegistrationPayload {
    /// The registration; null when nothing was done.
    pub registration: Option<OwnDocumentRegistration>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}

impl DocumentRegistrationPayload {
    fn new(ctx: &app::Context, result: Result<OwnRegistration, Error>) -> Result<Self> {
        let (registration, user_errors) = settle(ctx, result)?;
        Ok(Self { registration: registration.map(OwnDocumentRegistration), user_errors })
    }
}

fn tender(id: &ID) -> Result<TenderId, Error> {
    ident::of_kind(id, TenderId::KIND, "tenderId")
}

/// Root fields that read registrations for documents.
#[derive(Default)]
pub struct DocumentRegistrationQuery;

#[Object]
impl DocumentRegistrationQuery {
    /// Your organization's registration for a tender's documents; null when there is none. Suppliers only.
    async fn viewer_document_registration(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Option<OwnDocumentRegistration>> {
        let asker = asker(graphql)?;
        let read = async { registrations::viewer_registration(&asker.app, &asker.ctx, tender(&tender_id)?).await };
        Ok(found(&asker.ctx, read.await)?.map(OwnDocumentRegistration))
    }

    /// Your organization's registrations for documents, the newest first. Suppliers only.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn viewer_document_registrations(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
    ) -> Result<OwnDocumentRegistrationConnection> {
        let asker = asker(graphql)?;
        let read = async {
            let page = page::<RegistrationKey>(first, after.as_deref())?;
            let most = u64::try_from(page.first + 1).unwrap_or(u64::MAX);
            let mut kept = registrations::viewer_registrations(&asker.app, &asker.ctx, page.after, most).await?;
            let has_next_page = kept.len() > page.first;
            kept.truncate(page.first);
            let edge = |own: OwnRegistration| OwnDocumentRegistrationEdge {
                cursor: cursor(&key(&own.registration)),
                node: OwnDocumentRegistration(own),
            };
            let edges: Vec<OwnDocumentRegistrationEdge> = kept.into_iter().map(edge).collect();
            let end = edges.last().map(|edge| edge.cursor.clone());
            Ok(OwnDocumentRegistrationConnection { edges, page_info: page_info(has_next_page, end) })
        };
        read.await.map_err(|error: Error| coded(&asker.ctx, error))
    }

    /// Who has registered for a tender's documents, the newest first: for its buyer's people and the supervisor once bids are
    /// open. Null for everybody else, and before, when not even the number is told.
    #[graphql(complexity = "20 + crate::connection::cost(first, child_complexity) / 4")]
    async fn document_registrations(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
        #[graphql(desc = "How many, 20 unless told, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Begin behind this cursor.")] after: Option<String>,
    ) -> Result<Option<DocumentRegistrationConnection>> {
        let asker = asker(graphql)?;
        let read = async {
            let page = page::<RegistrationKey>(first, after.as_deref())?;
            let most = u64::try_from(page.first + 1).unwrap_or(u64::MAX);
            let mut kept = registrations::registrations(&asker.app, &asker.ctx, tender(&tender_id)?, page.after, most).await?;
            let has_next_page = kept.len() > page.first;
            kept.truncate(page.first);
            let edge = |one| DocumentRegistrationEdge { cursor: cursor(&key(&one)), node: DocumentRegistration(one) };
            let edges: Vec<DocumentRegistrationEdge> = kept.into_iter().map(edge).collect();
            let end = edges.last().map(|edge| edge.cursor.clone());
            Ok(DocumentRegistrationConnection { edges, page_info: page_info(has_next_page, end) })
        };
        found(&asker.ctx, read.await)
    }
}

/// Root fields that register for documents.
#[derive(Default)]
pub struct DocumentRegistrationMutation;

#[Object]
impl DocumentRegistrationMutation {
    /// Registers your organization for a tender's documents: from then on changes and answers are among your tasks. Once for
    /// each tender, while it takes bids.
    async fn register_for_documents(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] input: RegisterForDocumentsInput,
    ) -> Result<DocumentRegistrationPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let done = async { registrations::register(&asker.app, &asker.ctx, tender(&input.tender_id)?).await };
        DocumentRegistrationPayload::new(&asker.ctx, done.await)
    }

    /// Says that you have read the documents and answers as they stand.
    async fn mark_documents_read(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] input: MarkDocumentsReadInput,
    ) -> Result<DocumentRegistrationPayload> {
        let asker = asker(graphql)?;
        let done = async { registrations::read_documents(&asker.app, &asker.ctx, tender(&input.tender_id)?).await };
        DocumentRegistrationPayload::new(&asker.ctx, done.await)
    }
}
