//! The commands that need no database, run as people run them.

use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};

const PASSPHRASE: &str = "four plain words here";

fn zhaocai(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhaocai"));
    command.current_dir(folder).args(arguments.split(' ')).output().unwrap()
}

pub fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

pub fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_bid_is_sealed_checked_and_opened_without_a_browser_or_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("passphrase"), PASSPHRASE).unwrap();
    std::fs::write(at.join("bid.json"), r#"{"price":"899000"}"#).unwrap();
    let holders: Vec<Value> = (1_u128..=2)
        .map(|number| {
            let new = format!("holder-key new --recovery holder{number} --passphrase-file passphrase");
            json!({ "holderId": format!("{number:032x}"), "recipient": printed(&zhaocai(at, &new)) })
        })
        .collect();
    let id = |number: u128| format!("{number:032x}");
    let terms = json!({ "tenderId": id(1), "lotId": id(2), "documentVersion": 1, "bidderId": id(3), "holders": holders, "threshold": 2 });
    std::fs::write(at.join("terms.json"), terms.to_string()).unwrap();

    let seal = "seal bid.json --terms terms.json --envelope bid.age --manifest manifest.json";
    let commitment = printed(&zhaocai(at, seal));
    assert!(refused(&zhaocai(at, seal)).contains("bid.age"), "nothing is written over");
    let verify = "verify bid --manifest manifest.json --envelope bid.age";
    assert!(printed(&zhaocai(at, &format!("{verify} --terms terms.json --commitment {commitment}"))).contains(&commitment));
    assert!(refused(&zhaocai(at, &format!("{verify} --commitment 00"))).contains("COMMITMENT_DOES_NOT_MATCH"));

    let shares: Vec<sealing::opening::Share> = (1..=2)
        .map(|number| {
            let open = format!("holder-key open-share --recovery holder{number} --manifest manifest.json --passphrase-file passphrase");
            serde_json::from_str(&printed(&zhaocai(at, &open))).unwrap()
        })
        .collect();
    let manifest = serde_json::from_slice(&std::fs::read(at.join("manifest.json")).unwrap()).unwrap();
    let mut bid = sealing::envelope::SealedBid { manifest, ciphertext: std::fs::read(at.join("bid.age")).unwrap() };
    assert_eq!(sealing::opening::open(&bid, &shares).unwrap(), br#"{"price":"899000"}"#);

    bid.ciphertext[200] ^= 1;
    std::fs::write(at.join("bid.age"), &bid.ciphertext).unwrap();
    assert!(refused(&zhaocai(at, verify)).contains("COMMITMENT_DOES_NOT_MATCH"));
}

#[test]
fn a_stranger_draws_again_and_finds_the_same_or_says_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    // The worked example of docs/draw.md.
    let application = |number: u32| format!("01937a00-0000-7000-8000-{number:012x}");
    let ticket = |number: u32, is_drawn: bool| {
        json!({ "supplierNumber": format!("01930000-0000-7000-8000-{:012x}", 0x10 + number), "applicationNumber": application(number), "isDrawn": is_drawn })
    };
    let draw = json!({ "data": { "prequalification": {
        "commitment": "2a8abfa8cb9906290437854193ca6bca41d4d4e26d1d454bd66a35158095e737",
        "draw": {
            "seed": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            "count": 3,
            "applicationNumbers": (1..=4).map(application).collect::<Vec<_>>(),
            "tickets": [ticket(3, true), ticket(4, true), ticket(2, true), ticket(1, false)],
        },
    } } });
    let check = |changed: &Value, more: &str| {
        std::fs::write(at.join("draw.json"), changed.to_string()).unwrap();
        zhaocai(at, &format!("verify draw --draw draw.json{more}"))
    };
    assert_eq!(printed(&check(&draw, "")).lines().count(), 3);
    assert!(refused(&check(&draw, " --commitment 00")).contains("COMMITMENT_DOES_NOT_MATCH"));
    let mut other = draw.clone();
    other["data"]["prequalification"]["draw"]["tickets"].as_array_mut().unwrap().swap(0, 3);
    assert!(refused(&check(&other, "")).contains("DRAW_DOES_NOT_MATCH"));
    let mut fewer = draw.clone();
    fewer["data"]["prequalification"]["draw"]["applicationNumbers"].as_array_mut().unwrap().pop();
    assert!(refused(&check(&fewer, "")).contains("DRAW_DOES_NOT_MATCH"));
}

#[tokio::test]
async fn a_stranger_checks_the_log_from_its_address_and_remembers_it() {
    let server = crate::Server::start().await;
    let folder = tempfile::tempdir().unwrap();
    let verify = async |more: &str| {
        let arguments = format!("verify log --url {} --remember seen.json{more}", server.address);
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_zhaocai"));
        command.current_dir(folder.path()).args(arguments.split(' ')).output().await.unwrap()
    };
    assert!(refused(&verify("").await).contains("404"), "an empty log has said nothing");
    server.ask(None, crate::SIGN_UP, crate::newcomer("91350100M000100Y43")).await;
    app::oversight::log::sequence(&server.app).await.unwrap();
    assert!(printed(&verify("").await).starts_with("signed: 127.0.0.1/log has "));
    server.ask(None, crate::SIGN_IN, Value::Null).await;
    app::oversight::log::sequence(&server.app).await.unwrap();
    assert!(printed(&verify("").await).contains("continued: "), "the second time the log must continue what was seen");
    assert!(refused(&verify(" --event 00000000-0000-0000-0000-000000000001").await).contains("404"));
    let seen = std::fs::read_to_string(folder.path().join("seen.json")).unwrap();
    std::fs::write(folder.path().join("seen.json"), seen.replace("/log\\n", "/log\\n1")).unwrap();
    assert!(refused(&verify("").await).contains("NOT_SIGNED"));
}
