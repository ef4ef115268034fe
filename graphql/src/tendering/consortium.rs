//! Consortia, as their members see them, and the shares of members wherever a consortium is named.

use super::tender_id;
use crate::ident;
use crate::identity::organization::Organization;
use crate::payload::{UserError, coded, settle};
use crate::request::{Asker, asker, once};
use crate::values::{LocalText, LocalTextInput};
use app::tendering::consortium::{self as consortia, ConsortiumView, MemberAct};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::{ConsortiumId, LotId, OrganizationId, TenderId};
use domain::tendering::consortium::{Agreement, ConsortiumAgreement, ConsortiumState as State, members_most};
use domain::tendering::enterprise_share::{JointRule, SHARE_LEAST, percent};
use domain::tendering::tender::Tender;

/// Where a consortium stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ConsortiumState {
    /// Members are asked.
    Proposed,
    /// All have agreed.
    Standing,
    /// A member has declined.
    Declined,
    /// A member that had agreed has left.
    Left,
    /// The lead has dissolved it.
    Dissolved,
}

impl From<&State> for ConsortiumState {
    fn from(state: &State) -> Self {
        match state {
            State::Proposed => Self::Proposed,
            State::Standing { .. } => Self::Standing,
            State::Declined { .. } => Self::Declined,
            State::Left { .. } => Self::Left,
            State::Dissolved { .. } => Self::Dissolved,
        }
    }
}

/// What a member of a consortium has agreed to (联合体协议).
#[derive(SimpleObject)]
pub struct ConsortiumShare {
    /// The member.
    pub organization: Option<Organization>,
    /// Whether it leads (牵头人).
    pub is_lead: bool,
    /// Its part of the contract's sum, in hundredths of a percent.
    pub share_basis_points: u32,
    /// Its part as people write it: `33.33%`.
    pub share: String,
    /// What it does.
    pub work: LocalText,
}

/// The members of a consortium, the lead first; nobody where one bids alone.
pub(crate) fn shares(
    agreement: Option<&ConsortiumAgreement>,
    organizations: &[domain::identity::organization::Organization],
) -> Vec<ConsortiumShare> {
    let members = agreement.iter().flat_map(|agreement| &agreement.members).enumerate();
    let share = |(place, member): (usize, &domain::tendering::consortium::AgreedShare)| ConsortiumShare {
        organization: organizations.iter().find(|one| one.id == member.organization).cloned().map(Organization),
        is_lead: place == 0,
        share_basis_points: member.share_basis_points,
        share: percent(member.share_basis_points),
        work: member.work.clone().into(),
    };
    members.map(share).collect()
}

/// Everybody whose name a bid needs: its bidder, and the members of its consortium.
pub(crate) fn parties(bidder: OrganizationId, agreement: Option<&ConsortiumAgreement>) -> Vec<OrganizationId> {
    agreement.map_or_else(|| vec![bidder], |agreement| agreement.organizations().collect())
}

/// A member of a consortium, as its members see it.
#[derive(SimpleObject)]
pub struct ConsortiumMember {
    /// The member.
    pub organization: Option<Organization>,
    /// The member as it stands in a bid's content beside its papers (a UUID).
    pub member_id: String,
    /// Whether it leads (牵头人).
    pub is_lead: bool,
    /// Its part of the contract's sum, in hundredths of a percent.
    pub share_basis_points: u32,
    /// Its part as people write it: `33.33%`.
    pub share: String,
    /// What it does.
    pub work: LocalText,
    /// When it agreed; null while it is asked.
    pub agreed_at: Option<DateTime<Utc>>,
}

/// A consortium with the organizations that it names.
pub struct Consortium {
    view: ConsortiumView,
    organizations: Vec<domain::identity::organization::Organization>,
    viewer: Option<OrganizationId>,
}

impl Consortium {
    /// Consortia with the names of their members, in one statement.
    async fn with_names(asker: &Asker, views: Vec<ConsortiumView>) -> app::Result<Vec<Self>> {
        let mut named: Vec<OrganizationId> = views.iter().flat_map(|view| view.consortium.organizations()).collect();
        named.sort_unstable();
        named.dedup();
        let organizations = app::identity::organization::organizations(&asker.app, &asker.ctx, &named).await?;
        let viewer = asker.ctx.actor.organization();
        Ok(views.into_iter().map(|view| Self { view, organizations: organizations.clone(), viewer }).collect())
    }

    /// A consortium with the names of its members.
    pub(crate) async fn with_name(asker: &Asker, view: ConsortiumView) -> app::Result<Self> {
        Self::with_names(asker, vec![view]).await?.pop().ok_or(app::Error::NotFound)
    }

    fn organization(&self, id: OrganizationId) -> Option<Organization> {
        self.organizations.iter().find(|one| one.id == id).cloned().map(Organization)
    }
}

/// A consortium (联合体): suppliers that bid together, as one. Before the opening its members alone know of it.
#[Object]
impl Consortium {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(ConsortiumId::KIND, self.view.consortium.id.0)
    }

    /// The tender's global id.
    async fn tender_id(&self) -> ID {
        ident::global(TenderId::KIND, self.view.consortium.tender.0)
    }

    /// The global ids of the lots for which it bids.
    async fn lot_ids(&self) -> Vec<ID> {
        self.view.consortium.lots.iter().map(|lot| ident::global(LotId::KIND, lot.0)).collect()
    }

    /// Where it stands.
    async fn state(&self) -> ConsortiumState {
        (&self.view.consortium.state).into()
    }

    /// Its members; the first leads.
    async fn members(&self) -> Vec<ConsortiumMember> {
        let members = self.view.consortium.members.iter().enumerate().map(|(place, member)| ConsortiumMember {
            organization: self.organization(member.organization),
            member_id: member.organization.to_string(),
            is_lead: place == 0,
            share_basis_points: member.share_basis_points,
            share: percent(member.share_basis_points),
            work: member.work.clone().into(),
            agreed_at: match member.agreement {
                Agreement::Agreed { at, .. } => Some(at),
                Agreement::Asked => None,
            },
        });
        members.collect()
    }

    /// When it was proposed.
    async fn proposed_at(&self) -> DateTime<Utc> {
        self.view.consortium.proposed_at
    }

    /// Since when it stands; null unless it does.
    async fn standing_since(&self) -> Option<DateTime<Utc>> {
        match self.view.consortium.state {
            State::Standing { since } => Some(since),
            _ => None,
        }
    }

    /// When it ended; null while it has not.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        match self.view.consortium.state {
            State::Declined { at, .. } | State::Left { at, .. } | State::Dissolved { at, .. } => Some(at),
            State::Proposed | State::Standing { .. } => None,
        }
    }

    /// The member by which it ended, by declining or leaving; null otherwise.
    async fn ended_by(&self) -> Option<Organization> {
        match self.view.consortium.state {
            State::Declined { member, .. } | State::Left { member, .. } => self.organization(member),
            _ => None,
        }
    }

    /// When its bid came in; null while none is in.
    async fn bid_received_at(&self) -> Option<DateTime<Utc>> {
        self.view.bid_received_at
    }

    /// Whether your organization leads it.
    async fn is_viewer_lead(&self) -> bool {
        self.viewer.is_some() && self.view.consortium.lead() == self.viewer
    }

    /// Whether your organization has agreed to it.
    async fn has_viewer_agreed(&self) -> bool {
        self.view.consortium.members.iter().any(|member| Some(member.organization) == self.viewer && member.has_agreed())
    }
}

/// The root field that reads consortia.
#[derive(Default)]
pub struct ConsortiumQuery;

#[Object]
impl ConsortiumQuery {
    /// The consortia for a tender of which your organization is a member or is asked to be, the newest first, at most fifty.
    /// For suppliers.
    #[graphql(complexity = "10 + 10 * child_complexity")]
    async fn viewer_consortia(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender.")] tender_id: ID,
    ) -> Result<Vec<Consortium>> {
        let asker = asker(graphql)?;
        let read = async {
            let views = consortia::viewer_consortia(&asker.app, &asker.ctx, self::tender_id(&tender_id)?).await?;
            Consortium::with_names(asker, views).await
        };
        read.await.map_err(|error| coded(&asker.ctx, error))
    }
}

/// Somebody whom you ask to join.
#[derive(Clone, Debug, InputObject)]
pub struct ConsortiumMemberInput {
    /// Its unified social credit code; it must be registered here as a supplier.
    pub credit_code: String,
    /// Its part of the contract's sum, in hundredths of a percent.
    pub share_basis_points: u32,
    /// What it does, at most 500 characters.
    pub work: LocalTextInput,
}

/// A consortium that you lead.
#[derive(Clone, Debug, InputObject)]
pub struct ProposeConsortiumInput {
    /// The tender.
    pub tender_id: ID,
    /// The lots for which it bids; all of them unless told.
    #[graphql(default)]
    pub lot_ids: Vec<ID>,
    /// Your own part of the contract's sum, in hundredths of a percent.
    pub own_share_basis_points: u32,
    /// What you do, at most 500 characters.
    pub own_work: LocalTextInput,
    /// The others. All parts together are exactly 10,000.
    pub members: Vec<ConsortiumMemberInput>,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// One of your consortia.
#[derive(Clone, Debug, InputObject)]
pub struct ConsortiumActInput {
    /// The consortium.
    pub consortium_id: ID,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// The consortium after the act.
#[derive(SimpleObject)]
pub struct ConsortiumPayload {
    /// The consortium; null when nothing was done.
    pub consortium: Option<Consortium>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

async fn act(graphql: &Context<'_>, input: ConsortiumActInput, what: MemberAct) -> Result<ConsortiumPayload> {
    let asker = once(graphql, input.idempotency_key)?;
    let done = async {
        let id = ident::of_kind(&input.consortium_id, ConsortiumId::KIND, "consortiumId")?;
        let view = consortia::act(&asker.app, &asker.ctx, id, what).await?;
        Consortium::with_name(&asker, view).await
    };
    let (consortium, user_errors) = settle(&asker.ctx, done.await)?;
    Ok(ConsortiumPayload { consortium, user_errors })
}

/// Root fields that propose consortia, answer, and end them.
#[derive(Default)]
pub struct ConsortiumMutation;

#[Object]
impl ConsortiumMutation {
    /// Proposes a consortium that your organization leads, and asks its members, while the tender takes bids. By proposing
    /// your organization agrees; from then on it neither bids alone nor joins another one for the same lot.
    async fn propose_consortium(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Who takes which part.")] input: ProposeConsortiumInput,
    ) -> Result<ConsortiumPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let done = async {
            let member = |one: ConsortiumMemberInput| consortia::NamedMember {
                credit_code: one.credit_code,
                share_basis_points: one.share_basis_points,
                work: one.work.into(),
            };
            let lots = input.lot_ids.iter().enumerate().map(|(place, id)| ident::of_kind(id, LotId::KIND, &format!("lotIds.{place}")));
            let proposal = consortia::ProposeConsortium {
                tender: tender_id(&input.tender_id)?,
                lots: lots.collect::<Result<_, app::Error>>()?,
                own_share_basis_points: input.own_share_basis_points,
                own_work: input.own_work.into(),
                members: input.members.into_iter().map(member).collect(),
            };
            let view = consortia::propose(&asker.app, &asker.ctx, proposal).await?;
            Consortium::with_name(&asker, view).await
        };
        let (consortium, user_errors) = settle(&asker.ctx, done.await)?;
        Ok(ConsortiumPayload { consortium, user_errors })
    }

    /// Agrees to a consortium for your organization. With the last member it stands, and its lead may bid.
    async fn agree_to_consortium(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which.")] input: ConsortiumActInput,
    ) -> Result<ConsortiumPayload> {
        act(graphql, input, MemberAct::Agree).await
    }

    /// Declines a consortium to which your organization is asked, which ends it.
    async fn decline_consortium(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which.")] input: ConsortiumActInput,
    ) -> Result<ConsortiumPayload> {
        act(graphql, input, MemberAct::Decline).await
    }

    /// Leaves a consortium, which ends it: until its bid is in, or once that is taken back.
    async fn leave_consortium(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which.")] input: ConsortiumActInput,
    ) -> Result<ConsortiumPayload> {
        act(graphql, input, MemberAct::Leave).await
    }

    /// Dissolves a consortium that your organization leads: until its bid is in, or once that is taken back.
    async fn dissolve_consortium(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "Which.")] input: ConsortiumActInput,
    ) -> Result<ConsortiumPayload> {
        act(graphql, input, MemberAct::Dissolve).await
    }
}

/// Whether and how suppliers bid together in a tender and leave parts to others.
#[derive(SimpleObject)]
pub struct JointBidding {
    /// Whether suppliers may bid together (联合体).
    pub takes_consortia: bool,
    /// The most members that the documents let a consortium have; null where they leave it to the rules.
    pub consortium_members_most: Option<u32>,
    /// The most members by the documents or the rules of the notice; null before the notice.
    pub members_most: Option<u32>,
    /// What a bidder may leave to others (分包), never the core of the contract; null where it may not.
    pub subcontracting: Option<LocalText>,
    /// The deduction that the documents name for bids that leave enough to micro and small enterprises, in percent; null
    /// where they leave it to the rules.
    pub joint_deduction_percent: Option<i64>,
    /// How such bids are compared; null before the notice, and where its rules know no such deduction.
    pub deduction: Option<JointDeduction>,
}

/// How bids are compared that leave enough to micro and small enterprises.
#[derive(SimpleObject)]
pub struct JointDeduction {
    /// The least part of the contract that goes to them, in percent.
    pub share_least_percent: i64,
    /// What is taken off the price for evaluation, in percent.
    pub percent: i64,
    /// The rule that says so.
    pub source: String,
}

impl JointBidding {
    /// What a tender says of it.
    pub(super) fn of(tender: &Tender) -> Self {
        let content = &tender.content;
        let rules = tender.state.publication().map(|publication| &publication.rules);
        let deduction = rules.and_then(|rules| {
            let rule = JointRule::of(content, rules)?;
            let source = rules.figure(SHARE_LEAST)?.source.clone();
            Some(JointDeduction { share_least_percent: rule.share_least_percent, percent: rule.deduction_percent, source })
        });
        Self {
            takes_consortia: content.takes_consortia,
            consortium_members_most: content.consortium_members_most,
            members_most: rules.map(|rules| members_most(content, rules)),
            subcontracting: content.subcontracting.clone().map(Into::into),
            joint_deduction_percent: content.joint_deduction_percent,
            deduction,
        }
    }
}
