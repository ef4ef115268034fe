//! What belongs to the lots of a tender is read in as many statements for many lots as for one.

use crate::every_list::{Told, compare, measure};
use crate::market::Market;
use serde_json::Value;

/// The awarded tender of the demonstration that is divided, with its lots, and one that is not.
async fn awarded(market: &Market) -> (Value, Value) {
    let public = market.demo_person("").await;
    let ask = "{ tenders(filter: { states: [AWARDED] }, first: 100) { nodes { id isDivided lots { id number failureReason { zh } } } } }";
    let found = market.ask(&public, ask, Value::Null).await;
    let tenders = found["tenders"]["nodes"].as_array().expect("tenders").clone();
    let of = |is_divided: bool| tenders.iter().find(|tender| tender["isDivided"] == is_divided).expect("one of each").clone();
    (of(false), of(true))
}

#[tokio::test]
async fn lists_of_a_tenders_lots_take_as_many_statements_however_many_there_are() {
    let (market, told) = (Market::demo().await, Told::read().await);
    let ask = async |field: &str, ctx: &app::Context, tender: &Value| {
        let list = told.list(field);
        measure(&market, ctx, &list, &told.document(&list, &format!("tenderId: {}", tender["id"]))).await
    };
    // Who bid for a lot that failed at the deadline is told by the job of the closing.
    app::jobs::run_due(&market.app).await.expect("jobs run");
    let (whole, divided) = awarded(&market).await;
    assert!(divided["lots"].as_array().expect("lots").iter().any(|lot| !lot["failureReason"].is_null()), "one lot failed");
    let public = market.demo_person("").await;
    compare("awards", ask("awards", &public, &whole).await, ask("awards", &public, &divided).await);

    // It bid for two lots, and was told about both.
    let seller = market.demo_person("seller.huasheng-av").await;
    let elsewhere = market.ask(&seller, "{ viewerBids(first: 100) { nodes { state result tender { id isDivided } } } }", Value::Null).await;
    let elsewhere = elsewhere["viewerBids"]["nodes"].as_array().expect("bids").clone();
    let single = elsewhere.iter().find(|bid| bid["tender"]["isDivided"] == false).expect("another bid")["tender"].clone();
    compare("viewerBidsForTender", ask("viewerBidsForTender", &seller, &single).await, ask("viewerBidsForTender", &seller, &divided).await);
    let (few, cheap) = ask("awardNotices", &market.demo_person("seller.qihang-it").await, &divided).await;
    compare("awardNotices", (few, cheap), ask("awardNotices", &seller, &divided).await);

    let officer = market.demo_person("officer.university-cd").await;
    let mut measured = Vec::new();
    for lot in divided["lots"].as_array().expect("lots").iter().filter(|lot| lot["failureReason"].is_null()) {
        let make = format!(
            "mutation {{ makeContract(input: {{ tenderId: {}, lotId: {} }}) {{ contract {{ lotNumber }} userErrors {{ code }} }} }}",
            divided["id"], lot["id"],
        );
        let made = market.ask(&officer, &make, Value::Null).await;
        assert_eq!(made["makeContract"]["contract"]["lotNumber"], lot["number"], "{made}");
        measured.push(ask("contractsOfTender", &officer, &divided).await);
    }
    compare("contractsOfTender", measured[0], measured[1]);
}
