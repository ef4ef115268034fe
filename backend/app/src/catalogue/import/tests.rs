use super::refused_file::{FileKind, reasons, refused_file};
use super::*;
use domain::language::Language;
use domain::money::Money;
use rust_xlsxwriter::{Formula, Workbook};
use std::io::{Cursor, Write};

const CATEGORIES: &str = include_str!("../../../demo/categories.csv");

fn tree() -> CategoryTree {
    CategoryTree::from_csv(CATEGORIES).unwrap()
}

fn read_new(bytes: &[u8]) -> Result<Reading, Refusal> {
    read(bytes, &tree(), &BTreeMap::new())
}

fn codes(row: &RowOutcome) -> Vec<Code> {
    match &row.verdict {
        Verdict::Refused { refusals } => refusals.iter().map(|refusal| refusal.code).collect(),
        _ => Vec::new(),
    }
}

fn by_number<'a>(reading: &'a Reading, number: &str) -> &'a RowOutcome {
    reading.rows.iter().find(|row| row.number == number).unwrap_or_else(|| panic!("no row {number}"))
}

fn note(reading: &Reading, kind: NoteKind) -> Option<String> {
    reading.notes.iter().find(|note| note.kind == kind).map(|note| note.say(Language::English))
}

/// What the reading would leave behind if it were saved.
fn saved(reading: &Reading) -> BTreeMap<String, ItemContent> {
    reading.rows.iter().filter_map(|row| Some((row.number.clone(), row.content.clone()?))).collect()
}

/// A list as an office supplier sends it: titles, a header of two rows with merged cells, sums, formulas, a second sheet.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("报价单").unwrap();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 8, "某某办公设备有限公司 2026年度报价单", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 8, "报价有效期：2026-01-01 至 2026-12-31    单位：元（人民币）", &plain).unwrap();
    for (column, title) in [(0, "序号"), (4, "单位"), (5, "品目编码"), (8, "供货期（天）"), (9, "条码")] {
        sheet.write_string(3, column, title).unwrap();
    }
    sheet.merge_range(3, 1, 3, 3, "商品", &plain).unwrap();
    sheet.merge_range(3, 6, 3, 7, "价格", &plain).unwrap();
    for (column, title) in [(1, "名称"), (2, "品牌"), (3, "型号"), (6, "单价"), (7, "10件以上")] {
        sheet.write_string(4, column, title).unwrap();
    }
    let mut article = |row: u32, number: &str, name: &str, price: &str| {
        for (column, text) in [(0, number), (1, name), (2, "联想"), (3, "E14"), (4, "台"), (5, "A02010105"), (6, price)] {
            sheet.write_string(row, column, text).unwrap();
        }
    };
    article(5, "HD-1", "笔记本电脑 甲", "¥5,499.00");
    article(6, "HD-2", "笔记本电脑 乙", "２３６７．９７");
    article(7, "HD-3", "笔记本电脑 丙", "1.980万元");
    article(8, "HD-4", "笔记本电脑 丁", "面议");
    article(10, "HD-5", "笔记本电脑 戊", "100");
    article(11, "HD-6", "笔记本电脑 己", "100");
    article(12, "HD-7", "笔记本电脑 庚", "100");
    article(14, "HD-1", "另一种电脑", "100");
    article(15, "HD-8", "笔记本\u{202e}电脑", "100");
    sheet.write_number(5, 7, 5224.05).unwrap();
    sheet.write_number(5, 8, 5).unwrap();
    sheet.write_string(5, 9, "6901028001915").unwrap();
    sheet.write_string(6, 9, "6901028001914").unwrap();
    sheet.write_string(9, 0, "小计").unwrap();
    sheet.write_formula(9, 6, Formula::new("=SUM(G6:G9)")).unwrap();
    sheet.write_formula(10, 7, Formula::new("=G11*0.95")).unwrap();
    sheet.write_formula(11, 7, Formula::new("=G12*0.95").set_result("95.0")).unwrap();
    sheet.write_formula(12, 1, Formula::new("=HYPERLINK(\"http://example.com\")")).unwrap();
    sheet.write_string(12, 8, "十五").unwrap();
    sheet.write_string(17, 0, "说明：以上价格含税含运费").unwrap();
    workbook.add_worksheet().set_name("售后服务").unwrap().write_string(0, 0, "售后条款见附件").unwrap();
    without_results(&workbook.save_to_buffer().unwrap())
}

/// Takes the stored results out of formulas, as programs that don't calculate leave them.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut part = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut part).unwrap();
        let part = String::from_utf8(part).unwrap().replace("</f><v>0</v>", "</f><v></v>");
        writer.start_file(entry.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_with_titles_merged_headers_and_formulas_is_read_row_by_row() {
    let reading = read_new(&workbook()).unwrap();
    let first = &reading.rows[0];
    assert_eq!(codes(by_number(&reading, "HD-1")), [Code::ItemNumberRepeated]);
    assert_eq!(first.line, 6);
    assert_eq!(codes(by_number(&reading, "HD-2")), [Code::GtinInvalid]);
    let third = by_number(&reading, "HD-3");
    let content = third.content.as_ref().unwrap();
    assert_eq!((third.verdict.clone(), content.list_price()), (Verdict::New, Money::cny(1_980_000)));
    assert_eq!(content.validity.until_on, chrono::NaiveDate::from_ymd_opt(2026, 12, 31));
    assert_eq!(codes(by_number(&reading, "HD-4")), [Code::PriceByAgreement]);
    assert_eq!(codes(by_number(&reading, "HD-5")), [Code::FormulaWithoutResult]);
    let tiers = &by_number(&reading, "HD-6").content.as_ref().unwrap().tiers;
    assert_eq!((tiers[1].least_quantity, tiers[1].price), (10, Money::cny(9500)));
    assert_eq!(codes(by_number(&reading, "HD-7")), [Code::FormulaAsText, Code::LeadTimeMalformed]);
    assert_eq!(codes(by_number(&reading, "HD-8")), [Code::HiddenCharacters]);
    let skipped: Vec<u64> = reading.rows.iter().filter(|row| matches!(row.verdict, Verdict::Skipped { .. })).map(|row| row.line).collect();
    assert_eq!(skipped, [10, 18]);
    assert!(note(&reading, NoteKind::SheetIgnored).unwrap().contains("售后服务"));
    assert!(note(&reading, NoteKind::ValidityFromTitle).unwrap().contains("2026-12-31"));
}

#[test]
fn a_gb18030_list_with_categories_in_words_is_read() {
    let text = "货号,品名,品牌,规格型号,计量单位,品目,单价(元),起订量,交货地区,库存\r\n\
        M0,内六角螺钉 M8×30,东明,GB/T70.1,百支,办公用品,42.80,10,\"浙江省、成都市\",0\r\n\
        M1,=cmd|' /C calc'!A0,远东,YJV,米,A02061400,79.00,1,全国,10\r\n\
        M2,电缆,远东,YJV,米,A02061499,\"1,23,4.5\",1,长三角,1000000000000000\r\n\
        M3,电缆,远东,YJV,米,A02061400,79.00,1,天上,10\r\n\
        M4,电缆,远东,YJV,米,A02061400,1,234.00,1,全国,10\r\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let reading = read_new(&bytes).unwrap();
    let first = by_number(&reading, "M0");
    let content = first.content.as_ref().unwrap();
    assert_eq!(content.category.as_str(), "A05040000");
    assert_eq!(first.notes[0].kind, NoteKind::CategoryInWords);
    assert_eq!(content.tiers[0].least_quantity, 10);
    assert_eq!(content.areas.len(), 2);
    assert_eq!(codes(by_number(&reading, "M1")), [Code::FormulaAsText]);
    assert_eq!(codes(by_number(&reading, "M2")), [Code::PriceMalformed, Code::CategoryUnknown, Code::OutOfRange]);
    assert_eq!(codes(by_number(&reading, "M3")), [Code::AreaUnknown]);
    assert!(codes(by_number(&reading, "M4")).contains(&Code::ColumnsShifted));
    assert!(note(&reading, NoteKind::Encoding).unwrap().contains("gb18030"));
}

#[test]
fn an_english_list_with_semicolons_and_both_decimal_signs_is_read() {
    let text = "\u{feff}SKU;Name;UoM;Category code;Unit price;Currency;Stock;Description;Colour\r\n\
        L0;Centrifuge;pc;A02100400;3,150.00;CNY;n/a;\"Grade \"\"A\"\"\r\nsecond line\";red\r\n\
        \r\n\
        L1;Gloves;box;A02322200;9,81;USD;40;x;\r\n\
        L2;Gloves;box;A02322200;9,81;XYZ;40;x;\r\n\
        L1;Gloves;box;A02322200;9,81;USD;40;x;\r\n";
    let reading = read_new(text.as_bytes()).unwrap();
    let first = by_number(&reading, "L0");
    assert_eq!(first.content.as_ref().unwrap().name.en, "Centrifuge");
    assert!(first.content.as_ref().unwrap().description.en.contains("second line"));
    assert_eq!(first.notes[0].kind, NoteKind::StockInWords);
    let second = by_number(&reading, "L1");
    assert_eq!(second.line, 5, "lines are counted as an editor counts them");
    let price = second.content.as_ref().unwrap().list_price();
    assert_eq!((price.amount_minor, price.currency.code()), (981, "USD"));
    assert_eq!(codes(by_number(&reading, "L2")), [Code::CurrencyNotTaken]);
    assert!(matches!(reading.rows[3].verdict, Verdict::Skipped { .. }), "the same row again is taken once");
    assert!(note(&reading, NoteKind::ColumnsIgnored).unwrap().contains("Colour"));
}

#[test]
fn the_same_file_twice_changes_nothing_and_a_short_list_keeps_what_it_does_not_name() {
    let list = "SKU;Name;UoM;Category code;Unit price;Description\nL0;Centrifuge;pc;A02100400;3150.00;with rotor\n";
    let first = read_new(list.as_bytes()).unwrap();
    let mut kept = saved(&first);
    let again = read(list.as_bytes(), &tree(), &kept).unwrap();
    assert_eq!(again.counts(), Counts { unchanged: 1, ..Counts::default() });
    kept.get_mut("L0").unwrap().description.zh = "带转子".into();
    let prices = "SKU,Price\nL0,3000\nL9,5\n";
    let reading = read(prices.as_bytes(), &tree(), &kept).unwrap();
    assert_eq!(by_number(&reading, "L0").verdict, Verdict::Changed { fields: vec!["tiers".into()] });
    let content = by_number(&reading, "L0").content.as_ref().unwrap();
    assert_eq!((content.description.zh.as_str(), content.description.en.as_str()), ("带转子", "with rotor"));
    assert_eq!(codes(by_number(&reading, "L9")), [Code::Required, Code::Required, Code::Required]);
}

#[test]
fn refused_rows_go_back_with_their_reasons_and_come_in_again_once_mended() {
    let reading = read_new(&workbook()).unwrap();
    for kind in [FileKind::Csv, FileKind::Xlsx] {
        let file = refused_file(&reading, Language::Chinese, kind).unwrap();
        let again = read_new(&file).unwrap();
        assert_eq!(again.counts().refused, reading.counts().refused, "{kind:?}");
        assert!(again.notes.iter().all(|note| note.kind != NoteKind::ColumnsIgnored), "{kind:?}");
        assert_eq!(again.title_line, reading.title_line);
    }
    let file = String::from_utf8(refused_file(&reading, Language::Chinese, FileKind::Csv).unwrap()).unwrap();
    assert!(file.starts_with('\u{feff}') && file.contains("'=HYPERLINK"), "formulas go out as text");
    assert!(file.contains("面议”不是明确的价格"));
    let mended = file.replace(",面议,", ",\"5,000\",");
    let again = read_new(mended.as_bytes()).unwrap();
    assert_eq!(by_number(&again, "HD-4").verdict, Verdict::New);
    let Verdict::Refused { refusals } = &by_number(&reading, "HD-4").verdict else { panic!("refused") };
    assert!(reasons(Language::English, refusals).starts_with("Price: “面议” is not a price"), "{}", reasons(Language::English, refusals));
}

#[test]
fn every_field_that_is_refused_has_a_name_in_both_languages() {
    for field in ["number", "category", "name", "description", "brand", "model", "unit", "gtin", "attributes", "pictures", "tiers", "stock", "leadTimeDays", "areas", "validity", "currency"] {
        for language in Language::ALL {
            let said = reasons(language, &[Refusal::at(Code::Required, field)]);
            assert!(!said.contains("item-field"), "{said}");
        }
    }
}

fn zip_of(parts: &[(&str, u64)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated).large_file(true);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), *bytes), &mut writer).unwrap();
    }
    writer.flush().unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unfolded() {
    let bomb = zip_of(&[("xl/workbook.xml", 10), ("xl/worksheets/sheet1.xml", 60_000_000)]);
    assert!(bomb.len() < 200_000);
    assert_eq!(read_new(&bomb).unwrap_err().code, Code::ArchiveTooDense);
}

#[test]
fn a_zip_that_lies_about_its_sizes_is_not_trusted() {
    let mut bomb = zip_of(&[("xl/workbook.xml", 10), ("xl/worksheets/sheet1.xml", 300_000)]);
    // The central directory claims that the sheet holds one byte.
    let size = 300_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == size).collect();
    for at in places {
        bomb[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert!(matches!(read_new(&bomb).unwrap_err().code, Code::FileUnreadable | Code::ArchiveTooDense));
}

#[test]
fn a_cell_at_the_end_of_the_world_costs_no_memory() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, title) in ["SKU", "Name", "Price"].into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), title).unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    assert_eq!(read_new(&workbook.save_to_buffer().unwrap()).unwrap_err().code, Code::ListTooLong);
}

#[test]
fn files_that_are_no_lists_are_refused_by_what_they_are() {
    for (bytes, code) in [
        (&b"%PDF-1.7 \x00\x01"[..], Code::FileKindNotTaken),
        (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], Code::FileKindNotTaken),
        (&b" \r\n "[..], Code::ListEmpty),
        (&b"\xFF\xFEa"[..], Code::FileUnreadable),
        (&b"a,b\nc\x07,\xFF\xFF\xFF"[..], Code::FileUnreadable),
        (&b"just,some\nwords,here\n"[..], Code::HeaderNotFound),
        (&b"Name,Price\nChair,5\n"[..], Code::ColumnsMissing),
        (&b"SKU,Name,Price\n"[..], Code::ListEmpty),
        (&b"PK\x03\x04 broken"[..], Code::FileUnreadable),
    ] {
        assert_eq!(read_new(bytes).unwrap_err().code, code, "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(read_new(&zip_of(&[("word/document.xml", 5)])).unwrap_err().code, Code::FileKindNotTaken);
    assert_eq!(read_new(&vec![b'a'; FILE_MOST_BYTES + 1]).unwrap_err().code, Code::FileTooLarge);
    let rows: String = std::iter::once("SKU,Price\n".to_owned()).chain((0..=ROWS_MOST).map(|row| format!("{row},5\n"))).collect();
    assert_eq!(read_new(rows.as_bytes()).unwrap_err().code, Code::ListTooLong);
}

/// The files that suppliers are known to send, where this machine has them.
fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("ZHAOCAI_PRICE_LISTS").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        std::path::PathBuf::from,
    );
    let read = std::fs::read(folder.join(name)).ok();
    if read.is_none() {
        eprintln!("SKIPPED: {name} is not in {}; set ZHAOCAI_PRICE_LISTS to the folder of sample price lists", folder.display());
    }
    read
}

fn told(reading: &Reading) -> Vec<String> {
    let refused = reading.rows.iter().filter_map(|row| match &row.verdict {
        Verdict::Refused { refusals } => {
            let codes: Vec<String> = refusals.iter().map(|refusal| format!("{} {}", refusal.path.join("."), refusal.code.as_str())).collect();
            Some(format!("{} {}: {}", row.line, row.number, codes.join(", ")))
        }
        _ => None,
    });
    refused.collect()
}

#[test]
fn the_office_list_is_read_as_a_person_would() {
    let Some(bytes) = shared("pricelist-office-zh.xlsx") else { return };
    let reading = read_new(&bytes).unwrap();
    assert_eq!(reading.rows.len(), 180 + 2 + 1);
    let told = told(&reading);
    let other: Vec<&String> = told.iter().filter(|told| !told.ends_with(": tiers.10.price FORMULA_WITHOUT_RESULT")).collect();
    let counts = reading.counts();
    assert_eq!((counts.new, counts.refused, counts.skipped), (137, 43, 3));
    assert_eq!(other, [
        "17 HD-1011: tiers.0.price PRICE_BY_AGREEMENT",
        "35 HD-1029: tiers.0.price PRICE_NOT_POSITIVE",
        "43 HD-1037: gtin GTIN_INVALID",
        "59 HD-1053: category CATEGORY_UNKNOWN",
        "78 HD-1071: name REQUIRED",
        "103 HD-1096: number ITEM_NUMBER_REPEATED",
        "104 HD-1096: number ITEM_NUMBER_REPEATED",
        "128 HD-1120: tiers.10.price FORMULA_WITHOUT_RESULT, unit REQUIRED",
        "148 HD-1140: tiers.10.price FORMULA_WITHOUT_RESULT, leadTimeDays LEAD_TIME_MALFORMED",
        "168 HD-1160: name FORMULA_AS_TEXT, tiers.10.price FORMULA_WITHOUT_RESULT",
    ]);
    let again = read(&bytes, &tree(), &saved(&reading)).unwrap().counts();
    assert_eq!((again.new, again.changed, again.unchanged), (0, 0, reading.counts().new));
}

#[test]
fn the_laboratory_list_is_read_as_a_person_would() {
    let Some(bytes) = shared("pricelist-lab-en.csv") else { return };
    let reading = read_new(&bytes).unwrap();
    assert_eq!(reading.rows.len(), 120);
    let dollars = reading.rows.iter().filter(|row| row.content.as_ref().is_some_and(|content| content.list_price().currency.code() == "USD"));
    assert_eq!(dollars.count(), 3);
    assert_eq!(reading.counts(), Counts { new: 120, ..Counts::default() });
}

#[test]
fn the_hardware_list_is_read_as_a_person_would() {
    let Some(bytes) = shared("pricelist-mro-gb18030.csv") else { return };
    let reading = read_new(&bytes).unwrap();
    assert_eq!(reading.rows.len(), 150);
    assert_eq!(reading.counts(), Counts { new: 145, refused: 5, ..Counts::default() });
    assert_eq!(told(&reading), [
        "46 M00044: name.zh FORMULA_AS_TEXT",
        "79 M00077: number ITEM_NUMBER_REPEATED",
        "80 M00077: number ITEM_NUMBER_REPEATED",
        "92 M00090: tiers.0.price PRICE_MALFORMED",
        "122 M00120: stock OUT_OF_RANGE",
    ]);
}
