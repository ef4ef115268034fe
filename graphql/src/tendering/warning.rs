//! Warnings of drafts: what an auditor would ask, and the reasons that are kept.

use crate::ident;
use crate::identity::user::User;
use crate::loader;
use crate::payload::{UserError, coded, settle};
use crate::request::{Asker, asker, once};
use app::tendering::warning as warnings;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{TenderId, UserId, WarningOverrideId};
use domain::language::Language;
use domain::tendering::tender::Tender;
use domain::tendering::warning;
use domain::text;

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::tendering::warning::WarningKind")]
pub enum WarningKind {
    /// The period is lawful and hardly longer than the least (政府采购法第三十五条).
    ShortPeriod,
    /// A long holiday lies in the period and eats what it has over the least.
    LongHoliday,
    /// A brand is named without "or equivalent" (条例第二十条第六项).
    BrandNamed,
    /// A model is named without "or equivalent" (条例第二十条第三项).
    ModelNamed,
    /// A patent is named (条例第二十条第六项).
    PatentNamed,
    /// Where a supplier is at home counts (条例第二十条第七项).
    RegionBound,
    /// Who owns a supplier counts (条例第二十条第七项).
    OwnershipBound,
    /// A supplier's size or age counts (条例第二十条第二项).
    SizeBound,
    /// Works or awards of a region or a trade count (条例第二十条第四项).
    RecordBound,
    /// The maker's permission is asked for (条例第二十条第八项).
    MakerBound,
    /// Purchases of one kind, each below the threshold of open tender, exceed it together (条例第二十八条).
    Splitting,
    /// A criterion has no scale (条例第三十四条).
    CriterionWithoutScale,
    /// A scale grades without a measure (条例第三十四条).
    CriterionSubjective,
    /// The budget is far from what like purchases cost (条例第十一条).
    PriceFar,
    /// Less is reserved for smaller enterprises than is due (财库〔2020〕46号第七条).
    ReservationMissing,
    /// Something is reserved without a note in the schedule of coverage (GPA 2012 art. 4).
    ReservationUncovered,
}

/// A question that an auditor would ask about a draft. It is mended or overridden with a reason before the draft can be handed
/// in.
pub struct TenderWarning {
    told: warnings::Told,
    by: Option<User>,
    language: Language,
}

impl TenderWarning {
    fn said(&self, part: &str) -> String {
        said(self.language, &self.told.warning, part)
    }
}

fn said(language: Language, warning: &warning::Warning, part: &str) -> String {
    text::say_with(language, &format!("{}{part}", warning.kind.text_key()), &warning.said_with())
}

fn source(language: Language, warning: &warning::Warning) -> String {
    domain::oversight::policy_pack::source::in_language(language, warning.source())
}

/// A question that an auditor would ask about a draft. It is mended or overridden with a reason before the draft can be handed
/// in.
#[Object]
impl TenderWarning {
    /// Names the warning with its facts, for `overrideTenderWarning`: with other facts it has another key.
    async fn key(&self) -> &str {
        &self.told.key
    }

    /// What is asked about.
    async fn kind(&self) -> WarningKind {
        self.told.warning.kind.into()
    }

    /// Where in the content, from the outside in: `["requirements", "2", "text", "zh"]`.
    async fn path(&self) -> Vec<&str> {
        self.told.warning.path.split('.').collect()
    }

    /// What is asked about, in a few words of the request's language.
    async fn title(&self) -> String {
        self.said("")
    }

    /// What was found, with the numbers, in the request's language.
    async fn found(&self) -> String {
        self.said("-facts")
    }

    /// What would satisfy, in the request's language.
    async fn remedy(&self) -> String {
        self.said("-remedy")
    }

    /// Rule and article.
    async fn source(&self) -> String {
        source(self.language, &self.told.warning)
    }

    /// The reason that covers it; null while it is open.
    async fn overridden(&self) -> Option<WarningOverride> {
        let given = self.told.overridden.clone()?;
        Some(WarningOverride { given, by: self.by.clone(), language: self.language })
    }
}

/// A question that could not be put, because a fact is missing. It keeps no draft back.
pub struct UncheckedWarning {
    unchecked: warning::Unchecked,
    language: Language,
}

/// A question that could not be put, because a fact is missing. It keeps no draft back.
#[Object]
impl UncheckedWarning {
    /// What would be asked about.
    async fn kind(&self) -> WarningKind {
        self.unchecked.kind.into()
    }

    /// What would be asked about, in a few words of the request's language.
    async fn title(&self) -> String {
        text::say(self.language, &self.unchecked.kind.text_key())
    }

    /// Which fact is missing, in the request's language.
    async fn missing(&self) -> String {
        text::say_with(self.language, &self.unchecked.missing, &self.unchecked.facts)
    }
}

/// A reason for keeping what was asked about, with the facts of its time.
pub struct WarningOverride {
    given: warning::WarningOverride,
    by: Option<User>,
    language: Language,
}

/// A reason for keeping what was asked about, with the facts of its time.
#[Object]
impl WarningOverride {
    /// Its global id.
    async fn id(&self) -> ID {
        ident::global(WarningOverrideId::KIND, self.given.id.0)
    }

    /// What was asked about.
    async fn kind(&self) -> WarningKind {
        self.given.warning.kind.into()
    }

    /// What was asked about, in a few words of the request's language.
    async fn title(&self) -> String {
        said(self.language, &self.given.warning, "")
    }

    /// What was found at that time, in the request's language.
    async fn found(&self) -> String {
        said(self.language, &self.given.warning, "-facts")
    }

    /// Rule and article.
    async fn source(&self) -> String {
        source(self.language, &self.given.warning)
    }

    /// The reason, in the officer's words.
    async fn reason(&self) -> &str {
        &self.given.reason
    }

    /// Who gave it.
    async fn given_by(&self) -> Option<&User> {
        self.by.as_ref()
    }

    /// When.
    async fn given_at(&self) -> DateTime<Utc> {
        self.given.given_at
    }

    /// When it was taken back, if it was.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.given.withdrawn_at
    }
}

/// Keeps a warning with a reason.
#[derive(Clone, Debug, InputObject)]
pub struct OverrideTenderWarningInput {
    /// The tender, a draft.
    pub tender_id: ID,
    /// The warning with the facts that you have seen: its `key`.
    pub key: String,
    /// Why it does not stand in the way: 5 to 2,000 characters. Approver and supervisor read it.
    pub reason: String,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// Takes a reason back.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawWarningOverrideInput {
    /// The reason's global id.
    pub override_id: ID,
    /// The same key with the same input does this once.
    pub idempotency_key: Option<String>,
}

/// The reason after what was done.
#[derive(SimpleObject)]
pub struct WarningOverridePayload {
    /// The reason; null when nothing was done.
    pub warning_override: Option<WarningOverride>,
    /// What you can mend.
    pub user_errors: Vec<UserError>,
}

/// The people who gave these reasons, in one statement.
async fn people(asker: &Asker, given: impl Iterator<Item = UserId>) -> app::Result<Vec<domain::identity::user::User>> {
    let mut ids: Vec<UserId> = given.collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() { Ok(Vec::new()) } else { app::identity::account::users(&asker.app, &ids).await }
}

fn named(people: &[domain::identity::user::User], id: UserId) -> Option<User> {
    people.iter().find(|user| user.id == id).cloned().map(User)
}

/// The warnings of a tender that is not public yet.
pub(super) async fn of_tender(graphql: &Context<'_>, tender: TenderId) -> Result<Vec<TenderWarning>> {
    let asker = asker(graphql)?;
    let review = loader::one_beside(graphql, loader::ReviewOf(tender)).await?.unwrap_or_default();
    let given = review.warnings.iter().filter_map(|told| told.overridden.as_ref()).map(|given| given.by);
    let people = people(asker, given).await.map_err(|error| coded(&asker.ctx, error))?;
    let language = asker.ctx.language;
    let told = |told: warnings::Told| {
        let by = told.overridden.as_ref().and_then(|given| named(&people, given.by));
        TenderWarning { told, by, language }
    };
    Ok(review.warnings.into_iter().map(told).collect())
}

/// What could not be checked of a tender that is not public yet.
pub(super) async fn unchecked(graphql: &Context<'_>, tender: TenderId) -> Result<Vec<UncheckedWarning>> {
    let language = asker(graphql)?.ctx.language;
    let review = loader::one_beside(graphql, loader::ReviewOf(tender)).await?.unwrap_or_default();
    Ok(review.unchecked.into_iter().map(|unchecked| UncheckedWarning { unchecked, language }).collect())
}

/// The reasons kept with a tender.
pub(super) async fn overrides(graphql: &Context<'_>, tender: &Tender) -> Result<Vec<WarningOverride>> {
    let asker = asker(graphql)?;
    let read = async {
        let given = warnings::overrides(&asker.app, &asker.ctx, tender).await?;
        let people = people(asker, given.iter().map(|one| one.by)).await?;
        Ok((given, people))
    };
    let (given, people) = read.await.map_err(|error: app::Error| coded(&asker.ctx, error))?;
    let language = asker.ctx.language;
    Ok(given.into_iter().map(|given| WarningOverride { by: named(&people, given.by), given, language }).collect())
}

/// Root fields that keep warnings with reasons.
#[derive(Default)]
pub struct WarningMutation;

#[Object]
impl WarningMutation {
    /// Keeps a warning of a draft with a reason, which covers the facts of this time alone. Officers only.
    async fn override_tender_warning(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: OverrideTenderWarningInput,
    ) -> Result<WarningOverridePayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let id = ident::of_kind(&input.tender_id, TenderId::KIND, "tenderId")?;
            warnings::override_warning(&asker.app, &asker.ctx, id, input.key, input.reason).await
        };
        payload(&asker, work.await).await
    }

    /// Takes a reason back while the tender is a draft: its warning is open again. Officers only.
    async fn withdraw_warning_override(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawWarningOverrideInput,
    ) -> Result<WarningOverridePayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let work = async {
            let id = ident::of_kind(&input.override_id, WarningOverrideId::KIND, "overrideId")?;
            warnings::withdraw_override(&asker.app, &asker.ctx, id).await
        };
        payload(&asker, work.await).await
    }
}

async fn payload(asker: &Asker, result: app::Result<warning::WarningOverride>) -> Result<WarningOverridePayload> {
    let (given, user_errors) = settle(&asker.ctx, result)?;
    let people = people(asker, given.iter().map(|one| one.by)).await.map_err(|error| coded(&asker.ctx, error))?;
    let language = asker.ctx.language;
    let warning_override = given.map(|given| WarningOverride { by: named(&people, given.by), given, language });
    Ok(WarningOverridePayload { warning_override, user_errors })
}
