//! Agencies: what a mandate lets an agency do, from proposal to end, and what stays with the buyer.

use crate::fair::{Fair, acting, content, of_kind};
use crate::market::Market;
use crate::on_both_engines;
use app::Error;
use app::oversight::task::viewer_tasks as tasks;
use app::tendering::mandate::{Proposal, accept, end, mandates, propose};
use app::tendering::tender::{self, Draft, TenderFilter};
use app::tendering::{clarification, evaluation, warning};
use app::Context;
use domain::ident::{OrganizationId, TenderId, UserId};
use domain::identity::organization::OrganizationKind;
use domain::identity::permission::MandatePower;
use domain::identity::role::Role;
use domain::oversight::task::TaskKind;
use domain::refusal::Code;
use domain::tendering::tender::Tender;
use uuid::Uuid;

/// An officer of an agency of its own, and the agency's credit code.
async fn agency(market: &Market, number: usize) -> (Context, String) {
    let (user, organization, code) = of_kind(market, number, OrganizationKind::Agency).await;
    (acting(market, user, organization, OrganizationKind::Agency, Role::Officer), code)
}

async fn begun(fair: &Fair<'_>) -> Tender {
    let holder_keys = fair.tender.content.holders.iter().take(3).map(|holder| holder.key).collect();
    tender::begin_draft(&fair.market.app, &fair.officer, None, Draft { content: content(), holder_keys }).await.expect("begins")
}

async fn entrusted(fair: &Fair<'_>, id: TenderId, (officer, code): &(Context, String), powers: &[MandatePower]) -> Tender {
    let proposal = Proposal { agency_code: code.clone(), powers: powers.to_vec() };
    propose(&fair.market.app, &fair.officer, id, proposal).await.expect("is proposed");
    accept(&fair.market.app, officer, id).await.expect("is accepted")
}

fn is_forbidden<T: std::fmt::Debug>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Forbidden))
}

on_both_engines! {
    async fn an_agency_finds_a_draft_only_once_it_is_asked_and_writes_it_only_once_it_has_accepted(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let (app, asked, other) = (&market.app, agency(market, 700).await, agency(market, 701).await);
        let draft = begun(&fair).await;
        assert!(matches!(tender::tender(app, &asked.0, draft.id).await, Err(Error::NotFound)));
        let powers = vec![MandatePower::Prepare];
        propose(app, &fair.officer, draft.id, Proposal { agency_code: asked.1.clone(), powers }).await.expect("is proposed");
        let seen = tender::tender(app, &asked.0, draft.id).await.expect("is named");
        assert!(matches!(tender::tender(app, &other.0, draft.id).await, Err(Error::NotFound)));
        let (version, text) = (seen.version, Draft { content: content(), holder_keys: Vec::new() });
        assert!(is_forbidden(tender::write_draft(app, &asked.0, draft.id, version, text.clone()).await), "it has not accepted");
        assert!(is_forbidden(accept(app, &fair.officer, draft.id).await), "the buyer can't accept for it");
        let own = tasks(app, &asked.0).await.expect("its desk");
        assert!(own.iter().any(|task| task.kind == TaskKind::AnswerMandate));
        let accepted = accept(app, &asked.0, draft.id).await.expect("accepts");
        tender::write_draft(app, &asked.0, draft.id, accepted.version, text).await.expect("writes for the buyer");
        let listed = tender::tenders(app, &asked.0, &TenderFilter::default(), None, 20).await.expect("its list");
        assert!(listed.iter().any(|tender| tender.id == draft.id));
        let elsewhere = tender::tenders(app, &other.0, &TenderFilter::default(), None, 20).await.expect("its list");
        assert!(elsewhere.iter().all(|tender| tender.id != draft.id));
    }

    async fn an_agency_hands_in_and_publishes_and_the_buyer_alone_approves(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let (app, agency) = (&market.app, agency(market, 700).await);
        let draft = begun(&fair).await;
        entrusted(&fair, draft.id, &agency, &[MandatePower::Prepare, MandatePower::Publish]).await;
        let asked = warning::reviews(app, &agency.0, &[tender::tender(app, &agency.0, draft.id).await.expect("known")]).await.expect("is read");
        for told in asked.into_values().flat_map(|review| review.warnings) {
            warning::override_warning(app, &agency.0, draft.id, told.key, "各项采购分属不同预算项目".to_owned()).await.expect("has its reason");
        }
        tender::submit(app, &agency.0, draft.id).await.expect("hands in");
        let approver = acting(market, UserId(Uuid::from_u128(78)), agency_of(&agency.0), OrganizationKind::Agency, Role::Approver);
        assert!(is_forbidden(tender::approve(app, &approver, draft.id).await), "whatever roles its people have");
        tender::approve(app, &fair.approver, draft.id).await.expect("the buyer approves");
        let published = tender::publish(app, &agency.0, draft.id).await.expect("publishes");
        assert_eq!(published.agency(), Some(agency_of(&agency.0)));
        assert!(is_forbidden(tender::cancel(app, &agency.0, draft.id, domain::language::LocalText::new("因故", "")).await));
        assert!(is_forbidden(evaluation::qualify_bidders(app, &agency.0, draft.id, Vec::new()).await), "that is not in its mandate");
    }

    async fn a_mandate_that_has_ended_lets_nobody_act_and_both_sides_may_end_it(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let (app, agency) = (&market.app, agency(market, 700).await);
        let draft = begun(&fair).await;
        entrusted(&fair, draft.id, &agency, &MandatePower::ALL).await;
        assert!(is_forbidden(end(app, &fair.approver, draft.id, "不再需要".to_owned()).await));
        end(app, &agency.0, draft.id, "人手不足".to_owned()).await.expect("the agency ends it");
        assert!(matches!(tender::tender(app, &agency.0, draft.id).await, Err(Error::NotFound)), "a draft of somebody else");
        entrusted(&fair, fair.tender.id, &agency, &[MandatePower::Publish]).await;
        assert!(clarification::clarifications(app, &agency.0, fair.tender.id).await.is_ok());
        end(app, &fair.officer, fair.tender.id, "改为自行采购".to_owned()).await.expect("the buyer ends it");
        let seen = tender::tender(app, &agency.0, fair.tender.id).await.expect("the notice is public");
        let amended = tender::Change { content: seen.content.clone(), reason: domain::language::LocalText::new("更正", "") };
        assert!(is_forbidden(tender::amend(app, &agency.0, (seen.id, seen.version), amended).await));
        let kept = mandates(app, &fair.officer, fair.tender.id).await.expect("the buyer reads them");
        assert_eq!((kept.present, kept.ended.len()), (None, 1));
        assert!(matches!(mandates(app, &agency.0, fair.tender.id).await, Err(Error::NotFound)));
        assert!(matches!(mandates(app, &fair.suppliers[0], fair.tender.id).await, Err(Error::NotFound)));
    }

    async fn only_an_agency_can_be_asked_and_an_agency_buys_nothing_itself(market: &Market) {
        let fair = Fair::open(market, 0).await;
        let (app, agency) = (&market.app, agency(market, 700).await);
        let (.., supplier) = of_kind(market, 701, OrganizationKind::Supplier).await;
        let ask = |code: &str| propose(app, &fair.officer, fair.tender.id, Proposal { agency_code: code.to_owned(), powers: MandatePower::ALL.to_vec() });
        assert!(ask(&supplier).await.unwrap_err().has_code(Code::NotAnAgency));
        assert!(ask("123").await.unwrap_err().has_code(Code::CreditCodeInvalid));
        let unlisted = tender::begin_draft(app, &agency.0, None, Draft { content: content(), holder_keys: Vec::new() }).await;
        assert!(is_forbidden(unlisted));
    }
}

fn agency_of(officer: &Context) -> OrganizationId {
    officer.actor.organization().expect("an agency")
}
