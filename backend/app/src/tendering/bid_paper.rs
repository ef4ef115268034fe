//! Papers that came as files inside bids: taken out at the opening, read by those who may read the opened bids.

use crate::oversight::file::media_type_of;
use crate::store::oversight::file as store;
use crate::store::tendering::bid;
use crate::{App, Context, Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ident::{BidId, FileId};
use domain::oversight::event::Visibility;
use domain::oversight::file::{File, name};
use domain::tendering::bid::{Bid, BidContent, OpeningFault, PaperFile};
use domain::tendering::opening::OpenedBid;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The media type of what is none of the kinds that we take: saved by browsers, never shown.
const UNKNOWN: &str = "application/octet-stream";
/// The name of a file whose own can't be kept.
const NAMELESS: &str = "file";

/// Takes the files out of a bid that is being opened. Their bytes are kept by their hashes; the content names them by
/// numbers from then on. A file that can't be read makes the content unreadable: a bid is not opened in part.
///
/// # Errors
/// When the files can't be kept.
pub(crate) async fn take_out(
    app: &App,
    ctx: &Context,
    bid: &Bid,
    mut content: BidContent,
) -> Result<std::result::Result<(BidContent, Vec<File>), OpeningFault>> {
    let mut files = Vec::new();
    for paper in content.papers.iter_mut().filter_map(|paper| paper.file.as_mut()) {
        let Ok(bytes) = STANDARD.decode(paper.content.trim()) else { return Ok(Err(OpeningFault::ContentUnreadable)) };
        let file = describe(ctx, bid, paper, &bytes);
        // The content first: a row never names a content that isn't there; a content without a row harms nobody.
        app.files.keep(&file.sha256, bytes).await?;
        *paper = PaperFile { name: file.name.clone(), content: String::new(), kept: Some(file.id) };
        files.push(file);
    }
    Ok(Ok((content, files)))
}

/// The row of a file. What it is, its bytes say; what they don't say is kept all the same, since the bid was sealed
/// before anybody could refuse it.
fn describe(ctx: &Context, bid: &Bid, paper: &PaperFile, bytes: &[u8]) -> File {
    let name = name(&paper.name).unwrap_or_else(|_| NAMELESS.to_owned());
    File {
        id: ctx.new_id(),
        sha256: sealing::hex(&Sha256::digest(bytes)),
        media_type: media_type_of(&name, bytes).unwrap_or(UNKNOWN).to_owned(),
        name,
        size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        organization: bid.bidder,
        visibility: Visibility::Own,
        subject: Some(bid.id.0),
        uploaded_by: bid.submitted_by,
        uploaded_at: ctx.now(),
    }
}

/// The files of an opened bid, for those to whom [`super::opening::tender_bids`] gave it.
///
/// # Errors
/// When the store does not answer.
pub async fn papers(app: &App, bid: &OpenedBid) -> Result<Vec<File>> {
    let kept = bid.content().papers.iter().filter_map(|paper| paper.file.as_ref()?.kept);
    let ids: Vec<FileId> = kept.collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    store::by_ids(app.store.reader(), &ids).await
}

/// Whether the actor may read the papers of this record: a bid that [`super::opening::tender_bids`] shows.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn may_read(app: &App, ctx: &Context, subject: Uuid) -> Result<bool> {
    let Some(bid) = bid::by_id(app.store.reader(), BidId(subject)).await? else { return Ok(false) };
    match super::opening::tender_bids(app, ctx, bid.tender).await {
        Ok(bids) => Ok(bids.opened.iter().any(|opened| opened.bid().id == bid.id)),
        Err(Error::NotFound | Error::Unauthenticated) => Ok(false),
        Err(error) => Err(error),
    }
}
