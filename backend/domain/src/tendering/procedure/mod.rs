//! Procedures (采购方式): by which course a purchase goes from draft to contract.
//!
//! A procedure is a [`Course`]: parts that all procedures share (drafting, sealed submissions, opening, panel, award),
//! joined in its own order, with what is peculiar to it. Nothing here is a copy of another procedure; to add one is to add
//! a file beside these and a row below. Periods and counts are figures of the policy pack under the course's prefix.

pub mod choice;
pub mod command;
mod competitive_consultation;
mod competitive_negotiation;
mod emergency;
pub mod ground;
mod inquiry;
mod invited_tender;
mod open_tender;
pub mod part;
mod single_source;
pub mod table;

use super::tender_content::{EvaluationMethod, Nature};
use super::tender_state::TenderStateName;
use crate::oversight::policy_pack::{Figure, Rules};
use command::{Command, Move, Target};
use ground::Ground;
use part::{AWARD, DRAFTING, EVALUATION, OPENING, QUALIFICATION, STOPS, SUBMISSIONS};
use serde::{Deserialize, Serialize};

/// The kinds of procedure by which OCDS 1.1.5 tells procurements apart (`procurementMethod`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcurementMethod {
    /// Everybody may bid.
    Open,
    /// Everybody may ask to be invited; those who qualify bid.
    Selective,
    /// A few are asked.
    Limited,
    /// One supplier is asked.
    Direct,
}

impl ProcurementMethod {
    /// The code of OCDS.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Selective => "selective",
            Self::Limited => "limited",
            Self::Direct => "direct",
        }
    }
}

macro_rules! procedures {
    ($($(#[$meta:meta])* $name:ident = $key:literal, $course:path;)*) => {
        /// By which procedure a tender buys (采购方式).
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Procedure { $($(#[$meta])* $name),* }

        impl Procedure {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the database, and the prefix of its figures in a policy pack.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// Its course.
            pub const fn course(self) -> &'static Course {
                match self { $(Self::$name => &$course),* }
            }
        }
    };
}
procedures! {
    /// Open tender (公开招标).
    #[default]
    OpenTender = "open_tender", open_tender::COURSE;
    /// Invited tender (邀请招标).
    InvitedTender = "invited_tender", invited_tender::COURSE;
    /// Competitive negotiation (竞争性谈判).
    CompetitiveNegotiation = "competitive_negotiation", competitive_negotiation::COURSE;
    /// Competitive consultation (竞争性磋商).
    CompetitiveConsultation = "competitive_consultation", competitive_consultation::COURSE;
    /// Inquiry (询价).
    Inquiry = "inquiry", inquiry::COURSE;
    /// Single source (单一来源采购).
    SingleSource = "single_source", single_source::COURSE;
    /// Emergency procurement (紧急采购).
    Emergency = "emergency", emergency::COURSE;
}

/// What is public before suppliers are asked for bids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// Nothing: the notice itself asks for bids.
    None,
    /// A notice of prequalification (资格预审公告): suppliers apply, and of those who qualify some are drawn.
    Prequalification,
    /// A notice of the intended single source (单一来源公示): anybody may object. Only above the threshold of open tenders.
    SingleSource,
}

/// How prices come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offers {
    /// One sealed bid, which is replaced or withdrawn at will until the deadline.
    Once,
    /// One sealed price that stands (74号第四十六条): who has quoted does not quote again.
    OnceForAll,
    /// A first response, talks with each supplier apart, and a final sealed offer.
    Negotiated,
}

/// What is peculiar to a procedure: one names what it does otherwise than another, and takes the rest from that. The parts that
/// all have (drafting, submissions, opening, qualification, evaluation, award, stops) stand in [`Course::moves`].
#[derive(Debug)]
pub struct Course {
    /// Which.
    pub procedure: Procedure,
    /// Its kind in OCDS.
    pub method: ProcurementMethod,
    /// How it begins: the part between drafting and sealed submissions.
    pub begins: &'static [Move],
    /// How it comes from qualified bids to their evaluation.
    pub compares: &'static [Move],
    /// What comes before suppliers are asked.
    pub announcement: Announcement,
    /// Whether an intention is due before it; of an emergency nobody could have told thirty days before.
    pub is_foretold: bool,
    /// Whether the finance authority approves it beforehand where the budget reaches the threshold of open tenders
    /// (政府采购法第二十七条); in an emergency the head of the buyer decides, and the papers are handed in afterwards.
    pub is_approved: bool,
    /// How prices come about.
    pub offers: Offers,
    /// Whether bidders and prices are read out to everybody at the opening; where suppliers are negotiated with, nobody but
    /// the buyer and the panel learns another's price before the award.
    pub is_read_out: bool,
    /// How bids may be compared.
    pub evaluation_methods: &'static [EvaluationMethod],
    /// The figure of the fewest members of its panel.
    pub panel_figure: &'static str,
    /// The same for a large budget, where the law tells them apart.
    pub large_panel_figure: Option<&'static str>,
    /// The prefix of the figures of its weights of price.
    pub weights: &'static str,
}

impl Course {
    /// All its moves.
    pub fn moves(&self) -> impl Iterator<Item = &'static Move> {
        let parts = [DRAFTING, self.begins, SUBMISSIONS, OPENING, QUALIFICATION, self.compares, EVALUATION, AWARD, STOPS];
        parts.into_iter().flatten()
    }

    /// Where a command leads from a state; nothing where it is not possible.
    pub fn target(&self, from: TenderStateName, command: Command) -> Option<Target> {
        self.moves().find(|one| one.command == command && one.from == from).map(|one| one.to)
    }

    /// The states that a tender of this procedure passes when all goes well, in order.
    pub fn way(&self) -> Vec<TenderStateName> {
        let mut way = vec![TenderStateName::Draft];
        while let Some(next) = way.last().and_then(|last| self.next(*last)).filter(|next| !way.contains(next)) {
            way.push(next);
        }
        way
    }

    fn next(&self, from: TenderStateName) -> Option<TenderStateName> {
        let onward = self.moves().filter(|one| one.from == from && one.command.is_onward());
        onward.filter_map(|one| one.to.state()).find(|to| *to != from)
    }
}

impl Procedure {
    /// The key of its name: `procedure-open-tender`.
    pub fn text_key(self) -> String {
        format!("procedure-{}", self.as_str().replace('_', "-"))
    }

    /// The procedure with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|procedure| procedure.as_str() == name)
    }

    /// The key of one of its figures: `inquiry.documents_to_deadline_days`.
    pub fn figure_key(self, name: &str) -> String {
        format!("{}.{name}", self.as_str())
    }

    /// One of its figures, if the law of the day has it.
    pub fn figure<'a>(self, rules: &'a Rules, name: &str) -> Option<&'a Figure> {
        rules.figure(&self.figure_key(name))
    }

    /// The grounds on which the law of the day allows it, each with its figure, which names the article. An open tender needs
    /// none.
    pub fn grounds(self, rules: &Rules) -> Vec<(Ground, &Figure)> {
        let figure = |ground: &Ground| Some((*ground, rules.figure(&ground.figure_key(self))?));
        Ground::ALL.iter().filter_map(figure).collect()
    }

    /// Whether the law of the day knows it at all.
    pub fn is_in_force(self, rules: &Rules) -> bool {
        self.figure(rules, FEWEST_BIDDERS).is_some() && (self == Self::OpenTender || !self.grounds(rules).is_empty())
    }

    /// With fewer bidders the tender fails. After a tender that found none, where approval was given, two are enough for some
    /// procedures (财政部令第74号第二十七条).
    pub fn fewest_bidders(self, rules: &Rules, is_after_failure: bool) -> Option<&Figure> {
        let after_failure = || self.figure(rules, FEWEST_BIDDERS_AFTER_FAILURE);
        is_after_failure.then(after_failure).flatten().or_else(|| self.figure(rules, FEWEST_BIDDERS))
    }

    /// The figure of the least or most weight of the price for a nature: `end` is `least` or `most`.
    pub fn price_weight<'a>(self, rules: &'a Rules, nature: Nature, end: &str) -> Option<&'a Figure> {
        rules.figure(&format!("{}.price_weight_{}_{end}_percent", self.course().weights, nature.as_str()))
    }
}

/// The figure of the fewest bidders, behind a procedure's prefix.
pub const FEWEST_BIDDERS: &str = "fewest_bidders";
/// The same after a tender that failed.
pub const FEWEST_BIDDERS_AFTER_FAILURE: &str = "fewest_bidders_after_failure";
/// The days between the documents and the deadline, behind a procedure's prefix.
pub const DOCUMENTS_TO_DEADLINE: &str = "documents_to_deadline_days";
/// The days between a change that affects bids and the deadline, behind a procedure's prefix.
pub const CHANGE_TO_DEADLINE: &str = "change_to_deadline_days";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use std::collections::BTreeSet;

    #[test]
    fn every_course_leads_from_a_draft_to_a_contract_and_no_command_leads_two_ways() {
        for procedure in Procedure::ALL {
            let course = procedure.course();
            assert_eq!(course.procedure, *procedure);
            assert_eq!(course.way().last(), Some(&TenderStateName::Contracted), "{procedure:?}: {:?}", course.way());
            let mut seen = BTreeSet::new();
            for one in course.moves() {
                assert!(seen.insert((one.from.as_str(), one.command)), "{procedure:?}: {one:?} twice");
            }
        }
    }

    #[test]
    fn every_state_of_a_course_can_be_reached_and_left() {
        for procedure in Procedure::ALL {
            let course = procedure.course();
            let reached: BTreeSet<_> = course.moves().filter_map(|one| one.to.state()).map(TenderStateName::as_str).collect();
            for one in course.moves().filter(|one| one.from != TenderStateName::Draft) {
                assert!(reached.contains(one.from.as_str()), "{procedure:?}: nothing leads to {:?}", one.from);
            }
        }
    }

    #[test]
    fn every_procedure_and_ground_has_words_in_both_languages() {
        let grounds = Ground::ALL.iter().map(|ground| ground.text_key());
        let commands = Command::ALL.iter().map(|command| command.text_key());
        for key in Procedure::ALL.iter().map(|procedure| procedure.text_key()).chain(grounds).chain(commands) {
            for language in Language::ALL {
                assert!(crate::text::has(language, &key), "{key} in {language:?}");
            }
        }
    }
}
