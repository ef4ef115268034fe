//! Warnings that come from what a draft says: brands and models, demands that fit one firm, scales that measure nothing.

use super::tender_content::{Criterion, CriterionKind, EvaluationMethod, TenderContent};
use super::warning::{Review, Warning, WarningKind};
use super::warning_names as names;
use crate::language::LocalText;
use serde::Deserialize;
use std::sync::LazyLock;

/// The longest part of a text that a warning quotes, in characters.
const QUOTE_MOST_CHARS: usize = 120;

/// The words of `packs/warning-words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) brands: Vec<String>,
    pub(super) equivalents: Vec<String>,
    pub(super) standards: Vec<String>,
    grades: Vec<String>,
    subjective: Vec<String>,
    phrase: Vec<Phrase>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    kind: WarningKind,
    all: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../packs/warning-words.toml")).expect("the words of warnings, which a test reads"));

/// Looks through everything that a draft says. Brands and models are looked for in all of it; demands on the supplier in
/// what suppliers must meet and are judged by.
pub(super) fn texts(review: &mut Review, content: &TenderContent, brands: &[String]) {
    let mut product = |path: String, text: &LocalText| each(&path, text, |path, sentence| named(review, path, sentence, brands));
    product("title".to_owned(), &content.title);
    product("description".to_owned(), &content.description);
    for (place, item) in content.items.iter().enumerate() {
        product(format!("items.{place}.name"), &item.name);
        product(format!("items.{place}.specification"), &item.specification);
    }
    for (path, text) in demands(content) {
        each(&path, text, |path, sentence| {
            named(review, path, sentence, brands);
            bound(review, path, sentence);
        });
    }
}

/// What suppliers must meet and are judged by.
fn demands(content: &TenderContent) -> impl Iterator<Item = (String, &LocalText)> {
    let requirements = content.requirements.iter().enumerate().map(|(place, one)| (format!("requirements.{place}.text"), &one.text));
    let papers = content.papers.iter().enumerate().map(|(place, one)| (format!("papers.{place}.name"), &one.name));
    let criteria = content.criteria.iter().enumerate().flat_map(|(place, one)| {
        let anchors = one.anchors.iter().enumerate().map(move |(step, anchor)| (format!("criteria.{place}.anchors.{step}.text"), &anchor.text));
        [(format!("criteria.{place}.name"), &one.name), (format!("criteria.{place}.basis"), &one.basis)].into_iter().chain(anchors)
    });
    requirements.chain(papers).chain(criteria)
}

/// Each sentence of a text, the Chinese before the English.
fn each(path: &str, text: &LocalText, mut look: impl FnMut(&str, &str)) {
    for (language, text) in [("zh", &text.zh), ("en", &text.en)] {
        let path = format!("{path}.{language}");
        for sentence in sentences(text) {
            look(&path, sentence);
        }
    }
}

/// A text by its sentences. A point ends one only before a space, so that numbers stay whole.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['。', '；', ';', '！', '!', '？', '?', '\n']).flat_map(|part| part.split(". "));
    parts.map(str::trim).filter(|sentence| !sentence.is_empty())
}

fn quote(sentence: &str) -> String {
    if sentence.chars().count() <= QUOTE_MOST_CHARS {
        return sentence.to_owned();
    }
    sentence.chars().take(QUOTE_MOST_CHARS).chain(['…']).collect()
}

/// Brands and models in a sentence that does not also take equivalents.
fn named(review: &mut Review, path: &str, sentence: &str, brands: &[String]) {
    let lower = sentence.to_lowercase();
    if WORDS.equivalents.iter().any(|word| lower.contains(word.as_str())) {
        return;
    }
    // A model beside its brand is the same question.
    let found = match names::brands(sentence, brands) {
        found if found.is_empty() => (WarningKind::ModelNamed, names::models(sentence)),
        found => (WarningKind::BrandNamed, found),
    };
    if let (kind, [_, ..]) = (found.0, found.1.as_slice()) {
        ask(review, Warning::at(kind, path).with("words", found.1.join("、")).with("quote", quote(sentence)));
    }
}

/// Asks, unless the Chinese of the same text has been asked about the same: its English says it once more.
fn ask(review: &mut Review, warning: Warning) {
    let chinese = warning.path.strip_suffix(".en").map(|text| format!("{text}.zh"));
    let is_said = |chinese: &String| review.warnings.iter().any(|other| other.kind == warning.kind && other.path == *chinese);
    if !chinese.as_ref().is_some_and(is_said) {
        review.warn(warning);
    }
}

/// Demands that fit few firms, each kind once for a sentence.
fn bound(review: &mut Review, path: &str, sentence: &str) {
    let lower = sentence.to_lowercase();
    let mut told: Vec<WarningKind> = Vec::new();
    for phrase in &WORDS.phrase {
        let is_there = phrase.all.iter().all(|word| lower.contains(word.as_str())) && !phrase.unless.iter().any(|word| lower.contains(word.as_str()));
        if is_there && !told.contains(&phrase.kind) {
            told.push(phrase.kind);
            ask(review, Warning::at(phrase.kind, path).with("words", phrase.all.join(" … ")).with("quote", quote(sentence)));
        }
    }
}

/// Criteria whose points answer to nothing that can be measured (条例第三十四条: 分值设置应当与评审因素的量化指标相对应).
pub(super) fn criteria(review: &mut Review, content: &TenderContent) {
    if content.method == EvaluationMethod::LowestPrice {
        return;
    }
    for (place, criterion) in content.criteria.iter().enumerate().filter(|(_, one)| one.kind != CriterionKind::Price) {
        let name = if criterion.name.zh.trim().is_empty() { &criterion.name.en } else { &criterion.name.zh };
        if criterion.anchors.is_empty() {
            let warning = Warning::at(WarningKind::CriterionWithoutScale, format!("criteria.{place}.anchors"));
            review.warn(warning.with("criterion", name.as_str()).with("points", i64::from(criterion.weight_points)));
        }
        if let Some((path, words)) = subjective(criterion) {
            let warning = Warning::at(WarningKind::CriterionSubjective, format!("criteria.{place}.{path}"));
            review.warn(warning.with("criterion", name.as_str()).with("words", words));
        }
    }
}

/// The first place in a criterion that grades without a measure, and its words.
fn subjective(criterion: &Criterion) -> Option<(String, String)> {
    let anchors = criterion.anchors.iter().enumerate().flat_map(|(step, anchor)| {
        [(format!("anchors.{step}.text.zh"), anchor.text.zh.as_str()), (format!("anchors.{step}.text.en"), anchor.text.en.as_str())]
    });
    let graded = anchors.filter(|(_, text)| is_grade(text)).map(|(path, text)| (path, text.trim().to_owned()));
    let basis = [("basis.zh".to_owned(), criterion.basis.zh.as_str()), ("basis.en".to_owned(), criterion.basis.en.as_str())];
    let anchors = criterion.anchors.iter().enumerate().flat_map(|(step, anchor)| {
        [(format!("anchors.{step}.text.zh"), anchor.text.zh.as_str()), (format!("anchors.{step}.text.en"), anchor.text.en.as_str())]
    });
    let by_opinion = basis.into_iter().chain(anchors).filter_map(|(path, text)| {
        let lower = text.to_lowercase();
        // A number is a measure: "综合比较 5 项指标" says what is counted.
        let has_measure = lower.chars().any(|character| character.is_ascii_digit());
        let found = WORDS.subjective.iter().find(|word| lower.contains(word.as_str()))?;
        (!has_measure).then(|| (path, found.clone()))
    });
    graded.chain(by_opinion).next()
}

/// Whether a step of a scale is a grade and nothing else: `优`, `良好:`, `good`.
fn is_grade(text: &str) -> bool {
    let plain = text.trim().trim_end_matches(['：', ':', '。', '.', '，', ',']).to_lowercase();
    WORDS.grades.contains(&plain)
}
