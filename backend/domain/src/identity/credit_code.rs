//! The unified social credit code (统一社会信用代码).

use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// Eighteen characters of GB 32100-2015, of which the last checks the others (modulo 31).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// The standard's alphabet: digits and capitals without I, O, S, V and Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// Reads a code, forgiving case, spaces and full-width characters.
    ///
    /// # Errors
    /// `CREDIT_CODE_INVALID` when it has not 18 characters of the alphabet or its check character is wrong.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        use unicode_normalization::UnicodeNormalization;
        let code: String =
            text.nfkc().filter(|character| !character.is_whitespace()).collect::<String>().to_ascii_uppercase();
        let expected = code.get(..17).and_then(Self::check_character);
        if code.len() == 18 && expected.is_some() && expected == code.chars().last() {
            Ok(Self(code))
        } else {
            Err(Refusal::new(Code::CreditCodeInvalid))
        }
    }

    /// The check character of the first seventeen (GB 32100-2015, 6.5): weights are powers of 3 modulo 31.
    pub fn check_character(first_seventeen: &str) -> Option<char> {
        let mut weight = 1;
        let mut sum = 0;
        for byte in first_seventeen.bytes() {
            let value = ALPHABET.iter().position(|known| *known == byte)?;
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        Some(char::from(ALPHABET[(31 - sum % 31) % 31]))
    }

    /// The eighteen characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CreditCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|refusal| refusal.code.as_str().to_owned())
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_of_real_form_are_taken() {
        // Published codes of state bodies and firms.
        for code in ["91350100M000100Y43", "9135 0100 m000 100y 43"] {
            assert_eq!(CreditCode::parse(code).unwrap().as_str(), "91350100M000100Y43");
        }
    }

    #[test]
    fn a_wrong_check_character_or_length_is_refused() {
        for code in ["91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43", "", "九"] {
            assert_eq!(CreditCode::parse(code).unwrap_err().code, Code::CreditCodeInvalid);
        }
    }

    proptest! {
        #[test]
        fn one_changed_character_is_always_noticed(index in 0_usize..17, replacement in 0_usize..31) {
            let code = "91350100M000100Y43";
            let mut changed = code.as_bytes().to_vec();
            changed[index] = ALPHABET[replacement];
            let changed = String::from_utf8(changed).unwrap();
            prop_assert_eq!(CreditCode::parse(&changed).is_ok(), changed == code);
        }
    }
}
