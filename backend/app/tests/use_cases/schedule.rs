//! Where tenders stand, as far as the reader may know.

use crate::fair::{Fair, content};
use crate::market::Market;
use crate::on_both_engines;
use crate::procedure::{to_panel, to_report};
use app::Context;
use app::tendering::award::{confirm_award, publish_award};
use app::tendering::evaluation::evaluation;
use app::tendering::schedule::{TenderSchedule, open_schedules, schedules_of};
use app::tendering::tender::{Draft, begin_draft, cancel};
use chrono::TimeDelta;
use domain::language::LocalText;
use domain::tendering::procedure::command::Command;
use domain::tendering::schedule::{Place, ScheduleEntry, ScheduleKind, Standing, When};
use domain::tendering::tender::TenderStateName;
use domain::text::ZONE;

async fn read(fair: &Fair<'_>, ctx: &Context) -> TenderSchedule {
    let id = fair.tender.id;
    schedules_of(&fair.market.app, ctx, &[id]).await.expect("schedules").remove(&id).expect("the reader knows of it")
}

fn date(schedule: &TenderSchedule, kind: ScheduleKind) -> &ScheduleEntry {
    schedule.dates.iter().find(|entry| entry.kind == kind).unwrap_or_else(|| panic!("no {kind:?}"))
}

fn here(schedule: &TenderSchedule) -> TenderStateName {
    schedule.way.iter().find(|(_, place)| *place == Place::Here).expect("it stands somewhere").0
}

/// With a panel of three, as the walk beside has it.
async fn opened(market: &Market) -> Fair<'_> {
    Fair::of(market, 0, 3, |_| content_for_three()).await
}

fn content_for_three() -> domain::tendering::tender_content::TenderContent {
    use domain::tendering::procedure::Procedure;
    use domain::tendering::procedure::ground::Ground;
    let mut content = content();
    content.choice.procedure = Procedure::Inquiry;
    content.choice.ground = Some(Ground::UniformGoods);
    content.choice.reason = LocalText::new("规格统一、货源充足", "");
    content.method = domain::tendering::tender_content::EvaluationMethod::LowestPrice;
    content.criteria.clear();
    content.panel_size = 3;
    content
}

on_both_engines! {
    async fn the_public_learns_of_the_report_only_with_the_award_and_counts_from_what_it_knows(market: &Market) {
        let fair = opened(market).await;
        let (app, id) = (&market.app, fair.tender.id);
        let before = read(&fair, &market.public()).await;
        assert_eq!((here(&before), before.acts[0].command), (TenderStateName::Published, Command::SubmitBid));
        assert_eq!(date(&before, ScheduleKind::DeadlineReached).due, When::At(fair.tender.content.deadline_at.expect("a deadline")));
        let bids = fair.all_bid().await;
        to_panel(&fair, &bids).await;
        to_report(&fair).await;
        let reported_on = app.clock().now().with_timezone(&ZONE).date_naive();

        let (public, buyer) = (read(&fair, &market.public()).await, read(&fair, &fair.approver).await);
        assert_eq!(date(&public, ScheduleKind::BidsOpened).standing, Standing::Done);
        assert_eq!(date(&public, ScheduleKind::AwardConfirmed).due, When::Unpublished, "that there is a report the state tells, its day not yet");
        let When::On(due) = date(&buyer, ScheduleKind::AwardConfirmed).due else { panic!("the buyer knows the day") };
        assert!(due >= reported_on + TimeDelta::days(5), "five working days are at least five days");
        assert_eq!(buyer.acts[0].command, Command::ConfirmAward);
        assert_eq!(buyer.acts[0].due, Some(When::On(due)));
        assert!(buyer.acts[0].source.contains("第四十三条"), "{}", buyer.acts[0].source);

        let first = evaluation(app, &fair.officer, id).await.expect("reads").report.expect("a report").ranked().next().expect("a first").contender.bid_id;
        confirm_award(app, &fair.approver, id, first).await.expect("confirms");
        publish_award(app, &fair.officer, id).await.expect("publishes");
        let public = read(&fair, &market.public()).await;
        assert_eq!(here(&public), TenderStateName::Awarded);
        let awarded = date(&public, ScheduleKind::AwardPublished);
        assert_eq!((awarded.standing, awarded.done_at), (Standing::Done, Some(app.clock().now())));
        for kind in [ScheduleKind::EvaluationEnded, ScheduleKind::ReportGiven, ScheduleKind::AwardConfirmed] {
            assert_eq!(date(&public, kind).standing, Standing::Done, "with the award its course is everybody's: {kind:?}");
        }
        assert!(matches!(date(&public, ScheduleKind::ChallengesEnded).due, When::On(_) | When::UnknownYear(_)));
        assert_eq!(date(&public, ScheduleKind::ContractSigned).due, When::On(reported_on + TimeDelta::days(30)), "政府采购法第四十六条");
    }

    async fn drafts_are_their_buyers_and_what_was_called_off_comes_up_no_more(market: &Market) {
        let fair = Fair::open(market, 1).await;
        let app = &market.app;
        let draft = begin_draft(app, &fair.officer, None, Draft { content: content(), holder_keys: Vec::new() }).await.expect("a draft").id;
        assert!(schedules_of(app, &market.public(), &[draft]).await.expect("none").is_empty());
        let own = schedules_of(app, &fair.officer, &[draft]).await.expect("its own").remove(&draft).expect("known");
        assert!(own.dates.is_empty() && own.acts[0].command == Command::Submit, "the law of a draft is not known before its notice");
        assert_eq!(open_schedules(app, &market.public()).await.expect("open").len(), 1);
        cancel(app, &fair.officer, fair.tender.id, LocalText::new("项目取消", "")).await.expect("called off");
        assert!(open_schedules(app, &market.public()).await.expect("none").is_empty());
        let ended = read(&fair, &market.public()).await;
        assert!(ended.dates.iter().all(|entry| entry.standing == Standing::Done) && ended.way.iter().all(|(_, place)| *place != Place::Here));
    }
}
