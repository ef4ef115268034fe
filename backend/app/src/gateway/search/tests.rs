use super::*;
use chrono::TimeZone;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn item(number: u128, zh: &str, en: &str) -> Document {
    Document {
        kind: Kind::Item,
        id: id(number),
        title: LocalText::new(zh, en),
        body: LocalText::default(),
        codes: vec![format!("HD-{number}")],
        brand: Some("得力 Deli".into()),
        category: CategoryCode::parse("A02010105"),
        organization: Some(id(900)),
        organization_name: LocalText::new("华东办公设备有限公司", "East China Office Equipment Co."),
        enterprise_size: Some(EnterpriseSize::Small),
        price: Some(Money::cny(100_000)),
        status: None,
        published_at: Utc.timestamp_opt(1_700_000_000 + i64::try_from(number).unwrap(), 0).unwrap(),
    }
}

fn stock() -> Vec<Document> {
    vec![
        Document {
            body: LocalText::new("含三年上门服务 <script>alert(1)</script>", ""),
            codes: vec!["E14 Gen 6".into()],
            brand: Some("联想".into()),
            price: Some(Money::cny(522_405)),
            ..item(1, "联想 ThinkPad E14 笔记本电脑", "")
        },
        Document {
            brand: Some("Eppendorf".into()),
            category: CategoryCode::parse("A02100401"),
            price: Some(Money::cny(315_000)),
            enterprise_size: Some(EnterpriseSize::Large),
            organization: Some(id(901)),
            ..item(2, "", "Benchtop centrifuge, 6x50 ml, 6000 rpm")
        },
        Document {
            category: CategoryCode::parse("A05040101"),
            price: Some(Money::cny(13_000)),
            ..item(3, "得力 Ａ４ 80g 复印纸 5包/箱", "A4 copy paper 80 g")
        },
        Document {
            category: CategoryCode::parse("A02061804"),
            codes: vec!["KFR-35GW/N8XHA1".into()],
            brand: Some("美的".into()),
            price: Some(Money::cny(284_102)),
            ..item(4, "美的 1.5匹 壁挂式空调 一级能效", "")
        },
        Document {
            category: CategoryCode::parse("A02010104"),
            price: Some(Money::new(50_000, Currency::USD)),
            ..item(5, "台式计算机 8核", "Desktop computer")
        },
        Document { kind: Kind::Tender, category: None, ..item(6, "实验室离心机采购项目", "Laboratory centrifuges") },
    ]
}

async fn filled() -> EmbeddedSearch {
    let engine = EmbeddedSearch::in_memory().unwrap();
    engine.write(stock().into_iter().map(Change::Put).collect()).await.unwrap();
    engine
}

fn query(text: &str) -> Query {
    Query::new(Kind::Item, text, Language::Chinese)
}

async fn found(engine: &EmbeddedSearch, query: Query) -> Vec<u128> {
    engine.search(query).await.unwrap().hits.into_iter().map(|hit| hit.id.as_u128()).collect()
}

#[tokio::test]
async fn items_are_found_by_chinese_english_and_mixed_words() {
    let engine = filled().await;
    for (text, expected) in [
        ("复印纸", 3), ("空调", 4), ("thinkpad 笔记本", 1), ("ＴｈｉｎｋＰａｄ", 1), ("centrifuges", 2), ("A4 80g", 3), ("80 g paper", 3),
        ("kfr35gw", 4), ("KFR-35GW/N8XHA1", 4), ("壁挂空调", 4), ("6000 rpm", 2),
    ] {
        let hits = found(&engine, query(text)).await;
        assert_eq!(hits.first(), Some(&expected), "{text}: {hits:?}");
    }
    assert_eq!(found(&engine, Query::new(Kind::Tender, "离心机", Language::Chinese)).await, [6]);
    assert!(found(&engine, query("拖拉机")).await.is_empty());
    for wordless in ["???", "%", "\"", "🎉"] {
        assert!(found(&engine, query(wordless)).await.is_empty(), "{wordless} is no word");
    }
    assert!(!found(&engine, query(" ")).await.is_empty(), "no text finds all");
}

#[tokio::test]
async fn a_misspelt_english_word_is_forgiven_only_where_little_is_found() {
    let engine = filled().await;
    for text in ["centrifgue", "centrifuge", "centrifuje", "centrfuge", "centrifugge"] {
        let answer = engine.search(query(text)).await.unwrap();
        assert_eq!(answer.hits.first().map(|hit| hit.id), Some(id(2)), "{text}");
        assert_eq!(answer.is_corrected, text != "centrifuge", "{text}");
        assert!(answer.hits[0].title.iter().any(|fragment| fragment.is_match && fragment.text == "centrifuge"), "{text}");
    }
    assert!(found(&engine, query("cemtrifgue")).await.is_empty(), "two mistakes are another word");
}

#[tokio::test]
async fn words_are_found_while_they_are_typed() {
    let engine = filled().await;
    assert_eq!(found(&engine, query("centri")).await, [2]);
    assert_eq!(found(&engine, query("美的 壁")).await, [4]);
    assert_eq!(found(&engine, query("E14")).await.first(), Some(&1));
    assert!(found(&engine, query("centri ")).await.is_empty(), "a blank ends the word");
}

#[tokio::test]
async fn words_that_mean_the_same_find_the_same() {
    let engine = filled().await;
    for text in ["laptop", "laptops", "便携式计算机", "手提电脑"] {
        assert_eq!(found(&engine, query(text)).await, [1], "{text}");
    }
    assert_eq!(found(&engine, query("air conditioner")).await, [4]);
    assert_eq!(found(&engine, query("台式机")).await, [5]);
}

fn count(counts: &[FacetCount], value: &str) -> u64 {
    counts.iter().find(|count| count.value == value).map_or(0, |count| count.count)
}

#[tokio::test]
async fn values_are_counted_by_kind_and_a_filter_leaves_its_own_kind_whole() {
    let engine = filled().await;
    let all = engine.search(query("")).await.unwrap();
    assert_eq!(all.total, 5);
    assert_eq!(count(&all.facets.categories, "A"), 5);
    assert_eq!(count(&all.facets.categories, "A02010100"), 2);
    assert_eq!(count(&all.facets.price_bands, "1000-5000"), 2);
    assert_eq!(all.facets.price_bands.iter().map(|count| count.count).sum::<u64>(), 4, "dollars are in no band");
    assert_eq!(count(&all.facets.enterprise_sizes, "large"), 1);
    let mut narrowed = query("");
    narrowed.filters.brands = vec!["美的".into(), "联想".into()];
    let answer = engine.search(narrowed).await.unwrap();
    assert_eq!(answer.total, 2);
    assert_eq!(count(&answer.facets.brands, "Eppendorf"), 1, "other brands can still be chosen");
    assert_eq!(count(&answer.facets.categories, "A02100401"), 0);
}

#[tokio::test]
async fn every_filter_narrows() {
    let engine = filled().await;
    let with = |change: fn(&mut Filters)| {
        let mut query = query("");
        query.sort = Sort::PriceAscending;
        change(&mut query.filters);
        query
    };
    for (query, expected) in [
        (with(|filters| filters.categories = CategoryCode::parse("A0201").into_iter().collect()), &[1, 5][..]),
        (with(|filters| filters.organizations = vec![id(901)]), &[2]),
        (with(|filters| filters.price_bands = vec!["100-500".into()]), &[3]),
        (with(|filters| filters.enterprise_sizes = vec![EnterpriseSize::Large]), &[2]),
        (with(|filters| (filters.price_from_minor, filters.price_to_minor) = (Some(200_000), Some(320_000))), &[4, 2]),
        (with(|filters| filters.statuses = vec!["open".into()]), &[]),
    ] {
        assert_eq!(found(&engine, query.clone()).await, expected, "{:?}", query.filters);
    }
}

#[tokio::test]
async fn hits_are_sorted_and_paged() {
    let engine = filled().await;
    let sorted = |sort, language| Query { sort, ..Query::new(Kind::Item, "", language) };
    assert_eq!(found(&engine, sorted(Sort::PriceAscending, Language::Chinese)).await, [3, 4, 2, 1, 5]);
    assert_eq!(found(&engine, sorted(Sort::PriceDescending, Language::Chinese)).await, [1, 2, 4, 3, 5]);
    assert_eq!(found(&engine, sorted(Sort::Newest, Language::Chinese)).await, [5, 4, 3, 2, 1]);
    // Latin first, then 得, 联, 美, 台 by pinyin.
    assert_eq!(found(&engine, sorted(Sort::Name, Language::Chinese)).await, [2, 3, 1, 4, 5]);
    assert_eq!(found(&engine, sorted(Sort::Name, Language::English)).await[..3], [3, 2, 5]);
    let page = Query { offset: 2, limit: 2, ..sorted(Sort::Newest, Language::Chinese) };
    assert_eq!(found(&engine, page).await, [3, 2]);
    let far = Query { offset: usize::MAX, limit: usize::MAX, ..query("") };
    assert!(found(&engine, far).await.is_empty());
}

#[tokio::test]
async fn fragments_are_the_text_as_it_stands_with_matches_marked_and_no_markup_of_ours() {
    let engine = filled().await;
    let answer = engine.search(query("上门服务")).await.unwrap();
    let whole: String = answer.hits[0].body.iter().map(|fragment| fragment.text.as_str()).collect();
    assert_eq!(whole, "含三年上门服务 <script>alert(1)</script>");
    let marked: String = answer.hits[0].body.iter().filter(|fragment| fragment.is_match).map(|fragment| fragment.text.as_str()).collect();
    assert_eq!(marked, "上门服务");
    let answer = engine.search(query("a4")).await.unwrap();
    assert!(answer.hits[0].title.contains(&Fragment { text: "Ａ４".into(), is_match: true }), "{:?}", answer.hits[0].title);
}

#[tokio::test]
async fn what_is_removed_or_replaced_is_not_found_any_more() {
    let engine = filled().await;
    engine.write(vec![Change::Remove(Kind::Item, id(2)), Change::Put(item(3, "订书机", "Stapler"))]).await.unwrap();
    assert!(found(&engine, query("centrifuge")).await.is_empty());
    assert!(found(&engine, query("复印纸")).await.is_empty());
    assert_eq!(found(&engine, query("订书机")).await, [3]);
    assert_eq!(found(&engine, Query::new(Kind::Tender, "centrifuge", Language::English)).await, [6]);
    engine.write(vec![Change::Put(item(3, "订书机", "Stapler"))]).await.unwrap();
    assert_eq!(engine.search(query("")).await.unwrap().total, 4, "the same change twice is one");
}

#[tokio::test]
async fn no_text_is_a_command_and_none_breaks_the_engine() {
    let engine = filled().await;
    let long = "复印纸 ".repeat(10_000);
    for text in [
        "title:复印纸", "* OR *", "\"", "((((", "a AND NOT b", "brand:[a TO z]", "复印纸^99", "~~", "\\", "\u{202e}复印纸", "\0", "?", "<script>",
        "a*b*c*d*", "{\"match_all\":{}}", "' OR 1=1 --", "🦀", "\u{1f468}\u{200d}\u{1f469}", long.as_str(), "ﷺ", "é",
    ] {
        let answer = engine.search(query(text)).await.unwrap();
        assert!(answer.total <= 5, "{text}");
    }
    assert_eq!(engine.search(query("* OR *")).await.unwrap().total, 0);
}

#[tokio::test]
async fn an_index_outlives_the_process_and_is_swapped_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let engine = EmbeddedSearch::open(folder.path()).unwrap();
    assert!(engine.needs_rebuild().await);
    engine.begin_rebuild().await.unwrap();
    engine.add_to_rebuild(stock()).await.unwrap();
    assert!(found(&engine, query("空调")).await.is_empty(), "the new index doesn't answer yet");
    engine.finish_rebuild().await.unwrap();
    assert_eq!(found(&engine, query("空调")).await, [4]);
    drop(engine);
    let engine = EmbeddedSearch::open(folder.path()).unwrap();
    assert!(!engine.needs_rebuild().await);
    assert_eq!(found(&engine, query("空调")).await, [4]);
    // A rebuild reads old rows while newer ones are written.
    engine.begin_rebuild().await.unwrap();
    engine.write(vec![Change::Put(item(4, "订书机", "")), Change::Remove(Kind::Item, id(1))]).await.unwrap();
    engine.add_to_rebuild(stock()).await.unwrap();
    engine.finish_rebuild().await.unwrap();
    assert!(found(&engine, query("空调")).await.is_empty());
    assert!(found(&engine, query("laptop")).await.is_empty());
    assert_eq!(found(&engine, query("订书机")).await, [4]);
    let folders = std::fs::read_dir(folder.path()).unwrap().flatten().filter(|entry| entry.path().is_dir()).count();
    assert_eq!(folders, 1, "the old index is gone");
    assert!(engine.finish_rebuild().await.is_err(), "nothing was begun");
}

#[tokio::test]
async fn an_index_of_another_shape_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("v0-1")).unwrap();
    std::fs::write(folder.path().join("current"), "v0-1").unwrap();
    let engine = EmbeddedSearch::open(folder.path()).unwrap();
    assert!(engine.needs_rebuild().await);
    assert!(!folder.path().join("v0-1").exists());
    std::fs::write(folder.path().join("current"), "../../etc").unwrap();
    drop(engine);
    assert!(EmbeddedSearch::open(folder.path()).unwrap().needs_rebuild().await);
}
