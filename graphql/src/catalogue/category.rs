//! Categories.

use crate::values::LocalText;
use async_graphql::SimpleObject;
use domain::catalogue::category;

/// A kind of goods, works or services, in the structure of 政府采购品目分类目录.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(serial)]
pub struct Category {
    /// Its code: a letter for goods (A), works (B) or services (C), then a pair of digits for each level.
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// The code one level up; null for the three classes.
    pub parent_code: Option<String>,
    /// How many levels lie above it.
    pub depth: i32,
}

impl From<&category::Category> for Category {
    fn from(category: &category::Category) -> Self {
        Self {
            code: category.code.as_str().to_owned(),
            name: category.name.clone().into(),
            parent_code: category.code.parent().map(|parent| parent.as_str().to_owned()),
            depth: i32::try_from(category.code.depth()).unwrap_or(i32::MAX),
        }
    }
}
