//! A judgement of papers as it stands in a form: a row for every paper of every bidder or applicant, in the order of the
//! input.

use super::paper_file::PaperFile;
use super::members;
use super::qualification::{DeclaredPaper, EvaluatedBid, Evaluation, OpenedBid, RequiredPaper};
use crate::prelude::*;
use domain::refusal::check_text;
use domain::tendering::qualification::REASON_MOST_CHARS;

/// What can be found about a paper, as it is posted.
const GOOD: &str = "good";
const MISSING: &str = "missing";
const INSUFFICIENT: &str = "insufficient";

/// The form's rows, a frame for each bidder.
pub(super) fn fields(evaluation: &Evaluation, opened: &[OpenedBid]) -> impl IntoView + use<> {
    let papers = &evaluation.papers;
    let bidders = evaluation.bids.iter().enumerate().map(|(place, bid)| {
        let content = opened.iter().find(|one| one.id == bid.bid_id);
        let rows = papers.iter().enumerate().map(|(number, paper)| {
            let index = place * papers.len() + number;
            if !bid.consortium.is_empty() {
                return row(index, &bid.bid_id, paper, (say("qualification-joint-note"), Some(of_members(bid, content, &paper.key)))).into_any();
            }
            let declared = content.and_then(|bid| bid.papers.iter().find(|one| one.key == paper.key));
            let file = declared.and_then(|one| one.file.as_ref()).map(PaperFile::link);
            row(index, &bid.bid_id, paper, (note(declared.map(|one| one.note.trim())), file)).into_any()
        });
        let rows = rows.collect_view();
        let security = bid.security.map(|standing| view! { <p>{say("qualification-security")} " " {standing.tag()}</p> });
        view! { <fieldset class="draft-row judged"><legend>{bid.name()}</legend>{joint(bid)}{security}{rows}</fieldset> }
    });
    bidders.collect_view()
}

/// Who bids by a bid, and what is left to others; for a consortium, how its members are judged.
fn joint(bid: &EvaluatedBid) -> impl IntoView + use<> {
    let rule = (!bid.consortium.is_empty()).then(|| view! { <p class="rule">{say("qualification-joint-rule")}</p> });
    view! { {members::table(&bid.consortium, &bid.name())} {rule} {members::subcontracts(&bid.subcontracts)} }
}

/// What each member of a consortium says of a paper, with its file.
fn of_members(bid: &EvaluatedBid, content: Option<&OpenedBid>, key: &str) -> AnyView {
    let lines = bid.consortium.iter().map(|member| {
        // What names no member is the lead's, who hands in.
        let id = member.organization.as_ref().map(|one| &one.id);
        let is_own = |paper: &&DeclaredPaper| paper.key == key && paper.member_id.as_ref().map_or(member.is_lead, |of| Some(of) == id);
        let declared = content.and_then(|bid| bid.papers.iter().find(is_own));
        let file = declared.and_then(|one| one.file.as_ref()).map(PaperFile::link);
        view! { <li><strong>{member.name()}</strong>": "{note(declared.map(|one| one.note.trim()))}" "{file}</li> }
    });
    let lines = lines.collect_view();
    view! { <ul class="plain">{lines}</ul> }.into_any()
}

/// What was said of a paper.
pub(super) fn note(said: Option<&str>) -> String {
    match said {
        None => say("qualification-note-none"),
        Some("") => say("qualification-note-bare"),
        Some(note) => say_with("qualification-note", facts([("note", note.to_owned().into())])),
    }
}

/// The row of one paper: what was said of it, the way to its file, and what is found. `of` is whose paper it is.
pub(super) fn row(
    index: usize,
    of: &cynic::Id,
    paper: &RequiredPaper,
    (note, file): (String, Option<AnyView>),
) -> impl IntoView + use<> {
    let name = |field: &str| format!("findings.{index}.{field}");
    let file = file.map(|file| view! { <p>{file}</p> });
    let picks = [GOOD, MISSING, INSUFFICIENT].map(|found| Pick::new(found, say(&format!("qualification-{found}"))));
    view! {
        <div class="judged-row">
            <input type="hidden" name=name("of") value=of.inner().to_owned()/>
            <input type="hidden" name=name("paper") value=paper.key.clone()/>
            <div>
                <Choices name=name("verdict") label=visit().local(&paper.name).to_owned() help=note rule=paper.source.clone() picks=picks.into()/>
                {file}
            </div>
            <TextArea name=name("reason") label=say("qualification-reason") rows=2 optional=true/>
        </div>
    }
}

/// What was posted about one paper of one bidder or applicant.
pub(super) struct Judged {
    pub(super) of: String,
    pub(super) paper: String,
    verdict: String,
    pub(super) is_met: bool,
    pub(super) reason: String,
}

/// The posted judgement.
pub(super) struct Reading {
    pub(super) judged: Vec<Judged>,
}

impl Reading {
    /// Reads what was posted. A paper that is simply missing needs no other words than that.
    pub(super) fn of(visit: &Visit) -> Self {
        let posted = |index: usize, field: &str| visit.posted(&format!("findings.{index}.{field}")).unwrap_or_default().to_owned();
        let rows = (0..).map_while(|index| visit.posted(&format!("findings.{index}.of")).map(|of| (index, of)));
        let judged = rows.map(|(index, of)| {
            let (verdict, mut reason) = (posted(index, "verdict"), posted(index, "reason"));
            if verdict == MISSING && reason.is_empty() {
                reason = visit.say("qualification-missing-reason");
            }
            Judged { of: of.to_owned(), paper: posted(index, "paper"), is_met: verdict == GOOD, verdict, reason }
        });
        Self { judged: judged.collect() }
    }

    /// What is to be mended before it can be looked at.
    pub(super) fn errors(&self, visit: &Visit) -> Vec<FormError> {
        let errors = self.judged.iter().enumerate().filter_map(|(index, judged)| {
            if ![GOOD, MISSING, INSUFFICIENT].contains(&judged.verdict.as_str()) {
                return Some(FormError::at(format!("findings.{index}.verdict"), visit.say("qualification-choose")));
            }
            let refusal = check_text(&judged.reason, !judged.is_met, REASON_MOST_CHARS).err()?;
            let message = domain::text::refusal(visit.language(), &refusal);
            Some(FormError::at(format!("findings.{index}.reason"), message))
        });
        errors.collect()
    }

    /// The papers of a bidder or applicant that are not met.
    pub(super) fn refused(&self, of: &cynic::Id) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(move |judged| judged.of == of.inner() && !judged.is_met)
    }

    /// All of it as hidden fields, to be posted once more.
    pub(super) fn hidden(&self) -> impl IntoView + use<> {
        let fields = self.judged.iter().enumerate().flat_map(|(index, judged)| {
            [("of", &judged.of), ("paper", &judged.paper), ("verdict", &judged.verdict), ("reason", &judged.reason)]
                .map(|(field, value)| (format!("findings.{index}.{field}"), value.clone()))
        });
        fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    }
}
