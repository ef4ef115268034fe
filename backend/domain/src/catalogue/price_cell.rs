//! Prices as suppliers write them: `5224.05`, `¥5,499.00`, `２３６７．９７`, `1.980万元`, `468元`, `9,81`.

use super::price_tier::{check_price, out_of_range};
use crate::money::{Currency, Money};
use crate::refusal::{Code, Refusal};
use unicode_normalization::UnicodeNormalization;

/// Words that say that there is no stated price.
const BY_AGREEMENT: [&str; 16] = [
    "面议", "电议", "议价", "询价", "待定", "另议", "来电", "咨询", "negotiable", "on request", "upon request", "tbd", "tba",
    "poa", "n/a", "call",
];

/// Signs and words of a currency, longest first.
const CURRENCIES: [(&str, &str); 19] = [
    ("人民币", "CNY"), ("us$", "USD"), ("hk$", "HKD"), ("rmb", "CNY"), ("cny", "CNY"), ("usd", "USD"), ("eur", "EUR"),
    ("gbp", "GBP"), ("hkd", "HKD"), ("jpy", "JPY"), ("krw", "KRW"), ("chf", "CHF"), ("美元", "USD"), ("欧元", "EUR"),
    ("港元", "HKD"), ("日元", "JPY"), ("¥", "CNY"), ("$", "USD"), ("€", "EUR"),
];

/// Multiples that stand behind a number, longest first, as powers of ten.
const MULTIPLES: [(&str, u32); 8] =
    [("万元", 4), ("千元", 3), ("百元", 2), ("万", 4), ("千", 3), ("元整", 0), ("元", 0), ("圆", 0)];

/// How a column of prices is to be read where its cells don't say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceColumn {
    /// The currency of bare numbers.
    pub currency: Currency,
    /// The power of ten by which bare numbers are multiplied: 4 under a header in 万元.
    pub scale: u32,
}

impl Default for PriceColumn {
    fn default() -> Self {
        Self { currency: Currency::CNY, scale: 0 }
    }
}

/// Reads a price written as text.
///
/// A comma before three digits groups them, before one or two it is a decimal comma. What can be read in two ways is
/// refused rather than guessed.
///
/// # Errors
/// `REQUIRED`, `PRICE_BY_AGREEMENT`, `PRICE_MALFORMED`, `PRICE_NOT_POSITIVE`, `OUT_OF_RANGE`.
pub fn from_text(cell: &str, column: PriceColumn) -> Result<Money, Refusal> {
    let given = || cell.trim().chars().take(40).collect::<String>();
    let malformed = || Refusal::new(Code::PriceMalformed).with("given", given());
    let folded: String = cell.nfkc().flat_map(char::to_lowercase).collect();
    let mut rest = folded.trim();
    if rest.is_empty() {
        return Err(Refusal::new(Code::Required));
    }
    if BY_AGREEMENT.iter().any(|word| rest.contains(word)) || rest.chars().all(|character| matches!(character, '-' | '—' | '/')) {
        return Err(Refusal::new(Code::PriceByAgreement).with("given", given()));
    }
    // "468元/台": the unit has a column of its own.
    if let Some((before, unit)) = rest.split_once('/').filter(|(_, unit)| !unit.contains(|c: char| c.is_ascii_digit())) {
        rest = if unit.is_empty() { rest } else { before.trim() };
    }
    let mut column = column;
    let mut negative = false;
    if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (negative, rest) = (true, inside);
    }
    strip_sign(&mut rest, &mut negative);
    strip_currency(&mut rest, &mut column);
    strip_sign(&mut rest, &mut negative);
    if let Some((before, power)) = MULTIPLES.iter().find_map(|(word, power)| rest.strip_suffix(word).map(|before| (before.trim(), *power))) {
        // A bare 元 contradicts no column in yuan; in a column of 万元 the cell's own word holds.
        (rest, column.scale) = (before, power);
    }
    let plain = plain_decimal(rest).ok_or_else(malformed)?;
    let minor = to_minor(&plain, column).ok_or_else(|| out_of_range(column.currency))?;
    check_price(Money::new(if negative { -minor } else { minor }, column.currency))
}

/// Reads a price that a spreadsheet keeps as a number. What a formula left beyond the minor unit is rounded half up.
///
/// # Errors
/// `PRICE_MALFORMED`, `PRICE_NOT_POSITIVE`, `OUT_OF_RANGE`.
pub fn from_number(number: f64, column: PriceColumn) -> Result<Money, Refusal> {
    if !number.is_finite() {
        return Err(Refusal::new(Code::PriceMalformed).with("given", number.to_string()));
    }
    // The shortest decimal that reads back as the same number is what its author typed.
    let minor = to_minor(&format!("{}", number.abs()), column).ok_or_else(|| out_of_range(column.currency))?;
    check_price(Money::new(if number < 0.0 { -minor } else { minor }, column.currency))
}

/// Reads the currency that stands in a header or a title: `单价（万元）`, `Unit price (USD)`.
pub fn column_of(header: &str) -> PriceColumn {
    let folded: String = header.nfkc().flat_map(char::to_lowercase).collect();
    let mut column = PriceColumn::default();
    if let Some((_, code)) = CURRENCIES.iter().find(|(word, _)| folded.contains(word)) {
        column.currency = Currency::from_code(code).unwrap_or(Currency::CNY);
    }
    if let Some((_, power)) = MULTIPLES.iter().find(|(word, _)| word.len() > 3 && folded.contains(word)) {
        column.scale = *power;
    }
    column
}

fn strip_sign(rest: &mut &str, negative: &mut bool) {
    if let Some(after) = rest.strip_prefix(['-', '−']) {
        (*negative, *rest) = (true, after.trim());
    }
}

fn strip_currency(rest: &mut &str, column: &mut PriceColumn) {
    for (word, code) in CURRENCIES {
        let bare = rest.strip_prefix(word).or_else(|| rest.strip_suffix(word));
        if let Some(bare) = bare {
            *rest = bare.trim();
            column.currency = Currency::from_code(code).unwrap_or(column.currency);
            // "人民币468元" and "RMB ¥468" say it twice.
            if column.currency == Currency::CNY {
                *rest = rest.trim_start_matches('¥').trim();
            }
            return;
        }
    }
}

/// Digits with at most one point, from digits with points, commas, blanks or apostrophes as people write them.
fn plain_decimal(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|character| !matches!(character, '\'' | '’')).collect();
    let text = if text.contains(' ') { ungroup(&text, ' ')? } else { text };
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    let decimal = match (commas, points) {
        (0, 0 | 1) => text,
        (1, 0) => {
            let (whole, fraction) = text.split_once(',')?;
            match fraction.len() {
                1 | 2 => format!("{whole}.{fraction}"),
                _ => ungroup(&text, ',')?,
            }
        }
        (_, 0) => ungroup(&text, ',')?,
        (0, _) => ungroup(&text, '.')?,
        _ if text.rfind('.') > text.rfind(',') && points == 1 => {
            let (whole, fraction) = text.split_once('.')?;
            format!("{}.{fraction}", ungroup(whole, ',')?)
        }
        _ if text.rfind(',') > text.rfind('.') && commas == 1 => {
            let (whole, fraction) = text.split_once(',')?;
            format!("{}.{fraction}", ungroup(whole, '.')?)
        }
        _ => return None,
    };
    let (whole, fraction) = decimal.split_once('.').unwrap_or((&decimal, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(fraction)).then_some(decimal)
}

/// Takes out a separator that groups digits by three; `None` where the groups are of another size.
fn ungroup(text: &str, separator: char) -> Option<String> {
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let well_formed = (1..=3).contains(&first.len()) && groups.all(|group| group.split('.').next().is_some_and(|digits| digits.len() == 3));
    (well_formed || !text.contains(separator)).then(|| text.chars().filter(|character| *character != separator).collect())
}

/// A plain decimal in minor units, rounded half up; `None` beyond all bounds.
fn to_minor(decimal: &str, column: PriceColumn) -> Option<i64> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let places = (column.currency.minor_digits() + column.scale) as usize;
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    let rounds_up = fraction.as_bytes().get(places).is_some_and(|digit| *digit >= b'5');
    let minor: i64 = format!("{whole}{kept}").parse().ok()?;
    minor.checked_add(i64::from(rounds_up)).filter(|minor| *minor <= Money::MOST_MINOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(cell: &str) -> Result<Money, Code> {
        from_text(cell, PriceColumn::default()).map_err(|refusal| refusal.code)
    }

    #[test]
    fn prices_are_read_in_every_way_that_suppliers_write_them() {
        for (cell, fen) in [
            ("5224.05", 522_405), ("¥5,499.00", 549_900), ("￥ 5，499．00", 549_900), ("２３６７．９７", 236_797),
            ("1.980万元", 1_980_000), ("468元", 46_800), ("468 元/台", 46_800), ("9,81", 981), ("7531,20", 753_120),
            ("3,150.00", 315_000), ("3.150,00", 315_000), ("1.234.567", 123_456_700), ("12 345.60", 1_234_560),
            ("RMB 88", 8_800), ("人民币1,000元整", 100_000), ("1'234.50", 123_450), ("7,531", 753_100), ("0.125", 13),
            ("2万", 2_000_000), ("CNY 12.5", 1_250),
        ] {
            assert_eq!(read(cell), Ok(Money::cny(fen)), "{cell}");
        }
        assert_eq!(read("$12.50"), Ok(Money::new(1250, Currency::USD)));
        assert_eq!(read("12,50 EUR"), Ok(Money::new(1250, Currency::EUR)));
    }

    #[test]
    fn what_is_no_price_is_refused_with_its_reason() {
        for (cell, code) in [
            ("面议", Code::PriceByAgreement), ("价格面议", Code::PriceByAgreement), ("on request", Code::PriceByAgreement),
            ("-", Code::PriceByAgreement), ("1,23,4.5", Code::PriceMalformed), ("1,234,56", Code::PriceMalformed),
            ("=G6*0.95", Code::PriceMalformed), ("abc", Code::PriceMalformed), ("1.2.3", Code::PriceMalformed),
            ("-5", Code::PriceNotPositive), ("(5.00)", Code::PriceNotPositive), ("¥-5", Code::PriceNotPositive),
            ("0", Code::PriceNotPositive), ("0.00元", Code::PriceNotPositive), ("", Code::Required),
            ("99999999999999999999", Code::OutOfRange), ("20000000000", Code::OutOfRange), ("1e5", Code::PriceMalformed),
            ("十五元", Code::PriceMalformed), ("12-15", Code::PriceMalformed),
        ] {
            assert_eq!(read(cell), Err(code), "{cell}");
        }
    }

    #[test]
    fn numbers_lose_what_floats_add() {
        assert_eq!(from_number(17_444.800_000_000_003, PriceColumn::default()), Ok(Money::cny(1_744_480)));
        assert_eq!(from_number(4962.8475, PriceColumn::default()), Ok(Money::cny(496_285)));
        assert_eq!(from_number(-5.0, PriceColumn::default()).unwrap_err().code, Code::PriceNotPositive);
        assert_eq!(from_number(f64::NAN, PriceColumn::default()).unwrap_err().code, Code::PriceMalformed);
        assert_eq!(from_number(1e300, PriceColumn::default()).unwrap_err().code, Code::OutOfRange);
    }

    #[test]
    fn the_header_gives_currency_and_scale() {
        assert_eq!(column_of("单价（万元）"), PriceColumn { currency: Currency::CNY, scale: 4 });
        assert_eq!(column_of("Unit price (USD)").currency, Currency::USD);
        assert_eq!(column_of("单价(元)"), PriceColumn::default());
        assert_eq!(from_text("1.98", column_of("单价（万元）")), Ok(Money::cny(1_980_000)));
    }

    proptest! {
        #[test]
        fn every_amount_reads_back_as_it_is_written(fen in 1_i64..100_000_000_000) {
            prop_assert_eq!(read(&Money::cny(fen).to_string()), Ok(Money::cny(fen)));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".*") {
            let _ = read(&text);
        }
    }
}
