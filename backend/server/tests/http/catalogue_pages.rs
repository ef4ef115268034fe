//! A supplier's own items on pages: added, changed and shown, without any script.

use crate::Server;
use crate::pages::{Reader, hidden, location};
use reqwest::StatusCode;

/// As far as a picture is told by its first bytes.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
/// What the seller says, two tiers with an empty row between them.
const CHAIR: [(&str, &str); 11] = [
    ("number", "FZ-01"), ("name.zh", "办公椅"), ("name.en", "Office chair"), ("category", "A05010200"), ("unit", "把"),
    ("currency", "CNY"), ("tiers.0.leastQuantity", "1"), ("tiers.0.price", "1,280.50"), ("tiers.2.leastQuantity", "10"),
    ("tiers.2.price", "1200"), ("areas", "Zhejiang, Chengdu"),
];

/// A server that knows the category of the chair.
async fn start() -> Server {
    let server = Server::start().await;
    let categories = include_str!("../../../app/demo/categories.csv");
    app::catalogue::category::import(&server.app, &server.app.platform_context(), categories).await.unwrap();
    server
}

/// The form with other values in some fields.
fn with<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = CHAIR.into_iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    kept.chain(changed.iter().copied()).collect()
}

async fn refused(answer: reqwest::Response) -> String {
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    answer.text().await.unwrap()
}

/// The address of the item that the seller has added, with one picture.
async fn added(seller: &Reader<'_>) -> String {
    let picture = ("pictures", "chair.png", PNG);
    location(&seller.send_file("/catalogue/new", &with(&[("do", "save")]), picture).await)
}

/// The address of the first picture of a page.
fn picture(page: &str) -> String {
    let source = page.split("src=\"/files/").nth(1).unwrap_or_else(|| panic!("no picture: {page}"));
    format!("/files/{}", source.split('"').next().unwrap())
}

#[tokio::test]
async fn a_seller_adds_an_item_with_tiers_and_a_picture() {
    let server = start().await;
    let seller = Reader::newcomer(&server, "zhao", "SUPPLIER", 2).await;
    let buyer = Reader::newcomer(&server, "wang", "BUYER", 1).await;
    assert_eq!(buyer.get("/catalogue/new").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(location(&Reader::nobody(&server).get("/catalogue/new").await), "/sign-in");
    assert!(seller.page("/catalogue").await.contains("href=\"/catalogue/new\""));
    let text = seller.send_file("/catalogue/new", &with(&[]), ("pictures", "chair.txt", b"a chair")).await;
    let text = refused(text).await;
    assert!(text.contains("href=\"#field-pictures\"") && text.contains("chair.txt"), "{text}");
    let wrong = seller.send_file("/catalogue/new", &with(&[("gtin", "123")]), ("pictures", "chair.png", PNG)).await;
    let wrong = refused(wrong).await;
    assert!(wrong.contains("href=\"#field-gtin\"") && wrong.contains("value=\"123\"") && wrong.contains("value=\"1,280.50\""), "{wrong}");
    // The picture that has come need not be chosen again.
    let (hash, file) = (hidden(&wrong, "pictures.0.sha256"), hidden(&wrong, "pictures.0.fileId"));
    picture(&wrong);
    let carried = [("pictures.0.sha256", hash.as_str()), ("pictures.0.fileId", file.as_str()), ("pictures.0.alt.zh", "一把椅子")];
    let here = location(&seller.send_file("/catalogue/new", &with(&carried), ("pictures", "", b"")).await);
    let list = seller.page("/catalogue").await;
    assert!(list.contains("FZ-01") && list.contains("Office chair") && list.contains("¥1,280.50") && list.contains(&here), "{list}");
    let again = refused(seller.post("/catalogue/new", &with(&[])).await).await;
    assert!(again.contains("href=\"#field-number\""), "its number is taken: {again}");
    let edit = format!("{here}/edit");
    assert!(seller.page(&here).await.contains(&edit));
    let page = seller.page(&edit).await;
    for word in ["value=\"1,280.50\"", "value=\"1,200.00\"", "value=\"一把椅子\"", "value=\"Zhejiang, Chengdu\"", "Save and put on sale"] {
        assert!(page.contains(word), "{word} is missing: {page}");
    }
    let shown = picture(&page);
    let public = Reader::nobody(&server);
    assert_eq!(public.get(&shown).await.status(), StatusCode::NOT_FOUND, "a draft's picture is its supplier's own");
    let version = hidden(&page, "version");
    let listed = [&carried[..], &[("version", version.as_str()), ("do", "list")]].concat();
    assert_eq!(location(&seller.post(&edit, &with(&listed)).await), here);
    let offer = public.page(&here.replace("/catalogue/", "/items/")).await;
    assert_eq!(public.get(&picture(&offer)).await.status(), StatusCode::OK);
    let page = seller.page(&edit).await;
    assert!(!page.contains("Save and put on sale"), "it is on sale");
    let version = hidden(&page, "version");
    let removed = [&carried[..], &[("version", version.as_str()), ("pictures.0.removed", "true")]].concat();
    assert_eq!(location(&seller.post(&edit, &with(&removed)).await), here);
    assert!(!seller.page(&edit).await.contains("src=\"/files/"));
}

#[tokio::test]
async fn what_is_wrong_with_an_item_is_told_at_its_field_and_nothing_typed_is_lost() {
    let server = start().await;
    let seller = Reader::newcomer(&server, "zhao", "SUPPLIER", 2).await;
    let edit = format!("{}/edit", added(&seller).await);
    let version = hidden(&seller.page(&edit).await, "version");
    let typed = [("version", version.as_str()), ("name.en", "Desk chair"), ("tiers.0.price", "much")];
    let page = refused(seller.post(&edit, &with(&typed)).await).await;
    for word in ["href=\"#field-tiers-0-price\"", "id=\"field-tiers-0-price-error\"", "value=\"much\"", "value=\"Desk chair\"", "at most two decimals"] {
        assert!(page.contains(word), "{word} is missing: {page}");
    }
    let nothing = refused(seller.post(&edit, &with(&[("version", &version), ("tiers.0.price", "0")])).await).await;
    assert!(nothing.contains("href=\"#field-tiers-0-price\"") && nothing.contains("value=\"0\""), "{nothing}");
    // The contract counts two rows; the form shows what is wrong in its third.
    let fewer = refused(seller.post(&edit, &with(&[("version", &version), ("tiers.2.leastQuantity", "1")])).await).await;
    assert!(fewer.contains("href=\"#field-tiers-2-leastQuantity\"") && fewer.contains("id=\"field-tiers-2-leastQuantity-error\""), "{fewer}");
    let nowhere = refused(seller.post(&edit, &with(&[("version", &version), ("areas", "Atlantis")])).await).await;
    assert!(nowhere.contains("href=\"#field-areas\"") && nowhere.contains("value=\"Atlantis\""), "{nowhere}");
    let cheaper = [("version", version.as_str()), ("tiers.0.price", "1199")];
    assert_eq!(format!("{}/edit", location(&seller.post(&edit, &with(&cheaper)).await)), edit);
    assert!(seller.page("/catalogue").await.contains("¥1,199.00"));
    let late = refused(seller.post(&edit, &with(&[("version", &version), ("tiers.0.price", "1250")])).await).await;
    for word in ["has changed since you opened", "There now", "1,199.00", "value=\"1250\""] {
        assert!(late.contains(word), "{word} is missing: {late}");
    }
    let next = hidden(&late, "version");
    assert_ne!(next, version, "saving again replaces theirs knowingly");
    assert_eq!(seller.post(&edit, &with(&[("version", &next), ("tiers.0.price", "1250")])).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_item_is_changed_by_sellers_of_its_own_supplier_only() {
    let server = start().await;
    let seller = Reader::newcomer(&server, "zhao", "SUPPLIER", 2).await;
    let rival = Reader::newcomer(&server, "qian", "SUPPLIER", 3).await;
    let buyer = Reader::newcomer(&server, "wang", "BUYER", 1).await;
    let here = added(&seller).await;
    let edit = format!("{here}/edit");
    let check = async || {
        assert_eq!(rival.get(&edit).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(rival.post(&edit, &with(&[("tiers.0.price", "1")])).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(buyer.get(&edit).await.status(), StatusCode::FORBIDDEN);
        assert_eq!(location(&Reader::nobody(&server).get(&edit).await), "/sign-in");
    };
    check().await;
    assert_eq!(location(&seller.post(&here, &[("do", "list")]).await), here);
    check().await;
    assert!(!rival.page(&here).await.contains(&edit), "what leads to a refusal is not offered");
    assert!(seller.page("/catalogue").await.contains("¥1,280.50"));
}
