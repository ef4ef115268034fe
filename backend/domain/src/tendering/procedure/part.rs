//! The parts of which procedures are made. Each is a set of moves; a course joins them where the end of one is the
//! beginning of the next.

use super::super::tender_state::TenderStateName::{
    Announced, Approved, AwardConfirmed, Awarded, Cancelled, Contracted, Draft, Failed, FinalOffers, FinalOpened, InEvaluation,
    Negotiating, Opened, Published, Qualified, Reported, Submitted, Suspended,
};
use super::command::Command;
use super::command::{Move, Target, leads, stays};

/// The officer writes, another person approves.
pub const DRAFTING: &[Move] = &[
    stays(Draft, Command::Write),
    leads(Draft, Command::Submit, Submitted),
    leads(Submitted, Command::SendBack, Draft),
    leads(Submitted, Command::Approve, Approved),
];

/// The notice asks everybody for bids.
pub const NOTICE: &[Move] = &[leads(Approved, Command::Publish, Published)];

/// Suppliers apply; some of those who qualify are drawn and asked for bids.
pub const PREQUALIFICATION: &[Move] = &[
    leads(Approved, Command::Announce, Announced),
    stays(Announced, Command::Apply),
    stays(Announced, Command::JudgeApplications),
    leads(Announced, Command::Invite, Published),
    leads(Announced, Command::Cancel, Cancelled),
    leads(Announced, Command::Fail, Failed),
    leads(Announced, Command::Suspend, Suspended),
];

/// The intended single source is announced, and anybody may object, before it is asked. Below the threshold of open tenders
/// it is asked at once.
pub const SOLE_SUPPLIER: &[Move] = &[
    leads(Approved, Command::Announce, Announced),
    leads(Approved, Command::Publish, Published),
    stays(Announced, Command::Object),
    stays(Announced, Command::AnswerObjection),
    leads(Announced, Command::Invite, Published),
    leads(Announced, Command::Cancel, Cancelled),
    leads(Announced, Command::Suspend, Suspended),
];

/// Questions, changes and sealed bids until the deadline.
pub const SUBMISSIONS: &[Move] = &[
    stays(Published, Command::Ask),
    stays(Published, Command::Answer),
    stays(Published, Command::Amend),
    stays(Published, Command::SubmitBid),
    stays(Published, Command::WithdrawBid),
    stays(Published, Command::ConfirmBid),
    leads(Published, Command::Cancel, Cancelled),
    leads(Published, Command::Fail, Failed),
    leads(Published, Command::Suspend, Suspended),
];

/// Holders open the bids; a bidder may open its own when they can't.
pub const OPENING: &[Move] = &[
    leads(Published, Command::OpenBids, Opened),
    stays(Published, Command::RevealBid),
    stays(Opened, Command::OpenBids),
    stays(Opened, Command::RevealBid),
    leads(Opened, Command::Fail, Failed),
    leads(Opened, Command::Suspend, Suspended),
];

/// The buyer judges who qualifies.
pub const QUALIFICATION: &[Move] = &[
    leads(Opened, Command::Qualify, Qualified),
    stays(Qualified, Command::AppointPanel),
    leads(Qualified, Command::Fail, Failed),
    leads(Qualified, Command::Suspend, Suspended),
];

/// The panel begins to score once all its members have declared.
pub const PANEL_SCORES: &[Move] = &[leads(Qualified, Command::DeclareConflict, InEvaluation)];

/// The panel negotiates with each supplier apart; changed needs are told to all; each makes a final sealed offer.
pub const NEGOTIATION: &[Move] = &[
    leads(Qualified, Command::DeclareConflict, Negotiating),
    stays(Negotiating, Command::Negotiate),
    stays(Negotiating, Command::Amend),
    leads(Negotiating, Command::RequestFinalOffers, FinalOffers),
    leads(Negotiating, Command::Fail, Failed),
    leads(Negotiating, Command::Suspend, Suspended),
    stays(FinalOffers, Command::SubmitBid),
    stays(FinalOffers, Command::WithdrawBid),
    leads(FinalOffers, Command::OpenBids, FinalOpened),
    stays(FinalOffers, Command::RevealBid),
    leads(FinalOffers, Command::Fail, Failed),
    leads(FinalOffers, Command::Suspend, Suspended),
    stays(FinalOpened, Command::OpenBids),
    stays(FinalOpened, Command::RevealBid),
    leads(FinalOpened, Command::BeginScoring, InEvaluation),
    leads(FinalOpened, Command::Fail, Failed),
    leads(FinalOpened, Command::Suspend, Suspended),
];

/// Members score alone and sign their report.
pub const EVALUATION: &[Move] = &[
    stays(InEvaluation, Command::Score),
    leads(InEvaluation, Command::SignReport, Reported),
    leads(InEvaluation, Command::Fail, Failed),
    leads(InEvaluation, Command::Suspend, Suspended),
    leads(Reported, Command::Fail, Failed),
    leads(Reported, Command::Suspend, Suspended),
];

/// The award is confirmed, published and becomes a contract.
pub const AWARD: &[Move] = &[
    leads(Reported, Command::ConfirmAward, AwardConfirmed),
    leads(AwardConfirmed, Command::PublishAward, Awarded),
    leads(AwardConfirmed, Command::Suspend, Suspended),
    stays(Awarded, Command::MakeContract),
    leads(Awarded, Command::SignContract, Contracted),
];

/// What was stopped goes on or ends; what ended without a contract may begin again.
pub const STOPS: &[Move] = &[
    Move { from: Suspended, command: Command::Resume, to: Target::Before },
    leads(Suspended, Command::Cancel, Cancelled),
    stays(Failed, Command::BeginAgain),
    stays(Cancelled, Command::BeginAgain),
];
