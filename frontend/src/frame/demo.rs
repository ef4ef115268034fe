//! The bar that moves time, in a demo only.

use leptos::prelude::*;

use crate::{parts::Instant, visit::{say, visit}};

pub(super) fn clock() -> Option<impl IntoView> {
    let visit = visit();
    let demo = visit.demo()?;
    let deadline = demo.next_deadline_at.map(|_| {
        view! { <button type="submit" name="move" value="next-deadline">{say("demo-clock-next-deadline")}</button> }
    });
    let back = visit.address_with("lang", None, &[]);
    Some(view! {
        <form class="demo" method="post" action="/demo/clock" aria-label=say("demo-clock")>
            <input type="hidden" name="back" value=back/>
            <span class="demo-mark">{say("demo")}</span>
            <Instant at=visit.now()/>
            <span class="demo-moves">
                <button type="submit" name="move" value="hour">{say("demo-clock-hour")}</button>
                <button type="submit" name="move" value="day">{say("demo-clock-day")}</button>
                {deadline}
            </span>
        </form>
    })
}
