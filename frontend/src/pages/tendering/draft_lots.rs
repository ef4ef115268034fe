//! The editor's step in which a tender is divided into lots, and the step of items, which shows one lot at a time.

use super::draft_content::{LocalTextInput, LotCapsInput, MoneyInput, TenderContentInput, TenderLotInput};
use super::draft_form::{amount, both, row, rows};
use super::draft_reading::Reading;
use super::lots::short;
use crate::prelude::*;
use domain::money::{Currency, Money};

/// The lots, and how many one supplier may have.
pub(super) fn form(content: &TenderContentInput) -> AnyView {
    let fields = (0..rows("lots", content.lots.len())).map(|place| {
        let one = content.lots.get(place);
        let blank = LocalTextInput::default();
        let name = format!("lots.{place}");
        let budget = one.map(|one| amount(&one.budget)).unwrap_or_default();
        let fields = vec![
            both(&format!("{name}.title"), "lot-title", one.map_or(&blank, |one| &one.title)),
            view! { <MoneyField name=format!("{name}.budget") label=say("tender-budget") value=budget/> }.into_any(),
        ];
        row("lots", place, fields)
    });
    let fields = fields.collect_view();
    let caps = content.lot_caps.as_ref();
    let cap = |most: Option<i32>| most.map(|most| most.to_string()).unwrap_or_default();
    let (bid_most, award_most) = (cap(caps.and_then(|caps| caps.bid_most)), cap(caps.and_then(|caps| caps.award_most)));
    let money = |minor: i64| Money::new(minor, Currency::from_code(&content.budget.currency).unwrap_or(Currency::CNY));
    let sum = content.lots.iter().map(|lot| lot.budget.amount_minor).sum();
    let told = facts([("sum", money(sum).into()), ("budget", money(content.budget.amount_minor).into())]);
    let sum = (!content.lots.is_empty()).then(|| view! { <p class="rule" id=field_id("lots") tabindex="-1">{say_with("lots-sum", told)}</p> });
    view! {
        {sum}
        {fields}
        <Field name="lotCaps.bidMost" label=say("lot-caps-bid-most") help=say("lot-caps-help") kind="number" inputmode="numeric" width="narrow" value=bid_most optional=true/>
        <Field name="lotCaps.awardMost" label=say("lot-caps-award-most") help=say("lot-caps-award-help") kind="number" inputmode="numeric" width="narrow" value=award_most optional=true/>
    }
    .into_any()
}

/// The lot whose items the editor shows: the one that the form or the address names, the first unless told.
pub(super) fn chosen(visit: &Visit, content: &TenderContentInput) -> i32 {
    let named = visit.posted("lot").or_else(|| visit.query("lot")).and_then(|number| number.parse().ok());
    named.filter(|number| content.lots.iter().any(|lot| lot.number == *number)).unwrap_or(1)
}

/// The tabs by which a divided tender's items are reached lot by lot, and which lot this is.
pub(super) fn tabs(content: &TenderContentInput) -> Option<AnyView> {
    if content.lots.is_empty() {
        return None;
    }
    let visit = visit();
    let current = chosen(&visit, content);
    let title = |lot: &TenderLotInput| visit.local(&Words { zh: lot.title.zh.clone(), en: lot.title.en.clone() }).to_owned();
    let entries = content.lots.iter().map(|lot| {
        let count = content.items.iter().filter(|item| item.lot == lot.number).count();
        let label = format!("{} {} ({count})", short(lot.number), title(lot));
        let to = format!("{}?lot={}", visit.path(), lot.number);
        let now = (lot.number == current).then_some("page");
        view! { <li><a href=to aria-current=now>{label}</a></li> }
    });
    let entries = entries.collect_view();
    Some(
        view! {
            <nav class="tabs" aria-label=say("lots")><ul>{entries}</ul></nav>
            <input type="hidden" name="lot" value=current/>
        }
        .into_any(),
    )
}

/// The lot behind this one, where there is one.
pub(super) fn following(content: &TenderContentInput, lot: i32) -> Option<i32> {
    content.lots.iter().map(|one| one.number).find(|number| *number > lot)
}

impl Reading<'_> {
    /// Reads the lots: a row in which nothing is written is no lot, and numbers follow the rows.
    pub(super) fn lots(&mut self, content: &mut TenderContentInput) {
        let rows = self.filled("lots", &["title.zh", "title.en", "budget"]);
        let currency = content.budget.currency.clone();
        content.lots = (1..)
            .zip(&rows)
            .map(|(number, row)| {
                let budget = self.money(&format!("{row}.budget"));
                let budget = budget.unwrap_or_else(|| MoneyInput { amount_minor: 0, currency: currency.clone() });
                TenderLotInput { number, title: self.both(&format!("{row}.title")), budget }
            })
            .collect();
        let caps = LotCapsInput { bid_most: self.count("lotCaps.bidMost"), award_most: self.count("lotCaps.awardMost") };
        content.lot_caps = Some(caps);
        // What stood in a lot that is gone goes to the last one, so that nothing is lost.
        let last = i32::try_from(content.lots.len()).unwrap_or(1).max(1);
        for item in &mut content.items {
            item.lot = item.lot.clamp(1, last);
        }
    }
}
