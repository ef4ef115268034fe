//! Reads the posted form of an item, and finds the fields of what the contract refuses.

use super::own_content::{ItemAttributeInput, ItemContentInput, ItemPictureInput, LocalTextInput, MoneyInput, OnDay, PriceTierInput, places};
use crate::islands::amount::yuan;
use crate::prelude::*;
use crate::schema::StoredFile;
use domain::catalogue::area;
use domain::money::Currency;
use domain::text::refusal;

/// Reads what was posted, and keeps what can't be read and where each row came from.
pub(super) struct Reading<'visit> {
    visit: &'visit Visit,
    errors: Vec<FormError>,
    rows: Vec<(&'static str, Vec<usize>)>,
}

impl<'visit> Reading<'visit> {
    pub(super) fn new(visit: &'visit Visit) -> Self {
        Self { visit, errors: Vec::new(), rows: Vec::new() }
    }

    /// What could not be read.
    pub(super) fn errors(&mut self) -> Vec<FormError> {
        std::mem::take(&mut self.errors)
    }

    /// The content as it was posted, with the pictures that are kept and those that have come.
    pub(super) fn content(&mut self) -> ItemContentInput {
        if self.text("category").is_empty() {
            self.refuse("category", "refusal-required");
        }
        ItemContentInput {
            number: self.text("number"),
            category: self.text("category"),
            name: self.both("name"),
            description: Some(self.both("description")),
            brand: self.text("brand"),
            model: self.text("model"),
            unit: self.text("unit"),
            gtin: self.text("gtin"),
            tiers: self.tiers(),
            stock: self.number("stock"),
            lead_time_days: self.number("leadTimeDays"),
            areas: self.areas(),
            valid_from_on: self.day("validFromOn"),
            valid_until_on: self.day("validUntilOn"),
            attributes: self.attributes(),
            pictures: self.pictures(),
        }
    }

    fn text(&self, name: &str) -> String {
        self.visit.posted(name).unwrap_or_default().to_owned()
    }

    fn both(&self, name: &str) -> LocalTextInput {
        LocalTextInput { zh: self.text(&format!("{name}.zh")), en: self.text(&format!("{name}.en")) }
    }

    fn refuse(&mut self, name: impl Into<String>, key: &str) {
        self.errors.push(FormError::at(name, self.visit.say(key)));
    }

    /// A number that need not be there.
    fn number(&mut self, name: &str) -> Option<i32> {
        let typed = self.visit.posted(name)?;
        let number: Option<i32> = typed.parse().ok();
        if number.is_none() {
            self.refuse(name, "tender-number-wrong");
        }
        number
    }

    /// A day that need not be there.
    fn day(&mut self, name: &str) -> Option<OnDay> {
        let typed = self.visit.posted(name)?;
        let day = typed.parse().ok().map(OnDay);
        if day.is_none() {
            self.refuse(name, "item-day-wrong");
        }
        day
    }

    fn areas(&mut self) -> Vec<String> {
        match area::parse_list(self.visit.posted("areas").unwrap_or_default()) {
            Ok(areas) => areas.iter().map(|area| area.as_str().to_owned()).collect(),
            Err(unknown) => {
                self.errors.push(FormError::at("areas", refusal(self.visit.language(), &unknown)));
                Vec::new()
            }
        }
    }

    /// The rows of a list in which one of `marks` says something.
    fn filled(&mut self, list: &'static str, marks: &[&str]) -> Vec<String> {
        let visit = self.visit;
        let is_filled = |place: &usize| marks.iter().any(|mark| visit.posted(&format!("{list}.{place}.{mark}")).is_some());
        let names = visit.form().iter().map(|(name, _)| name.as_str());
        let rows: Vec<usize> = places(names, list).into_iter().filter(is_filled).collect();
        let names = rows.iter().map(|place| format!("{list}.{place}")).collect();
        self.rows.push((list, rows));
        names
    }

    fn tiers(&mut self) -> Vec<PriceTierInput> {
        let rows = self.filled("tiers", &["leastQuantity", "price"]);
        rows.iter()
            .map(|row| {
                let name = format!("{row}.leastQuantity");
                let is_written = self.visit.posted(&name).is_some();
                let least_quantity = if is_written {
                    self.number(&name).unwrap_or_default()
                } else {
                    self.refuse(name, "refusal-required");
                    0
                };
                PriceTierInput { least_quantity, price: self.price(&format!("{row}.price")) }
            })
            .collect()
    }

    fn price(&mut self, name: &str) -> MoneyInput {
        let currency = Currency::from_code(&self.text("currency")).unwrap_or(Currency::CNY);
        let typed = self.text(name);
        let hundredths = yuan(&typed).map(|money| money.amount_minor);
        let read = match currency.minor_digits() {
            0 => hundredths.filter(|amount| amount % 100 == 0).map(|amount| amount / 100),
            _ => hundredths,
        };
        if read.is_none() {
            self.refuse(name, if typed.is_empty() { "refusal-required" } else { "item-price-wrong" });
        }
        MoneyInput { amount_minor: read.unwrap_or_default(), currency: currency.code().to_owned() }
    }

    fn attributes(&mut self) -> Vec<ItemAttributeInput> {
        let rows = self.filled("attributes", &["key.zh", "key.en", "value.zh", "value.en"]);
        rows.iter().map(|row| ItemAttributeInput { key: self.both(&format!("{row}.key")), value: self.both(&format!("{row}.value")) }).collect()
    }

    /// The pictures of the form that are not ticked to be removed.
    fn pictures(&mut self) -> Vec<ItemPictureInput> {
        let mut rows = self.filled("pictures", &["sha256"]);
        let visit = self.visit;
        let is_removed = |place: usize| visit.posted(&format!("pictures.{place}.removed")).is_some();
        if let Some((_, places)) = self.rows.last_mut() {
            places.retain(|place| !is_removed(*place));
        }
        rows.retain(|row| visit.posted(&format!("{row}.removed")).is_none());
        rows.iter().map(|row| ItemPictureInput { sha256: self.text(&format!("{row}.sha256")), alt: self.both(&format!("{row}.alt")) }).collect()
    }

    /// Adds files that have come to the content: each shows the item until its supplier says more. Gives the fields that
    /// carry them when the form is shown again.
    pub(super) fn add(&mut self, content: &mut ItemContentInput, files: &[StoredFile]) -> Vec<(String, String)> {
        let names = self.visit.form().iter().map(|(name, _)| name.as_str());
        let first = places(names, "pictures").last().map_or(0, |last| last + 1);
        let mut fields = Vec::new();
        for (place, file) in (first..).zip(files) {
            let mut alt = content.name.clone();
            if alt.zh.is_empty() && alt.en.is_empty() {
                alt.zh.clone_from(&file.name);
            }
            let values = [("sha256", &file.sha256), ("alt.zh", &alt.zh), ("alt.en", &alt.en)];
            fields.extend(values.map(|(part, value)| (format!("pictures.{place}.{part}"), value.clone())));
            fields.push((format!("pictures.{place}.fileId"), file.id.inner().to_owned()));
            content.pictures.push(ItemPictureInput { sha256: file.sha256.clone(), alt });
            if let Some((_, places)) = self.rows.iter_mut().find(|(list, _)| *list == "pictures") {
                places.push(place);
            }
        }
        fields
    }

    /// Where the form shows what the contract refuses: it counts the rows that it got, the form has gaps between them.
    pub(super) fn placed(&self, error: UserError) -> FormError {
        let mut path = error.path;
        if path.first().is_some_and(|first| first == "content") {
            path.remove(0);
        }
        if let [list, number, ..] = path.as_mut_slice()
            && let Some((_, places)) = self.rows.iter().find(|(known, _)| list.as_str() == *known)
            && let Some(place) = number.parse().ok().and_then(|number: usize| places.get(number))
        {
            *number = place.to_string();
        }
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let field = match path.as_slice() {
            // Whoever says nothing in either language is led to the first field.
            ["name"] => "name.zh".to_owned(),
            ["attributes", place, part @ ("key" | "value")] => format!("attributes.{place}.{part}.zh"),
            ["pictures", place, "alt"] => format!("pictures.{place}.alt.zh"),
            ["pictures", place, "sha256"] => format!("pictures.{place}"),
            ["tiers", place, "price", ..] => format!("tiers.{place}.price"),
            ["areas", ..] => "areas".to_owned(),
            ["validity"] => "validUntilOn".to_owned(),
            // These are no fields of the form.
            ["itemId" | "version" | "currency", ..] => String::new(),
            _ => path.join("."),
        };
        FormError::at(field, error.message)
    }
}
