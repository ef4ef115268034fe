//! Units of sale, and how each language writes those that are common.

use crate::language::Language;

/// Chinese measure word, English word, other spellings.
const UNITS: [(&str, &str, &[&str]); 40] = [
    ("台", "unit", &["units"]),
    ("套", "set", &["sets"]),
    ("个", "piece", &["pc", "pcs", "pce", "pieces", "ea", "each"]),
    ("件", "item", &["items"]),
    ("只", "piece (只)", &[]),
    ("支", "stick", &[]),
    ("把", "piece (把)", &[]),
    ("张", "sheet", &["sheets"]),
    ("本", "copy", &["copies", "book"]),
    ("盒", "box", &["boxes", "bx"]),
    ("箱", "carton", &["cartons", "ctn", "case", "cases"]),
    ("包", "pack", &["packs", "pk", "packet"]),
    ("袋", "bag", &["bags"]),
    ("瓶", "bottle", &["bottles", "btl"]),
    ("桶", "drum", &["drums", "pail"]),
    ("罐", "can", &["cans", "tin"]),
    ("卷", "roll", &["rolls"]),
    ("条", "strip", &["strips"]),
    ("根", "rod", &["rods"]),
    ("块", "block", &["blocks"]),
    ("片", "slice", &["slices", "tablet"]),
    ("双", "pair", &["pairs", "pr"]),
    ("副", "pair (副)", &[]),
    ("顶", "piece (顶)", &[]),
    ("辆", "vehicle", &["vehicles"]),
    ("米", "metre", &["m", "meter", "metres", "meters"]),
    ("平方米", "square metre", &["m2", "㎡", "sqm"]),
    ("立方米", "cubic metre", &["m3", "cbm"]),
    ("吨", "tonne", &["t", "ton", "tonnes"]),
    ("千克", "kilogram", &["kg", "公斤"]),
    ("升", "litre", &["l", "liter", "litres"]),
    ("百支", "hundred", &["100 pcs"]),
    ("令", "ream", &["reams"]),
    ("组", "group", &["groups"]),
    ("项", "job", &["jobs"]),
    ("次", "time", &["times"]),
    ("人天", "person-day", &["person-days", "man-day"]),
    ("年", "year", &["years", "yr"]),
    ("月", "month", &["months"]),
    ("株", "plant", &["plants"]),
];

/// The unit as `language` writes it; as given where it isn't a common one.
pub fn in_language(language: Language, unit: &str) -> &str {
    let lower = unit.trim().to_lowercase();
    let known = UNITS
        .iter()
        .find(|(chinese, english, others)| *chinese == lower || *english == lower || others.contains(&lower.as_str()));
    match (known, language) {
        (Some((chinese, _, _)), Language::Chinese) => chinese,
        (Some((_, english, _)), Language::English) => english,
        (None, _) => unit,
    }
}

/// Whether the word is a common unit in either language.
pub fn is_known(unit: &str) -> bool {
    let lower = unit.trim().to_lowercase();
    UNITS.iter().any(|(chinese, english, others)| *chinese == lower || *english == lower || others.contains(&lower.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_units_are_written_in_both_languages_and_others_as_given() {
        assert_eq!(in_language(Language::Chinese, "Box"), "盒");
        assert_eq!(in_language(Language::English, "箱"), "carton");
        assert_eq!(in_language(Language::English, "担"), "担");
    }
}
