//! The catalogue of the demonstration: five thousand items of sixty suppliers, the same at every start.

use super::organizations::DemoOrganization;
use crate::store::catalogue::catalogue_item;
use crate::{App, Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::catalogue::area::AreaCode;
use domain::catalogue::catalogue_item::{Attribute, CatalogueItem, ItemDraft};
use domain::catalogue::category::CategoryCode;
use domain::catalogue::gtin;
use domain::catalogue::price_tier::PriceTier;
use domain::ident::OrganizationId;
use domain::identity::organization::EnterpriseSize;
use domain::language::LocalText;
use domain::money::Money;
use domain::oversight::event::{Event, Visibility};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The tree of categories, as a table that [`crate::catalogue::category::import`] takes.
pub const CATEGORIES: &str = include_str!("../../demo/categories.csv");
/// How many items the market has.
pub const ITEMS: usize = 5_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    brands: BTreeMap<String, Vec<String>>,
    trades: Vec<Trade>,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trade {
    key: String,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    trade: String,
    category: CategoryCode,
    zh: String,
    en: String,
    unit: String,
    brands: String,
    model: String,
    /// In yuan, of the first variant and of the last.
    price: [i64; 2],
    variants: Vec<[String; 2]>,
}

/// A product: one variant of one line under one brand. Several suppliers may sell it.
struct Product<'table> {
    line: &'table Line,
    trade: &'table Trade,
    place: usize,
    brand: &'table str,
    brand_place: usize,
    variant_place: usize,
}

/// Steady numbers from words: the same at every start and on every machine (FNV-1a, then a finishing mix).
pub(super) fn steady(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 33;
    hash.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 16
}

/// A steady number from nothing to below `below`.
pub(super) fn pick(parts: &[&str], below: i64) -> i64 {
    i64::try_from(steady(parts) % u64::try_from(below.max(1)).unwrap_or(1)).unwrap_or(0)
}

/// A brand of the table in both languages: "启衡 Qiheng", "Labwell 莱威".
fn brand_name(brand: &str) -> LocalText {
    let (first, rest) = brand.split_once(' ').unwrap_or((brand, brand));
    if first.is_ascii() { LocalText::new(rest, first) } else { LocalText::new(first, rest) }
}

impl Product<'_> {
    fn is_service(&self) -> bool {
        self.line.category.as_str().starts_with(['B', 'C'])
    }

    fn seed(&self) -> String {
        format!("{}-{}-{}", self.place, self.brand_place, self.variant_place)
    }

    fn model(&self) -> String {
        format!("{}{}{}", self.line.model, self.brand_place + 1, 10 + self.variant_place * 10 + self.place % 10)
    }

    /// A number of the range 690–699 (China), its check digit right.
    fn gtin(&self) -> String {
        if self.is_service() {
            return String::new();
        }
        let body = format!("69{:03}{:03}{:02}{:02}", 20 + self.place, 100 + self.brand_place, 10 + self.variant_place, self.place % 90 + 10);
        format!("{body}{}", gtin::check_digit(&body))
    }

    fn name(&self) -> LocalText {
        let [zh, en] = &self.line.variants[self.variant_place];
        let brand = brand_name(self.brand);
        if self.is_service() {
            return LocalText::new(format!("{} {zh}", self.line.zh), format!("{}, {en}", self.line.en));
        }
        let english = self.line.en.chars().next().map(char::to_lowercase).into_iter().flatten().collect::<String>();
        let rest: String = self.line.en.chars().skip(1).collect();
        // An abbreviation keeps its capitals.
        let keeps = rest.chars().next().is_some_and(char::is_uppercase);
        let english = if keeps { self.line.en.clone() } else { format!("{english}{rest}") };
        LocalText::new(format!("{} {} {zh}", brand.zh, self.line.zh), format!("{} {english}, {en}", brand.en))
    }

    /// The price in fen at this supplier, rounded as prices are.
    fn price(&self, supplier: &str) -> i64 {
        let [low, high] = self.line.price;
        let steps = i64::try_from(self.line.variants.len().saturating_sub(1).max(1)).unwrap_or(1);
        let at = i64::try_from(self.variant_place).unwrap_or(0);
        let base = low * 100 + (high - low) * 100 * at / steps;
        let of_brand = 94 + pick(&[&self.line.brands, self.brand, "brand"], 14);
        let of_supplier = 970 + pick(&[supplier, &self.seed(), "price"], 90);
        let fen = base * of_brand * of_supplier / 100_000;
        let step = match fen {
            ..1_000 => 10,
            1_000..10_000 => 50,
            10_000..100_000 => 100,
            100_000..1_000_000 => 1_000,
            _ => 10_000,
        };
        ((fen + step / 2) / step).max(1) * step
    }

    fn tiers(&self, supplier: &str) -> Vec<PriceTier> {
        let price = self.price(supplier);
        let quantities: &[i64] = match (self.is_service(), price) {
            (true, _) => &[1],
            (_, ..10_000) => &[1, 20, 100],
            (_, 10_000..200_000) => &[1, 10, 50],
            _ => &[1, 5, 20],
        };
        let cut = 2 + pick(&[supplier, &self.seed(), "cut"], 3);
        quantities
            .iter()
            .enumerate()
            .map(|(place, least)| {
                let off = cut * i64::try_from(place).unwrap_or(0);
                PriceTier { least_quantity: *least, price: Money::cny((price * (100 - off) / 1_000).max(1) * 10) }
            })
            .collect()
    }

    fn attributes(&self) -> Vec<Attribute> {
        let [zh, en] = &self.line.variants[self.variant_place];
        let attribute = |key: [&str; 2], value: [String; 2]| {
            let [value_zh, value_en] = value;
            Attribute { key: LocalText::new(key[0], key[1]), value: LocalText::new(value_zh, value_en) }
        };
        let mut attributes = vec![attribute(["规格", "Specification"], [zh.clone(), en.clone()])];
        attributes.push(attribute(["类别", "Range"], [self.trade.zh.clone(), self.trade.en.clone()]));
        if !self.is_service() {
            let years = 1 + pick(&[&self.seed(), "warranty"], 3);
            let english = if years == 1 { "1 year".to_owned() } else { format!("{years} years") };
            attributes.push(attribute(["质保", "Warranty"], [format!("{years} 年"), english]));
        }
        attributes
    }

    fn description(&self, supplier: &DemoOrganization) -> LocalText {
        let [zh, en] = &self.line.variants[self.variant_place];
        if self.is_service() {
            return LocalText::new(
                format!("{}（{zh}）。按双方确认的方案实施，完成后由采购人验收，附工作记录。由{}直接承担，不分包。", self.line.zh, supplier.name.zh),
                format!("{} ({en}). Carried out by an agreed plan and accepted by the buyer, with a record of the work. {} does it itself, without subcontractors.", self.line.en, supplier.name.en),
            );
        }
        let closings: [[&str; 2]; 4] = [
            ["含送货上门和安装调试，附合格证与使用说明。", "Delivered to the door and set up, with certificate and manual."],
            ["原厂正品，附合格证；到货七日内可无理由退换。", "Original goods with certificate; may be returned within seven days of arrival."],
            ["随货附增值税发票与检验报告，可分批送货。", "Comes with VAT invoice and test report; delivery in parts is possible."],
            ["机关、学校和医院常用规格，备有现货。", "A common specification of offices, schools and hospitals, kept in stock."],
        ];
        let closing = closings[usize::try_from(pick(&[&supplier.key, &self.seed(), "closing"], 4)).unwrap_or(0)];
        LocalText::new(format!("{}，规格：{zh}。{}", self.line.zh, closing[0]), format!("{}; specification: {en}. {}", self.line.en, closing[1]))
    }

    fn draft(&self, supplier: &DemoOrganization) -> ItemDraft {
        let seed = self.seed();
        let (least_days, span) = if self.is_service() { (3, 18) } else { (1, 12) };
        ItemDraft {
            number: format!("{}-{:03}{}{}", self.line.model, self.place + 1, self.brand_place + 1, self.variant_place + 1),
            category: Some(self.line.category.clone()),
            name: self.name(),
            description: self.description(supplier),
            brand: if self.is_service() { String::new() } else { self.brand.to_owned() },
            model: if self.is_service() { String::new() } else { self.model() },
            unit: self.line.unit.clone(),
            gtin: self.gtin(),
            attributes: self.attributes(),
            tiers: self.tiers(&supplier.key),
            stock: (!self.is_service()).then(|| 5 + pick(&[&supplier.key, &seed, "stock"], 900)),
            lead_time_days: u16::try_from(least_days + pick(&[&supplier.key, &seed, "lead"], span)).ok(),
            areas: areas(supplier),
            ..ItemDraft::default()
        }
    }
}

/// Larger firms deliver everywhere, small ones in their province and to the capital.
fn areas(supplier: &DemoOrganization) -> Vec<AreaCode> {
    if matches!(supplier.enterprise_size, Some(EnterpriseSize::Large | EnterpriseSize::Medium)) {
        return Vec::new();
    }
    let province = supplier.region_code.get(..2).map(|digits| format!("{digits}0000"));
    province.into_iter().chain(["330000", "510000"].map(str::to_owned)).fold(Vec::new(), |mut areas, code| {
        areas.extend(AreaCode::from_code(&code).filter(|area| !areas.contains(area)));
        areas
    })
}

/// The items in the order of the table: every product at every supplier who sells such things, up to [`ITEMS`].
/// The number says at which of `suppliers` it stands.
///
/// # Panics
/// Never: the table is part of the program, and the tests read it.
pub fn items(suppliers: &[&DemoOrganization]) -> Vec<(usize, ItemDraft)> {
    let table: Table = toml::from_str(include_str!("../../demo/items.toml")).expect("the demo's own table");
    let mut items = Vec::with_capacity(ITEMS + ITEMS / 50);
    for (place, line) in table.lines.iter().enumerate() {
        let trade = table.trades.iter().find(|trade| trade.key == line.trade).expect("a trade of the demo's own table");
        for (brand_place, brand) in table.brands[&line.brands].iter().enumerate() {
            for variant_place in 0..line.variants.len() {
                let product = Product { line, trade, place, brand, brand_place, variant_place };
                let sellers = suppliers.iter().enumerate().filter(|(_, supplier)| supplier.sells_in(&line.category));
                items.extend(sellers.map(|(seller, supplier)| (seller, product.draft(supplier))));
            }
        }
    }
    // The table makes a few more than the market has: what is too many goes evenly, not from the end of the alphabet.
    let spare = items.len().saturating_sub(ITEMS);
    if let Some(every) = items.len().checked_div(spare) {
        let mut place = 0;
        let mut left = spare;
        items.retain(|_| {
            place += 1;
            let goes = left > 0 && place % every == 0;
            left -= usize::from(goes);
            !goes
        });
    }
    items
}

/// Fills the market's catalogue: categories and items on sale. Says how many items there are.
///
/// # Errors
/// When the store does not answer; an item that the domain would refuse is a fault of the table.
pub async fn seed(app: &App, ctx: &Context, suppliers: &[(&DemoOrganization, OrganizationId)]) -> Result<usize> {
    crate::catalogue::category::import(app, ctx, CATEGORIES).await?;
    let described: Vec<&DemoOrganization> = suppliers.iter().map(|(described, _)| *described).collect();
    let now = app.clock().now();
    let mut listed = Vec::with_capacity(ITEMS);
    for (seller, draft) in items(&described) {
        let (supplier, id) = suppliers[seller];
        let at = listed_at(now, &supplier.key, &draft.number);
        let (item, _) = CatalogueItem::create(ctx.new_id(), id, draft.validate()?, at);
        listed.push(item.list(at)?.0);
    }
    let count = listed.len();
    app.store
        .write(ctx, listed, |tx, listed| async move {
            catalogue_item::insert_all(&tx, &listed).await?;
            let mut counts: BTreeMap<OrganizationId, usize> = BTreeMap::new();
            for item in &listed {
                *counts.entry(item.supplier_id).or_default() += 1;
            }
            for (supplier, count) in counts {
                tx.record(Event::new("catalogue.filled", OrganizationId::KIND, supplier.0, Visibility::Public, &count)).await?;
            }
            Ok(())
        })
        .await?;
    Ok(count)
}

/// Some time in the last nine months, in working hours.
fn listed_at(now: DateTime<Utc>, supplier: &str, number: &str) -> DateTime<Utc> {
    let days = 1 + pick(&[supplier, number, "day"], 270);
    let midnight = (now - TimeDelta::days(days)).date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    // From one to nine in UTC: from nine to five in China.
    midnight + TimeDelta::minutes(60 + pick(&[supplier, number, "minute"], 480))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::organizations::organizations;
    use domain::identity::organization::OrganizationKind;
    use std::collections::BTreeSet;

    fn suppliers() -> Vec<DemoOrganization> {
        organizations().into_iter().filter(|organization| organization.kind == OrganizationKind::Supplier).collect()
    }

    #[test]
    fn five_thousand_items_in_more_than_eighty_categories_pass_every_check() {
        let suppliers = suppliers();
        let items = items(&suppliers.iter().collect::<Vec<_>>());
        assert_eq!(items.len(), ITEMS);
        let tree = domain::catalogue::category::CategoryTree::from_csv(CATEGORIES).unwrap();
        let mut numbers = BTreeSet::new();
        let mut categories = BTreeSet::new();
        for (seller, draft) in items {
            assert!(numbers.insert((seller, draft.number.clone())), "{} twice", draft.number);
            let content = draft.validate().unwrap();
            assert!(tree.find(content.category.as_str()).is_ok());
            assert!(!content.name.zh.is_empty() && !content.name.en.is_empty(), "{}", content.number);
            categories.insert(content.category);
        }
        assert!(categories.len() >= 80, "{}", categories.len());
        let sellers: BTreeSet<_> = numbers.iter().map(|(seller, _)| *seller).collect();
        assert_eq!(sellers.len(), 60, "every supplier has something to sell");
    }

    #[test]
    fn the_items_are_the_same_every_time() {
        let suppliers = suppliers();
        let suppliers: Vec<_> = suppliers.iter().collect();
        assert_eq!(items(&suppliers), items(&suppliers));
    }
}
