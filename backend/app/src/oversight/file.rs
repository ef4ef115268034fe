//! Files: uploaded by those who have signed in, read by their owners, by the parties of what they are attached to, and
//! by everybody once published.

use crate::store::oversight::{event, file};
use crate::store::Tx;
use crate::tendering::{application, bid_paper};
use crate::{App, Context, Error, Result};
use domain::ident::{FileId, OrganizationId};
use domain::identity::actor::Actor;
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::oversight::file::{File, PICTURES_TOLD, media_type, name};
use domain::refusal::{Code, Refusal, Refusals};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// Keeps an uploaded file. What it is, its own bytes say: the media type that the client claims is not believed.
///
/// # Errors
/// `Unauthenticated`; `FILE_TOO_LARGE` (with the limit of the configuration, in MB), `REQUIRED` for an empty one,
/// `FILE_KIND_NOT_TAKEN` at `file`; those of its name at `name`.
pub async fn store_file(app: &App, ctx: &Context, given_name: &str, bytes: Vec<u8>) -> Result<File> {
    let person = ctx.person()?.clone();
    ctx.allow(Action::UploadFile, &Scope::market())?;
    let name = name(given_name)?;
    let size_bytes = check_size(app, bytes.len())?;
    let file = File {
        id: ctx.new_id(),
        sha256: sealing::hex(&Sha256::digest(&bytes)),
        media_type: media_type_of(&name, &bytes)?.to_owned(),
        name,
        size_bytes,
        organization: person.organization,
        visibility: Visibility::Own,
        subject: None,
        uploaded_by: person.user,
        uploaded_at: ctx.now(),
    };
    // The content first: a row never names a content that isn't there; a content without a row harms nobody.
    app.files.keep(&file.sha256, bytes).await?;
    app.store
        .write(ctx, file, |tx, file| async move {
            file::insert(&tx, &file).await?;
            let content = (&file.sha256, &file.media_type, file.size_bytes);
            tx.record(Event::new("file.stored", FileId::KIND, file.id.0, Visibility::Own, &content)).await?;
            Ok(file)
        })
        .await
}

fn check_size(app: &App, length: usize) -> Result<i64> {
    let most = app.settings().file_most_bytes;
    match u64::try_from(length) {
        Ok(0) => Err(Refusal::at(Code::Required, "file").into()),
        Ok(bytes) if bytes <= most => Ok(i64::try_from(bytes).unwrap_or(i64::MAX)),
        _ => Err(too_large(most).into()),
    }
}

/// The refusal of a file above the limit, which is told in MB.
pub fn too_large(most_bytes: u64) -> Refusal {
    Refusal::at(Code::FileTooLarge, "file").with("most", i64::try_from(most_bytes / (1024 * 1024)).unwrap_or(i64::MAX))
}

/// What a file is, by its bytes and the ending of its name.
///
/// # Errors
/// `FILE_KIND_NOT_TAKEN` at `file`.
pub(crate) fn media_type_of(name: &str, bytes: &[u8]) -> std::result::Result<&'static str, Refusal> {
    media_type(name, infer::get(bytes).map(|kind| kind.mime_type()), is_text(bytes))
}

/// Text in UTF-8 or GB 18030, without the control characters that only programs write.
fn is_text(bytes: &[u8]) -> bool {
    let (text, is_broken) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), false),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes),
    };
    !is_broken && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

/// A file that the actor may read, with its content.
///
/// # Errors
/// `NotFound`, also for a file that is not the actor's to know.
pub async fn read_file(app: &App, ctx: &Context, id: FileId) -> Result<(File, Vec<u8>)> {
    let file = files(app, ctx, &[id]).await?.pop().ok_or(Error::NotFound)?;
    let bytes = app.files.read(&file.sha256).await?;
    Ok((file, bytes))
}

/// The files among these that the actor may read, in any order, without their contents.
///
/// # Errors
/// When the store does not answer.
pub async fn files(app: &App, ctx: &Context, ids: &[FileId]) -> Result<Vec<File>> {
    let own = ctx.actor.organization();
    let found = file::by_ids(app.store.reader(), ids).await?;
    let (mut known, closed): (Vec<File>, Vec<File>) = found.into_iter().partition(|file| is_open(ctx, file));
    let Some(own) = own.filter(|_| !closed.is_empty()) else { return Ok(known) };
    // Who takes part is asked once for all records, however many files each has; opened bids once for each tender.
    let subjects = |visibility: Visibility| {
        let subjects = closed.iter().filter(|file| file.visibility == visibility).filter_map(|file| file.subject);
        subjects.collect::<BTreeSet<Uuid>>().into_iter().collect::<Vec<Uuid>>()
    };
    let shared = subjects(Visibility::Parties);
    let takes_part = if shared.is_empty() { HashSet::new() } else { event::taking_part(app.store.reader(), &shared, own).await? };
    // What is a supplier's own may be a paper of an opened bid, or of an application whose time is over.
    let papers = subjects(Visibility::Own);
    let mut reads_bid = HashSet::new();
    if !papers.is_empty() {
        reads_bid = bid_paper::readable(app, ctx, &papers).await?;
        reads_bid.extend(application::readable(app, ctx, &papers).await?);
    }
    let may_read = |file: &File| {
        let known = if file.visibility == Visibility::Parties { &takes_part } else { &reads_bid };
        file.subject.is_some_and(|subject| known.contains(&subject))
    };
    known.extend(closed.into_iter().filter(may_read));
    Ok(known)
}

/// Makes a file of one of `owners` public, in the transaction of what publishes it (a notice, say).
///
/// # Errors
/// `NotFound` for a file of somebody else.
pub(crate) async fn publish_file(tx: &Tx, id: FileId, owners: &[OrganizationId]) -> Result<()> {
    let file = file::by_ids(tx.db(), &[id]).await?.pop().ok_or(Error::NotFound)?;
    match file.visibility {
        Visibility::Public => Ok(()),
        _ if owners.contains(&file.organization) => file::set_visibility(tx, file.id, Visibility::Public).await,
        _ => Err(Error::NotFound),
    }
}

/// Shows pictures to the parties of a record, in the transaction of the paper to which they belong (a receipt, say).
///
/// # Errors
/// At the place of each below `path`: `NOT_FOUND` for one that is not the actor's, `FILE_KIND_NOT_TAKEN` for what is no
/// picture, `FILE_ELSEWHERE` for one of another record.
pub(crate) async fn attach_pictures(tx: &Tx, ids: &[FileId], subject: Uuid, path: &str) -> Result<()> {
    let mut refusals = Refusals::default();
    for (index, id) in ids.iter().enumerate() {
        let path = format!("{path}.{index}");
        let file = match own(tx, *id).await {
            Ok(file) => file,
            Err(Error::NotFound) => {
                refusals.push(Refusal::at(Code::NotFound, &path));
                continue;
            }
            Err(error) => return Err(error),
        };
        if !file.is_picture() {
            refusals.push(Refusal::at(Code::FileKindNotTaken, &path).with("expected", PICTURES_TOLD));
        } else if file.subject.is_some_and(|elsewhere| elsewhere != subject) {
            refusals.push(Refusal::at(Code::FileElsewhere, &path).with("name", file.name));
        } else if file.visibility == Visibility::Own {
            file::attach(tx, file.id, subject).await?;
        }
    }
    Ok(refusals.into_result()?)
}

/// Shows a file to the parties of a record, in the transaction of the paper to which it belongs (a letter of guarantee, say).
///
/// # Errors
/// At `path`: `NOT_FOUND` for one that is not the actor's, `FILE_ELSEWHERE` for one of another record.
pub(crate) async fn attach_file(tx: &Tx, id: FileId, subject: Uuid, path: &str) -> Result<()> {
    let file = own(tx, id).await.map_err(|error| match error {
        Error::NotFound => Refusal::at(Code::NotFound, path).into(),
        error => error,
    })?;
    if file.subject.is_some_and(|elsewhere| elsewhere != subject) {
        return Err(Refusal::at(Code::FileElsewhere, path).with("name", file.name).into());
    }
    if file.visibility == Visibility::Own {
        file::attach(tx, file.id, subject).await?;
    }
    Ok(())
}

/// Binds a file to a record of its owner's, which alone reads it until those who read the record may.
///
/// # Errors
/// At `path`: `NOT_FOUND` for one that is not the actor's, `FILE_ELSEWHERE` for one of another record.
pub(crate) async fn claim(tx: &Tx, id: FileId, subject: Uuid, path: &str) -> Result<()> {
    let file = own(tx, id).await.map_err(|error| match error {
        Error::NotFound => Refusal::at(Code::NotFound, path).into(),
        other => other,
    })?;
    match file.subject {
        Some(bound) if bound == subject => Ok(()),
        None if file.visibility == Visibility::Own => file::set_subject(tx, id, Some(subject)).await,
        _ => Err(Refusal::at(Code::FileElsewhere, path).with("name", file.name).into()),
    }
}

/// Lets go of a file that its record no longer names: nobody but its owner reads it from then on.
pub(crate) async fn release(tx: &Tx, id: FileId) -> Result<()> {
    file::set_subject(tx, id, None).await
}

/// The pictures that organizations have uploaded, by owner and content, as far as the actor may read them.
///
/// # Errors
/// When the store does not answer.
pub async fn pictures(app: &App, ctx: &Context, wanted: &[(OrganizationId, String)]) -> Result<Vec<File>> {
    let mut found = if wanted.is_empty() { Vec::new() } else { file::by_contents(app.store.reader(), wanted).await? };
    found.retain(|file| file.is_picture() && is_open(ctx, file));
    Ok(found)
}

/// Whether the actor may read a file whatever record it belongs to.
fn is_open(ctx: &Context, file: &File) -> bool {
    file.visibility == Visibility::Public || ctx.actor.organization() == Some(file.organization) || matches!(ctx.actor, Actor::Platform)
}

/// The files that a notice names must be there and be of one of `owners`: what others have uploaded is not theirs to publish.
/// What the notice names already (`known`) stays, whoever it was that acted for the buyer then.
///
/// # Errors
/// `NOT_FOUND` at the place of each below `path`.
pub(crate) async fn check_own(app: &App, ids: &[FileId], (owners, known): (&[OrganizationId], &[FileId]), path: &str) -> Result<()> {
    let found = if ids.is_empty() { Vec::new() } else { file::by_ids(app.store.reader(), ids).await? };
    let mut refusals = Refusals::default();
    for (index, id) in ids.iter().enumerate() {
        let is_own = found.iter().any(|file| file.id == *id && owners.contains(&file.organization));
        if !is_own && !known.contains(id) {
            refusals.push(Refusal::at(Code::NotFound, &format!("{path}.{index}")));
        }
    }
    Ok(refusals.into_result()?)
}

/// The names of files, for the words of a paper that names them.
pub(crate) async fn names(app: &App, ids: &[FileId]) -> Result<BTreeMap<FileId, String>> {
    let found = if ids.is_empty() { Vec::new() } else { file::by_ids(app.store.reader(), ids).await? };
    Ok(found.into_iter().map(|file| (file.id, file.name)).collect())
}

async fn own(tx: &Tx, id: FileId) -> Result<File> {
    let actor = &tx.ctx().actor;
    let file = file::by_ids(tx.db(), &[id]).await?.pop().ok_or(Error::NotFound)?;
    let is_own = actor.organization() == Some(file.organization) || matches!(actor, Actor::Platform);
    if is_own { Ok(file) } else { Err(Error::NotFound) }
}
