//! Policy packs: the figures of law by which buyers buy, on any day, and what differs between two of them.

use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::{UserError, coded, found, settle};
use crate::request::{asker, once};
use crate::values::{LocalText, MinorUnits};
use app::oversight::policy_pack::{self as packs, OnDay};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::ident::OrganizationId;
use domain::language::{self, Language};
use domain::money::Money;
use domain::oversight::policy_pack::difference::differences;
use domain::oversight::policy_pack::{self as law, calendar, known, pack, source};
use domain::refusal::{Fact, Facts};
use domain::text;

/// How far a figure has been compared with the text of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::oversight::policy_pack::Verified")]
pub enum Verified {
    /// Read in the text itself.
    Primary,
    /// Read in a secondary source.
    Secondary,
    /// Nobody has read it yet.
    Unread,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::oversight::policy_pack::Unit")]
pub enum FigureUnit {
    /// Days of the calendar, the first day excluded.
    CalendarDays,
    /// Working days, the first day excluded.
    WorkingDays,
    /// Hundredths of a whole.
    Percent,
    /// Persons, bids, and the like.
    Count,
    /// Money in the minor unit of the pack's own currency.
    MinorUnits,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Years.
    Years,
    /// Third parts of a whole.
    Thirds,
    /// Ten-thousandths of a whole.
    PerTenThousand,
    /// Nothing: that a procedure may be taken on a ground.
    Ground,
    /// Nothing: that a rule holds. The value is 1.
    Rule,
}

/// Where a figure of a pack comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::oversight::policy_pack::pack::Origin")]
pub enum FigureOrigin {
    /// The pack alone has it.
    Own,
    /// It is that of the pack that this one extends.
    Inherited,
    /// The pack has put its own in the place of the extended one's.
    Overriding,
}

/// A figure of law.
#[derive(Clone, Debug, SimpleObject)]
pub struct PolicyFigure {
    /// Its name in packs: `open_tender.documents_to_deadline_days`.
    pub key: String,
    /// What it belongs to, in words: a procedure, the thresholds, the panel.
    pub subject: LocalText,
    /// What it says, in words.
    pub what: LocalText,
    /// The figure.
    pub value: MinorUnits,
    /// What it counts.
    pub unit: FigureUnit,
    /// The figure with its unit, in words.
    pub value_words: LocalText,
    /// Rule and article, as a reader of either language knows them.
    pub source: LocalText,
    /// How far it has been compared with its text.
    pub verified: Verified,
    /// The first day on which it holds.
    pub effective_from: NaiveDate,
    /// The last day on which it holds; open when null.
    pub effective_to: Option<NaiveDate>,
    /// Whether the pack has it from the one that it extends.
    pub origin: FigureOrigin,
}

/// A year whose working days a pack knows. Those of other years are unknown, never guessed.
#[derive(Clone, Debug, SimpleObject)]
pub struct PolicyCalendar {
    /// The year.
    pub year: i32,
    /// The holiday notice.
    pub source: LocalText,
    /// How far the days have been compared with it.
    pub verified: Verified,
}

/// A policy pack by its name only.
#[derive(Clone, Debug, SimpleObject)]
pub struct PolicyPackName {
    /// Its id: `cn`.
    pub id: String,
    /// Its name.
    pub name: LocalText,
}

/// A policy pack on a day.
pub struct PolicyPack<'a>(OnDay<'a>);

fn both(say: impl Fn(Language) -> String) -> LocalText {
    language::LocalText::new(say(Language::Chinese), say(Language::English)).into()
}

fn word(key: &str) -> LocalText {
    both(|language| text::say(language, key))
}

fn named(pack: &pack::PolicyPack) -> PolicyPackName {
    PolicyPackName { id: pack.id.clone(), name: pack.name.clone().into() }
}

fn figure(of: &OnDay<'_>, figure: &law::Figure) -> PolicyFigure {
    let facts = Facts::from([
        ("value".to_owned(), Fact::from(figure.value)),
        ("money".to_owned(), Fact::from(Money::cny(figure.value))),
    ]);
    PolicyFigure {
        key: figure.key.clone(),
        subject: word(&known::subject_key(known::subject(&figure.key))),
        what: word(&known::text_key(&figure.key)),
        value: MinorUnits(figure.value),
        unit: figure.unit.into(),
        value_words: both(|language| text::say_with(language, figure.unit.text_key(), &facts)),
        source: both(|language| source::in_language(language, &figure.source)),
        verified: figure.verified.into(),
        effective_from: figure.effective_from,
        effective_to: figure.effective_to,
        origin: of.pack.origin(figure, of.parent).into(),
    }
}

fn calendar(notice: &calendar::Notice) -> PolicyCalendar {
    PolicyCalendar { year: notice.year, source: both(|language| source::in_language(language, &notice.source)), verified: notice.verified.into() }
}

/// A policy pack on a day: the figures by which buyers buy.
#[Object]
impl PolicyPack<'_> {
    /// Its id: `cn`.
    async fn id(&self) -> &str {
        &self.0.pack.id
    }

    /// Its name.
    async fn name(&self) -> LocalText {
        self.0.pack.name.clone().into()
    }

    /// The pack that it extends, whose figures hold where it has none of its own.
    async fn extends(&self) -> Option<PolicyPackName> {
        self.0.parent.map(named)
    }

    /// Whether its place and its rules are invented, for demonstrations.
    async fn is_invented(&self) -> bool {
        self.0.pack.is_invented
    }

    /// The day whose law is told.
    async fn on(&self) -> NaiveDate {
        self.0.on
    }

    /// The figures in force on the day, in the order in which a reader looks for them: about 150.
    async fn figures(&self) -> Vec<PolicyFigure> {
        let rules = self.0.pack.on(self.0.on);
        let mut figures: Vec<_> = rules.figures().collect();
        figures.sort_by_key(|figure| (known::subject_place(known::subject(&figure.key)), figure.key.starts_with("ground."), figure.key.clone()));
        figures.into_iter().map(|one| figure(&self.0, one)).collect()
    }

    /// The years whose working days it knows.
    async fn calendars(&self) -> Vec<PolicyCalendar> {
        self.0.pack.notices().iter().map(calendar).collect()
    }
}

/// A figure that is not the same on both sides.
#[derive(Clone, Debug, SimpleObject)]
pub struct PolicyFigureDifference {
    /// Its name in packs.
    pub key: String,
    /// What it belongs to, in words.
    pub subject: LocalText,
    /// What it says, in words.
    pub what: LocalText,
    /// The first side's; null where it has none.
    pub before: Option<PolicyFigure>,
    /// The second side's; null where it has none.
    pub after: Option<PolicyFigure>,
}

/// What differs between two packs, or between two days of one.
#[derive(Clone, Debug, SimpleObject)]
pub struct PolicyPackDifference {
    /// The first pack.
    pub from: PolicyPackName,
    /// The day of the first.
    pub from_on: NaiveDate,
    /// The second pack.
    pub to: PolicyPackName,
    /// The day of the second.
    pub to_on: NaiveDate,
    /// Every figure that differs in value, unit or source.
    pub figures: Vec<PolicyFigureDifference>,
}

/// Root fields that read policy packs.
#[derive(Default)]
pub struct PolicyPackQuery;

#[Object]
impl PolicyPackQuery {
    /// The policy packs of this marketplace, by id: those that ship and those of its operator's folder, 200 at most.
    async fn policy_packs<'a>(
        &self,
        graphql: &Context<'a>,
        #[graphql(desc = "The day whose law is told; today when left out.")] on: Option<NaiveDate>,
    ) -> Result<Vec<PolicyPack<'a>>> {
        let asker = asker(graphql)?;
        let found = packs::packs(&asker.app, &asker.ctx, on).map_err(|error| coded(&asker.ctx, error))?;
        Ok(found.into_iter().map(PolicyPack).collect())
    }

    /// One policy pack on a day, past days too: a buyer's own when none is named.
    async fn policy_pack<'a>(
        &self,
        graphql: &Context<'a>,
        #[graphql(desc = "Its id, such as `cn`; that by which you buy when left out, and `cn` for those who don't.")] id: Option<String>,
        #[graphql(desc = "The day whose law is told; today when left out.")] on: Option<NaiveDate>,
    ) -> Result<Option<PolicyPack<'a>>> {
        let asker = asker(graphql)?;
        let pack = match id {
            Some(id) => packs::pack(&asker.app, &asker.ctx, &id, on),
            None => packs::own(&asker.app, &asker.ctx, on).await,
        };
        Ok(found(&asker.ctx, pack)?.map(PolicyPack))
    }

    /// What differs between two packs, or between two days of one. Null when either pack is not there.
    async fn policy_pack_difference(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The first pack's id.")] from: String,
        #[graphql(desc = "The second pack's id; the same for two days of one.")] to: String,
        #[graphql(desc = "The day of the first; today when left out.")] from_on: Option<NaiveDate>,
        #[graphql(desc = "The day of the second; today when left out.")] to_on: Option<NaiveDate>,
    ) -> Result<Option<PolicyPackDifference>> {
        let asker = asker(graphql)?;
        let side = |id: &str, on| found(&asker.ctx, packs::pack(&asker.app, &asker.ctx, id, on));
        let (Some(before), Some(after)) = (side(&from, from_on)?, side(&to, to_on)?) else { return Ok(None) };
        let found = differences(&before.pack.on(before.on), &after.pack.on(after.on));
        let figures = found.into_iter().map(|one| PolicyFigureDifference {
            subject: word(&known::subject_key(known::subject(&one.key))),
            what: word(&known::text_key(&one.key)),
            before: one.before.as_ref().map(|one| figure(&before, one)),
            after: one.after.as_ref().map(|one| figure(&after, one)),
            key: one.key,
        });
        let figures = figures.collect();
        Ok(Some(PolicyPackDifference { from: named(before.pack), from_on: before.on, to: named(after.pack), to_on: after.on, figures }))
    }
}

/// Says by the rules of which pack a buyer buys from now on.
#[derive(Clone, Debug, InputObject)]
pub struct ChoosePolicyPackInput {
    /// The buyer's global id.
    pub organization_id: ID,
    /// The pack's id: `cn`.
    pub policy_pack_id: String,
    /// Under one key it happens once.
    pub idempotency_key: Option<String>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct ChoosePolicyPackPayload {
    /// The buyer.
    pub organization: Option<Organization>,
    /// What is to be mended.
    pub user_errors: Vec<UserError>,
}

/// Root fields that choose policy packs.
#[derive(Default)]
pub struct PolicyPackMutation;

#[Object]
impl PolicyPackMutation {
    /// Says by the rules of which policy pack a buyer buys from now on. What it has published keeps the rules of its notice.
    /// Operators of the marketplace only.
    async fn choose_policy_pack(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which buyer, and which pack.")] input: ChoosePolicyPackInput,
    ) -> Result<ChoosePolicyPackPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let buyer = ident::of_kind(&input.organization_id, OrganizationId::KIND, "organizationId")?;
            packs::choose(&asker.app, &asker.ctx, buyer, &input.policy_pack_id).await
        };
        let (organization, user_errors) = settle(&asker.ctx, work.await)?;
        Ok(ChoosePolicyPackPayload { organization: organization.map(Organization), user_errors })
    }
}
