//! Evaluations: as their buyer, their panel and the supervisor may know them.

use super::consortium::shares;
use super::evaluated_bid::{EvaluatedBid, PaperFinding, RequiredPaper};
use super::panel::{BarredCandidate, PanelMember, PanelRecusal};
use super::related::{self, RelatedBids};
use super::report::EvaluationReport;
use super::score_sheet::ScoreSheet;
use super::subcontract::declared;
use super::scoring_scheme::{EssentialRequirement, ScoringAnchor, ScoringCriterion};
use crate::ident;
use crate::identity::organization::Organization;
use crate::identity::user::User;
use crate::payload::coded;
use crate::request::asker;
use crate::values::LocalText;
use app::tendering::evaluation::EvaluationView;
use app::tendering::panel::PanelCandidate;
use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::ident::{BidId, TenderId, UserId};
use domain::tendering::contender::Contender;
use domain::tendering::evaluation::Stage;
use domain::tendering::panel::Panel;
use domain::tendering::score_sheet::{self, Scheme};
use domain::tendering::scoring;
use domain::tendering::tender_content::CriterionKind;

/// Where an evaluation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum EvaluationStage {
    /// Bids are open; bidders have not been judged.
    Opened,
    /// Bidders are judged; there is no panel yet.
    Qualified,
    /// A panel is appointed; not all of it has declared.
    PanelAppointed,
    /// Each member scores alone.
    Scoring,
    /// All sheets are in; members sign the report.
    Reported,
    /// Every member has signed the report.
    Signed,
    /// Too few bids were left.
    Failed,
}

impl From<Option<&Stage>> for EvaluationStage {
    fn from(stage: Option<&Stage>) -> Self {
        match stage {
            None => Self::Opened,
            Some(Stage::Qualified) => Self::Qualified,
            Some(Stage::PanelAppointed { .. }) => Self::PanelAppointed,
            Some(Stage::Scoring { .. }) => Self::Scoring,
            Some(Stage::Reported { .. }) => Self::Reported,
            Some(Stage::Signed { .. }) => Self::Signed,
            Some(Stage::Failed { .. }) => Self::Failed,
        }
    }
}

/// How winners are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::score_sheet::Method")]
pub enum RankingMethod {
    /// Comprehensive scoring (综合评分法).
    Comprehensive,
    /// Lowest evaluated price (最低评标价法).
    LowestPrice,
}

/// Why a price counts as abnormally low (财库〔2026〕2号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::scoring::LowPrice")]
pub enum LowPriceTrigger {
    /// Below its share of the mean of all prices.
    OfMean,
    /// Below its share of the second lowest price.
    OfSecondLowest,
    /// Below its share of the ceiling.
    OfCeiling,
}

pub(super) fn triggers(pulled: &[scoring::LowPrice]) -> Vec<LowPriceTrigger> {
    pulled.iter().map(|trigger| (*trigger).into()).collect()
}

/// The evaluation of one tender, with the organizations and people that it names.
pub struct Evaluation {
    view: EvaluationView,
    organizations: Vec<domain::identity::organization::Organization>,
    people: Vec<domain::identity::user::User>,
}

pub(super) fn bid(id: BidId) -> ID {
    ident::global(BidId::KIND, id.0)
}

pub(super) fn place(place: u32) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}

impl Evaluation {
    /// Reads the evaluation of a tender with what it names.
    pub(super) async fn read(app: &app::App, ctx: &app::Context, tender: TenderId) -> app::Result<Self> {
        let view = app::tendering::evaluation::evaluation(app, ctx, tender).await?;
        let bidders: Vec<_> = view.contenders.iter().flat_map(Contender::parties).collect();
        let organizations = app::identity::organization::organizations(app, ctx, &bidders).await?;
        let people = app::tendering::evaluation::people(app, ctx, &view).await?;
        Ok(Self { view, organizations, people })
    }

    async fn all_candidates(&self, graphql: &Context<'_>) -> Result<Vec<PanelCandidate>> {
        let asker = asker(graphql)?;
        let found = app::tendering::panel::candidates(&asker.app, &asker.ctx, self.view.tender.id).await;
        found.map_err(|error| coded(&asker.ctx, error))
    }

    fn name(&self, user: UserId) -> LocalText {
        let found = self.people.iter().find(|person| person.id == user);
        found.map(|person| person.name.clone()).unwrap_or_default().into()
    }
}

/// The evaluation of one tender: its buyer and the supervisor see it, the panel once it has declared.
#[Object]
impl Evaluation {
    /// The tender's global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.view.tender.id.0)
    }

    /// The tender's number on paper.
    async fn tender_number(&self) -> &str {
        &self.view.tender.number
    }

    /// The tender's title.
    async fn tender_title(&self) -> LocalText {
        self.view.tender.content.title.clone().into()
    }

    /// Where it stands.
    async fn stage(&self) -> EvaluationStage {
        self.view.stage.as_ref().into()
    }

    /// Why the tender failed in its evaluation, if it did.
    async fn failure(&self) -> Option<LocalText> {
        match &self.view.stage {
            Some(Stage::Failed { failure, .. }) => Some(failure.words().into()),
            _ => None,
        }
    }

    /// How winners are found.
    async fn method(&self) -> RankingMethod {
        Scheme::from(&self.view.tender.content).method.into()
    }

    /// The points that the price can bring.
    async fn price_weight_points(&self) -> i32 {
        place(self.view.tender.content.price_weight())
    }

    /// The papers that every bidder must show.
    async fn papers(&self) -> Vec<RequiredPaper> {
        let papers = self.view.tender.content.papers.iter().filter(|paper| paper.is_obligatory);
        papers
            .map(|paper| RequiredPaper {
                key: paper.key.clone(),
                name: paper.name.clone().into(),
                source: paper.source.clone(),
            })
            .collect()
    }

    /// Bids for one lot whose bidders are related, by what they have stated, and what was found of them; for the buyer and
    /// the supervisor.
    async fn related_bids(&self) -> Vec<RelatedBids> {
        related::shown(&self.view.related, self.view.qualification.as_ref(), &self.organizations)
    }

    /// What was found about bidders' papers; for the buyer and the supervisor.
    async fn findings(&self) -> Vec<PaperFinding> {
        let findings = self.view.qualification.iter().flat_map(|qualification| &qualification.findings);
        findings
            .map(|finding| PaperFinding {
                bid_id: bid(finding.bid_id),
                paper: finding.paper.clone(),
                is_met: finding.is_met,
                reason: finding.reason.clone(),
            })
            .collect()
    }

    /// The bids. Members of the panel see none before all of them have declared.
    async fn bids(&self) -> Vec<EvaluatedBid> {
        let view = &self.view;
        let numbers = super::lot::numbers(&view.tender);
        let evaluated = view.contenders.iter().map(|contender| EvaluatedBid {
            lot_id: super::lot::global(contender.lot),
            lot_number: numbers.get(&contender.lot).copied(),
            bid_id: bid(contender.bid_id),
            bidder: self.organizations.iter().find(|one| one.id == contender.bidder).cloned().map(Organization),
            consortium: shares(contender.consortium.as_ref(), &self.organizations),
            subcontracts: declared(&contender.subcontracts),
            price: contender.price.into(),
            is_qualified: match (&view.qualification, &view.stage) {
                (Some(qualification), _) => Some(qualification.is_qualified(contender.bid_id) && !contender.lacks_security()),
                // A member is shown the qualified ones only.
                (None, Some(_)) => Some(true),
                (None, None) => None,
            },
            security: contender.security.map(Into::into),
            domestic_cost_percent: contender.domestic_cost_percent,
            low_price: view
                .low_prices
                .iter()
                .find(|(bid_id, _)| *bid_id == contender.bid_id)
                .map(|(_, pulled)| triggers(pulled))
                .unwrap_or_default(),
        });
        evaluated.collect()
    }

    /// What members score.
    async fn criteria(&self) -> Vec<ScoringCriterion> {
        let content = &self.view.tender.content;
        let scheme = Scheme::from(content);
        let scored = content.criteria.iter().filter_map(|criterion| {
            let most = scheme.criterion(&criterion.key)?.most_hundredths;
            Some(ScoringCriterion {
                key: criterion.key.clone(),
                name: criterion.name.clone().into(),
                basis: criterion.basis.clone().into(),
                most_points: score_sheet::points(most),
                is_technical: criterion.kind == CriterionKind::Technical,
                anchors: criterion
                    .anchors
                    .iter()
                    .map(|anchor| ScoringAnchor { points: anchor.points, text: anchor.text.clone().into() })
                    .collect(),
            })
        });
        scored.collect()
    }

    /// The essential requirements.
    async fn essential_requirements(&self) -> Vec<EssentialRequirement> {
        let content = &self.view.tender.content;
        let essential = Scheme::from(content).essential.into_iter().filter_map(|requirement| {
            let found = content.requirements.get(usize::try_from(requirement).ok()?)?;
            Some(EssentialRequirement { requirement: place(requirement), text: found.text.clone().into() })
        });
        essential.collect()
    }

    /// The members of the panel, in the order of their appointment.
    async fn panel(&self) -> Vec<PanelMember> {
        let members = self.view.panel.iter().flat_map(|panel| &panel.members);
        members
            .map(|member| PanelMember {
                user_id: ident::global(UserId::KIND, member.user.0),
                name: self.name(member.user),
                declared_at: member.declared_at,
            })
            .collect()
    }

    /// Whether you are a member of the panel.
    async fn is_member(&self) -> bool {
        self.view.member.is_some()
    }

    /// When you declared to have no conflict of interest; null until then.
    async fn declared_at(&self) -> Option<DateTime<Utc>> {
        let members = &self.view.panel.as_ref()?.members;
        members.iter().find(|member| Some(member.user) == self.view.member)?.declared_at
    }

    /// Those who stepped back; for the buyer and the supervisor.
    async fn recusals(&self) -> Vec<PanelRecusal> {
        let recusals = self.view.panel.iter().flat_map(|panel| &panel.recusals);
        recusals
            .map(|recusal| PanelRecusal {
                user_id: ident::global(UserId::KIND, recusal.user.0),
                name: self.name(recusal.user),
                reason: recusal.reason.clone(),
                recused_at: recusal.recused_at,
            })
            .collect()
    }

    /// How many members the panel is planned to have.
    async fn panel_size(&self) -> i32 {
        place(self.view.tender.content.panel_size)
    }

    /// The fewest members that the panel may have, by the tender's documents and its law.
    async fn panel_fewest(&self) -> i32 {
        i32::try_from(self.view.panel_fewest).unwrap_or(i32::MAX)
    }

    /// How many places of the panel are empty because members have stepped back.
    async fn panel_vacancies(&self) -> i32 {
        let vacant = self.view.panel.as_ref().map_or(0, Panel::vacancies);
        i32::try_from(vacant).unwrap_or(i32::MAX)
    }

    /// With fewer bidders than this the tender fails.
    async fn fewest_bidders(&self) -> i32 {
        i32::try_from(self.view.fewest_bidders).unwrap_or(i32::MAX)
    }

    /// Evaluators who may be appointed: none with a tie to the tender, its buyer or a bidder. For the buyer's officers.
    async fn candidates(&self, graphql: &Context<'_>) -> Result<Vec<User>> {
        let free = self.all_candidates(graphql).await?.into_iter().filter(|candidate| candidate.bar.is_none());
        Ok(free.map(|candidate| User(candidate.person)).collect())
    }

    /// Evaluators who can't be appointed, and why. For the buyer's officers.
    async fn barred_candidates(&self, graphql: &Context<'_>) -> Result<Vec<BarredCandidate>> {
        let all = self.all_candidates(graphql).await?.into_iter();
        let barred = all.filter_map(|candidate| {
            Some(BarredCandidate {
                user_id: ident::global(UserId::KIND, candidate.person.id.0),
                name: candidate.person.name.into(),
                bar: candidate.bar?.into(),
            })
        });
        Ok(barred.collect())
    }

    /// Your own score sheet, if you are a member and have begun one.
    async fn my_sheet(&self) -> Option<ScoreSheet> {
        self.view.sheet.clone().map(Into::into)
    }

    /// How many sheets have been handed in.
    async fn submitted_count(&self) -> i32 {
        i32::try_from(self.view.submitted).unwrap_or(i32::MAX)
    }

    /// The report, once all sheets are in.
    async fn report(&self) -> Option<EvaluationReport> {
        let report = self.view.report.clone()?;
        let names = report.members.iter().map(|member| self.name(*member)).collect();
        let lots = super::lot::numbers(&self.view.tender);
        Some(EvaluationReport { report, lots, organizations: self.organizations.clone(), names, member: self.view.member })
    }
}
