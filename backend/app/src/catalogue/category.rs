//! The category tree: read by everybody, kept by the platform's operators.

use crate::store::catalogue::category;
use crate::{App, Context, Error, Result};
use domain::catalogue::category::{Category, CategoryTree};
use domain::identity::permission::{Action, Scope};
use domain::oversight::event::{Event, Visibility};
use domain::refusal::Refusals;

/// The whole tree: one statement.
///
/// # Errors
/// When the store does not answer.
pub async fn tree(app: &App, ctx: &Context) -> Result<CategoryTree> {
    ctx.allow(Action::ReadCatalogue, &Scope::market())?;
    category::tree(app.store.reader()).await
}

/// Takes a table with the columns `code,zh,en` into the tree and says how many categories are new or renamed.
/// Categories that the table does not name stay: items belong to them.
///
/// # Errors
/// `Forbidden` for all but operators; everything that [`CategoryTree::from_csv`] says.
pub async fn import(app: &App, ctx: &Context, table: &str) -> Result<usize> {
    ctx.allow(Action::KeepCategories, &Scope::market())?;
    let given = CategoryTree::from_csv(table).map_err(|Refusals(refusals)| Error::Refused(refusals))?;
    let given: Vec<Category> = given.iter().cloned().collect();
    app.store
        .write_once(ctx, "importCategories", given, |tx, given| async move {
            let known = category::tree(tx.db()).await?;
            let news: Vec<Category> = given.into_iter().filter(|category| known.get(&category.code) != Some(category)).collect();
            category::put(&tx, &news).await?;
            if !news.is_empty() {
                let id = tx.ctx().new_id::<uuid::Uuid>();
                tx.record(Event::new("category.imported", "Category", id, Visibility::Public, &news)).await?;
            }
            Ok(news.len())
        })
        .await
}
