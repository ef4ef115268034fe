//! Tables: caption, heads that sort by a link, figures to the right, the head in sight while scrolling.

use leptos::prelude::*;

use crate::visit::{say, visit};

/// One column's head.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    sort: Option<&'static str>,
    number: bool,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), sort: None, number: false }
    }

    /// A column of figures, to the right; the unit belongs in its label. Give its cells the class `number`.
    pub fn number(label: impl Into<String>) -> Self {
        Self { number: true, ..Self::new(label) }
    }

    /// Sortable: its link sets `?sort=<key>`, and `?sort=-<key>` the second time.
    #[must_use]
    pub fn sorts(mut self, key: &'static str) -> Self {
        self.sort = Some(key);
        self
    }

    fn draw(self) -> AnyView {
        let class = self.number.then_some("number");
        let Some(key) = self.sort else {
            return view! { <th scope="col" class=class>{self.label}</th> }.into_any();
        };
        let visit = visit();
        let sorted = visit.query("sort");
        let (order, mark, next) = if sorted == Some(key) {
            ("ascending", "↑", format!("-{key}"))
        } else if sorted.and_then(|sorted| sorted.strip_prefix('-')) == Some(key) {
            ("descending", "↓", key.to_owned())
        } else {
            ("none", "↕", key.to_owned())
        };
        let address = visit.address_with("sort", Some(&next), &["after", "before"]);
        view! {
            <th scope="col" class=class aria-sort=order>
                <a href=address>{self.label} <span class="sort-mark" aria-hidden="true">{mark}</span><span class="hidden">" " {say("table-sort")}</span></a>
            </th>
        }
        .into_any()
    }
}

/// A table. Its children are the rows: `<tr><th scope="row">…</th><td class="number">…</td></tr>`.
#[component]
pub fn Table(
    /// What the table shows.
    #[prop(into)]
    caption: String,
    /// The heads.
    columns: Vec<Column>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let name = caption.clone();
    let heads = columns.into_iter().map(Column::draw).collect_view();
    view! {
        <div class="table" role="region" tabindex="0" aria-label=name>
            <table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{children()}</tbody></table>
        </div>
    }
}
