//! The public questions on a notice, and their answers.

use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Clarification {
    id: cynic::Id,
    question: String,
    asked_at: DateTime<Utc>,
    answer: Option<String>,
    answered_at: Option<DateTime<Utc>>,
}

/// The questions with their answers; officers of the buyer answer, sellers ask while bids are taken.
pub(super) fn questions(
    asked: &[Clarification],
    is_own: bool,
    (state, until): (TenderStateName, Option<DateTime<Utc>>),
) -> impl IntoView + use<> {
    let visit = visit();
    let is_over = until.is_some_and(|until| until < visit.now());
    let over = until.filter(|_| is_over && state == TenderStateName::Published).map(|at| {
        view! { <p class="quiet">{say("tender-questions-over")} " " <Instant at/></p> }
    });
    let can_answer = is_own && visit.has_role(Role::Officer);
    let can_ask = visit.has_role(Role::Seller) && state == TenderStateName::Published && !is_over;
    let none = asked.is_empty().then(|| view! { <p>{say("tender-questions-none")}</p> });
    let asked = asked.iter().map(|one| question(one.clone(), can_answer)).collect_view();
    let ask = can_ask.then(|| {
        view! {
            <Form>
                <TextArea name="question" label=say("tender-question") help=say("tender-question-help")/>
                <Button label=say("tender-ask") name="do" value="ask"/>
            </Form>
        }
    });
    view! { {none} <div class="questions">{asked}</div> {over} {ask} }
}

fn question(one: Clarification, can_answer: bool) -> impl IntoView {
    let answered = one.answer.is_some();
    let form = (can_answer && !answered).then(|| {
        view! {
            <Form>
                <input type="hidden" name="clarification" value=one.id.inner().to_owned()/>
                <TextArea name="answer" label=say("tender-answer")/>
                <Button label=say("tender-answer-publish") name="do" value="answer"/>
            </Form>
        }
    });
    let waiting = (!answered).then(|| view! { <p><Tag state=State::Waiting label=say("tender-question-waiting")/></p> });
    view! {
        <article>
            <p><strong>{one.question}</strong>" "<small><Instant at=one.asked_at/></small></p>
            {one.answer.map(|answer| view! { <p>{answer}" "<small>{one.answered_at.map(|at| view! { <Instant at/> })}</small></p> })}
            {waiting}
            {form}
        </article>
    }
}
