//! The shape of the index: which fields there are and how a document fills them.

use super::word::{Cut, code, pairs, tokens, words};
use super::{Document, Kind, price_band};
use domain::language::LocalText;
use domain::money::Currency;
use encoding_rs::GBK;
use std::fmt::Write;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions};
use uuid::Uuid;

/// Counts the shapes. An index of another shape is never read: it is built anew.
pub(super) const SHAPE: u32 = 1;

/// The fields by their use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// Kind and number, by which a document is replaced.
    pub(super) key: Field,
    pub(super) kind: Field,
    /// Stems of title and brand.
    pub(super) title: Field,
    /// Stems of everything else.
    pub(super) body: Field,
    /// Words of title and brand as they are written, for beginnings and misspellings.
    pub(super) word: Field,
    /// Pairs of Chinese characters of the title.
    pub(super) pair: Field,
    /// Codes as a whole.
    pub(super) code: Field,
    pub(super) category: Field,
    pub(super) brand: Field,
    pub(super) organization: Field,
    pub(super) band: Field,
    pub(super) size: Field,
    pub(super) status: Field,
    pub(super) price: Field,
    published: Field,
    name_zh: Field,
    name_en: Field,
    /// The texts as they stand, for fragments.
    pub(super) title_zh: Field,
    pub(super) title_en: Field,
    pub(super) body_zh: Field,
    pub(super) body_en: Field,
}

/// Names of fields that the collectors ask for by name.
pub(super) const PRICE: &str = "price";
pub(super) const PUBLISHED: &str = "published";
pub(super) const NAME_ZH: &str = "name_zh";
pub(super) const NAME_EN: &str = "name_en";

pub(super) fn build() -> (Schema, Fields) {
    let mut schema = SchemaBuilder::new();
    let indexing = |option| TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option);
    let ranked = TextOptions::default().set_indexing_options(indexing(IndexRecordOption::WithFreqs));
    let plain = TextOptions::default().set_indexing_options(indexing(IndexRecordOption::Basic).set_fieldnorms(false));
    let value = STRING | FAST;
    let fields = Fields {
        key: schema.add_text_field("key", STRING | STORED),
        kind: schema.add_text_field("kind", STRING),
        title: schema.add_text_field("title", ranked.clone()),
        body: schema.add_text_field("body", ranked),
        word: schema.add_text_field("word", plain.clone()),
        pair: schema.add_text_field("pair", plain.clone()),
        code: schema.add_text_field("code", plain),
        category: schema.add_text_field("category", value.clone()),
        brand: schema.add_text_field("brand", value.clone()),
        organization: schema.add_text_field("organization", value.clone()),
        band: schema.add_text_field("band", value.clone()),
        size: schema.add_text_field("size", value.clone()),
        status: schema.add_text_field("status", value),
        price: schema.add_i64_field(PRICE, FAST | INDEXED),
        published: schema.add_i64_field(PUBLISHED, FAST),
        name_zh: schema.add_text_field(NAME_ZH, TextOptions::default().set_fast("raw")),
        name_en: schema.add_text_field(NAME_EN, TextOptions::default().set_fast("raw")),
        title_zh: schema.add_text_field("title_zh", STORED),
        title_en: schema.add_text_field("title_en", STORED),
        body_zh: schema.add_text_field("body_zh", STORED),
        body_en: schema.add_text_field("body_en", STORED),
    };
    (schema.build(), fields)
}

/// The key of a record.
pub(super) fn key(kind: Kind, id: Uuid) -> String {
    format!("{}:{}", kind.as_str(), id.simple())
}

impl Fields {
    /// A record as the index keeps it.
    pub(super) fn document(&self, record: &Document) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.key, key(record.kind, record.id));
        document.add_text(self.kind, record.kind.as_str());
        self.add_words(&mut document, record);
        for text in record.codes.iter().map(|text| code(text)).filter(|text| !text.is_empty()) {
            document.add_text(self.code, text);
        }
        if let Some(category) = &record.category {
            for above in category.ancestors().iter().chain([category]) {
                document.add_text(self.category, above.as_str());
            }
        }
        if let Some(brand) = record.brand.as_deref().map(str::trim).filter(|brand| !brand.is_empty()) {
            document.add_text(self.brand, brand);
        }
        if let Some(organization) = record.organization {
            document.add_text(self.organization, organization.to_string());
        }
        if let Some(size) = record.enterprise_size {
            document.add_text(self.size, size.as_str());
        }
        if let Some(status) = &record.status {
            document.add_text(self.status, status);
        }
        if let Some(price) = record.price.filter(|price| price.currency == Currency::CNY) {
            document.add_i64(self.price, price.amount_minor);
            if let Some(band) = price_band(price) {
                document.add_text(self.band, band);
            }
        }
        document.add_i64(self.published, record.published_at.timestamp_millis());
        document.add_text(self.name_zh, name_key_zh(record.title.in_language(domain::language::Language::Chinese)));
        document.add_text(self.name_en, record.title.in_language(domain::language::Language::English).to_lowercase());
        document
    }

    fn add_words(&self, document: &mut TantivyDocument, record: &Document) {
        let brand = record.brand.clone().unwrap_or_default();
        let LocalText { zh, en } = &record.organization_name;
        let titles = [record.title.zh.as_str(), &record.title.en, &brand].map(|text| words(text, Cut::Fine)).concat();
        let codes = record.codes.join(" ");
        let bodies = [record.body.zh.as_str(), &record.body.en, zh, en, &codes].map(|text| words(text, Cut::Fine)).concat();
        document.add_pre_tokenized_text(self.title, tokens(titles.iter().map(super::word::Word::stem)));
        document.add_pre_tokenized_text(self.body, tokens(bodies.iter().map(super::word::Word::stem)));
        document.add_pre_tokenized_text(self.word, tokens(titles.into_iter().map(|word| word.text)));
        document.add_pre_tokenized_text(self.pair, tokens(pairs(&record.title.zh).into_iter().chain(pairs(&record.title.en))));
        for (field, text) in [
            (self.title_zh, &record.title.zh),
            (self.title_en, &record.title.en),
            (self.body_zh, &record.body.zh),
            (self.body_en, &record.body.en),
        ] {
            if !text.is_empty() {
                document.add_text(field, text);
            }
        }
    }
}

/// A key that sorts Chinese names by pinyin: the common characters stand in GBK in that order.
fn name_key_zh(name: &str) -> String {
    let (bytes, _, _) = GBK.encode(name);
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut key, byte| {
        // Writing to a string can't fail.
        let _ = write!(key, "{byte:02x}");
        key
    })
}
