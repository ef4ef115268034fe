//! States, means and grounds of bid securities, as the contract gives them.

use crate::prelude::*;

/// Where a bid security stands.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum BidSecurityState {
    Lodged,
    Refused,
    Held,
    Exempt,
    Released,
    ForfeitureProposed,
    Returned,
    Forfeited,
}

impl BidSecurityState {
    /// All of them, with the names by which addresses and texts know them.
    pub(super) const ALL: [(Self, &'static str); 8] = [
        (Self::Lodged, "lodged"),
        (Self::Refused, "refused"),
        (Self::Held, "held"),
        (Self::Exempt, "exempt"),
        (Self::Released, "released"),
        (Self::ForfeitureProposed, "forfeiture-proposed"),
        (Self::Returned, "returned"),
        (Self::Forfeited, "forfeited"),
    ];

    /// The word for it.
    pub(super) fn label(self) -> String {
        let name = Self::ALL.iter().find(|(state, _)| *state == self).map_or("lodged", |(_, name)| name);
        say(&format!("security-state-{name}"))
    }

    /// The kind of its tag.
    pub(super) const fn kind(self) -> State {
        match self {
            Self::Lodged | Self::ForfeitureProposed => State::Waiting,
            Self::Held | Self::Exempt => State::Good,
            Self::Released => State::Warning,
            Self::Returned => State::Closed,
            Self::Refused => State::Refused,
            Self::Forfeited => State::Sealed,
        }
    }

    /// Whether another can be lodged in its place.
    pub(super) const fn gives_way(self) -> bool {
        matches!(self, Self::Refused | Self::Returned | Self::Forfeited)
    }
}

/// By what a bid security is given.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecurityMeans {
    Transfer,
    Guarantee,
    Exemption,
}

impl SecurityMeans {
    /// The name in texts.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Guarantee => "guarantee",
            Self::Exemption => "exemption",
        }
    }

    /// The word for it.
    pub(super) fn label(self) -> String {
        say(&format!("security-means-{}", self.name()))
    }
}

/// For what a bid security may be kept.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecurityForfeitureGround {
    BidRevoked,
    ContractRefused,
    FalsePapers,
    Collusion,
}

impl SecurityForfeitureGround {
    /// All of them, with the names by which forms and texts know them.
    pub(super) const ALL: [(Self, &'static str); 4] = [
        (Self::BidRevoked, "bid-revoked"),
        (Self::ContractRefused, "contract-refused"),
        (Self::FalsePapers, "false-papers"),
        (Self::Collusion, "collusion"),
    ];

    /// The word for it.
    pub(super) fn label(self) -> String {
        let name = Self::ALL.iter().find(|(ground, _)| *ground == self).map_or("collusion", |(_, name)| name);
        say(&format!("security-ground-{name}"))
    }
}

/// Why a bid security is due back.
#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecurityReleaseCause {
    BidWithdrawn,
    NoBid,
    TenderEnded,
    NotAwarded,
    ContractSigned,
}

impl SecurityReleaseCause {
    /// The words for it.
    pub(super) fn label(self) -> String {
        say(match self {
            Self::BidWithdrawn => "security-release-bid-withdrawn",
            Self::NoBid => "security-release-no-bid",
            Self::TenderEnded => "security-release-tender-ended",
            Self::NotAwarded => "security-release-not-awarded",
            Self::ContractSigned => "security-release-contract-signed",
        })
    }
}

/// By when something goes back, with a mark where that day is past.
pub(super) fn due(on: Option<chrono::NaiveDate>, unknown_year: Option<i32>, is_owed: bool) -> AnyView {
    let visit = visit();
    let today = visit.now().with_timezone(&domain::text::ZONE).date_naive();
    match (on, unknown_year) {
        (Some(on), _) => {
            let late = (is_owed && on < today).then(|| view! { " " <Tag state=State::Warning label=say("security-due-overdue")/> });
            view! { <Day on/> {late} }.into_any()
        }
        (None, Some(year)) => say_with("security-due-year", facts([("year", year.to_string().into())])).into_any(),
        (None, None) if is_owed => say("security-due-figure").into_any(),
        (None, None) => view! { <span class="quiet">{say("security-due-none")}</span> }.into_any(),
    }
}

/// What a bid's pages say of the security that the tender asks: how it stands, and where it is lodged.
pub(in crate::pages) fn note(tender: &str, asked: &Sum, state: Option<BidSecurityState>) -> AnyView {
    let to = format!("/tenders/{tender}/security");
    let needed = say_with("security-needed", facts([("amount", domain::money::Money::from(asked.clone()).into())]));
    match state {
        Some(state) if !state.gives_way() => view! {
            <Notice tone=Tone::Info title=needed>
                <p><Tag state=state.kind() label=state.label()/> " " <a href=to>{say("security-see")}</a></p>
            </Notice>
        }
        .into_any(),
        _ => view! {
            <Notice tone=Tone::Warning title=needed>
                <p>{say("security-needed-why")}</p>
                <p><LinkButton label=say("security-go") to/></p>
            </Notice>
        }
        .into_any(),
    }
}
