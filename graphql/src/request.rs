//! What every resolver is given: the application and who asks.

use app::{App, Context};
use std::sync::Arc;

/// The application and the context of one request.
#[derive(Clone)]
pub struct Asker {
    /// The application.
    pub app: Arc<App>,
    /// Who asks, when, in which language.
    pub ctx: Context,
}

/// The asker of the request at hand.
pub(crate) fn asker<'a>(graphql: &async_graphql::Context<'a>) -> async_graphql::Result<&'a Asker> {
    graphql.data::<Asker>()
}

/// The asker of an act that happens once: under the input's key, or the header's. The header speaks for a whole document: each
/// of its acts takes a key of its own from it, by the name under which it is answered, so that a document with several acts
/// works, and the same document sent again is answered the same.
pub(crate) fn once(graphql: &async_graphql::Context<'_>, idempotency_key: Option<String>) -> async_graphql::Result<Asker> {
    let asker = asker(graphql)?;
    let key = idempotency_key.or_else(|| asker.ctx.idempotency_key_of(&graphql.item.node.response_key().node));
    Ok(Asker { app: Arc::clone(&asker.app), ctx: asker.ctx.with_idempotency_key(key) })
}
