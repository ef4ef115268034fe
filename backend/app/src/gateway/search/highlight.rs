//! Marking what matched, in plain text: no markup is made here, so none can be smuggled in.

use super::Fragment;
use super::plan::Plan;
use super::word::{Cut, words};

/// How many characters of a description are shown.
const SHOWN_CHARS: usize = 120;
/// How many characters stand before the first match.
const LEAD_CHARS: usize = 24;

/// The whole text with its matches marked.
pub(super) fn whole(text: &str, plan: &Plan) -> Vec<Fragment> {
    fragments(text, &matches(text, plan))
}

/// The part of a text that holds the first match; empty when there is none.
pub(super) fn part(text: &str, plan: &Plan) -> Vec<Fragment> {
    let found = matches(text, plan);
    let Some((first, _)) = found.first() else { return Vec::new() };
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
    let match_index = places.partition_point(|place| place < first);
    let from = match_index.saturating_sub(LEAD_CHARS);
    let to = (from + SHOWN_CHARS).min(places.len() - 1);
    let (from, to) = (places[from], places[to]);
    let inside: Vec<(usize, usize)> =
        found.into_iter().filter(|(begin, end)| *begin >= from && *end <= to).map(|(begin, end)| (begin - from, end - from)).collect();
    let mut shown = fragments(&text[from..to], &inside);
    let ellipsis = || Fragment { text: "…".to_owned(), is_match: false };
    if from > 0 {
        shown.insert(0, ellipsis());
    }
    if to < text.len() {
        shown.push(ellipsis());
    }
    shown
}

/// The stretches that match, joined where they touch.
fn matches(text: &str, plan: &Plan) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> =
        words(text, Cut::Fine).iter().filter(|word| plan.marks(word)).map(|word| (word.from, word.to)).collect();
    found.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match joined.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn fragments(text: &str, matches: &[(usize, usize)]) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut at = 0;
    let mut push = |from: usize, to: usize, is_match: bool| {
        if to > from {
            fragments.push(Fragment { text: text[from..to].to_owned(), is_match });
        }
    };
    for (from, to) in matches {
        push(at, *from, false);
        push(*from, *to, true);
        at = *to;
    }
    push(at, text.len(), false);
    fragments
}
