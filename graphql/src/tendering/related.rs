//! Related bidders, for those who judge bidders.

use super::evaluation::bid;
use crate::identity::organization::Organization;
use crate::values::LocalText;
use async_graphql::{ID, InputObject, SimpleObject};
use domain::language::{Language, LocalText as Words};
use domain::refusal::Fact;
use domain::tendering::qualification::Qualification;
use domain::tendering::related::{self, RELATED_SOURCE, Tie};

/// Two bids for one lot whose bidders are related (政府采购法实施条例第十八条).
#[derive(SimpleObject)]
pub struct RelatedBids {
    /// One bid's global id.
    pub first_bid_id: ID,
    /// The other's.
    pub second_bid_id: ID,
    /// The related organizations: the one that stands above first.
    pub organizations: Vec<Organization>,
    /// How they are related, in words.
    pub words: LocalText,
    /// The article that forbids it.
    pub source: String,
    /// Whether both bids were found invalid; null before that is judged.
    pub is_invalid: Option<bool>,
    /// Why they were not; empty where they were, and before that is judged.
    pub reason: String,
}

/// Related bids with what was found of them.
pub(super) fn shown(
    found: &[related::RelatedBids],
    qualification: Option<&Qualification>,
    organizations: &[domain::identity::organization::Organization],
) -> Vec<RelatedBids> {
    let one = |pair: &related::RelatedBids| {
        let own: Vec<_> = pair.organizations.iter().filter_map(|id| organizations.iter().find(|one| one.id == *id)).collect();
        let judged = qualification.iter().flat_map(|qualification| &qualification.relations);
        let judged = judged.into_iter().find(|finding| (finding.first, finding.second) == (pair.first, pair.second));
        let say = |language: Language| {
            let name = |place: usize| own.get(place).map(|one| one.name.in_language(language).to_owned()).unwrap_or_default();
            let mut facts: domain::refusal::Facts = [("first".to_owned(), Fact::from(name(0))), ("second".to_owned(), Fact::from(name(1)))].into();
            if let Tie::SameHead { head } = &pair.tie {
                facts.insert("head".to_owned(), head.clone().into());
            }
            domain::text::say_with(language, pair.tie.text_key(), &facts)
        };
        RelatedBids {
            first_bid_id: bid(pair.first),
            second_bid_id: bid(pair.second),
            words: Words::new(say(Language::Chinese), say(Language::English)).into(),
            organizations: own.into_iter().cloned().map(Organization).collect(),
            source: RELATED_SOURCE.to_owned(),
            is_invalid: judged.map(|finding| finding.is_invalid),
            reason: judged.map(|finding| finding.reason.clone()).unwrap_or_default(),
        }
    };
    found.iter().map(one).collect()
}

/// What was found of two related bids.
#[derive(Clone, Debug, InputObject)]
pub struct RelationFindingInput {
    /// One bid's global id, as `relatedBids` tells it.
    pub first_bid_id: ID,
    /// The other's.
    pub second_bid_id: ID,
    /// Whether both are invalid.
    pub is_invalid: bool,
    /// Why not, at most 1000 characters; required where they are valid.
    #[graphql(default)]
    pub reason: String,
}
