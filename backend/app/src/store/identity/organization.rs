//! Rows of `organization`.

use crate::store::Tx;
use crate::{Error, Result};
use domain::ident::OrganizationId;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, Organization, OrganizationKind};
use domain::language::LocalText;
use domain::refusal::{Code, Refusal};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub kind: String,
    pub name_zh: String,
    pub name_en: String,
    pub credit_code: String,
    pub enterprise_size: Option<String>,
    pub region_code: String,
    pub address_zh: String,
    pub address_en: String,
    pub policy_pack: String,
    pub registered_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Organization {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let broken = |column: &str| Error::internal("read organization", format!("{} of {} is impossible", column, row.id));
        Ok(Self {
            id: OrganizationId(row.id),
            version: row.version,
            kind: OrganizationKind::from_name(&row.kind).ok_or_else(|| broken("kind"))?,
            credit_code: CreditCode::parse(&row.credit_code).map_err(|_| broken("credit_code"))?,
            enterprise_size: match &row.enterprise_size {
                Some(size) => Some(EnterpriseSize::from_name(size).ok_or_else(|| broken("enterprise_size"))?),
                None => None,
            },
            name: LocalText::new(row.name_zh, row.name_en),
            region_code: row.region_code,
            address: LocalText::new(row.address_zh, row.address_en),
            policy_pack: row.policy_pack,
            registered_at: row.registered_at,
        })
    }
}

/// Adds an organization. Its credit code must be new.
pub(crate) async fn insert(tx: &Tx, organization: &Organization) -> Result<()> {
    let taken = Entity::find().filter(Column::CreditCode.eq(organization.credit_code.as_str())).count(tx.db()).await?;
    if taken > 0 {
        return Err(Refusal::at(Code::CreditCodeTaken, "creditCode").into());
    }
    ActiveModel {
        id: Set(organization.id.0),
        version: Set(organization.version),
        kind: Set(organization.kind.as_str().to_owned()),
        name_zh: Set(organization.name.zh.clone()),
        name_en: Set(organization.name.en.clone()),
        credit_code: Set(organization.credit_code.as_str().to_owned()),
        enterprise_size: Set(organization.enterprise_size.map(|size| size.as_str().to_owned())),
        region_code: Set(organization.region_code.clone()),
        address_zh: Set(organization.address.zh.clone()),
        address_en: Set(organization.address.en.clone()),
        policy_pack: Set(organization.policy_pack.clone()),
        registered_at: Set(organization.registered_at),
    }
    .insert(tx.db())
    .await?;
    Ok(())
}

/// Those with these ids, in any order; unknown ids are left out.
pub(crate) async fn by_ids(db: &impl ConnectionTrait, ids: &[OrganizationId]) -> Result<Vec<Organization>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db).await?;
    rows.into_iter().map(Organization::try_from).collect()
}

/// The one with this credit code.
pub(crate) async fn by_credit_code(db: &impl ConnectionTrait, code: &CreditCode) -> Result<Option<Organization>> {
    let found = Entity::find().filter(Column::CreditCode.eq(code.as_str())).one(db).await?;
    found.map(Organization::try_from).transpose()
}

/// The policy pack of an organization, by its id alone.
pub(crate) async fn policy_pack(db: &impl ConnectionTrait, id: OrganizationId) -> Result<Option<String>> {
    let found = Entity::find_by_id(id.0).select_only().column(Column::PolicyPack).into_tuple::<String>().one(db).await?;
    Ok(found)
}

/// Keeps the policy pack that a buyer has been given, if nobody has changed the buyer since it was read.
pub(crate) async fn save_policy_pack(tx: &Tx, organization: Organization) -> Result<Organization> {
    let saved = Organization { version: organization.version + 1, ..organization };
    let written = Entity::update_many()
        .col_expr(Column::PolicyPack, Expr::value(saved.policy_pack.clone()))
        .col_expr(Column::Version, Expr::value(saved.version))
        .filter(Column::Id.eq(saved.id.0))
        .filter(Column::Version.eq(organization.version))
        .exec(tx.db())
        .await?;
    if written.rows_affected == 0 { Err(Error::refused(Code::Conflict)) } else { Ok(saved) }
}
