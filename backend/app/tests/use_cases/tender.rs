//! Plans, tenders from draft to notice, questions: who may, in which order, and what others learn of it.

use crate::fair::{Fair, acting, content, handed_in};
use crate::market::{Market, now};
use crate::on_both_engines;
use app::tendering::schedule::schedules_of;
use app::tendering::tender::{self, Change, Draft, TenderFilter, TenderSort};
use app::tendering::{clarification, plan};
use app::{Context, Error};
use chrono::TimeDelta;
use domain::ident::UserId;
use domain::identity::organization::OrganizationKind;
use domain::identity::role::Role;
use domain::language::LocalText;
use domain::money::Money;
use domain::refusal::Code;
use domain::tendering::plan::PlanContent;
use domain::tendering::schedule::{ScheduleKind, Standing, When};
use domain::tendering::tender::{TenderState, TenderStateName};
use domain::tendering::tender_content::TenderContent;
use uuid::Uuid;

fn both(text: &str) -> LocalText {
    LocalText::new(text, text)
}

fn intention() -> PlanContent {
    PlanContent {
        title: both("办公家具"),
        description: both("更新办公家具"),
        category: "A05010200".to_owned(),
        budget: Money::cny(150_000_000),
        expected_on: now().date_naive() + TimeDelta::days(40),
    }
}

/// A colleague of the officer, in another role.
fn colleague(fair: &Fair<'_>, number: u128, role: Role) -> Context {
    let buyer = fair.tender.buyer;
    acting(fair.market, UserId(Uuid::from_u128(number)), buyer, OrganizationKind::Buyer, role)
}

/// A draft of the officer's with the holders of the tender that is out.
async fn draft(fair: &Fair<'_>) -> domain::tendering::tender::Tender {
    let holder_keys = fair.tender.content.holders.iter().map(|holder| holder.key).collect();
    let draft = Draft { content: content(), holder_keys };
    tender::begin_draft(&fair.market.app, &fair.officer, None, draft).await.expect("a draft")
}

on_both_engines! {
    async fn a_plan_is_the_buyers_own_until_it_is_public_and_a_tender_may_carry_it_out(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let drafted = plan::create(app, &fair.officer, intention()).await.expect("drafted");
        assert!(matches!(plan::plan(app, &fair.suppliers[0], drafted.id).await, Err(Error::NotFound)));
        let early = Draft { content: content(), holder_keys: Vec::new() };
        let error = tender::begin_draft(app, &fair.officer, Some(drafted.id), early.clone()).await.unwrap_err();
        assert!(error.has_code(Code::NotFound), "{error}");
        plan::publish(app, &fair.officer, drafted.id).await.expect("public");
        assert_eq!(plan::plan(app, &market.public(), drafted.id).await.expect("everybody reads it").id, drafted.id);
        let again = plan::publish(app, &fair.officer, drafted.id).await.unwrap_err();
        assert!(again.has_code(Code::WrongState), "{again}");
        let begun = tender::begin_draft(app, &fair.officer, Some(drafted.id), early).await.expect("begun");
        assert_eq!(begun.plan, Some(drafted.id));
        let stranger = plan::create(app, &fair.suppliers[0], intention()).await;
        assert!(matches!(stranger, Err(Error::Forbidden)));
    }

    async fn a_list_in_each_order_is_paged_without_gaps(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 0).await);
        for (days, budget) in [(40, 1), (30, 3), (30, 2)] {
            let mut content = content();
            content.deadline_at = Some(now() + TimeDelta::days(days));
            content.budget = Money::cny(budget);
            let draft = Draft { content, holder_keys: Vec::new() };
            tender::begin_draft(app, &fair.officer, None, draft).await.expect("a draft");
            app.clock().advance(TimeDelta::seconds(1));
        }
        for sort in [TenderSort::Newest, TenderSort::Deadline, TenderSort::Budget] {
            let filter = TenderFilter { sort, ..TenderFilter::default() };
            let whole = tender::tenders(app, &fair.officer, &filter, None, 10).await.expect("a list");
            let (mut paged, mut after) = (Vec::new(), None);
            while let Some(next) = tender::tenders(app, &fair.officer, &filter, after.as_ref(), 1).await.expect("a page").pop() {
                after = Some(tender::key(&next, sort));
                paged.push(next.id);
            }
            assert_eq!(paged, whole.iter().map(|tender| tender.id).collect::<Vec<_>>());
            assert_eq!(paged.len(), 4);
            let in_order = |pair: &[domain::tendering::tender::Tender]| match sort {
                TenderSort::Newest => pair[0].created_at >= pair[1].created_at,
                TenderSort::Deadline => pair[0].content.deadline_at <= pair[1].content.deadline_at,
                TenderSort::Budget => pair[0].content.budget.amount_minor >= pair[1].content.budget.amount_minor,
            };
            assert!(whole.windows(2).all(in_order), "{sort:?}");
        }
        let other = TenderFilter { sort: TenderSort::Budget, ..TenderFilter::default() };
        let place = tender::key(&fair.tender, TenderSort::Newest);
        let error = tender::tenders(app, &fair.officer, &other, Some(&place), 1).await.unwrap_err();
        assert!(error.has_code(Code::Malformed), "{error}");
        let soon = TenderFilter { deadline_before: Some(now() + TimeDelta::days(31)), ..TenderFilter::default() };
        assert_eq!(tender::tender_count(app, &fair.officer, &soon).await.expect("counts"), 3);
    }

    async fn a_notice_waits_until_its_intention_has_been_public_for_thirty_days(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 0).await);
        let plan = plan::create(app, &fair.officer, intention()).await.expect("drafted");
        plan::publish(app, &fair.officer, plan.id).await.expect("public");
        let holder_keys = fair.tender.content.holders.iter().map(|holder| holder.key).collect();
        let mut content = content();
        content.deadline_at = Some(now() + TimeDelta::days(60));
        let begun = tender::begin_draft(app, &fair.officer, Some(plan.id), Draft { content, holder_keys }).await.expect("begun");
        handed_in(fair.market, &fair.officer, begun.id).await.expect("handed in meanwhile");
        tender::approve(app, &fair.approver, begun.id).await.expect("approved meanwhile");
        market.app.clock().advance(TimeDelta::days(29));
        let early = tender::publish(app, &fair.officer, begun.id).await.unwrap_err();
        assert!(early.has_code(Code::PlanTooRecent), "{early}");
        market.app.clock().advance(TimeDelta::days(1));
        let notice = tender::publish(app, &fair.officer, begun.id).await.expect("published");
        assert_eq!((notice.state.name(), notice.plan), (TenderStateName::Published, Some(plan.id)));
    }

    async fn a_draft_is_not_there_for_strangers_and_is_saved_by_version(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let begun = draft(&fair).await;
        for stranger in [&fair.suppliers[0], &market.public()] {
            assert!(matches!(tender::tender(app, stranger, begun.id).await, Err(Error::NotFound)));
            assert!(matches!(tender::submit(app, stranger, begun.id).await, Err(Error::NotFound | Error::Unauthenticated)));
        }
        let unfinished = || {
            let mut content = content();
            content.items.clear();
            Draft { content, holder_keys: Vec::new() }
        };
        let written = tender::write_draft(app, &fair.officer, begun.id, begun.version, unfinished()).await.expect("saved");
        assert!(written.content.items.is_empty());
        let stale = tender::write_draft(app, &fair.officer, begun.id, begun.version, unfinished()).await.unwrap_err();
        assert!(stale.has_code(Code::Conflict), "{stale}");
        let refused = tender::submit(app, &fair.officer, begun.id).await.unwrap_err();
        assert!(refused.has_code(Code::Required) && refused.has_code(Code::HoldersTooFew), "{refused}");
    }

    async fn a_key_that_nobody_registered_is_refused_and_recipients_in_the_content_are_not_believed(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 0).await);
        let mut forged = content();
        forged.holders.clone_from(&fair.tender.content.holders);
        "age1forged".clone_into(&mut forged.holders[0].recipient);
        let begun = tender::begin_draft(app, &fair.officer, None, Draft { content: forged, holder_keys: Vec::new() }).await;
        assert!(begun.expect("begun").content.holders.is_empty());
        let unknown = Draft { content: content(), holder_keys: vec![Uuid::from_u128(5).into()] };
        let Err(Error::Refused(refusals)) = tender::begin_draft(app, &fair.officer, None, unknown).await else {
            panic!("a key that nobody registered was taken")
        };
        assert_eq!(refusals[0].path, ["content", "holderKeyIds", "0"]);
    }

    async fn an_approver_sends_back_with_a_reason_and_the_writer_approves_nothing(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 0).await);
        let begun = draft(&fair).await;
        handed_in(fair.market, &fair.officer, begun.id).await.expect("handed in");
        let own = colleague_of_same_person(&fair);
        let error = tender::approve(app, &own, begun.id).await.unwrap_err();
        assert!(error.has_code(Code::SamePerson), "{error}");
        let error = tender::send_back(app, &fair.approver, begun.id, " ".to_owned()).await.unwrap_err();
        assert!(error.has_code(Code::Required), "{error}");
        let back = tender::send_back(app, &fair.approver, begun.id, "预算不符".to_owned()).await.expect("sent back");
        assert!(matches!(back.state, TenderState::Draft { returned: Some(reason), .. } if reason == "预算不符"));
        assert!(matches!(tender::approve(app, &fair.officer, begun.id).await, Err(Error::Forbidden)));
    }

    async fn a_notice_is_listed_for_everybody_and_a_draft_for_its_buyer_alone(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let begun = draft(&fair).await;
        let all = TenderFilter::default();
        let public = tender::tenders(app, &market.public(), &all, None, 10).await.expect("a list");
        assert_eq!(public.iter().map(|tender| tender.id).collect::<Vec<_>>(), [fair.tender.id]);
        assert_eq!(tender::tender_count(app, &fair.officer, &all).await.expect("a count"), 2);
        let drafts = TenderFilter { states: vec![TenderStateName::Draft], ..TenderFilter::default() };
        let own = tender::tenders(app, &fair.approver, &drafts, None, 10).await.expect("a list");
        assert_eq!(own.iter().map(|tender| tender.id).collect::<Vec<_>>(), [begun.id]);
        assert_eq!(tender::tender_count(app, &fair.suppliers[0], &drafts).await.expect("a count"), 0);
    }

    async fn a_tender_is_called_off_with_a_reason_and_takes_no_question_then(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 1).await);
        let id = fair.tender.id;
        let error = tender::cancel(app, &fair.officer, id, both("")).await.unwrap_err();
        assert!(error.has_code(Code::Required), "{error}");
        assert!(matches!(tender::cancel(app, &fair.suppliers[0], id, both("x")).await, Err(Error::Forbidden)));
        let ended = tender::cancel(app, &fair.officer, id, both("需求变化")).await.expect("called off");
        assert_eq!(ended.state.name(), TenderStateName::Cancelled);
        let error = clarification::ask(app, &fair.suppliers[0], id, "何时重新招标?".to_owned()).await.unwrap_err();
        assert!(error.has_code(Code::WrongState), "{error}");
    }

    async fn a_question_is_the_askers_and_the_buyers_until_it_is_answered_once(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 2).await);
        let id = fair.tender.id;
        let asked = clarification::ask(app, &fair.suppliers[0], id, "可否分批交付?".to_owned()).await.expect("asked");
        let seen_by = async |ctx: &Context| clarification::clarifications(app, ctx, id).await.expect("a list").len();
        assert_eq!((seen_by(&fair.officer).await, seen_by(&fair.suppliers[0]).await), (1, 1));
        assert_eq!((seen_by(&fair.suppliers[1]).await, seen_by(&market.public()).await), (0, 0));
        let stranger = clarification::answer(app, &fair.suppliers[1], asked.id, "可以".to_owned()).await;
        assert!(matches!(stranger, Err(Error::NotFound)));
        clarification::answer(app, &fair.officer, asked.id, "可以".to_owned()).await.expect("answered");
        assert_eq!(seen_by(&market.public()).await, 1);
        let twice = clarification::answer(app, &fair.officer, asked.id, "不可以".to_owned()).await.unwrap_err();
        assert!(twice.has_code(Code::Conflict), "{twice}");
        fair.pass_deadline();
        let late = clarification::ask(app, &fair.suppliers[0], id, "还来得及吗?".to_owned()).await.unwrap_err();
        assert!(late.has_code(Code::DeadlinePassed), "{late}");
    }

    async fn questions_end_before_bids_do_where_the_notice_says_so(market: &Market) {
        let until = now() + TimeDelta::days(2);
        let fair = Fair::of(market, 0, 2, |_| TenderContent { questions_until: Some(until), ..content() }).await;
        let (app, id) = (&market.app, fair.tender.id);
        app.clock().set(until);
        let asked = clarification::ask(app, &fair.suppliers[0], id, "可否分批交付?".to_owned()).await.expect("the last second is in time");
        app.clock().set(until + TimeDelta::seconds(1));
        let late = clarification::ask(app, &fair.suppliers[0], id, "还来得及吗?".to_owned()).await.unwrap_err();
        assert!(late.has_code(Code::QuestionsOver), "{late}");
        clarification::answer(app, &fair.officer, asked.id, "可以".to_owned()).await.expect("what was asked in time is answered");
        let dates = schedules_of(app, &market.public(), &[id]).await.expect("schedules").remove(&id).expect("public").dates;
        let ended = dates.iter().find(|entry| entry.kind == ScheduleKind::QuestionsEnded).expect("a date of its own");
        assert_eq!((ended.due, ended.standing), (When::At(until), Standing::Done));
        // A change that says nothing of it leaves it; a draft that ends too late is not handed in.
        let seen = tender::tender(app, &fair.officer, id).await.expect("reads");
        let mut changed = TenderContent { questions_until: None, ..seen.content.clone() };
        changed.description = both("更正后的说明");
        let change = Change { content: changed, reason: both("更正") };
        let amended = tender::amend(app, &fair.officer, (id, seen.version), change).await.expect("changed");
        assert_eq!(amended.content.questions_until, Some(until));
        let too_late = TenderContent { questions_until: content().deadline_at, ..content() };
        let draft = tender::begin_draft(app, &fair.officer, None, Draft { content: too_late, holder_keys: Vec::new() }).await.expect("a draft");
        assert!(handed_in(market, &fair.officer, draft.id).await.unwrap_err().has_code(Code::QuestionsEndTooLate));
    }

    async fn a_notice_published_twice_with_one_key_is_published_once(market: &Market) {
        let (app, fair) = (&market.app, Fair::open(market, 0).await);
        let begun = draft(&fair).await;
        handed_in(fair.market, &fair.officer, begun.id).await.expect("handed in");
        tender::approve(app, &fair.approver, begun.id).await.expect("approved");
        let once = fair.officer.with_idempotency_key(Some("publish-1".to_owned()));
        let first = tender::publish(app, &once, begun.id).await.expect("published");
        let again = tender::publish(app, &once, begun.id).await.expect("the same answer");
        assert_eq!(first, again);
        let error = tender::publish(app, &fair.officer, begun.id).await.unwrap_err();
        assert!(error.has_code(Code::WrongState), "{error}");
    }
}

/// The officer, in the approver's role.
fn colleague_of_same_person(fair: &Fair<'_>) -> Context {
    let user = fair.officer.person().expect("a person").user;
    colleague(fair, user.0.as_u128(), Role::Approver)
}
