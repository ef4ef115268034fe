//! How the reader wants to see: the form of the top bar, kept in cookies.

use crate::{
    prelude::*,
    respond::{YEAR_SECONDS, cookie},
    visit::Preferences,
};

/// Keeps the choice and leads back.
pub(super) fn act(visit: &Visit) -> Answered {
    let back = visit.posted("back").and_then(Visit::own_address).unwrap_or("/");
    let kept = |name: &str, known: &[&'static str]| cookie(visit, name, Preferences::known(known, visit.posted(name)), YEAR_SECONDS);
    let answer = Answer::go(back)?
        .with_cookie(kept("theme", &Preferences::THEMES))
        .with_cookie(kept("contrast", &Preferences::CONTRASTS))
        .with_cookie(kept("type", &Preferences::TYPE_SIZES));
    Ok(answer)
}
