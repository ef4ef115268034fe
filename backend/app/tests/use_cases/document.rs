//! The files of a tender: the buyer's own, and public with the notice.

use crate::fair::{Fair, content, handed_in};
use crate::market::Market;
use crate::on_both_engines;
use app::oversight::file::{files, store_file};
use app::tendering::tender::{self, Change, Draft};
use app::{Context, Error};
use domain::ident::FileId;
use domain::language::LocalText;
use domain::refusal::Code;
use domain::tendering::tender_content::TenderContent;
use uuid::Uuid;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

async fn stored(market: &Market, ctx: &Context, name: &str) -> FileId {
    store_file(&market.app, ctx, name, PDF.to_vec()).await.expect("is kept").id
}

fn draft(fair: &Fair<'_>, documents: &[FileId]) -> Draft {
    let holder_keys = fair.tender.content.holders.iter().map(|holder| holder.key).collect();
    Draft { content: TenderContent { documents: documents.to_vec(), ..content() }, holder_keys }
}

/// A change that is about the files alone.
fn added(content: TenderContent) -> Change {
    Change { content, reason: LocalText::new("补充文件", "") }
}

/// The code of the first refusal and its place.
fn told(error: &Error) -> (Code, String) {
    let Error::Refused(refusals) = error else { panic!("{error}") };
    (refusals[0].code, refusals[0].path.join("."))
}

on_both_engines! {
    async fn a_tender_names_only_files_that_are_there_and_its_buyers_own(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let own = stored(market, &fair.officer, "需求.pdf").await;
        let theirs = stored(market, &fair.suppliers[0], "标书.pdf").await;
        let nowhere = FileId(Uuid::from_u128(9));
        for other in [theirs, nowhere] {
            let error = tender::begin_draft(app, &fair.officer, None, draft(&fair, &[own, other])).await.unwrap_err();
            assert_eq!(told(&error), (Code::NotFound, "content.documentIds.1".to_owned()));
        }
        let begun = tender::begin_draft(app, &fair.officer, None, draft(&fair, &[own])).await.expect("a draft");
        let error = tender::write_draft(app, &fair.officer, begun.id, 1, draft(&fair, &[theirs])).await.unwrap_err();
        assert_eq!(told(&error), (Code::NotFound, "content.documentIds.0".to_owned()));
        let error = tender::write_draft(app, &fair.officer, begun.id, 1, draft(&fair, &[own, own])).await.unwrap_err();
        assert_eq!(told(&error), (Code::LineTwice, "content.documentIds.1".to_owned()));
        let notice = TenderContent { documents: vec![theirs], ..fair.tender.content.clone() };
        let at = (fair.tender.id, fair.tender.version);
        let error = tender::amend(app, &fair.officer, at, added(notice)).await.unwrap_err();
        assert_eq!(told(&error), (Code::NotFound, "content.documentIds.0".to_owned()));
        assert!(files(app, &market.public(), &[theirs]).await.expect("answers").is_empty(), "nobody else's file became public");
    }

    async fn files_of_a_draft_are_read_by_everybody_once_the_notice_is_out(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let document = stored(market, &fair.officer, "需求.pdf").await;
        let begun = tender::begin_draft(app, &fair.officer, None, draft(&fair, &[document])).await.expect("a draft");
        handed_in(fair.market, &fair.officer, begun.id).await.expect("handed in");
        tender::approve(app, &fair.approver, begun.id).await.expect("approved");
        for stranger in [&fair.suppliers[0], &market.public()] {
            assert!(files(app, stranger, &[document]).await.expect("answers").is_empty(), "a draft's files are the buyer's");
        }
        tender::publish(app, &fair.officer, begun.id).await.expect("published");
        for anybody in [&fair.suppliers[0], &market.public()] {
            assert_eq!(files(app, anybody, &[document]).await.expect("answers").len(), 1);
        }
        let later = stored(market, &fair.officer, "更正.pdf").await;
        let seen = tender::tender(app, &fair.officer, begun.id).await.expect("is there");
        let notice = TenderContent { documents: vec![document, later], ..seen.content };
        let changed = tender::amend(app, &fair.officer, (begun.id, seen.version), added(notice)).await.expect("changed");
        let told: Vec<_> = changed.amendments[0].changes.iter().map(|line| (line.field.as_str(), line.after.as_ref().map(|text| text.zh.as_str()))).collect();
        assert_eq!(told, [("document", Some("更正.pdf"))]);
        assert_eq!(files(app, &market.public(), &[later]).await.expect("answers").len(), 1);
    }
}
