//! What a supplier states about who heads, holds and manages it.

use super::value::OrganizationKind;
use crate::prelude::*;
use chrono::{DateTime, Utc};

/// The lines for organizations that stand above.
const LINES: usize = 4;

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
enum SuperiorKind {
    Holds,
    Manages,
}

impl SuperiorKind {
    const fn value(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Manages => "manages",
        }
    }
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct AffiliationPage {
    viewer_affiliation: Option<Affiliation>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Affiliation {
    head_name: String,
    head_document_end: String,
    superiors: Vec<Superior>,
    declared_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Superior {
    kind: SuperiorKind,
    credit_code: String,
}

#[derive(cynic::InputObject, Debug)]
struct SuperiorInput {
    kind: SuperiorKind,
    credit_code: String,
}

#[derive(cynic::InputObject, Debug)]
struct DeclareAffiliationInput {
    head_name: String,
    head_document_end: String,
    superiors: Vec<SuperiorInput>,
}

#[derive(cynic::QueryVariables, Debug)]
struct Stating {
    input: DeclareAffiliationInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Stating")]
struct Declare {
    #[arguments(input: $input)]
    declare_affiliation: DeclareAffiliationPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct DeclareAffiliationPayload {
    user_errors: Vec<UserError>,
}

/// The way here from the organization's page, for a supplier's administrators.
pub(super) fn way(kind: OrganizationKind, manages: bool) -> Option<AnyView> {
    let may = manages && kind == OrganizationKind::Supplier;
    may.then(|| view! { <h2>{say("affiliation-title")}</h2><p>{say("affiliation-way")}</p><p><LinkButton label=say("affiliation-go") to="/organization/affiliation"/></p> }.into_any())
}

/// The page.
pub(super) async fn page(visit: &Visit) -> Answered {
    visit.signed_in()?;
    if !visit.has_role(domain::identity::role::Role::Administrator) {
        return Err(PageError::Forbidden);
    }
    let stated = visit.ask(AffiliationPage::build(())).await?.viewer_affiliation;
    Page::titled(visit.say("affiliation-title")).crumb(visit.say("affiliation-organization"), "/organization").show(move || {
        let since = stated.as_ref().map(|stated| view! { <p class="quiet">{say("affiliation-since")}" "<Instant at=stated.declared_at/></p> });
        let lines = (0..LINES).map(|place| {
            let one = stated.as_ref().and_then(|stated| stated.superiors.get(place));
            let picks = [SuperiorKind::Holds, SuperiorKind::Manages].map(|kind| Pick::new(kind.value(), say(&format!("affiliation-{}", kind.value()))));
            let values = vec![one.map_or(SuperiorKind::Holds, |one| one.kind).value().to_owned()];
            let code = one.map(|one| one.credit_code.clone()).unwrap_or_default();
            view! {
                <fieldset class="draft-row">
                    <legend>{say_with("affiliation-superior", facts([("number", (place + 1).into())]))}</legend>
                    <Choices name=format!("superiors.{place}.kind") label=say("affiliation-kind") picks=picks.into() values/>
                    <Field name=format!("superiors.{place}.creditCode") label=say("consortium-credit-code") width="short" value=code optional=true autocomplete="off"/>
                </fieldset>
            }
        });
        let lines = lines.collect_view();
        let head = stated.as_ref().map(|stated| stated.head_name.clone()).unwrap_or_default();
        let end = stated.as_ref().map(|stated| stated.head_document_end.clone()).unwrap_or_default();
        view! {
            <h1>{say("affiliation-title")}</h1>
            <p class="lead">{say("affiliation-lead")}</p>
            <Notice tone=Tone::Info title=say("affiliation-who")><p>{say("affiliation-who-why")}</p></Notice>
            {since}
            <Form>
                <Field name="headName" label=say("affiliation-head") help=say("affiliation-head-help") width="short" value=head autocomplete="off"/>
                <Field name="headDocumentEnd" label=say("affiliation-document") help=say("affiliation-document-help") width="narrow" value=end autocomplete="off"/>
                <p>{say("affiliation-superiors-lead")}</p>
                {lines}
                <Button label=say("affiliation-declare") kind=Kind::Primary/>
            </Form>
        }
    })
}

/// States it.
pub(super) async fn act(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let text = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let written: Vec<usize> = (0..LINES).filter(|place| !text(&format!("superiors.{place}.creditCode")).is_empty()).collect();
    let superior = |place: &usize| SuperiorInput {
        kind: if text(&format!("superiors.{place}.kind")) == "manages" { SuperiorKind::Manages } else { SuperiorKind::Holds },
        credit_code: text(&format!("superiors.{place}.creditCode")),
    };
    let superiors = written.iter().map(superior).collect();
    let input = DeclareAffiliationInput { head_name: text("headName"), head_document_end: text("headDocumentEnd"), superiors };
    let refused = visit.ask(Declare::build(Stating { input })).await?.declare_affiliation.user_errors;
    if refused.is_empty() {
        return Answer::done("/organization/affiliation", "affiliation-declared");
    }
    // The contract counts the lines that it got; the form has gaps between them.
    Answer::again(refused.into_iter().map(FormError::from).map(|mut error| {
        let place = error.field.strip_prefix("superiors.").and_then(|rest| rest.split_once('.')).and_then(|(number, rest)| Some((number.parse::<usize>().ok()?, rest.to_owned())));
        if let Some((place, rest)) = place.and_then(|(number, rest)| Some((written.get(number)?, rest))) {
            error.field = format!("superiors.{place}.{rest}");
        }
        error
    }))
}
