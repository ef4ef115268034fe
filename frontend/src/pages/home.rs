//! The public home page: what the marketplace does today, and the doors.

use crate::prelude::*;

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    Page::titled(visit.say("home-title")).described(visit.say("home-lead")).wide().show(|| {
        let doors = [("tenders", "/tenders"), ("sign-in", "/sign-in"), ("build", "/docs")]
            .map(|(door, to)| {
                view! {
                    <li class="door">
                        <h2><a href=to>{say(&format!("home-door-{door}"))}</a></h2>
                        <p>{say(&format!("home-door-{door}-why"))}</p>
                    </li>
                }
            })
            .into_iter()
            .collect_view();
        view! {
            <section class="hero">
                <h1>{say("home-title")}</h1>
                <p class="lead">{say("home-lead")}</p>
            </section>
            <ul class="doors">{doors}</ul>
        }
    })
}
