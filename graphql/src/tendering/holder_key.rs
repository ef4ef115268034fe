//! Keys of those who open bids.

use crate::ident;
use crate::identity::user::{Role, User};
use crate::payload::{UserError, coded, settle};
use crate::request::{Asker, asker, once};
use app::tendering::holder_key as keys;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ident::HolderKeyId;
use domain::tendering::holder_key;

/// A registered key, beside the name of its holder.
pub struct HolderKey {
    key: holder_key::HolderKey,
    holder: domain::identity::user::User,
}

/// The public half of a key that opens bids. The private half never leaves its holder.
#[Object]
impl HolderKey {
    /// Its global id.
    pub async fn id(&self) -> ID {
        ident::global(HolderKeyId::KIND, self.key.id.0)
    }

    /// Whose it is.
    async fn holder(&self) -> User {
        User(self.holder.clone())
    }

    /// As what the holder opens bids: key holder or supervisor.
    async fn role(&self) -> Role {
        self.key.role.into()
    }

    /// The public key in age's form, `age1…`.
    async fn recipient(&self) -> &str {
        &self.key.recipient
    }

    /// Since when it is registered.
    async fn registered_at(&self) -> DateTime<Utc> {
        self.key.registered_at
    }
}

/// Puts the names of holders beside their keys, in one statement.
pub(crate) async fn named(asker: &Asker, keys: Vec<holder_key::HolderKey>) -> Result<Vec<HolderKey>, app::Error> {
    let ids: Vec<_> = keys.iter().map(|key| key.user).collect();
    let people = app::identity::account::users(&asker.app, &ids).await?;
    let named = keys.into_iter().filter_map(|key| {
        let holder = people.iter().find(|person| person.id == key.user)?.clone();
        Some(HolderKey { key, holder })
    });
    Ok(named.collect())
}

/// A public key to register.
#[derive(Clone, InputObject)]
pub struct RegisterHolderKeyInput {
    /// The public key in age's form, `age1…`. Never send the private one.
    pub recipient: String,
    /// Makes the act happen once however often it is sent; at most 200 bytes. The `Idempotency-Key` header serves too.
    pub idempotency_key: Option<String>,
}

/// A registered key.
#[derive(SimpleObject)]
pub struct RegisterHolderKeyPayload {
    /// The key.
    pub holder_key: Option<HolderKey>,
    /// What to mend.
    pub user_errors: Vec<UserError>,
}

/// Root fields that read holders' keys.
#[derive(Default)]
pub struct HolderKeyQuery;

#[Object]
impl HolderKeyQuery {
    /// The newest key of everybody who can be named as a holder in a tender: the key holders of its buyer, of your own
    /// organization where no tender is named, and every supervisor. For officers.
    async fn possible_key_holders(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The tender that you draft, for its buyer or as its agency.")] tender_id: Option<ID>,
    ) -> Result<Vec<HolderKey>> {
        let asker = asker(graphql)?;
        let found = async {
            let tender = tender_id.map(|id| super::tender_id(&id)).transpose()?;
            named(asker, keys::possible_holders(&asker.app, &asker.ctx, tender).await?).await
        };
        found.await.map_err(|error| coded(&asker.ctx, error))
    }

    /// Your own keys that open bids, the newest first.
    async fn viewer_holder_keys(&self, graphql: &Context<'_>) -> Result<Vec<HolderKey>> {
        let asker = asker(graphql)?;
        let found = async { named(asker, keys::own_keys(&asker.app, &asker.ctx).await?).await };
        found.await.map_err(|error| coded(&asker.ctx, error))
    }
}

/// Root fields that change holders' keys.
#[derive(Default)]
pub struct HolderKeyMutation;

#[Object]
impl HolderKeyMutation {
    /// Registers the public half of a key with which you open bids. Key holders and supervisors only.
    async fn register_holder_key(
        &self,
        graphql: &Context<'_>,
        #[graphql(desc = "The public key.")] input: RegisterHolderKeyInput,
    ) -> Result<RegisterHolderKeyPayload> {
        let asker = once(graphql, input.idempotency_key)?;
        let done = async {
            let key = keys::register(&asker.app, &asker.ctx, &input.recipient).await?;
            Ok(named(&asker, vec![key]).await?.pop())
        };
        let (holder_key, user_errors) = settle(&asker.ctx, done.await)?;
        Ok(RegisterHolderKeyPayload { holder_key: holder_key.flatten(), user_errors })
    }
}
