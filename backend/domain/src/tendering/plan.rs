//! A procurement intention (采购意向): what a buyer will buy, told in time (财库〔2020〕10号).

use super::tender_content::{TEXT_MOST_CHARS, TITLE_MOST_CHARS};
use crate::ident::{OrganizationId, PlanId};
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The longest code of a category, in characters.
const CATEGORY_MOST_CHARS: usize = 20;

/// What a plan says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanContent {
    /// What will be bought.
    pub title: LocalText,
    /// More about it.
    pub description: LocalText,
    /// The category's code.
    pub category: String,
    /// How much is meant to be spent.
    pub budget: Money,
    /// The month in which the tender is expected, by any day of it.
    pub expected_on: NaiveDate,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its number in the database.
    pub id: PlanId,
    /// Counts its changes.
    pub version: i64,
    /// Who will buy.
    pub buyer: OrganizationId,
    /// What it says.
    pub content: PlanContent,
    /// Since when there is a draft.
    pub created_at: DateTime<Utc>,
    /// Since when it is public, if it is.
    pub published_at: Option<DateTime<Utc>>,
}

impl PlanContent {
    /// Checks texts and budget.
    ///
    /// # Errors
    /// `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS`, `OUT_OF_RANGE`, all at once.
    pub fn check(&self) -> Result<(), Refusals> {
        let mut faults = Refusals::default();
        faults.take("title.zh", check_text(&self.title.zh, true, TITLE_MOST_CHARS));
        faults.take("title.en", check_text(&self.title.en, false, TITLE_MOST_CHARS));
        faults.take("description.zh", check_text(&self.description.zh, true, TEXT_MOST_CHARS));
        faults.take("description.en", check_text(&self.description.en, false, TEXT_MOST_CHARS));
        faults.take("category", check_text(&self.category, true, CATEGORY_MOST_CHARS));
        if self.budget.amount_minor <= 0 {
            faults.push(Refusal::at(Code::OutOfRange, "budget").with("least", 1_i64).with("most", i64::MAX));
        }
        faults.into_result()
    }
}

impl Plan {
    /// The name of its state in database and API.
    pub const fn state_name(&self) -> &'static str {
        if self.published_at.is_some() { "published" } else { "draft" }
    }

    /// Makes it public. What is public is not edited: a changed intention is a new plan.
    ///
    /// # Errors
    /// `WRONG_STATE` the second time.
    pub fn publish(mut self, now: DateTime<Utc>) -> Result<(Self, Event), Refusals> {
        if self.published_at.is_some() {
            return Err(Refusal::new(Code::WrongState).with("state", Fact::word("plan-state-published")).into());
        }
        self.published_at = Some(now);
        let event = Event::new("plan.published", PlanId::KIND, self.id.0, Visibility::Public, &self.content);
        Ok((self, event))
    }
}
