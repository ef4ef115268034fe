//! Rows of `category`.

use crate::store::Tx;
use crate::{Error, Result};
use domain::catalogue::category::{Category, CategoryCode, CategoryTree};
use domain::language::LocalText;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Category {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let code = CategoryCode::parse(&row.code)
            .ok_or_else(|| Error::internal("read category", format!("code {} is impossible", row.code)))?;
        Ok(Self { code, name: LocalText::new(row.name_zh, row.name_en) })
    }
}

/// The whole tree.
pub(crate) async fn tree(db: &impl ConnectionTrait) -> Result<CategoryTree> {
    let rows = Entity::find().all(db).await?;
    let categories = rows.into_iter().map(Category::try_from).collect::<Result<Vec<_>>>()?;
    Ok(CategoryTree::from_categories(categories))
}

/// Adds categories, or gives those that are there their new names.
pub(crate) async fn put(tx: &Tx, categories: &[Category]) -> Result<()> {
    for chunk in categories.chunks(500) {
        let rows = chunk.iter().map(|category| ActiveModel {
            code: Set(category.code.as_str().to_owned()),
            name_zh: Set(category.name.zh.clone()),
            name_en: Set(category.name.en.clone()),
        });
        let names = OnConflict::column(Column::Code).update_columns([Column::NameZh, Column::NameEn]).to_owned();
        Entity::insert_many(rows).on_conflict(names).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}
