//! The versions of a tender's documents, with what each of them changed.

use super::changes::{Line, changes_table};
use super::tender::visit_local;
use crate::prelude::*;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Amendment {
    document_version: i32,
    pub(super) amended_at: DateTime<Utc>,
    pub(super) reason: Words,
    deadline_at: DateTime<Utc>,
    changes: Vec<Line>,
}

/// Every version of the documents behind the first, the newest first, with what it changed.
pub(super) fn versions(amendments: &[Amendment]) -> Option<impl IntoView + use<>> {
    let entries = amendments.iter().rev().map(|one| {
        let heading = say_with("tender-version", facts([("version", i64::from(one.document_version).into())]));
        let columns = ["tender-change-what", "tender-change-before", "tender-change-after"].map(|key| Column::new(say(key)));
        let table = (!one.changes.is_empty()).then(|| changes_table(say("amend-changes"), columns.into(), one.changes.clone()));
        view! {
            <section>
                <h3>{heading}</h3>
                <p><Instant at=one.amended_at/> " · " {visit_local(&one.reason)}</p>
                <p>{say("tender-version-deadline")} " " <Instant at=one.deadline_at/></p>
                {table}
            </section>
        }
    });
    let entries = entries.collect::<Vec<_>>();
    (!entries.is_empty()).then(|| view! { <h2 id="versions">{say("tender-versions")}</h2> {entries} })
}
