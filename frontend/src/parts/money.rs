//! Money: figures in one width, and the amount in words (大写金额) as Chinese papers ask for it.

use domain::money::Money;
use leptos::prelude::*;

pub use crate::islands::amount::amount_in_words;

/// An amount: `¥1,234.56`, in figures of one width.
#[component]
pub fn Amount(
    /// The amount.
    money: Money,
    /// Whether the amount in Chinese words stands below it.
    #[prop(optional)]
    in_words: bool,
) -> impl IntoView {
    let words = in_words.then(|| amount_in_words(money)).flatten();
    view! {
        <span class="amount">{signed(money)}</span>
        {words.map(|words| view! { <span class="amount-words" lang="zh-CN">{words}</span> })}
    }
}

/// The minus stands before the sign of the currency: `−¥45.00`.
fn signed(money: Money) -> String {
    if money.amount_minor < 0 { format!("\u{2212}{}", Money::new(-money.amount_minor, money.currency)) } else { money.to_string() }
}
