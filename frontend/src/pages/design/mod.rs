//! The living style guide: every part, with the procurement of an imaginary city.

mod process;
mod reading;
mod writing;

use crate::prelude::*;

/// Words of the imaginary city in the reader's language: `both("打印纸", "Copy paper")`.
fn both(zh: &str, en: &str) -> String {
    let text = LocalText::new(zh, en);
    visit().local(&text).to_owned()
}

/// Every part.
pub(super) fn page(visit: &Visit) -> Answered {
    let contents = ["words", "states", "figures", "tables", "forms", "process", "final"];
    Page::titled(visit.say("design")).described(visit.say("design-lead")).crumb(visit.say("docs"), "/docs").wide().show(move || {
        let links = contents
            .map(|part| view! { <li><a href=format!("#{part}")>{say(&format!("design-{part}"))}</a></li> })
            .into_iter()
            .collect_view();
        view! {
            <h1>{say("design")}</h1>
            <p class="lead">{say("design-lead")}</p>
            <nav aria-label=say("design-contents")><ul class="inline">{links}</ul></nav>
            {part("words", reading::words().into_any())}
            {part("states", reading::states().into_any())}
            {part("figures", reading::figures().into_any())}
            {part("tables", reading::tables().into_any())}
            {part("forms", writing::forms().into_any())}
            {part("process", process::process().into_any())}
            {part("final", process::last().into_any())}
        }
    })
}

/// Shows how a refused form comes back: every error at once, the values kept.
pub(super) fn act(visit: &Visit) -> Answered {
    if visit.posted("show").is_some() {
        return Answer::done("/design", "design-shown");
    }
    let mut errors = Vec::new();
    for field in ["title.zh", "budget", "deadlineAt", "method"] {
        if visit.posted(field).is_none() {
            errors.push(FormError::at(field, visit.say(&format!("design-missing-{}", field.replace('.', "-").to_lowercase()))));
        }
    }
    if errors.is_empty() { Answer::done("/design", "design-shown") } else { Answer::again(errors) }
}

fn part(id: &'static str, shown: AnyView) -> impl IntoView {
    view! { <section class="design-part" id=id aria-labelledby=format!("{id}-title")><h2 id=format!("{id}-title")>{say(&format!("design-{id}"))}</h2>{shown}</section> }
}
