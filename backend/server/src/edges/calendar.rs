//! `/calendar/….ics`: the public dates of tenders for calendar programs (RFC 5545). Feeds are read without signing in, so
//! they hold what everybody may know and nothing else.

use super::Edge;
use app::Error;
use app::tendering::schedule::{TenderSchedule, open_schedules, schedules_of};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use domain::ident::TenderId;
use domain::identity::actor::Actor;
use domain::language::{Language, LocalText};
use domain::oversight::policy_pack::source;
use domain::tendering::schedule::{ScheduleEntry, Standing, When};
use domain::text;
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use serde::Deserialize;

#[derive(Deserialize)]
struct Wish {
    lang: Option<String>,
}

impl Wish {
    fn language(&self) -> Language {
        self.lang.as_deref().and_then(Language::from_accept_language).unwrap_or_default()
    }
}

/// The addresses of the feeds.
pub(super) fn routes() -> Router<Edge> {
    Router::new().route("/calendar/open.ics", get(open)).route("/calendar/tenders/{file}", get(one))
}

/// What comes up in all tenders whose dates the public looks forward to.
async fn open(State(edge): State<Edge>, Query(wish): Query<Wish>) -> Response {
    let language = wish.language();
    let ctx = edge.app.context(Actor::Public, language, "calendar");
    let schedules = open_schedules(&edge.app, &ctx).await;
    answer(schedules.map(|schedules| {
        let name = text::say(language, "calendar-feed-name");
        let ahead = |entry: &ScheduleEntry| !matches!(entry.standing, Standing::Done | Standing::Unrecorded);
        feed(&name, &schedules, ahead, (language, ctx.now(), &edge.app.settings().public_url))
    }))
}

/// All dates of one tender.
async fn one(State(edge): State<Edge>, Path(file): Path<String>, Query(wish): Query<Wish>) -> Response {
    let language = wish.language();
    let ctx = edge.app.context(Actor::Public, language, "calendar");
    let id = file.strip_suffix(".ics").and_then(|id| ::graphql::ident::of_kind::<TenderId>(&id.into(), TenderId::KIND, "id").ok());
    let Some(id) = id else { return StatusCode::NOT_FOUND.into_response() };
    let found = schedules_of(&edge.app, &ctx, &[id]).await.and_then(|mut found| found.remove(&id).ok_or(Error::NotFound));
    answer(found.map(|schedule| {
        let told = [
            ("title".to_owned(), said(&schedule.tender.content.title, language).into()),
            ("number".to_owned(), schedule.tender.number.clone().into()),
        ];
        let name = text::say_with(language, "calendar-feed-tender", &told.into());
        feed(&name, &[schedule], |_| true, (language, ctx.now(), &edge.app.settings().public_url))
    }))
}

fn answer(feed: app::Result<String>) -> Response {
    match feed {
        Ok(feed) => {
            let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")];
            (kind, feed).into_response()
        }
        Err(Error::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(Error::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(error) => {
            tracing::error!(%error, "a calendar can't be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn said(words: &LocalText, language: Language) -> String {
    words.in_language(language).to_owned()
}

/// The dates that are known, one event each; what hangs on something to come, or on an unknown year, is left out until it is
/// known.
fn feed(
    name: &str,
    schedules: &[TenderSchedule],
    is_told: impl Fn(&ScheduleEntry) -> bool,
    (language, now, public_url): (Language, DateTime<Utc>, &str),
) -> String {
    let mut calendar = Calendar::new();
    calendar.name(name);
    for schedule in schedules {
        for entry in schedule.dates.iter().filter(|entry| is_told(entry)) {
            if let Some(event) = event(schedule, entry, language, now, public_url) {
                calendar.push(event);
            }
        }
    }
    calendar.to_string()
}

fn event(schedule: &TenderSchedule, entry: &ScheduleEntry, language: Language, now: DateTime<Utc>, public_url: &str) -> Option<Event> {
    let tender = &schedule.tender;
    let mut event = Event::new();
    match entry.due {
        When::At(at) => event.starts(at).ends(at),
        // The end of a whole day is the next one, which is not part of it (RFC 5545, 3.6.1).
        When::On(on) => event.starts(on).ends(on.succ_opt().unwrap_or(on)),
        When::UnknownYear(_) | When::After(_) | When::NoTerm | When::Unpublished => return None,
    };
    let what = text::say(language, &entry.kind.text_key());
    let id = ::graphql::ident::global(TenderId::KIND, tender.id.0);
    let rule = entry.figure.as_ref().map(|figure| source::in_language(language, &figure.source));
    let description = rule.into_iter().chain([tender.number.clone()]).collect::<Vec<_>>().join("\n");
    // The same date of the same tender keeps its name when it moves, so that calendars move it too.
    event
        .uid(&format!("{}-{}@zhaocai", tender.id.0, entry.kind.as_str()))
        .timestamp(now)
        .sequence(u32::try_from(tender.version).unwrap_or(u32::MAX))
        .summary(&format!("{what} · {}", said(&tender.content.title, language)))
        .description(&description)
        .url(&format!("{}/tenders/{}/process", public_url.trim_end_matches('/'), id.as_str()));
    Some(event.done())
}
