//! One member's score sheet: every bid by every criterion, alone and under the member's own name.

use super::contender::Contender;
use super::preference::DomesticTerms;
use super::qualification::REASON_MOST_CHARS;
use super::tender_content::{CriterionKind, EvaluationMethod, RequirementKind, TenderContent};
use crate::ident::{BidId, UserId};
use crate::oversight::policy_pack::Rules;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How winners are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Comprehensive scoring (综合评分法).
    Comprehensive,
    /// Lowest evaluated price (最低评标价法).
    LowestPrice,
}

/// A criterion that members score; price isn't one of them, it is computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredCriterion {
    /// Its key in the tender.
    pub key: String,
    /// Whether its points are technical ones, which break ties (财政部令第87号第五十七条).
    pub is_technical: bool,
    /// The most points, in hundredths: its weight. The fewest are none; the anchors on its scale guide in between.
    pub most_hundredths: i64,
}

/// What is scored, frozen with the tender's documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// How winners are found.
    pub method: Method,
    /// The points that price can bring.
    pub price_weight_points: i64,
    /// The price deduction of micro and small enterprises, in percent.
    pub deduction_percent: i64,
    /// By which terms products made at home are preferred, if they are.
    #[serde(default)]
    pub domestic: Option<DomesticTerms>,
    /// What members score; empty by the lowest price.
    pub criteria: Vec<ScoredCriterion>,
    /// The places of the essential requirements among the tender's requirements: not met is out.
    pub essential: Vec<u32>,
}

impl From<&TenderContent> for Scheme {
    fn from(content: &TenderContent) -> Self {
        let method = match content.method {
            EvaluationMethod::Comprehensive => Method::Comprehensive,
            EvaluationMethod::LowestPrice => Method::LowestPrice,
        };
        let is_scored = |kind: CriterionKind| method == Method::Comprehensive && kind != CriterionKind::Price;
        let criteria = content.criteria.iter().filter(|criterion| is_scored(criterion.kind));
        let criteria = criteria.map(|criterion| ScoredCriterion {
            key: criterion.key.clone(),
            is_technical: criterion.kind == CriterionKind::Technical,
            most_hundredths: i64::from(criterion.weight_points) * 100,
        });
        let essential = (0_u32..).zip(&content.requirements);
        let essential = essential.filter(|(_, requirement)| requirement.kind == RequirementKind::Essential);
        Self {
            method,
            price_weight_points: i64::from(content.price_weight()),
            deduction_percent: if content.leaves_small_enterprise_preference() { content.small_enterprise_deduction_percent } else { 0 },
            domestic: None,
            criteria: criteria.collect(),
            essential: essential.map(|(place, _)| place).collect(),
        }
    }
}

impl Scheme {
    /// The scheme of a tender under the law of its notice.
    pub fn under(content: &TenderContent, rules: &Rules) -> Self {
        Self { domestic: DomesticTerms::of(content, rules), ..Self::from(content) }
    }

    /// What is taken off a bid's price for evaluation, in percent.
    pub const fn deduction_of(&self, contender: &Contender) -> i64 {
        if contender.size.is_micro_or_small() { self.deduction_percent } else { contender.joint_deduction_percent }
    }

    /// The criterion with this key.
    pub fn criterion(&self, key: &str) -> Option<&ScoredCriterion> {
        self.criteria.iter().find(|criterion| criterion.key == key)
    }
}

/// A member's points for a bid by a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Which bid.
    pub bid_id: BidId,
    /// Which criterion.
    pub criterion: String,
    /// The points, in hundredths.
    pub hundredths: i64,
}

/// A member's judgement whether a bid meets an essential requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Which bid.
    pub bid_id: BidId,
    /// The requirement's place among the tender's.
    pub requirement: u32,
    /// Whether it is met.
    pub is_met: bool,
    /// Why not; required where it is not met.
    pub reason: String,
}

/// A member's note on an abnormally low price: what the bidder explained, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceNote {
    /// Which bid.
    pub bid_id: BidId,
    /// The note.
    pub text: String,
}

/// What a member writes down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The points.
    pub scores: Vec<Score>,
    /// The essential requirements.
    pub judgements: Vec<Judgement>,
    /// The notes on low prices.
    pub notes: Vec<PriceNote>,
}

/// A member's sheet. Nobody but the member reads it until all are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreSheet {
    /// Whose.
    pub member: UserId,
    /// What is written on it.
    pub marks: Marks,
    /// When it was handed in; a draft until then.
    pub submitted_at: Option<DateTime<Utc>>,
}

impl ScoreSheet {
    /// An empty sheet.
    pub fn blank(member: UserId) -> Self {
        Self { member, marks: Marks::default(), submitted_at: None }
    }

    /// Writes the draft anew. It may be incomplete; what it says must be possible.
    ///
    /// # Errors
    /// `SCORES_SUBMITTED`; for a mark `NOT_FOUND`, `LINE_TWICE`, `OUT_OF_RANGE`, `TOO_LONG`, `HIDDEN_CHARACTERS`.
    pub fn save(self, marks: Marks, scheme: &Scheme, contenders: &[Contender]) -> Result<Self, Refusals> {
        if self.submitted_at.is_some() {
            return Err(Refusal::new(Code::ScoresSubmitted).into());
        }
        let mut refusals = Refusals::default();
        let is_bid = |bid_id: BidId| contenders.iter().any(|contender| contender.bid_id == bid_id);
        check_scores(&mut refusals, &marks.scores, scheme, is_bid);
        let mut marks = marks;
        for (index, judgement) in marks.judgements.iter_mut().enumerate() {
            let path = format!("judgements.{index}");
            if !is_bid(judgement.bid_id) || !scheme.essential.contains(&judgement.requirement) {
                refusals.push(Refusal::at(Code::NotFound, &path));
            }
            let checked = check_text(&judgement.reason, false, REASON_MOST_CHARS);
            judgement.reason = refusals.take(&format!("{path}.reason"), checked).unwrap_or_default();
        }
        for (index, note) in marks.notes.iter_mut().enumerate() {
            let path = format!("notes.{index}");
            if !is_bid(note.bid_id) {
                refusals.push(Refusal::at(Code::NotFound, &path));
            }
            let checked = check_text(&note.text, false, REASON_MOST_CHARS);
            note.text = refusals.take(&format!("{path}.text"), checked).unwrap_or_default();
        }
        let judged: Vec<_> = marks.judgements.iter().map(|judgement| (judgement.bid_id, judgement.requirement)).collect();
        check_once(&mut refusals, "judgements", &judged);
        refusals.into_result()?;
        Ok(Self { marks, ..self })
    }

    /// Hands the sheet in: every bid by every criterion and essential requirement, and a note for every price that was
    /// `flagged` as abnormally low.
    ///
    /// # Errors
    /// `SCORES_SUBMITTED`; `SCORES_INCOMPLETE` with the number that is missing; `REQUIRED` at a reason or a note.
    pub fn submit(
        self,
        scheme: &Scheme,
        contenders: &[Contender],
        flagged: &[BidId],
        now: DateTime<Utc>,
    ) -> Result<Self, Refusals> {
        if self.submitted_at.is_some() {
            return Err(Refusal::new(Code::ScoresSubmitted).into());
        }
        let mut refusals = Refusals::default();
        let scores = contenders.len() * scheme.criteria.len();
        let judgements = contenders.len() * scheme.essential.len();
        let missing = (scores + judgements).saturating_sub(self.marks.scores.len() + self.marks.judgements.len());
        if missing > 0 {
            refusals.push(Refusal::new(Code::ScoresIncomplete).with("missing", missing));
        }
        for (index, judgement) in self.marks.judgements.iter().enumerate() {
            if !judgement.is_met && judgement.reason.is_empty() {
                refusals.push(Refusal::at(Code::Required, &format!("judgements.{index}.reason")));
            }
        }
        for bid_id in flagged {
            if !self.marks.notes.iter().any(|note| note.bid_id == *bid_id && !note.text.is_empty()) {
                let place = contenders.iter().position(|contender| contender.bid_id == *bid_id).unwrap_or(0);
                refusals.push(Refusal::at(Code::LowPriceUnexplained, &format!("notes.{place}.text")));
            }
        }
        refusals.into_result()?;
        Ok(Self { submitted_at: Some(now), ..self })
    }

    /// The points for a bid by a criterion, in hundredths.
    pub fn score(&self, bid_id: BidId, criterion: &str) -> Option<i64> {
        let scores = &self.marks.scores;
        scores.iter().find(|score| score.bid_id == bid_id && score.criterion == criterion).map(|score| score.hundredths)
    }

    /// The judgement of a bid by an essential requirement.
    pub fn judgement(&self, bid_id: BidId, requirement: u32) -> Option<&Judgement> {
        self.marks.judgements.iter().find(|judgement| judgement.bid_id == bid_id && judgement.requirement == requirement)
    }

    /// The note on a bid's price.
    pub fn note(&self, bid_id: BidId) -> Option<&str> {
        self.marks.notes.iter().find(|note| note.bid_id == bid_id).map(|note| note.text.as_str())
    }
}

fn check_scores(refusals: &mut Refusals, scores: &[Score], scheme: &Scheme, is_bid: impl Fn(BidId) -> bool) {
    for (index, score) in scores.iter().enumerate() {
        let path = format!("scores.{index}");
        match scheme.criterion(&score.criterion).filter(|_| is_bid(score.bid_id)) {
            None => refusals.push(Refusal::at(Code::NotFound, &path)),
            Some(criterion) => {
                let most = criterion.most_hundredths;
                if !(0..=most).contains(&score.hundredths) {
                    let refusal = Refusal::at(Code::OutOfRange, &format!("{path}.points"));
                    refusals.push(refusal.with("least", points(0)).with("most", points(most)));
                }
            }
        }
    }
    let given: Vec<_> = scores.iter().map(|score| (score.bid_id, score.criterion.as_str())).collect();
    check_once(refusals, "scores", &given);
}

fn check_once<K: PartialEq>(refusals: &mut Refusals, path: &str, keys: &[K]) {
    for (index, key) in keys.iter().enumerate() {
        if keys[..index].contains(key) {
            refusals.push(Refusal::at(Code::LineTwice, &format!("{path}.{index}")));
        }
    }
}

/// Hundredths as people write points: `28.50`.
pub fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let absolute = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", absolute / 100, absolute % 100)
}

/// Reads points as people write them, with at most two decimals.
///
/// # Errors
/// `REQUIRED`, `MALFORMED`.
pub fn parse_points(text: &str) -> Result<i64, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal { path: Vec::new(), ..Refusal::new(Code::Required) });
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_good = !whole.is_empty() && whole.len() <= 6 && fraction.len() <= 2 && is_digits(whole) && is_digits(fraction);
    let hundredths = is_good.then(|| format!("{whole}{fraction:0<2}").parse().ok()).flatten();
    hundredths.ok_or_else(|| Refusal::new(Code::Malformed).with("expected", "12.50"))
}
