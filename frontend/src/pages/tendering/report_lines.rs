//! The report's bids: ranked, each with the way to its figures; then those that were rejected, and those that did not
//! qualify.

use super::members;
use super::lots::behind;
use super::report::{Evaluation, EvaluationReport, RankingMethod, ReportLine, TieBreak, name};
use crate::prelude::*;

fn local(words: &Words) -> String {
    visit().local(words).to_owned()
}

/// The ranking.
pub(super) fn ranking(report: &EvaluationReport) -> impl IntoView + use<> {
    let is_scored = report.method == RankingMethod::Comprehensive;
    let lot = report.lines.first().and_then(|line| line.lot_number);
    let rows = report.lines.iter().filter(|line| line.rank.is_some()).map(|line| {
        let over = line.is_passed_over.then(|| view! { <br/><small>{say("lot-passed-over")}</small> });
        let tie = line.tie_break.map(|tie| view! { <br/><small>{say(tie_key(tie))}</small> });
        let points = is_scored.then(|| {
            view! { <td class="number">{line.price_points.clone()}</td><td class="number">{line.total_points.clone()}</td> }
        });
        view! {
            <tr>
                <td class="number">{line.rank}</td>
                <th scope="row">{name(line.bidder.as_ref())}{tie}{over}{members::beside(&line.consortium)}</th>
                <td class="number"><Amount money=line.price.clone().into()/></td>
                <td class="number">{line.evaluated_price.clone().map(|price| view! { <Amount money=price.into()/> })}</td>
                {points}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let mut columns = vec![
        Column::number(say("award-rank")),
        Column::new(say("award-bidder")),
        Column::number(say("award-price")),
        Column::number(say("report-evaluated-price")),
    ];
    if is_scored {
        columns.extend([Column::number(say("award-price-points")), Column::number(say("award-total-points"))]);
    }
    view! { <h2>{say("report-ranking")}</h2><Table caption=behind(&visit(), lot, say("award-ranking")) columns>{rows}</Table> }
}

const fn tie_key(tie: TieBreak) -> &'static str {
    match tie {
        TieBreak::Price => "report-tie-price",
        TieBreak::Technical => "report-tie-technical",
        TieBreak::Green => "report-tie-green",
        TieBreak::Draw => "report-tie-draw",
    }
}

/// For each ranked bid every step from what was bid and given to its total.
pub(super) fn ways(evaluation: &Evaluation, report: &EvaluationReport) -> impl IntoView + use<> {
    let ranked = report.lines.iter().filter(|line| line.rank.is_some());
    let ways = ranked.map(|line| way(evaluation, report, line)).collect_view();
    view! { <h2>{say("report-ways")}</h2>{ways} }
}

fn way(evaluation: &Evaluation, report: &EvaluationReport, line: &ReportLine) -> impl IntoView + use<> {
    let whose = behind(&visit(), line.lot_number, name(line.bidder.as_ref()));
    let caption = say_with("report-members-points", facts([("bidder", whose.clone().into())]));
    let deduction = line.deduction_arithmetic.clone().unwrap_or_else(|| say("report-no-deduction"));
    let mut facts = vec![SummaryFact::new(say("report-deduction"), view! { <span class="figures">{deduction}</span> })];
    if let Some(price) = line.price_arithmetic.clone() {
        facts.push(SummaryFact::new(say("award-price-points"), view! { <span class="figures">{price}</span> }));
    }
    let rows = line.criteria.iter().map(|result| {
        let criterion = evaluation.criteria.iter().find(|one| one.key == result.criterion);
        let label = criterion.map(|one| format!("{} (0–{})", local(&one.name), one.most_points)).unwrap_or_default();
        let given = result.given.iter().map(|points| view! { <td class="number">{points.clone()}</td> }).collect_view();
        view! { <tr><th scope="row">{label}</th>{given}<td class="number"><strong>{result.points.clone()}</strong></td></tr> }
    });
    let rows = rows.collect_view();
    let mut columns = vec![Column::new(say("criterion-name"))];
    columns.extend(report.members.iter().map(|member| Column::number(local(&member.name))));
    columns.push(Column::number(say("report-mean")));
    let title = format!("{}. {}", line.rank.unwrap_or_default(), name(line.bidder.as_ref()));
    let table = (!line.criteria.is_empty()).then(|| view! { <Table caption columns>{rows}</Table> });
    let total = line.total_points.clone().filter(|_| !line.criteria.is_empty()).map(|total| {
        let steps: Vec<String> = line.price_points.iter().cloned().chain(line.criteria.iter().map(|one| one.points.clone())).collect();
        view! { <p class="figures"><strong>{say("award-total-points")}</strong>": "{steps.join(" + ")}" = "<strong>{total}</strong></p> }
    });
    view! {
        <section class="way">
            <h3>{title}</h3>
            {members::table(&line.consortium, &whose)}
            {members::subcontracts(&line.subcontracts)}
            <SummaryList facts/>
            {table}
            {total}
            {low_price(line)}
        </section>
    }
}

fn low_price(line: &ReportLine) -> Option<AnyView> {
    if line.low_price.is_empty() {
        return None;
    }
    let why = line.low_price.iter().map(|trigger| view! { <li>{say(trigger.text_key())}</li> }).collect_view();
    let notes = line.price_notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    Some(
        view! {
            <Notice tone=Tone::Warning title=say("low-price-title")>
                <ul>{why}</ul>
                <p>{say("report-low-price-notes")}</p>
                <ul>{notes}</ul>
            </Notice>
        }
        .into_any(),
    )
}

/// The bids that a majority found not to meet an essential requirement.
pub(super) fn rejected(evaluation: &Evaluation, report: &EvaluationReport) -> Option<AnyView> {
    let rejected: Vec<_> = report.lines.iter().filter(|line| line.rank.is_none()).collect();
    if rejected.is_empty() {
        return None;
    }
    let members = report.members.len();
    let lot = rejected.first().and_then(|line| line.lot_number);
    let rows = rejected.into_iter().map(|line| {
        let unmet = line.unmet.iter().map(|unmet| {
            let requirement = evaluation.essential_requirements.iter().find(|one| one.requirement == unmet.requirement);
            let requirement = requirement.map(|one| local(&one.text)).unwrap_or_default();
            let count = facts([("found", i64::from(unmet.members).into()), ("members", members.into())]);
            let reasons = unmet.reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
            view! { <li><strong>"★ "{requirement}</strong>" "<small>{say_with("report-unmet-by", count)}</small><ul>{reasons}</ul></li> }
        });
        let unmet = unmet.collect_view();
        let invalidity = line.invalidity.as_ref().map(|why| view! { <li>{local(why)}</li> });
        view! { <tr><th scope="row">{name(line.bidder.as_ref())}{members::beside(&line.consortium)}{members::subcontracts(&line.subcontracts)}</th><td class="number"><Amount money=line.price.clone().into()/></td><td><ul class="plain">{invalidity}{unmet}</ul></td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![Column::new(say("award-bidder")), Column::number(say("award-price")), Column::new(say("report-reasons"))];
    Some(view! { <h2>{say("report-rejected")}</h2><Table caption=behind(&visit(), lot, say("report-rejected-caption")) columns>{rows}</Table> }.into_any())
}

/// The bidders that did not qualify; told to those who may read the judgement.
pub(super) fn unqualified(evaluation: &Evaluation) -> Option<AnyView> {
    let refused = |bid: &cynic::Id| evaluation.findings.iter().filter(|finding| finding.bid_id == *bid && !finding.is_met).collect::<Vec<_>>();
    let rows: Vec<_> = evaluation.bids.iter().map(|bid| (bid, refused(&bid.bid_id))).filter(|(_, refused)| !refused.is_empty()).collect();
    if rows.is_empty() {
        return None;
    }
    let lot = rows.first().and_then(|(bid, _)| bid.lot_number);
    let rows = rows.into_iter().map(|(bid, refused)| {
        let reasons = refused.into_iter().map(|finding| {
            let paper = evaluation.papers.iter().find(|paper| paper.key == finding.paper);
            let paper = paper.map(|paper| local(&paper.name)).unwrap_or_default();
            view! { <li><strong>{paper}</strong>": "{finding.reason.clone()}</li> }
        });
        let reasons = reasons.collect_view();
        view! { <tr><th scope="row">{name(bid.bidder.as_ref())}</th><td><ul class="plain">{reasons}</ul></td></tr> }
    });
    let rows = rows.collect_view();
    let columns = vec![Column::new(say("award-bidder")), Column::new(say("report-reasons"))];
    Some(view! { <h2>{say("report-unqualified")}</h2><div class="brief"><Table caption=behind(&visit(), lot, say("report-unqualified-caption")) columns>{rows}</Table></div> }.into_any())
}
