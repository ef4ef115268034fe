//! Who bids by a bid, wherever one is shown: the members of a consortium with their shares, and what is left to others.

use super::opening::EnterpriseSize;
use crate::prelude::*;

/// What a member of a consortium has agreed to.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(in crate::pages) struct ConsortiumShare {
    pub(in crate::pages) organization: Option<Member>,
    pub(in crate::pages) is_lead: bool,
    pub(in crate::pages) share: String,
    pub(in crate::pages) work: Words,
}

/// A member.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Organization")]
pub(in crate::pages) struct Member {
    pub(in crate::pages) id: cynic::Id,
    pub(in crate::pages) name: Words,
}

/// A part that a bidder means to leave to another.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct DeclaredSubcontract {
    name: String,
    credit_code: String,
    size: Option<EnterpriseSize>,
    share: String,
    part: String,
    faults: Vec<Words>,
}

impl ConsortiumShare {
    /// Its name.
    pub(in crate::pages) fn name(&self) -> String {
        self.organization.as_ref().map(|one| visit().local(&one.name).to_owned()).unwrap_or_default()
    }

    /// The name with what it is and its share.
    fn words(&self) -> String {
        let key = if self.is_lead { "consortium-lead-share" } else { "consortium-member-share" };
        say_with(key, facts([("name", self.name().into()), ("share", self.share.clone().into())]))
    }
}

/// The members behind a bidder's name, with their shares; nothing where one bids alone.
pub(in crate::pages) fn beside(shares: &[ConsortiumShare]) -> Option<AnyView> {
    (!shares.is_empty()).then(|| {
        let lines = shares.iter().map(|share| view! { <li>{share.words()}</li> }).collect_view();
        view! { <div class="bid-parties"><strong>{say("consortium")}</strong><ul class="plain">{lines}</ul></div> }.into_any()
    })
}

/// The members in a table of their own, with what each does. `whose` tells it from the tables of other bids on the page.
pub(in crate::pages) fn table(shares: &[ConsortiumShare], whose: &str) -> Option<AnyView> {
    (!shares.is_empty()).then(|| {
        let rows = shares.iter().map(|share| {
            let role = say(if share.is_lead { "consortium-lead" } else { "consortium-member" });
            let work = visit().local(&share.work).to_owned();
            view! { <tr><th scope="row">{share.name()}</th><td>{role}</td><td class="number">{share.share.clone()}</td><td>{work}</td></tr> }
        });
        let rows = rows.collect_view();
        let columns = vec![
            Column::new(say("consortium-column-name")),
            Column::new(say("consortium-column-role")),
            Column::number(say("consortium-column-share")),
            Column::new(say("consortium-column-work")),
        ];
        view! { <div class="brief"><Table caption=format!("{} · {whose}", say("consortium-members")) columns>{rows}</Table></div> }.into_any()
    })
}

/// What is left to others, each with what is wrong with it; nothing where nothing is.
pub(super) fn subcontracts(declared: &[DeclaredSubcontract]) -> Option<AnyView> {
    (!declared.is_empty()).then(|| {
        let lines = declared.iter().map(|one| {
            let size = one.size.map_or_else(|| say("subcontract-size-none"), |size| say(size.text_key()));
            let about = facts([
                ("name", one.name.clone().into()),
                ("code", one.credit_code.clone().into()),
                ("size", size.into()),
                ("share", one.share.clone().into()),
                ("part", one.part.clone().into()),
            ]);
            let faults = one.faults.iter().map(|fault| view! { <li>{visit().local(fault).to_owned()}</li> }).collect_view();
            let faulty = (!one.faults.is_empty()).then(|| view! { " "<Tag state=State::Warning label=say("subcontract-invalid")/><ul>{faults}</ul> });
            view! { <li>{say_with("subcontract-line", about)}{faulty}</li> }
        });
        let lines = lines.collect_view();
        view! { <div class="bid-parties"><strong>{say("subcontracts")}</strong><ul class="plain">{lines}</ul></div> }.into_any()
    })
}
