//! The step of the editor in which an officer chooses the procedure: what the law of the day says about each, on which
//! ground, with which approval, and what is announced beforehand.

use super::draft_content::{LocalTextInput, Nature, TenderContentInput};
use super::draft_form::{both_long, moment};
use super::draft_reading::Reading;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::tendering::procedure as law;

mirror! {
    /// By which procedure.
    pub(super) enum Procedure as "Procedure" of law::Procedure {
        OpenTender, InvitedTender, CompetitiveNegotiation, CompetitiveConsultation, Inquiry, SingleSource, Emergency,
    }
}
mirror! {
    /// On which ground.
    pub(super) enum Ground as "ProcedureGround" of law::ground::Ground {
        FewSuppliers, CostOutOfProportion, NoBidsOrFailed, Complex, Urgent, PriceUnknowable, PublicServices, Research, SmallWorks,
        UniformGoods, OnlySupplier, Unforeseeable, Consistency, EmergencyEvent,
    }
}

/// What a form posts for one of the domain's words: as the key of its text ends.
fn posted_as(word: &str) -> String {
    word.replace('_', "-")
}

impl Procedure {
    /// The posted value.
    pub(super) fn value(self) -> String {
        posted_as(self.law().as_str())
    }

    /// What was posted.
    pub(super) fn posted(value: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.value() == value)
    }

    /// Its name.
    pub(super) fn words(self) -> String {
        say(&self.law().text_key())
    }
}

impl Ground {
    fn value(self) -> String {
        posted_as(self.law().as_str())
    }

    fn posted(value: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.value() == value)
    }

    fn words(self) -> String {
        say(&self.law().text_key())
    }
}

/// The choice as the contract takes it.
#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct ProcedureChoiceInput {
    pub(super) procedure: Procedure,
    pub(super) ground: Option<Ground>,
    pub(super) reason: Option<LocalTextInput>,
    pub(super) approval_number: String,
    pub(super) announced_until: Option<DateTime<Utc>>,
    pub(super) sole_supplier_id: Option<cynic::Id>,
    pub(super) invite_count: i32,
}

impl ProcedureChoiceInput {
    /// An open tender, with which a draft begins.
    pub(super) const fn open_tender() -> Self {
        Self {
            procedure: Procedure::OpenTender,
            ground: None,
            reason: None,
            approval_number: String::new(),
            announced_until: None,
            sole_supplier_id: None,
            invite_count: 3,
        }
    }
}

/// The choice as the contract tells it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ProcedureChoice {
    procedure: Procedure,
    ground: Option<Ground>,
    reason: Words,
    approval_number: String,
    announced_until: Option<DateTime<Utc>>,
    sole_supplier: Option<Organization>,
    invite_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Organization {
    id: cynic::Id,
    name: Words,
    credit_code: String,
}

impl From<ProcedureChoice> for ProcedureChoiceInput {
    fn from(choice: ProcedureChoice) -> Self {
        Self {
            procedure: choice.procedure,
            ground: choice.ground,
            reason: Some(choice.reason.into()),
            approval_number: choice.approval_number,
            announced_until: choice.announced_until,
            sole_supplier_id: choice.sole_supplier.map(|supplier| supplier.id),
            invite_count: choice.invite_count,
        }
    }
}

impl ProcedureChoice {
    /// The supplier that is named, to be shown beside its code.
    pub(super) fn supplier(&self) -> Option<Organization> {
        self.sole_supplier.clone()
    }
}

#[derive(cynic::InputObject, Debug)]
struct MoneyInput {
    amount_minor: i64,
    currency: String,
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    nature: Nature,
    budget: MoneyInput,
    ground: Option<Ground>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct AdvicePage {
    #[arguments(nature: $nature, budget: $budget, ground: $ground)]
    procedure_advice: Vec<ProcedureAdvice>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Compliant,
    Violation,
    Uncertain,
    NotApplicable,
    InvalidInput,
}

/// What the law of the day says about one procedure.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct ProcedureAdvice {
    procedure: Procedure,
    verdict: Verdict,
    grounds: Vec<Ground>,
    reasons: Vec<Said>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Said {
    text: Words,
    source: String,
}

/// What the law of the day says about every procedure for this draft.
pub(super) async fn advice(visit: &Visit, content: &TenderContentInput) -> Result<Vec<ProcedureAdvice>, PageError> {
    // A draft of which nobody has said yet what it costs is advised as the smallest.
    let budget = MoneyInput { amount_minor: content.budget.amount_minor.max(1), currency: content.budget.currency.clone() };
    let ground = content.choice.as_ref().and_then(|choice| choice.ground);
    let asked = visit.ask(AdvicePage::build(Which { nature: content.nature, budget, ground })).await?;
    Ok(asked.procedure_advice)
}

#[derive(cynic::QueryVariables, Debug)]
struct WhichCode {
    credit_code: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "WhichCode")]
struct SupplierOfCode {
    #[arguments(creditCode: $credit_code)]
    supplier: Option<Organization>,
}

/// The step's form.
pub(super) fn form(content: &TenderContentInput, advice: &[ProcedureAdvice], supplier: Option<Organization>) -> AnyView {
    let choice = content.choice.clone().unwrap_or_else(ProcedureChoiceInput::open_tender);
    let visit = visit();
    let picks = advice.iter().map(|one| {
        let label = format!("{} · {}", one.procedure.words(), verdict_words(one.verdict));
        Pick::new(one.procedure.value(), label).help(say(&format!("procedure-{}-what", one.procedure.value())))
    });
    let grounds: Vec<Ground> = Ground::ALL.iter().copied().filter(|ground| advice.iter().any(|one| one.grounds.contains(ground))).collect();
    let grounds = grounds.into_iter().map(|ground| Pick::new(ground.value(), ground_label(ground, advice))).collect();
    let named = supplier.as_ref().map(|supplier| visit.local(&supplier.name).to_owned());
    let code = supplier.map(|supplier| supplier.credit_code).unwrap_or_default();
    let reason = choice.reason.clone().unwrap_or_default();
    let ground = choice.ground.map(Ground::value).unwrap_or_default();
    view! {
        <Choices name="choice.procedure" label=say("choice-procedure") help=say("choice-procedure-help") picks=picks.collect() values=vec![choice.procedure.value()]/>
        {reasons(advice)}
        <Select name="choice.ground" label=say("choice-ground") help=say("choice-ground-help") picks=grounds value=ground optional=true/>
        {both_long("choice.reason", "choice-reason", &reason)}
        <Field name="choice.approvalNumber" label=say("choice-approval") rule=say("choice-approval-rule") value=choice.approval_number optional=true/>
        {moment("choice.announcedUntil", choice.announced_until, (say("choice-announced-until"), say("choice-announced-until-rule")), true)}
        <Field name="choice.inviteCount" label=say("choice-invite-count") rule=say("choice-invite-count-rule") kind="number" inputmode="numeric" width="narrow" value=choice.invite_count.to_string()/>
        <Field name="choice.soleSupplier" label=say("choice-sole-supplier") help=named.unwrap_or_else(|| say("choice-sole-supplier-help")) value=code width="short" optional=true/>
    }
    .into_any()
}

fn verdict_words(verdict: Verdict) -> String {
    let key = match verdict {
        Verdict::Compliant => "choice-verdict-compliant",
        Verdict::Uncertain => "choice-verdict-uncertain",
        Verdict::Violation | Verdict::InvalidInput => "choice-verdict-violation",
        Verdict::NotApplicable => "choice-verdict-not-applicable",
    };
    say(key)
}

/// A ground with the procedures that it allows.
fn ground_label(ground: Ground, advice: &[ProcedureAdvice]) -> String {
    let allowed = advice.iter().filter(|one| one.grounds.contains(&ground));
    let allowed: Vec<String> = allowed.map(|one| one.procedure.words()).collect();
    let between = say("choice-between");
    say_with("choice-ground-for", facts([("ground", ground.words().into()), ("procedures", allowed.join(&between).into())]))
}

/// Why each procedure may or may not be taken, with the articles: folded, since it is long.
fn reasons(advice: &[ProcedureAdvice]) -> AnyView {
    let visit = visit();
    let rows = advice.iter().map(|one| {
        let state = match one.verdict {
            Verdict::Compliant => State::Good,
            Verdict::Uncertain => State::Waiting,
            _ => State::Closed,
        };
        let why = one.reasons.iter().map(|said| {
            let source = (!said.source.is_empty()).then(|| view! { " " <small>{domain::oversight::policy_pack::source::in_language(visit.language(), &said.source)}</small> });
            view! { <li>{visit.local(&said.text).to_owned()} {source}</li> }
        });
        let (name, verdict) = (one.procedure.words(), verdict_words(one.verdict));
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td><Tag state label=verdict/></td>
                <td><ul>{why.collect_view()}</ul></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["choice-procedure", "choice-verdict", "choice-why"].map(|key| Column::new(say(key))).into();
    view! {
        <details>
            <summary>{say("choice-advice")}</summary>
            <Table caption=say("choice-advice") columns>{rows}</Table>
        </details>
    }
    .into_any()
}

/// Reads the step; the supplier's code is looked up.
pub(super) async fn read(visit: &Visit, reading: &mut Reading<'_>, content: &mut TenderContentInput) -> Result<(), PageError> {
    let text = |name: &str| visit.posted(name).unwrap_or_default().trim().to_owned();
    let code = text("choice.soleSupplier");
    let supplier = if code.is_empty() {
        None
    } else {
        let found = visit.ask(SupplierOfCode::build(WhichCode { credit_code: code })).await?.supplier;
        if found.is_none() {
            reading.refuse("choice.soleSupplier", "choice-sole-supplier-unknown");
        }
        found.map(|supplier| supplier.id)
    };
    let mut choice = ProcedureChoiceInput::open_tender();
    choice.procedure = Procedure::posted(&text("choice.procedure")).unwrap_or(Procedure::OpenTender);
    choice.ground = Ground::posted(&text("choice.ground"));
    choice.reason = Some(LocalTextInput { zh: text("choice.reason.zh"), en: text("choice.reason.en") });
    choice.approval_number = text("choice.approvalNumber");
    choice.announced_until = reading.moment("choice.announcedUntil");
    choice.invite_count = reading.number("choice.inviteCount");
    choice.sole_supplier_id = supplier;
    content.choice = Some(choice);
    Ok(())
}
