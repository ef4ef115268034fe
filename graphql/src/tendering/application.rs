//! Invited tenders: applications, and the prequalification as far as the reader may know of it.

use super::draw::DrawResult;
use crate::ident;
use crate::identity::organization::Organization;
use crate::loader;
use crate::oversight::file::File;
use crate::request::asker;
use app::tendering::application as applications;
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{ApplicationId, TenderId};
use domain::tendering::application::{self, ShownPaper};

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

/// The prequalification of an invited tender and the draw of those who are asked for bids.
pub struct Prequalification(pub applications::Prequalification);

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
