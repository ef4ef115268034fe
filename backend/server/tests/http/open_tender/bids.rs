//! Bids: sealed on their bidders' machines, handed in, taken back, refused when they are late; unknown to everybody until
//! the deadline.

use super::{CANARY, HOLDERS, OFFICER, PAPERS, Path, SELLERS, text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::HashMap;

const EXAMPLE: &str = "06-submit-a-sealed-bid";

/// A bid on its bidder's machine.
struct Sealed {
    commitment: String,
    manifest: String,
    envelope: Vec<u8>,
}

/// Each supplier asks for the terms, seals on its own machine, and hands in. Answers the bids by seller.
pub(super) async fn come_in(path: &Path) -> HashMap<&'static str, String> {
    let mut bids = HashMap::new();
    a_bid_is_withdrawn(path).await;
    for (seller, price, _) in SELLERS {
        let sealed = seal(path, seller, price).await;
        assert_eq!(refused(path, seller, &sealed.manifest, b"something else").await, "COMMITMENT_WRONG");
        let submitted = hand_in(path, seller, &sealed).await;
        assert_eq!((&submitted["bid"]["state"], &submitted["bid"]["commitment"]), (&json!("SEALED"), &json!(sealed.commitment)), "{submitted}");
        let again = hand_in(path, seller, &sealed).await;
        assert_eq!((&again["bid"]["id"], said(&again)), (&submitted["bid"]["id"], said(&submitted)), "sent twice, in once");
        assert_eq!(refused(path, seller, &sealed.manifest, &sealed.envelope).await, "BID_ALREADY_IN");
        assert_eq!(path.step(seller, "ViewerBid").await["id"], submitted["bid"]["id"]);
        bids.insert(seller, text(&submitted["bid"]["id"]));
    }
    bids
}

/// Asks for the terms and seals on the seller's own machine.
async fn seal(path: &Path, seller: &str, price: i64) -> Sealed {
    let terms = path.on.run(seller, EXAMPLE, "SealingTerms", &[("tenderId", path.tender.as_str())]).await;
    let home = path.on.home(seller);
    std::fs::write(home.join("terms.json"), terms.to_string()).unwrap();
    let bid = json!({
        "price": { "amount_minor": price, "currency": "CNY" }, "technical": format!("{CANARY} {seller}"), "brand": format!("品牌 {seller}"),
        "answers": [{ "requirement": 0, "is_met": true, "text": CANARY }, { "requirement": 1, "is_met": true }],
        "papers": PAPERS.map(|key| json!({ "key": key, "note": "见附件" })),
    });
    std::fs::write(home.join("bid.json"), bid.to_string()).unwrap();
    let seal = ["seal", "bid.json", "--terms", "terms.json", "--envelope", "bid.age", "--manifest", "manifest.json", "--bid-key", "bid-key"];
    let commitment = path.on.zhaocai(seller, &seal);
    sealed(path, seller, commitment)
}

/// What lies on the seller's machine.
fn sealed(path: &Path, seller: &str, commitment: String) -> Sealed {
    let home = path.on.home(seller);
    let manifest = std::fs::read_to_string(home.join("manifest.json")).unwrap();
    Sealed { commitment, manifest, envelope: std::fs::read(home.join("bid.age")).unwrap() }
}

/// Hands in by the example, the envelope as a file.
async fn hand_in(path: &Path, seller: &str, sealed: &Sealed) -> Value {
    let known = [("tenderId", path.tender.as_str()), ("manifest", sealed.manifest.as_str())];
    let (document, variables) = path.on.example(EXAMPLE, "SubmitBid", &known);
    let answer = path.on.upload(seller, (&document, "SubmitBid", variables), "input.envelope", ("bid.age", sealed.envelope.clone())).await;
    answer["data"]["submitBid"].clone()
}

/// The code with which an envelope is refused, sent as another act and in base64, in both languages.
async fn refused(path: &Path, seller: &str, manifest: &str, envelope: &[u8]) -> String {
    let known = [("tenderId", path.tender.as_str()), ("manifest", manifest)];
    let (document, mut variables) = path.on.example(EXAMPLE, "SubmitBid", &known);
    variables["input"]["ciphertext"] = json!(STANDARD.encode(envelope));
    variables["input"]["idempotencyKey"] = json!("another act");
    path.on.refused(seller, (&document, "SubmitBid"), variables).await
}

/// What a receipt says; its signature is another each time, as ECDSA has it.
fn said(submitted: &Value) -> String {
    let receipt = text(&submitted["bid"]["receipt"]);
    receipt.rsplit_once('.').expect("a compact JWS").0.to_owned()
}

/// A fourth supplier bids and takes its bid back: what is withdrawn is not withdrawn again, and nobody opens it.
async fn a_bid_is_withdrawn(path: &Path) {
    let seller = "seller.lingxi-cloud";
    let sealed = seal(path, seller, 60_000_000).await;
    let bid = hand_in(path, seller, &sealed).await["bid"]["id"].clone();
    assert_eq!(path.act(seller, "WithdrawBid", json!({ "bidId": bid })).await["bid"]["state"], "WITHDRAWN");
    assert_eq!(path.refused(seller, "WithdrawBid", json!({ "bidId": bid })).await, "BID_WITHDRAWN");
}

/// A second too late: neither a bid nor a change of one that is in.
pub(super) async fn late_ones_are_refused(path: &Path, bids: &HashMap<&str, String>) {
    let seller = SELLERS[0].0;
    let late = sealed(path, seller, String::new());
    assert_eq!(refused(path, seller, &late.manifest, &late.envelope).await, "BID_LATE");
    assert_eq!(path.refused(seller, "WithdrawBid", json!({ "bidId": bids[seller] })).await, "BID_LATE");
}

/// Nothing in the data folder or in what the server has said gives a bid away, and nobody is told anything.
pub(super) async fn nothing_is_known_before_the_deadline(path: &Path) {
    for needle in [CANARY, "82000000", "785000.00"] {
        assert_eq!(path.on.places_of(needle), Vec::<String>::new(), "{needle} is found before the deadline");
    }
    // The search itself finds what is there to be found: the commitment is in the database.
    let bid = path.step(SELLERS[0].0, "ViewerBid").await;
    assert!(!path.on.places_of(bid["commitment"].as_str().unwrap()).is_empty());
    assert_eq!(path.step(OFFICER, "TenderBids").await, json!({ "count": null, "opened": [] }));
    assert_eq!(path.refused(HOLDERS[0], "OpeningShares", json!({})).await, "OPENING_TOO_EARLY");
    assert_eq!(path.step("", "Opening").await, Value::Null);
    assert_eq!(path.step(OFFICER, "Evaluation").await, Value::Null);
    for stranger in [SELLERS[1].0, "officer.university-hz", "expert01"] {
        assert_eq!(path.step(stranger, "TenderBids").await, Value::Null, "{stranger}");
    }
}
