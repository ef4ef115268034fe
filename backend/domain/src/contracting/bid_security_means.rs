//! By what a bid security is given, and what the notice asks of it.

use crate::ident::{FileId, OrganizationId, TenderId};
use crate::money::Money;
use crate::refusal::{Code, Refusal, Refusals, check_text};
use crate::tendering::tender::Tender;
use crate::text::ZONE;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The figure of the days after the deadline for which a bid binds, where the documents name no other term: a guarantee must
/// be good until then.
pub const BID_VALIDITY_DAYS: (&str, usize) = ("bid_security.validity_days", 90);
/// The longest reference, number or name, in characters.
pub const WORDS_MOST_CHARS: usize = 200;
/// The longest reason, in characters.
pub const REASON_MOST_CHARS: usize = 2_000;
/// The digits of a payer's account that are kept.
const ACCOUNT_SHOWN_DIGITS: usize = 4;
/// How many digits an account has.
const ACCOUNT_DIGITS: std::ops::RangeInclusive<usize> = 8..=32;

/// By what a security is given. Cash is not among it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Means {
    /// Money sent from the bidder's account, of the sum that the notice asks.
    Transfer {
        /// The payment's reference.
        reference: String,
        /// The end of the payer's account; the rest is not kept.
        account_end: String,
        /// The day of payment.
        paid_on: NaiveDate,
    },
    /// A letter of a bank, an insurer or a guarantor.
    Guarantee {
        /// Who gave it.
        issuer: String,
        /// Its number.
        number: String,
        /// For how much.
        amount: Money,
        /// Its last day.
        valid_until_on: NaiveDate,
        /// The letter.
        letter: FileId,
    },
    /// None need be given.
    Exemption {
        /// Why.
        reason: String,
        /// The rule or the clause of the notice that says so.
        source: String,
    },
}

impl Means {
    /// The name in API and texts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Transfer { .. } => "transfer",
            Self::Guarantee { .. } => "guarantee",
            Self::Exemption { .. } => "exemption",
        }
    }

    /// Checks what was typed, against what the notice asks.
    pub(super) fn check(self, terms: &SecurityTerms, now: DateTime<Utc>) -> Result<Self, Refusals> {
        let mut faults = Refusals::default();
        let today = now.with_timezone(&ZONE).date_naive();
        let mut words = |path: &str, text: &str, most| faults.take(path, check_text(text, true, most)).unwrap_or_default();
        let checked = match self {
            Self::Transfer { reference, account_end, paid_on } => {
                let reference = words("transfer.reference", &reference, WORDS_MOST_CHARS);
                if paid_on > today {
                    faults.push(Refusal::at(Code::DayInFuture, "transfer.paidOn").with("today", today));
                }
                let account_end = faults.take("transfer.payerAccount", end_of_account(&account_end)).unwrap_or_default();
                Self::Transfer { reference, account_end, paid_on }
            }
            Self::Guarantee { issuer, number, amount, valid_until_on, letter } => {
                let issuer = words("guarantee.issuer", &issuer, WORDS_MOST_CHARS);
                let number = words("guarantee.number", &number, WORDS_MOST_CHARS);
                let is_enough = amount.currency == terms.asked.currency && amount.amount_minor >= terms.asked.amount_minor;
                if !is_enough {
                    faults.push(Refusal::at(Code::SecurityTooLow, "guarantee.amount").with("asked", terms.asked));
                }
                faults.take("guarantee.validUntilOn", terms.check_validity(valid_until_on));
                Self::Guarantee { issuer, number, amount, valid_until_on, letter }
            }
            Self::Exemption { reason, source } => {
                let reason = words("exemption.reason", &reason, REASON_MOST_CHARS);
                Self::Exemption { reason, source: words("exemption.source", &source, WORDS_MOST_CHARS) }
            }
        };
        faults.into_result()?;
        Ok(checked)
    }
}

/// The end of an account's number, which alone is kept: bank numbers are personal data.
fn end_of_account(account: &str) -> Result<String, Refusal> {
    let digits: Vec<char> = account.chars().filter(|character| !character.is_whitespace() && *character != '-').collect();
    let is_account = ACCOUNT_DIGITS.contains(&digits.len()) && digits.iter().all(char::is_ascii_digit);
    if !is_account {
        let code = if digits.is_empty() { Code::Required } else { Code::Malformed };
        let expected = format!("{}–{}", ACCOUNT_DIGITS.start(), ACCOUNT_DIGITS.end());
        return Err(Refusal::new(code).with("expected", expected));
    }
    Ok(digits[digits.len() - ACCOUNT_SHOWN_DIGITS..].iter().collect())
}

/// What a tender asks of its bidders' securities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityTerms {
    /// The tender.
    pub tender: TenderId,
    /// Who buys.
    pub buyer: OrganizationId,
    /// How much.
    pub asked: Money,
    /// Until when it is lodged: the deadline of bids.
    pub deadline_at: DateTime<Utc>,
    /// For how many days after that bids bind.
    pub validity_days: usize,
}

impl SecurityTerms {
    /// The terms of a tender.
    ///
    /// # Errors
    /// `SECURITY_NOT_ASKED`, `REQUIRED` in a draft without a deadline.
    pub fn of(tender: &Tender) -> Result<Self, Refusal> {
        let asked = tender.content.bid_security.ok_or_else(|| Refusal::new(Code::SecurityNotAsked))?;
        let (key, before) = BID_VALIDITY_DAYS;
        let validity_days = tender.state.publication().map_or(before, |publication| publication.rules.count_or(key, before));
        Ok(Self { tender: tender.id, buyer: tender.buyer, asked, deadline_at: tender.deadline()?, validity_days })
    }

    /// The first day until which a guarantee may be good: the last on which bids bind.
    pub fn earliest_end_on(&self) -> NaiveDate {
        let deadline_on = self.deadline_at.with_timezone(&ZONE).date_naive();
        let days = u64::try_from(self.validity_days).unwrap_or(u64::MAX);
        deadline_on.checked_add_days(Days::new(days)).unwrap_or(deadline_on)
    }

    /// Refuses a guarantee that ends before bids cease to bind.
    pub(super) fn check_validity(&self, valid_until_on: NaiveDate) -> Result<(), Refusal> {
        let earliest = self.earliest_end_on();
        if valid_until_on >= earliest {
            return Ok(());
        }
        Err(Refusal::new(Code::GuaranteeTooShort).with("earliest", earliest).with("days", self.validity_days))
    }
}
