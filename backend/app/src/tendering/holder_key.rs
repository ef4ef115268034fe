//! Keys of those who open bids: registered by their holders, listed for those who name holders in a tender.

use super::tender::tender;
use crate::store::tendering::holder_key;
use crate::{App, Context, Error, Result};
use domain::ident::{HolderKeyId, TenderId};
use domain::identity::permission::{Action, Scope};
use domain::refusal::{Code, Refusal, check_text};
use domain::tendering::holder_key::HolderKey;

/// The longest public key, in characters; age's have 62.
const RECIPIENT_MOST_CHARS: usize = 100;

/// Registers the public half of the actor's new key.
///
/// # Errors
/// `RECIPIENT_INVALID`, `RECIPIENT_TAKEN`, `Unauthenticated`, `Forbidden`.
pub async fn register(app: &App, ctx: &Context, recipient: &str) -> Result<HolderKey> {
    let person = ctx.person()?;
    ctx.allow(Action::KeepHolderKey, &Scope::market().with_named([person.user]))?;
    let recipient = check_text(recipient, true, RECIPIENT_MOST_CHARS).map_err(|refusal| refusal.under("recipient"))?;
    if !sealing::key::is_recipient(&recipient) {
        return Err(Refusal::at(Code::RecipientInvalid, "recipient").into());
    }
    app.store
        .write_once(ctx, "registerHolderKey", recipient, |tx, recipient| async move {
            let (key, event) = HolderKey::register(tx.ctx().new_id(), tx.ctx().person()?, recipient, tx.ctx().now())?;
            holder_key::insert(&tx, &key).await?;
            tx.record(event).await?;
            Ok(key)
        })
        .await
}

/// The newest key of everybody who can be named as a holder: the key holders of a tender's buyer, or of the actor's own
/// organization where no tender is named, and every supervisor.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who don't draft tenders, or not this one; `NotFound`.
pub async fn possible_holders(app: &App, ctx: &Context, of: Option<TenderId>) -> Result<Vec<HolderKey>> {
    let own = ctx.person()?.organization;
    let (buyer, scope) = match of {
        None => (own, Scope::owned_by(own)),
        Some(id) => {
            let found = tender(app, ctx, id).await?;
            (found.buyer, found.scope())
        }
    };
    ctx.allow(Action::KeepTender, &scope)?;
    holder_key::possible(app.store.reader(), buyer).await
}

/// The actor's own keys, the newest first.
///
/// # Errors
/// `Unauthenticated`, `Forbidden` for those who hold no keys.
pub async fn own_keys(app: &App, ctx: &Context) -> Result<Vec<HolderKey>> {
    let user = ctx.person().map_err(|_| Error::Unauthenticated)?.user;
    ctx.allow(Action::KeepHolderKey, &Scope::market().with_named([user]))?;
    holder_key::of_user(app.store.reader(), user).await
}

/// A key by its number: one that [`own_keys`] or [`possible_holders`] shows the actor.
///
/// # Errors
/// `NotFound` for all others, `Unauthenticated`.
pub async fn key(app: &App, ctx: &Context, id: HolderKeyId) -> Result<HolderKey> {
    for shown in [own_keys(app, ctx).await, possible_holders(app, ctx, None).await] {
        match shown {
            Ok(keys) => {
                if let Some(key) = keys.into_iter().find(|key| key.id == id) {
                    return Ok(key);
                }
            }
            Err(Error::Forbidden) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::NotFound)
}
