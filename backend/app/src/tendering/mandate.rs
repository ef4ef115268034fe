//! Mandates: a buyer entrusts an agency with a tender, the agency accepts, either ends it.

use super::tender::{act, tender};
use crate::store::identity::organization;
use crate::{App, Context, Error, Result};
use domain::ident::{OrganizationId, TenderId};
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::OrganizationKind;
use domain::identity::permission::{Action, MandatePower};
use domain::refusal::{Code, Refusal};
use domain::tendering::mandate::{EndedMandate, Mandate};
use domain::tendering::tender::Tender;
use serde::Serialize;

/// The mandates of a tender, as its two sides read them.
#[derive(Clone, Debug)]
pub struct Mandates {
    /// The one that stands or waits for an answer.
    pub present: Option<Mandate>,
    /// Those that ended, the oldest first.
    pub ended: Vec<EndedMandate>,
}

/// The mandates of a tender: for its buyer's people, the supervisor and the agency that is named in the present one.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn mandates(app: &App, ctx: &Context, id: TenderId) -> Result<Mandates> {
    let found = tender(app, ctx, id).await?;
    ctx.allow(Action::ReadTenderDraft, &found.scope()).map_err(|_| Error::NotFound)?;
    // What was agreed with another agency is none of this one's business.
    let is_agency = ctx.actor.person().is_some_and(|person| person.organization_kind == OrganizationKind::Agency);
    let ended = if is_agency { Vec::new() } else { found.ended_mandates };
    Ok(Mandates { present: found.mandate, ended })
}

/// What a buyer proposes.
#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    /// The agency's unified social credit code.
    pub agency_code: String,
    /// What it may do.
    pub powers: Vec<MandatePower>,
}

#[derive(Clone, Debug, Serialize)]
struct Proposed {
    agency: OrganizationId,
    powers: Vec<MandatePower>,
}

/// Proposes to entrust an agency with a tender.
///
/// # Errors
/// `NotFound`, `Forbidden`; `CREDIT_CODE_INVALID`, `NOT_FOUND`, `NOT_AN_AGENCY` at `agencyCode`, and those of
/// [`Tender::propose_mandate`].
pub async fn propose(app: &App, ctx: &Context, id: TenderId, proposal: Proposal) -> Result<Tender> {
    let by = ctx.person()?.user;
    let seen = tender(app, ctx, id).await?;
    ctx.allow(Action::ProposeMandate, &seen.scope())?;
    let at = "agencyCode";
    let code = CreditCode::parse(&proposal.agency_code).map_err(|refusal| refusal.under(at))?;
    let agency = organization::by_credit_code(app.store.reader(), &code).await?;
    let agency = agency.ok_or_else(|| Refusal::at(Code::NotFound, at))?;
    let input = Proposed { agency: agency.id, powers: proposal.powers };
    let decide = move |tx: &crate::store::Tx, tender: Tender, input: Proposed| tender.propose_mandate(&agency, &input.powers, by, tx.ctx().now());
    act(app, ctx, (id, None), ("proposeMandate", Action::ProposeMandate), input, decide).await
}

/// The agency accepts.
///
/// # Errors
/// `NotFound`, `Forbidden` for all but the agency's officers, `NO_MANDATE`.
pub async fn accept(app: &App, ctx: &Context, id: TenderId) -> Result<Tender> {
    let person = ctx.person()?.clone();
    let seen = tender(app, ctx, id).await?;
    if seen.mandate.is_some_and(|mandate| mandate.agency != person.organization) {
        return Err(Error::Forbidden);
    }
    act(app, ctx, (id, None), ("acceptMandate", Action::AnswerMandate), (), move |tx, tender, ()| tender.accept_mandate(person.user, tx.ctx().now())).await
}

/// Either side ends it, takes it back or declines it, with a reason that both read.
///
/// # Errors
/// `NotFound`, `Forbidden` for all but the two sides' officers, `NO_MANDATE`, `REQUIRED` at `reason`.
pub async fn end(app: &App, ctx: &Context, id: TenderId, reason: String) -> Result<Tender> {
    let person = ctx.person()?.clone();
    let by = (person.user, person.organization);
    act(app, ctx, (id, None), ("endMandate", Action::AnswerMandate), reason, move |tx, tender, reason| tender.end_mandate(&reason, by, tx.ctx().now())).await
}
