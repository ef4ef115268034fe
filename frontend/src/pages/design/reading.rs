//! Parts that are read: words, notices, states, figures, tables.

use domain::money::Money;

use super::both;
use crate::prelude::*;

pub(super) fn words() -> impl IntoView {
    let notices = Tone::ALL.map(notice).into_iter().collect_view();
    view! {
        <div class="columns">
            <div>
                <h3>{both("云州市教育局 2027 年春季教学用品", "Teaching supplies for spring 2027, Yunzhou Education Bureau")}</h3>
                <p>
                    {both(
                        "采购人须在采购文件中写明评审标准。未写明的标准不得作为评审依据。",
                        "A buyer states the award criteria in the tender documents. What is not stated there can't count later.",
                    )}
                    " " <a href="#main">{both("查看依据", "Read the rule")}</a>
                </p>
                <p class="quiet">{both("草稿于 14:32 自动保存", "Draft saved at 14:32")}</p>
            </div>
            <div>
                <Empty why=both("还没有收到提问。", "No questions yet.")>
                    <p>{both("供应商可在 11 月 20 日 17:00 前提问；答复会发给所有已获取文件的供应商。", "Suppliers can ask until 20 November 17:00; every answer goes to all who hold the documents.")}</p>
                </Empty>
            </div>
        </div>
        {notices}
    }
}

fn notice(tone: Tone) -> AnyView {
    let (title, text) = match tone {
        Tone::Info => (both("更正公告已发布", "A change has been published"), both("截止时间由 11 月 24 日改为 11 月 27 日。", "The deadline moves from 24 to 27 November.")),
        Tone::Good => (both("公告已通过审批", "The notice is approved"), both("将于明天 9:00 发布。", "It will be published tomorrow at 9:00.")),
        Tone::Warning => (both("营业执照 12 天后到期", "Your business licence expires in 12 days"), both("开标时须有效，请先上传新执照。", "It must be valid at opening. Upload the new one first.")),
        Tone::Error => (
            both("截止时间早于最短等标期", "The deadline is earlier than the rule allows"),
            both(
                "公开招标自文件发出至截止不少于 20 日（政府采购法第三十五条）。请改为 12 月 15 日或以后。",
                "An open tender runs at least 20 days from issue to deadline (Government Procurement Law, article 35). Choose 15 December or later.",
            ),
        ),
        Tone::Sealed => (both("投标已密封", "The bids are sealed"), both("开标前任何人都无法读取，包括平台。", "Until opening nobody can read them, the platform included.")),
    };
    view! { <Notice tone title><p>{text}</p></Notice> }.into_any()
}

pub(super) fn states() -> impl IntoView {
    let tags = State::ALL
        .map(|state| {
            let label = match state {
                State::Draft => both("草稿", "Draft"),
                State::Waiting => both("待审批", "Awaiting approval"),
                State::Open => both("招标中", "Open"),
                State::Good => both("已成交", "Awarded"),
                State::Warning => both("需处理", "Needs attention"),
                State::Refused => both("已退回", "Returned"),
                State::Sealed => both("已密封", "Sealed"),
                State::Closed => both("已归档", "Archived"),
            };
            view! { <li><Tag state label/></li> }
        })
        .into_iter()
        .collect_view();
    view! {
        <ul class="inline">{tags}</ul>
        <Tabs
            label=both("公告的页面", "Pages of the notice")
            tabs=vec![
                (both("样式", "Style"), "/design".to_owned()),
                (both("采购需求", "Requirements"), "/design?tab=requirements".to_owned()),
                (both("采购文件", "Documents"), "/design?tab=documents".to_owned()),
                (both("提问与答复", "Questions"), "/design?tab=questions".to_owned()),
            ]
        />
    }
}

pub(super) fn figures() -> impl IntoView {
    let now = visit().now();
    let bars = [("办公用品", "Office supplies", 412_600_000), ("信息设备", "IT equipment", 1_286_400_000), ("实验试剂", "Laboratory reagents", 238_150_000), ("物业服务", "Facility services", 655_000_000), ("道路养护", "Road maintenance", 904_725_000)]
        .map(|(zh, en, fen)| Bar { label: both(zh, en), value: fen, shown: Money::cny(fen).major() })
        .into();
    view! {
        <div class="columns">
            <div>
                <Countdown at=now + chrono::TimeDelta::minutes(3 * 1440 + 250)/>
                <Countdown at=now + chrono::TimeDelta::seconds(754)/>
                <p><Since at=now - chrono::TimeDelta::hours(26)/></p>
                <p><Day on=now.date_naive()/></p>
            </div>
            <div>
                <p class="figure"><Amount money=Money::cny(128_640_050) in_words=true/></p>
                <p><Amount money=Money::cny(-4_500)/></p>
            </div>
        </div>
        <BarChart caption=both("2026 年 10 月成交额，按品目", "Value awarded in October 2026, by category") label=both("品目", "Category") unit=both("金额（元）", "Value (CNY)") bars/>
    }
}

pub(super) fn tables() -> impl IntoView {
    let columns = vec![
        Column::new(both("项目", "Tender")).sorts("title"),
        Column::new(both("采购人", "Buyer")),
        Column::new(both("状态", "State")),
        Column::number(both("预算（元）", "Budget (CNY)")).sorts("budget"),
        Column::number(both("投标", "Bids")),
    ];
    let rows = [
        ("云州市第一人民医院超声诊断设备", "Ultrasound equipment, Yunzhou First People's Hospital", "云州市第一人民医院", "Yunzhou First People's Hospital", State::Open, "招标中", "Open", 368_000_000, "–"),
        ("全市中小学 2027 年春季复印纸", "Copy paper for all schools, spring 2027", "云州市教育局", "Yunzhou Education Bureau", State::Sealed, "待开标", "Awaiting opening", 48_600_000, "7"),
        ("滨江路雨水管网改造设计", "Design of storm drains, Binjiang Road", "临江区住建局", "Linjiang Housing and Construction Bureau", State::Good, "已定标", "Awarded", 126_500_000, "4"),
        ("政务大厅物业服务（三年）", "Facility services for the civic hall, three years", "临江区机关事务局", "Linjiang Office Affairs Bureau", State::Refused, "已废标", "Failed", 89_400_000, "2"),
    ]
    .map(|(zh, en, buyer_zh, buyer_en, state, said_zh, said_en, budget, bids)| {
        view! {
            <tr>
                <th scope="row"><a href="/tenders">{both(zh, en)}</a></th>
                <td>{both(buyer_zh, buyer_en)}</td>
                <td><Tag state label=both(said_zh, said_en)/></td>
                <td class="number">{Money::cny(budget).major()}</td>
                <td class="number">{bids}</td>
            </tr>
        }
    })
    .into_iter()
    .collect_view();
    let cursors = Cursors { before: Some("a".to_owned()), after: Some("b".to_owned()) };
    view! {
        <Table caption=both("公开招标公告", "Open tender notices") columns>{rows}</Table>
        <Pagination cursors count=both("第 21–24 条，共 312 条", "21–24 of 312")/>
    }
}
