//! What people do to a tender, and where it leads.

use super::super::tender_state::TenderStateName;
use crate::identity::permission::Action;
use crate::oversight::policy_pack::Rules;

macro_rules! commands {
    ($( $(#[$meta:meta])* $name:ident: $key:literal, $action:ident, $is_onward:literal; )*) => {
        /// What somebody does to a tender, or to what hangs on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $( $(#[$meta])* $name ),* }

        impl Command {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in texts: `command-<name>`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// What the permission table asks of who does it.
            pub const fn action(self) -> Action {
                match self { $(Self::$name => Action::$action),* }
            }

            /// Whether it leads a tender towards its contract, rather than back or to an end.
            pub const fn is_onward(self) -> bool {
                match self { $(Self::$name => $is_onward),* }
            }
        }
    };
}

commands! {
    /// Write the draft.
    Write: "write", KeepTender, false;
    /// Hand the draft in for approval.
    Submit: "submit", KeepTender, true;
    /// Send a draft back with a reason.
    SendBack: "send-back", ApproveTender, false;
    /// Approve a draft that another person wrote.
    Approve: "approve", ApproveTender, true;
    /// Announce what precedes the invitation: prequalification, or the intended single source.
    Announce: "announce", PublishTender, true;
    /// Apply to be invited.
    Apply: "apply", KeepApplication, false;
    /// Judge who of the applicants qualifies.
    JudgeApplications: "judge-applications", QualifyBidders, false;
    /// Object to the intended single source.
    Object: "object", RaiseObjection, false;
    /// Answer an objection.
    AnswerObjection: "answer-objection", AnswerClarification, false;
    /// Ask those drawn or named for bids.
    Invite: "invite", PublishTender, true;
    /// Publish the notice that asks for bids.
    Publish: "publish", PublishTender, true;
    /// Change what was published.
    Amend: "amend", PublishTender, false;
    /// Ask a question.
    Ask: "ask", AskClarification, false;
    /// Answer a question to everybody.
    Answer: "answer", AnswerClarification, false;
    /// Hand in a sealed bid, or replace one.
    SubmitBid: "submit-bid", KeepBid, false;
    /// Take a bid back.
    WithdrawBid: "withdraw-bid", KeepBid, false;
    /// Say that a bid stands although the documents have changed.
    ConfirmBid: "confirm-bid", KeepBid, false;
    /// Open the bids with the holders' shares.
    OpenBids: "open-bids", OpenBids, true;
    /// Open one's own bid, when the holders can't.
    RevealBid: "reveal-bid", KeepBid, false;
    /// Judge whether bidders qualify.
    Qualify: "qualify", QualifyBidders, true;
    /// Appoint the panel.
    AppointPanel: "appoint-panel", AppointPanel, false;
    /// Declare that there is no conflict of interest; the last declaration lets the panel begin.
    DeclareConflict: "declare-conflict", Evaluate, true;
    /// Keep the minutes of a talk with one supplier.
    Negotiate: "negotiate", Negotiate, false;
    /// Ask every supplier that was negotiated with for its final offer.
    RequestFinalOffers: "request-final-offers", PublishTender, true;
    /// Put the final offers before the panel.
    BeginScoring: "begin-scoring", QualifyBidders, true;
    /// Save or hand in one's scores.
    Score: "score", Evaluate, false;
    /// Sign the report; the last signature ends the evaluation.
    SignReport: "sign-report", Evaluate, true;
    /// Confirm the award.
    ConfirmAward: "confirm-award", ConfirmAward, true;
    /// Publish the award.
    PublishAward: "publish-award", PublishAward, true;
    /// Draw the contract up.
    MakeContract: "make-contract", MakeContract, false;
    /// Sign the contract; the second signature makes it one.
    SignContract: "sign-contract", SignContract, true;
    /// Stop everything for a while, with a reason.
    Suspend: "suspend", SuspendTender, false;
    /// Go on after a stop; the time that was left is left.
    Resume: "resume", SuspendTender, false;
    /// Call it off.
    Cancel: "cancel", DecideTender, false;
    /// End it for want of competition; the marketplace does.
    Fail: "fail", RunMachine, false;
    /// Begin again after a failure, by another procedure where the law allows.
    BeginAgain: "begin-again", DecideTender, false;
}

impl Command {
    /// The key of its words: `command-submit-bid`.
    pub fn text_key(self) -> String {
        format!("command-{}", self.as_str())
    }

    /// The key of the figure that names the rule on which it rests: `command.submit_bid`.
    pub fn figure_key(self) -> String {
        format!("command.{}", self.as_str().replace('-', "_"))
    }

    /// The article that it rests on by the law of a notice; empty where that law has none and it is the house's own order.
    pub fn source(self, rules: &Rules) -> &str {
        rules.figure(&self.figure_key()).map_or("", |figure| &figure.source)
    }
}

/// Where a command leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a state.
    State(TenderStateName),
    /// Back to the state in which it was stopped.
    Before,
}

impl Target {
    /// The state, where it is one and the same.
    pub const fn state(self) -> Option<TenderStateName> {
        match self {
            Self::State(state) => Some(state),
            Self::Before => None,
        }
    }
}

/// A command that is possible in a state, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// In which state.
    pub from: TenderStateName,
    /// What is done.
    pub command: Command,
    /// Where it leads.
    pub to: Target,
}

/// A command that leads on.
pub const fn leads(from: TenderStateName, command: Command, to: TenderStateName) -> Move {
    Move { from, command, to: Target::State(to) }
}

/// A command that leaves the tender in its state.
pub const fn stays(state: TenderStateName, command: Command) -> Move {
    leads(state, command, state)
}
