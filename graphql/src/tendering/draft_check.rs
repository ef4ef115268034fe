//! What the buyer's policy pack asks of a draft: each rule with its source, the answer, and what would satisfy it.

use super::procedure::Verdict;
use super::tender_id;
use crate::payload::{coded, found};
use crate::request::asker;
use crate::values::LocalText;
use app::tendering::draft_check;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::language::{self, Language};
use domain::oversight::policy_pack::{check, source};
use domain::tendering::tender_checks;

/// A rule that a draft is held to.
#[derive(Clone, Debug, SimpleObject)]
pub struct DraftCheck {
    /// The figure's name in packs: `open_tender.documents_to_deadline_days`.
    pub rule: String,
    /// The field that it governs, as the draft's input names it: `deadlineAt`.
    pub path: String,
    /// The answer. Uncertain: a fact is missing, which the remedy names.
    pub verdict: Verdict,
    /// What the rule asks, in words.
    pub words: LocalText,
    /// What would satisfy it, or which fact is missing; null where the law of the day has no such rule.
    pub remedy: Option<LocalText>,
    /// Rule and article, as a reader of either language knows them; empty where the law of the day has no such rule.
    pub source: LocalText,
}

impl From<tender_checks::DraftCheck> for DraftCheck {
    fn from(found: tender_checks::DraftCheck) -> Self {
        let both = |say: &dyn Fn(Language) -> String| language::LocalText::new(say(Language::Chinese), say(Language::English)).into();
        let remedy = found.remedy_words(Language::Chinese).map(|zh| {
            let en = found.remedy_words(Language::English).unwrap_or_default();
            language::LocalText::new(zh, en).into()
        });
        let verdict: check::Verdict = found.check.verdict;
        Self {
            path: found.path.to_owned(),
            verdict: verdict.into(),
            words: both(&|language| found.rule_words(language)),
            remedy,
            source: both(&|language| source::in_language(language, &found.check.source)),
            rule: found.check.rule,
        }
    }
}

/// Root fields that read checks.
#[derive(Default)]
pub struct DraftCheckQuery;

#[Object]
impl DraftCheckQuery {
    /// Everything that the buyer's policy pack asks of a draft today, a dozen rules. Null once the notice is public, and for
    /// those who may not read the draft.
    async fn draft_checks(&self, graphql: &Context<'_>, #[graphql(desc = "The tender's global id.")] tender_id: ID) -> Result<Option<Vec<DraftCheck>>> {
        let asker = asker(graphql)?;
        let id = self::tender_id(&tender_id).map_err(|error| coded(&asker.ctx, error))?;
        let checks = found(&asker.ctx, draft_check::checks(&asker.app, &asker.ctx, id).await)?;
        Ok(checks.map(|checks| checks.into_iter().map(Into::into).collect()))
    }
}
