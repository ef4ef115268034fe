//! Registrations for documents: a supplier's own list, its registration for one tender, and who has registered, as the
//! buyer reads it once bids are open.

use super::state::tag;
use super::tenders::TenderStateName;
use crate::prelude::*;
use chrono::{DateTime, Utc};
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Paged {
    after: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Paged")]
struct OwnPage {
    #[arguments(first: 20, after: $after)]
    viewer_document_registrations: OwnDocumentRegistrationConnection,
}

#[derive(cynic::QueryFragment, Debug)]
struct OwnDocumentRegistrationConnection {
    edges: Vec<OwnDocumentRegistrationEdge>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Debug)]
struct OwnDocumentRegistrationEdge {
    node: OwnDocumentRegistration,
}

#[derive(cynic::QueryFragment, Debug)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
struct OwnDocumentRegistration {
    tender: Tender,
    registered_at: DateTime<Utc>,
    has_news: bool,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
struct Tender {
    id: cynic::Id,
    number: String,
    title: Words,
    state: TenderStateName,
    deadline_at: Option<DateTime<Utc>>,
}

/// A supplier's own list.
pub(super) async fn list(visit: &Visit) -> Answered {
    visit.signed_in()?;
    let asked = visit.ask(OwnPage::build(Paged { after: visit.query("after").map(str::to_owned) })).await?;
    Page::titled(visit.say("section-registrations")).wide().show(move || {
        let visit = crate::visit::visit();
        let OwnDocumentRegistrationConnection { edges, page_info } = asked.viewer_document_registrations;
        let cursors = Cursors { before: None, after: page_info.end_cursor.filter(|_| page_info.has_next_page) };
        let is_empty = edges.is_empty();
        let rows = edges.into_iter().map(|edge| {
            let one = edge.node;
            let to = format!("/tenders/{}/registration", one.tender.id.inner());
            let (state, word) = news(one.has_news);
            view! {
                <tr>
                    <th scope="row"><a href=to>{visit.local(&one.tender.title).to_owned()}</a><br/><small>{one.tender.number.clone()}</small></th>
                    <td>{tag(one.tender.state, one.tender.deadline_at)}</td>
                    <td>{one.tender.deadline_at.map(|at| view! { <Instant at/> })}</td>
                    <td><Instant at=one.registered_at/></td>
                    <td><Tag state label=say(word)/></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let columns = ["security-tender", "tender-state", "tender-deadline", "registration-at", "registration-state"];
        let columns = columns.map(|key| Column::new(say(key))).into();
        let table = if is_empty {
            view! { <Empty why=say("registrations-none")><p>{say("registrations-none-next")}</p></Empty> }.into_any()
        } else {
            view! { <Table caption=say("registrations-caption") columns>{rows}</Table> }.into_any()
        };
        view! {
            <h1>{say("section-registrations")}</h1>
            <p class="lead">{say("registrations-lead")}</p>
            {table}
            <Pagination cursors/>
        }
    })
}

fn news(has_news: bool) -> (State, &'static str) {
    if has_news { (State::Warning, "registration-state-news") } else { (State::Good, "registration-state-read") }
}

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
    after: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct TenderOfRegistration {
    #[arguments(id: $id)]
    tender: Option<Tender>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct OwnOfTender {
    #[arguments(tenderId: $id)]
    viewer_document_registration: Option<OwnDocumentRegistration>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct AllOfTender {
    #[arguments(tenderId: $id, first: 20, after: $after)]
    document_registrations: Option<DocumentRegistrationConnection>,
}

#[derive(cynic::QueryFragment, Debug)]
struct DocumentRegistrationConnection {
    edges: Vec<DocumentRegistrationEdge>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment, Debug)]
struct DocumentRegistrationEdge {
    node: DocumentRegistration,
}

#[derive(cynic::QueryFragment, Debug)]
struct DocumentRegistration {
    supplier: Option<Organization>,
    registered_at: DateTime<Utc>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    name: Words,
}

/// The page of one tender: for suppliers their own registration, for the buyer who has registered.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let which = || Which { id: id.into(), after: visit.query("after").map(str::to_owned) };
    let tender = visit.ask(TenderOfRegistration::build(which())).await?.tender.ok_or(PageError::NotFound)?;
    if visit.has_role(Role::Seller) {
        let own = visit.ask(OwnOfTender::build(which())).await?.viewer_document_registration;
        return own_page(visit, tender, own);
    }
    let all = visit.ask(AllOfTender::build(which())).await?.document_registrations.ok_or(PageError::NotFound)?;
    all_page(visit, &tender, all)
}

fn titled(visit: &Visit, tender: &Tender, title: &str) -> Page {
    let page = Page::titled(visit.say(title)).crumb(visit.say("section-tenders"), "/tenders");
    page.crumb(visit.local(&tender.title), format!("/tenders/{}", tender.id.inner()))
}

fn own_page(visit: &Visit, tender: Tender, own: Option<OwnDocumentRegistration>) -> Answered {
    let about = visit.local(&tender.title).to_owned();
    let is_open = tender.state == TenderStateName::Published && tender.deadline_at.is_some_and(|at| at >= visit.now());
    let documents = format!("/tenders/{}", tender.id.inner());
    titled(visit, &tender, "registration-title").show(move || {
        let rest = match own {
            None if is_open => view! { <Form><Button label=say("registration-do") name="do" value="register" kind=Kind::Primary/></Form> }.into_any(),
            None => view! { <Notice tone=Tone::Warning title=say("security-over")>""</Notice> }.into_any(),
            Some(own) => {
                let unread = own.has_news.then(|| {
                    view! {
                        <Notice tone=Tone::Warning title=say("registration-news")>
                            <p>{say("registration-news-next")}</p>
                            <Form><Button label=say("registration-read") name="do" value="read" kind=Kind::Primary/></Form>
                        </Notice>
                    }
                });
                let (state, word) = news(own.has_news);
                view! { <p>{say("registration-is")} " " <Instant at=own.registered_at/></p> <p><Tag state label=say(word)/></p> {unread} }.into_any()
            }
        };
        view! {
            <h1>{say("registration-title")}</h1>
            <p class="lead">{about}</p>
            <p>{say("registration-lead")}</p>
            <p>{say("registration-hidden")}</p>
            {rest}
            <p><a href=format!("{documents}#documents")>{say("tender-documents")}</a> " · " <a href=format!("{documents}#questions")>{say("tender-questions")}</a></p>
        }
    })
}

fn all_page(visit: &Visit, tender: &Tender, all: DocumentRegistrationConnection) -> Answered {
    let about = visit.local(&tender.title).to_owned();
    titled(visit, tender, "registrations-of-title").show(move || {
        let visit = crate::visit::visit();
        let cursors = Cursors { before: None, after: all.page_info.end_cursor.filter(|_| all.page_info.has_next_page) };
        let is_empty = all.edges.is_empty();
        let rows = all.edges.into_iter().map(|edge| {
            let name = edge.node.supplier.map(|supplier| visit.local(&supplier.name).to_owned());
            view! { <tr><th scope="row">{name}</th><td><Instant at=edge.node.registered_at/></td></tr> }
        });
        let rows = rows.collect_view();
        let columns = vec![Column::new(say("security-supplier")), Column::new(say("registration-at"))];
        let table = if is_empty {
            view! { <Empty why=say("registrations-of-none")><p>{say("registrations-of-none-next")}</p></Empty> }.into_any()
        } else {
            view! { <Table caption=say("registrations-of-caption") columns>{rows}</Table> }.into_any()
        };
        view! {
            <h1>{say("registrations-of-title")}</h1>
            <p class="lead">{about}</p>
            <p>{say("registrations-of-lead")}</p>
            {table}
            <Pagination cursors/>
        }
    })
}

#[derive(cynic::QueryVariables, Debug)]
struct Acting {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
struct DocumentRegistrationPayload {
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Acting")]
struct Register {
    #[arguments(input: { tenderId: $id })]
    register_for_documents: DocumentRegistrationPayload,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Acting")]
struct MarkRead {
    #[arguments(input: { tenderId: $id })]
    mark_documents_read: DocumentRegistrationPayload,
}

/// Registers, or says that all is read.
pub(super) async fn act(visit: &Visit, id: &str) -> Answered {
    visit.signed_in()?;
    let acting = Acting { id: id.into() };
    let (errors, done) = match visit.posted("do").unwrap_or_default() {
        "register" => (visit.ask(Register::build(acting)).await?.register_for_documents.user_errors, "documents-registered"),
        "read" => (visit.ask(MarkRead::build(acting)).await?.mark_documents_read.user_errors, "documents-read"),
        _ => return Err(PageError::NotFound),
    };
    if errors.is_empty() { Answer::done(format!("/tenders/{id}/registration"), done) } else { Answer::again(errors) }
}

/// The ways from a tender's page: to register or read for suppliers, to who has registered for the buyer's people.
pub(super) fn way(id: &str, state: TenderStateName, is_own: bool) -> Option<AnyView> {
    let visit = visit();
    let to = format!("/tenders/{id}/registration");
    if visit.has_role(Role::Seller) && state == TenderStateName::Published {
        return Some(view! { <p><a href=to>{say("registration-title")}</a></p> }.into_any());
    }
    let reads = is_own && [Role::Officer, Role::Approver].into_iter().any(|role| visit.has_role(role));
    (reads && state.has_opened_bids()).then(|| view! { <p><a href=to>{say("registrations-go")}</a></p> }.into_any())
}
