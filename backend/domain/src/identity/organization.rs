//! Organizations: buyers, suppliers, supervisors, service providers and the platform.

use super::credit_code::CreditCode;
use super::role::Role;
use crate::ident::OrganizationId;
use crate::language::{Language, LocalText};
use crate::oversight::event::{Event, Visibility};
use crate::oversight::policy_pack::{DEFAULT_PACK, PolicyPack};
use crate::refusal::{Code, Fact, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

macro_rules! names {
    ($(#[$outer:meta])* $kind:ident { $( $(#[$meta:meta])* $name:ident = $key:literal ),* $(,)? }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $kind { $( $(#[$meta])* $name ),* }

        impl $kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in database and texts.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// Reads the name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == name)
            }
        }
    };
}

names! {
    /// What an organization does here.
    OrganizationKind {
        /// A public body that buys (采购人).
        Buyer = "buyer",
        /// A firm that sells (供应商).
        Supplier = "supplier",
        /// A body that supervises (财政监管部门).
        Supervisor = "supervisor",
        /// The marketplace itself (平台).
        Platform = "platform",
        /// A body that buys for buyers (采购代理机构).
        Agency = "agency",
    }
}

names! {
    /// The size that a supplier declares (工信部联企业〔2011〕300号).
    EnterpriseSize {
        /// Micro (微型).
        Micro = "micro",
        /// Small (小型).
        Small = "small",
        /// Medium (中型).
        Medium = "medium",
        /// Large (大型).
        Large = "large",
    }
}

impl OrganizationKind {
    /// The roles that people can hold in an organization of this kind.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Buyer => &[Role::Officer, Role::Approver, Role::Finance, Role::KeyHolder, Role::Administrator],
            Self::Supplier => &[Role::Seller, Role::Finance, Role::Administrator],
            Self::Supervisor => &[Role::Supervisor, Role::KeyHolder, Role::Administrator],
            Self::Platform => &[Role::Operator, Role::Evaluator, Role::Administrator],
            Self::Agency => &[Role::Officer, Role::Administrator],
        }
    }
}

impl OrganizationKind {
    /// Whether the two stand on different sides of a purchase: suppliers compete for what all others decide.
    pub const fn is_across(self, other: Self) -> bool {
        matches!(self, Self::Supplier) != matches!(other, Self::Supplier)
    }
}

impl EnterpriseSize {
    /// Whether the price preference for micro and small enterprises applies (财库〔2020〕46号).
    pub const fn is_micro_or_small(self) -> bool {
        matches!(self, Self::Micro | Self::Small)
    }
}

/// The longest name, in characters.
pub const NAME_MOST_CHARS: usize = 120;

/// An organization as it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its number.
    pub id: OrganizationId,
    /// Counts its changes.
    pub version: i64,
    /// What it does.
    pub kind: OrganizationKind,
    /// Its name in both languages.
    pub name: LocalText,
    /// Its unified social credit code.
    pub credit_code: CreditCode,
    /// Its size, declared by suppliers only.
    pub enterprise_size: Option<EnterpriseSize>,
    /// The administrative region, GB/T 2260 (six digits).
    pub region_code: String,
    /// The address for papers and goods.
    pub address: LocalText,
    /// The policy pack by whose rules it buys.
    pub policy_pack: String,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
}

/// What a newcomer declares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Registration {
    /// What it does; a newcomer is a buyer, an agency or a supplier.
    pub kind: Option<OrganizationKind>,
    /// Its name.
    pub name: LocalText,
    /// Its unified social credit code, as typed.
    pub credit_code: String,
    /// Its size, for suppliers.
    pub enterprise_size: Option<EnterpriseSize>,
    /// GB/T 2260 region, six digits.
    pub region_code: String,
    /// Its address.
    pub address: LocalText,
}

impl Registration {
    /// Makes the organization, or says all that is wrong at once.
    ///
    /// # Errors
    /// `REQUIRED`, `TOO_LONG`, `HIDDEN_CHARACTERS`, `CREDIT_CODE_INVALID`, `MALFORMED`.
    pub fn register(self, id: OrganizationId, now: DateTime<Utc>) -> Result<Organization, Refusals> {
        let mut refusals = Refusals::default();
        let kind = refusals.take("kind", self.kind.ok_or_else(|| Refusal::new(Code::Required)));
        let name = check_local(&mut refusals, "name", &self.name, NAME_MOST_CHARS);
        let address = check_local(&mut refusals, "address", &self.address, 300);
        let credit_code = refusals.take("creditCode", CreditCode::parse(&self.credit_code));
        let enterprise_size = match (kind, self.enterprise_size) {
            (Some(OrganizationKind::Supplier), None) => {
                refusals.push(Refusal::at(Code::Required, "enterpriseSize"));
                None
            }
            (Some(OrganizationKind::Supplier), size) => size,
            _ => None,
        };
        if self.region_code.len() != 6 || !self.region_code.bytes().all(|byte| byte.is_ascii_digit()) {
            refusals.push(Refusal::at(Code::Malformed, "regionCode").with("expected", "GB/T 2260: 330100"));
        }
        match (kind, credit_code, refusals.into_result()) {
            (Some(kind), Some(credit_code), Ok(())) => Ok(Organization {
                id,
                version: 1,
                kind,
                name,
                credit_code,
                enterprise_size,
                region_code: self.region_code,
                address,
                policy_pack: DEFAULT_PACK.to_owned(),
                registered_at: now,
            }),
            (_, _, Err(refusals)) => Err(refusals),
            _ => Err(Refusal::new(Code::Required).into()),
        }
    }
}

/// Checks a text in both languages: Chinese required, English optional.
pub(crate) fn check_local(refusals: &mut Refusals, path: &str, text: &LocalText, most: usize) -> LocalText {
    let zh = refusals.take(&format!("{path}.zh"), check_text(&text.zh, true, most)).unwrap_or_default();
    let en = refusals.take(&format!("{path}.en"), check_text(&text.en, false, most)).unwrap_or_default();
    LocalText { zh, en }
}

impl Organization {
    /// Lets a buyer buy by the rules of another pack from now on. What it has published keeps the rules that were frozen
    /// into it.
    ///
    /// # Errors
    /// `NOT_A_BUYER` at `organizationId`.
    pub fn choose_policy_pack(mut self, pack: &PolicyPack) -> Result<(Self, Event), Refusal> {
        if self.kind != OrganizationKind::Buyer {
            return Err(Refusal::at(Code::NotABuyer, "organizationId"));
        }
        let before = std::mem::replace(&mut self.policy_pack, pack.id.clone());
        let event = Event::new("organization.policy_pack_chosen", OrganizationId::KIND, self.id.0, Visibility::Public, &json!({ "before": before, "policy_pack": self.policy_pack }));
        Ok((self, event))
    }

    /// Judges whether somebody with roles in the organizations `held` may hold one here too: nobody works for a supplier and
    /// for those who decide about suppliers.
    ///
    /// # Errors
    /// `MEMBER_ELSEWHERE`, with the organization on the other side.
    pub fn check_sides(&self, held: &[Self]) -> Result<(), Refusal> {
        let Some(across) = held.iter().find(|held| held.kind.is_across(self.kind)) else { return Ok(()) };
        let refusal = Refusal::new(Code::MemberElsewhere)
            .with("nameZh", across.name.in_language(Language::Chinese))
            .with("nameEn", across.name.in_language(Language::English))
            .with("kind", Fact::word(format!("organization-kind-{}", across.kind.as_str())));
        Err(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once() {
        let refusals = Registration { credit_code: "123".into(), ..Registration::default() }
            .register(OrganizationId(uuid::Uuid::nil()), DateTime::UNIX_EPOCH)
            .unwrap_err();
        let codes: Vec<_> = refusals.0.iter().map(|refusal| (refusal.code, refusal.path.join("."))).collect();
        assert!(codes.contains(&(Code::CreditCodeInvalid, "creditCode".into())));
        assert!(codes.contains(&(Code::Required, "name.zh".into())));
        assert!(codes.contains(&(Code::Malformed, "regionCode".into())));
    }

    #[test]
    fn a_supplier_declares_its_size() {
        let registration = Registration {
            kind: Some(OrganizationKind::Supplier),
            name: LocalText::new("杭州某某科技有限公司", "Hangzhou Moumou Technology Co., Ltd"),
            credit_code: "91350100M000100Y43".into(),
            enterprise_size: None,
            region_code: "330100".into(),
            address: LocalText::new("杭州市文一路1号", ""),
        };
        let id = OrganizationId(uuid::Uuid::nil());
        assert_eq!(
            registration.clone().register(id, DateTime::UNIX_EPOCH).unwrap_err().0[0].path,
            ["enterpriseSize"]
        );
        let organization = Registration { enterprise_size: Some(EnterpriseSize::Small), ..registration }
            .register(id, DateTime::UNIX_EPOCH)
            .unwrap();
        assert!(organization.enterprise_size.unwrap().is_micro_or_small());
    }

    #[test]
    fn a_buyer_takes_another_pack_and_the_public_is_told_which_it_had() {
        let pack = crate::oversight::policy_pack::Packs::shipped().unwrap().get("gpa-2012").unwrap().clone();
        let registration = Registration {
            kind: Some(OrganizationKind::Buyer),
            name: LocalText::new("某某市第一中学", "No. 1 Middle School"),
            credit_code: "91350100M000100Y43".into(),
            enterprise_size: None,
            region_code: "330100".into(),
            address: LocalText::new("文一路1号", ""),
        };
        let buyer = registration.register(OrganizationId(uuid::Uuid::nil()), DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(buyer.policy_pack, DEFAULT_PACK);
        let supplier = Organization { kind: OrganizationKind::Supplier, ..buyer.clone() };
        assert_eq!(supplier.choose_policy_pack(&pack).unwrap_err().code, Code::NotABuyer);
        let (chosen, event) = buyer.choose_policy_pack(&pack).unwrap();
        assert_eq!((chosen.policy_pack.as_str(), event.visibility), ("gpa-2012", Visibility::Public));
        assert_eq!(event.content, json!({ "before": "cn", "policy_pack": "gpa-2012" }));
    }

    #[test]
    fn suppliers_stand_on_one_side_and_all_others_on_the_other() {
        for one in OrganizationKind::ALL {
            assert!(!one.is_across(*one));
            for other in OrganizationKind::ALL.iter().filter(|other| *other != one) {
                let sells = [one, other].contains(&&OrganizationKind::Supplier);
                assert_eq!(one.is_across(*other), sells, "{one:?} and {other:?}");
                assert_eq!(one.is_across(*other), other.is_across(*one));
            }
        }
    }
}
