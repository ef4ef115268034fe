//! Values that many nouns share.
//!
//! An object in which nothing waits is resolved in turn (`serial`): futures side by side, which are async-graphql's habit,
//! cost more than such fields themselves.

use app::Error;
use async_graphql::{Enum, InputObject, NewType, SimpleObject};
use domain::refusal::{Code, Refusal};
use domain::{language, money};

/// A language in which the marketplace speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::language::Language")]
pub enum Language {
    /// Simplified Chinese, the language of record.
    Chinese,
    /// British English.
    English,
}

/// A text in Chinese and English.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct LocalText {
    /// Simplified Chinese.
    pub zh: String,
    /// English; may be empty.
    pub en: String,
}

impl From<language::LocalText> for LocalText {
    fn from(text: language::LocalText) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// A text in Chinese and English.
#[derive(Clone, Debug, InputObject)]
pub struct LocalTextInput {
    /// Simplified Chinese.
    pub zh: String,
    /// English; may be left out.
    #[graphql(default)]
    pub en: String,
}

impl From<LocalTextInput> for language::LocalText {
    fn from(text: LocalTextInput) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// A whole number of a currency's minor units, up to 10¹⁵ either way. GraphQL's own `Int` ends at 2³¹, which is
/// 21 million yuan in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, NewType)]
#[graphql(name = "MinorUnits")]
pub struct MinorUnits(pub i64);

/// An amount of money.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Money {
    /// The amount in the currency's minor unit: fen for CNY.
    pub amount_minor: MinorUnits,
    /// The currency's code of ISO 4217.
    pub currency: String,
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self { amount_minor: MinorUnits(money.amount_minor), currency: money.currency.code().to_owned() }
    }
}

/// An amount of money.
#[derive(Clone, Debug, InputObject)]
pub struct MoneyInput {
    /// The amount in the currency's minor unit: fen for CNY.
    pub amount_minor: MinorUnits,
    /// The currency's code of ISO 4217.
    #[graphql(default = "CNY")]
    pub currency: String,
}

impl MoneyInput {
    /// The amount.
    ///
    /// # Errors
    /// `CURRENCY_NOT_TAKEN` under `path`, `OUT_OF_RANGE` beyond what amounts may be.
    pub fn read(&self, path: &str) -> Result<money::Money, Error> {
        let currency = money::Currency::from_code(&self.currency)
            .ok_or_else(|| Refusal::at(Code::CurrencyNotTaken, "currency").with("given", self.currency.as_str()).under(path))?;
        if self.amount_minor.0.unsigned_abs() > money::Money::MOST_MINOR.unsigned_abs() {
            let refusal = Refusal::at(Code::OutOfRange, "amountMinor").with("least", -money::Money::MOST_MINOR);
            return Err(refusal.with("most", money::Money::MOST_MINOR).under(path).into());
        }
        Ok(money::Money::new(self.amount_minor.0, currency))
    }
}
