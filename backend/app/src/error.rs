//! How a use case fails. Internals never travel further than the log.

use domain::refusal::{Code, Refusal, Refusals};
use std::any::Any;
use std::fmt;

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not do what was asked.
#[derive(Clone, Debug)]
pub enum Error {
    /// The input or the state does not allow it; a person can act on each refusal.
    Refused(Vec<Refusal>),
    /// The record is not there, or not for the actor to know.
    NotFound,
    /// Nobody has signed in, or the sign-in has ended.
    Unauthenticated,
    /// The actor may know of the record but not do this.
    Forbidden,
    /// The database undid this write for the sake of another one. The store tries it again; what leaves the store after
    /// that is `CONFLICT`.
    Contended(Internal),
    /// A part that is needed does not answer; try again later.
    Unavailable(Internal),
    /// A bug or a broken store. Its text is for the log alone.
    Internal(Internal),
}

/// What went wrong inside. Its text is shown in the log, never to a user.
#[derive(Clone, Debug)]
pub struct Internal(pub String);

impl Error {
    /// A fault of ours, with what was being done and what happened.
    pub fn internal(doing: &str, cause: impl fmt::Display) -> Self {
        Self::Internal(Internal(format!("{doing}: {cause}")))
    }

    /// A panic that was caught, with what was being done.
    pub(crate) fn panicked(doing: &str, panic: &(dyn Any + Send)) -> Self {
        let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Self::internal(doing, format_args!("panicked: {}", said.unwrap_or("without a word")))
    }

    /// A single refusal of the whole input.
    pub fn refused(code: Code) -> Self {
        Self::Refused(vec![Refusal::new(code)])
    }

    /// Whether it holds this code.
    pub fn has_code(&self, code: Code) -> bool {
        matches!(self, Self::Refused(refusals) if refusals.iter().any(|refusal| refusal.code == code))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusals) => {
                let codes: Vec<_> =
                    refusals.iter().map(|refusal| format!("{} at {}", refusal.code.as_str(), refusal.path.join("."))).collect();
                write!(formatter, "refused: {}", codes.join(", "))
            }
            Self::NotFound => formatter.write_str("not found"),
            Self::Unauthenticated => formatter.write_str("unauthenticated"),
            Self::Forbidden => formatter.write_str("forbidden"),
            Self::Contended(internal) => write!(formatter, "contended: {}", internal.0),
            Self::Unavailable(internal) => write!(formatter, "unavailable: {}", internal.0),
            Self::Internal(internal) => write!(formatter, "internal: {}", internal.0),
        }
    }
}

impl std::error::Error for Error {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<Refusals> for Error {
    fn from(refusals: Refusals) -> Self {
        Self::Refused(refusals.0)
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::{DbErr, SqlErr};
        match (error.sql_err(), &error) {
            // The last line of defence behind a check: somebody else was first.
            (Some(SqlErr::UniqueConstraintViolation(_)), _) => Self::Contended(Internal(error.to_string())),
            _ if is_serialization_failure(&error) => Self::Contended(Internal(error.to_string())),
            (_, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => Self::Unavailable(Internal(error.to_string())),
            _ => Self::internal("database", error),
        }
    }
}

/// Whether the database undid a transaction that would succeed if it ran again: `PostgreSQL`'s SQLSTATE 40001
/// (serialization failure) and 40P01 (deadlock).
fn is_serialization_failure(error: &sea_orm::DbErr) -> bool {
    use sea_orm::{DbErr, RuntimeErr, sqlx};
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else { return false };
    let code = match &**cause {
        sqlx::Error::Database(cause) => cause.code(),
        _ => None,
    };
    code.is_some_and(|code| matches!(&*code, "40001" | "40P01"))
}
