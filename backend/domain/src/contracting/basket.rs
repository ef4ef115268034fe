//! The basket: items of the catalogue that a buyer collects, by supplier, until it orders.
//!
//! A line keeps the price that the buyer saw. When the catalogue says another price since, the buyer is told and
//! accepts it or leaves it: nobody orders at a price that they have not seen.

use super::placement::{ORDER_LINES_MOST, OrderedItem};
use super::quantities::{QUANTITY_MOST, check_quantity};
use crate::catalogue::catalogue_item::CatalogueItem;
use crate::ident::{BasketId, CatalogueItemId, OrganizationId, UserId};
use crate::language::LocalText;
use crate::money::{Currency, Money};
use crate::refusal::{Code, Refusal, Refusals};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The most lines of a basket.
pub const BASKET_LINES_MOST: usize = ORDER_LINES_MOST;

/// Judges whether `quantity` of an item can be bought today, and at which price for one.
///
/// # Errors
/// `OUT_OF_RANGE` (also below the least quantity of its price tiers), `NOT_ON_OFFER`, `STOCK_TOO_LOW`.
pub fn quote(item: &CatalogueItem, quantity: i64, today: NaiveDate) -> Result<Money, Refusal> {
    let quantity = check_quantity(quantity)?;
    if !item.is_on_sale(today) {
        return Err(Refusal::new(Code::NotOnOffer));
    }
    if let Some(stock) = item.content.stock.filter(|stock| *stock < quantity) {
        return Err(Refusal::new(Code::StockTooLow).with("stock", stock));
    }
    item.content.price_for(quantity).ok_or_else(|| {
        let least = item.content.tiers.first().map_or(QUANTITY_MOST, |tier| tier.least_quantity);
        Refusal::new(Code::OutOfRange).with("least", least).with("most", QUANTITY_MOST)
    })
}

/// One line of a basket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketLine {
    /// The item.
    pub item: CatalogueItemId,
    /// Who sells it.
    pub supplier: OrganizationId,
    /// Its name when it was put in.
    pub name: LocalText,
    /// Its unit when it was put in.
    pub unit: String,
    /// How many.
    pub quantity: i64,
    /// The price for one that the buyer has seen.
    pub unit_price: Money,
    /// When it was put in.
    pub added_at: DateTime<Utc>,
}

/// A person's basket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basket {
    /// Its number.
    pub id: BasketId,
    /// Counts its changes.
    pub version: i64,
    /// For whom.
    pub buyer: OrganizationId,
    /// Whose.
    pub keeper: UserId,
    /// What is in it, each item once, in the order of putting in.
    pub lines: Vec<BasketLine>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// The lines of one supplier in one currency: what becomes one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasketGroup<'basket> {
    /// Who sells.
    pub supplier: OrganizationId,
    /// In which currency.
    pub currency: Currency,
    /// What.
    pub lines: Vec<&'basket BasketLine>,
    /// The sum, or `None` when it is larger than amounts may be.
    pub total: Option<Money>,
}

/// What has changed about a line since the buyer saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    /// The line's item.
    pub item: CatalogueItemId,
    /// What: `PRICE_CHANGED`, `NOT_ON_OFFER`, `STOCK_TOO_LOW` or `OUT_OF_RANGE`, at `lines.INDEX`.
    pub refusal: Refusal,
}

impl Basket {
    /// An empty basket.
    pub const fn new(id: BasketId, buyer: OrganizationId, keeper: UserId, now: DateTime<Utc>) -> Self {
        Self { id, version: 1, buyer, keeper, lines: Vec::new(), changed_at: now }
    }

    /// Puts `quantity` in. More of an item that is in already joins its line; the tier follows the sum.
    ///
    /// # Errors
    /// `BASKET_FULL` past [`BASKET_LINES_MOST`] lines, and what [`quote`] says.
    pub fn add(mut self, item: &CatalogueItem, quantity: i64, today: NaiveDate, now: DateTime<Utc>) -> Result<Self, Refusal> {
        check_quantity(quantity).map_err(|refusal| refusal.under("quantity"))?;
        if let Some(line) = self.lines.iter().find(|line| line.item == item.id) {
            let together = line.quantity.saturating_add(quantity);
            return self.change(item, together, today, now);
        }
        if self.lines.len() >= BASKET_LINES_MOST {
            return Err(Refusal::new(Code::BasketFull).with("most", BASKET_LINES_MOST));
        }
        let unit_price = quote(item, quantity, today).map_err(|refusal| refusal.under("quantity"))?;
        self.lines.push(BasketLine {
            item: item.id,
            supplier: item.supplier_id,
            name: item.content.name.clone(),
            unit: item.content.unit.clone(),
            quantity,
            unit_price,
            added_at: now,
        });
        self.changed_at = now;
        Ok(self)
    }

    /// Changes the quantity of an item; the buyer sees the price that the catalogue says now.
    ///
    /// # Errors
    /// `NOT_FOUND` when it is not in the basket, and what [`quote`] says.
    pub fn change(mut self, item: &CatalogueItem, quantity: i64, today: NaiveDate, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let unit_price = quote(item, quantity, today).map_err(|refusal| refusal.under("quantity"))?;
        let line = self.lines.iter_mut().find(|line| line.item == item.id).ok_or(Refusal::new(Code::NotFound))?;
        line.quantity = quantity;
        line.unit_price = unit_price;
        self.changed_at = now;
        Ok(self)
    }

    /// Takes an item out.
    ///
    /// # Errors
    /// `NOT_FOUND` when it is not in the basket.
    pub fn remove(mut self, item: CatalogueItemId, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let before = self.lines.len();
        self.lines.retain(|line| line.item != item);
        if self.lines.len() == before {
            return Err(Refusal::new(Code::NotFound));
        }
        self.changed_at = now;
        Ok(self)
    }

    /// The lines by supplier and currency, in the order in which the suppliers came in.
    pub fn groups(&self) -> Vec<BasketGroup<'_>> {
        let mut groups: Vec<BasketGroup<'_>> = Vec::new();
        for line in &self.lines {
            let currency = line.unit_price.currency;
            let price = line.unit_price.times(line.quantity);
            match groups.iter_mut().find(|group| group.supplier == line.supplier && group.currency == currency) {
                Some(group) => {
                    group.lines.push(line);
                    group.total = group.total.zip(price).and_then(|(sum, price)| sum.plus(price));
                }
                None => groups.push(BasketGroup { supplier: line.supplier, currency, lines: vec![line], total: price }),
            }
        }
        groups
    }

    /// What has changed since the buyer saw it. `items` are those of the basket as they are now; one that is missing is gone.
    pub fn changes(&self, items: &[CatalogueItem], today: NaiveDate) -> Vec<LineChange> {
        let lines = self.lines.iter().enumerate();
        lines
            .filter_map(|(index, line)| {
                let refusal = line_now(line, items, today).err()?;
                Some(LineChange { item: line.item, refusal: refusal.under(&format!("lines.{index}")) })
            })
            .collect()
    }

    /// The buyer accepts the prices that the catalogue says now. Lines that can't be bought stay as they are.
    #[must_use]
    pub fn accept_prices(mut self, items: &[CatalogueItem], today: NaiveDate, now: DateTime<Utc>) -> Self {
        for line in &mut self.lines {
            let item = items.iter().find(|item| item.id == line.item);
            if let Some(Ok(price)) = item.map(|item| quote(item, line.quantity, today)) {
                line.unit_price = price;
            }
        }
        self.changed_at = now;
        self
    }

    /// Takes out the lines of one supplier and currency to order them to `place` (GB/T 2260), and leaves the rest.
    ///
    /// # Errors
    /// `NOTHING_TO_ORDER`, `NOT_DELIVERED_THERE`, and everything that [`Basket::changes`] finds among these lines, all at once.
    pub fn check_out(
        mut self,
        (supplier, currency): (OrganizationId, Currency),
        place: &str,
        items: &[CatalogueItem],
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<OrderedItem>), Refusals> {
        let mut refusals = Refusals::default();
        let mut ordered = Vec::new();
        let mut rest = Vec::new();
        for (index, line) in self.lines.into_iter().enumerate() {
            if line.supplier != supplier || line.unit_price.currency != currency {
                rest.push(line);
                continue;
            }
            let goes_there = items.iter().all(|item| item.id != line.item || item.content.is_delivered_to(place));
            let checked = line_now(&line, items, today).and_then(|price| {
                if goes_there { Ok(price) } else { Err(Refusal::new(Code::NotDeliveredThere)) }
            });
            if let Some(unit_price) = refusals.take(&format!("lines.{index}"), checked) {
                let BasketLine { item, name, unit, quantity, .. } = line;
                ordered.push(OrderedItem { item, name, unit, unit_price, quantity });
            }
        }
        refusals.into_result()?;
        if ordered.is_empty() {
            return Err(Refusal::new(Code::NothingToOrder).into());
        }
        self.lines = rest;
        self.changed_at = now;
        Ok((self, ordered))
    }
}

/// The price of a line today, if it is the one that the buyer has seen.
fn line_now(line: &BasketLine, items: &[CatalogueItem], today: NaiveDate) -> Result<Money, Refusal> {
    let item = items.iter().find(|item| item.id == line.item).ok_or(Refusal::new(Code::NotOnOffer))?;
    let price = quote(item, line.quantity, today)?;
    if price == line.unit_price {
        Ok(price)
    } else {
        Err(Refusal::new(Code::PriceChanged).with("was", line.unit_price).with("is", price))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::catalogue_item::{ItemContent, ItemDraft, Validity};
    use crate::catalogue::category::CategoryCode;
    use crate::catalogue::price_tier::PriceTier;
    use crate::catalogue::area::AreaCode;
    use uuid::Uuid;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
    const PLACE: &str = "330106";
    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();

    fn content(tiers: &[(i64, i64)]) -> ItemContent {
        let tiers = tiers.iter().map(|(from, fen)| PriceTier { least_quantity: *from, price: Money::cny(*fen) }).collect();
        let draft = ItemDraft {
            number: "CH-1".into(),
            category: CategoryCode::parse("A05010301"),
            name: LocalText::new("办公椅", "Office chair"),
            unit: "把".into(),
            tiers,
            ..ItemDraft::default()
        };
        draft.validate().unwrap()
    }

    fn offer(item: u128, supplier: u128, tiers: &[(i64, i64)]) -> CatalogueItem {
        let (item, supplier) = (Uuid::from_u128(item).into(), Uuid::from_u128(supplier).into());
        CatalogueItem::create(item, supplier, content(tiers), NOW).0.list(NOW).unwrap().0
    }

    fn empty() -> Basket {
        Basket::new(BasketId(Uuid::nil()), OrganizationId(Uuid::nil()), UserId(Uuid::nil()), NOW)
    }

    #[test]
    fn the_price_follows_the_quantity() {
        let chair = offer(1, 9, &[(1, 30_000), (10, 28_000), (100, 25_000)]);
        let prices = [1, 9, 10, 99, 100, 5000].map(|quantity| quote(&chair, quantity, TODAY).unwrap().amount_minor);
        assert_eq!(prices, [30_000, 30_000, 28_000, 28_000, 25_000, 25_000]);
        let basket = empty().add(&chair, 6, TODAY, NOW).unwrap().add(&chair, 4, TODAY, NOW).unwrap();
        assert_eq!((basket.lines.len(), basket.lines[0].quantity), (1, 10));
        assert_eq!(basket.lines[0].unit_price, Money::cny(28_000));
        assert_eq!(basket.groups()[0].total, Some(Money::cny(280_000)));
    }

    #[test]
    fn a_quantity_below_the_lowest_tier_is_told_its_least() {
        let refusal = empty().add(&offer(1, 9, &[(5, 100)]), 4, TODAY, NOW).unwrap_err();
        assert_eq!((refusal.code, refusal.path.join(".")), (Code::OutOfRange, "quantity".into()));
        assert_eq!(refusal.facts["least"], 5_i64.into());
    }

    #[test]
    fn lines_are_grouped_by_supplier_and_currency() {
        let mut dollars = offer(3, 9, &[(1, 100)]);
        dollars.content.tiers = vec![PriceTier { least_quantity: 1, price: Money::new(100, Currency::USD) }];
        let offers = [offer(1, 9, &[(1, 100)]), offer(2, 8, &[(1, 50)]), dollars, offer(4, 9, &[(1, 7)])];
        let basket = offers.iter().try_fold(empty(), |basket, offer| basket.add(offer, 2, TODAY, NOW)).unwrap();
        let sizes: Vec<_> = basket.groups().iter().map(|group| (group.lines.len(), group.total.unwrap())).collect();
        assert_eq!(sizes, [(2, Money::cny(214)), (1, Money::cny(100)), (1, Money::new(200, Currency::USD))]);

        let supplier = offers[0].supplier_id;
        let (rest, items) = basket.check_out((supplier, Currency::CNY), PLACE, &offers, TODAY, NOW).unwrap();
        assert_eq!((rest.lines.len(), items.len()), (2, 2));
        let nothing = rest.check_out((supplier, Currency::EUR), PLACE, &offers, TODAY, NOW).unwrap_err();
        assert_eq!(nothing.0[0].code, Code::NothingToOrder);
    }

    #[test]
    fn whatever_changed_since_is_told_and_never_ordered_unseen() {
        let mut offers = [offer(1, 9, &[(1, 100)]), offer(2, 9, &[(1, 100)]), offer(3, 9, &[(1, 100)]), offer(4, 9, &[(1, 100)])];
        let basket = offers.iter().try_fold(empty(), |basket, offer| basket.add(offer, 3, TODAY, NOW)).unwrap();
        assert!(basket.changes(&offers, TODAY).is_empty());
        offers[0].content = content(&[(1, 101)]);
        offers[1] = offers[1].clone().suspend("停产", NOW).unwrap().0;
        offers[2].content.stock = Some(2);
        offers[3].content.validity = Validity { from_on: None, until_on: TODAY.pred_opt() };
        let codes: Vec<_> = basket.changes(&offers, TODAY).into_iter().map(|change| change.refusal.code).collect();
        assert_eq!(codes, [Code::PriceChanged, Code::NotOnOffer, Code::StockTooLow, Code::NotOnOffer]);
        let refusals = basket.clone().check_out((offers[0].supplier_id, Currency::CNY), PLACE, &offers, TODAY, NOW).unwrap_err();
        assert_eq!(refusals.0.len(), 4);
        assert_eq!(refusals.0[2].path, ["lines", "2"]);

        let accepted = basket.accept_prices(&offers, TODAY, NOW);
        assert_eq!(accepted.lines[0].unit_price, Money::cny(101));
        assert_eq!(accepted.changes(&offers, TODAY).len(), 3);
    }

    #[test]
    fn limits_are_kept() {
        let full = (0..BASKET_LINES_MOST as u128)
            .try_fold(empty(), |basket, item| basket.add(&offer(item, 9, &[(1, 1)]), 1, TODAY, NOW))
            .unwrap();
        assert_eq!(full.clone().add(&offer(999, 9, &[(1, 1)]), 1, TODAY, NOW).unwrap_err().code, Code::BasketFull);
        let first = offer(0, 9, &[(1, 1)]);
        assert_eq!(full.clone().add(&first, 1_000_000, TODAY, NOW).unwrap_err().code, Code::OutOfRange);
        assert_eq!(full.clone().add(&first, i64::MAX, TODAY, NOW).unwrap_err().code, Code::OutOfRange);
        let full = full.change(&first, 1_000_000, TODAY, NOW).unwrap();
        let less = full.remove(first.id, NOW).unwrap();
        assert_eq!(less.clone().remove(first.id, NOW).unwrap_err().code, Code::NotFound);
        assert_eq!(less.change(&first, 2, TODAY, NOW).unwrap_err().code, Code::NotFound);
    }

    #[test]
    fn goods_are_not_ordered_to_where_their_supplier_does_not_deliver() {
        let mut local = offer(1, 9, &[(1, 100)]);
        local.content.areas = vec![AreaCode::from_code("510100").unwrap()];
        let basket = empty().add(&local, 1, TODAY, NOW).unwrap();
        let group = (local.supplier_id, Currency::CNY);
        let items = [local];
        let refusals = basket.clone().check_out(group, PLACE, &items, TODAY, NOW).unwrap_err();
        assert_eq!((refusals.0[0].code, refusals.0[0].path.join(".")), (Code::NotDeliveredThere, "lines.0".into()));
        assert!(basket.check_out(group, "510104", &items, TODAY, NOW).is_ok());
    }
}
