//! The other cells of a price list: words, quantities, stock and lead times; and how text goes out safely.

use super::catalogue_item::{LEAD_TIME_MOST_DAYS, STOCK_MOST};
use super::price_tier::QUANTITY_MOST;
use crate::refusal::{Code, Refusal, check_text};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Characters at the start of a cell that make a spreadsheet run the rest of it
/// (OWASP, "CSV Injection"), full-width forms included.
const RUNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Checks that a name is not a formula.
///
/// # Errors
/// `FORMULA_AS_TEXT`: shown to another person's spreadsheet it would run there.
pub fn no_formula(text: &str) -> Result<(), Refusal> {
    if text.trim_start_matches(' ').starts_with(RUNS) {
        return Err(Refusal::new(Code::FormulaAsText).with("given", text.chars().take(40).collect::<String>()));
    }
    Ok(())
}

/// Checks a word that names something: as [`check_text`], and not a formula.
///
/// # Errors
/// Those of [`check_text`] and [`no_formula`].
pub fn word(text: &str, required: bool, most: usize) -> Result<String, Refusal> {
    no_formula(text)?;
    check_text(text, required, most)
}

/// Text as it goes into a spreadsheet or a CSV file: what would run there is led by an apostrophe, as text is.
pub fn neutralised(text: &str) -> Cow<'_, str> {
    if text.starts_with(RUNS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Undoes [`neutralised`], so that a file that went out comes back as it was.
pub fn restored(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(RUNS)).unwrap_or(text)
}

fn folded(cell: &str) -> String {
    cell.nfkc().flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}

fn given(cell: &str) -> String {
    cell.trim().chars().take(40).collect()
}

/// A whole number with its digits grouped or not, with nothing behind the point.
fn whole(text: &str) -> Option<i64> {
    let text = text.split_once('.').map_or(Some(text), |(whole, rest)| rest.bytes().all(|byte| byte == b'0').then_some(whole))?;
    let mut groups = text.split(',');
    let first = groups.next()?;
    let grouped = text.contains(',');
    if grouped && !((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)) {
        return None;
    }
    let digits: String = text.chars().filter(|character| *character != ',').collect();
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
    // Beyond nineteen digits it is absurd all the same; the bounds say so.
    Some(digits.parse().unwrap_or(i64::MAX))
}

/// Reads a least quantity: `10`, `1,000`, `≥10`, `10件起`, `10+`. Empty means one.
///
/// # Errors
/// `QUANTITY_MALFORMED`, `OUT_OF_RANGE`.
pub fn quantity(cell: &str) -> Result<i64, Refusal> {
    let text = folded(cell);
    if text.is_empty() {
        return Ok(1);
    }
    let bare = text.trim_start_matches(['≥', '>', '=', '满']).trim();
    let end = bare.find(|character: char| !matches!(character, '0'..='9' | ',' | '.')).unwrap_or(bare.len());
    let (digits, tail) = bare.split_at(end);
    let tail_is_unit = tail.chars().count() <= 6 && !tail.contains(|character: char| character.is_ascii_digit() || character == '-');
    let quantity = whole(digits).filter(|_| tail_is_unit);
    let quantity = quantity.ok_or_else(|| Refusal::new(Code::QuantityMalformed).with("given", given(cell)))?;
    bounded(quantity, 1, QUANTITY_MOST)
}

/// Reads a stock: a number, or `None` for an empty cell and for words that don't say how many
/// (`n/a`, `现货`, `in stock`).
///
/// # Errors
/// `STOCK_MALFORMED`, `OUT_OF_RANGE`.
pub fn stock(cell: &str) -> Result<Option<i64>, Refusal> {
    let text = folded(cell);
    match text.as_str() {
        "" | "n/a" | "na" | "-" | "—" | "/" | "不详" | "unknown" | "有货" | "有" | "现货" | "充足" | "in stock" | "yes" => Ok(None),
        "无货" | "缺货" | "无" | "售罄" | "out of stock" | "no" | "none" => Ok(Some(0)),
        _ => {
            let stock = whole(&text).ok_or_else(|| Refusal::new(Code::StockMalformed).with("given", given(cell)))?;
            bounded(stock, 0, STOCK_MOST).map(Some)
        }
    }
}

/// Reads a lead time in days: `7`, `7天`, `3-5 days` (the longer holds), `2周`, `1 month`. Empty is `None`.
///
/// # Errors
/// `LEAD_TIME_MALFORMED` for words and for working days, whose length the calendar decides; `OUT_OF_RANGE`.
pub fn lead_time_days(cell: &str) -> Result<Option<u16>, Refusal> {
    let text = folded(cell);
    if text.is_empty() || matches!(text.as_str(), "-" | "—" | "/" | "n/a") {
        return Ok(None);
    }
    let malformed = || Refusal::new(Code::LeadTimeMalformed).with("given", given(cell));
    let end = text.find(|character: char| !matches!(character, '0'..='9' | '.' | '-' | '~' | ' ')).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let factor = match unit.trim() {
        "" | "天" | "日" | "d" | "day" | "days" | "天内" | "日内" => 1,
        "周" | "星期" | "w" | "week" | "weeks" => 7,
        "月" | "个月" | "month" | "months" => 30,
        _ => return Err(malformed()),
    };
    let longest = digits.split(['-', '~']).map(|number| whole(number.trim())).collect::<Option<Vec<_>>>();
    let longest = longest.and_then(|numbers| numbers.into_iter().max()).ok_or_else(malformed)?;
    let days = bounded(longest.saturating_mul(factor), 0, i64::from(LEAD_TIME_MOST_DAYS))?;
    Ok(u16::try_from(days).ok())
}

fn bounded(number: i64, least: i64, most: i64) -> Result<i64, Refusal> {
    if (least..=most).contains(&number) {
        Ok(number)
    } else {
        Err(Refusal::new(Code::OutOfRange).with("least", least).with("most", most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_with_their_signs_and_units() {
        for (cell, expected) in [("", 1), ("10", 10), ("１，０００", 1000), ("≥10", 10), ("10件起", 10), ("10+", 10), ("5.0", 5)] {
            assert_eq!(quantity(cell), Ok(expected), "{cell}");
        }
        for (cell, code) in [
            ("0", Code::OutOfRange), ("2.5", Code::QuantityMalformed), ("一打", Code::QuantityMalformed),
            ("1,00", Code::QuantityMalformed), ("1-10", Code::QuantityMalformed), ("99999999999999999999999", Code::OutOfRange),
        ] {
            assert_eq!(quantity(cell).unwrap_err().code, code, "{cell}");
        }
    }

    #[test]
    fn a_stock_that_is_no_number_is_unknown_and_an_absurd_one_refused() {
        assert_eq!(stock("n/a"), Ok(None));
        assert_eq!(stock("现货"), Ok(None));
        assert_eq!(stock("缺货"), Ok(Some(0)));
        assert_eq!(stock("1,200"), Ok(Some(1200)));
        assert_eq!(stock("1000000000000000").unwrap_err().code, Code::OutOfRange);
        assert_eq!(stock("-4").unwrap_err().code, Code::StockMalformed);
        assert_eq!(stock("很多").unwrap_err().code, Code::StockMalformed);
    }

    #[test]
    fn a_lead_time_is_a_number_of_days_and_not_a_word() {
        for (cell, expected) in [("7", 7), ("7天", 7), ("3-5 days", 5), ("２周", 14), ("1 month", 30), ("0", 0)] {
            assert_eq!(lead_time_days(cell), Ok(Some(expected)), "{cell}");
        }
        assert_eq!(lead_time_days(" "), Ok(None));
        assert_eq!(lead_time_days("十五").unwrap_err().code, Code::LeadTimeMalformed);
        assert_eq!(lead_time_days("5个工作日").unwrap_err().code, Code::LeadTimeMalformed);
        assert_eq!(lead_time_days("900").unwrap_err().code, Code::OutOfRange);
    }

    #[test]
    fn text_that_would_run_in_a_spreadsheet_goes_out_as_text() {
        for text in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1"] {
            assert_eq!(no_formula(text).unwrap_err().code, Code::FormulaAsText, "{text}");
            let out = neutralised(text);
            assert!(out.starts_with('\''));
            assert_eq!(restored(&out), text);
        }
        assert_eq!(neutralised("A4 复印纸"), "A4 复印纸");
        assert_eq!(restored("'tis"), "'tis");
    }

    #[test]
    fn hidden_characters_in_a_word_are_refused() {
        assert_eq!(word("办公\u{200b}椅", true, 60).unwrap_err().code, Code::HiddenCharacters);
        assert_eq!(word("\u{202e}gpj", true, 60).unwrap_err().code, Code::HiddenCharacters);
    }
}
