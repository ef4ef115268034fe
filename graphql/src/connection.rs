//! Lists by Relay's connections: keyset pages, forward only, of at most a hundred.
//!
//! A cursor is the last row's sort key, opaque to clients. A use case is asked for one row more than the page, so that
//! the answer knows whether another page follows without counting.

use app::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::refusal::{Code, Refusal};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::RangeInclusive;

/// The rows of a page when the client names no number.
pub const PAGE_USUAL: i32 = 20;
/// The most rows of a page.
pub const PAGE_MOST: i32 = 100;
/// The most hits of a search that can be left out.
pub const OFFSET_MOST: i32 = 10_000;

/// Which page is asked for.
#[derive(Clone, Debug)]
pub struct Page<K> {
    /// How many rows, from 1 to [`PAGE_MOST`].
    pub first: usize,
    /// Begin after this sort key.
    pub after: Option<K>,
}

/// A count that must lie within bounds, such as how many hits to leave out.
///
/// # Errors
/// `OUT_OF_RANGE` at `name`.
pub fn within(name: &str, count: i32, bounds: RangeInclusive<i32>) -> Result<usize, Error> {
    if !bounds.contains(&count) {
        let (least, most) = (i64::from(*bounds.start()), i64::from(*bounds.end()));
        return Err(Refusal::at(Code::OutOfRange, name).with("least", least).with("most", most).into());
    }
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Reads `first` and `after`.
///
/// # Errors
/// `OUT_OF_RANGE` at `first`, `MALFORMED` at `after`.
pub fn page<K: DeserializeOwned>(first: Option<i32>, after: Option<&str>) -> Result<Page<K>, Error> {
    let first = first.unwrap_or(PAGE_USUAL);
    let first = within("first", first, 1..=PAGE_MOST)?;
    Ok(Page { first, after: after.map(key).transpose()? })
}

fn key<K: DeserializeOwned>(cursor: &str) -> Result<K, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| Refusal::at(Code::Malformed, "after").with("expected", "cursor").into())
}

/// What a page costs in the complexity of a query: its rows, each with what is asked of it.
pub fn cost(first: Option<i32>, each: usize) -> usize {
    usize::try_from(first.unwrap_or(PAGE_USUAL).clamp(1, PAGE_MOST)).unwrap_or(1) * each
}

/// Writes the cursor of a sort key.
pub fn cursor(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_forged_one_is_refused() {
        let after = cursor(&(7_i64, "x"));
        let page: Page<(i64, String)> = page(None, Some(&after)).unwrap();
        assert_eq!((page.first, page.after), (20, Some((7, "x".to_owned()))));
        assert!(super::page::<i64>(None, Some("zzz")).unwrap_err().has_code(Code::Malformed));
        assert!(super::page::<i64>(Some(101), None).unwrap_err().has_code(Code::OutOfRange));
    }
}
