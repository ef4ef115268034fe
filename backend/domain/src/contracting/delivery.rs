//! Where and by when an order is delivered.

use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// How far ahead a delivery may be asked for, in days.
pub const DELIVERY_MOST_DAYS: u64 = 730;

/// Where, to whom and by when. The contact is personal data: it stays between the two parties and out of events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The administrative region, GB/T 2260 (six digits).
    pub region_code: String,
    /// Street, building and door, at most 300 characters.
    pub address: String,
    /// Who takes the goods, at most 60 characters.
    pub contact_name: String,
    /// Where to call, 5 to 30 digits, spaces, `+`, `-`, brackets.
    pub contact_phone: String,
    /// The last day on which it is in time.
    pub by_on: NaiveDate,
    /// Gate, opening hours, lift and the like, at most 500 characters.
    pub instructions: String,
}

impl Delivery {
    /// Checks it on the day of ordering, or says all that is wrong at once.
    ///
    /// # Errors
    /// `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS`, `MALFORMED`; `OUT_OF_RANGE` for a day that has passed or lies
    /// more than [`DELIVERY_MOST_DAYS`] ahead.
    pub fn check(self, today: NaiveDate) -> Result<Self, Refusals> {
        let mut refusals = Refusals::default();
        let region_code = self.region_code.trim().to_owned();
        if region_code.len() != 6 || !region_code.bytes().all(|byte| byte.is_ascii_digit()) {
            refusals.push(Refusal::at(Code::Malformed, "regionCode").with("expected", "GB/T 2260: 330100"));
        }
        let address = refusals.take("address", check_text(&self.address, true, 300)).unwrap_or_default();
        let contact_name = refusals.take("contactName", check_text(&self.contact_name, true, 60)).unwrap_or_default();
        let contact_phone = refusals.take("contactPhone", check_phone(&self.contact_phone)).unwrap_or_default();
        let instructions = refusals.take("instructions", check_text(&self.instructions, false, 500)).unwrap_or_default();
        let latest = today.checked_add_days(Days::new(DELIVERY_MOST_DAYS)).unwrap_or(NaiveDate::MAX);
        if self.by_on < today || self.by_on > latest {
            refusals.push(Refusal::at(Code::OutOfRange, "byOn").with("least", today).with("most", latest));
        }
        refusals.into_result()?;
        Ok(Self { region_code, address, contact_name, contact_phone, by_on: self.by_on, instructions })
    }
}

fn check_phone(phone: &str) -> Result<String, Refusal> {
    let phone = check_text(phone, true, 30)?;
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let is_good = digits >= 5 && phone.chars().all(|letter| letter.is_ascii_digit() || " +-()".contains(letter));
    if is_good { Ok(phone) } else { Err(Refusal::new(Code::Malformed).with("expected", "0571-8888 0000")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
        let refusals = Delivery { by_on: today.pred_opt().unwrap(), contact_phone: "call me".into(), ..Delivery::default() }
            .check(today)
            .unwrap_err();
        let paths: Vec<_> = refusals.0.iter().map(|refusal| refusal.path.join(".")).collect();
        assert_eq!(paths, ["regionCode", "address", "contactName", "contactPhone", "byOn"]);
    }
}
