//! The schema, put together from the rooms.

use crate::catalogue::{CatalogueMutation, CatalogueQuery};
use crate::coded::{COMPLEXITY_MOST, DEPTH_MOST, Prepared, finish, prepare};
use crate::contracting::{ContractingMutation, ContractingQuery};
use crate::contracting::bid_security_root::{BidSecurityMutation, BidSecurityQuery};
use crate::contracting::contract::{ContractMutation, ContractQuery};
use crate::identity::affiliation::{AffiliationMutation, AffiliationQuery};
use crate::identity::{IdentityMutation, IdentityQuery};
use crate::node::NodeQuery;
use crate::oversight::event::OversightSubscription;
use crate::oversight::figures::FiguresQuery;
use crate::oversight::policy_pack::{PolicyPackMutation, PolicyPackQuery};
use crate::oversight::task::TaskQuery;
use crate::oversight::{OversightMutation, OversightQuery};
use crate::tendering::{EvaluationMutation, EvaluationQuery, ProcedureMutation, ProcedureQuery, TenderingMutation, TenderingQuery};
use crate::tendering::application_root::{ApplicationMutation, ApplicationQuery};
use crate::tendering::bid::{BidMutation, BidQuery};
use crate::tendering::bid_list::BidListQuery;
use crate::tendering::consortium::{ConsortiumMutation, ConsortiumQuery};
use crate::tendering::document_registration::{DocumentRegistrationMutation, DocumentRegistrationQuery};
use crate::tendering::holder_key::{HolderKeyMutation, HolderKeyQuery};
use crate::tendering::mandate::{MandateMutation, MandateQuery};
use crate::tendering::objection::{ObjectionMutation, ObjectionQuery};
use crate::tendering::opening::{OpeningMutation, OpeningQuery};
use crate::tendering::opening_table::OpeningTableQuery;
use crate::tendering::draft_check::DraftCheckQuery;
use crate::tendering::search::TenderSearchQuery;
use crate::tendering::warning::WarningMutation;
use async_graphql::{Data, Executor, MergedObject, MergedSubscription, Request, Response, SDLExportOptions};
use futures::StreamExt as _;
use futures::stream::{self, BoxStream};
use std::sync::Arc;

/// Everything that can be read.
#[derive(Default, MergedObject)]
pub struct Query(
    NodeQuery,
    IdentityQuery,
    AffiliationQuery,
    CatalogueQuery,
    TenderingQuery,
    TenderSearchQuery,
    ProcedureQuery,
    MandateQuery,
    ObjectionQuery,
    ApplicationQuery,
    HolderKeyQuery,
    BidQuery,
    BidListQuery,
    ConsortiumQuery,
    OpeningQuery,
    OpeningTableQuery,
    EvaluationQuery,
    BidSecurityQuery,
    DocumentRegistrationQuery,
    ContractQuery,
    ContractingQuery,
    OversightQuery,
    FiguresQuery,
    PolicyPackQuery,
    DraftCheckQuery,
    TaskQuery,
);

/// Everything that can be done.
#[derive(Default, MergedObject)]
pub struct Mutation(
    IdentityMutation,
    AffiliationMutation,
    CatalogueMutation,
    TenderingMutation,
    ProcedureMutation,
    MandateMutation,
    ObjectionMutation,
    ApplicationMutation,
    HolderKeyMutation,
    BidMutation,
    ConsortiumMutation,
    WarningMutation,
    OpeningMutation,
    EvaluationMutation,
    BidSecurityMutation,
    DocumentRegistrationMutation,
    ContractMutation,
    ContractingMutation,
    OversightMutation,
    PolicyPackMutation,
);

/// Everything that can be followed.
#[derive(Default, MergedSubscription)]
pub struct Subscription(OversightSubscription);

/// The marketplace's schema: executes requests within its limits, every error with its code.
#[derive(Clone)]
pub struct Schema(async_graphql::Schema<Query, Mutation, Subscription>);

impl Schema {
    /// Executes a query or a mutation. The asker comes with the request.
    pub async fn execute(&self, request: impl Into<Request>) -> Response {
        match prepare(request.into(), None) {
            Ok(Prepared { request, language }) => finish(self.0.execute(request).await, language),
            Err(response) => *response,
        }
    }

    /// Follows a subscription. The asker comes with the request, or with the session of the socket.
    pub fn follow(&self, request: impl Into<Request>, session: Arc<Data>) -> BoxStream<'static, Response> {
        match prepare(request.into(), Some(&session)) {
            Ok(Prepared { request, language }) => {
                let told = self.0.execute_stream_with_session_data(request, session);
                told.map(move |response| finish(response, language)).boxed()
            }
            Err(response) => stream::once(async move { *response }).boxed(),
        }
    }
}

impl Executor for Schema {
    async fn execute(&self, request: Request) -> Response {
        Self::execute(self, request).await
    }

    fn execute_stream(&self, request: Request, session: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        self.follow(request, session.unwrap_or_default())
    }
}

/// Builds the schema, with its limits.
pub fn schema() -> Schema {
    let bare = async_graphql::Schema::build(Query::default(), Mutation::default(), Subscription::default());
    Schema(bare.limit_depth(DEPTH_MOST).limit_complexity(COMPLEXITY_MOST).limit_directives(16).finish())
}

/// The schema in the schema definition language, as committed in `graphql/schema.graphql`.
pub fn sdl() -> String {
    schema().0.sdl_with_options(SDLExportOptions::new().sorted_fields().sorted_enum_items().sorted_arguments())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
        if std::env::var_os("UPDATE_SDL").is_some() {
            std::fs::write(path, sdl()).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(committed == sdl(), "graphql/schema.graphql is stale: run cargo xtask sdl");
    }

    #[tokio::test]
    async fn everything_in_the_schema_is_described() {
        let query = "{ __schema { types { name description fields { name description args { name description } }
            inputFields { name description } enumValues { name description } } } }";
        let answer = schema().execute(query).await.data.into_json().unwrap();
        let types = answer["__schema"]["types"].as_array().unwrap();
        let mut bare = Vec::new();
        let built_in = ["Boolean", "Float", "ID", "Int", "String"];
        let is_ours = |name: &str| !name.starts_with("__") && !built_in.contains(&name);
        for kind in types.iter().filter(|kind| is_ours(kind["name"].as_str().unwrap())) {
            find_bare(kind, "", &mut bare);
        }
        assert!(types.len() > 15, "the schema was not read");
        assert!(bare.is_empty(), "without a description: {bare:?}");
    }

    fn find_bare(element: &serde_json::Value, parent: &str, bare: &mut Vec<String>) {
        let name = format!("{parent}{}", element["name"].as_str().unwrap_or_default());
        if element["description"].as_str().is_none_or(str::is_empty) {
            bare.push(name.clone());
        }
        for part in ["fields", "inputFields", "enumValues", "args"] {
            for child in element[part].as_array().into_iter().flatten() {
                find_bare(child, &format!("{name}."), bare);
            }
        }
    }
}
