//! Values of the room that several pages show.

use crate::prelude::*;
use domain::catalogue::area::AreaCode;

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OrganizationKind {
    Buyer,
    Supplier,
    Supervisor,
    Platform,
    Agency,
}

impl OrganizationKind {
    /// What the kind is called.
    pub(super) fn label(self) -> String {
        say(match self {
            Self::Buyer => "organization-kind-buyer",
            Self::Supplier => "organization-kind-supplier",
            Self::Supervisor => "organization-kind-supervisor",
            Self::Platform => "organization-kind-platform",
            Self::Agency => "organization-kind-agency",
        })
    }

    /// The roles that people can hold in such an organization.
    pub(super) fn roles(self) -> &'static [domain::identity::role::Role] {
        use domain::identity::organization::OrganizationKind as Kind;
        match self {
            Self::Buyer => Kind::Buyer.roles(),
            Self::Supplier => Kind::Supplier.roles(),
            Self::Supervisor => Kind::Supervisor.roles(),
            Self::Platform => Kind::Platform.roles(),
            Self::Agency => Kind::Agency.roles(),
        }
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EnterpriseSize {
    Micro,
    Small,
    Medium,
    Large,
}

impl EnterpriseSize {
    /// Each with its posted value.
    pub(super) const ALL: [(Self, &'static str); 4] =
        [(Self::Micro, "micro"), (Self::Small, "small"), (Self::Medium, "medium"), (Self::Large, "large")];

    /// What the size is called.
    pub(super) fn label(self) -> String {
        let name = Self::ALL.iter().find(|(size, _)| *size == self).map_or("large", |(_, name)| name);
        say(&format!("enterprise-size-{name}"))
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Administrator,
    Approver,
    Evaluator,
    Finance,
    KeyHolder,
    Officer,
    Operator,
    Seller,
    Supervisor,
}

impl Role {
    /// Each with its name in texts and forms.
    pub(super) const ALL: [(Self, &'static str); 9] = [
        (Self::Administrator, "administrator"),
        (Self::Approver, "approver"),
        (Self::Evaluator, "evaluator"),
        (Self::Finance, "finance"),
        (Self::KeyHolder, "key_holder"),
        (Self::Officer, "officer"),
        (Self::Operator, "operator"),
        (Self::Seller, "seller"),
        (Self::Supervisor, "supervisor"),
    ];

    /// What the role is called.
    pub(super) fn label(self) -> String {
        let name = Self::ALL.iter().find(|(role, _)| *role == self).map_or("operator", |(_, name)| name);
        say(&format!("role-{name}"))
    }

    /// What was posted.
    pub(super) fn posted(value: Option<&str>) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| Some(*name) == value).map(|(role, _)| role)
    }
}

/// An organization, as everybody may know it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Organization {
    pub(super) id: cynic::Id,
    pub(super) kind: OrganizationKind,
    pub(super) name: Words,
    pub(super) credit_code: String,
    pub(super) enterprise_size: Option<EnterpriseSize>,
    pub(super) region_code: String,
    pub(super) registered_at: chrono::DateTime<chrono::Utc>,
}

/// What everybody may know of an organization.
pub(super) fn facts_of(organization: &Organization) -> Vec<SummaryFact> {
    let region = AreaCode::from_code(&organization.region_code).map(|area| area.name());
    let region = region.map_or_else(|| organization.region_code.clone(), |name| visit().local(&name).to_owned());
    let mut facts = vec![
        SummaryFact::new(say("organization-name-zh"), view! { <span lang="zh-CN">{organization.name.zh.clone()}</span> }),
        SummaryFact::new(say("organization-name-en"), view! { <span lang="en">{organization.name.en.clone()}</span> }),
        SummaryFact::new(say("organization-kind"), organization.kind.label()),
        SummaryFact::new(say("account-credit-code"), organization.credit_code.clone()),
    ];
    if let Some(size) = organization.enterprise_size {
        facts.push(SummaryFact::new(say("organization-size"), size.label()));
    }
    let at = organization.registered_at;
    facts.push(SummaryFact::new(say("organization-region"), region));
    facts.push(SummaryFact::new(say("organization-registered"), view! { <Instant at/> }));
    facts
}
