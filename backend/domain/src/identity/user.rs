//! People who sign in.

use crate::ident::{OrganizationId, UserId};
use crate::language::{Language, LocalText};
use crate::refusal::{Code, Refusal, check_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The fewest characters of a password (NIST SP 800-63B asks for length, not for mixtures).
pub const PASSWORD_LEAST_CHARS: usize = 10;
/// The most bytes of a password, so that hashing stays cheap to refuse.
pub const PASSWORD_MOST_BYTES: usize = 256;

/// The commonest passwords long enough to pass the length rule; all are tried first by every guesser.
const COMMON: [&str; 16] = [
    "1234567890", "0123456789", "qwertyuiop", "password12", "password123", "password1234", "1q2w3e4r5t", "1qaz2wsx3edc",
    "aaaaaaaaaa", "0000000000", "1111111111", "a123456789", "woaini1314", "woaini520520", "iloveyou12", "zhaocai123",
];

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its number.
    pub id: UserId,
    /// Counts its changes.
    pub version: i64,
    /// The name to sign in with: an e-mail address or 3 to 64 letters, digits, `.`, `_`, `-`; lower case.
    pub login: String,
    /// The person's name.
    pub name: LocalText,
    /// The language in which mail is written.
    pub language: Language,
    /// When the account was made.
    pub registered_at: DateTime<Utc>,
}

/// Reads a login: lower case, 3 to 64 characters of letters, digits, `.`, `_`, `-`, `@`.
///
/// # Errors
/// `REQUIRED`, `TOO_LONG`, `MALFORMED`.
pub fn parse_login(text: &str) -> Result<String, Refusal> {
    let login = check_text(text, true, 64)?.to_lowercase();
    let is_good = login.chars().count() >= 3
        && login.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-_@+".contains(letter));
    if is_good { Ok(login) } else { Err(Refusal::new(Code::Malformed).with("expected", "a-z 0-9 . _ - @ +, 3–64")) }
}

/// Judges a new password.
///
/// # Errors
/// `PASSWORD_TOO_WEAK` when it is short, long beyond reason, common, of one character, or holds the login.
pub fn check_password(password: &str, login: &str) -> Result<(), Refusal> {
    let lower = password.to_lowercase();
    let is_weak = password.chars().count() < PASSWORD_LEAST_CHARS
        || password.len() > PASSWORD_MOST_BYTES
        || COMMON.contains(&lower.as_str())
        || lower.chars().all(|letter| lower.starts_with(letter))
        || (!login.is_empty() && lower.contains(&login.to_lowercase()));
    if is_weak { Err(Refusal::new(Code::PasswordTooWeak).with("least", PASSWORD_LEAST_CHARS)) } else { Ok(()) }
}

/// Judges whether the organization `own` may give a person another password in the place of one that it has given: only where
/// it made the account itself, nobody else relies on it, and its owner has not chosen a password yet. Otherwise an
/// administrator could take over somebody's account.
///
/// # Errors
/// `ACCOUNT_OF_OTHERS`, `PASSWORD_CHOSEN`.
pub fn check_renewal(own: OrganizationId, added_by: Option<OrganizationId>, has_chosen: bool, works_for: &[OrganizationId]) -> Result<(), Refusal> {
    if has_chosen {
        return Err(Refusal::new(Code::PasswordChosen));
    }
    if added_by != Some(own) || works_for.iter().any(|other| *other != own) {
        return Err(Refusal::new(Code::AccountOfOthers));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_folded_and_checked() {
        assert_eq!(parse_login(" Wang.Fang@Example.cn ").unwrap(), "wang.fang@example.cn");
        assert_eq!(parse_login("a b").unwrap_err().code, Code::Malformed);
    }

    #[test]
    fn weak_passwords_are_refused() {
        for password in ["short", "1234567890", "zzzzzzzzzzzz", "my-wang.fang-1"] {
            assert!(check_password(password, "wang.fang").is_err(), "{password}");
        }
        assert!(check_password("correct horse battery", "wang.fang").is_ok());
    }
}
