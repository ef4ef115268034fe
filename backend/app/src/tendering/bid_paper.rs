//! Papers that came as files inside bids: taken out at the opening, read by those who may read the opened bids.

use crate::oversight::file::media_type_of;
use crate::store::oversight::file as store;
use crate::store::tendering::bid;
use crate::{App, Context, Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ident::{BidId, FileId, TenderId};
use domain::oversight::event::Visibility;
use domain::oversight::file::{File, name};
use domain::tendering::bid::{Bid, BidContent, OpeningFault, PaperFile};
use domain::tendering::opening::OpenedBid;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};
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

/// The files of opened bids, in one statement, for those to whom [`super::opening::tender_bids`] gave them.
///
/// # Errors
/// When the store does not answer.
pub async fn papers(app: &App, bids: &[OpenedBid]) -> Result<Vec<File>> {
    let papers = bids.iter().flat_map(|bid| &bid.content().papers);
    let ids: Vec<FileId> = papers.filter_map(|paper| paper.file.as_ref()?.kept).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    store::by_ids(app.store.reader(), &ids).await
}

/// Those of the records whose papers the actor may read: bids that [`super::opening::tender_bids`] shows.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn readable(app: &App, ctx: &Context, subjects: &[Uuid]) -> Result<HashSet<Uuid>> {
    let wanted: Vec<BidId> = subjects.iter().copied().map(BidId).collect();
    let tenders: BTreeSet<TenderId> = bid::by_ids(app.store.reader(), &wanted).await?.iter().map(|bid| bid.tender).collect();
    let mut readable = HashSet::new();
    for tender in tenders {
        match super::opening::tender_bids(app, ctx, tender).await {
            Ok(bids) => readable.extend(bids.opened.iter().map(|opened| opened.bid().id.0).filter(|id| subjects.contains(id))),
            Err(Error::NotFound | Error::Unauthenticated) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(readable)
}
