//! Sources of rules in the reader's language: laws are named in Chinese, and an English reader is told which they are.

use crate::language::Language;
use crate::text;
use std::fmt::Write as _;

/// Sources by the words with which they begin, and the keys of their names. What begins with another's words comes first.
const KNOWN: [(&str, &str); 13] = [
    ("政府采购法实施条例", "source-procurement-regulation"),
    ("政府采购法", "source-procurement-law"),
    ("财政部令第", "source-finance-order"),
    ("财库〔", "source-finance-notice"),
    ("国办发明电〔", "source-state-council-telegram"),
    ("国办发〔", "source-state-council-notice"),
    ("保障中小企业款项支付条例", "source-payment-regulation"),
    ("电子商务法", "source-commerce-law"),
    ("政府采购协定（2012年文本）", "source-procurement-agreement"),
    ("联合国公共采购示范法（2011年）", "source-model-law"),
    ("招采平台规则", "source-platform-rule"),
    ("假设市政府采购办法（虚构）", "source-invented-jiashe"),
    ("拟想市政府采购细则（虚构）", "source-invented-nixiang"),
];

/// The source as a reader of this language knows it: `Government Procurement Law art. 35 (政府采购法第三十五条)`. One that
/// is not known stays as it is.
pub fn in_language(language: Language, source: &str) -> String {
    if language == Language::Chinese {
        return source.to_owned();
    }
    let Some((begins, key)) = KNOWN.iter().find(|(begins, _)| source.starts_with(begins)) else { return source.to_owned() };
    let rest = &source[begins.len()..];
    let (number, place) = match (begins.ends_with('〔'), begins.ends_with('第')) {
        (true, _) => rest.split_once('号').map_or((None, rest), |(number, place)| (number.split_once('〕'), place)),
        (_, true) => rest.split_once('号').map_or((None, rest), |(number, place)| (Some(("", number)), place)),
        _ => (None, rest),
    };
    let number = match number {
        Some(("", number)) => format!(" {number}"),
        Some((year, number)) => format!(" [{year}] No. {number}"),
        None => String::new(),
    };
    format!("{}{number}{} ({source})", text::say(language, key), places(place))
}

/// Article, paragraph and item: ` art. 22 para. 1 item 3`.
fn places(text: &str) -> String {
    let mut said = String::new();
    for part in text.split('第').skip(1) {
        let units = [('条', "art."), ('款', "para."), ('项', "item")];
        let found = units.iter().find_map(|(unit, name)| Some((name, counted(part.strip_suffix(*unit)?)?)));
        if let Some((name, number)) = found {
            let _ = write!(said, " {name} {number}");
        }
    }
    said
}

/// A Chinese number below a thousand: `五十五`, `一百零二`.
fn counted(word: &str) -> Option<u32> {
    let (mut sum, mut digit) = (0, 0);
    for character in word.chars() {
        if let Some(value) = "零一二三四五六七八九".chars().position(|known| known == character) {
            digit = u32::try_from(value).ok()?;
        } else {
            let unit = match character {
                '十' => 10,
                '百' => 100,
                _ => return None,
            };
            sum += digit.max(1) * unit;
            digit = 0;
        }
    }
    (!word.is_empty()).then_some(sum + digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oversight::policy_pack::Packs;

    #[test]
    fn an_english_reader_is_told_which_law_it_is() {
        let english = |source: &str| in_language(Language::English, source);
        assert_eq!(english("政府采购法第三十五条"), "Government Procurement Law art. 35 (政府采购法第三十五条)");
        assert_eq!(english("政府采购法第二十二条第一款第三项"), "Government Procurement Law art. 22 para. 1 item 3 (政府采购法第二十二条第一款第三项)");
        assert_eq!(english("财政部令第87号第五十五条"), "Ministry of Finance Order No. 87 art. 55 (财政部令第87号第五十五条)");
        assert_eq!(english("财库〔2020〕46号"), "Ministry of Finance notice Caiku [2020] No. 46 (财库〔2020〕46号)");
        assert_eq!(english("某市规定"), "某市规定");
        assert_eq!(in_language(Language::Chinese, "政府采购法第三十五条"), "政府采购法第三十五条");
        assert_eq!((counted("十"), counted("一百零二"), counted("甲")), (Some(10), Some(102), None));
    }

    #[test]
    fn every_source_of_every_shipped_pack_is_known_to_an_english_reader() {
        let packs = Packs::shipped().unwrap();
        let day = |text: &str| text.parse().unwrap();
        let days = [day("2022-06-30"), day("2026-06-30"), day("2026-11-27")];
        let mut looked_at = 0;
        for pack in packs.all() {
            let figures = days.iter().flat_map(|day| pack.on(*day).figures().map(|figure| figure.source.clone()).collect::<Vec<_>>());
            for source in figures.chain(pack.notices().iter().map(|notice| notice.source.clone())) {
                let said = in_language(Language::English, &source);
                assert!(said.starts_with(|first: char| first.is_ascii_uppercase()) && said.ends_with(&format!("({source})")), "{said}");
                looked_at += 1;
            }
        }
        assert!(looked_at > 100, "{looked_at}");
    }
}
