//! Changing a published tender: the form, then what the law does with the change, then the change itself.

use super::changes::{Line, changes_table};
use super::draft::at_field;
use super::draft_content::{LocalTextInput, Tender, TenderContentInput};
use super::draft_form;
use super::draft_reading::Reading;
use super::tenders::TenderStateName;
use crate::pages::oversight::file::{by_ids, keep};
use crate::prelude::*;
use crate::schema::StoredFile;
use chrono::{DateTime, Utc};

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct AmendPage {
    #[arguments(id: $id)]
    tender: Option<Tender>,
    #[cynic(rename = "tender", alias)]
    #[arguments(id: $id)]
    beside: Option<Beside>,
    viewer: Option<Viewer>,
}

/// What stands beside the content.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Tender")]
struct Beside {
    buyer_id: cynic::Id,
    clarifications: Vec<Clarification>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Clarification {
    question: String,
    answer: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Organization,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    id: cynic::Id,
}

/// The notice as it stands, for its own buyer's officers.
struct Amending {
    version: i32,
    content: TenderContentInput,
    documents: Vec<StoredFile>,
    questions: Vec<Clarification>,
    /// Whether suppliers are negotiated with: their deadline is past, and each of them is told.
    is_negotiated: bool,
}

/// Whether the notice, or what is negotiated about, can be changed in a state.
pub(super) const fn can_change(state: TenderStateName) -> bool {
    matches!(state, TenderStateName::Published | TenderStateName::Negotiating)
}

async fn load(visit: &Visit, id: &str) -> Result<Amending, PageError> {
    visit.signed_in()?;
    let asked = visit.ask(AmendPage::build(Which { id: id.into() })).await?;
    let (tender, beside) = (asked.tender.ok_or(PageError::NotFound)?, asked.beside.ok_or(PageError::NotFound)?);
    let is_own = asked.viewer.is_some_and(|viewer| viewer.organization.id == beside.buyer_id);
    if !is_own || !visit.has_role(domain::identity::role::Role::Officer) {
        return Err(PageError::Forbidden);
    }
    if !can_change(tender.state) {
        return Err(PageError::NotFound);
    }
    let is_negotiated = tender.state == TenderStateName::Negotiating;
    let (version, mut documents) = (tender.version, tender.documents.clone());
    let posted = posted_documents(visit);
    if !posted.is_empty() {
        let new: Vec<_> = posted.iter().filter(|id| !documents.iter().any(|file| file.id == **id)).cloned().collect();
        documents.extend(by_ids(visit, &new).await?);
        documents.retain(|file| posted.contains(&file.id));
    }
    Ok(Amending { version, content: tender.into(), documents, questions: beside.clarifications, is_negotiated })
}

/// The files that an earlier round of the form has carried here.
fn posted_documents(visit: &Visit) -> Vec<cynic::Id> {
    visit.posted_all("document").into_iter().map(cynic::Id::new).collect()
}

/// The form.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let Amending { version, content, documents, questions, is_negotiated } = load(visit, id).await?;
    let here = format!("/tenders/{id}");
    let title = Words { zh: content.title.zh.clone(), en: content.title.en.clone() };
    let title = visit.local(&title).to_owned();
    Page::titled(visit.say("amend-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(title.clone(), here).show(move || {
        view! {
            <h1>{say("amend-title")}</h1>
            <p class="quiet">{title}</p>
            <p class="lead">{say(if is_negotiated { "amend-negotiated-lead" } else { "amend-lead" })}</p>
            <Form files=true>
                <input type="hidden" name="version" value=version/>
                {carried(&documents)}
                <h2>{say("amend-why")}</h2>
                <TextArea name="reason.zh" label=say("amend-reason-zh") help=say("amend-reason-help") lang="zh-CN" rows=3/>
                <TextArea name="reason.en" label=say("amend-reason-en") lang="en" rows=3 optional=true/>
                {(!is_negotiated).then(|| view! {
                    <h2>{say("tender-deadline")}</h2>
                    {draft_form::deadline(&content, say("amend-deadline-rule"))}
                    {draft_form::questions_until(&content)}
                })}
                <h2>{say("tender-requirements")}</h2>
                {draft_form::requirements(&content)}
                <h2>{say("tender-documents")}</h2>
                {draft_form::documents(documents)}
                {questions_of(questions)}
                <Button label=say("amend-preview") kind=Kind::Primary name="do" value="preview"/>
            </Form>
        }
    })
}

/// Answers that change what the documents say are changes too, so they stand in sight.
fn questions_of(questions: Vec<Clarification>) -> Option<impl IntoView> {
    (!questions.is_empty()).then(|| {
        let lines = questions.into_iter().map(|one| {
            let answer = one.answer.unwrap_or_else(|| say("tender-question-waiting"));
            view! { <li><strong>{one.question}</strong><br/>{answer}</li> }
        });
        let lines = lines.collect_view();
        view! { <h2>{say("tender-questions")}</h2> <p class="help">{say("amend-questions-help")}</p> <ul>{lines}</ul> }
    })
}

fn carried(documents: &[StoredFile]) -> impl IntoView + use<> {
    documents.iter().map(|file| view! { <input type="hidden" name="document" value=file.id.inner().to_owned()/> }).collect_view()
}

#[derive(cynic::InputObject, Clone, Debug)]
struct PreviewAmendmentInput {
    tender_id: cynic::Id,
    content: TenderContentInput,
    reason: LocalTextInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct PreviewWhich {
    input: PreviewAmendmentInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "PreviewWhich")]
struct Preview {
    #[arguments(input: $input)]
    preview_amendment: PreviewAmendmentPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct PreviewAmendmentPayload {
    amendment: Option<Amendment>,
    moved_by: Option<DeadlineRule>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Amendment {
    document_version: i32,
    reason: Words,
    deadline_at: DateTime<Utc>,
    changes: Vec<Line>,
}

#[derive(cynic::QueryFragment, Debug)]
struct DeadlineRule {
    days: i32,
    source: String,
}

#[derive(cynic::InputObject, Debug)]
struct AmendTenderInput {
    tender_id: cynic::Id,
    version: i32,
    content: TenderContentInput,
    reason: LocalTextInput,
}

#[derive(cynic::QueryVariables, Debug)]
struct AmendWhich {
    input: AmendTenderInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "AmendWhich")]
struct Amend {
    #[arguments(input: $input)]
    amend_tender: TenderPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct TenderPayload {
    user_errors: Vec<UserError>,
}

/// Looks at the change, goes back to the form, or makes the change.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    let amending = load(visit, id).await?;
    let is_negotiated = amending.is_negotiated;
    let (mut content, mut documents) = (amending.content, amending.documents);
    let asked_for = content.deadline_at;
    let mut reading = Reading::new(visit);
    reading.requirements(&mut content);
    if !is_negotiated {
        content.deadline_at = reading.deadline().or(asked_for);
        content.questions_until = reading.moment("questionsUntil").or(content.questions_until);
    }
    let removed = visit.posted_all("removed");
    documents.retain(|file| !removed.contains(&file.id.inner()));
    content.document_ids = documents.iter().map(|file| file.id.clone()).collect();
    if let Some(errors) = reading.errors() {
        return Answer::again(errors);
    }
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let reason = LocalTextInput { zh: text("reason.zh"), en: text("reason.en") };
    let tender_id = cynic::Id::new(id);
    let refused = |errors: Vec<UserError>| Answer::again(errors.into_iter().map(|error| reading.placed(at_field(error))));
    match visit.posted("do") {
        Some("edit") => Answer::again(Vec::<FormError>::new()),
        Some("publish") => {
            let version = visit.posted("version").and_then(|version| version.parse().ok()).unwrap_or(amending.version);
            let input = AmendTenderInput { tender_id, version, content, reason };
            let payload = visit.ask(Amend::build(AmendWhich { input })).await?.amend_tender;
            if payload.user_errors.is_empty() { Answer::done(format!("/tenders/{id}"), "tender-amended") } else { refused(payload.user_errors) }
        }
        _ => {
            let mut input = PreviewAmendmentInput { tender_id, content, reason };
            let brings_files = !visit.files().is_empty();
            let mut seen = visit.ask(Preview::build(PreviewWhich { input: input.clone() })).await?.preview_amendment;
            // Files are kept only once nothing else is to be mended: a browser does not send them twice.
            seen.user_errors.retain(|error| !(brings_files && error.code == "NOTHING_CHANGED"));
            if !seen.user_errors.is_empty() {
                return refused(seen.user_errors);
            }
            if brings_files {
                let (kept, errors) = keep(visit, "documents").await?;
                if !errors.is_empty() {
                    return Answer::again(errors);
                }
                input.content.document_ids.extend(kept.iter().map(|file| file.id.clone()));
                documents.extend(kept);
                seen = visit.ask(Preview::build(PreviewWhich { input })).await?.preview_amendment;
            }
            match seen.amendment {
                Some(amendment) => check(visit, id, (amendment, is_negotiated), seen.moved_by, documents),
                None => refused(seen.user_errors),
            }
        }
    }
}

/// What the change does, before it is made.
fn check(visit: &Visit, id: &str, (amendment, is_negotiated): (Amendment, bool), moved_by: Option<DeadlineRule>, documents: Vec<StoredFile>) -> Answered {
    // Everything that was written goes along, so that nothing is typed twice.
    let own = ["do", "document", "documents", "removed"];
    let form: Vec<_> = visit.form().iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned().collect();
    Page::titled(visit.say("amend-check")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(visit.say("amend-title"), format!("/tenders/{id}/amend")).show(move || {
        let fields = form.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
        let columns = ["tender-change-what", "tender-change-before", "tender-change-after"].map(|key| Column::new(say(key)));
        let version = facts([("version", i64::from(amendment.document_version).into())]);
        let stale = facts([("version", i64::from(amendment.document_version - 1).into())]);
        let Words { zh, en } = amendment.reason;
        let reason = vec![SummaryFact::new(say("amend-reason-zh"), zh), SummaryFact::new(say("amend-reason-en"), en)];
        view! {
            <h1>{say("amend-check")}</h1>
            <p class="lead">{say_with("amend-check-lead", version)}</p>
            {if is_negotiated {
                view! { <Notice tone=Tone::Warning title=say("amend-negotiated-told")><p>{say("amend-negotiated-next")}</p></Notice> }.into_any()
            } else {
                view! {
                    {deadline_told(amendment.deadline_at, moved_by)}
                    <Notice tone=Tone::Warning title=say("amend-stale")><p>{say_with("amend-stale-next", stale)}</p></Notice>
                }
                .into_any()
            }}
            {changes_table(say("amend-changes"), columns.into(), amendment.changes)}
            <SummaryList facts=reason/>
            <Form>
                {fields}
                {carried(&documents)}
                <div class="buttons">
                    <Button label=say("amend-publish") kind=Kind::Final name="do" value="publish"/>
                    <Button label=say("amend-edit") name="do" value="edit"/>
                </div>
            </Form>
        }
    })
}

/// What the rule makes of the deadline.
fn deadline_told(at: DateTime<Utc>, moved_by: Option<DeadlineRule>) -> AnyView {
    match moved_by {
        Some(rule) => {
            let told = facts([("days", i64::from(rule.days).into()), ("source", rule.source.into())]);
            view! {
                <Notice tone=Tone::Warning title=say("amend-deadline-moves")>
                    <p><strong><Instant at/></strong></p>
                    <p>{say_with("amend-deadline-moves-why", told)}</p>
                </Notice>
            }
            .into_any()
        }
        None => view! { <Notice tone=Tone::Info title=say("amend-deadline-stays")><p><Instant at/></p></Notice> }.into_any(),
    }
}
