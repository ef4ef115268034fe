//! What suppliers state about who heads, holds and manages them.

use crate::payload::{UserError, coded, settle};
use crate::request::{asker, once};
use app::identity::affiliation as affiliations;
use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::identity::affiliation;

/// How an organization stands above another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::identity::affiliation::SuperiorKind")]
pub enum SuperiorKind {
    /// It holds it directly (直接控股).
    Holds,
    /// It manages it (管理关系).
    Manages,
}

/// An organization that stands above.
#[derive(SimpleObject)]
pub struct Superior {
    /// How.
    pub kind: SuperiorKind,
    /// Its unified social credit code; it need not be registered here.
    pub credit_code: String,
}

/// What your organization has stated of its head and of who holds and manages it (政府采购法实施条例第十八条). Others learn of
/// it only where it makes two bids for one lot related, after their opening.
#[derive(SimpleObject)]
pub struct Affiliation {
    /// The name of its head: the legal representative, or who heads it by law (单位负责人).
    pub head_name: String,
    /// The last four characters of the head's identity document, which tell namesakes apart.
    pub head_document_end: String,
    /// The organizations that hold or manage it directly.
    pub superiors: Vec<Superior>,
    /// When it was stated.
    pub declared_at: DateTime<Utc>,
}

impl From<affiliation::Affiliation> for Affiliation {
    fn from(stated: affiliation::Affiliation) -> Self {
        let superior = |one: affiliation::Superior| Superior { kind: one.kind.into(), credit_code: one.credit_code.as_str().to_owned() };
        Self {
            head_name: stated.head_name,
            head_document_end: stated.head_document_end,
            superiors: stated.superiors.into_iter().map(superior).collect(),
            declared_at: stated.declared_at,
        }
    }
}

/// An organization that stands above yours.
#[derive(Clone, Debug, InputObject)]
pub struct SuperiorInput {
    /// How.
    pub kind: SuperiorKind,
    /// Its unified social credit code.
    pub credit_code: String,
}

/// What your organization states.
#[derive(Clone, Debug, InputObject)]
pub struct DeclareAffiliationInput {
    /// The name of its head, at most 120 characters.
    pub head_name: String,
    /// The last four characters of the head's identity document.
    pub head_document_end: String,
    /// The organizations that hold or manage it directly; at most 10.
    #[graphql(default)]
    pub superiors: Vec<SuperiorInput>,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// What has been stated.
#[derive(SimpleObject)]
pub struct DeclareAffiliationPayload {
    /// It; null when nothing was done.
    pub affiliation: Option<Affiliation>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// The root field that reads what one has stated.
#[derive(Default)]
pub struct AffiliationQuery;

#[Object]
impl AffiliationQuery {
    /// What your organization has stated of its head and of who holds and manages it; null while it has not. Administrators
    /// of suppliers.
    async fn viewer_affiliation(&self, graphql: &Context<'_>) -> Result<Option<Affiliation>> {
        let asker = asker(graphql)?;
        let stated = affiliations::viewer_affiliation(&asker.app, &asker.ctx).await;
        Ok(stated.map_err(|error| coded(&asker.ctx, error))?.map(Into::into))
    }
}

/// The root field that states it.
#[derive(Default)]
pub struct AffiliationMutation;

#[Object]
impl AffiliationMutation {
    /// States who heads, holds and manages your organization, over what was stated before. Administrators of suppliers.
    async fn declare_affiliation(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "What is stated.")] input: DeclareAffiliationInput,
    ) -> Result<DeclareAffiliationPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let declaration = affiliation::Declaration {
            head_name: input.head_name,
            head_document_end: input.head_document_end,
            superiors: input.superiors.into_iter().map(|one| (one.kind.into(), one.credit_code)).collect(),
        };
        let (stated, user_errors) = settle(&asker.ctx, affiliations::declare(&asker.app, &asker.ctx, declaration).await)?;
        Ok(DeclareAffiliationPayload { affiliation: stated.map(Into::into), user_errors })
    }
}
