//! Policy packs: read at the start, looked up for a buyer and a day, chosen for a buyer.

use crate::store::identity::organization;
use crate::{App, Context, Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ident::OrganizationId;
use domain::identity::organization::{Organization, OrganizationKind};
use domain::identity::permission::{Action, Scope};
use domain::oversight::policy_pack::{DEFAULT_PACK, Packs, PolicyPack, Rules};
use domain::refusal::{Code, Refusal};
use domain::text::ZONE;
use std::path::Path;

/// The most files of packs in a folder, and the largest of them in bytes.
const FILES_MOST: usize = 200;
const FILE_MOST_BYTES: u64 = 1 << 20;

/// The packs that ship, with those of a folder over them.
///
/// # Errors
/// When a file can't be read, or with every fault of every pack, in both languages.
pub fn load(folder: Option<&Path>) -> Result<Packs> {
    let files = folder.map_or_else(|| Ok(Vec::new()), read)?;
    Packs::with(&files).map_err(|faults| {
        let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
        Error::internal("load the policy packs", format!("{} faults\n{}", told.len(), told.join("\n")))
    })
}

/// The names and texts of the packs of a folder, by name.
fn read(folder: &Path) -> Result<Vec<(String, String)>> {
    let unread = |path: &Path, error: &dyn std::fmt::Display| Error::internal("read the policy packs", format!("{}: {error}", path.display()));
    let entries = std::fs::read_dir(folder).map_err(|error| unread(folder, &error))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unread(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
        if paths.len() > FILES_MOST {
            return Err(unread(folder, &format!("more than {FILES_MOST} packs")));
        }
    }
    paths.sort();
    let text = |path: &std::path::PathBuf| {
        let size = std::fs::metadata(path).map_err(|error| unread(path, &error))?.len();
        if size > FILE_MOST_BYTES {
            return Err(unread(path, &format!("larger than {FILE_MOST_BYTES} bytes")));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, std::fs::read_to_string(path).map_err(|error| unread(path, &error))?))
    };
    paths.iter().map(text).collect()
}

impl App {
    /// The pack by whose rules an organization buys. One whose pack has been taken out of the folder since buys by none: its
    /// figures would be a guess.
    ///
    /// # Errors
    /// `NotFound` for an unknown organization; internal when its pack is not there any more.
    pub async fn pack_of(&self, buyer: OrganizationId) -> Result<&PolicyPack> {
        let id = organization::policy_pack(self.store.reader(), buyer).await?.ok_or(Error::NotFound)?;
        self.policy_packs.get(&id).ok_or_else(|| Error::internal("find a policy pack", format!("{id} of {} is not there", buyer.0)))
    }

    /// The law by which a buyer buys on the day of an instant.
    ///
    /// # Errors
    /// As [`App::pack_of`].
    pub async fn rules_for(&self, buyer: OrganizationId, at: DateTime<Utc>) -> Result<Rules> {
        Ok(self.pack_of(buyer).await?.on(day(at)))
    }

    /// The pack of whoever has named none.
    pub(crate) fn default_pack(&self) -> Result<&PolicyPack> {
        self.policy_packs.get(DEFAULT_PACK).ok_or_else(|| Error::internal("find a policy pack", DEFAULT_PACK))
    }
}

/// The day of an instant where the marketplace is.
fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

/// A pack with the law of one of its days, and the pack that it extends.
#[derive(Clone, Copy, Debug)]
pub struct OnDay<'a> {
    /// The pack.
    pub pack: &'a PolicyPack,
    /// The pack that it extends.
    pub parent: Option<&'a PolicyPack>,
    /// The day.
    pub on: NaiveDate,
}

/// All packs on a day, today when absent. There are never more than the configured folder holds.
///
/// # Errors
/// When the reader may not.
pub fn packs<'a>(app: &'a App, ctx: &Context, on: Option<NaiveDate>) -> Result<Vec<OnDay<'a>>> {
    ctx.allow(Action::ReadPolicyPacks, &Scope::market())?;
    let on = on.unwrap_or_else(|| day(ctx.now()));
    Ok(app.policy_packs.all().map(|pack| OnDay { pack, parent: app.policy_packs.parent_of(pack), on }).collect())
}

/// One pack on a day, today when absent.
///
/// # Errors
/// `NotFound`.
pub fn pack<'a>(app: &'a App, ctx: &Context, id: &str, on: Option<NaiveDate>) -> Result<OnDay<'a>> {
    packs(app, ctx, on)?.into_iter().find(|one| one.pack.id == id).ok_or(Error::NotFound)
}

/// The pack by which the reader buys, today when no day is named; that of whoever has named none for those who don't buy.
///
/// # Errors
/// When the store does not answer.
pub async fn own<'a>(app: &'a App, ctx: &Context, on: Option<NaiveDate>) -> Result<OnDay<'a>> {
    ctx.allow(Action::ReadPolicyPacks, &Scope::market())?;
    let pack = match ctx.actor.person().filter(|person| person.organization_kind == OrganizationKind::Buyer) {
        Some(person) => app.pack_of(person.organization).await?,
        None => app.default_pack()?,
    };
    Ok(OnDay { pack, parent: app.policy_packs.parent_of(pack), on: on.unwrap_or_else(|| day(ctx.now())) })
}

/// Says by the rules of which pack a buyer buys from now on. What it has published keeps the rules frozen into it.
///
/// # Errors
/// `Forbidden`, `NotFound`, `NOT_FOUND` at `policyPackId`, `NOT_A_BUYER` at `organizationId`.
pub async fn choose(app: &App, ctx: &Context, buyer: OrganizationId, pack_id: &str) -> Result<Organization> {
    ctx.allow(Action::ChoosePolicyPack, &Scope::market())?;
    let pack = app.policy_packs.get(pack_id).ok_or_else(|| Error::from(Refusal::at(Code::NotFound, "policyPackId")))?.clone();
    app.store
        .write_once(ctx, "choosePolicyPack", (buyer, pack_id.to_owned()), move |tx, (buyer, _)| {
            let pack = pack.clone();
            async move {
                let found = organization::by_ids(tx.db(), &[buyer]).await?.pop().ok_or(Error::NotFound)?;
                let (chosen, event) = found.choose_policy_pack(&pack)?;
                let saved = organization::save_policy_pack(&tx, chosen).await?;
                tx.record(event).await?;
                Ok(saved)
            }
        })
        .await
}
