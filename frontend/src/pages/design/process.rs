//! Parts that carry a procedure from its first step to its seal.

use domain::money::Money;

use super::both;
use crate::prelude::*;

pub(super) fn process() -> impl IntoView {
    let steps = [("项目", "Tender"), ("需求", "Need"), ("评审标准", "Criteria"), ("日程", "Schedule"), ("核对并送审", "Check and send")]
        .into_iter()
        .enumerate()
        .map(|(index, (zh, en))| Step { label: both(zh, en), to: (index < 3).then(|| "/design".to_owned()), done: index < 2 })
        .collect();
    let now = visit().now();
    let day = chrono::TimeDelta::days(1);
    let moment = |zh: &str, en: &str, days: Option<i32>, note: Option<(&str, &str)>| Moment {
        label: both(zh, en),
        at: days.map(|days| now + day * days),
        note: note.map(|(zh, en)| both(zh, en)),
    };
    let moments = vec![
        moment("采购意向公开", "Plan published", Some(-46), None),
        moment("公告发布", "Notice published", Some(-18), Some(("自发布起不少于 20 日。", "At least 20 days from here to the deadline."))),
        moment("提问截止", "Last day for questions", Some(-5), Some(("收到 6 个提问，均已答复。", "6 questions, all answered."))),
        moment("投标截止并开标", "Deadline and opening", Some(3), Some(("须 3 名密钥持有人中的 2 名到场。", "Two of three key holders must attend."))),
        moment("评审", "Evaluation", Some(4), None),
        moment("中标公告", "Award published", None, None),
    ];
    view! {
        <Steps steps current=2/>
        <div class="columns">
            <div><h3>{both("准备投标", "Prepare your bid")}</h3><TaskList tasks=tasks()/></div>
            <div><h3>{both("进度", "Progress")}</h3><Timeline moments/></div>
        </div>
    }
}

fn tasks() -> Vec<Task> {
    let task = |zh: &str, en: &str, open: bool, hint: Option<(&str, &str)>, state: State, said: (&str, &str)| Task {
        label: both(zh, en),
        to: open.then(|| "/design".to_owned()),
        hint: hint.map(|(zh, en)| both(zh, en)),
        state,
        said: both(said.0, said.1),
    };
    vec![
        task("资格证明文件", "Qualification papers", true, Some(("5 份中已有 5 份。", "5 of 5 are in.")), State::Good, ("完成", "Complete")),
        task("报价", "Prices", true, Some(("第 3 包缺少单价。", "Lot 3 has no unit price.")), State::Warning, ("缺 1 项", "1 missing")),
        task("技术响应", "Technical response", true, None, State::Draft, ("草稿", "Draft")),
        task("核对并密封", "Check and seal", false, Some(("完成以上各项后可用。", "Once all of the above is complete.")), State::Waiting, ("尚不可用", "Not yet")),
    ]
}

pub(super) fn last() -> impl IntoView {
    let facts = || {
        vec![
            SummaryFact::new(both("回执编号", "Receipt number"), "HZ-2026-000417"),
            SummaryFact::new(both("项目", "Tender"), both("全市中小学 2027 年春季复印纸", "Copy paper for all schools, spring 2027")),
            SummaryFact::new(both("收到时间", "Received"), view! { <Instant at=visit().now()/> }),
        ]
    };
    let checked = vec![
        SummaryFact::new(both("投标总价", "Bid price"), view! { <Amount money=Money::cny(45_912_000) in_words=true/> }).change("/design"),
        SummaryFact::new(both("交货期", "Delivery"), both("合同签订后 15 日内", "Within 15 days of contract")).change("/design"),
        SummaryFact::new(both("中小企业声明", "SME declaration"), both("小型企业，价格扣除 10%", "Small enterprise, 10% price preference")).change("/design"),
    ];
    view! {
        <h3>{both("提交前核对", "Check before you submit")}</h3>
        <SummaryList facts=checked/>
        <div class="buttons">
            <Dialog id="seal-bid" open=both("密封并提交投标", "Seal and submit bid") title=both("密封并提交?", "Seal and submit?") kind=Kind::Final>
                <p>{both("提交后，截止前可撤回或替换；截止后不能再改。开标前任何人无法读取。", "Until the deadline you can withdraw or replace it; afterwards nothing changes. Nobody can read it before opening.")}</p>
                <form method="post" action="/design"><Button label=both("密封并提交", "Seal and submit") kind=Kind::Final name="show" value="done"/></form>
            </Dialog>
        </div>
        <div class="design-frame">
            <Confirmation
                title=both("投标已密封并收到", "Your bid is sealed and received")
                facts=facts()
                level=3
                fingerprint="9f2c41d8a07be6135d0f8a44c9127be02f6a51e3d7b48c90aa14e35f60cd7712"
            >
                <p>{both("11 月 27 日 10:00 开标。届时本页显示开标记录。请打印或保存本回执。", "Opening is on 27 November at 10:00. The record will appear here. Print or keep this receipt.")}</p>
            </Confirmation>
        </div>
    }
}
