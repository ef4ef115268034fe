//! The contract (合同) that follows from a published award, signed by both sides in time.

use crate::ident::{AwardId, ContractId, LotId, OrganizationId, TenderId, UserId};
use crate::identity::actor::Person;
use crate::identity::role::Role;
use crate::language::LocalText;
use crate::money::Money;
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Fact, Refusal};
use crate::tendering::award::Award;
use crate::tendering::consortium::AgreedShare;
use crate::text::ZONE;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;


/// A side's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractSignature {
    /// Who.
    pub user: UserId,
    /// When.
    pub signed_at: DateTime<Utc>,
}

/// What the contract is about, taken from the tender's documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractTerms {
    /// The tender's number.
    pub tender_number: String,
    /// The number of the lot, where the tender is divided.
    #[serde(default)]
    pub lot_number: Option<u32>,
    /// What is bought.
    pub title: LocalText,
    /// Days from signature to delivery.
    pub delivery_days: u32,
    /// The lines: name, quantity and unit as people read them.
    pub lines: Vec<ContractLine>,
}

/// A member of the consortium that won, besides its lead: it signs for itself, and all of them are jointly and severally
/// liable to the buyer (政府采购法第二十四条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoSupplier {
    /// Who, with its share and its work.
    pub agreed: AgreedShare,
    /// Its signature.
    pub signature: Option<ContractSignature>,
}

/// A line of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractLine {
    /// What.
    pub name: LocalText,
    /// How many.
    pub quantity: i64,
    /// Of which unit.
    pub unit: String,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Its number.
    pub id: ContractId,
    /// Counts its changes.
    pub version: i64,
    /// The number that people quote.
    pub number: String,
    /// The tender.
    pub tender: TenderId,
    /// The lot.
    pub lot: LotId,
    /// The award.
    pub award: AwardId,
    /// Who buys.
    pub buyer: OrganizationId,
    /// Who delivers; of a consortium, its lead.
    pub supplier: OrganizationId,
    /// What the lead of the consortium that delivers has agreed to; nothing where one supplier delivers alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<AgreedShare>,
    /// The other members of the consortium.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub co_suppliers: Vec<CoSupplier>,
    /// The sum: the price as bid, without any deduction.
    pub value: Money,
    /// What it is about.
    pub terms: ContractTerms,
    /// Who drew it up.
    pub made_by: UserId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// The last day for signature.
    pub sign_until_on: NaiveDate,
    /// The buyer's signature.
    pub buyer_signature: Option<ContractSignature>,
    /// The supplier's signature.
    pub supplier_signature: Option<ContractSignature>,
}

/// The names of a contract's states, as they stand in the database's CHECK.
pub const STATE_NAMES: [&str; 3] = ["drawn_up", "partly_signed", "signed"];

impl Contract {
    /// Draws a contract up from a published award: on its terms, at the price as bid, to be signed within
    /// `signature_days` of the award's publication (政府采购法第四十六条).
    ///
    /// # Errors
    /// `AWARD_UNPUBLISHED`, `SIGNATURE_LATE` when the time is over.
    pub fn make(
        id: ContractId,
        award: &Award,
        terms: ContractTerms,
        signature_days: u64,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusal> {
        let published_at = award.published_at().ok_or_else(|| Refusal::new(Code::AwardUnpublished))?;
        let published_on = local_day(published_at);
        let sign_until_on = published_on.checked_add_days(Days::new(signature_days)).unwrap_or(published_on);
        let mut agreed = award.consortium.iter().flat_map(|agreement| agreement.members.iter().cloned());
        let lead = agreed.next();
        let contract = Self {
            id,
            version: 1,
            number: match terms.lot_number {
                Some(lot) => format!("{}-{lot:02}-HT", terms.tender_number),
                None => format!("{}-HT", terms.tender_number),
            },
            tender: award.tender,
            lot: award.lot,
            award: award.id,
            buyer: award.buyer,
            supplier: award.supplier,
            lead,
            co_suppliers: agreed.map(|agreed| CoSupplier { agreed, signature: None }).collect(),
            value: award.price,
            terms,
            made_by: by,
            made_at: now,
            sign_until_on,
            buyer_signature: None,
            supplier_signature: None,
        };
        contract.check_in_time(now)?;
        let event = contract.event("contract.made", now);
        Ok((contract, event))
    }

    /// Signs for one side: the buyer's approver, or a seller of the supplier; of a consortium each member signs for itself.
    ///
    /// # Errors
    /// `NOT_ALLOWED`, `ALREADY_SIGNED`, `SIGNATURE_LATE`; `SAME_PERSON` for the one who drew it up.
    pub fn sign(mut self, by: &Person, now: DateTime<Utc>) -> Result<(Self, Event), Refusal> {
        let place = if by.organization == self.buyer && by.roles.contains(&Role::Approver) {
            if by.user == self.made_by {
                return Err(Refusal::new(Code::SamePerson));
            }
            &mut self.buyer_signature
        } else if by.organization == self.supplier && by.roles.contains(&Role::Seller) {
            &mut self.supplier_signature
        } else {
            let own = self.co_suppliers.iter_mut().find(|one| one.agreed.organization == by.organization);
            let own = own.filter(|_| by.roles.contains(&Role::Seller)).ok_or_else(|| Refusal::new(Code::NotAllowed))?;
            &mut own.signature
        };
        if place.is_some() {
            return Err(Refusal::new(Code::AlreadySigned));
        }
        *place = Some(ContractSignature { user: by.user, signed_at: now });
        self.check_in_time(now)?;
        let event = self.event("contract.signed", now);
        Ok((self, event))
    }

    /// Every organization that delivers: the supplier, and the other members of its consortium.
    pub fn suppliers(&self) -> impl Iterator<Item = OrganizationId> {
        std::iter::once(self.supplier).chain(self.co_suppliers.iter().map(|one| one.agreed.organization))
    }

    /// Whether both sides have signed, every member of a consortium among them.
    pub fn is_signed(&self) -> bool {
        self.signatures().all(Option::is_some)
    }

    /// When the last of them signed, once all have.
    pub fn signed_at(&self) -> Option<DateTime<Utc>> {
        self.signatures().map(|signature| signature.as_ref().map(|signature| signature.signed_at)).collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// The signature of one of its sides, if it has signed.
    pub fn signature_of(&self, organization: OrganizationId) -> Option<&ContractSignature> {
        if organization == self.buyer {
            return self.buyer_signature.as_ref();
        }
        if organization == self.supplier {
            return self.supplier_signature.as_ref();
        }
        self.co_suppliers.iter().find(|one| one.agreed.organization == organization)?.signature.as_ref()
    }

    fn signatures(&self) -> impl Iterator<Item = &Option<ContractSignature>> {
        [&self.buyer_signature, &self.supplier_signature].into_iter().chain(self.co_suppliers.iter().map(|one| &one.signature))
    }

    /// The name of its state in the database.
    pub fn state_name(&self) -> &'static str {
        if self.is_signed() {
            STATE_NAMES[2]
        } else if self.signatures().any(Option::is_some) {
            STATE_NAMES[1]
        } else {
            STATE_NAMES[0]
        }
    }

    /// The key of its state's text.
    pub fn state_key(&self) -> String {
        format!("contract-state-{}", self.state_name().replace('_', "-"))
    }

    fn check_in_time(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if local_day(now) <= self.sign_until_on {
            return Ok(());
        }
        Err(Refusal::new(Code::SignatureLate).with("last", Fact::Date(self.sign_until_on)))
    }

    fn event(&self, name: &str, now: DateTime<Utc>) -> Event {
        let content = json!({ "number": self.number, "value": self.value, "state": self.state_name(), "at": now });
        Event::new(name, ContractId::KIND, self.id.0, Visibility::Parties, &content)
            .with_parties(std::iter::once(self.buyer).chain(self.suppliers()).map(|party| party.0))
    }
}

fn local_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&ZONE).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::{BidId, ConsortiumId, SessionId};
    use crate::identity::organization::OrganizationKind;
    use crate::tendering::award::AwardState;
    use crate::tendering::consortium::ConsortiumAgreement;
    use chrono::TimeDelta;
    use uuid::Uuid;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn organization(number: u128) -> OrganizationId {
        OrganizationId(Uuid::from_u128(number))
    }

    fn person(user: u128, of: u128, role: Role) -> Person {
        Person {
            user: UserId(Uuid::from_u128(user)),
            organization: organization(of),
            organization_kind: OrganizationKind::Buyer,
            roles: vec![role],
            session: SessionId(Uuid::nil()),
        }
    }

    fn award(state: AwardState) -> Award {
        Award {
            id: AwardId(Uuid::nil()),
            version: 1,
            tender: TenderId(Uuid::nil()),
            lot: LotId(Uuid::nil()),
            buyer: organization(1),
            supplier: organization(2),
            consortium: None,
            bid_id: BidId(Uuid::nil()),
            price: Money::cny(95_000_000),
            ranking: Vec::new(),
            confirmed_by: UserId(Uuid::nil()),
            confirmed_at: NOW,
            state,
        }
    }

    fn published() -> Award {
        award(AwardState::Published { published_by: UserId(Uuid::nil()), published_at: NOW })
    }

    fn make(award: &Award, now: DateTime<Utc>) -> Result<Contract, Code> {
        let terms = ContractTerms {
            tender_number: "ZC-1".into(),
            lot_number: None,
            title: LocalText::new("桌椅", "Desks"),
            delivery_days: 30,
            lines: Vec::new(),
        };
        let made = Contract::make(ContractId(Uuid::nil()), award, terms, 30, UserId(Uuid::from_u128(9)), now);
        made.map(|(contract, _)| contract).map_err(|refusal| refusal.code)
    }

    #[test]
    fn a_contract_follows_from_a_published_award_at_the_price_as_bid() {
        assert_eq!(make(&award(AwardState::Confirmed), NOW).unwrap_err(), Code::AwardUnpublished);
        assert_eq!(make(&published(), NOW + TimeDelta::days(31)).unwrap_err(), Code::SignatureLate);
        let contract = make(&published(), NOW).unwrap();
        assert_eq!((contract.value, contract.sign_until_on.to_string()), (Money::cny(95_000_000), "1970-01-31".into()));
    }

    #[test]
    fn every_member_of_a_consortium_signs_before_the_contract_is_signed() {
        let share = |number, share_basis_points| AgreedShare {
            organization: organization(number),
            share_basis_points,
            work: LocalText::new("供货", ""),
        };
        let agreement = ConsortiumAgreement { consortium: ConsortiumId(Uuid::nil()), members: vec![share(2, 6000), share(3, 4000)] };
        let award = Award { consortium: Some(agreement), ..published() };
        let contract = make(&award, NOW).unwrap();
        assert_eq!(contract.suppliers().collect::<Vec<_>>(), [organization(2), organization(3)]);
        let sign = |contract: Contract, person: &Person| contract.sign(person, NOW).map(|(contract, _)| contract).map_err(|refusal| refusal.code);
        let contract = sign(contract, &person(10, 1, Role::Approver)).unwrap();
        let contract = sign(contract, &person(20, 2, Role::Seller)).unwrap();
        assert_eq!((contract.is_signed(), contract.state_name()), (false, "partly_signed"), "政府采购法第二十四条");
        assert_eq!(sign(contract.clone(), &person(40, 4, Role::Seller)).unwrap_err(), Code::NotAllowed);
        assert_eq!(sign(contract.clone(), &person(30, 3, Role::Finance)).unwrap_err(), Code::NotAllowed);
        let contract = sign(contract, &person(30, 3, Role::Seller)).unwrap();
        assert!(contract.is_signed());
        assert_eq!(sign(contract, &person(30, 3, Role::Seller)).unwrap_err(), Code::AlreadySigned);
    }

    #[test]
    fn both_sides_sign_once_and_in_time() {
        let contract = make(&published(), NOW).unwrap();
        let sign = |contract: &Contract, person: &Person, now| {
            contract.clone().sign(person, now).map(|(contract, _)| contract).map_err(|refusal| refusal.code)
        };
        let approver = person(10, 1, Role::Approver);
        let seller = person(20, 2, Role::Seller);
        assert_eq!(sign(&contract, &person(9, 1, Role::Approver), NOW).unwrap_err(), Code::SamePerson);
        assert_eq!(sign(&contract, &person(11, 1, Role::Officer), NOW).unwrap_err(), Code::NotAllowed);
        assert_eq!(sign(&contract, &seller, NOW + TimeDelta::days(31)).unwrap_err(), Code::SignatureLate);
        let half = sign(&contract, &approver, NOW).unwrap();
        assert_eq!(half.state_name(), "partly_signed");
        assert_eq!(sign(&half, &approver, NOW).unwrap_err(), Code::AlreadySigned);
        assert!(sign(&half, &seller, NOW).unwrap().is_signed());
    }
}
