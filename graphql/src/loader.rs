//! Records that many others name, loaded in one statement for all that ask in the same breath.

use crate::identity::organization;
use crate::oversight::file;
use crate::payload::coded;
use crate::request::{Asker, asker};
use app::Error;
use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, Loader};
use domain::ident::{FileId, OrganizationId};
use domain::identity::organization::Organization;
use domain::oversight::file::File;
use std::collections::HashMap;

/// Loads organizations.
pub struct OrganizationLoader(Asker);

/// The loader of organizations of one request.
pub type Organizations = DataLoader<OrganizationLoader>;

impl Loader<OrganizationId> for OrganizationLoader {
    type Value = Organization;
    type Error = Error;

    async fn load(&self, ids: &[OrganizationId]) -> Result<HashMap<OrganizationId, Organization>, Error> {
        let found = app::identity::organization::organizations(&self.0.app, &self.0.ctx, ids).await?;
        Ok(found.into_iter().map(|organization| (organization.id, organization)).collect())
    }
}

/// The loader for one request: nothing that it knows outlives the request.
pub fn organizations(asker: &Asker) -> Organizations {
    DataLoader::new(OrganizationLoader(asker.clone()), tokio::spawn)
}

/// One organization, loaded together with all others that are asked for meanwhile.
pub async fn organization(graphql: &Context<'_>, id: OrganizationId) -> async_graphql::Result<Option<organization::Organization>> {
    let asker = asker(graphql)?;
    let found = graphql.data::<Organizations>()?.load_one(id).await;
    Ok(found.map_err(|error| coded(&asker.ctx, error))?.map(organization::Organization))
}

/// Loads files, without their contents.
pub struct FileLoader(Asker);

/// The loader of files of one request.
pub type Files = DataLoader<FileLoader>;

impl Loader<FileId> for FileLoader {
    type Value = File;
    type Error = Error;

    async fn load(&self, ids: &[FileId]) -> Result<HashMap<FileId, File>, Error> {
        let found = app::oversight::file::files(&self.0.app, &self.0.ctx, ids).await?;
        Ok(found.into_iter().map(|file| (file.id, file)).collect())
    }
}

/// The loader for one request.
pub fn file_loader(asker: &Asker) -> Files {
    DataLoader::new(FileLoader(asker.clone()), tokio::spawn)
}

/// The files among these that the asker may read, in their order.
pub async fn files(graphql: &Context<'_>, ids: &[FileId]) -> async_graphql::Result<Vec<file::File>> {
    let asker = asker(graphql)?;
    let found = graphql.data::<Files>()?.load_many(ids.iter().copied()).await;
    let mut found = found.map_err(|error| coded(&asker.ctx, error))?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).map(file::File).collect())
}
