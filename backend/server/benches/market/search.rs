//! Search in the process, with facets, over a fixed set of queries as people type them.

use crate::load::{millis, percentile};
use crate::table::{Row, Table};
use app::App;
use app::catalogue::catalogue_item::{ItemFilter, ItemKey, ItemSort, items};
use app::catalogue::category;
use app::gateway::search::{Document, EmbeddedSearch, Kind, Query, SearchEngine as _};
use app::identity::organization::organizations;
use domain::catalogue::catalogue_item::CatalogueItem;
use domain::ident::OrganizationId;
use domain::identity::organization::Organization;
use domain::language::{Language, LocalText};
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Chinese, English, mixed, as far as it is typed, misspelt, a code; and nothing, which finds all.
const QUERIES: [(&str, &str); 24] = [
    ("Chinese", "笔记本电脑"),
    ("Chinese", "办公椅"),
    ("Chinese", "打印纸"),
    ("Chinese", "显微镜"),
    ("Chinese", "丁腈手套"),
    ("Chinese", "空调"),
    ("Chinese", "彩色激光打印机"),
    ("mixed", "A4 打印纸"),
    ("mixed", "16GB 笔记本"),
    ("English", "laptop computer"),
    ("English", "office chair"),
    ("English", "printer"),
    ("English", "gloves"),
    ("English", "microscope"),
    ("English", "laser printer colour"),
    ("prefix", "lap"),
    ("prefix", "micro"),
    ("prefix", "笔记"),
    ("prefix", "打"),
    ("typo", "lapotp"),
    ("typo", "microscpe"),
    ("typo", "prnter"),
    ("typo", "ofice chiar"),
    ("all", ""),
];
/// How often the set is asked.
const ROUNDS: usize = 40;
/// How many documents are handed over at once.
const BATCH: usize = 2_000;

/// The demonstration's items as documents.
pub async fn documents(app: &App) -> Vec<Document> {
    let ctx = app.platform_context();
    let tree = category::tree(app, &ctx).await.expect("categories");
    let (mut documents, mut after) = (Vec::new(), None);
    loop {
        let page = items(app, &ctx, &ItemFilter::default(), ItemSort::Newest, after.as_ref(), 500).await.expect("items");
        let Some(last) = page.last() else { return documents };
        after = Some(ItemKey::of(last, ItemSort::Newest));
        let ids: Vec<OrganizationId> = page.iter().map(|item| item.supplier_id).collect();
        let suppliers: HashMap<_, _> = organizations(app, &ctx, &ids).await.expect("suppliers").into_iter().map(|found| (found.id, found)).collect();
        documents.extend(page.iter().filter_map(|item| {
            let category = tree.get(&item.content.category).map(|category| category.name.clone()).unwrap_or_default();
            Some(document(item, suppliers.get(&item.supplier_id)?, &category))
        }));
    }
}

fn document(item: &CatalogueItem, supplier: &Organization, category: &LocalText) -> Document {
    let content = &item.content;
    Document {
        kind: Kind::Item,
        id: item.id.0,
        title: content.name.clone(),
        body: LocalText::new(
            format!("{}\n{}", content.description.zh, category.zh),
            format!("{}\n{}", content.description.en, category.en),
        ),
        codes: vec![content.number.clone(), content.model.clone()],
        brand: Some(content.brand.clone()),
        category: Some(content.category.clone()),
        organization: Some(item.supplier_id.0),
        organization_name: supplier.name.clone(),
        enterprise_size: supplier.enterprise_size,
        price: Some(content.list_price()),
        status: None,
        published_at: item.changed_at,
    }
}

/// So many documents: each of these again and again, with a number, a code and a price of its own.
fn copies(originals: &[Document], wanted: usize) -> impl Iterator<Item = Document> {
    originals.iter().cycle().take(wanted).enumerate().map(|(place, original)| {
        let mut copy = original.clone();
        let edition = place / originals.len();
        if edition > 0 {
            copy.id = Uuid::from_u128(original.id.as_u128().wrapping_add(place as u128));
            copy.title.zh = format!("{} {edition}型", copy.title.zh);
            copy.title.en = format!("{}, edition {edition}", copy.title.en);
            copy.codes = copy.codes.iter().map(|code| format!("{code}-{edition}")).collect();
        }
        copy
    })
}

/// Measures an index of so many items.
pub async fn run(originals: &[Document], wanted: usize, folder: &Path, table: &mut Table) {
    let engine = EmbeddedSearch::open(&folder.join(format!("index-{wanted}"))).expect("an index");
    let begun = Instant::now();
    engine.begin_rebuild().await.expect("an index");
    let mut batch = Vec::with_capacity(BATCH);
    for document in copies(originals, wanted) {
        batch.push(document);
        if batch.len() == BATCH {
            engine.add_to_rebuild(std::mem::take(&mut batch)).await.expect("is written");
        }
    }
    engine.add_to_rebuild(batch).await.expect("is written");
    engine.finish_rebuild().await.expect("answers");
    println!("{wanted} items indexed in {:.1} s", begun.elapsed().as_secs_f64());

    let mut times: HashMap<&str, Vec<Duration>> = HashMap::new();
    let mut totals = HashMap::new();
    for round in 0..=ROUNDS {
        for (place, (kind, text)) in QUERIES.iter().enumerate() {
            let language = if place % 2 == 0 { Language::Chinese } else { Language::English };
            let asked = Instant::now();
            let answer = engine.search(Query::new(Kind::Item, *text, language)).await.expect("an answer");
            let took = asked.elapsed();
            // The first round warms up.
            if round > 0 {
                times.entry(kind).or_default().push(took);
                times.entry("together").or_default().push(took);
            }
            totals.insert(*text, answer.total);
        }
    }
    for (kind, text) in QUERIES {
        assert!(totals[text] > 0, "{kind} «{text}» finds nothing");
    }
    let mut kinds: Vec<_> = times.into_iter().collect();
    kinds.sort_by_key(|(kind, _)| (*kind == "together", *kind));
    for (kind, mut times) in kinds {
        times.sort_unstable();
        let [half, most, nearly_all] = [50, 95, 99].map(|hundredth| percentile(&times, hundredth));
        let measured = format!("p50 {}, p95 {}, p99 {}", millis(half), millis(most), millis(nearly_all));
        let is_aim = kind == "together";
        table.add(Row {
            what: format!("search, {wanted} items, {kind}"),
            measured,
            ratio: None,
            aim: if is_aim { "p95 ≤ 3 ms".to_owned() } else { String::new() },
            holds: is_aim.then_some(most <= Duration::from_millis(3)),
        });
    }
}
