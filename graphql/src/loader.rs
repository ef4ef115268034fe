//! Records that many others name, loaded in one statement for all that ask in the same breath.

use crate::request::Asker;
use app::Error;
use async_graphql::dataloader::{DataLoader, Loader};
use domain::ident::OrganizationId;
use domain::identity::organization::Organization;
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
