//! What is wrong with a pack: coded, in both languages, each with the pack, the figure and what to do.

use crate::language::Language;
use crate::refusal::{Fact, Facts};
use crate::text;
use std::fmt;

macro_rules! faults {
    ($( $(#[$meta:meta])* $name:ident = $code:literal, $key:literal; )*) => {
        /// The kinds of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FaultCode { $( $(#[$meta])* $name ),* }

        impl FaultCode {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in logs and messages.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The key of its words.
            pub const fn text_key(self) -> &'static str {
                match self { $(Self::$name => concat!("pack-fault-", $key)),* }
            }
        }
    };
}
faults! {
    /// The file does not read: no TOML, a field missing or of the wrong kind.
    Unreadable = "PACK_UNREADABLE", "unreadable";
    /// The id is empty or has other characters than small letters, figures and hyphens.
    IdInvalid = "PACK_ID_INVALID", "id-invalid";
    /// The pack has no name in one of the languages.
    NameMissing = "PACK_NAME_MISSING", "name-missing";
    /// A figure or calendar names no source.
    NoSource = "FIGURE_WITHOUT_SOURCE", "no-source";
    /// A figure counts what it can't.
    WrongUnit = "FIGURE_UNIT_WRONG", "wrong-unit";
    /// A figure is less than nothing.
    Negative = "FIGURE_NEGATIVE", "negative";
    /// A key that no rule reads, with the nearest that one does.
    UnknownKey = "FIGURE_UNKNOWN", "unknown-key";
    /// A figure without which no tender can be published is missing.
    MissingKey = "FIGURE_MISSING", "missing-key";
    /// A figure ends before it begins.
    EndsBeforeItBegins = "FIGURE_ENDS_BEFORE_IT_BEGINS", "ends-before";
    /// Two figures of one name hold on the same day.
    Overlap = "FIGURES_OVERLAP", "overlap";
    /// A figure of the same name ends some days before the next begins.
    Hole = "FIGURES_HAVE_A_HOLE", "hole";
    /// The pack extends one that is not there.
    UnknownParent = "PACK_PARENT_UNKNOWN", "unknown-parent";
    /// Packs extend each other in a circle.
    Circle = "PACKS_IN_A_CIRCLE", "circle";
    /// A calendar's day or range does not read or lies in another year.
    CalendarDay = "CALENDAR_DAY_WRONG", "calendar-day";
    /// A working day that would be one anyway, or is closed by the same notice.
    CalendarOpenDay = "CALENDAR_OPEN_DAY_WRONG", "calendar-open-day";
    /// Two calendars for one year.
    CalendarTwice = "CALENDAR_TWICE", "calendar-twice";
}

/// One fault of a pack. Told to whoever writes packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFault {
    /// The pack's id, or the name of its file where the id can't be read.
    pub pack: String,
    /// Its kind.
    pub code: FaultCode,
    /// The figure's key under `key`, and what else its words speak of.
    pub facts: Facts,
}

impl PackFault {
    pub(super) fn new(pack: &str, code: FaultCode) -> Self {
        Self { pack: pack.to_owned(), code, facts: Facts::new() }
    }

    pub(super) fn of(pack: &str, code: FaultCode, key: &str) -> Self {
        Self::new(pack, code).with("key", key)
    }

    pub(super) fn with(mut self, name: &str, fact: impl Into<Fact>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// What is wrong and what to do, in a language.
    pub fn message(&self, language: Language) -> String {
        text::say_with(language, self.code.text_key(), &self.facts)
    }
}

impl fmt::Display for PackFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zh, en) = (self.message(Language::Chinese), self.message(Language::English));
        write!(formatter, "{} {}: {zh} / {en}", self.code.as_str(), self.pack)
    }
}

impl std::error::Error for PackFault {}
