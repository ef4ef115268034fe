//! Names of brands and models in a sentence.

use super::warning_words::WORDS;

/// The most characters of a brand after a cue.
const NAME_MOST_CHARS: usize = 12;
/// What stands before the name of a demanded brand.
const BRAND_CUES: [&str; 8] = ["品牌：", "品牌:", "品牌为", "指定品牌", "brand:", "brand is", "brand must be", "make:"];
/// What says after a cue that no brand is demanded.
const FREE: [&str; 16] = [
    "不限", "不指定", "不作", "自定", "自报", "自拟", "任意", "任何", "无", "由", "投标人", "供应商", "与", "any", "open", "not ",
];
/// What stands before the name of a demanded model.
const MODEL_CUES: [&str; 5] = ["型号：", "型号:", "型号为", "型号", "model"];
/// What stands before a brand that ends in 牌.
const CHOICE_CUES: [&str; 6] = ["采用", "选用", "使用", "须为", "应为", "指定"];
/// Characters with which 牌 makes a common word: 铭牌, 标牌, 指示牌.
const COMMON_SIGNS: &str = "品名招铭车标吊金门银示令识视广展奖铜桌胸号挂警看灯站路";

/// Brands in a sentence: those of the market and of our own list, and those that the sentence calls so. Each once.
pub(super) fn brands(sentence: &str, market: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut take = |name: &str| {
        if !found.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            found.push(name.to_owned());
        }
    };
    // Lowered once: a draft has many sentences, and a market many brands.
    let lower = sentence.to_ascii_lowercase();
    // A brand of the catalogue often stands there in both scripts: "星桥 Xingqiao".
    for name in market.iter().flat_map(|brand| scripts(brand)).chain(WORDS.brands.iter().map(String::as_str)) {
        if holds(sentence, &lower, name) && !is_standard(name) {
            take(name);
        }
    }
    if let Some(name) = after_cue(sentence) {
        take(&name);
    }
    if let Some(name) = signed(sentence) {
        take(&name);
    }
    found
}

/// The names in a brand: the whole, or its Chinese and its Latin part.
fn scripts(brand: &str) -> Vec<&str> {
    let brand = brand.trim();
    let is_latin = |part: &str| part.is_ascii();
    match brand.split_once(' ') {
        Some((first, rest)) if is_latin(first) != is_latin(rest.trim()) => vec![first, rest.trim()],
        _ => vec![brand],
    }
}

/// Whether a sentence, which is also given in small letters, holds a name: a Chinese one as it stands, a Latin one as words of
/// their own.
fn holds(sentence: &str, lower: &str, name: &str) -> bool {
    let length = name.chars().count();
    if length < 2 || name.chars().all(|character| character.is_ascii_digit()) {
        return false;
    }
    if !name.is_ascii() {
        return sentence.contains(name);
    }
    let name = name.to_ascii_lowercase();
    let is_edge = |character: Option<char>| !character.is_some_and(|character| character.is_ascii_alphanumeric());
    lower.match_indices(&name).any(|(at, _)| {
        is_edge(lower[..at].chars().next_back()) && is_edge(lower[at + name.len()..].chars().next())
    })
}

/// The name behind "品牌：" and the like, unless it says that every brand will do.
fn after_cue(sentence: &str) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    let (at, cue) = BRAND_CUES.iter().filter_map(|cue| lower.find(cue).map(|at| (at, cue))).min()?;
    let rest = sentence[at + cue.len()..].trim_start_matches([' ', '：', ':']);
    if FREE.iter().any(|word| rest.to_ascii_lowercase().starts_with(word)) {
        return None;
    }
    let ends = |character: char| "，,、（(）)。".contains(character);
    let name: String = rest.chars().take_while(|character| !ends(*character)).take(NAME_MOST_CHARS).collect();
    let name = name.trim();
    (name.chars().count() >= 2).then(|| name.to_owned())
}

/// "采用宏远牌": a name between a cue and 牌.
fn signed(sentence: &str) -> Option<String> {
    CHOICE_CUES.iter().find_map(|cue| {
        let (_, rest) = sentence.split_once(cue)?;
        let (name, _) = rest.split_once('牌')?;
        let length = name.chars().count();
        let is_common = name.chars().next_back().is_none_or(|last| COMMON_SIGNS.contains(last));
        let is_word = name.chars().all(char::is_alphanumeric);
        ((2..=6).contains(&length) && is_word && !is_common).then(|| format!("{name}牌"))
    })
}

/// Models in a sentence: a token with a digit behind a cue, or behind a name that is written like `ThinkPad`.
pub(super) fn models(sentence: &str) -> Vec<String> {
    let mut found = Vec::new();
    let words: Vec<&str> = sentence.split(|character: char| !is_of_token(character)).filter(|word| !word.is_empty()).collect();
    for pair in words.windows(2) {
        let (name, token) = (pair[0], pair[1]);
        if is_camel(name) && !is_standard(name) && has_digit(token) && !is_standard(token) {
            found.push(format!("{name} {token}"));
        }
    }
    if found.is_empty() {
        found.extend(after_model_cue(sentence));
    }
    found
}

fn after_model_cue(sentence: &str) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    let (at, cue) = MODEL_CUES.iter().find_map(|cue| lower.find(cue).map(|at| (at, cue)))?;
    // "models" and "modelled" are no cue.
    let rest = sentence[at + cue.len()..].trim_start_matches([' ', '：', ':', '为', '是', '须', '应']);
    if cue.is_ascii() && sentence[at + cue.len()..].starts_with(|next: char| next.is_ascii_alphabetic()) {
        return None;
    }
    let token: String = rest.chars().take_while(|character| is_of_token(*character)).collect();
    let has_letter = token.chars().any(|character| character.is_ascii_alphabetic());
    let is_model = has_letter && has_digit(&token) && token.chars().count() >= 3 && !is_standard(&token);
    is_model.then_some(token)
}

const fn is_of_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '/' | '+')
}

fn has_digit(token: &str) -> bool {
    token.chars().any(|character| character.is_ascii_digit())
}

/// Written like a trade name: a capital within, behind a small letter, as in `ThinkPad` and `iPhone`.
fn is_camel(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.len() >= 4
        && letters.iter().all(char::is_ascii_alphabetic)
        && letters.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// Whether a token is the name of a standard, or begins with one and goes on in figures: `A4`, `USB3`, `GB/T`.
fn is_standard(token: &str) -> bool {
    WORDS.standards.iter().any(|standard| {
        let begins = token.get(..standard.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(standard));
        begins && token[standard.len()..].chars().all(|character| !character.is_ascii_alphabetic())
    })
}
