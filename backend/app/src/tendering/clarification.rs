//! Questions about tenders and their answers.

use super::tender::{is_buyer, tender, tenders_by_ids};
use crate::store::tendering::{clarification as kept, tender as tenders_kept};
use crate::{App, Context, Error, Result};
use domain::ident::{ClarificationId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::refusal::{Code, Refusal};
use domain::tendering::clarification::Clarification;
use domain::tendering::procedure::command::Command;
use domain::tendering::tender::Tender;
use std::collections::BTreeMap;

/// Those about a tender, the oldest first: the answered, one's own, and all for the buyer.
///
/// # Errors
/// `NotFound`.
pub async fn clarifications(app: &App, ctx: &Context, id: TenderId) -> Result<Vec<Clarification>> {
    tender(app, ctx, id).await?;
    Ok(clarifications_of(app, ctx, &[id]).await?.remove(&id).unwrap_or_default())
}

/// As [`clarifications`], of many tenders; one that the actor may not know of has none.
///
/// # Errors
/// When the store does not answer.
pub async fn clarifications_of(app: &App, ctx: &Context, ids: &[TenderId]) -> Result<BTreeMap<TenderId, Vec<Clarification>>> {
    let (own, others): (Vec<_>, Vec<_>) = tenders_by_ids(app, ctx, ids).await?.into_iter().partition(|tender| is_buyer(ctx, tender));
    let ids = |tenders: Vec<Tender>| tenders.into_iter().map(|tender| tender.id).collect::<Vec<_>>();
    let mut about: BTreeMap<TenderId, Vec<Clarification>> = BTreeMap::new();
    for question in kept::of_tenders(app.store.reader(), &ids(own), &ids(others), ctx.actor.organization(), READ_MOST).await? {
        about.entry(question.tender).or_default().push(question);
    }
    Ok(about)
}

/// The most questions about one tender that are told: the newest, which are the ones that still wait.
const READ_MOST: i64 = 500;

/// The figure of how many questions of one supplier about one tender may wait for an answer.
const OPEN_MOST: (&str, usize) = ("questions.open_most", 20);

/// Asks about a published tender.
///
/// # Errors
/// `NotFound`, `Forbidden` for those who don't sell, `WRONG_STATE`, `QUESTIONS_OVER`, `DEADLINE_PASSED`, `QUESTIONS_TOO_MANY`, `REQUIRED` at
/// `question`.
pub async fn ask(app: &App, ctx: &Context, id: TenderId, question: String) -> Result<Clarification> {
    tender(app, ctx, id).await?;
    ctx.allow(Action::AskClarification, &Scope::market())?;
    let asker = ctx.person()?.organization;
    app.store
        .write_once(ctx, "askClarification", (id, question), move |tx, (id, question)| async move {
            let tender = tenders_kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
            tender.check(Command::Ask)?;
            let open = kept::count_open(tx.db(), id, asker).await?;
            let (key, before) = OPEN_MOST;
            let most = tender.state.publication().map_or(before, |publication| publication.rules.count_or(key, before));
            if usize::try_from(open).unwrap_or(usize::MAX) >= most {
                return Err(Refusal::new(Code::QuestionsTooMany).with("most", most).into());
            }
            let ids = (tx.ctx().new_id(), asker);
            let (question, event) = Clarification::ask(ids, &question, &tender, tx.ctx().now())?;
            kept::insert(&tx, &question).await?;
            tx.record(event.with_parties([tender.buyer.0])).await?;
            Ok(question)
        })
        .await
}

/// Answers for all to read.
///
/// # Errors
/// `NotFound`, `Forbidden` for those who are no officers of the buyer, `CONFLICT` when it has been answered.
pub async fn answer(app: &App, ctx: &Context, id: ClarificationId, answer: String) -> Result<Clarification> {
    ctx.person()?;
    let asked = kept::by_id(app.store.reader(), id).await?.ok_or(Error::NotFound)?;
    let tender = tender(app, ctx, asked.tender).await?;
    // Who neither asked nor buys does not know of an open question.
    let knows = asked.answer.is_some() || is_buyer(ctx, &tender) || ctx.actor.organization() == Some(asked.asker);
    if !knows {
        return Err(Error::NotFound);
    }
    ctx.allow(Action::AnswerClarification, &tender.scope())?;
    app.store
        .write_once(ctx, "answerClarification", (id, answer), |tx, (id, answer)| async move {
            let found = kept::by_id(tx.db(), id).await?.ok_or(Error::NotFound)?;
            let (answered, event) = found.answer(&answer, tx.ctx().now())?;
            let saved = kept::save(&tx, answered).await?;
            tx.record(event).await?;
            Ok(saved)
        })
        .await
}
