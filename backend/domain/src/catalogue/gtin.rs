//! Global Trade Item Numbers: the bar code under which a product is known everywhere.

use crate::refusal::{Code, Refusal};

/// Reads a GTIN of 8, 12, 13 or 14 digits and checks its last one.
///
/// The check digit weighs the digits before it by 3 and 1 in turn from the right
/// (GS1 General Specifications, section 7.9; GB 12904-2008 for China).
///
/// # Errors
/// `GTIN_INVALID`, with the check digit that the others ask for where their count is right.
pub fn parse(text: &str) -> Result<String, Refusal> {
    let digits: String = text.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    let refusal = |expected: String| {
        Refusal::new(Code::GtinInvalid).with("given", text.chars().take(40).collect::<String>()).with("expected", expected)
    };
    if !matches!(digits.len(), 8 | 12 | 13 | 14) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(refusal("?".to_owned()));
    }
    let (body, last) = digits.split_at(digits.len() - 1);
    let expected = check_digit(body);
    if last == expected.to_string() { Ok(digits) } else { Err(refusal(expected.to_string())) }
}

/// The check digit for the digits before it. Anything but a digit counts as nothing.
pub fn check_digit(body: &str) -> u32 {
    let sum: u32 = body
        .chars()
        .rev()
        .enumerate()
        .map(|(index, digit)| digit.to_digit(10).unwrap_or(0) * if index % 2 == 0 { 3 } else { 1 })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_check_digit_passes_in_every_length() {
        // The examples of the GS1 General Specifications and a Chinese EAN-13.
        for gtin in ["6291041500213", "6901028001915", "96385074", "036000291452", "10614141000415"] {
            assert_eq!(parse(gtin).as_deref(), Ok(gtin));
        }
        assert_eq!(parse("629-1041 500213").as_deref(), Ok("6291041500213"));
    }

    #[test]
    fn a_wrong_check_digit_is_refused_with_the_right_one() {
        let refusal = parse("6291041500214").unwrap_err();
        assert_eq!(refusal.code, Code::GtinInvalid);
        assert_eq!(refusal.facts["expected"], "3".into());
        assert_eq!(parse("12345").unwrap_err().code, Code::GtinInvalid);
        assert_eq!(parse("6.90103E+12").unwrap_err().code, Code::GtinInvalid);
    }
}
