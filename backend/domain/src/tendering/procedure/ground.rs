//! The grounds on which the law lets a buyer take another procedure than an open tender. Which ground allows which
//! procedure, and by which article, is data of the policy pack.

use super::Procedure;
use serde::{Deserialize, Serialize};

macro_rules! grounds {
    ($($(#[$meta:meta])* $name:ident = $key:literal;)*) => {
        /// Why another procedure than an open tender.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Ground { $($(#[$meta])* $name),* }

        impl Ground {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the policy pack.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}
grounds! {
    /// What is needed is special, and only a few suppliers have it (政府采购法第二十九条第一项).
    FewSuppliers = "few_suppliers";
    /// An open tender would cost too much beside what is bought (政府采购法第二十九条第二项).
    CostOutOfProportion = "cost_out_of_proportion";
    /// A tender found no bid, none that conformed, or could not be repeated (政府采购法第三十条第一项).
    NoBidsOrFailed = "no_bids_or_failed";
    /// Too complex or special to be specified beforehand (政府采购法第三十条第二项).
    Complex = "complex";
    /// A tender would take longer than an urgent need can wait (政府采购法第三十条第三项).
    Urgent = "urgent";
    /// The total can't be calculated beforehand (政府采购法第三十条第四项).
    PriceUnknowable = "price_unknowable";
    /// Services that government buys for the public (财库〔2014〕214号第三条第一项).
    PublicServices = "public_services";
    /// Research without enough competition, or results that need support (财库〔2014〕214号第三条第四项).
    Research = "research";
    /// Works that need not be tendered (财库〔2014〕214号第三条第五项).
    SmallWorks = "small_works";
    /// Goods of uniform standard, in ample supply, with small swings in price (政府采购法第三十二条).
    UniformGoods = "uniform_goods";
    /// Only one supplier has it (政府采购法第三十一条第一项).
    OnlySupplier = "only_supplier";
    /// Something unforeseeable happened, and nobody else can supply (政府采购法第三十一条第二项).
    Unforeseeable = "unforeseeable";
    /// What was bought must be added to, for no more than a tenth (政府采购法第三十一条第三项).
    Consistency = "consistency";
    /// A natural disaster, an accident, an epidemic or another emergency (财库〔2026〕12号).
    EmergencyEvent = "emergency_event";
}

impl Ground {
    /// The key of its words: `ground-few-suppliers`.
    pub fn text_key(self) -> String {
        format!("ground-{}", self.as_str().replace('_', "-"))
    }

    /// The key of the figure by which a pack lets it stand for a procedure: `ground.single_source.only_supplier`.
    pub fn figure_key(self, procedure: Procedure) -> String {
        format!("ground.{}.{}", procedure.as_str(), self.as_str())
    }
}
