//! The table of all procedures: state × command × role × rule, read off the courses and the permission table. It is what
//! `docs/procedures.md` prints and what tests walk.

use super::command::{Command, Target};
use super::{Course, Procedure};
use crate::identity::actor::Actor;
use crate::identity::permission::{Who, allow};
use crate::identity::role::Role;
use crate::language::Language;
use crate::oversight::policy_pack::{DEFAULT_PACK, Packs, Rules, source};
use crate::tendering::tender::Tender;
use crate::tendering::tender_state::TenderStateName;
use crate::text;
use chrono::NaiveDate;
use std::fmt::Write as _;

/// What the table says of one command in one state for one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It may be done, and leads there.
    Allowed(Target),
    /// The role may not do it: `NOT_ALLOWED`.
    NotAllowed,
    /// It is not possible in this state: `WRONG_STATE`.
    WrongState,
}

/// What a role may do in a state of a procedure. Who may not do a thing at all is told so before the state is looked at.
pub fn answer(procedure: Procedure, state: TenderStateName, command: Command, role: Role) -> Answer {
    if !roles(command).contains(&role) {
        return Answer::NotAllowed;
    }
    procedure.course().target(state, command).map_or(Answer::WrongState, Answer::Allowed)
}

/// The roles that may give a command at all; none for what the marketplace does by itself.
pub fn roles(command: Command) -> Vec<Role> {
    match command.action().row().0 {
        Who::Roles(roles) => roles.to_vec(),
        Who::Public | Who::SignedIn => Role::ALL.to_vec(),
    }
}

/// What an actor may do to a tender as it stands: what its state allows and the permission table grants. Whether it is the
/// time for it, and whether what is given is right, the command itself says.
pub fn possible(tender: &Tender, actor: &Actor) -> Vec<Command> {
    let named = tender.content.holders.iter().map(|holding| holding.user).chain(tender.panel.iter().copied());
    let scope = tender.scope().with_named(named);
    let may = |command: &Command| {
        tender.check(*command).is_ok() && !roles(*command).is_empty() && allow(actor, command.action(), &scope).is_ok()
    };
    Command::ALL.iter().copied().filter(may).collect()
}

/// The table as a page of Markdown, the same whenever the code and the packs are the same; the rules that it names are those
/// of the national pack, as it stands after the last change that it knows.
pub fn markdown() -> String {
    let mut page = String::from(HEAD);
    let rules = Packs::shipped().ok().and_then(|packs| packs.get(DEFAULT_PACK).map(|pack| pack.on(NaiveDate::MAX)));
    for procedure in Procedure::ALL {
        section(&mut page, procedure.course(), rules.as_ref());
    }
    page
}

const HEAD: &str = "# Procedures\n\n\
    Printed from the code by `cargo xtask procedures`; a test fails when it is stale. Each procedure is a course of shared parts\n\
    (`backend/domain/src/tendering/procedure/`). What is not in a table is refused with `WRONG_STATE`; who is not named is refused with\n\
    `NOT_ALLOWED`, or does not find the tender at all. Figures (periods, counts, shares) stand in the policy pack, under the\n\
    procedure's prefix.\n";

fn section(page: &mut String, course: &Course, rules: Option<&Rules>) {
    let say = |language, key: &str| text::say(language, key);
    let (zh, en) = (say(Language::Chinese, &course.procedure.text_key()), say(Language::English, &course.procedure.text_key()));
    let way: Vec<String> = course.way().into_iter().map(|state| say(Language::English, &state.text_key())).collect();
    let _ = writeln!(page, "\n## {en} ({zh})\n");
    let _ = writeln!(page, "OCDS `procurementMethod`: `{}`. Figures: `{}.*`.\n", method(course), course.procedure.as_str());
    let _ = writeln!(page, "{}\n", way.join(" → "));
    page.push_str("| state | command | leads to | who | rule |\n| --- | --- | --- | --- | --- |\n");
    for one in TenderStateName::ALL.iter().flat_map(|state| course.moves().filter(move |one| one.from == *state)) {
        let to = match one.to {
            Target::State(to) if to == one.from => "–".to_owned(),
            Target::State(to) => say(Language::English, &to.text_key()),
            Target::Before => "the state before".to_owned(),
        };
        let who: Vec<String> = roles(one.command).iter().map(|role| say(Language::English, &format!("role-{}", role.as_str()))).collect();
        let who = if who.is_empty() { "the marketplace".to_owned() } else { who.join(", ") };
        let rule = match rules.map_or("", |rules| one.command.source(rules)) {
            "" => "–".to_owned(),
            found => source::in_language(Language::English, found),
        };
        let (state, command) = (say(Language::English, &one.from.text_key()), say(Language::English, &one.command.text_key()));
        let _ = writeln!(page, "| {state} | {command} | {to} | {who} | {rule} |");
    }
}

const fn method(course: &Course) -> &'static str {
    course.method.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_table_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/procedures.md");
        if std::env::var_os("UPDATE_PROCEDURES").is_some() {
            std::fs::write(path, markdown()).unwrap();
        }
        let printed = std::fs::read_to_string(path).unwrap();
        assert!(printed == markdown(), "docs/procedures.md is stale: run `cargo xtask procedures`");
    }

    #[test]
    fn every_procedure_state_command_and_role_has_one_answer() {
        let (mut allowed, mut refused) = (0, 0);
        for procedure in Procedure::ALL {
            for (state, command, role) in TenderStateName::ALL
                .iter()
                .flat_map(|state| Command::ALL.iter().flat_map(move |command| Role::ALL.iter().map(move |role| (*state, *command, *role))))
            {
                match answer(*procedure, state, command, role) {
                    Answer::Allowed(_) => allowed += 1,
                    Answer::NotAllowed | Answer::WrongState => refused += 1,
                }
            }
        }
        let all = Procedure::ALL.len() * TenderStateName::ALL.len() * Command::ALL.len() * Role::ALL.len();
        assert_eq!(allowed + refused, all);
        // Nobody but the one who holds a bid moves it, and no state but those that take bids takes one.
        for procedure in Procedure::ALL {
            for state in TenderStateName::ALL {
                let takes = matches!(state, TenderStateName::Published) || (procedure.course().moves().any(|one| one.from == *state) && *state == TenderStateName::FinalOffers);
                for role in Role::ALL {
                    let found = answer(*procedure, *state, Command::SubmitBid, *role);
                    assert_eq!(matches!(found, Answer::Allowed(_)), takes && *role == Role::Seller, "{procedure:?} {state:?} {role:?}");
                }
            }
        }
    }
}
