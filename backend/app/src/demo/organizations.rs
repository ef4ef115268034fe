//! The people of the demonstration: buyers, suppliers, supervisors, the platform, and everybody who signs in.

use domain::catalogue::category::CategoryCode;
use domain::identity::credit_code::CreditCode;
use domain::identity::organization::{EnterpriseSize, OrganizationKind};
use domain::identity::role::Role;
use domain::language::{Language, LocalText};
use serde::Deserialize;

/// The one password of all demo accounts; it is shown on the sign-in page of a demonstration and nowhere else.
pub const DEMO_PASSWORD: &str = "zhaocai-demo-2026";

/// An organization of the demonstration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoOrganization {
    /// A short name by which other demo data refers to it.
    pub key: String,
    /// What it does.
    pub kind: OrganizationKind,
    /// Its name.
    pub name: LocalText,
    /// Its unified social credit code.
    pub credit_code: CreditCode,
    /// Its city, GB/T 2260.
    pub region_code: String,
    /// Its address.
    pub address: LocalText,
    /// Its declared size; suppliers only.
    #[serde(default)]
    pub enterprise_size: Option<EnterpriseSize>,
    /// The categories in which a supplier sells, with all below them.
    #[serde(default)]
    pub sells: Vec<CategoryCode>,
    /// Its people.
    #[serde(rename = "user")]
    pub users: Vec<DemoUser>,
}

impl DemoOrganization {
    /// Whether a supplier sells what belongs to `category`.
    pub fn sells_in(&self, category: &CategoryCode) -> bool {
        self.sells.iter().any(|sold| category.is_within(sold))
    }
}

/// A person of the demonstration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoUser {
    /// The name to sign in with, such as `officer.hospital-hz`.
    pub login: String,
    /// The person's name: Chinese, and pinyin with the family name first.
    pub name: LocalText,
    /// What the person is in the organization.
    pub roles: Vec<Role>,
    /// The language of the person's mail.
    #[serde(default)]
    pub language: Language,
    /// What an evaluator knows about, with all below it.
    #[serde(default)]
    pub specialities: Vec<CategoryCode>,
    /// Whether the sign-in page lists the account.
    #[serde(default)]
    pub shown: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    organization: Vec<DemoOrganization>,
}

/// All organizations of the demonstration, with their people.
///
/// # Panics
/// Never: the table is part of the program, and the tests read it.
pub fn organizations() -> Vec<DemoOrganization> {
    let table: Table = toml::from_str(include_str!("../../demo/organizations.toml")).expect("the demo's own table");
    table.organization
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalogue::area::AreaCode;
    use domain::identity::user::{check_password, parse_login};
    use std::collections::BTreeSet;

    fn of_kind(kind: OrganizationKind) -> Vec<DemoOrganization> {
        organizations().into_iter().filter(|organization| organization.kind == kind).collect()
    }

    #[test]
    fn the_market_has_its_size() {
        let counts = [OrganizationKind::Buyer, OrganizationKind::Supplier, OrganizationKind::Supervisor, OrganizationKind::Platform]
            .map(|kind| of_kind(kind).len());
        assert_eq!(counts, [12, 60, 2, 1]);
        let cities: BTreeSet<_> = of_kind(OrganizationKind::Buyer).into_iter().map(|buyer| buyer.region_code).collect();
        assert_eq!(cities.into_iter().collect::<Vec<_>>(), ["330100", "510100"]);
    }

    #[test]
    fn keys_codes_names_and_logins_are_unique_and_well_formed() {
        let all = organizations();
        let unique = |values: Vec<String>| values.iter().collect::<BTreeSet<_>>().len() == values.len();
        assert!(unique(all.iter().map(|organization| organization.key.clone()).collect()));
        assert!(unique(all.iter().map(|organization| organization.credit_code.as_str().to_owned()).collect()));
        assert!(unique(all.iter().map(|organization| organization.name.zh.clone()).collect()));
        assert!(unique(all.iter().map(|organization| organization.name.en.clone()).collect()));
        let users: Vec<_> = all.iter().flat_map(|organization| &organization.users).collect();
        assert!(unique(users.iter().map(|user| user.login.clone()).collect()));
        for user in users {
            assert_eq!(parse_login(&user.login).as_ref(), Ok(&user.login));
            assert!(check_password(DEMO_PASSWORD, &user.login).is_ok());
            assert!(!user.name.zh.is_empty() && !user.name.en.is_empty() && !user.roles.is_empty(), "{}", user.login);
        }
        for organization in &all {
            assert!(AreaCode::from_code(&organization.region_code).is_some(), "{}", organization.key);
            assert!(!organization.address.zh.is_empty() && !organization.address.en.is_empty());
        }
    }

    #[test]
    fn suppliers_and_only_they_have_a_size_and_something_to_sell() {
        for organization in organizations() {
            let is_supplier = organization.kind == OrganizationKind::Supplier;
            assert_eq!(organization.enterprise_size.is_some(), is_supplier, "{}", organization.key);
            assert_eq!(!organization.sells.is_empty(), is_supplier, "{}", organization.key);
        }
        let sizes: BTreeSet<_> = of_kind(OrganizationKind::Supplier).into_iter().map(|it| it.enterprise_size).collect();
        assert_eq!(sizes.len(), EnterpriseSize::ALL.len());
    }

    #[test]
    fn every_buyer_can_run_a_tender_alone() {
        for buyer in of_kind(OrganizationKind::Buyer) {
            let holders = |role: Role| buyer.users.iter().filter(|user| user.roles.contains(&role)).count();
            for role in [Role::Officer, Role::Approver, Role::Finance, Role::Administrator] {
                assert_eq!(holders(role), 1, "{} {role:?}", buyer.key);
            }
            assert_eq!(holders(Role::KeyHolder), 2, "{}", buyer.key);
        }
        let experts: Vec<_> = organizations().into_iter().flat_map(|organization| organization.users).collect();
        let experts = experts.iter().filter(|user| user.roles.contains(&Role::Evaluator));
        assert!(experts.clone().count() >= 12 && experts.clone().all(|expert| !expert.specialities.is_empty()));
    }

    #[test]
    fn the_sign_in_page_shows_every_role_and_enough_for_a_whole_tender() {
        let all = organizations();
        let shown: Vec<_> = all
            .iter()
            .flat_map(|organization| organization.users.iter().map(move |user| (organization, user)))
            .filter(|(_, user)| user.shown)
            .collect();
        let count = |role: Role| shown.iter().filter(|(_, user)| user.roles.contains(&role)).count();
        assert!(Role::ALL.iter().all(|role| count(*role) > 0));
        assert!(count(Role::Seller) >= 3 && count(Role::KeyHolder) >= 3 && count(Role::Evaluator) >= 5);
        assert!(shown.len() <= 18);
    }
}
