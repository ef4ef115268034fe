//! Green requirements: products of the lists of energy-saving products and of products with the environmental label
//! (节能产品、环境标志产品, 财库〔2019〕9号). What stands on the energy-saving list with a mark is bought with a certificate or
//! not at all (政府强制采购); everything else on the two lists is preferred (优先采购).

use super::tender_content::{Paper, TenderContent};
use crate::language::{Language, LocalText};
use crate::text;
use serde::{Deserialize, Serialize};

/// The rule.
pub const SOURCE: &str = "财库〔2019〕9号";
/// The key of the paper that shows the certificates of obligatory items.
pub const CERTIFICATE: &str = "energy-saving-certificate";

/// What an item must or should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GreenRequirement {
    /// Energy-saving, with a certificate: a bidder without it does not qualify (节能产品政府强制采购).
    EnergySavingObligatory,
    /// Energy-saving ones are preferred (节能产品优先采购).
    EnergySavingPreferred,
    /// Those with the environmental label are preferred (环境标志产品优先采购).
    EnvironmentalPreferred,
}

impl GreenRequirement {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::EnergySavingObligatory, Self::EnergySavingPreferred, Self::EnvironmentalPreferred];

    /// The key of its words.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::EnergySavingObligatory => "green-energy-saving-obligatory",
            Self::EnergySavingPreferred => "green-energy-saving-preferred",
            Self::EnvironmentalPreferred => "green-environmental-preferred",
        }
    }

    /// What the notice says of it, in both languages.
    pub fn words(self) -> LocalText {
        LocalText::new(text::say(Language::Chinese, self.text_key()), text::say(Language::English, self.text_key()))
    }

    /// Whether a bid with the certificate goes before its equal without.
    pub const fn is_preferred(self) -> bool {
        !matches!(self, Self::EnergySavingObligatory)
    }
}

/// Puts the certificate among the papers of a tender that has an obligatory item, so that nobody has to remember it and
/// nobody qualifies without.
pub fn ask_for_certificates(content: &mut TenderContent) {
    let is_due = content.items.iter().any(|item| item.green == Some(GreenRequirement::EnergySavingObligatory));
    match content.papers.iter_mut().find(|paper| paper.key == CERTIFICATE) {
        Some(paper) if is_due => paper.is_obligatory = true,
        None if is_due => content.papers.push(certificate()),
        _ => {}
    }
}

fn certificate() -> Paper {
    Paper {
        key: CERTIFICATE.to_owned(),
        name: LocalText::new(
            "政府强制采购产品的节能产品认证证书（在有效期内）",
            "Certificates of the energy-saving products that are obligatory, in force",
        ),
        source: SOURCE.to_owned(),
        is_obligatory: true,
    }
}

/// For how many of a lot's preferred items a bid shows a certificate; `shown` are their places among the tender's items, as
/// the bidder declares. What is not preferred, of another lot, or named twice does not count.
pub fn preferred_shown(content: &TenderContent, lot: u32, shown: &[u32]) -> u32 {
    let counts = |(place, item): (u32, &super::tender_content::TenderItem)| {
        item.lot == lot && item.green.is_some_and(GreenRequirement::is_preferred) && shown.contains(&place)
    };
    u32::try_from((0_u32..).zip(&content.items).filter(|(place, item)| counts((*place, item))).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::tender_content::{Nature, TenderItem};
    use super::*;
    use crate::money::Money;

    fn content(items: &[(u32, Option<GreenRequirement>)]) -> TenderContent {
        let mut content = TenderContent::begin(LocalText::new("空调", "Air conditioners"), "A02061804".to_owned(), Nature::Goods, Money::cny(100_000_000));
        content.items = items
            .iter()
            .map(|(lot, green)| TenderItem { name: LocalText::new("空调", ""), quantity: 1, unit: "台".to_owned(), specification: LocalText::default(), lot: *lot, green: *green })
            .collect();
        content
    }

    #[test]
    fn an_obligatory_item_asks_for_its_certificate_once_and_as_a_paper_without_which_nobody_qualifies() {
        let mut obligatory = content(&[(1, None), (1, Some(GreenRequirement::EnergySavingObligatory))]);
        ask_for_certificates(&mut obligatory);
        ask_for_certificates(&mut obligatory);
        assert_eq!(obligatory.papers, [certificate()]);
        obligatory.papers[0].is_obligatory = false;
        ask_for_certificates(&mut obligatory);
        assert!(obligatory.papers[0].is_obligatory);
        let mut preferred = content(&[(1, Some(GreenRequirement::EnvironmentalPreferred))]);
        ask_for_certificates(&mut preferred);
        assert!(preferred.papers.is_empty());
    }

    #[test]
    fn what_is_shown_counts_for_preferred_items_of_the_lot_alone_and_once() {
        use GreenRequirement::{EnergySavingObligatory, EnergySavingPreferred, EnvironmentalPreferred};
        let content = content(&[(1, Some(EnergySavingPreferred)), (1, Some(EnvironmentalPreferred)), (1, Some(EnergySavingObligatory)), (1, None), (2, Some(EnergySavingPreferred))]);
        assert_eq!(preferred_shown(&content, 1, &[0, 0, 1, 2, 3, 4, 99]), 2);
        assert_eq!(preferred_shown(&content, 2, &[4]), 1);
        assert_eq!(preferred_shown(&content, 1, &[]), 0);
    }

    #[test]
    fn every_requirement_has_words_in_both_languages() {
        for green in GreenRequirement::ALL {
            for language in Language::ALL {
                assert!(text::has(language, green.text_key()), "{green:?} in {language:?}");
            }
        }
    }
}
