//! What differs between two packs, or between two days of one.

use super::figure::Figure;
use super::known;
use super::rules::Rules;
use std::collections::BTreeSet;

/// A figure that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its key.
    pub key: String,
    /// As it was; nothing where the first has none.
    pub before: Option<Figure>,
    /// As it is; nothing where the second has none.
    pub after: Option<Figure>,
}

/// The figures whose value or unit differ, in the order in which a reader looks for subjects. That only the source has
/// changed is a difference too: the same number under another law.
pub fn differences(before: &Rules, after: &Rules) -> Vec<Difference> {
    let keys: BTreeSet<&str> = before.figures().chain(after.figures()).map(|figure| figure.key.as_str()).collect();
    let sides = keys.into_iter().map(|key| (key, before.figure(key), after.figure(key)));
    let is_other = |one: Option<&Figure>, other: Option<&Figure>| {
        let said = |figure: &Figure| (figure.value, figure.unit, figure.source.clone());
        one.map(said) != other.map(said)
    };
    let differing = sides.filter(|(_, one, other)| is_other(*one, *other));
    let mut found: Vec<Difference> =
        differing.map(|(key, before, after)| Difference { key: key.to_owned(), before: before.cloned(), after: after.cloned() }).collect();
    found.sort_by_key(|difference| (known::subject_place(known::subject(&difference.key)), difference.key.clone()));
    found
}
