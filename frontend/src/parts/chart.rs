//! Bars, where a shape says more than a figure: each bar stands in the row of its figure, so chart and table are one.

use leptos::prelude::*;

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// How long it is; negative counts as nothing.
    pub value: i64,
    /// The figure as it is written.
    pub shown: String,
}

/// A table whose last column draws its figures as bars.
#[component]
pub fn BarChart(
    /// What is shown, and when it was counted.
    #[prop(into)]
    caption: String,
    /// The head of the first column.
    #[prop(into)]
    label: String,
    /// The head of the figures, with their unit.
    #[prop(into)]
    unit: String,
    /// The bars, in the order in which they are to be read.
    bars: Vec<Bar>,
) -> impl IntoView {
    let longest = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let rows = bars
        .into_iter()
        .map(|bar| {
            let percent = bar.value.max(0).saturating_mul(1000) / longest;
            let width = format!("{}.{}%", percent / 10, percent % 10);
            view! {
                <tr>
                    <th scope="row">{bar.label}</th>
                    <td class="number">{bar.shown}</td>
                    <td class="bar" aria-hidden="true">
                        <svg width="100%" height="14" focusable="false"><rect width=width height="14" rx="2"></rect></svg>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="chart">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">{label}</th><th scope="col" class="number">{unit}</th><td aria-hidden="true"></td></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
