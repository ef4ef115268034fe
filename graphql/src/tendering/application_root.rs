//! Root fields of prequalifications: applying, judging, the draw, and what they take.

use super::application::{Application, Prequalification};
use super::tender_input::TenderPayload;
use super::{tender_id, tender_payload};
use crate::ident;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{asker, once};
use app::Error;
use app::tendering::application as applications;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{ApplicationId, FileId};
use domain::tendering::application::{ApplicationFinding, ShownPaper};

/// What you show for one paper.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationPaperInput {
    /// The paper's key in the tender.
    pub key: String,
    /// What you say about it, at most 2,000 characters; needed where a required paper comes without a file.
    #[graphql(default)]
    pub note: String,
    /// A file that you have uploaded.
    pub file_id: Option<ID>,
}

/// Applies to be invited.
#[derive(Clone, Debug, InputObject)]
pub struct ApplyForInvitationInput {
    /// The tender.
    pub tender_id: ID,
    /// What you show for the papers of the notice.
    pub papers: Vec<ApplicationPaperInput>,
    /// Your application that this one replaces, if one is in.
    pub replaces_id: Option<ID>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

impl ApplyForInvitationInput {
    fn papers(&self) -> Result<Vec<ShownPaper>, Error> {
        let read = |(place, paper): (usize, &ApplicationPaperInput)| {
            let path = format!("papers.{place}.fileId");
            let file = paper.file_id.as_ref().map(|id| ident::of_kind(id, FileId::KIND, &path)).transpose()?;
            Ok(ShownPaper { key: paper.key.clone(), note: paper.note.clone(), file })
        };
        self.papers.iter().enumerate().map(read).collect()
    }
}

/// Takes an application back.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawApplicationInput {
    /// Your application.
    pub application_id: ID,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Your application as it stands now.
#[derive(SimpleObject)]
pub struct ApplicationPayload {
    /// The application; null when nothing was done.
    pub application: Option<Application>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}

/// What you found about one paper of one application.
#[derive(Clone, Debug, InputObject)]
pub struct ApplicationFindingInput {
    /// The application.
    pub application_id: ID,
    /// The paper's key in the tender.
    pub paper: String,
    /// Whether it was shown and is good.
    pub is_met: bool,
    /// Why not, at most 1,000 characters; the applicant reads it.
    #[graphql(default)]
    pub reason: String,
}

/// The judgement of applications.
#[derive(Clone, Debug, InputObject)]
pub struct JudgeApplicationsInput {
    /// The tender.
    pub tender_id: ID,
    /// One finding for every application and required paper.
    pub findings: Vec<ApplicationFindingInput>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

impl JudgeApplicationsInput {
    fn findings(&self) -> Result<Vec<ApplicationFinding>, Error> {
        let read = |(place, finding): (usize, &ApplicationFindingInput)| {
            let path = format!("findings.{place}.applicationId");
            Ok(ApplicationFinding {
                application: ident::of_kind(&finding.application_id, ApplicationId::KIND, &path)?,
                paper: finding.paper.clone(),
                is_met: finding.is_met,
                reason: finding.reason.clone(),
            })
        };
        self.findings.iter().enumerate().map(read).collect()
    }
}

/// Draws and asks for bids.
#[derive(Clone, Debug, InputObject)]
pub struct InviteSuppliersInput {
    /// The tender.
    pub tender_id: ID,
    /// Until when bids are taken, where the announced deadline would leave too little time; never an earlier one.
    pub deadline_at: Option<DateTime<Utc>>,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Root fields that read prequalifications.
#[derive(Default)]
pub struct ApplicationQuery;

#[Object]
impl ApplicationQuery {
    /// The prequalification and the draw of an invited tender, as far as you may know of them; null for a tender that has
    /// none.
    #[graphql(complexity = "10 + child_complexity")]
    async fn prequalification(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Option<Prequalification>> {
        let asker = asker(graphql)?;
        let id = self::tender_id(&tender_id).map_err(|error| coded(&asker.ctx, error))?;
        let read = applications::prequalification(&asker.app, &asker.ctx, id).await;
        Ok(found(&asker.ctx, read)?.map(Prequalification))
    }

    /// Your organization's own application to a tender, withdrawn or not. Sellers only.
    async fn viewer_application(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender's global id.")] tender_id: ID,
    ) -> Result<Option<Application>> {
        let asker = asker(graphql)?;
        let id = self::tender_id(&tender_id).map_err(|error| coded(&asker.ctx, error))?;
        let own = applications::viewer_application(&asker.app, &asker.ctx, id).await;
        Ok(found(&asker.ctx, own)?.map(Application))
    }
}

/// Root fields that apply, judge and draw.
#[derive(Default)]
pub struct ApplicationMutation;

#[Object]
impl ApplicationMutation {
    /// Applies to be invited to a tender, or replaces your application, until the time is over. Sellers only.
    async fn apply_for_invitation(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "To which, with what.")] input: ApplyForInvitationInput,
    ) -> Result<ApplicationPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let work = async {
            let replaces = input.replaces_id.as_ref().map(|id| ident::of_kind(id, ApplicationId::KIND, "replacesId")).transpose()?;
            applications::apply(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.papers()?, replaces).await
        };
        let (application, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(ApplicationPayload { application: application.map(Application), user_errors })
    }

    /// Takes your application back, until the time is over. Sellers only.
    async fn withdraw_application(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawApplicationInput,
    ) -> Result<ApplicationPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let id = ident::of_kind(&input.application_id, ApplicationId::KIND, "applicationId")?;
            applications::withdraw_application(&asker.app, &asker.ctx, id).await
        };
        let (application, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(ApplicationPayload { application: application.map(Application), user_errors })
    }

    /// Judges every application by every required paper, once the time for them is over; each applicant is told its own
    /// result. With fewer than three qualified the tender fails. Officers only.
    async fn judge_applications(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The findings.")] input: JudgeApplicationsInput,
    ) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key.clone())?;
        let work = async {
            applications::judge_applications(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.findings()?).await
        };
        tender_payload(&asker.ctx, work.await)
    }

    /// Draws those who are asked among all who qualify, and asks them for bids. Officers only.
    async fn invite_suppliers(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which, and until when.")] input: InviteSuppliersInput,
    ) -> Result<TenderPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async { applications::invite(&asker.app, &asker.ctx, tender_id(&input.tender_id)?, input.deadline_at).await };
        tender_payload(&asker.ctx, work.await)
    }
}
