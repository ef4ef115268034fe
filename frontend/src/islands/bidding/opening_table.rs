//! The table at which bids are opened: the holders' places round it, filled as they act, and the bids on it as envelopes,
//! opened for all to see or, on a projector, one by one.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A holder's place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The holder's global id.
    pub holder: String,
    /// As what and for whom it opens.
    pub office: String,
    /// The holder's name, for those who may know it.
    pub person: Option<String>,
    /// Whether it is the reader's.
    pub is_own: bool,
    /// Whether the holder has handed in.
    pub has_acted: bool,
}

/// A bid on the table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Envelope {
    /// Its number in the order of reception, in words.
    pub name: String,
    /// What came out; nothing while it is closed.
    pub content: Option<Content>,
}

/// What came out of an envelope.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    /// Who bids.
    pub bidder: String,
    /// The price in figures; nothing when the bid could not be opened.
    pub price: Option<String>,
    /// Why it could not be opened, that its bidder revealed it, or the brand.
    pub note: Option<String>,
}

/// How far the opening had come when the page was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Whether the taking of bids had ended.
    pub is_closed: bool,
    /// Whether the record was out; nothing where it is not public, and only some may ask for it.
    pub is_open: Option<bool>,
}

/// What the table says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// The name of the list of places.
    pub places: String,
    /// A holder has acted.
    pub acted: String,
    /// A holder is awaited.
    pub awaited: String,
    /// The reader's own place.
    pub own: String,
    /// How many keys are in, with `{count}` and `{needed}`.
    pub keys: String,
    /// The name of the list of bids.
    pub bids: String,
    /// No bid may be counted yet.
    pub no_bids: String,
    /// A closed envelope.
    pub closed: String,
    /// The page follows the opening.
    pub live: String,
    /// The line is broken; it is tried again.
    pub broken: String,
    /// Something new is out, and loading the page shows it.
    pub news: String,
    /// The verb: load again.
    pub reload: String,
    /// The verb: close all and open one by one.
    pub read_out: String,
    /// The verb: the next envelope.
    pub next: String,
    /// The verb: all at once.
    pub all: String,
}

/// The table.
#[island]
pub fn OpeningTable(
    /// The tender's global id.
    tender: String,
    /// How many holders are needed.
    needed: u32,
    /// The places.
    places: Vec<Place>,
    /// The bids in the order of reception.
    envelopes: Vec<Envelope>,
    /// What the page knows; nothing when no more is to be expected.
    known: Option<Known>,
    /// The words.
    words: Words,
) -> impl IntoView {
    let acted = RwSignal::new(places.iter().filter(|place| place.has_acted).map(|place| place.holder.clone()).collect::<Vec<_>>());
    // Whether the line stands; nothing before it was first tried.
    let line = RwSignal::new(None::<bool>);
    let has_news = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    if let Some(known) = known {
        asking::follow(tender.clone(), known, acted, line, has_news);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = &tender;
    let keys = words.keys.clone();
    let said = move || keys.replace("{count}", &acted.with(Vec::len).to_string()).replace("{needed}", &needed.to_string());
    let around = format!("opening-table around-{}", places.len().div_ceil(2).clamp(1, 8));
    let heading = words.places.clone();
    let seats = places.into_iter().map(|place| seat(place, acted, &words)).collect_view();
    let on_table = table_top(envelopes, &words);
    let (live, broken, news, reload) = (words.live, words.broken, words.news, words.reload);
    let line_words = move || match (has_news.get(), line.get()) {
        (true, _) => news.clone(),
        (false, Some(true)) => live.clone(),
        (false, Some(false)) => broken.clone(),
        (false, None) => String::new(),
    };
    view! {
        <div class=around>
            <ul class="seats" role="list" aria-label=heading>{seats}</ul>
            <div class="table-top">
                <p class="keys" id="opening-keys" role="status">{said}</p>
                {on_table}
            </div>
        </div>
        {known.map(|_| view! {
            <p class="opening-line"><span id="opening-line" role="status">{line_words}</span>" "<a href="" id="opening-reload">{reload}</a></p>
        })}
    }
}

/// One place, taken or awaited: in a word, a shape and a frame.
fn seat(place: Place, acted: RwSignal<Vec<String>>, words: &Words) -> impl IntoView + use<> {
    let holder = place.holder.clone();
    let has_acted = Memo::new(move |_| acted.with(|acted| acted.contains(&holder)));
    let (done, waiting) = (words.acted.clone(), words.awaited.clone());
    let own = place.is_own.then(|| view! { <span class="seat-own">{words.own.clone()}</span> });
    view! {
        <li class=move || if has_acted.get() { "seat taken" } else { "seat" } role="listitem">
            <svg class="seat-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <circle cx="7.5" cy="12" r="4.5" fill="none" stroke="currentColor" stroke-width="2"></circle>
                <path d="M12 12h9.5M18 12v4M21 12v3" fill="none" stroke="currentColor" stroke-width="2"></path>
            </svg>
            <span class="seat-office">{place.office}</span>
            {place.person.map(|person| view! { <span class="seat-person">{person}</span> })}
            {own}
            <span class="seat-state">{move || if has_acted.get() { done.clone() } else { waiting.clone() }}</span>
        </li>
    }
}

/// The bids. All that is open is shown; who reads them out closes them and opens one after the other.
fn table_top(envelopes: Vec<Envelope>, words: &Words) -> AnyView {
    if envelopes.is_empty() {
        return view! { <p class="table-empty">{words.no_bids.clone()}</p> }.into_any();
    }
    let total = envelopes.len();
    let is_open = envelopes.iter().any(|envelope| envelope.content.is_some());
    let shown = RwSignal::new(total);
    let closed = words.closed.clone();
    let list = envelopes.into_iter().enumerate().map(|(place, envelope)| self::envelope(place, envelope, shown, closed.clone())).collect_view();
    let (read_out, next, all) = (words.read_out.clone(), words.next.clone(), words.all.clone());
    let reading = is_open.then(|| {
        view! {
            <p class="buttons reading">
                <button type="button" id="opening-next" class="button" on:click=move |_| {
                    shown.update(|shown| *shown = if *shown == total { 0 } else { *shown + 1 });
                }>{move || if shown.get() == total { read_out.clone() } else { next.clone() }}</button>
                <button type="button" id="opening-all" class="button" hidden=move || shown.get() == total on:click=move |_| shown.set(total)>{all}</button>
            </p>
        }
    });
    view! {
        <ol class="envelopes" role="list" aria-label=words.bids.clone() aria-live="polite">{list}</ol>
        {reading}
    }
    .into_any()
}

fn envelope(place: usize, envelope: Envelope, shown: RwSignal<usize>, closed: String) -> impl IntoView {
    let Envelope { name, content } = envelope;
    let has_content = content.is_some();
    let has_failed = content.as_ref().is_some_and(|content| content.price.is_none());
    let is_open = Memo::new(move |_| has_content && place < shown.get());
    let class = move || match (is_open.get(), has_failed) {
        (false, _) => "envelope",
        (true, false) => "envelope open",
        (true, true) => "envelope failed",
    };
    let inside = move || {
        let content = content.clone().filter(|_| is_open.get());
        match content {
            Some(Content { bidder, price, note }) => view! {
                <strong class="envelope-bidder">{bidder}</strong>
                {price.map(|price| view! { <span class="envelope-price">{price}</span> })}
                {note.map(|note| view! { <span class="envelope-note">{note}</span> })}
            }
            .into_any(),
            None => view! { <span class="envelope-note">{closed.clone()}</span> }.into_any(),
        }
    };
    view! {
        <li class=class role="listitem">
            <svg class="envelope-flap" viewBox="0 0 60 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <path d="M0 0 30 22 60 0" fill="none" stroke="currentColor" stroke-width="1.5" vector-effect="non-scaling-stroke"></path>
            </svg>
            <span class="envelope-seal" aria-hidden="true"></span>
            <span class="envelope-name">{name}</span>
            {inside}
        </li>
    }
}

#[cfg(feature = "hydrate")]
mod asking {
    use super::Known;
    use crate::schema::schema;
    use cynic::{QueryBuilder as _, SubscriptionBuilder as _};
    use leptos::prelude::*;

    #[derive(cynic::QueryVariables, Debug)]
    struct Which {
        tender: cynic::Id,
        after: Option<cynic::Id>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "Subscription", variables = "Which")]
    struct Progress {
        #[arguments(tenderId: $tender, after: $after)]
        tender_progress: Event,
    }

    #[derive(cynic::QueryFragment, Debug)]
    struct Event {
        id: cynic::Id,
        name: String,
    }

    #[derive(cynic::QueryVariables, Debug)]
    struct Table {
        tender: cynic::Id,
    }

    #[derive(cynic::QueryFragment, Debug)]
    #[cynic(graphql_type = "Query", variables = "Table")]
    struct Seats {
        #[arguments(tenderId: $tender)]
        opening_table: Option<OpeningTable>,
        #[arguments(tenderId: $tender)]
        opening: Option<Opening>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    struct Opening {
        #[expect(dead_code, reason = "that there is a record is all that is asked")]
        opened_at: chrono::DateTime<chrono::Utc>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    struct OpeningTable {
        closed_at: Option<chrono::DateTime<chrono::Utc>>,
        seats: Vec<OpeningSeat>,
    }

    #[derive(cynic::QueryFragment, Debug)]
    struct OpeningSeat {
        holder_id: cynic::Id,
        handed_in_at: Option<chrono::DateTime<chrono::Utc>>,
    }

    /// Fills places as their holders act. When bids are closed or opened the page is loaded again.
    pub(super) fn follow(tender: String, known: Known, acted: RwSignal<Vec<String>>, line: RwSignal<Option<bool>>, has_news: RwSignal<bool>) {
        let (asked, begun) = (tender.clone(), tender.clone());
        let begin = move |after: Option<String>| {
            Progress::build(Which { tender: tender.as_str().into(), after: after.map(cynic::Id::new) })
        };
        let heard = move |progress: Progress| {
            let event = progress.tender_progress;
            match event.name.as_str() {
                "opening.shares_submitted" => catch_up(asked.clone(), known, acted, has_news),
                name if name == "bidding.closed" || name.starts_with("opening.") || name.starts_with("tender.") => show(has_news),
                _ => {}
            }
            event.id.into_inner()
        };
        let told = move |stands| {
            line.set(Some(stands));
            if stands {
                // What happened between the drawing of the page and now.
                catch_up(begun.clone(), known, acted, has_news);
            }
        };
        crate::browser::live::follow(begin, heard, told);
    }

    /// Loads the page again, unless that would take a file from a holder who has just chosen one.
    fn show(has_news: RwSignal<bool>) {
        if crate::browser::has_chosen_file() {
            has_news.set(true);
        } else {
            crate::browser::reload();
        }
    }

    fn catch_up(tender: String, known: Known, acted: RwSignal<Vec<String>>, has_news: RwSignal<bool>) {
        leptos::task::spawn_local(async move {
            let asked = crate::browser::ask(Seats::build(Table { tender: tender.into() })).await;
            let Ok(Seats { opening_table: Some(table), opening }) = asked else { return };
            let is_open = known.is_open.map(|_| opening.is_some());
            if known != (Known { is_closed: table.closed_at.is_some(), is_open }) {
                show(has_news);
            }
            let present = table.seats.into_iter().filter(|seat| seat.handed_in_at.is_some());
            acted.set(present.map(|seat| seat.holder_id.into_inner()).collect());
        });
    }
}
