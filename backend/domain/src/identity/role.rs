//! Roles that a person holds in an organization.

use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($( $(#[$meta:meta])* $name:ident = $key:literal ),* $(,)?) => {
        /// What a person is in an organization.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $( $(#[$meta])* $name ),* }

        impl Role {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in database, API and texts (`role-…`).
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// Reads the name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|role| role.as_str() == name)
            }
        }
    };
}

roles! {
    /// Procurement officer of a buyer (采购经办人).
    Officer = "officer",
    /// Approves what officers draft (审批人).
    Approver = "approver",
    /// Pays (财务).
    Finance = "finance",
    /// Holds a key that opens bids (开标密钥持有人).
    KeyHolder = "key_holder",
    /// Evaluates bids (评审专家).
    Evaluator = "evaluator",
    /// Supervises procurement (监管人员).
    Supervisor = "supervisor",
    /// Sells: keeps the catalogue, bids, delivers (供应商经办人).
    Seller = "seller",
    /// Manages an organization's people and data (单位管理员).
    Administrator = "administrator",
    /// Runs the platform (平台运营).
    Operator = "operator",
}
