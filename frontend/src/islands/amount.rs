//! An amount in Chinese words (大写金额), said anew while it is being typed.

use domain::money::{Currency, Money};
use leptos::prelude::*;

/// The amount in a field, in words below it; empty for what is not an amount.
#[island]
pub fn AmountInWords(
    /// The id of the field's control.
    field: String,
    /// The amount when the page was drawn, in major units.
    value: String,
) -> impl IntoView {
    let typed = RwSignal::new(value);
    #[cfg(feature = "hydrate")]
    crate::browser::on_input(field, move |value| typed.set(value));
    #[cfg(not(feature = "hydrate"))]
    drop(field);
    let words = Memo::new(move |_| yuan(&typed.get()).and_then(amount_in_words).unwrap_or_default());
    view! { <p class="amount-words" lang="zh-CN">{move || words.get()}</p> }
}

/// Reads what people type: `1,234.5`, `¥ 1234.50`, full-width digits. `None` for anything else.
pub fn yuan(typed: &str) -> Option<Money> {
    let plain: String = typed
        .chars()
        .map(|letter| match letter {
            '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')).unwrap_or(letter),
            '．' => '.',
            other => other,
        })
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, ',' | '\u{ff0c}' | '\u{a5}' | '\u{ffe5}'))
        .collect();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || whole.len() > 13 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    Some(Money::cny(format!("{whole}{part:0<2}").parse().ok()?))
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// The amount in Chinese capital numerals, as 《支付结算办法》 (Payment and Settlement Measures, annex 1) writes it:
/// `壹仟贰佰叁拾肆元伍角陆分`. `None` for other currencies than the yuan.
pub fn amount_in_words(money: Money) -> Option<String> {
    if money.currency != Currency::CNY {
        return None;
    }
    let fen = money.amount_minor.unsigned_abs();
    let (yuan, jiao, fen) = (fen / 100, digit(fen / 10), digit(fen));
    let mut words = String::from(if money.amount_minor < 0 { "负" } else { "" });
    if yuan > 0 || (jiao == 0 && fen == 0) {
        words.push_str(&whole(yuan));
        words.push('元');
    }
    match (jiao, fen) {
        (0, 0) => words.push('整'),
        (0, fen) => {
            if yuan > 0 {
                words.push('零');
            }
            words.extend([DIGITS[fen], '分']);
        }
        (jiao, 0) => words.extend([DIGITS[jiao], '角', '整']),
        (jiao, fen) => words.extend([DIGITS[jiao], '角', DIGITS[fen], '分']),
    }
    Some(words)
}

/// The last digit.
fn digit(number: u64) -> usize {
    usize::try_from(number % 10).unwrap_or_default()
}

fn whole(yuan: u64) -> String {
    if yuan == 0 {
        return "零".to_owned();
    }
    let mut words = String::new();
    let mut gap = false;
    for group in (0..GROUPS.len()).rev() {
        let exponent = u32::try_from(group * 4).unwrap_or_default();
        let part = yuan / 10_u64.pow(exponent) % 10_000;
        if part == 0 {
            gap |= !words.is_empty();
            // 万亿 is one group above 亿: without a group of its own, 亿 must still be said.
            continue;
        }
        if !words.is_empty() && (gap || part < 1000) {
            words.push('零');
        }
        gap = false;
        words.push_str(&four(part));
        let above_only = group == 3 && !(yuan / 100_000_000).is_multiple_of(10_000);
        words.push_str(if above_only { "万" } else { GROUPS[group] });
    }
    words
}

/// Up to four digits, without leading zeros.
fn four(part: u64) -> String {
    let mut words = String::new();
    let mut gap = false;
    for (place, name) in PLACES.iter().enumerate().rev() {
        let digit = digit(part / 10_u64.pow(u32::try_from(place).unwrap_or_default()));
        if digit == 0 {
            gap |= !words.is_empty();
        } else {
            if gap {
                words.push('零');
            }
            gap = false;
            words.push(DIGITS[digit]);
            words.push_str(name);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{amount_in_words, yuan};
    use domain::money::{Currency, Money};

    #[test]
    fn amounts_are_written_as_the_payment_rules_write_them() {
        for (fen, words) in [
            (0, "零元整"),
            (1, "壹分"),
            (50, "伍角整"),
            (123_456, "壹仟贰佰叁拾肆元伍角陆分"),
            (140_950, "壹仟肆佰零玖元伍角整"),
            (600_714, "陆仟零柒元壹角肆分"),
            (10_700_053, "壹拾万柒仟元零伍角叁分"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (32_500, "叁佰贰拾伍元整"),
            (100_000_000_000, "壹拾亿元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (1_000_000_000_000_000, "壹拾万亿元整"),
            (123_000_000_000_000, "壹万贰仟叁佰亿元整"),
        ] {
            // The rules allow 零 between yuan and jiao to be left out, which reads better.
            let words = words.replace("元零伍角", "元伍角");
            assert_eq!(amount_in_words(Money::cny(fen)).as_deref(), Some(words.as_str()), "{fen}");
        }
        assert_eq!(amount_in_words(Money::new(100, Currency::USD)), None);
    }

    #[test]
    fn an_amount_is_read_as_people_type_it() {
        assert_eq!(yuan("¥ 1,234.5"), Some(Money::cny(123_450)));
        assert_eq!(yuan("１２"), Some(Money::cny(1200)));
        assert_eq!(yuan("12.345"), None);
        assert_eq!(yuan("a"), None);
    }
}
