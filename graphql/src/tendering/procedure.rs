//! Procedures: which there are, what the law of the day says about each, and which one a tender follows.

use crate::ident;
use crate::identity::organization::Organization;
use crate::values::{LocalText, LocalTextInput};
use app::Error;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::OrganizationId;
use domain::language::{self, Language};
use domain::oversight::policy_pack::{Rules, check};
use domain::refusal::Facts;
use domain::tendering::procedure::{choice, command};
use domain::text;

/// By which procedure a tender buys (采购方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::procedure::Procedure")]
pub enum Procedure {
    /// Open tender (公开招标).
    OpenTender,
    /// Invited tender (邀请招标).
    InvitedTender,
    /// Competitive negotiation (竞争性谈判).
    CompetitiveNegotiation,
    /// Competitive consultation (竞争性磋商).
    CompetitiveConsultation,
    /// Inquiry (询价).
    Inquiry,
    /// Single source (单一来源采购).
    SingleSource,
    /// Emergency procurement (紧急采购).
    Emergency,
}

/// The kinds of procedure of OCDS (`procurementMethod`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::procedure::ProcurementMethod")]
pub enum ProcurementMethod {
    /// Everybody may bid.
    Open,
    /// Everybody may ask to be invited; those who qualify bid.
    Selective,
    /// A few are asked.
    Limited,
    /// One supplier is asked.
    Direct,
}

/// Why another procedure than an open tender. Which ground allows which procedure the policy pack of the day says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::procedure::ground::Ground")]
pub enum ProcedureGround {
    /// What is needed is special, and only a few suppliers have it.
    FewSuppliers,
    /// An open tender would cost too much beside what is bought.
    CostOutOfProportion,
    /// A tender found no bid, none that conformed, or could not be repeated.
    NoBidsOrFailed,
    /// Too complex or special to be specified beforehand.
    Complex,
    /// A tender would take longer than an urgent need can wait.
    Urgent,
    /// The total can't be calculated beforehand.
    PriceUnknowable,
    /// Services that government buys for the public.
    PublicServices,
    /// Research without enough competition, or results that need support.
    Research,
    /// Works that need not be tendered.
    SmallWorks,
    /// Goods of uniform standard, in ample supply, with small swings in price.
    UniformGoods,
    /// Only one supplier has it.
    OnlySupplier,
    /// Something unforeseeable happened, and nobody else can supply.
    Unforeseeable,
    /// What was bought must be added to from the same supplier.
    Consistency,
    /// A natural disaster, an accident, an epidemic or another emergency.
    EmergencyEvent,
}

/// What somebody does to a tender, or to what hangs on it. The table of all procedures, states, commands and roles is
/// `docs/procedures.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::procedure::command::Command")]
pub enum TenderCommand {
    /// Write the draft.
    Write,
    /// Hand the draft in for approval.
    Submit,
    /// Send a draft back with a reason.
    SendBack,
    /// Approve a draft that another person wrote.
    Approve,
    /// Announce prequalification or the intended single source.
    Announce,
    /// Apply to be invited.
    Apply,
    /// Judge who of the applicants qualifies.
    JudgeApplications,
    /// Object to the intended single source.
    Object,
    /// Answer an objection.
    AnswerObjection,
    /// Ask those drawn or named for bids.
    Invite,
    /// Publish the notice that asks for bids.
    Publish,
    /// Change what was published.
    Amend,
    /// Ask a question.
    Ask,
    /// Answer a question to everybody.
    Answer,
    /// Hand in a sealed bid, or replace one.
    SubmitBid,
    /// Take a bid back.
    WithdrawBid,
    /// Say that a bid stands although the documents have changed.
    ConfirmBid,
    /// Open the bids with the holders' shares.
    OpenBids,
    /// Open one's own bid, when the holders can't.
    RevealBid,
    /// Judge whether bidders qualify.
    Qualify,
    /// Appoint the panel.
    AppointPanel,
    /// Declare that there is no conflict of interest.
    DeclareConflict,
    /// Keep the minutes of a talk with one supplier.
    Negotiate,
    /// Ask every supplier that was negotiated with for its final offer.
    RequestFinalOffers,
    /// Put the final offers before the panel.
    BeginScoring,
    /// Save or hand in one's scores.
    Score,
    /// Sign the report.
    SignReport,
    /// Confirm the award.
    ConfirmAward,
    /// Publish the award.
    PublishAward,
    /// Draw the contract up.
    MakeContract,
    /// Sign the contract.
    SignContract,
    /// Stop everything for a while.
    Suspend,
    /// Go on after a stop.
    Resume,
    /// Call it off.
    Cancel,
    /// End it for want of competition.
    Fail,
    /// Begin again after a failure.
    BeginAgain,
}

/// A reason in words, with the article that it rests on.
#[derive(Clone, Debug, SimpleObject)]
pub struct Said {
    /// In words.
    pub text: LocalText,
    /// Rule and article; empty where there is none.
    pub source: String,
}

/// What can be done to a tender.
#[derive(Clone, Debug, SimpleObject)]
pub struct PossibleCommand {
    /// What.
    pub command: TenderCommand,
    /// In words, with the article that it rests on by the law of the notice; before the notice no law is known.
    pub said: Said,
}

impl PossibleCommand {
    /// A command in words, with the article of the law of a notice; before the notice no law is known.
    pub fn under(command: command::Command, rules: Option<&Rules>) -> Self {
        let source = rules.map_or("", |rules| command.source(rules)).to_owned();
        Self { command: command.into(), said: Said { text: words(&command.text_key(), &Facts::new()), source } }
    }
}

fn words(key: &str, facts: &Facts) -> LocalText {
    let say = |language| text::say_with(language, key, facts);
    language::LocalText::new(say(Language::Chinese), say(Language::English)).into()
}

/// Which procedure an officer has chosen, and why.
pub struct ProcedureChoice(pub choice::ProcedureChoice);

/// Which procedure an officer has chosen, and why.
#[Object]
impl ProcedureChoice {
    /// Which.
    async fn procedure(&self) -> Procedure {
        self.0.procedure.into()
    }

    /// Whether bidders and prices are read out to everybody at the opening; otherwise nobody but the buyer and the panel learns
    /// a price before the award.
    async fn is_read_out(&self) -> bool {
        self.0.procedure.course().is_read_out
    }

    /// On which ground; null for an open tender.
    async fn ground(&self) -> Option<ProcedureGround> {
        self.0.ground.map(Into::into)
    }

    /// The ground in words; null for an open tender.
    async fn ground_words(&self) -> Option<LocalText> {
        self.0.ground.map(|ground| words(&ground.text_key(), &Facts::new()))
    }

    /// The facts that show the ground to hold.
    async fn reason(&self) -> LocalText {
        self.0.reason.clone().into()
    }

    /// The number under which the finance authority approved it; empty where none is needed.
    async fn approval_number(&self) -> &str {
        &self.0.approval_number
    }

    /// Until when suppliers apply or object, where something is announced beforehand.
    async fn announced_until(&self) -> Option<DateTime<Utc>> {
        self.0.announced_until
    }

    /// The one supplier of a single source.
    async fn sole_supplier(&self, graphql: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.sole_supplier {
            Some(supplier) => crate::loader::organization(graphql, supplier).await,
            None => Ok(None),
        }
    }

    /// How many of those who qualify are drawn and asked for bids.
    async fn invite_count(&self) -> u32 {
        self.0.invite_count
    }
}

/// Which procedure, and why.
#[derive(Clone, Debug, InputObject)]
pub struct ProcedureChoiceInput {
    /// Which.
    pub procedure: Procedure,
    /// On which ground; none for an open tender.
    pub ground: Option<ProcedureGround>,
    /// The facts that show the ground to hold, at most 4,000 characters; everybody reads them.
    pub reason: Option<LocalTextInput>,
    /// The number under which the finance authority approved it, where the budget reaches the threshold of open tenders.
    #[graphql(default)]
    pub approval_number: String,
    /// Until when suppliers apply or object, where something is announced beforehand.
    pub announced_until: Option<DateTime<Utc>>,
    /// The one supplier of a single source.
    pub sole_supplier_id: Option<ID>,
    /// How many of those who qualify are drawn and asked for bids, at most 50.
    #[graphql(default)]
    pub invite_count: u32,
}

impl ProcedureChoiceInput {
    /// The choice in the house's words.
    ///
    /// # Errors
    /// `MALFORMED` for an id.
    pub fn read(self) -> Result<choice::ProcedureChoice, Error> {
        let supplier = self.sole_supplier_id;
        let supplier = supplier.map(|id| ident::of_kind(&id, OrganizationId::KIND, "content.choice.soleSupplier")).transpose()?;
        Ok(choice::ProcedureChoice {
            procedure: self.procedure.into(),
            ground: self.ground.map(Into::into),
            reason: self.reason.map(Into::into).unwrap_or_default(),
            approval_number: self.approval_number,
            announced_until: self.announced_until,
            sole_supplier: supplier,
            invite_count: self.invite_count,
        })
    }
}

/// The answer to a check of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::oversight::policy_pack::check::Verdict")]
pub enum Verdict {
    /// The rule is kept.
    Compliant,
    /// The rule is broken.
    Violation,
    /// A fact is missing: never guessed.
    Uncertain,
    /// The rule does not hold on the day or for the thing.
    NotApplicable,
    /// What was given makes no sense.
    InvalidInput,
}

/// What the law of the day says about one procedure for what is bought.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProcedureAdvice {
    /// Which procedure.
    pub procedure: Procedure,
    /// Compliant: it may be taken. Uncertain: it may on one of the grounds that the reasons name. Violation: the ground that
    /// was claimed does not allow it. Not applicable: the law of the day does not have it.
    pub verdict: Verdict,
    /// The grounds that allow it.
    pub grounds: Vec<ProcedureGround>,
    /// Why.
    pub reasons: Vec<Said>,
}

impl ProcedureAdvice {
    /// An advice in words, with the grounds that the law of the day has for it.
    pub fn new(advice: choice::Advice, grounds: Vec<ProcedureGround>) -> Self {
        let said = |reason: choice::Reason| Said { text: words(&reason.text_key, &reason.facts), source: reason.source };
        let verdict: check::Verdict = advice.verdict;
        Self {
            procedure: advice.procedure.into(),
            verdict: verdict.into(),
            grounds,
            reasons: advice.reasons.into_iter().map(said).collect(),
        }
    }
}
