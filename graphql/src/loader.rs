//! Records that many others name, loaded in one statement for all that ask in the same breath.

use crate::identity::organization;
use crate::payload::coded;
use crate::request::{Asker, asker};
use app::Error;
use async_graphql::Context;
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

/// One organization, loaded together with all others that are asked for meanwhile.
pub async fn organization(graphql: &Context<'_>, id: OrganizationId) -> async_graphql::Result<Option<organization::Organization>> {
    let asker = asker(graphql)?;
    let found = graphql.data::<Organizations>()?.load_one(id).await;
    Ok(found.map_err(|error| coded(&asker.ctx, error))?.map(organization::Organization))
}
