//! Bidding together (联合体投标): what a supplier proposes, agrees to and leaves, under the tender.

use super::consortium_acts::{LINES_MOST, own_field};
use super::lots::Lot;
use super::state::tag;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
pub(super) struct Which {
    pub(super) id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct TenderOfConsortium {
    #[arguments(id: $id)]
    tender: Option<Tender>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct OwnConsortia {
    #[arguments(tenderId: $id)]
    viewer_consortia: Vec<Consortium>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    title: Words,
    number: String,
    state: TenderStateName,
    deadline_at: Option<DateTime<Utc>>,
    is_divided: bool,
    lots: Vec<Lot>,
    joint_bidding: JointBidding,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct JointBidding {
    takes_consortia: bool,
    members_most: Option<i32>,
    subcontracting: Option<Words>,
    deduction: Option<JointDeduction>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct JointDeduction {
    share_least_percent: i32,
    percent: i32,
    source: String,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ConsortiumState {
    Proposed,
    Standing,
    Declined,
    Left,
    Dissolved,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Consortium {
    pub(super) id: cynic::Id,
    lot_ids: Vec<cynic::Id>,
    pub(super) state: ConsortiumState,
    pub(super) members: Vec<ConsortiumMember>,
    proposed_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    ended_by: Option<Organization>,
    bid_received_at: Option<DateTime<Utc>>,
    pub(super) is_viewer_lead: bool,
    pub(super) has_viewer_agreed: bool,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ConsortiumMember {
    pub(super) organization: Option<Organization>,
    pub(super) member_id: String,
    pub(super) is_lead: bool,
    share: String,
    work: Words,
    agreed_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Organization {
    pub(super) name: Words,
}

impl ConsortiumMember {
    pub(super) fn name(&self) -> String {
        self.organization.as_ref().map(|one| visit().local(&one.name).to_owned()).unwrap_or_default()
    }
}

impl Consortium {
    const fn is_live(&self) -> bool {
        matches!(self.state, ConsortiumState::Proposed | ConsortiumState::Standing)
    }

    /// Whether it keeps the reader from bidding for a lot alone or in another.
    fn binds(&self, lot: &cynic::Id) -> bool {
        self.is_live() && self.has_viewer_agreed && self.lot_ids.contains(lot)
    }
}

impl JointBidding {
    /// What the notice says of it.
    pub(super) fn facts(&self) -> Vec<SummaryFact> {
        let consortia = match self.members_most {
            _ if !self.takes_consortia => say("joint-consortia-none"),
            Some(most) => say_with("joint-consortia-most", facts([("most", i64::from(most).into())])),
            None => say("joint-consortia"),
        };
        let parts = self.subcontracting.as_ref().map(|parts| visit().local(parts).to_owned());
        let parts = parts.map_or_else(|| say("joint-subcontracting-none"), |parts| say_with("joint-subcontracting-of", facts([("parts", parts.into())])));
        let mut told = vec![SummaryFact::new(say("joint-fact-consortia"), consortia), SummaryFact::new(say("joint-fact-subcontracting"), parts)];
        let applies = self.takes_consortia || self.subcontracting.is_some();
        if let Some(deduction) = self.deduction.as_ref().filter(|_| applies) {
            let source = domain::oversight::policy_pack::source::in_language(visit().language(), &deduction.source);
            let about = facts([
                ("least", i64::from(deduction.share_least_percent).into()),
                ("percent", i64::from(deduction.percent).into()),
                ("source", source.into()),
            ]);
            told.push(SummaryFact::new(say("joint-fact-deduction"), say_with("joint-deduction-words", about)));
        }
        told
    }

    /// The way to bidding together, for suppliers.
    pub(super) fn way(&self, id: &str, state: TenderStateName) -> Option<AnyView> {
        let may = self.takes_consortia && state.takes_bids() && visit().has_role(Role::Seller);
        may.then(|| view! { <p><a href=format!("/tenders/{id}/consortium")>{say("consortium-page-title")}</a></p> }.into_any())
    }
}

/// For whom a supplier bids.
pub(super) enum Standing {
    /// For itself.
    Alone,
    /// For the consortium that it leads, all of whose members have agreed.
    Leads(Box<Consortium>),
    /// For nobody: it has agreed to a consortium that another leads, or in which members are still asked.
    Bound(Box<Consortium>),
}

/// How the reader stands for a lot of a tender.
pub(super) async fn standing(visit: &Visit, id: &str, lot: &cynic::Id) -> Result<Standing, PageError> {
    let own = visit.ask(OwnConsortia::build(Which { id: id.into() })).await?.viewer_consortia;
    let Some(bound) = own.into_iter().find(|one| one.binds(lot)) else { return Ok(Standing::Alone) };
    let leads = bound.is_viewer_lead && bound.state == ConsortiumState::Standing;
    Ok(if leads { Standing::Leads(Box::new(bound)) } else { Standing::Bound(Box::new(bound)) })
}

/// The page.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let which = || Which { id: id.into() };
    let tender = visit.ask(TenderOfConsortium::build(which())).await?.tender.ok_or(PageError::NotFound)?;
    let own = if visit.has_role(Role::Seller) { visit.ask(OwnConsortia::build(which())).await?.viewer_consortia } else { Vec::new() };
    let page = Page::titled(visit.say("consortium-page-title")).crumb(visit.say("section-tenders"), "/tenders");
    let (title, id) = (visit.local(&tender.title).to_owned(), id.to_owned());
    page.crumb(title.clone(), format!("/tenders/{id}")).wide().show(move || {
        let is_open = tender.state == TenderStateName::Published && tender.deadline_at.is_some_and(|at| visit_now() <= at);
        let free: Vec<Lot> = tender.lots.iter().filter(|lot| !own.iter().any(|one| one.binds(&lot.id))).cloned().collect();
        let is_asked = own.iter().any(|one| one.is_live() && !one.has_viewer_agreed);
        let list = own.iter().map(|one| consortium(&id, one, &tender, is_open)).collect_view();
        let countdown = tender.deadline_at.filter(|_| is_open).map(|at| view! { <Countdown at/> });
        view! {
            <h1>{say("consortium-page-title")}</h1>
            <p class="lead">{title}" "<span class="quiet">{tender.number.clone()}</span></p>
            <p>{tag(tender.state, tender.deadline_at)}</p>
            {countdown}
            <p>{say("consortium-lead-words")}</p>
            <SummaryList facts=tender.joint_bidding.facts()/>
            {list}
            {propose(&tender, is_open, (free, is_asked), &id)}
        }
    })
}

fn visit_now() -> DateTime<Utc> {
    visit().now()
}

/// One consortium: its members, where it stands, and what this reader does.
fn consortium(id: &str, one: &Consortium, tender: &Tender, is_open: bool) -> impl IntoView + use<> {
    let lead = one.members.iter().find(|member| member.is_lead).map(ConsortiumMember::name).unwrap_or_default();
    let (state, key) = match one.state {
        ConsortiumState::Proposed => (State::Waiting, "consortium-state-proposed"),
        ConsortiumState::Standing => (State::Good, "consortium-state-standing"),
        ConsortiumState::Declined => (State::Closed, "consortium-state-declined"),
        ConsortiumState::Left => (State::Closed, "consortium-state-left"),
        ConsortiumState::Dissolved => (State::Closed, "consortium-state-dissolved"),
    };
    let rows = one.members.iter().map(|member| {
        let role = say(if member.is_lead { "consortium-lead" } else { "consortium-member" });
        let agreed = match member.agreed_at {
            Some(at) => view! { <Instant at/> }.into_any(),
            None => say("consortium-asked").into_any(),
        };
        let work = visit().local(&member.work).to_owned();
        view! { <tr><th scope="row">{member.name()}</th><td>{role}</td><td class="number">{member.share.clone()}</td><td>{work}</td><td>{agreed}</td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![
        Column::new(say("consortium-column-name")),
        Column::new(say("consortium-column-role")),
        Column::number(say("consortium-column-share")),
        Column::new(say("consortium-column-work")),
        Column::new(say("consortium-column-agreed")),
    ];
    let lots = tender.is_divided.then(|| {
        let lots = tender.lots.iter().filter(|lot| one.lot_ids.contains(&lot.id)).map(|lot| view! { <li>{lot.name()}</li> });
        view! { <ul class="plain">{lots.collect_view()}</ul> }
    });
    let bid = one.bid_received_at.map(|at| view! { <p>{say("consortium-bid-in")}" "<Instant at to_second=true/></p> });
    let ended = one.ended_at.map(|at| {
        let by = one.ended_by.as_ref().map(|by| view! { {visit().local(&by.name).to_owned()}" · " });
        view! { <p class="quiet">{by}<Instant at/></p> }
    });
    view! {
        <section class="consortium">
            <h2>{say_with("consortium-led-by", facts([("name", lead.into())]))}" "<Tag state label=say(key)/></h2>
            <p class="quiet">{say("consortium-proposed")}" "<Instant at=one.proposed_at/></p>
            {ended}
            {lots}
            <Table caption=say("consortium-members") columns>{rows}</Table>
            {bid}
            {acts(id, one, is_open)}
        </section>
    }
}

/// What this reader does with it.
fn acts(id: &str, one: &Consortium, is_open: bool) -> Option<AnyView> {
    if !one.is_live() {
        return None;
    }
    let number = one.id.inner().to_owned();
    let has_bid = one.bid_received_at.is_some();
    let button = |act: &'static str, kind: Kind| {
        let number = number.clone();
        view! { <Form><input type="hidden" name="consortium" value=number/><Button label=say(&format!("consortium-{act}")) name="do" value=act kind/></Form> }
    };
    if !one.has_viewer_agreed {
        return is_open.then(|| {
            view! {
                <p>{say("consortium-agree-lead")}</p>
                <div class="buttons">{button("agree", Kind::Final)} {button("decline", Kind::Secondary)}</div>
            }
            .into_any()
        });
    }
    let to = format!("/tenders/{id}/bid");
    let bids = (one.is_viewer_lead && one.state == ConsortiumState::Standing && is_open)
        .then(|| view! { <p><LinkButton label=say(if has_bid { "bid-see-receipt" } else { "consortium-bid" }) to kind=Kind::Primary/></p> });
    let waits = (!one.is_viewer_lead && !has_bid && one.state == ConsortiumState::Standing).then(|| view! { <p>{say("consortium-waits-for-lead")}</p> });
    let ends = match (has_bid, one.is_viewer_lead) {
        (true, _) => view! { <p class="help">{say("consortium-bound")}</p> }.into_any(),
        (false, true) => view! { <p class="help">{say("consortium-dissolve-lead")}</p> {button("dissolve", Kind::Secondary)} }.into_any(),
        (false, false) => view! { <p class="help">{say("consortium-leave-lead")}</p> {button("leave", Kind::Secondary)} }.into_any(),
    };
    Some(view! { {bids} {waits} {ends} }.into_any())
}

/// The form that proposes one, for a supplier that is free.
fn propose(tender: &Tender, is_open: bool, (free, is_asked): (Vec<Lot>, bool), id: &str) -> Option<AnyView> {
    let joint = &tender.joint_bidding;
    if !joint.takes_consortia {
        return Some(view! { <Notice tone=Tone::Info title=say("joint-consortia-none")><p>{say("consortium-none-why")}</p></Notice> }.into_any());
    }
    if !is_open {
        return Some(view! { <Notice tone=Tone::Info title=say("consortium-closed")><p>{say("consortium-closed-why")}</p></Notice> }.into_any());
    }
    if visit().viewer().is_none() {
        let to = format!("/sign-in?next=/tenders/{id}/consortium");
        return Some(view! { <p><LinkButton label=say("sign-in") to kind=Kind::Primary/></p> }.into_any());
    }
    if free.is_empty() || !visit().has_role(Role::Seller) {
        return None;
    }
    let most = joint.members_most.and_then(|most| usize::try_from(most).ok()).unwrap_or(LINES_MOST + 1);
    let more = (1..(most - 1).min(LINES_MOST)).map(|place| line(place, true)).collect_view();
    let more = (most > 2).then(|| view! { <details open=has_more()><summary>{say("consortium-more-members")}</summary>{more}</details> });
    let lots = tender.is_divided.then(|| {
        let values = free.iter().map(|lot| lot.id.inner().to_owned()).collect();
        let picks = free.iter().map(|lot| Pick::new(lot.id.inner(), lot.name())).collect();
        view! { <input type="hidden" name="divided" value="true"/> <Choices name="lots" label=say("consortium-lots") picks values many=true/> }
    });
    let form = view! {
        <p>{say("consortium-propose-lead")}</p>
        <Form>
            {lots}
            <fieldset class="draft-row">
                <legend>{say("consortium-own-part")}</legend>
                <Field name=own_field("share") label=say("consortium-share") help=say("consortium-share-help") width="narrow" inputmode="decimal" autocomplete="off"/>
                {work("own", false)}
            </fieldset>
            {line(0, false)}
            {more}
            <p class="rule" id=field_id("members") tabindex="-1">{say("consortium-shares-rule")}</p>
            <Button label=say("consortium-propose-do") name="do" value="propose" kind=Kind::Primary/>
        </Form>
    };
    // Who is asked answers first; another proposal is one click away.
    Some(if is_asked {
        view! { <details open=visit().is_again()><summary>{say("consortium-propose")}</summary>{form}</details> }.into_any()
    } else {
        view! { <h2 id="propose">{say("consortium-propose")}</h2>{form} }.into_any()
    })
}

/// Whether more than one member was posted.
fn has_more() -> bool {
    let visit = visit();
    visit.is_again() && (1..LINES_MOST).any(|place| visit.posted(&format!("members.{place}.creditCode")).is_some_and(|code| !code.is_empty()))
}

fn line(place: usize, is_optional: bool) -> impl IntoView {
    let row = format!("members.{place}");
    view! {
        <fieldset class="draft-row">
            <legend>{say_with("consortium-member-number", facts([("number", (place + 1).into())]))}</legend>
            <Field name=format!("{row}.creditCode") label=say("consortium-credit-code") help=say("consortium-credit-code-help") width="short" autocomplete="off" optional=is_optional/>
            <Field name=format!("{row}.share") label=say("consortium-share") width="narrow" inputmode="decimal" autocomplete="off" optional=is_optional/>
            {work(&row, is_optional)}
        </fieldset>
    }
}

fn work(row: &str, is_optional: bool) -> impl IntoView + use<> {
    view! {
        <TextArea name=format!("{row}.work.zh") label=say("consortium-work-zh") rows=2 lang="zh-CN" optional=is_optional/>
        <TextArea name=format!("{row}.work.en") label=say("consortium-work-en") rows=2 lang="en" optional=true/>
    }
}
