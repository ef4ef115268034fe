//! What the buyer's policy pack asks of a draft: beside the fields, on the tender's page what is not kept, and all of it on a
//! page to check before the draft is handed in.

use super::tenders::TenderStateName;
use crate::prelude::*;
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct Checks {
    #[arguments(tenderId: $id)]
    draft_checks: Option<Vec<DraftCheck>>,
    #[arguments(id: $id)]
    tender: Option<Tender>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Tender {
    state: TenderStateName,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "Verdict")]
enum Verdict {
    Compliant,
    Violation,
    Uncertain,
    NotApplicable,
    InvalidInput,
}

impl Verdict {
    fn tag(self) -> impl IntoView {
        let (state, key) = match self {
            Self::Compliant => (State::Good, "verdict-compliant"),
            Self::Violation => (State::Refused, "verdict-violation"),
            Self::Uncertain => (State::Waiting, "verdict-uncertain"),
            Self::NotApplicable => (State::Closed, "verdict-not-applicable"),
            Self::InvalidInput => (State::Warning, "verdict-invalid-input"),
        };
        view! { <Tag state label=say(key)/> }
    }

    const fn is_open(self) -> bool {
        !matches!(self, Self::Compliant | Self::NotApplicable)
    }
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct DraftCheck {
    rule: String,
    path: String,
    verdict: Verdict,
    words: Words,
    remedy: Option<Words>,
    source: Words,
}

impl DraftCheck {
    /// The rule beside its field: what would satisfy it and which article asks; that there is none is said too.
    fn beside(&self, visit: &Visit) -> String {
        let Some(remedy) = &self.remedy else { return visit.say("check-no-rule") };
        visit.say_with("check-beside", facts([("remedy", visit.local(remedy).into()), ("source", visit.local(&self.source).into())]))
    }

    /// The field that says it: whether a threshold is reached decides whether an approval is needed.
    fn field(&self) -> &str {
        if self.path == "choice" { "choice.approvalNumber" } else { &self.path }
    }

    /// The step of the editor in which its field stands.
    fn step(&self) -> &'static str {
        match self.path.as_str() {
            "planId" | "nature" => "subject",
            "criteria" | "smallEnterpriseDeductionPercent" => "criteria",
            path if path.starts_with("choice") => "procedure",
            path if path.starts_with("reservation") => "policies",
            _ => "terms",
        }
    }
}

async fn ask(visit: &Visit, id: &str) -> Result<Option<Vec<DraftCheck>>, PageError> {
    Ok(visit.ask(Checks::build(Which { id: id.into() })).await?.draft_checks)
}

/// What is asked of the editor's fields, by their names.
pub(super) async fn beside_fields(visit: &Visit, id: &str) -> Result<Vec<(String, String)>, PageError> {
    let checks = ask(visit, id).await?.unwrap_or_default();
    Ok(checks.iter().map(|check| (check.field().to_owned(), check.beside(visit))).collect())
}

/// What is open on a tender before its notice.
pub(super) struct OnTender {
    open: Vec<DraftCheck>,
    address: String,
}

/// Read for the buyer's people; nothing once the notice is public.
pub(super) async fn on_tender(visit: &Visit, id: &str) -> Result<Option<OnTender>, PageError> {
    let Some(mut checks) = ask(visit, id).await? else { return Ok(None) };
    checks.retain(|check| check.verdict.is_open());
    Ok(Some(OnTender { open: checks, address: format!("/tenders/{id}/checks") }))
}

/// The box on the tender's page: what is not kept or not known, and the way to all checks.
pub(super) fn shown(on_tender: OnTender) -> AnyView {
    let OnTender { open, address } = on_tender;
    let to_all = view! { <p><a href=address>{say("checks-all")}</a></p> };
    if open.is_empty() {
        return view! { <Notice tone=Tone::Info title=say("checks-none-open")>{to_all}</Notice> }.into_any();
    }
    let visit = visit();
    let lines = open.iter().map(|one| {
        let (words, beside) = (visit.local(&one.words).to_owned(), one.beside(&visit));
        view! { <li>{one.verdict.tag()} " " {words} " " {beside}</li> }
    });
    let lines = lines.collect_view();
    view! { <Notice tone=Tone::Warning title=say("checks-open")><ul>{lines}</ul>{to_all}</Notice> }.into_any()
}

/// Every rule with its answer.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let asked = visit.ask(Checks::build(Which { id: id.into() })).await?;
    let checks = asked.draft_checks.ok_or(PageError::NotFound)?;
    // What has been handed in is mended once it has come back.
    let is_written = visit.has_role(Role::Officer) && asked.tender.is_some_and(|tender| tender.state == TenderStateName::Draft);
    let here = format!("/tenders/{id}");
    Page::titled(visit.say("checks-title")).wide().crumb(visit.say("section-tenders"), "/tenders").crumb(visit.say("checks-tender"), here.clone()).show(move || {
        let visit = crate::visit::visit();
        let columns = ["checks-rule", "checks-verdict", "checks-remedy", "checks-source"].map(|key| Column::new(say(key))).into();
        let rows = checks.iter().map(|one| {
            let edit = format!("{here}/edit/{}#{}", one.step(), field_id(one.field()));
            let mend = (is_written && one.verdict.is_open()).then(|| view! { " " <a href=edit>{say("checks-mend")}</a> });
            let remedy = one.remedy.as_ref().map_or_else(|| say("check-no-rule"), |remedy| visit.local(remedy).to_owned());
            view! {
                <tr id=one.rule.clone()>
                    <th scope="row">{visit.local(&one.words).to_owned()}</th>
                    <td>{one.verdict.tag()}</td>
                    <td>{remedy} {mend}</td>
                    <td>{visit.local(&one.source).to_owned()}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <h1>{say("checks-title")}</h1>
            <p class="lead">{say("checks-lead")}</p>
            <Table caption=say("checks-caption") columns>{rows}</Table>
            <p><a href=here.clone()>{say("checks-back")}</a></p>
        }
    })
}
