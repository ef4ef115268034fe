//! The public home page: search first, then the doors.

use crate::prelude::*;

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    Page::titled(visit.say("home-title")).described(visit.say("home-lead")).wide().show(|| {
        let doors = [("buy", "/items"), ("sell", "/tenders"), ("build", "/docs")]
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
        let examples = ["home-example-1", "home-example-2", "home-example-3"]
            .map(|key| {
                let words = say(key);
                let to = format!("/search?q={}", crate::visit::escape(&words));
                view! { <li><a href=to>{words}</a></li> }
            })
            .into_iter()
            .collect_view();
        view! {
            <section class="hero">
                <h1>{say("home-title")}</h1>
                <p class="lead">{say("home-lead")}</p>
                <form class="hero-search" action="/search" method="get">
                    <label for="home-search">{say("search-label")}</label>
                    <div class="with-button">
                        <input id="home-search" name="q" type="search" autocomplete="off" enterkeyhint="search"/>
                        <button class="button primary" type="submit">{say("search-button")}</button>
                    </div>
                </form>
                <div class="examples"><span class="quiet">{say("home-examples")}</span><ul>{examples}</ul></div>
            </section>
            <ul class="doors">{doors}</ul>
        }
    })
}
