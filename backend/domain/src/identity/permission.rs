//! The one permission table: role × action × subject. Nothing else decides who may do what.

use super::actor::Actor;
use super::organization::OrganizationKind;
use super::role::Role;
use crate::ident::{OrganizationId, UserId};
use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// How the actor must stand to the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It need not stand in any relation.
    Any,
    /// It acts for the organization that owns the subject.
    Owner,
    /// It acts for an organization that takes part (the other side of an order, say).
    Party,
    /// It is itself named in the subject (a key holder, an evaluator, the user of an account).
    Named,
}

/// The subject of an action, as far as permission needs it.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The organization that owns it.
    pub owner: Option<OrganizationId>,
    /// The organizations that take part.
    pub parties: Vec<OrganizationId>,
    /// The persons named in it.
    pub named: Vec<UserId>,
    /// The agency that acts for its owner.
    pub agent: Option<Agent>,
}

/// What a mandate lets an agency do for a buyer (政府采购法第二十条). What is in none of them stays with the buyer: to approve
/// a draft, to confirm an award, to call a tender off, to contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandatePower {
    /// Write the draft and hand it in.
    Prepare,
    /// Publish and change the notice, invite, answer questions.
    Publish,
    /// Judge bidders, appoint the panel, keep the minutes of talks, publish the award.
    Evaluate,
}

impl MandatePower {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Prepare, Self::Publish, Self::Evaluate];

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Prepare => "mandate-power-prepare",
            Self::Publish => "mandate-power-publish",
            Self::Evaluate => "mandate-power-evaluate",
        }
    }
}

/// An agency and what it may do. One that has not accepted yet has no powers and reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Which.
    pub organization: OrganizationId,
    /// What it may do.
    pub powers: Vec<MandatePower>,
}

/// What an agency needs to do what its owner's people do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrusted {
    /// Nothing makes it possible.
    Never,
    /// To be named in a mandate, accepted or not.
    Named,
    /// This power.
    By(MandatePower),
}

impl Scope {
    /// A subject that nobody owns, such as the market as a whole.
    pub fn market() -> Self {
        Self::default()
    }

    /// A subject of one organization.
    pub fn owned_by(owner: OrganizationId) -> Self {
        Self { owner: Some(owner), ..Self::default() }
    }

    /// Adds an organization that takes part.
    #[must_use]
    pub fn with_party(mut self, party: OrganizationId) -> Self {
        self.parties.push(party);
        self
    }

    /// Adds the agency that acts for the owner.
    #[must_use]
    pub fn with_agent(mut self, agent: Agent) -> Self {
        self.agent = Some(agent);
        self
    }

    /// Adds persons who are named.
    #[must_use]
    pub fn with_named(mut self, named: impl IntoIterator<Item = UserId>) -> Self {
        self.named.extend(named);
        self
    }
}

/// Who may: everybody, everybody who has signed in, or holders of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, signed in or not.
    Public,
    /// Everybody who has signed in.
    SignedIn,
    /// Holders of one of these roles.
    Roles(&'static [Role]),
}

macro_rules! actions {
    (@entrusted) => { Entrusted::Never };
    (@entrusted Named) => { Entrusted::Named };
    (@entrusted $power:ident) => { Entrusted::By(MandatePower::$power) };
    ($( $(#[$meta:meta])* $name:ident: $who:expr, $standing:ident $(, $entrusted:ident)?; )*) => {
        /// Everything that somebody can do. One row each in the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $( $(#[$meta])* $name ),* }

        impl Action {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its row: who, and how they must stand to the subject.
            pub const fn row(self) -> (Who, Standing) {
                match self { $(Self::$name => ($who, Standing::$standing)),* }
            }

            /// What lets an agency do it for the owner.
            pub const fn entrusted(self) -> Entrusted {
                match self { $(Self::$name => actions!(@entrusted $($entrusted)?)),* }
            }
        }
    };
}

use Role::{Administrator, Approver, Evaluator, Finance, KeyHolder, Officer, Operator, Seller, Supervisor};
use Who::{Public, Roles, SignedIn};

actions! {
    // ---- identity ----
    /// Sign up, sign in, refresh, sign out.
    SignIn: Public, Any;
    /// Read an organization's public data.
    ReadOrganization: Public, Any;
    /// Change an organization's data.
    ChangeOrganization: Roles(&[Administrator]), Owner;
    /// State who heads, holds and manages an organization; read what it has stated.
    DeclareAffiliation: Roles(&[Administrator]), Owner;
    /// Give and take roles in an organization.
    ManageMemberships: Roles(&[Administrator]), Owner;
    /// Make an account for a colleague, with a role in an organization.
    AddColleague: Roles(&[Administrator]), Owner;
    /// Change one's own account, password and sessions.
    ChangeOwnAccount: SignedIn, Named;

    // ---- catalogue ----
    /// Read and search listed items.
    ReadCatalogue: Public, Any;
    /// Make, change, list and withdraw items; import price lists.
    KeepCatalogue: Roles(&[Seller]), Owner;
    /// Change the category tree.
    KeepCategories: Roles(&[Operator]), Any;

    // ---- tendering ----
    /// Read what is published about a tender.
    ReadNotice: Public, Any;
    /// Make and change plans.
    KeepPlan: Roles(&[Officer]), Owner;
    /// Draft a tender and hand it in for approval.
    KeepTender: Roles(&[Officer]), Owner, Prepare;
    /// Publish a notice, change it, ask for bids and final offers.
    PublishTender: Roles(&[Officer]), Owner, Publish;
    /// Call a tender off; begin one that has ended again.
    DecideTender: Roles(&[Officer]), Owner;
    /// Propose to entrust an agency with a tender.
    ProposeMandate: Roles(&[Officer]), Owner;
    /// Accept a mandate, or end it.
    AnswerMandate: Roles(&[Officer]), Party;
    /// Read a draft.
    ReadTenderDraft: Roles(&[Officer, Approver, Supervisor]), Owner, Named;
    /// Approve or send back a draft.
    ApproveTender: Roles(&[Approver]), Owner;
    /// Ask about a tender.
    AskClarification: Roles(&[Seller]), Any;
    /// Answer a question.
    AnswerClarification: Roles(&[Officer]), Owner, Publish;
    /// Make, replace, confirm and withdraw one's bid; read its receipt.
    KeepBid: Roles(&[Seller]), Any;
    /// Propose a consortium; agree to one, leave and dissolve it; read the own ones.
    KeepConsortium: Roles(&[Seller]), Party;
    /// Register for a tender's documents; read one's own registrations.
    RegisterForDocuments: Roles(&[Seller]), Any;
    /// Read who has registered for a tender's documents, once its bids are open.
    ReadRegistrations: Roles(&[Officer, Approver, Supervisor]), Owner, Publish;
    /// Apply to be invited to a tender; read one's own application.
    KeepApplication: Roles(&[Seller]), Any;
    /// Object to an announced single source.
    RaiseObjection: Roles(&[Seller]), Any;
    /// Stop a tender for a while, and let it go on.
    SuspendTender: Roles(&[Officer, Supervisor]), Owner;
    /// Keep the minutes of talks with suppliers.
    Negotiate: Roles(&[Officer]), Owner, Evaluate;
    /// Register a key that opens bids.
    KeepHolderKey: Roles(&[KeyHolder, Supervisor]), Named;
    /// Hand in one's share at the opening.
    OpenBids: Roles(&[KeyHolder, Supervisor]), Named;
    /// Judge whether bidders qualify.
    QualifyBidders: Roles(&[Officer]), Owner, Evaluate;
    /// Appoint the panel.
    AppointPanel: Roles(&[Officer]), Owner, Evaluate;
    /// Declare conflicts, score, sign the report.
    Evaluate: Roles(&[Evaluator]), Named;
    /// Read opened bids and the evaluation.
    ReadEvaluation: Roles(&[Officer, Approver, Supervisor]), Owner, Evaluate;
    /// Confirm the award.
    ConfirmAward: Roles(&[Approver]), Owner;
    /// Publish the award.
    PublishAward: Roles(&[Officer]), Owner, Evaluate;

    // ---- contracting ----
    /// Make a contract from an award.
    MakeContract: Roles(&[Officer]), Owner;
    /// Sign a contract for one's side.
    SignContract: Roles(&[Approver, Seller]), Party;
    /// Read a contract.
    ReadContract: SignedIn, Party;
    /// Collect items in a basket and order them.
    Buy: Roles(&[Officer]), Owner;
    /// Read an order.
    ReadOrder: SignedIn, Party;
    /// Confirm, refuse and despatch an order.
    FulfilOrder: Roles(&[Seller]), Party;
    /// Cancel an order.
    CancelOrder: Roles(&[Officer, Seller]), Party;
    /// Receive goods.
    ReceiveGoods: Roles(&[Officer]), Owner;
    /// Lodge a bid security.
    LodgeSecurity: Roles(&[Seller]), Any;
    /// Read a bid security; the buyer's people but finance only once bids are open.
    ReadSecurity: Roles(&[Finance, Officer, Approver, Seller]), Party;
    /// Accept, refuse and return bid securities.
    HandleSecurity: Roles(&[Finance]), Owner;
    /// Propose to keep a bid security.
    ProposeForfeiture: Roles(&[Officer, Finance]), Owner;
    /// Decide whether a bid security is kept.
    DecideForfeiture: Roles(&[Approver]), Owner;
    /// See what is owed and paid.
    ReadMoney: Roles(&[Finance, Officer]), Owner;

    // ---- oversight ----
    /// Read the policy packs.
    ReadPolicyPacks: Public, Any;
    /// Say by the rules of which policy pack a buyer buys.
    ChoosePolicyPack: Roles(&[Operator]), Any;
    /// Read public events and the log.
    ReadPublicEvents: Public, Any;
    /// Read an organization's private events.
    ReadPrivateEvents: SignedIn, Party;
    /// Upload a file.
    UploadFile: SignedIn, Any;
    /// Look at jobs that were parked.
    ReadJobs: Roles(&[Operator]), Any;
    /// Let a parked job run again.
    RetryJob: Roles(&[Operator]), Any;
    /// What only the marketplace itself does, on the word of whoever runs its machine: enrol the first people, give passwords
    /// anew, back up and restore.
    RunMachine: Roles(&[]), Any;
    /// Move the clock of a demonstration.
    MoveDemoClock: Public, Any;
}

/// Decides whether `actor` may do `action` to a subject of `scope`.
///
/// Supervisors stand above owners where the row names them: they read what they supervise. An agency owns no purchase of its
/// own: what officers do it does for a buyer, by a mandate.
///
/// # Errors
/// `NOT_ALLOWED`, with the roles that may. Whether the refusal is told as *not found* is the loader's affair.
pub fn allow(actor: &Actor, action: Action, scope: &Scope) -> Result<(), Refusal> {
    let (who, standing) = action.row();
    if matches!(actor, Actor::Platform) {
        return Ok(());
    }
    let has_role = match who {
        Who::Public => true,
        // Without a role one has an account and nothing else: so it is until a given password is replaced.
        Who::SignedIn => actor.person().is_some_and(|person| action == Action::ChangeOwnAccount || !person.roles.is_empty()),
        Who::Roles(roles) => roles.iter().any(|role| actor.has_role(*role)),
    };
    let supervises = matches!(who, Who::Roles(roles) if roles.contains(&Supervisor)) && actor.has_role(Supervisor);
    let stands = match standing {
        Standing::Any => true,
        Standing::Owner => {
            let is_agency = actor.person().is_some_and(|person| person.organization_kind == OrganizationKind::Agency);
            let is_bought = matches!(who, Who::Roles(roles) if roles.contains(&Officer));
            let owns = scope.owner.is_some() && scope.owner == actor.organization() && !(is_agency && is_bought);
            supervises || owns || acts_for_owner(actor, action, scope)
        }
        Standing::Party => {
            let organization = actor.organization();
            organization.is_some()
                && (scope.owner == organization || scope.parties.iter().any(|party| Some(*party) == organization))
        }
        Standing::Named => actor.person().is_some_and(|person| scope.named.contains(&person.user)),
    };
    if has_role && stands { Ok(()) } else { Err(Refusal::new(Code::NotAllowed)) }
}

/// Whether the actor's organization is the agency that acts for the owner, and its mandate goes so far.
fn acts_for_owner(actor: &Actor, action: Action, scope: &Scope) -> bool {
    let Some(agent) = scope.agent.as_ref().filter(|agent| Some(agent.organization) == actor.organization()) else { return false };
    match action.entrusted() {
        Entrusted::Never => false,
        Entrusted::Named => true,
        Entrusted::By(power) => agent.powers.contains(&power),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::SessionId;
    use crate::identity::actor::Person;
    use uuid::Uuid;

    fn person(role: Role, organization: u128) -> Actor {
        Actor::Person(Person {
            user: UserId(Uuid::from_u128(organization * 100)),
            organization: OrganizationId(Uuid::from_u128(organization)),
            organization_kind: OrganizationKind::Buyer,
            roles: vec![role],
            session: SessionId(Uuid::nil()),
        })
    }

    #[test]
    fn the_table_is_kept_for_every_action_and_role() {
        let own = Scope::owned_by(OrganizationId(Uuid::from_u128(1))).with_named([UserId(Uuid::from_u128(100))]);
        for action in Action::ALL {
            let (who, _) = action.row();
            for role in Role::ALL {
                let expected = match who {
                    Who::Public | Who::SignedIn => true,
                    Who::Roles(roles) => roles.contains(role),
                };
                assert_eq!(allow(&person(*role, 1), *action, &own).is_ok(), expected, "{action:?} as {role:?}");
            }
            assert_eq!(allow(&Actor::Public, *action, &own).is_ok(), who == Who::Public, "{action:?} as public");
        }
    }

    #[test]
    fn a_stranger_with_the_right_role_is_refused() {
        let own = Scope::owned_by(OrganizationId(Uuid::from_u128(1)));
        for action in Action::ALL {
            if let (Who::Roles(roles), Standing::Owner | Standing::Party | Standing::Named) = action.row() {
                for role in roles.iter().filter(|role| **role != Supervisor) {
                    assert!(allow(&person(*role, 2), *action, &own).is_err(), "{action:?} as a stranger's {role:?}");
                }
            }
        }
    }

    fn of_an_agency(role: Role) -> Actor {
        let Actor::Person(person) = person(role, 2) else { unreachable!() };
        Actor::Person(Person { organization_kind: OrganizationKind::Agency, ..person })
    }

    #[test]
    fn an_agency_does_what_it_is_entrusted_with_and_never_approves_awards_or_contracts() {
        let scope = |powers: &[MandatePower]| {
            let agent = Agent { organization: OrganizationId(Uuid::from_u128(2)), powers: powers.to_vec() };
            Scope::owned_by(OrganizationId(Uuid::from_u128(1))).with_agent(agent)
        };
        for action in Action::ALL.iter().filter(|action| action.row().1 == Standing::Owner) {
            for role in [Officer, Approver] {
                let may = |powers: &[MandatePower]| allow(&of_an_agency(role), *action, &scope(powers)).is_ok();
                let has_role = matches!(action.row().0, Who::Roles(roles) if roles.contains(&role));
                let expected = |powers: &[MandatePower]| has_role && match action.entrusted() {
                    Entrusted::Never => false,
                    Entrusted::Named => true,
                    Entrusted::By(power) => powers.contains(&power),
                };
                for powers in [&[][..], &[MandatePower::Prepare], &[MandatePower::Publish], &[MandatePower::Evaluate], &MandatePower::ALL] {
                    assert_eq!(may(powers), expected(powers), "{action:?} as {role:?} by {powers:?}");
                }
            }
        }
        let never = [Action::ApproveTender, Action::ConfirmAward, Action::DecideTender, Action::MakeContract, Action::ProposeMandate, Action::SuspendTender];
        assert!(never.iter().all(|action| action.entrusted() == Entrusted::Never));
        // Another agency than the one that is named finds nothing.
        let stranger = Agent { organization: OrganizationId(Uuid::from_u128(3)), powers: MandatePower::ALL.to_vec() };
        let foreign = Scope::owned_by(OrganizationId(Uuid::from_u128(1))).with_agent(stranger);
        assert!(allow(&of_an_agency(Officer), Action::KeepTender, &foreign).is_err());
    }

    #[test]
    fn an_agency_buys_nothing_for_itself() {
        let own = Scope::owned_by(OrganizationId(Uuid::from_u128(2)));
        for action in [Action::KeepTender, Action::KeepPlan, Action::Buy] {
            assert!(allow(&of_an_agency(Officer), action, &own).is_err(), "{action:?}");
        }
        assert!(allow(&of_an_agency(Administrator), Action::AddColleague, &own).is_ok());
    }
}
