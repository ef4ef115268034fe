//! Organizations.

use crate::ident;
use crate::values::{LocalText, LocalTextInput};
use async_graphql::{Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use domain::ident::OrganizationId;
use domain::identity::organization;

/// What an organization does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::identity::organization::OrganizationKind")]
pub enum OrganizationKind {
    /// A public body that buys (采购人).
    Buyer,
    /// A firm that sells (供应商).
    Supplier,
    /// A body that supervises (监管部门).
    Supervisor,
    /// The marketplace itself.
    Platform,
    /// A body that buys for buyers (采购代理机构).
    Agency,
}

/// The size that a supplier declares (工信部联企业〔2011〕300号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::identity::organization::EnterpriseSize")]
pub enum EnterpriseSize {
    /// Micro (微型).
    Micro,
    /// Small (小型).
    Small,
    /// Medium (中型).
    Medium,
    /// Large (大型).
    Large,
}

/// An organization, as everybody may know it.
pub struct Organization(pub organization::Organization);

/// An organization: buyer, supplier, supervisor or the platform.
#[Object(serial)]
impl Organization {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(OrganizationId::KIND, self.0.id.0)
    }

    /// What it does here.
    async fn kind(&self) -> OrganizationKind {
        self.0.kind.into()
    }

    /// Its name.
    async fn name(&self) -> LocalText {
        self.0.name.clone().into()
    }

    /// Its unified social credit code (GB 32100-2015).
    async fn credit_code(&self) -> &str {
        self.0.credit_code.as_str()
    }

    /// The size that it declared; suppliers only.
    async fn enterprise_size(&self) -> Option<EnterpriseSize> {
        self.0.enterprise_size.map(Into::into)
    }

    /// Its administrative region, six digits of GB/T 2260.
    async fn region_code(&self) -> &str {
        &self.0.region_code
    }

    /// Its address for papers and goods.
    async fn address(&self) -> LocalText {
        self.0.address.clone().into()
    }

    /// The id of the policy pack by whose rules it buys; `cn` for all who have been given no other.
    async fn policy_pack_id(&self) -> &str {
        &self.0.policy_pack
    }

    /// When it was registered.
    async fn registered_at(&self) -> DateTime<Utc> {
        self.0.registered_at
    }
}

/// What a new organization declares.
#[derive(Clone, Debug, InputObject)]
pub struct OrganizationInput {
    /// What it does here; a newcomer is a buyer or a supplier.
    pub kind: OrganizationKind,
    /// Its name, at most 120 characters.
    pub name: LocalTextInput,
    /// Its unified social credit code.
    pub credit_code: String,
    /// Its size; required of suppliers.
    pub enterprise_size: Option<EnterpriseSize>,
    /// Its administrative region, six digits of GB/T 2260.
    pub region_code: String,
    /// Its address, at most 300 characters.
    pub address: LocalTextInput,
}

impl From<OrganizationInput> for organization::Registration {
    fn from(input: OrganizationInput) -> Self {
        Self {
            kind: Some(input.kind.into()),
            name: input.name.into(),
            credit_code: input.credit_code,
            enterprise_size: input.enterprise_size.map(Into::into),
            region_code: input.region_code,
            address: input.address.into(),
        }
    }
}
