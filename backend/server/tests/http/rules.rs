//! The pages that show the rules.

use crate::Server;
use crate::pages::Reader;

#[tokio::test]
async fn the_day_of_the_rules_is_asked_for_in_a_field_that_shows_a_whole_date() {
    let server = Server::start().await;
    for (page, fields) in [("/rules/cn", 1), ("/rules/compare", 2)] {
        let shown = Reader::nobody(&server).page(page).await;
        let dates: Vec<_> = shown.split("<input").filter(|input| input.split('>').next().is_some_and(|tag| tag.contains("type=\"date\""))).collect();
        assert_eq!(dates.len(), fields, "{page}");
        assert!(dates.iter().all(|input| input.split('>').next().is_some_and(|tag| tag.contains("class=\"short\""))), "{page}: {dates:?}");
    }
}
