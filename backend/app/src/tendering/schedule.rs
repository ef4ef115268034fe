//! The dates of tenders, who must act next on them, and the dates of all that is open.

use super::tender::tenders_by_ids;
use crate::oversight::timeline::Recorded;
use crate::store::contracting::bid_security;
use crate::store::oversight::event;
use crate::store::tendering::{objection, tender as tenders_kept};
use crate::tendering::tender::{TenderFilter, TenderSort};
use crate::{App, Context, Result};
use chrono::{DateTime, Utc};
use domain::contracting::bid_security::BidSecurity;
use domain::ident::TenderId;
use domain::identity::actor::Actor;
use domain::identity::permission::{Action, Scope};
use domain::tendering::objection::Tally;
use domain::tendering::schedule::{LosersSecurities, Milestones, Place, ScheduleEntry, schedule, way};
use domain::tendering::schedule_acts::{NextAct, next_acts};
use domain::tendering::tender::{Tender, TenderStateName};
use std::collections::BTreeMap;

/// The events that are steps of a tender, by which its dates are counted.
const STEPS: [&str; 5] = ["tender.opened", "tender.reported", "tender.award_confirmed", "tender.awarded", "tender.contracted"];
/// The most tenders of a feed.
const FEED_MOST: u64 = 500;
/// The states of a tender whose dates the public looks forward to.
const LOOKED_FORWARD_TO: [TenderStateName; 4] =
    [TenderStateName::Announced, TenderStateName::Published, TenderStateName::FinalOffers, TenderStateName::Awarded];

/// Where a tender stands.
#[derive(Clone, Debug)]
pub struct TenderSchedule {
    /// The tender.
    pub tender: Tender,
    /// Its dates, in the order of its life.
    pub dates: Vec<ScheduleEntry>,
    /// Who must act next.
    pub acts: Vec<NextAct>,
    /// The states of its procedure's way, with where it stands.
    pub way: Vec<(TenderStateName, Place)>,
}

/// The schedules of those of these tenders that the actor may know of, in a handful of statements whatever their number. Steps that
/// are not the actor's to know, such as a report before the award, are left out, and what is counted from them with them.
///
/// # Errors
/// When the store does not answer.
pub async fn schedules_of(app: &App, ctx: &Context, ids: &[TenderId]) -> Result<BTreeMap<TenderId, TenderSchedule>> {
    let tenders = tenders_by_ids(app, ctx, ids).await?;
    of_tenders(app, ctx, tenders).await
}

async fn of_tenders(app: &App, ctx: &Context, tenders: Vec<Tender>) -> Result<BTreeMap<TenderId, TenderSchedule>> {
    let happened = Happened::of(app, ctx, &tenders).await?;
    let now = ctx.now();
    let of = |tender: Tender| {
        let dates = schedule(&tender, happened.milestones(&tender), now);
        let acts = next_acts(&tender, &dates, now);
        (tender.id, TenderSchedule { way: way(&tender), dates, acts, tender })
    };
    Ok(tenders.into_iter().map(of).collect())
}

/// What has happened to some tenders, as far as the reader may know.
struct Happened {
    steps: Vec<Recorded>,
    objections: BTreeMap<TenderId, Tally>,
    securities: Vec<BidSecurity>,
    actor: Actor,
}

impl Happened {
    async fn of(app: &App, ctx: &Context, tenders: &[Tender]) -> Result<Self> {
        let db = app.store.reader();
        let noticed: Vec<TenderId> = tenders.iter().filter(|tender| tender.state.publication().is_some()).map(|tender| tender.id).collect();
        let subjects: Vec<_> = noticed.iter().map(|id| id.0).collect();
        let steps = event::of_subjects(db, &subjects, &STEPS).await?;
        let objections = objection::tallies(db, &noticed).await?;
        Ok(Self { steps, objections, securities: bid_security::due_back_of(db, &noticed).await?, actor: ctx.actor.clone() })
    }

    /// The steps of one tender, the opening of final offers not being the first. With the award the days of report and
    /// confirmation are everybody's, as its notice tells them.
    fn milestones(&self, tender: &Tender) -> Milestones {
        let is_awarded = is_awarded(&self.steps, tender.id);
        let first = |name: &str| -> Option<DateTime<Utc>> {
            let own = self.steps.iter().filter(|step| step.subject_id == tender.id.0 && step.name == name);
            own.filter(|step| is_awarded || step.is_for(&self.actor)).map(|step| step.occurred_at).min()
        };
        let [opened, reported, confirmed, awarded, contracted] = STEPS;
        let lodged = self.securities.iter().filter(|security| security.tender == tender.id).map(|security| &security.state);
        Milestones {
            opened_at: first(opened),
            reported_at: first(reported),
            confirmed_at: first(confirmed),
            awarded_at: first(awarded),
            contracted_at: first(contracted),
            objections: self.objections.get(&tender.id).copied().unwrap_or_default(),
            securities: if is_awarded { LosersSecurities::of(lodged) } else { LosersSecurities::Unknown },
        }
    }
}

fn is_awarded(steps: &[Recorded], id: TenderId) -> bool {
    steps.iter().any(|step| step.subject_id == id.0 && step.name == STEPS[3])
}

/// The schedules of the tenders whose dates the public looks forward to, the last published first, five hundred at most.
///
/// # Errors
/// When the store does not answer.
pub async fn open_schedules(app: &App, ctx: &Context) -> Result<Vec<TenderSchedule>> {
    ctx.allow(Action::ReadNotice, &Scope::market())?;
    let filter = TenderFilter { states: LOOKED_FORWARD_TO.to_vec(), sort: TenderSort::Newest, ..TenderFilter::default() };
    let tenders = tenders_kept::page(app.store.reader(), &filter, None, None, FEED_MOST).await?;
    Ok(of_tenders(app, ctx, tenders).await?.into_values().collect())
}
