//! Invited tenders: applications, their judgement, the draw of those who are asked for bids.

use super::tender_input::TenderPayload;
use super::{tender_id, tender_payload};
use crate::ident;
use crate::identity::organization::Organization;
use crate::loader;
use crate::oversight::file::File;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{asker, once};
use app::Error;
use app::tendering::application as applications;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{ApplicationId, FileId, TenderId};
use domain::tendering::application::{self, ApplicationFinding, ShownPaper};
use domain::tendering::draw;

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ApplicationState {
    /// It is in; nobody but the applicant knows of it before the time for applications is over.
    Received,
    /// Taken back in time.
    Withdrawn,
    /// Its applicant does not qualify.
    Refused,
    /// Its applicant qualifies, and waits for the draw.
    Qualified,
    /// Its applicant is asked for a bid.
    Invited,
    /// Its applicant qualifies and was not drawn.
    NotDrawn,
}

impl From<&application::ApplicationState> for ApplicationState {
    fn from(state: &application::ApplicationState) -> Self {
        use application::ApplicationState as Name;
        match state {
            Name::Received => Self::Received,
            Name::Withdrawn { .. } => Self::Withdrawn,
            Name::Refused { .. } => Self::Refused,
            Name::Qualified { .. } => Self::Qualified,
            Name::Invited { .. } => Self::Invited,
            Name::NotDrawn { .. } => Self::NotDrawn,
        }
    }
}

/// What an applicant shows for one paper of the notice.
pub struct ApplicationPaper(ShownPaper);

/// What an applicant shows for one paper of the notice.
#[Object]
impl ApplicationPaper {
    /// The paper's key in the tender.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What the applicant says about it.
    async fn note(&self) -> &str {
        &self.0.note
    }

    /// The paper itself; null where none was handed in.
    #[graphql(complexity = "5 + child_complexity")]
    async fn file(&self, graphql: &Context<'_>) -> Result<Option<File>> {
        let Some(file) = self.0.file else { return Ok(None) };
        Ok(loader::files(graphql, &[file]).await?.pop())
    }
}

/// What the buyer found about one paper.
#[derive(Clone, Debug, SimpleObject)]
pub struct ApplicationPaperFinding {
    /// The paper's key in the tender.
    pub paper: String,
    /// Whether it is good.
    pub is_met: bool,
    /// Why not.
    pub reason: String,
}

/// An application to be invited to a tender (资格预审申请): its applicant's, and its buyer's once the time for it is over.
pub struct Application(pub application::Application);

/// An application to be invited to a tender (资格预审申请): its applicant's, and its buyer's once the time for it is over.
#[Object]
impl Application {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(ApplicationId::KIND, self.0.id.0)
    }

    /// Its number as it takes part in the draw (a UUID).
    async fn number(&self) -> String {
        self.0.id.to_string()
    }

    /// To which tender, by global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.0.tender.0)
    }

    /// Whose.
    async fn applicant(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        loader::organization(graphql, self.0.applicant).await
    }

    /// When it came in; a replaced one counts from its replacement.
    async fn received_at(&self) -> DateTime<Utc> {
        self.0.received_at
    }

    /// Where it stands.
    async fn state(&self) -> ApplicationState {
        (&self.0.state).into()
    }

    /// What is shown.
    async fn papers(&self) -> Vec<ApplicationPaper> {
        self.0.papers.iter().cloned().map(ApplicationPaper).collect()
    }

    /// What the buyer found, one for each required paper; empty before the judgement.
    async fn findings(&self) -> Vec<ApplicationPaperFinding> {
        let findings = self.0.state.verdict().into_iter().flat_map(|verdict| verdict.findings.iter().cloned());
        findings.map(|one| ApplicationPaperFinding { paper: one.paper, is_met: one.is_met, reason: one.reason }).collect()
    }

    /// When the buyer judged it.
    async fn judged_at(&self) -> Option<DateTime<Utc>> {
        self.0.state.verdict().map(|verdict| verdict.judged_at)
    }
}

/// A supplier in the draw.
pub struct DrawTicket(draw::Ticket);

/// A supplier in the draw.
#[Object]
impl DrawTicket {
    /// The supplier.
    async fn supplier(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        loader::organization(graphql, self.0.candidate.supplier).await
    }

    /// The supplier's number, as it is hashed (a UUID).
    async fn supplier_number(&self) -> String {
        self.0.candidate.supplier.to_string()
    }

    /// The number of its application, as it is hashed (a UUID).
    async fn application_number(&self) -> String {
        self.0.candidate.application.to_string()
    }

    /// SHA-256 of seed, mixed value and supplier number, all as text: the order of the draw.
    async fn order(&self) -> &str {
        &self.0.order
    }

    /// Whether it was drawn.
    async fn is_drawn(&self) -> bool {
        self.0.is_drawn
    }
}

/// What a draw came to.
pub struct DrawResult {
    seed: String,
    drawn: draw::Drawn,
}

/// What a draw came to; anybody can compute it again.
#[Object]
impl DrawResult {
    /// The seed that was promised, 64 hexadecimal digits.
    async fn seed(&self) -> &str {
        &self.seed
    }

    /// SHA-256 of the numbers of the applications that qualify, in the order in which they came in, as text one after the
    /// other.
    async fn mixed(&self) -> &str {
        &self.drawn.mixed
    }

    /// The numbers of those applications in that order.
    async fn application_numbers(&self) -> Vec<String> {
        self.drawn.received.iter().map(ToString::to_string).collect()
    }

    /// How many the notice asks for; all are asked where no more qualify.
    async fn count(&self) -> u64 {
        u64::try_from(self.drawn.count).unwrap_or(u64::MAX)
    }

    /// All who qualify, in the order of the draw.
    #[graphql(complexity = "10 + child_complexity * 10")]
    async fn tickets(&self) -> Vec<DrawTicket> {
        self.drawn.tickets.iter().cloned().map(DrawTicket).collect()
    }
}

/// The prequalification of an invited tender and the draw of those who are asked for bids.
pub struct Prequalification(applications::Prequalification);

/// The prequalification of an invited tender and the draw of those who are asked for bids.
#[Object]
impl Prequalification {
    /// Until when suppliers apply.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.0.tender.content.choice.announced_until
    }

    /// Whether applications are taken now.
    async fn is_open(&self, graphql: &Context<'_>) -> Result<bool> {
        let now = asker(graphql)?.ctx.now();
        let (tender, until) = (&self.0.tender, self.0.tender.content.choice.announced_until);
        Ok(tender.state.name() == domain::tendering::tender::TenderStateName::Announced && until.is_some_and(|until| now <= until))
    }

    /// How many of those who qualify are drawn and asked for bids.
    async fn invite_count(&self) -> u32 {
        self.0.tender.content.choice.invite_count
    }

    /// SHA-256 of the seed of the draw, promised when the notice was published.
    async fn commitment(&self) -> String {
        self.0.draw.commitment()
    }

    /// When the seed was promised.
    async fn committed_at(&self) -> DateTime<Utc> {
        self.0.draw.committed_at
    }

    /// When it was judged who qualifies; null before.
    async fn judged_at(&self) -> Option<DateTime<Utc>> {
        self.0.draw.judged.as_ref().map(|judged| judged.at)
    }

    /// When those who are asked were drawn; null before.
    async fn drawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.draw.drawn.as_ref().map(|(_, at)| *at)
    }

    /// How many suppliers are asked for bids; null before the draw.
    async fn invited_count(&self) -> Option<u64> {
        let (drawn, _) = self.0.draw.drawn.as_ref()?;
        u64::try_from(drawn.tickets.iter().filter(|ticket| ticket.is_drawn).count()).ok()
    }

    /// The applications in the order in which they came in, at most 500: its buyer's people and supervisors read them once
    /// the time for them is over. Null for everybody else, and before.
    #[graphql(complexity = "20 + child_complexity * 20")]
    async fn applications(&self) -> Option<Vec<Application>> {
        Some(self.0.applications.as_ref()?.iter().cloned().map(Application).collect())
    }

    /// What the draw came to: for the buyer's people and supervisors at once, for everybody once bids are open, since
    /// bidders are hidden from each other until then. Null before.
    #[graphql(complexity = "5 + child_complexity")]
    async fn draw(&self) -> Option<DrawResult> {
        let (drawn, _) = self.0.draw.drawn.as_ref().filter(|_| self.0.reads_draw)?;
        Some(DrawResult { seed: self.0.draw.seed.clone(), drawn: drawn.clone() })
    }
}

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
