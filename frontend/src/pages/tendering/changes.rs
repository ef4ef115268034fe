//! What differs between two versions of a tender, line by line.

use crate::prelude::*;
use domain::tendering::tender_change::TenderChange;

/// One line that differs: what it is a line of, how it read and how it reads.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TenderChange")]
pub(super) struct Line {
    field: String,
    before: Option<Words>,
    after: Option<Words>,
}

impl From<TenderChange> for Line {
    fn from(change: TenderChange) -> Self {
        let words = |text: LocalText| Words { zh: text.zh, en: text.en };
        Self { field: change.field, before: change.before.map(words), after: change.after.map(words) }
    }
}

/// The lines under three heads: what, before, after.
pub(super) fn changes_table(caption: String, columns: Vec<Column>, lines: Vec<Line>) -> impl IntoView {
    let visit = visit();
    let said = |words: Option<&Words>, tag: &str| match words.map(|words| visit.local(words).to_owned()).filter(|text| !text.is_empty()) {
        Some(text) if tag == "del" => view! { <del>{text}</del> }.into_any(),
        Some(text) => view! { <ins>{text}</ins> }.into_any(),
        None => view! { <span class="quiet">{say("tender-change-none")}</span> }.into_any(),
    };
    let rows = lines
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{say(&format!("tender-change-{}", line.field))}</th>
                    <td>{said(line.before.as_ref(), "del")}</td>
                    <td>{said(line.after.as_ref(), "ins")}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <div class="brief changes"><Table caption columns>{rows}</Table></div> }
}
