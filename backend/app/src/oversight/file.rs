//! Files: uploaded by those who have signed in, read by their owners, by the parties of what they are attached to, and
//! by everybody once published.

use crate::store::oversight::{event, file};
use crate::store::Tx;
use crate::{App, Context, Error, Result};
use domain::ident::FileId;
use domain::identity::actor::Actor;
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::oversight::file::{File, media_type, name};
use domain::refusal::{Code, Refusal};
use sha2::{Digest, Sha256};

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
    let sniffed = infer::get(&bytes).map(|kind| kind.mime_type());
    let file = File {
        id: ctx.new_id(),
        sha256: sealing::hex(&Sha256::digest(&bytes)),
        media_type: media_type(&name, sniffed, is_text(&bytes))?.to_owned(),
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
    let mut known = Vec::new();
    for file in file::by_ids(app.store.reader(), ids).await? {
        if may_read(app, ctx, &file).await? {
            known.push(file);
        }
    }
    Ok(known)
}

async fn may_read(app: &App, ctx: &Context, file: &File) -> Result<bool> {
    let is_own = ctx.actor.organization() == Some(file.organization) || matches!(ctx.actor, Actor::Platform);
    if is_own || file.visibility == Visibility::Public {
        return Ok(true);
    }
    match (file.visibility, file.subject, ctx.actor.organization()) {
        (Visibility::Parties, Some(subject), Some(organization)) => {
            event::takes_part(app.store.reader(), subject, organization).await
        }
        _ => Ok(false),
    }
}

/// Makes a file public, in the transaction of what publishes it (a notice, say).
///
/// # Errors
/// `NotFound` for a file that is not the actor's.
pub(crate) async fn publish_file(tx: &Tx, id: FileId) -> Result<()> {
    let file = own(tx, id).await?;
    file::set_visibility(tx, file.id, Visibility::Public).await
}

async fn own(tx: &Tx, id: FileId) -> Result<File> {
    let actor = &tx.ctx().actor;
    let file = file::by_ids(tx.db(), &[id]).await?.pop().ok_or(Error::NotFound)?;
    let is_own = actor.organization() == Some(file.organization) || matches!(actor, Actor::Platform);
    if is_own { Ok(file) } else { Err(Error::NotFound) }
}
