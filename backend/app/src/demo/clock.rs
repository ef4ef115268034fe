//! The demonstration's clock: it runs with the machine's, and can be moved forward. How far ahead it is stays in the data
//! folder, so that time does not go back when the server starts again.

use crate::{App, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::PathBuf;

/// The furthest that a demonstration's clock can be ahead of the machine's.
pub const AHEAD_MOST: TimeDelta = TimeDelta::days(730);

/// Why the clock was not moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMoved {
    /// Time goes forward only.
    Backward,
    /// It would be further ahead than [`AHEAD_MOST`].
    TooFar,
}

/// Moves the clock to where it was when the server stopped. Called once, at the start.
///
/// # Errors
/// When the note of it can't be read.
pub fn restore(app: &App) -> Result<()> {
    let ahead = kept_ahead(app)?;
    app.clock().advance(ahead);
    Ok(())
}

/// Moves the clock forward to `to` and notes how far ahead it is.
///
/// # Errors
/// [`NotMoved`] inside, when it may not go there; outside, when the note can't be kept.
pub fn move_to(app: &App, to: DateTime<Utc>) -> Result<std::result::Result<(), NotMoved>> {
    let by = to - app.clock().now();
    if by <= TimeDelta::zero() {
        return Ok(Err(NotMoved::Backward));
    }
    let ahead = kept_ahead(app)? + by;
    if ahead > AHEAD_MOST {
        return Ok(Err(NotMoved::TooFar));
    }
    let kept = std::fs::write(note(app), ahead.num_milliseconds().to_string());
    kept.map_err(|error| Error::internal("note the demo's time", error))?;
    app.clock().advance(by);
    Ok(Ok(()))
}

/// The instant just behind the next deadline, to which the bar can move the clock.
///
/// # Errors
/// When the store does not answer.
pub async fn after_next_deadline(app: &App) -> Result<Option<DateTime<Utc>>> {
    let next = crate::store::tendering::tender::next_deadline(app.store.reader(), app.clock().now()).await?;
    Ok(next.map(|deadline| deadline + TimeDelta::seconds(2)))
}

fn note(app: &App) -> PathBuf {
    app.settings().data_folder.join("demo-clock")
}

/// How far ahead of the machine's clock the note says that we are.
fn kept_ahead(app: &App) -> Result<TimeDelta> {
    match std::fs::read_to_string(note(app)) {
        Ok(text) => {
            let millis: i64 = text.trim().parse().map_err(|error| Error::internal("read the demo's time", error))?;
            Ok(TimeDelta::milliseconds(millis))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(TimeDelta::zero()),
        Err(error) => Err(Error::internal("read the demo's time", error)),
    }
}
