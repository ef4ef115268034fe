//! Calendar feeds, as calendar programs read them.

use crate::Server;
use crate::bid::published;
use chrono::{DateTime, Utc};
use icalendar::{Calendar, CalendarComponent, Component as _};
use reqwest::{Client, StatusCode, header};
use serde_json::json;

async fn get(server: &Server, address: &str) -> (StatusCode, String, String) {
    let answer = Client::new().get(format!("{}{address}", server.address)).send().await.unwrap();
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    (answer.status(), kind, answer.text().await.unwrap())
}

/// What a calendar program reads: of each event its name, what it is, and when it begins.
fn events(feed: &str) -> Vec<(String, String, String)> {
    let calendar: Calendar = feed.parse().unwrap();
    let property = |event: &icalendar::Event, name: &str| event.property_value(name).unwrap_or_default().to_owned();
    let events = calendar.components.iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some((property(event, "UID"), property(event, "SUMMARY"), property(event, "DTSTART"))),
        _ => None,
    });
    events.collect()
}

#[tokio::test]
async fn a_published_tender_has_its_dates_in_a_feed_that_parses_again() {
    let server = Server::start().await;
    let tender = published(&server).await;
    let (status, kind, feed) = get(&server, &format!("/calendar/tenders/{tender}.ics?lang=en")).await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/calendar; charset=utf-8"));
    let lines: Vec<&str> = feed.split("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75), "RFC 5545 folds lines at 75 octets");
    assert_eq!((lines[0], lines.iter().filter(|line| line.starts_with("DTSTAMP")).count()), ("BEGIN:VCALENDAR", events(&feed).len()));
    let told = server.ask(None, "query($id: ID!) { tender(id: $id) { deadlineAt } }", json!({ "id": tender })).await;
    let deadline: DateTime<Utc> = told["data"]["tender"]["deadlineAt"].as_str().unwrap().parse().unwrap();
    let found = events(&feed);
    let deadline_event = found.iter().find(|(uid, ..)| uid.contains("deadline-reached")).expect("the deadline");
    assert!(deadline_event.1.starts_with("Deadline for bids"), "{deadline_event:?}");
    assert!(deadline_event.2 == deadline.format("%Y%m%dT%H%M%SZ").to_string(), "{deadline_event:?}");
    assert!(found.iter().all(|(uid, ..)| !uid.contains("award-confirmed")), "what hangs on something to come has no day");
    let (_, _, chinese) = get(&server, &format!("/calendar/tenders/{tender}.ics?lang=zh-CN")).await;
    assert!(events(&chinese).iter().any(|(_, summary, _)| summary.starts_with("投标（响应）截止")), "{chinese}");
}

#[tokio::test]
async fn the_feed_of_all_tells_what_comes_up_and_nothing_that_is_not_public() {
    let server = Server::start().await;
    let (status, _, empty) = get(&server, "/calendar/open.ics").await;
    assert_eq!((status, events(&empty).len()), (StatusCode::OK, 0));
    let tender = published(&server).await;
    let (_, _, feed) = get(&server, "/calendar/open.ics?lang=en").await;
    let kinds = |feed: &str| events(feed).into_iter().map(|(uid, ..)| uid).collect::<Vec<_>>();
    assert!(kinds(&feed).iter().any(|uid| uid.contains("bids-opened")));
    assert!(kinds(&feed).iter().all(|uid| !uid.contains("notice-published")), "what is done does not come up");
    for address in ["/calendar/tenders/nonsense.ics", &format!("/calendar/tenders/{tender}"), "/calendar/tenders/.ics"] {
        assert_eq!(get(&server, address).await.0, StatusCode::NOT_FOUND, "{address}");
    }
}
