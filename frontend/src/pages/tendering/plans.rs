//! Procurement intentions (采购意向): the public list, one intention, and what an officer does with it.

use super::draft_content::{LocalTextInput, MoneyInput};
use super::draft_form::{both, both_long};
use super::editor::category_picks;
use crate::islands::amount::yuan;
use crate::prelude::*;
use chrono::{DateTime, Days, Utc};
use domain::identity::role::Role;
use domain::text::ZONE;

#[derive(cynic::Scalar, Clone, Copy, Debug)]
#[cynic(graphql_type = "NaiveDate")]
struct OnDay(chrono::NaiveDate);

#[derive(cynic::QueryVariables, Debug)]
struct Wanted {
    after: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Wanted")]
struct PlansPage {
    #[arguments(first: 20, after: $after)]
    plans: PlanConnection,
}

#[derive(cynic::QueryFragment, Debug)]
struct PlanConnection {
    nodes: Vec<Plan>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Debug)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct PlanPage {
    #[arguments(id: $id)]
    plan: Option<Plan>,
    viewer: Option<Viewer>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Buyer,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
struct Buyer {
    id: cynic::Id,
    name: Words,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Plan {
    id: cynic::Id,
    buyer: Option<Buyer>,
    title: Words,
    description: Words,
    category: String,
    budget: Sum,
    expected_on: OnDay,
    published_at: Option<DateTime<Utc>>,
}

/// `2027 年 1 月`, `January 2027`.
fn month(on: OnDay) -> String {
    match visit().language() {
        Language::Chinese => on.0.format("%Y 年 %-m 月").to_string(),
        Language::English => on.0.format("%B %Y").to_string(),
    }
}

fn buyer(plan: &Plan) -> Option<AnyView> {
    let buyer = plan.buyer.clone()?;
    let to = format!("/buyers/{}", buyer.id.inner());
    Some(view! { <a href=to>{visit().local(&buyer.name).to_owned()}</a> }.into_any())
}

fn state(plan: &Plan) -> impl IntoView + use<> {
    let (state, key) = if plan.published_at.is_some() { (State::Open, "plan-state-published") } else { (State::Draft, "plan-state-draft") };
    view! { <Tag state label=say(key)/> }
}

/// The list.
pub(super) async fn list(visit: &Visit) -> Answered {
    let PlansPage { plans } = visit.ask(PlansPage::build(Wanted { after: visit.query("after").map(str::to_owned) })).await?;
    let is_officer = visit.has_role(Role::Officer);
    Page::titled(visit.say("plans-title")).described(visit.say("plans-lead")).wide().show(move || {
        let cursors = Cursors { before: None, after: plans.page_info.end_cursor.filter(|_| plans.page_info.has_next_page) };
        let entries = plans.nodes.iter().map(entry).collect_view();
        let list = if plans.nodes.is_empty() {
            view! { <Empty why=say("plans-none")><p>{say("plans-none-next")}</p></Empty> }.into_any()
        } else {
            view! { <ul class="notices">{entries}</ul> <Pagination cursors/> }.into_any()
        };
        view! {
            <h1>{say("plans-title")}</h1>
            <p class="lead">{say("plans-lead")}</p>
            {is_officer.then(|| view! { <p><LinkButton label=say("plan-new") to="/plans/new"/></p> })}
            {list}
        }
    })
}

fn entry(plan: &Plan) -> impl IntoView + use<> {
    let to = format!("/plans/{}", plan.id.inner());
    let published = plan.published_at.map(|at| view! { <div><dt>{say("plan-published")}</dt><dd><Instant at/></dd></div> });
    view! {
        <li>
            <h2><a href=to>{visit().local(&plan.title).to_owned()}</a></h2>
            <p>{state(plan)} " " {buyer(plan)}</p>
            <dl>
                <div><dt>{say("tender-budget")}</dt><dd><Amount money=plan.budget.clone().into()/></dd></div>
                <div><dt>{say("plan-expected")}</dt><dd>{month(plan.expected_on)}</dd></div>
                {published}
            </dl>
        </li>
    }
}

/// One intention.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let asked = visit.ask(PlanPage::build(Which { id: id.into() })).await?;
    let plan = asked.plan.ok_or(PageError::NotFound)?;
    let own = asked.viewer.map(|viewer| viewer.organization.id);
    let is_own = visit.has_role(Role::Officer) && plan.buyer.as_ref().map(|buyer| &buyer.id) == own.as_ref();
    let figures = if is_own { super::draft::figures(visit).await? } else { std::collections::BTreeMap::new() };
    let days = figures.get("plan.published_before_days").and_then(|days| u64::try_from(*days).ok());
    let title = visit.local(&plan.title).to_owned();
    Page::titled(title.clone()).crumb(visit.say("plans-title"), "/plans").show(move || {
        let mut facts = vec![
            SummaryFact::new(say("tender-buyer"), buyer(&plan)),
            SummaryFact::new(say("tender-category"), plan.category.clone()),
            SummaryFact::new(say("tender-budget"), view! { <Amount money=plan.budget.clone().into() in_words=true/> }),
            SummaryFact::new(say("plan-expected"), month(plan.expected_on)),
        ];
        if let Some(at) = plan.published_at {
            facts.push(SummaryFact::new(say("plan-published"), view! { <Instant at/> }));
        }
        view! {
            <h1>{title}</h1>
            <p>{state(&plan)}</p>
            <p class="lead">{visit_local(&plan.description)}</p>
            <SummaryList facts/>
            <p class="rule">{say("plan-rule")}</p>
            {is_own.then(|| acts(&plan, days))}
        }
    })
}

fn visit_local(words: &Words) -> String {
    visit().local(words).to_owned()
}

/// What the buyer's officer does next: publish it, or begin the tender that carries it out.
fn acts(plan: &Plan, days: Option<u64>) -> AnyView {
    let Some(published_at) = plan.published_at else {
        return view! {
            <Notice tone=Tone::Info title=say("plan-draft")><p>{say("plan-draft-next")}</p></Notice>
            <Form><Button label=say("plan-publish") kind=Kind::Primary name="do" value="publish"/></Form>
        }
        .into_any();
    };
    let first = days.and_then(|days| published_at.with_timezone(&ZONE).date_naive().checked_add_days(Days::new(days)));
    let to = format!("/tenders/new?plan={}", plan.id.inner());
    view! {
        {first.map(|on| view! { <p>{say("plan-earliest")} " " <Day on/></p> })}
        <p><LinkButton label=say("plan-begin-tender") to kind=Kind::Primary/></p>
    }
    .into_any()
}

/// The form of a new one.
pub(super) async fn begin_page(visit: &Visit) -> Answered {
    let categories = super::draft::categories(visit).await?;
    if !visit.has_role(Role::Officer) {
        return Err(PageError::Forbidden);
    }
    Page::titled(visit.say("plan-new")).crumb(visit.say("plans-title"), "/plans").show(move || {
        let blank = LocalTextInput::default();
        view! {
            <h1>{say("plan-new")}</h1>
            <p class="lead">{say("plan-new-lead")}</p>
            <Form>
                {both("title", "tender-draft-title", &blank)}
                {both_long("description", "plan-description", &blank)}
                <Select name="category" label=say("tender-category") picks=category_picks(&categories)/>
                <MoneyField name="budget" label=say("plan-budget")/>
                <Field name="expectedOn" label=say("plan-expected") help=say("plan-expected-help") kind="month" width="short"/>
                <Button label=say("plan-save") kind=Kind::Primary/>
            </Form>
        }
    })
}

#[derive(cynic::InputObject, Debug)]
struct CreatePlanInput {
    title: LocalTextInput,
    description: LocalTextInput,
    category: String,
    budget: MoneyInput,
    expected_on: OnDay,
}

#[derive(cynic::QueryVariables, Debug)]
struct CreateWhich {
    input: CreatePlanInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "CreateWhich")]
struct Create {
    #[arguments(input: $input)]
    create_plan: PlanPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Which")]
struct Publish {
    #[arguments(input: { planId: $id })]
    publish_plan: PlanPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct PlanPayload {
    plan: Option<Kept>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Plan")]
struct Kept {
    id: cynic::Id,
}

/// Drafts one.
pub(super) async fn begin(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let budget = yuan(&text("budget"));
    let expected_on = format!("{}-01", text("expectedOn")).parse().ok();
    let mut errors = Vec::new();
    if budget.is_none() {
        errors.push(FormError::at("budget", visit.say("tender-amount-wrong")));
    }
    if expected_on.is_none() {
        errors.push(FormError::at("expectedOn", visit.say("plan-expected-wrong")));
    }
    let (Some(budget), Some(expected_on)) = (budget, expected_on) else { return Answer::again(errors) };
    let input = CreatePlanInput {
        title: LocalTextInput { zh: text("title.zh"), en: text("title.en") },
        description: LocalTextInput { zh: text("description.zh"), en: text("description.en") },
        category: text("category"),
        budget: MoneyInput { amount_minor: budget.amount_minor, currency: "CNY".to_owned() },
        expected_on: OnDay(expected_on),
    };
    let payload = visit.ask(Create::build(CreateWhich { input })).await?.create_plan;
    match payload.plan {
        Some(plan) => Answer::done(format!("/plans/{}", plan.id.inner()), "plan-saved"),
        None => Answer::again(payload.user_errors),
    }
}

/// Makes one public.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let payload = visit.ask(Publish::build(Which { id: id.into() })).await?.publish_plan;
    if payload.user_errors.is_empty() { Answer::done(format!("/plans/{id}"), "plan-published") } else { Answer::again(payload.user_errors) }
}
