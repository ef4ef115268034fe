//! The form of an own item: every field of its content, its rows and its pictures.

use super::own_content::{Written, places};
use crate::prelude::*;
use crate::schema::StoredFile;
use domain::catalogue::price_tier::TIERS_MOST;
use domain::money::Currency;

/// The largest picture that the marketplace takes, as its configuration ships.
const PICTURE_MOST_MB: i64 = 20;
/// The kinds of pictures that every browser shows.
pub(super) const PICTURE_KINDS: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];
/// The fewest rows of prices.
const TIERS_FEWEST: usize = 3;
/// Empty rows behind the filled ones.
const BLANK_TIERS: usize = 1;
/// Empty attributes behind the filled ones.
const BLANK_ATTRIBUTES: usize = 2;

/// A category to choose.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Category {
    code: String,
    name: Words,
}

/// All fields. The number of an item that is there can't change.
pub(super) fn fields(written: &Written, is_new: bool, categories: &[Category], files: &[StoredFile]) -> AnyView {
    let number = if is_new {
        view! { <Field name="number" label=say("item-field-number") help=say("item-number-help") width="short"/> }.into_any()
    } else {
        fixed_number(written.get("number"))
    };
    view! {
        <h2>{say("item-part-what")}</h2>
        {number}
        {what(written, categories)}
        <h2 id=field_id("tiers") tabindex="-1">{say("item-field-tiers")}</h2>
        {group_error("tiers")}
        {tiers(written)}
        <h2>{say("item-field-pictures")}</h2>
        {pictures(written, files)}
        <h2>{say("item-part-supply")}</h2>
        {supply(written)}
        <h2 id=field_id("attributes") tabindex="-1">{say("item-field-attributes")}</h2>
        {group_error("attributes")}
        {attributes(written)}
    }
    .into_any()
}

fn fixed_number(number: String) -> AnyView {
    let id = field_id("number");
    view! {
        <div class="field" id=id tabindex="-1">
            <p class="item-number"><strong>{say("item-field-number")}</strong> " " {number.clone()}</p>
            <p class="help">{say("item-number-kept")}</p>
            <input type="hidden" name="number" value=number/>
            {group_error("number")}
        </div>
    }
    .into_any()
}

/// What is wrong with a whole list or row, which no control of its own shows.
fn group_error(name: &str) -> Option<impl IntoView + use<>> {
    let visit = visit();
    let message = visit.errors().iter().find(|error| error.field == name).map(|error| error.message.clone())?;
    Some(view! { <p class="field-error"><span class="hidden">{say("error-word")} ": "</span>{message}</p> })
}

fn what(written: &Written, categories: &[Category]) -> AnyView {
    let visit = visit();
    let picks = categories.iter().map(|one| Pick::new(one.code.clone(), format!("{} {}", one.code, visit.local(&one.name)))).collect();
    view! {
        <Field name="name.zh" label=say("item-name-zh") value=written.get("name.zh") lang="zh-CN"/>
        <Field name="name.en" label=say("item-name-en") value=written.get("name.en") lang="en" optional=true/>
        <Select name="category" label=say("item-field-category") picks value=written.get("category")/>
        <TextArea name="description.zh" label=say("item-description-zh") value=written.get("description.zh") lang="zh-CN" rows=4 optional=true/>
        <TextArea name="description.en" label=say("item-description-en") value=written.get("description.en") lang="en" rows=3 optional=true/>
        <div class="item-pair">
            <Field name="brand" label=say("item-field-brand") value=written.get("brand") optional=true/>
            <Field name="model" label=say("item-field-model") value=written.get("model") optional=true/>
        </div>
        <div class="item-pair">
            <Field name="unit" label=say("item-field-unit") help=say("item-unit-help") value=written.get("unit")/>
            <Field name="gtin" label=say("item-field-gtin") help=say("item-gtin-help") value=written.get("gtin") inputmode="numeric" optional=true/>
        </div>
    }
    .into_any()
}

/// How many rows to draw: the posted ones, or the stored ones and some more.
fn rows(written: &Written, list: &str, fewest: usize, blank: usize) -> usize {
    let visit = visit();
    if visit.is_again() {
        let names = visit.form().iter().map(|(name, _)| name.as_str());
        // A form from elsewhere may name any place.
        return places(names, list).last().map_or(fewest, |last| (last + 1).clamp(fewest, 100));
    }
    fewest.max(written.rows(list) + blank)
}

fn row(list: &str, place: usize, legend: &str, fields: AnyView) -> AnyView {
    let legend = say_with(legend, facts([("number", (place + 1).into())]));
    let name = format!("{list}.{place}");
    view! { <fieldset class="draft-row" id=field_id(&name) tabindex="-1"><legend>{legend}</legend>{group_error(&name)}{fields}</fieldset> }.into_any()
}

fn tiers(written: &Written) -> AnyView {
    let currency = Currency::from_code(&written.get("currency")).unwrap_or(Currency::CNY);
    let told = if currency == Currency::CNY { say("item-currency-yuan") } else { currency.code().to_owned() };
    let price_label = say_with("item-tier-price", facts([("currency", told.into())]));
    let count = rows(written, "tiers", TIERS_FEWEST, BLANK_TIERS).min(TIERS_MOST);
    let fields = (0..count).map(|place| {
        let (quantity, price) = (format!("tiers.{place}.leastQuantity"), format!("tiers.{place}.price"));
        let (least, amount) = (written.get(&quantity), written.get(&price));
        let further = place > 0;
        let fields = view! {
            <div class="item-pair">
                <Field name=quantity label=say("item-tier-quantity") value=least inputmode="numeric" width="narrow" optional=further/>
                <Field name=price label=price_label.clone() value=amount inputmode="decimal" width="short" optional=further/>
            </div>
        };
        row("tiers", place, "item-tier", fields.into_any())
    });
    let fields = fields.collect_view();
    view! {
        <p class="help">{say("item-tiers-help")}</p>
        <input type="hidden" name="currency" value=currency.code().to_owned()/>
        {fields}
    }
    .into_any()
}

/// The present pictures, each with what it shows and a way to be taken off, and a field for more.
fn pictures(written: &Written, files: &[StoredFile]) -> AnyView {
    let visit = visit();
    let posted = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let value = |name: String| if visit.is_again() { posted(&name) } else { written.get(&name) };
    let present = (0..rows(written, "pictures", 0, 0)).filter_map(|place| {
        let (hash, id) = (value(format!("pictures.{place}.sha256")), value(format!("pictures.{place}.fileId")));
        if hash.is_empty() {
            return None;
        }
        let alts = ["zh", "en"].map(|language| value(format!("pictures.{place}.alt.{language}")));
        Some(row("pictures", place, "item-picture", picture(place, (hash, id), alts, files)))
    });
    let present: Vec<AnyView> = present.collect();
    let none = present.is_empty().then(|| view! { <p>{say("item-pictures-none")}</p> });
    view! {
        {none}
        {present}
        <FileField name="pictures" label=say("item-pictures-add") help=say("item-pictures-help") accept=PICTURE_KINDS.join(",") most_mb=PICTURE_MOST_MB many=true optional=true/>
    }
    .into_any()
}

fn picture(place: usize, (hash, id): (String, String), [zh, en]: [String; 2], files: &[StoredFile]) -> AnyView {
    let visit = visit();
    let name = |part: &str| format!("pictures.{place}.{part}");
    let alt = visit.local(&Words { zh: zh.clone(), en: en.clone() }).to_owned();
    let image = match files.iter().find(|file| file.id.inner() == id) {
        Some(file) => view! { <img class="item-picture" src=file.address.clone() alt=alt width="160" height="120"/> }.into_any(),
        None => view! { <p class="help">{say("item-picture-lost")}</p> }.into_any(),
    };
    let is_removed = visit.is_again() && visit.posted(&name("removed")).is_some();
    view! {
        {image}
        <input type="hidden" name=name("sha256") value=hash/>
        <input type="hidden" name=name("fileId") value=id/>
        <Field name=name("alt.zh") label=say("item-picture-alt-zh") value=zh lang="zh-CN"/>
        <Field name=name("alt.en") label=say("item-picture-alt-en") value=en lang="en" optional=true/>
        <Tick name=name("removed") label=say("item-picture-remove") ticked=is_removed/>
    }
    .into_any()
}

fn supply(written: &Written) -> AnyView {
    view! {
        <div class="item-pair">
            <Field name="stock" label=say("item-field-stock") help=say("item-stock-help") value=written.get("stock") inputmode="numeric" width="short" optional=true/>
            <Field name="leadTimeDays" label=say("item-field-lead-time-days") help=say("item-lead-help") value=written.get("leadTimeDays") inputmode="numeric" width="short" optional=true/>
        </div>
        <Field name="areas" label=say("item-field-areas") help=say("item-areas-help") value=written.get("areas") optional=true/>
        <div class="item-pair">
            <Field name="validFromOn" label=say("item-valid-from") kind="date" width="short" value=written.get("validFromOn") optional=true/>
            <Field name="validUntilOn" label=say("item-valid-until") kind="date" width="short" value=written.get("validUntilOn") optional=true/>
        </div>
    }
    .into_any()
}

fn attributes(written: &Written) -> AnyView {
    let fields = (0..rows(written, "attributes", BLANK_ATTRIBUTES, BLANK_ATTRIBUTES)).map(|place| {
        let field = |part: &str, key: &str, lang: &'static str| {
            let name = format!("attributes.{place}.{part}");
            let value = written.get(&name);
            view! { <Field name label=say(key) value lang optional=true/> }
        };
        let fields = view! {
            <div class="item-pair">
                {field("key.zh", "item-attribute-key-zh", "zh-CN")}
                {field("value.zh", "item-attribute-value-zh", "zh-CN")}
                {field("key.en", "item-attribute-key-en", "en")}
                {field("value.en", "item-attribute-value-en", "en")}
            </div>
        };
        row("attributes", place, "item-attribute", fields.into_any())
    });
    let fields = fields.collect_view();
    view! { <p class="help">{say("item-attributes-help")}</p> {fields} }.into_any()
}

/// Where the stored item and what was posted differ, when the item has changed meanwhile: nothing is lost, and whoever
/// saves next knows what that replaces.
pub(super) fn differences(written: &Written) -> Option<AnyView> {
    let visit = visit();
    let typed = |name: &str| visit.posted(name).unwrap_or_default().to_owned();
    let (theirs, yours) = (written.rows("pictures"), posted_pictures(&visit));
    let mut names: Vec<&str> = visit.form().iter().map(|(name, _)| name.as_str()).chain(written.names()).collect();
    names.sort_unstable();
    names.dedup();
    let is_field = |name: &&str| !name.starts_with("pictures") && !matches!(*name, "do" | "version" | "currency" | "number");
    let same = |name: &str| typed(name) == written.get(name).trim() || plain(name, &typed(name)) == plain(name, &written.get(name));
    let differing = names.into_iter().filter(is_field).filter(|name| !same(name));
    let mut lines: Vec<(String, String, String)> = differing.map(|name| (label(name), written.get(name), typed(name))).collect();
    if theirs != yours {
        let told = |count: usize| say_with("item-overtaken-pictures", facts([("count", count.into())]));
        lines.push((say("item-field-pictures"), told(theirs), told(yours)));
    }
    let said = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    let rows = lines.into_iter().map(|(what, theirs, yours)| {
        view! { <tr><th scope="row">{what}</th><td>{said(theirs)}</td><td>{said(yours)}</td></tr> }
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    let columns = ["item-overtaken-what", "item-overtaken-theirs", "item-overtaken-yours"].map(|key| Column::new(say(key)));
    let notice = view! {
        <Notice tone=Tone::Warning title=say("item-overtaken")><p>{say("item-overtaken-next")}</p></Notice>
        <Table caption=say("item-overtaken-differences") columns=columns.into()>{rows}</Table>
    };
    Some(notice.into_any())
}

fn posted_pictures(visit: &Visit) -> usize {
    let is_kept = |place: &usize| {
        visit.posted(&format!("pictures.{place}.sha256")).is_some() && visit.posted(&format!("pictures.{place}.removed")).is_none()
    };
    places(visit.form().iter().map(|(name, _)| name.as_str()), "pictures").iter().filter(|place| is_kept(place)).count()
}

/// Prices are the same however their digits are grouped, and lines however they end.
fn plain(name: &str, text: &str) -> String {
    if name.rsplit('.').next() == Some("price") { text.replace([',', ' '], "") } else { text.replace('\r', "") }
}

/// What a field is called where no row stands round it.
fn label(name: &str) -> String {
    let numbered = |key: &str, place: &str| say_with(key, facts([("number", (place.parse().unwrap_or(0_usize) + 1).into())]));
    match name.split('.').collect::<Vec<_>>().as_slice() {
        ["tiers", place, part] => {
            let part = if *part == "price" { say("item-unit-price") } else { say("item-tier-quantity") };
            format!("{} · {part}", numbered("item-tier", place))
        }
        ["attributes", place, part, language] => format!("{} · {}", numbered("item-attribute", place), say(&format!("item-attribute-{part}-{language}"))),
        [part @ ("name" | "description"), language] => say(&format!("item-{part}-{language}")),
        ["leadTimeDays"] => say("item-field-lead-time-days"),
        ["validFromOn"] => say("item-valid-from"),
        ["validUntilOn"] => say("item-valid-until"),
        _ => say(&format!("item-field-{name}")),
    }
}
