//! From rows to items: each cell by its column, each row compared with the others and with what the supplier has.

use super::header::{Column, Header};
use super::header_words::Field;
use super::note::{Note, NoteKind};
use super::sheet::{Cell, Line, Sheet};
use super::title::dates;
use super::{RowOutcome, Verdict};
use chrono::NaiveDate;
use domain::catalogue::area;
use domain::catalogue::catalogue_item::{Attribute, ItemContent, ItemDraft, Validity};
use domain::catalogue::category::CategoryTree;
use domain::catalogue::price_cell::{self, PriceColumn};
use domain::catalogue::price_list;
use domain::catalogue::price_tier::PriceTier;
use domain::language::LocalText;
use domain::money::{Currency, Money};
use domain::refusal::{Code, Refusal, Refusals};
use std::collections::{BTreeMap, HashMap};

/// Words at the start of a row of sums.
const SUMS: [&str; 9] = ["小计", "合计", "总计", "共计", "累计", "subtotal", "sub-total", "total", "grand total"];

/// Reads all rows below the header.
pub(super) fn read_all(
    sheet: &Sheet,
    header: &Header,
    tree: &CategoryTree,
    existing: &BTreeMap<String, ItemContent>,
    notes: &mut Vec<Note>,
) -> Vec<RowOutcome> {
    let lines = &sheet.lines[header.first_row.min(sheet.lines.len())..];
    let mut rows: Vec<RowOutcome> = lines.iter().map(|line| read(line, header, tree, existing)).collect();
    refuse_repeated(&mut rows, lines);
    let is_running = |row: &RowOutcome| row.number.parse::<usize>().is_ok_and(|number| number <= rows.len());
    let mut articles = rows.iter().filter(|row| !row.number.is_empty());
    if articles.clone().count() > 1 && articles.all(is_running) {
        notes.push(Note::new(NoteKind::RunningNumbers));
    }
    rows
}

fn read(line: &Line, header: &Header, tree: &CategoryTree, existing: &BTreeMap<String, ItemContent>) -> RowOutcome {
    let words = |field: &Field| header.column(field).map(|column| line.cell(column.index).text()).unwrap_or_default();
    let mut outcome = RowOutcome {
        line: line.number,
        number: words(&Field::Number),
        name: words(&Field::Name),
        verdict: Verdict::New,
        content: None,
        notes: Vec::new(),
        cells: Vec::new(),
    };
    if let Some(note) = no_article(line, header) {
        outcome.number.clear();
        outcome.verdict = Verdict::Skipped { note };
        return outcome;
    }
    let mut row = Row { line, header, refusals: Refusals::default(), notes: Vec::new() };
    let draft = row.draft(tree);
    let (mut refusals, row_notes) = (row.refusals, row.notes);
    let known = existing.get(draft.number.trim());
    let checked = overlay(draft, header, known).validate();
    outcome.notes = row_notes;
    match checked {
        Ok(content) if refusals.0.is_empty() => {
            outcome.verdict = known.map_or(Verdict::New, |known| compare(known, &content));
            outcome.content = Some(content);
        }
        checked => {
            // What a cell was refused for isn't refused again for being empty.
            let told: Vec<Option<String>> = refusals.0.iter().map(|refusal| refusal.path.first().cloned()).collect();
            let more = checked.err().into_iter().flat_map(|refusals| refusals.0);
            refusals.0.extend(more.filter(|refusal| !told.contains(&refusal.path.first().cloned())));
            refuse(&mut outcome, refusals.0, line);
        }
    }
    outcome
}

fn refuse(outcome: &mut RowOutcome, refusals: Vec<Refusal>, line: &Line) {
    outcome.content = None;
    outcome.cells = line.cells.iter().map(Cell::text).collect();
    outcome.verdict = Verdict::Refused { refusals };
}

/// Why a line is no article, if it isn't.
fn no_article(line: &Line, header: &Header) -> Option<Note> {
    if header.is_repeated_by(line) {
        return Some(Note::new(NoteKind::HeaderRepeated));
    }
    let (_, first) = line.filled().next()?;
    let text = first.text();
    let lower = text.to_lowercase();
    let is_sum = SUMS.iter().any(|word| lower.strip_prefix(word).is_some_and(|rest| {
        !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || matches!(next, '-' | '\u{4e00}'..='\u{9fff}'))
    }));
    if is_sum && matches!(first, Cell::Text(_)) {
        return Some(Note::new(NoteKind::Subtotal).with("text", shortened(&text)));
    }
    // One cell of words is a heading or a remark; no article stands in one cell.
    let is_alone = line.filled().count() == 1 && header.width() > 2;
    (is_alone && matches!(first, Cell::Text(_))).then(|| Note::new(NoteKind::Remark).with("text", shortened(&text)))
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Keeps what is known in a language that the list says nothing in.
fn keep(text: &mut LocalText, known: &LocalText, has_any: bool, has_english: bool) {
    if !has_any && !has_english {
        text.clone_from(known);
    } else if !has_english && text.en.is_empty() {
        text.en.clone_from(&known.en);
    } else if text.zh.is_empty() {
        text.zh.clone_from(&known.zh);
    }
}

/// Puts the draft on top of what the supplier has: a list without a column says nothing about it.
fn overlay(mut draft: ItemDraft, header: &Header, known: Option<&ItemContent>) -> ItemDraft {
    let Some(known) = known else { return draft };
    let has = |field: &Field| header.column(field).is_some();
    keep(&mut draft.name, &known.name, has(&Field::Name), has(&Field::NameEn));
    keep(&mut draft.description, &known.description, has(&Field::Description), has(&Field::DescriptionEn));
    for (field, own, known) in [
        (Field::Brand, &mut draft.brand, &known.brand),
        (Field::Model, &mut draft.model, &known.model),
        (Field::Unit, &mut draft.unit, &known.unit),
    ] {
        if !has(&field) {
            own.clone_from(known);
        }
    }
    if !has(&Field::Category) {
        draft.category = Some(known.category.clone());
    }
    if !has(&Field::Gtin) {
        draft.gtin = known.gtin.clone().unwrap_or_default();
    }
    if !has(&Field::Stock) {
        draft.stock = known.stock;
    }
    if !has(&Field::LeadTime) {
        draft.lead_time_days = known.lead_time_days;
    }
    if !has(&Field::Areas) {
        draft.areas.clone_from(&known.areas);
    }
    if draft.validity == Validity::default() && !has(&Field::ValidFrom) && !has(&Field::ValidUntil) {
        draft.validity = known.validity;
    }
    if draft.attributes.is_empty() {
        draft.attributes.clone_from(&known.attributes);
    }
    draft.pictures.clone_from(&known.pictures);
    draft
}

fn compare(known: &ItemContent, content: &ItemContent) -> Verdict {
    let differs = [
        ("category", known.category != content.category),
        ("name", known.name != content.name),
        ("description", known.description != content.description),
        ("brand", known.brand != content.brand),
        ("model", known.model != content.model),
        ("unit", known.unit != content.unit),
        ("gtin", known.gtin != content.gtin),
        ("attributes", known.attributes != content.attributes),
        ("tiers", known.tiers != content.tiers),
        ("stock", known.stock != content.stock),
        ("leadTimeDays", known.lead_time_days != content.lead_time_days),
        ("areas", known.areas != content.areas),
        ("validity", known.validity != content.validity),
    ];
    let fields: Vec<String> = differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field.to_owned()).collect();
    if fields.is_empty() { Verdict::Unchanged } else { Verdict::Changed { fields } }
}

/// A number that stands twice: the same row again is skipped, different rows are all refused.
fn refuse_repeated(rows: &mut [RowOutcome], lines: &[Line]) {
    let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.number.is_empty()) {
        by_number.entry(row.number.clone()).or_default().push(index);
    }
    for (number, indexes) in by_number.into_iter().filter(|(_, indexes)| indexes.len() > 1) {
        let first = indexes[0];
        if indexes.iter().all(|index| lines[*index].cells == lines[first].cells) {
            let line = rows[first].line.to_string();
            for index in &indexes[1..] {
                rows[*index].content = None;
                let note = Note::new(NoteKind::RowRepeated).with("line", line.clone());
                rows[*index].verdict = Verdict::Skipped { note };
            }
            continue;
        }
        let told: Vec<String> = indexes.iter().map(|index| rows[*index].line.to_string()).collect();
        for index in indexes {
            let refusal = Refusal::at(Code::ItemNumberRepeated, "number");
            let refusal = refusal.with("number", number.as_str()).with("lines", told.join("、"));
            let mut refusals = match std::mem::replace(&mut rows[index].verdict, Verdict::New) {
                Verdict::Refused { refusals } => refusals,
                _ => Vec::new(),
            };
            refusals.push(refusal);
            refuse(&mut rows[index], refusals, &lines[index]);
        }
    }
}

/// A row on its way to a draft.
struct Row<'a> {
    line: &'a Line,
    header: &'a Header,
    refusals: Refusals,
    notes: Vec<Note>,
}

impl Row<'_> {
    fn draft(&mut self, tree: &CategoryTree) -> ItemDraft {
        let width = self.header.width();
        if self.line.cells.len() > width {
            let refusal = Refusal::new(Code::ColumnsShifted).with("given", self.line.cells.len()).with("expected", width);
            self.refusals.push(refusal);
        }
        let mut draft = ItemDraft {
            number: self.words(&Field::Number, "number"),
            brand: self.words(&Field::Brand, "brand"),
            model: self.words(&Field::Model, "model"),
            unit: self.words(&Field::Unit, "unit"),
            gtin: self.words(&Field::Gtin, "gtin"),
            name: self.local(&Field::Name, &Field::NameEn, "name"),
            description: self.local(&Field::Description, &Field::DescriptionEn, "description"),
            tiers: self.tiers(),
            attributes: self.attributes(),
            validity: self.header.defaults.validity,
            ..ItemDraft::default()
        };
        let category = self.words(&Field::Category, "category");
        if !category.is_empty() {
            let found = tree.find(&category);
            if let Some(category_found) = self.refusals.take("category", found) {
                let code = &category_found.code;
                if !category.trim().starts_with(|first: char| first.is_ascii_alphabetic()) || category.contains(' ') {
                    let note = Note::new(NoteKind::CategoryInWords).with("given", shortened(&category));
                    self.notes.push(note.with("code", code.as_str()));
                }
                draft.category = Some(code.clone());
            }
        }
        let stock = self.words(&Field::Stock, "stock");
        draft.stock = self.refusals.take("stock", price_list::stock(&stock)).flatten();
        if draft.stock.is_none() && !stock.is_empty() && self.refusals.0.iter().all(|refusal| refusal.path != ["stock"]) {
            self.notes.push(Note::new(NoteKind::StockInWords).with("given", shortened(&stock)));
        }
        let lead_time = self.words(&Field::LeadTime, "leadTimeDays");
        draft.lead_time_days = self.refusals.take("leadTimeDays", price_list::lead_time_days(&lead_time)).flatten();
        let areas = self.words(&Field::Areas, "areas");
        draft.areas = self.refusals.take("areas", area::parse_list(&areas)).unwrap_or_default();
        draft.validity.from_on = self.day(&Field::ValidFrom).or(draft.validity.from_on);
        draft.validity.until_on = self.day(&Field::ValidUntil).or(draft.validity.until_on);
        draft
    }

    fn cell(&self, field: &Field) -> &Cell {
        self.header.column(field).map_or(&Cell::Empty, |column| self.line.cell(column.index))
    }

    /// A cell in words; a formula without result or an error is refused.
    fn words(&mut self, field: &Field, path: &str) -> String {
        let cell = self.cell(field);
        match no_value(cell, matches!(field, Field::Number | Field::Name | Field::NameEn | Field::Brand | Field::Unit)) {
            Some(refusal) => {
                self.refusals.push(refusal.under(path));
                String::new()
            }
            None => cell.text(),
        }
    }

    fn local(&mut self, field: &Field, english: &Field, path: &str) -> LocalText {
        let (text, english) = (self.words(field, path), self.words(english, path));
        let is_chinese = text.chars().any(|character| matches!(character, '\u{3400}'..='\u{9fff}'));
        if is_chinese || !english.is_empty() { LocalText::new(text, english) } else { LocalText::new("", text) }
    }

    fn attributes(&self) -> Vec<Attribute> {
        let bilingual = |text: &str| {
            let is_chinese = text.chars().any(|character| matches!(character, '\u{3400}'..='\u{9fff}'));
            if is_chinese { LocalText::new(text, "") } else { LocalText::new("", text) }
        };
        let columns = self.header.columns.iter().filter_map(|column| match &column.field {
            Some(Field::Attribute(name)) => Some((name, self.line.cell(column.index).text())),
            _ => None,
        });
        columns
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| Attribute { key: bilingual(name), value: bilingual(&value) })
            .collect()
    }

    fn day(&mut self, field: &Field) -> Option<NaiveDate> {
        match self.cell(field) {
            Cell::Empty => None,
            Cell::Date(on) => Some(*on),
            other => {
                let day = dates(&other.text()).first().copied();
                if day.is_none() {
                    self.refusals.push(Refusal::at(Code::Malformed, "validity").with("expected", "2026-12-31"));
                }
                day
            }
        }
    }

    fn tiers(&mut self) -> Vec<PriceTier> {
        let stated = self.words(&Field::Currency, "currency");
        let currency = match stated.as_str() {
            "" => None,
            stated => {
                let refusal = || Refusal::new(Code::CurrencyNotTaken).with("given", shortened(stated));
                self.refusals.take("currency", currency(stated).ok_or_else(refusal))
            }
        };
        let quantity = self.words(&Field::LeastQuantity, "tiers.0.leastQuantity");
        let least_quantity = self.refusals.take("tiers.0.leastQuantity", price_list::quantity(&quantity)).unwrap_or(1);
        let mut tiers = Vec::new();
        let header = self.header;
        for column in &header.columns {
            let least_quantity = match column.field {
                Some(Field::Price) => least_quantity,
                Some(Field::TierPrice(quantity)) => quantity,
                _ => continue,
            };
            let is_base = column.field == Some(Field::Price);
            match (price(self.line.cell(column.index), column, currency), is_base) {
                (Some(Ok(price)), _) => tiers.push(PriceTier { least_quantity, price }),
                (Some(Err(refusal)), true) => self.refusals.push(refusal.under("tiers.0.price")),
                (Some(Err(refusal)), false) => self.refusals.push(refusal.under(&format!("tiers.{least_quantity}.price"))),
                (None, true) => self.refusals.push(Refusal::at(Code::Required, "tiers.0.price")),
                (None, false) => {}
            }
        }
        tiers.sort_by_key(|tier| tier.least_quantity);
        tiers
    }
}

/// A price cell; `None` when it is empty.
fn price(cell: &Cell, column: &Column, currency: Option<Currency>) -> Option<Result<Money, Refusal>> {
    let column = PriceColumn { currency: currency.unwrap_or(column.price.currency), ..column.price };
    Some(match cell {
        Cell::Empty => return None,
        Cell::Number(number) => price_cell::from_number(*number, column),
        Cell::Text(text) => price_cell::from_text(text, column),
        Cell::Date(on) => Err(Refusal::new(Code::PriceMalformed).with("given", on.to_string())),
        Cell::Formula(_) | Cell::Error(_) => Err(no_value(cell, false)?),
    })
}

/// The refusal of a cell that holds no value.
fn no_value(cell: &Cell, is_name: bool) -> Option<Refusal> {
    match cell {
        Cell::Formula(_) if is_name => Some(Refusal::new(Code::FormulaAsText).with("given", shortened(&cell.text()))),
        Cell::Formula(_) => Some(Refusal::new(Code::FormulaWithoutResult)),
        Cell::Error(error) => Some(Refusal::new(Code::CellError).with("given", error.as_str())),
        _ => None,
    }
}

fn currency(text: &str) -> Option<Currency> {
    Currency::from_code(text).or_else(|| {
        let column = price_cell::column_of(text);
        let is_named = column.currency != Currency::CNY || ["人民币", "rmb", "元", "¥", "￥"].iter().any(|word| text.to_lowercase().contains(word));
        is_named.then_some(column.currency)
    })
}
