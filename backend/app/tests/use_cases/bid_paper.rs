//! Papers that come as files inside bids: sealed until the opening, then read by those who may read the opened bids.

use crate::fair::{Fair, acting};
use crate::market::Market;
use crate::on_both_engines;
use app::Error;
use app::oversight::file::read_file;
use app::tendering::bid_paper::papers;
use app::tendering::opening::{record, tender_bids};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ident::{FileId, UserId};
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::oversight::file::File;
use domain::tendering::bid::OpeningFault;
use domain::tendering::opening::OpeningOutcome;
use serde_json::{Value, json};
use uuid::Uuid;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";
const SCRIPT: &[u8] = b"<!DOCTYPE html><script>alert(1)</script>";

/// The content of a bid with these papers.
fn content(papers: &Value) -> Vec<u8> {
    json!({ "price": { "amount_minor": 80_000_000, "currency": "CNY" }, "papers": papers }).to_string().into_bytes()
}

fn file(name: &str, bytes: &[u8]) -> Value {
    json!({ "name": name, "content": STANDARD.encode(bytes) })
}

/// Three bids, the first of them with this content, opened by two holders.
async fn opened<'a>(market: &'a Market, first: &[u8]) -> Fair<'a> {
    let fair = Fair::open(market, 3).await;
    let (sealed, _) = fair.sealed_content(0, first).await;
    fair.hand_in(0, &sealed, None).await.expect("handed in");
    for supplier in 1..3 {
        let (sealed, _) = fair.sealed(supplier, 81_000_000).await;
        fair.hand_in(supplier, &sealed, None).await.expect("handed in");
    }
    fair.pass_deadline();
    for holder in 0..2 {
        fair.holder_opens(holder).await.expect("opens");
    }
    fair
}

async fn taken_out(market: &Market, fair: &Fair<'_>) -> Vec<File> {
    let opened = tender_bids(&market.app, &fair.officer, fair.tender.id).await.expect("own tender").opened;
    let first = opened.iter().find(|bid| !bid.content().papers.is_empty()).expect("the bid with papers");
    let named: Vec<FileId> = first.content().papers.iter().filter_map(|paper| paper.file.as_ref()?.kept).collect();
    assert!(first.content().papers.iter().flat_map(|paper| &paper.file).all(|file| file.content.is_empty()));
    let mut files = papers(&market.app, std::slice::from_ref(first)).await.expect("files");
    files.sort_by_key(|file| named.iter().position(|id| *id == file.id));
    files
}

on_both_engines! {
    async fn papers_are_read_by_the_tenders_people_after_the_opening_and_by_nobody_else(market: &Market) {
        let sent = json!([
            { "key": "licence", "note": "gsxt.gov.cn", "file": file("营业执照.pdf", PDF) },
            { "key": "iso", "file": file("../证书.pdf", SCRIPT) },
            { "key": "accounts", "note": "only words" },
        ]);
        let fair = opened(market, &content(&sent)).await;
        let files = taken_out(market, &fair).await;
        let seen: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.media_type.as_str(), file.is_inert())).collect();
        assert_eq!(seen, [("营业执照.pdf", "application/pdf", true), ("证书.pdf", "application/octet-stream", false)]);
        let buyer = fair.officer.actor.organization().expect("the buyer");
        let supervisor = acting(market, UserId(Uuid::from_u128(9)), buyer, OrganizationKind::Supervisor, Role::Supervisor);
        for reader in [&fair.officer, &fair.approver, &supervisor, &fair.suppliers[0]] {
            let (_, bytes) = read_file(&market.app, reader, files[0].id).await.expect("may read");
            assert_eq!(bytes, PDF);
        }
        let stranger = acting(market, UserId(Uuid::from_u128(8)), buyer, OrganizationKind::Buyer, Role::Evaluator);
        for stranger in [&fair.suppliers[1], &stranger, &market.public()] {
            assert!(matches!(read_file(&market.app, stranger, files[0].id).await, Err(Error::NotFound)));
        }
    }

    async fn a_bid_whose_file_is_no_file_is_unreadable_and_stops_no_other(market: &Market) {
        let broken = json!([{ "key": "licence", "file": { "name": "a.pdf", "content": "no base64 at all" } }]);
        let fair = opened(market, &content(&broken)).await;
        let lines = record(&market.app, &market.public(), fair.tender.id).await.expect("public").lines;
        let faults: Vec<_> = lines.into_iter().map(|line| match line.outcome {
            OpeningOutcome::Failed { fault, .. } => Some(fault),
            OpeningOutcome::Opened { .. } => None,
        }).collect();
        assert_eq!(faults, [Some(OpeningFault::ContentUnreadable), None, None]);
    }
}
