//! An invited tender as each side reads it: applications are the buyer's once their time is over, the draw everybody's
//! after the opening.

use crate::stage::{Stage, content};
use app::Context;
use app::tendering::application::apply;
use chrono::TimeDelta;
use domain::ident::{ApplicationId, HolderKeyId, TenderId};
use domain::language::LocalText;
use domain::tendering::application::ShownPaper;
use domain::tendering::procedure::Procedure;
use domain::tendering::procedure::choice::ProcedureChoice;
use domain::tendering::procedure::ground::Ground;
use serde_json::{Value, json};

impl Stage {
    /// `invited` is an invited tender to which one supplier has applied (`application`). The time for applications is over
    /// once the first tender has come to its opening.
    pub async fn invited(&mut self, holder_keys: &[HolderKeyId], seller: &Context) {
        let (app, now) = (self.market.app.clone(), self.market.clock.now());
        let mut content = content(&self.market);
        content.choice = ProcedureChoice {
            procedure: Procedure::InvitedTender,
            ground: Some(Ground::FewSuppliers),
            reason: LocalText::new("只有少数供应商具备生产许可", ""),
            announced_until: Some(now + TimeDelta::days(8)),
            invite_count: 3,
            ..ProcedureChoice::default()
        };
        content.deadline_at = Some(now + TimeDelta::days(60));
        let id = self.published_as(content, holder_keys).await;
        let papers = vec![ShownPaper { key: "licence".to_owned(), note: "见附件".to_owned(), file: None }];
        let application = apply(&app, seller, id, papers, None).await.expect("applies");
        self.name("invited", TenderId::KIND, id.0);
        self.name("application", ApplicationId::KIND, application.id.0);
    }
}

#[tokio::test]
async fn applications_are_told_to_the_buyer_alone_and_the_draw_to_nobody_before_it_is_made() {
    let stage = Stage::set().await;
    let id = stage.ids["invited"].clone();
    let document = "query ($id: ID!) { prequalification(tenderId: $id) { isOpen inviteCount judgedAt invitedCount
        applications { id applicant { id } papers { key note file { id } } findings { reason } } draw { seed } } }";
    for (letter, reads) in [('P', false), ('S', false), ('L', false), ('O', true), ('o', false), ('A', true), ('U', true), ('E', false)] {
        let told = stage.market.ask(stage.person(letter), document, json!({ "id": id })).await;
        let told = &told["prequalification"];
        assert_eq!((&told["isOpen"], &told["inviteCount"], &told["draw"]), (&json!(false), &json!(3), &Value::Null), "{letter}");
        assert_eq!(told["applications"].is_null(), !reads, "as {letter}: {told}");
        if reads {
            assert_eq!(told["applications"][0]["papers"][0]["note"], "见附件");
        }
    }
}
