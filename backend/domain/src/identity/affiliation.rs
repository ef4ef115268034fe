//! What a supplier states about who heads, holds and manages it (单位负责人, 直接控股, 管理关系): by it related bidders for
//! one contract are found (政府采购法实施条例第十八条).

use super::credit_code::CreditCode;
use super::organization::NAME_MOST_CHARS;
use crate::ident::{OrganizationId, UserId};
use crate::oversight::event::{Event, Visibility};
use crate::refusal::{Code, Refusal, Refusals, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most organizations that stand above one.
pub const SUPERIORS_MOST: usize = 10;
/// How many characters of the head's identity document are stated: enough to tell namesakes apart, too few to be misused.
pub const DOCUMENT_END_CHARS: usize = 4;

/// How an organization stands above another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuperiorKind {
    /// It holds it directly (直接控股).
    Holds,
    /// It manages it (管理关系).
    Manages,
}

/// An organization that stands above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superior {
    /// How.
    pub kind: SuperiorKind,
    /// Its unified social credit code; it need not be registered here.
    pub credit_code: CreditCode,
}

/// What a supplier states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The name of its head: the legal representative, or who heads it by law (单位负责人).
    pub head_name: String,
    /// The last characters of the head's identity document.
    pub head_document_end: String,
    /// The organizations that hold or manage it directly, by kind and code as typed.
    pub superiors: Vec<(SuperiorKind, String)>,
}

/// What a supplier has stated. The head is named to its own people and, after an opening, to who judges its bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    /// Whose it is.
    pub organization: OrganizationId,
    /// Counts its changes.
    pub version: i64,
    /// The name of its head.
    pub head_name: String,
    /// The last characters of the head's identity document.
    pub head_document_end: String,
    /// The organizations that hold or manage it directly.
    pub superiors: Vec<Superior>,
    /// Who stated it.
    pub declared_by: UserId,
    /// When.
    pub declared_at: DateTime<Utc>,
}

impl Affiliation {
    /// States it anew, over what was stated before.
    ///
    /// # Errors
    /// `REQUIRED`, `TOO_LONG` and `HIDDEN_CHARACTERS` at `headName`, `MALFORMED` at `headDocumentEnd`, `OUT_OF_RANGE` at
    /// `superiors`, `CREDIT_CODE_INVALID` and `LINE_TWICE` at each.
    pub fn declare(
        before: Option<&Self>,
        (organization, own): (OrganizationId, &CreditCode),
        declaration: &Declaration,
        by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(Self, Event), Refusals> {
        let mut faults = Refusals::default();
        let head_name = faults.take("headName", check_text(&declaration.head_name, true, NAME_MOST_CHARS)).unwrap_or_default();
        let head_document_end = declaration.head_document_end.trim().to_uppercase();
        let is_end = head_document_end.chars().count() == DOCUMENT_END_CHARS && head_document_end.chars().all(|one| one.is_ascii_alphanumeric());
        if !is_end {
            faults.push(Refusal::at(Code::Malformed, "headDocumentEnd").with("expected", "031X"));
        }
        if declaration.superiors.len() > SUPERIORS_MOST {
            faults.push(Refusal::at(Code::OutOfRange, "superiors").with("least", 0_i64).with("most", SUPERIORS_MOST));
        }
        let mut superiors: Vec<Superior> = Vec::new();
        for (place, (kind, code)) in declaration.superiors.iter().enumerate() {
            let path = format!("superiors.{place}.creditCode");
            let Some(credit_code) = faults.take(&path, CreditCode::parse(code)) else { continue };
            let superior = Superior { kind: *kind, credit_code };
            if superior.credit_code == *own || superiors.contains(&superior) {
                faults.push(Refusal::at(Code::LineTwice, &path));
            }
            superiors.push(superior);
        }
        faults.into_result()?;
        let version = before.map_or(1, |before| before.version + 1);
        let affiliation = Self { organization, version, head_name, head_document_end, superiors, declared_by: by, declared_at: now };
        // Names of persons stay out of the event: who may read it reads the record.
        let content = json!({ "superiors": affiliation.superiors.len() });
        let event = Event::new("affiliation.declared", OrganizationId::KIND, organization.0, Visibility::Own, &content);
        Ok((affiliation, event))
    }

    /// Whether one person heads both: one name, and one end of a document.
    pub fn has_head_of(&self, other: &Self) -> bool {
        let same = |left: &str, right: &str| left.split_whitespace().eq(right.split_whitespace());
        same(&self.head_name, &other.head_name) && self.head_document_end == other.head_document_end
    }

    /// How an organization of this code stands above this one, if it does.
    pub fn superior(&self, code: &CreditCode) -> Option<SuperiorKind> {
        self.superiors.iter().filter(|superior| superior.credit_code == *code).map(|superior| superior.kind).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OWN: &str = "91350100M000100Y43";

    fn code(number: u32) -> String {
        let first = format!("91330106MA27X{number:04}");
        format!("{first}{}", CreditCode::check_character(&first).unwrap())
    }

    fn declare(declaration: &Declaration) -> Result<(Affiliation, Event), Refusals> {
        let own = CreditCode::parse(OWN).unwrap();
        Affiliation::declare(None, (OrganizationId(Uuid::nil()), &own), declaration, UserId(Uuid::nil()), DateTime::UNIX_EPOCH)
    }

    fn whole() -> Declaration {
        Declaration { head_name: "王 芳".into(), head_document_end: "031x".into(), superiors: vec![(SuperiorKind::Holds, code(1))] }
    }

    #[test]
    fn what_is_stated_wrongly_is_told_at_once_and_names_of_persons_stay_out_of_the_event() {
        let wrong = Declaration {
            head_name: " ".into(),
            head_document_end: "12".into(),
            superiors: vec![(SuperiorKind::Holds, "1".into()), (SuperiorKind::Manages, OWN.into())],
        };
        let codes: Vec<_> = declare(&wrong).unwrap_err().0.into_iter().map(|one| (one.code, one.path.join("."))).collect();
        assert_eq!(codes, [
            (Code::Required, "headName".to_owned()),
            (Code::Malformed, "headDocumentEnd".to_owned()),
            (Code::CreditCodeInvalid, "superiors.0.creditCode".to_owned()),
            (Code::LineTwice, "superiors.1.creditCode".to_owned()),
        ]);
        let (stated, event) = declare(&whole()).unwrap();
        assert_eq!((stated.head_document_end.as_str(), stated.superiors.len()), ("031X", 1));
        assert!(!event.content.to_string().contains('王') && event.visibility == Visibility::Own);
    }

    #[test]
    fn one_person_is_known_by_name_and_document_and_namesakes_are_two() {
        let stated = |name: &str, end: &str| {
            let said = Declaration { head_name: name.into(), head_document_end: end.into(), superiors: Vec::new() };
            declare(&said).unwrap().0
        };
        assert!(stated("王 芳", "031X").has_head_of(&stated("王  芳", "031x")));
        assert!(!stated("王芳", "031X").has_head_of(&stated("王芳", "0001")));
        assert!(!stated("王芳", "031X").has_head_of(&stated("李敏", "031X")));
    }
}
