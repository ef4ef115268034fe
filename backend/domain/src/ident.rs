//! Identifiers: one type for each noun, so that a bid can't be asked for with the number of a tender.

/// Declares a newtype over a UUID (version 7, so that it sorts by time of making).
///
/// The UUID itself is made by the caller's context, which owns time and randomness.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// The name of the kind, as it stands in a global id.
            pub const KIND: &'static str = {
                let name = stringify!($name);
                // "TenderId" names a "Tender".
                name.split_at(name.len() - 2).0
            };
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }
        }
    };
}

id!(/** An organization: buyer, supplier, supervisor, service provider or the platform. */ OrganizationId);
id!(/** A person who signs in. */ UserId);
id!(/** A person's role in an organization. */ MembershipId);
id!(/** A family of rotating refresh tokens: one sign-in on one device. */ SessionId);
id!(/** A key by which a holder opens bids. */ HolderKeyId);
id!(/** An overridden warning of a draft. */ WarningOverrideId);
id!(/** A supplier's item in the catalogue. */ CatalogueItemId);
id!(/** One run of a price list import. */ PriceListImportId);
id!(/** A stored file, by its own number; its content is named by SHA-256. */ FileId);
id!(/** A procurement intention (采购意向). */ PlanId);
id!(/** A tender. */ TenderId);
id!(/** A lot of a tender: what is bid on, evaluated and awarded apart. */ LotId);
id!(/** A question about a tender and its answer. */ ClarificationId);
id!(/** A supplier's application to be invited to a tender. */ ApplicationId);
id!(/** A consortium: suppliers that bid together. */ ConsortiumId);
id!(/** A bid. */ BidId);
id!(/** A bid security: what a bidder deposits. */ BidSecurityId);
id!(/** A supplier's registration for a tender's documents. */ DocumentRegistrationId);
id!(/** An objection to an announced single source. */ ObjectionId);
id!(/** A talk with one supplier that is negotiated with. */ NegotiationId);
id!(/** An award. */ AwardId);
id!(/** A contract. */ ContractId);
id!(/** A basket in which a buyer collects items. */ BasketId);
id!(/** An order to one supplier. */ OrderId);
id!(/** A despatch of goods on an order. */ ShipmentId);
id!(/** A receipt of goods on an order. */ ReceiptId);
id!(/** An event: what happened, to what, by whom. */ EventId);
id!(/** A job that runs after its cause has been committed. */ JobId);
