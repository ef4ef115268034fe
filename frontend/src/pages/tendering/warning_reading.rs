//! How warnings are asked, and answered, through the contract.

use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct WarningsPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Organization,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    title: Words,
    state: TenderStateName,
    buyer_id: cynic::Id,
    warnings: Vec<Warning>,
    unchecked_warnings: Vec<Unchecked>,
    warning_overrides: Vec<Override>,
}

/// A question about the draft.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TenderWarning")]
pub(super) struct Warning {
    pub(super) key: String,
    pub(super) path: Vec<String>,
    pub(super) title: String,
    pub(super) found: String,
    pub(super) remedy: String,
    pub(super) source: String,
    pub(super) overridden: Option<Override>,
}

/// A question that could not be put.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "UncheckedWarning")]
pub(super) struct Unchecked {
    pub(super) title: String,
    pub(super) missing: String,
}

/// A reason on file.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "WarningOverride")]
pub(super) struct Override {
    pub(super) id: cynic::Id,
    pub(super) title: String,
    pub(super) found: String,
    pub(super) reason: String,
    pub(super) given_by: Option<User>,
    pub(super) given_at: DateTime<Utc>,
    pub(super) withdrawn_at: Option<DateTime<Utc>>,
}

/// Who gave it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct User {
    pub(super) name: Words,
}

/// What there is to say about a tender.
pub(super) struct Asked {
    pub(super) title: Words,
    pub(super) state: TenderStateName,
    /// Whether the reader acts for its buyer.
    pub(super) is_own: bool,
    pub(super) warnings: Vec<Warning>,
    pub(super) unchecked_warnings: Vec<Unchecked>,
    pub(super) warning_overrides: Vec<Override>,
}

/// Asks; nothing where the reader knows of no such tender.
pub(super) async fn ask(visit: &Visit, id: &str) -> Result<Option<Asked>, PageError> {
    let answer = visit.ask(WarningsPage::build(Which { id: id.into() })).await?;
    let own = answer.viewer.map(|viewer| viewer.organization.id);
    Ok(answer.tender.map(|tender| {
        let Tender { title, state, buyer_id, warnings, unchecked_warnings, warning_overrides } = tender;
        Asked { title, state, is_own: own.is_some_and(|own| own == buyer_id), warnings, unchecked_warnings, warning_overrides }
    }))
}

#[derive(cynic::InputObject, Debug)]
struct OverrideTenderWarningInput {
    tender_id: cynic::Id,
    key: String,
    reason: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct Giving {
    input: OverrideTenderWarningInput,
}

#[derive(cynic::QueryFragment, Debug)]
struct WarningOverridePayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Giving")]
struct Give {
    #[arguments(input: $input)]
    override_tender_warning: WarningOverridePayload,
}

/// Keeps a warning with a reason; what is to be mended, if anything.
pub(super) async fn give(visit: &Visit, id: &str, key: String, reason: String) -> Result<Vec<UserError>, PageError> {
    let input = OverrideTenderWarningInput { tender_id: id.into(), key, reason };
    Ok(visit.ask(Give::build(Giving { input })).await?.override_tender_warning.user_errors)
}

#[derive(cynic::InputObject, Debug)]
struct WithdrawWarningOverrideInput {
    override_id: cynic::Id,
}

#[derive(cynic::QueryVariables, Debug)]
struct Withdrawing {
    input: WithdrawWarningOverrideInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Withdrawing")]
struct Withdraw {
    #[arguments(input: $input)]
    withdraw_warning_override: WarningOverridePayload,
}

/// Takes a reason back; what is to be mended, if anything.
pub(super) async fn withdraw(visit: &Visit, id: String) -> Result<Vec<UserError>, PageError> {
    let input = WithdrawWarningOverrideInput { override_id: cynic::Id::new(id) };
    Ok(visit.ask(Withdraw::build(Withdrawing { input })).await?.withdraw_warning_override.user_errors)
}
