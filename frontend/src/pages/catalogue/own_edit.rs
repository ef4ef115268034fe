//! A supplier adds an item to its catalogue or changes one: the pages and what their form does.

use super::own_content::{ItemContentInput, OwnItem, Written, places};
use super::own_form::{self, Category, PICTURE_KINDS};
use super::own_reading::Reading;
use super::value::CatalogueItemStatus;
use crate::pages::oversight::file::{by_ids, keep};
use crate::prelude::*;
use crate::schema::StoredFile;
use domain::catalogue::catalogue_item::PICTURES_MOST;
use domain::identity::role::Role;

#[derive(cynic::QueryVariables, Debug)]
struct Which {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
struct NewPage {
    categories: Vec<Category>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "Which")]
struct EditPage {
    #[arguments(id: $id)]
    item: Option<OwnItem>,
    viewer: Option<Viewer>,
    categories: Vec<Category>,
}

#[derive(cynic::QueryFragment, Debug)]
struct Viewer {
    organization: Organization,
}

#[derive(cynic::QueryFragment, Debug)]
struct Organization {
    id: cynic::Id,
}

/// Only those who sell for their organization keep its catalogue.
fn check_seller(visit: &Visit) -> Result<(), PageError> {
    visit.signed_in()?;
    if visit.has_role(Role::Seller) { Ok(()) } else { Err(PageError::Forbidden) }
}

/// Where a new item is described.
pub(super) async fn new_page(visit: &Visit) -> Answered {
    check_seller(visit)?;
    let categories = visit.ask(NewPage::build(())).await?.categories;
    let files = files(visit, Vec::new()).await?;
    Page::titled(visit.say("catalogue-add")).crumb(visit.say("section-catalogue"), "/catalogue").show(move || {
        let fields = own_form::fields(&Written::begin(), true, &categories, &files);
        view! {
            <h1>{say("catalogue-add")}</h1>
            <p class="lead">{say("item-new-lead")}</p>
            <Form files=true>{fields}{buttons(false)}</Form>
        }
    })
}

/// The item of the reader's own organization, with what may be chosen for it; not found for all others.
async fn load(visit: &Visit, id: &str) -> Result<(OwnItem, Vec<Category>), PageError> {
    check_seller(visit)?;
    let asked = visit.ask(EditPage::build(Which { id: id.into() })).await?;
    let own = asked.viewer.ok_or(PageError::SignIn)?.organization.id;
    let item = asked.item.filter(|item| item.supplier.as_ref().is_some_and(|supplier| supplier.id == own));
    Ok((item.ok_or(PageError::NotFound)?, asked.categories))
}

/// Where an item is changed.
pub(super) async fn page(visit: &Visit, id: &str) -> Answered {
    let (item, categories) = load(visit, id).await?;
    let files = files(visit, item.files()).await?;
    let name = visit.local(&item.name).to_owned();
    let written = Written::of(&item, visit.language());
    let seen: Option<i32> = visit.posted("version").and_then(|version| version.parse().ok());
    let is_overtaken = visit.is_again() && seen != Some(item.version);
    let page = Page::titled(visit.say("item-edit-title")).crumb(visit.say("section-catalogue"), "/catalogue");
    page.crumb(name.clone(), format!("/catalogue/{id}")).show(move || {
        let is_listed = item.status == CatalogueItemStatus::Listed;
        let lead = if is_listed { "item-edit-lead-listed" } else { "item-edit-lead" };
        let differences = is_overtaken.then(|| own_form::differences(&written));
        let fields = own_form::fields(&written, false, &categories, &files);
        view! {
            <h1>{say("item-edit-title")}</h1>
            <p class="quiet">{name}</p>
            <p>{item.status.tag()}</p>
            <p class="lead">{say(lead)}</p>
            {differences}
            <Form files=true>
                <input type="hidden" name="version" value=item.version/>
                {fields}
                {buttons(is_listed)}
            </Form>
        }
    })
}

fn buttons(is_listed: bool) -> impl IntoView {
    let list = (!is_listed).then(|| view! { <Button label=say("item-save-list") name="do" value="list"/> });
    view! { <div class="buttons"><Button label=say("item-save") kind=Kind::Primary name="do" value="save"/>{list}</div> }
}

/// The files of the stored pictures, and of those that an earlier round of the form has brought.
async fn files(visit: &Visit, mut stored: Vec<StoredFile>) -> Result<Vec<StoredFile>, PageError> {
    if visit.is_again() {
        let names = visit.form().iter().map(|(name, _)| name.as_str());
        let posted = places(names, "pictures").into_iter().filter_map(|place| visit.posted(&format!("pictures.{place}.fileId")));
        let missing: Vec<cynic::Id> = posted.filter(|id| !stored.iter().any(|file| file.id.inner() == *id)).take(PICTURES_MOST).map(cynic::Id::new).collect();
        stored.extend(by_ids(visit, &missing).await?);
    }
    Ok(stored)
}

#[derive(cynic::InputObject, Debug)]
struct CreateItemInput {
    content: ItemContentInput,
    is_listed: bool,
}

#[derive(cynic::QueryVariables, Debug)]
struct Creating {
    input: CreateItemInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Creating")]
struct CreateItem {
    #[arguments(input: $input)]
    create_item: CreateItemPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct CreateItemPayload {
    item: Option<ItemId>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "CatalogueItem")]
struct ItemId {
    id: cynic::Id,
}

#[derive(cynic::InputObject, Debug)]
struct ChangeItemInput {
    item_id: cynic::Id,
    version: Option<i32>,
    content: ItemContentInput,
    is_listed: bool,
}

#[derive(cynic::QueryVariables, Debug)]
struct Changing {
    input: ChangeItemInput,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "Changing")]
struct ChangeItem {
    #[arguments(input: $input)]
    change_item: ChangeItemPayload,
}

#[derive(cynic::QueryFragment, Debug)]
struct ChangeItemPayload {
    user_errors: Vec<UserError>,
}

/// What was posted: the content with all its pictures, and the fields that carry the new ones on.
struct Posted<'visit> {
    reading: Reading<'visit>,
    content: ItemContentInput,
    fields: Vec<(String, String)>,
}

/// Reads the form and keeps the pictures that came with it; or the form again, nothing lost.
async fn read(visit: &Visit) -> Result<Result<Posted<'_>, Answer>, PageError> {
    let mut reading = Reading::new(visit);
    let mut content = reading.content();
    let (mut kept, mut refused) = keep(visit, "pictures").await?;
    kept.retain(|file| {
        let is_picture = PICTURE_KINDS.contains(&file.media_type.as_str());
        if !is_picture {
            let named = facts([("name", file.name.clone().into())]);
            refused.push(FormError::at("pictures", visit.say_with("item-picture-kind", named)));
        }
        is_picture
    });
    let fields = reading.add(&mut content, &kept);
    let mut errors = reading.errors();
    errors.append(&mut refused);
    if errors.is_empty() { Ok(Ok(Posted { reading, content, fields })) } else { Answer::again_with(errors, fields).map(Err) }
}

/// Adds the item, on sale or as a draft.
pub(super) async fn create(visit: &Visit) -> Answered {
    check_seller(visit)?;
    let Posted { reading, content, fields } = match read(visit).await? {
        Ok(posted) => posted,
        Err(again) => return Ok(again),
    };
    let is_listed = visit.posted("do") == Some("list");
    let input = CreateItemInput { content, is_listed };
    let made = visit.ask(CreateItem::build(Creating { input })).await?.create_item;
    match made.item {
        Some(item) => Answer::done(format!("/catalogue/{}", item.id.inner()), if is_listed { "item-listed" } else { "item-saved" }),
        None => Answer::again_with(made.user_errors.into_iter().map(|error| reading.placed(error)).collect(), fields),
    }
}

/// Writes the item anew and, where it is asked for, puts it on sale.
pub(super) async fn change(visit: &Visit, id: &str) -> Answered {
    let (item, _) = load(visit, id).await?;
    let Posted { reading, mut content, fields } = match read(visit).await? {
        Ok(posted) => posted,
        Err(again) => return Ok(again),
    };
    content.number = item.number;
    // The version that the writer has seen, so that two tabs don't overwrite each other.
    let version = visit.posted("version").and_then(|version| version.parse().ok()).unwrap_or(item.version);
    let is_listed = visit.posted("do") == Some("list");
    let input = ChangeItemInput { item_id: id.into(), version: Some(version), content, is_listed };
    let errors = visit.ask(ChangeItem::build(Changing { input })).await?.change_item.user_errors;
    if !errors.is_empty() {
        return Answer::again_with(errors.into_iter().map(|error| reading.placed(error)).collect(), fields);
    }
    let is_new_on_sale = is_listed && item.status != CatalogueItemStatus::Listed;
    Answer::done(format!("/catalogue/{id}"), if is_new_on_sale { "item-listed" } else { "item-saved" })
}
