//! Enums of the contract that are the domain's own: named once more for cynic, which checks them against the schema, and
//! otherwise read as what they are, so that neither words nor rules are written twice.

/// An enum of the contract over the domain's of the same variants.
macro_rules! mirror {
    ($(#[$meta:meta])* $vis:vis enum $name:ident as $type:literal of $law:path { $($variant:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        #[cynic(graphql_type = $type)]
        $vis enum $name { $($variant),* }

        impl $name {
            /// All of them, in the domain's order.
            #[allow(dead_code, reason = "not every list of the contract is shown as one")]
            $vis const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The same in the domain's words.
            $vis const fn law(self) -> $law {
                use $law as Law;
                match self { $(Self::$variant => Law::$variant),* }
            }
        }
    };
}

pub(crate) use mirror;
