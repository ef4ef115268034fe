//! Plans: what buyers will buy.

use crate::connection::cursor;
use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::UserError;
use crate::values::{LocalText, LocalTextInput, Money, MoneyInput};
use app::tendering::plan as plans;
use async_graphql::connection::PageInfo;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ident::PlanId;
use domain::tendering::plan;

/// A procurement intention (采购意向).
pub struct Plan(pub plan::Plan);

/// A procurement intention (采购意向).
#[Object]
impl Plan {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(PlanId::KIND, self.0.id.0)
    }

    /// Who will buy.
    async fn buyer(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        crate::loader::organization(graphql, self.0.buyer).await
    }

    /// What will be bought.
    async fn title(&self) -> LocalText {
        self.0.content.title.clone().into()
    }

    /// More about it.
    async fn description(&self) -> LocalText {
        self.0.content.description.clone().into()
    }

    /// The category's code.
    async fn category(&self) -> &str {
        &self.0.content.category
    }

    /// How much is meant to be spent.
    async fn budget(&self) -> Money {
        self.0.content.budget.into()
    }

    /// The month in which the tender is expected, by a day of it.
    async fn expected_on(&self) -> NaiveDate {
        self.0.content.expected_on
    }

    /// Since when it is public; null for a draft.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at
    }
}

/// A page of a list of plans, the last published first.
pub struct PlanConnection {
    /// The plans, perhaps one more than asked for.
    pub plans: Vec<plan::Plan>,
    /// How many were asked for.
    pub first: usize,
}

/// A plan in a list.
#[derive(SimpleObject)]
pub struct PlanEdge {
    /// Its place: ask for what comes after it.
    pub cursor: String,
    /// The plan.
    pub node: Plan,
}

/// A page of a list of plans, the last published first.
#[Object]
impl PlanConnection {
    /// The plans with their places.
    async fn edges(&self) -> Vec<PlanEdge> {
        let page = self.plans.iter().take(self.first).cloned();
        page.map(|plan| PlanEdge { cursor: cursor(&plans::key(&plan)), node: Plan(plan) }).collect()
    }

    /// The plans.
    async fn nodes(&self) -> Vec<Plan> {
        self.plans.iter().take(self.first).cloned().map(Plan).collect()
    }

    /// Where the list goes on.
    async fn page_info(&self) -> PageInfo {
        let end = self.plans[..self.first.min(self.plans.len())].last().map(|plan| cursor(&plans::key(plan)));
        PageInfo { has_previous_page: false, has_next_page: self.plans.len() > self.first, start_cursor: None, end_cursor: end }
    }
}

/// Drafts a plan.
#[derive(Clone, Debug, InputObject)]
pub struct CreatePlanInput {
    /// What will be bought, at most 200 characters.
    pub title: LocalTextInput,
    /// More about it, at most 10,000 characters.
    pub description: LocalTextInput,
    /// The category's code.
    pub category: String,
    /// How much is meant to be spent.
    pub budget: MoneyInput,
    /// The month in which the tender is expected, by any day of it.
    pub expected_on: NaiveDate,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

impl CreatePlanInput {
    /// The content.
    ///
    /// # Errors
    /// `CURRENCY_NOT_TAKEN`, `OUT_OF_RANGE` at `budget`.
    pub fn content(self) -> Result<plan::PlanContent, app::Error> {
        Ok(plan::PlanContent {
            budget: self.budget.read("budget")?,
            title: self.title.into(),
            description: self.description.into(),
            category: self.category,
            expected_on: self.expected_on,
        })
    }
}

/// Makes a plan public.
#[derive(Clone, Debug, InputObject)]
pub struct PublishPlanInput {
    /// The plan.
    pub plan_id: ID,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// The plan after what was done to it.
#[derive(SimpleObject)]
pub struct PlanPayload {
    /// The plan; null when nothing was done.
    pub plan: Option<Plan>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}
