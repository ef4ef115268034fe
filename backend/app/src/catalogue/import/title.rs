//! What stands above the header and holds for every row: how long the offer stands, and in what prices are written.

use super::sheet::Line;
use chrono::NaiveDate;
use domain::catalogue::catalogue_item::Validity;
use domain::catalogue::price_cell::{PriceColumn, column_of};
use unicode_normalization::UnicodeNormalization;

/// What holds for rows that don't say otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Defaults {
    /// The period of the offer.
    pub(super) validity: Validity,
    /// Currency and multiple of prices.
    pub(super) price: PriceColumn,
}

impl Defaults {
    /// Reads the lines above the header.
    pub(super) fn read(lines: &[Line]) -> Self {
        let mut defaults = Self::default();
        for (_, cell) in lines.iter().flat_map(Line::filled) {
            let text: String = cell.text().nfkc().flat_map(char::to_lowercase).collect();
            if ["有效", "valid"].iter().any(|word| text.contains(word)) {
                let days = dates(&text);
                let until_only = days.len() == 1 && ["至", "止", "until", "till", "截"].iter().any(|word| text.contains(word));
                defaults.validity = match days[..] {
                    [until] if until_only => Validity { from_on: None, until_on: Some(until) },
                    [from] => Validity { from_on: Some(from), until_on: None },
                    [from, until, ..] => Validity { from_on: Some(from), until_on: Some(until) },
                    [] => defaults.validity,
                };
            }
            if ["单位", "币种", "currency", "prices in", "计价"].iter().any(|word| text.contains(word)) {
                defaults.price = column_of(&text);
            }
        }
        defaults
    }

    /// The period as a line that this module reads again.
    pub(super) fn title_line(self) -> Option<String> {
        match (self.validity.from_on, self.validity.until_on) {
            (Some(from), Some(until)) => Some(format!("报价有效期 / Valid: {from} 至 {until}")),
            (None, Some(until)) => Some(format!("报价有效期至 / Valid until: {until}")),
            (Some(from), None) => Some(format!("报价有效期 / Valid from: {from}")),
            (None, None) => None,
        }
    }
}

/// The days in a text: `2026-01-01`, `2026/1/1`, `2026.1.1`, `2026年1月1日`.
pub(super) fn dates(text: &str) -> Vec<NaiveDate> {
    let numbers: Vec<i32> = text
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().unwrap_or(0))
        .collect();
    let mut dates = Vec::new();
    let mut index = 0;
    while let [year, month, day, ..] = numbers[index..] {
        let date = u32::try_from(month).ok().zip(u32::try_from(day).ok());
        let date = date.and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
        match date.filter(|_| (2000..2100).contains(&year)) {
            Some(date) => {
                dates.push(date);
                index += 3;
            }
            None => index += 1,
        }
    }
    dates
}
