//! Delivery areas, by the codes of GB/T 2260 (administrative divisions of the People's Republic of China).
//!
//! Provinces are complete; of the prefectures, those of the demo's provinces and the larger cities stand here.

use super::area_table::{PREFECTURES, PROVINCES, REGIONS};
use crate::language::LocalText;
use crate::refusal::{Code, Refusal};
use serde::{Deserialize, Serialize};

/// An area: six digits; `100000` is the whole country, `330000` a province, `330100` a city.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AreaCode(String);

impl AreaCode {
    /// The whole country.
    pub fn nation() -> Self {
        Self("100000".to_owned())
    }

    /// Reads a code that stands in the table.
    pub fn from_code(code: &str) -> Option<Self> {
        let known = code == "100000" || PROVINCES.iter().chain(PREFECTURES).any(|(known, _, _)| *known == code);
        known.then(|| Self(code.to_owned()))
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in both languages.
    pub fn name(&self) -> LocalText {
        if self.0 == "100000" {
            return LocalText::new("全国", "nationwide");
        }
        PROVINCES
            .iter()
            .chain(PREFECTURES)
            .find(|(code, _, _)| *code == self.0)
            .map_or_else(|| LocalText::new(&*self.0, &*self.0), |(_, zh, en)| LocalText::new(*zh, *en))
    }

    /// Whether goods for this area reach the place with the six-digit code `place` (of any level).
    pub fn covers(&self, place: &str) -> bool {
        match self.0.as_str() {
            "100000" => true,
            code if code.ends_with("0000") => place.get(..2) == code.get(..2),
            code => place.get(..4) == code.get(..4),
        }
    }
}

/// Every area that can be chosen, the country first, then provinces with their cities behind each.
pub fn all() -> Vec<AreaCode> {
    let mut codes: Vec<&str> = PROVINCES.iter().chain(PREFECTURES).map(|(code, _, _)| *code).collect();
    codes.sort_unstable();
    std::iter::once("100000").chain(codes).map(|code| AreaCode(code.to_owned())).collect()
}

/// Reads the areas of a cell: names or codes of any level, regions such as 长三角, separated by commas and the like.
///
/// # Errors
/// `AREA_UNKNOWN` with the word that isn't known.
pub fn parse_list(text: &str) -> Result<Vec<AreaCode>, Refusal> {
    let mut areas = Vec::new();
    for word in text.split(['、', '，', ',', ';', '；', '/', '|', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        for area in parse(word)? {
            if !areas.contains(&area) {
                areas.push(area);
            }
        }
    }
    areas.sort();
    Ok(areas)
}

fn parse(word: &str) -> Result<Vec<AreaCode>, Refusal> {
    let plain = word.to_lowercase();
    let plain = plain.trim_end_matches(" province").trim_end_matches(" city").trim();
    if matches!(plain, "全国" | "国内" | "全国包邮" | "nationwide" | "china" | "all" | "100000" | "000000") {
        return Ok(vec![AreaCode::nation()]);
    }
    if let Some((_, codes)) = REGIONS.iter().find(|(names, _)| names.contains(&plain)) {
        return Ok(codes.iter().map(|code| AreaCode((*code).to_owned())).collect());
    }
    PROVINCES
        .iter()
        .chain(PREFECTURES)
        .find(|(code, zh, en)| *code == plain || names_match(zh, plain) || en.to_lowercase() == plain)
        .map(|(code, _, _)| vec![AreaCode((*code).to_owned())])
        .ok_or_else(|| Refusal::new(Code::AreaUnknown).with("given", word.chars().take(40).collect::<String>()))
}

/// `浙江` names `浙江省`, `成都` names `成都市`, `广西` names `广西壮族自治区`.
fn names_match(full: &str, given: &str) -> bool {
    full == given
        || given.chars().count() >= 2
            && full.strip_prefix(given).is_some_and(|rest| {
                matches!(rest, "省" | "市" | "自治区" | "壮族自治区" | "回族自治区" | "维吾尔自治区" | "特别行政区" | "自治州")
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        parse_list(text).unwrap().iter().map(|area| area.as_str().to_owned()).collect()
    }

    #[test]
    fn areas_of_every_level_are_read() {
        assert_eq!(codes("全国"), ["100000"]);
        assert_eq!(codes("浙江省、成都"), ["330000", "510100"]);
        assert_eq!(codes("长三角"), ["310000", "320000", "330000", "340000"]);
        assert_eq!(codes("Hangzhou; Sichuan Province"), ["330100", "510000"]);
        assert_eq!(parse_list("浙江省, 天上").unwrap_err().facts["given"], "天上".into());
    }

    #[test]
    fn an_area_covers_what_lies_in_it() {
        let zhejiang = AreaCode::from_code("330000").unwrap();
        assert!(zhejiang.covers("330106") && !zhejiang.covers("510100"));
        let chengdu = AreaCode::from_code("510100").unwrap();
        assert!(chengdu.covers("510107") && !chengdu.covers("510700"));
        assert!(AreaCode::nation().covers("650000"));
    }

    #[test]
    fn every_region_is_made_of_known_areas() {
        for (_, codes) in REGIONS {
            for code in *codes {
                assert!(AreaCode::from_code(code).is_some(), "{code}");
            }
        }
    }
}
