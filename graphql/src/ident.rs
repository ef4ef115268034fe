//! Global ids: opaque to clients, `Kind:uuid` in base64url inside.

use app::Error;
use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::refusal::{Code, Refusal};
use uuid::Uuid;

/// Writes the global id of a record.
pub fn global(kind: &str, id: Uuid) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{kind}:{id}")))
}

/// Reads a global id of any kind.
///
/// # Errors
/// `MALFORMED` at `path`.
pub fn any(id: &ID, path: &str) -> Result<(String, Uuid), Error> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (kind, uuid) = text.split_once(':')?;
        Some((kind.to_owned(), uuid.parse().ok()?))
    };
    read().ok_or_else(|| Refusal::at(Code::Malformed, path).with("expected", "ID").into())
}

/// Reads a global id of one kind.
///
/// # Errors
/// `MALFORMED` at `path` when it is no id or names another kind.
pub fn of_kind<T: From<Uuid>>(id: &ID, kind: &str, path: &str) -> Result<T, Error> {
    let (found, uuid) = any(id, path)?;
    if found == kind { Ok(uuid.into()) } else { Err(Refusal::at(Code::Malformed, path).with("expected", kind).into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ident::{OrganizationId, TenderId};

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let id = global(TenderId::KIND, Uuid::from_u128(1));
        assert_eq!(of_kind::<TenderId>(&id, TenderId::KIND, "id").unwrap().0, Uuid::from_u128(1));
        assert!(of_kind::<OrganizationId>(&id, OrganizationId::KIND, "id").unwrap_err().has_code(Code::Malformed));
        assert!(any(&ID("x".into()), "id").unwrap_err().has_code(Code::Malformed));
    }
}
