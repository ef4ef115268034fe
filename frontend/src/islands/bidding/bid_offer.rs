//! What a bidder has written so far, weighed against what the tender asks: how far each task is, what is missing, what
//! is doubtful, and the content that is sealed. Pure, so that it is tested without a browser.

use crate::islands::amount::yuan;
use domain::money::{Currency, Money};
use domain::ident::OrganizationId;
use domain::oversight::file::is_name_taken;
use domain::identity::organization::EnterpriseSize;
use domain::tendering::bid::{BidContent, DeclaredPaper, PaperFile, RequirementAnswer};
use domain::tendering::enterprise_share::basis_points;
use domain::tendering::subcontract::{Subcontract, judge};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values of the controls by their names. A group of radio buttons has the value of the chosen one, a file field
/// the name of its file; what is empty is left out.
pub type Fields = BTreeMap<String, String>;

/// The chosen value where a requirement is met.
pub const MET: &str = "met";
/// The chosen value where it is not.
pub const NOT_MET: &str = "not-met";

/// What the tender asks of a bid, in the reader's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// The version of the documents that this page shows.
    pub document_version: u32,
    /// The currency of budget and price.
    pub currency: Currency,
    /// The budget, which is the ceiling of prices.
    pub budget_minor: i64,
    /// The requirements in order.
    pub requirements: Vec<AskedRequirement>,
    /// The papers in order; those of the other members of a consortium come behind the bidder's own.
    pub papers: Vec<AskedPaper>,
    /// Whether bidders declare how much of their cost is of products made at home.
    #[serde(default)]
    pub asks_domestic_cost: bool,
    /// The places, from 0, of items of which green ones are preferred, with their names.
    #[serde(default)]
    pub green: Vec<(u32, String)>,
    /// How many lines there are for what is left to others; none where nothing may be.
    #[serde(default)]
    pub subcontracts: usize,
}

/// A requirement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AskedRequirement {
    /// What.
    pub text: String,
    /// ★: whether a bid that does not meet it is invalid.
    pub is_essential: bool,
}

/// A paper.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AskedPaper {
    /// Its key in the tender's list.
    pub key: String,
    /// Whose it is, of the other members of a consortium; nothing for the bidder's own.
    #[serde(default)]
    pub member: Option<OrganizationId>,
    /// Its name.
    pub name: String,
    /// Whether a bidder without it fails to qualify.
    pub is_obligatory: bool,
}

/// The name of the control that says whether a requirement is met.
pub fn met_name(place: usize) -> String {
    format!("answers.{place}.met")
}

/// The name of the control that says how.
pub fn answer_name(place: usize) -> String {
    format!("answers.{place}.text")
}

/// The name of the control with the words about a paper.
pub fn note_name(place: usize) -> String {
    format!("papers.{place}.note")
}

/// The name of the control that takes a paper itself.
pub fn file_name(place: usize) -> String {
    format!("papers.{place}.file")
}

/// The name of the control that takes the share of domestic products in the cost, in percent.
pub const DOMESTIC_COST: &str = "domesticCostPercent";

/// The name of the control that says that a certificate is held for a preferred item.
pub fn green_name(place: u32) -> String {
    format!("green.{place}")
}

/// The name of a control of what is left to others.
pub fn subcontract_name(place: usize, field: &str) -> String {
    format!("subcontracts.{place}.{field}")
}

/// The papers that are attached, by their places in the tender's list.
pub type Files = BTreeMap<usize, PaperFile>;

/// A task of the bidder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Answer every requirement.
    Requirements,
    /// Show every paper.
    Papers,
    /// Describe what is offered.
    Offer,
    /// Name the price.
    Price,
}

impl Task {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Requirements, Self::Papers, Self::Offer, Self::Price];

    /// The id of its section.
    pub const fn section(self) -> &'static str {
        match self {
            Self::Requirements => "bid-requirements",
            Self::Papers => "bid-papers",
            Self::Offer => "bid-offer",
            Self::Price => "bid-price",
        }
    }
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How much of it is done.
    pub done: usize,
    /// How much there is to do.
    pub of: usize,
}

impl Progress {
    /// Whether nothing is left.
    pub const fn is_done(self) -> bool {
        self.done >= self.of
    }
}

/// What keeps a bid from being sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A requirement has no answer.
    Requirement(usize),
    /// Nothing is said of a paper without which nobody qualifies.
    Paper(usize),
    /// The file of a paper is of a kind that nobody could open after the opening.
    PaperKind(usize),
    /// What is said of something that is left to others is not whole, or not right.
    Subcontract(usize),
    /// Nothing is said of what is offered.
    Offer,
    /// The price is no amount above zero.
    Price,
    /// The share of domestic products is no whole number from 0 to 100.
    DomesticCost,
}

impl Lack {
    /// The name of the control where it is mended.
    pub fn control(self) -> String {
        match self {
            Self::Requirement(place) => met_name(place),
            Self::Paper(place) => note_name(place),
            Self::PaperKind(place) => file_name(place),
            Self::Subcontract(place) => subcontract_name(place, "name"),
            Self::Offer => "technical".to_owned(),
            Self::Price => "price".to_owned(),
            Self::DomesticCost => DOMESTIC_COST.to_owned(),
        }
    }
}

/// What may be sealed, but will cost the bidder the award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// An essential requirement is not met: the bid will be invalid.
    EssentialNotMet(usize),
    /// The price is above the budget: the bid will be invalid.
    AboveBudget,
}

fn filled<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
}

impl Asked {
    /// How far a task is.
    pub fn progress(&self, task: Task, fields: &Fields) -> Progress {
        let lacks = self.lacks(fields);
        let missing = lacks.iter().filter(|lack| lack.task() == task).count();
        let of = match task {
            Task::Requirements => self.requirements.len(),
            Task::Papers => self.papers.iter().filter(|paper| paper.is_obligatory).count(),
            Task::Offer | Task::Price => 1,
        };
        // A file of a wrong kind may belong to a paper that nobody has to show.
        Progress { done: of.saturating_sub(missing), of }
    }

    /// Everything that keeps the bid from being sealed, in the order of the page.
    pub fn lacks(&self, fields: &Fields) -> Vec<Lack> {
        let requirements = (0..self.requirements.len()).filter(|place| filled(fields, &met_name(*place)).is_none());
        let papers = self.papers.iter().enumerate();
        let is_shown = |place: usize| [note_name(place), file_name(place)].iter().any(|name| filled(fields, name).is_some());
        let papers = papers.filter(|(place, paper)| paper.is_obligatory && !is_shown(*place));
        let offer = filled(fields, "technical").is_none().then_some(Lack::Offer);
        let price = self.price(fields).is_none().then_some(Lack::Price);
        let has_wrong_kind = |place: &usize| filled(fields, &file_name(*place)).is_some_and(|name| !is_name_taken(name));
        let kinds = (0..self.papers.len()).filter(has_wrong_kind).map(Lack::PaperKind);
        let places = requirements.map(Lack::Requirement).chain(papers.map(|(place, _)| Lack::Paper(place))).chain(kinds);
        let is_wrong = filled(fields, DOMESTIC_COST).is_some() && self.domestic_cost_percent(fields).is_none();
        let domestic = is_wrong.then_some(Lack::DomesticCost);
        places.chain(offer).chain(domestic).chain(self.wrong_subcontracts(fields)).chain(price).collect()
    }

    /// What is left to others as far as it is written, by the lines of the form.
    pub fn subcontracts(&self, fields: &Fields) -> Vec<(usize, Subcontract)> {
        let line = |place: usize| {
            let text = |field: &str| filled(fields, &subcontract_name(place, field)).unwrap_or_default().to_owned();
            let is_written = ["name", "creditCode", "size", "share", "part"].iter().any(|field| !text(field).is_empty());
            let subcontract = || Subcontract {
                name: text("name"),
                credit_code: text("creditCode"),
                size: EnterpriseSize::from_name(&text("size")),
                share_basis_points: basis_points(&text("share")).map_or(0, i64::from),
                part: text("part"),
            };
            is_written.then(|| (place, subcontract()))
        };
        (0..self.subcontracts).filter_map(line).collect()
    }

    fn wrong_subcontracts(&self, fields: &Fields) -> Vec<Lack> {
        let (places, declared): (Vec<usize>, Vec<Subcontract>) = self.subcontracts(fields).into_iter().unzip();
        let judged = places.into_iter().zip(judge(&declared, true, &[]));
        judged.filter(|(_, one)| !one.faults.is_empty()).map(|(place, _)| Lack::Subcontract(place)).collect()
    }

    /// What the bidder should think of once more.
    pub fn doubts(&self, fields: &Fields) -> Vec<Doubt> {
        let requirements = self.requirements.iter().enumerate();
        let not_met = requirements.filter(|(place, one)| one.is_essential && filled(fields, &met_name(*place)) == Some(NOT_MET));
        let above = self.price(fields).filter(|price| price.amount_minor > self.budget_minor);
        not_met.map(|(place, _)| Doubt::EssentialNotMet(place)).chain(above.map(|_| Doubt::AboveBudget)).collect()
    }

    /// The share of domestic products in the cost, if it is asked for and what is typed is one.
    pub fn domestic_cost_percent(&self, fields: &Fields) -> Option<i64> {
        let typed = filled(fields, DOMESTIC_COST).filter(|_| self.asks_domestic_cost)?;
        typed.trim_end_matches('%').trim_end().parse().ok().filter(|percent| (0..=100).contains(percent))
    }

    /// The price, if what is typed is one.
    pub fn price(&self, fields: &Fields) -> Option<Money> {
        let hundredths = yuan(filled(fields, "price")?)?.amount_minor;
        let minor = match self.currency.minor_digits() {
            0 if hundredths % 100 == 0 => hundredths / 100,
            2 => hundredths,
            _ => return None,
        };
        (1..=Money::MOST_MINOR).contains(&minor).then_some(Money::new(minor, self.currency))
    }

    /// The content to seal; nothing without a price.
    pub fn content(&self, fields: &Fields, mut files: Files) -> Option<BidContent> {
        let text = |name: &str| filled(fields, name).unwrap_or_default().to_owned();
        let answer = |place: usize| {
            let met = filled(fields, &met_name(place))?;
            Some(RequirementAnswer { requirement: place, is_met: met == MET, text: text(&answer_name(place)) })
        };
        let paper = |(place, paper): (usize, &AskedPaper)| {
            let (note, file) = (text(&note_name(place)), files.remove(&place));
            let is_shown = file.is_some() || !note.is_empty();
            is_shown.then(|| DeclaredPaper { key: paper.key.clone(), member: paper.member, note, file })
        };
        Some(BidContent {
            price: self.price(fields)?,
            answers: (0..self.requirements.len()).filter_map(answer).collect(),
            papers: self.papers.iter().enumerate().filter_map(paper).collect(),
            technical: text("technical"),
            brand: text("brand"),
            domestic_cost_percent: self.domestic_cost_percent(fields),
            green_items: self.green.iter().map(|(place, _)| *place).filter(|place| filled(fields, &green_name(*place)).is_some()).collect(),
            subcontracts: self.subcontracts(fields).into_iter().map(|(_, one)| one).collect(),
        })
    }
}

impl Lack {
    const fn task(self) -> Task {
        match self {
            Self::Requirement(_) => Task::Requirements,
            Self::Paper(_) | Self::PaperKind(_) => Task::Papers,
            Self::Offer | Self::DomesticCost | Self::Subcontract(_) => Task::Offer,
            Self::Price => Task::Price,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        let requirement = |is_essential| AskedRequirement { text: "阻燃".to_owned(), is_essential };
        let paper = |key: &str, is_obligatory| AskedPaper { key: key.to_owned(), member: None, name: key.to_owned(), is_obligatory };
        Asked {
            document_version: 1,
            currency: Currency::CNY,
            budget_minor: 10_000_000,
            requirements: vec![requirement(true), requirement(false)],
            papers: vec![paper("licence", true), paper("iso", false)],
            asks_domestic_cost: true,
            green: vec![(0, "空调".to_owned()), (3, "灯具".to_owned())],
            subcontracts: 0,
        }
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn whole() -> Fields {
        fields(&[
            ("answers.0.met", MET),
            ("answers.0.text", "B1"),
            ("answers.1.met", NOT_MET),
            ("papers.0.note", "营业执照副本"),
            ("technical", "实木"),
            ("brand", "华美"),
            ("price", "¥ 99,999.5"),
        ])
    }

    #[test]
    fn an_empty_draft_lacks_everything_and_says_where() {
        let controls: Vec<_> = asked().lacks(&Fields::new()).into_iter().map(Lack::control).collect();
        assert_eq!(controls, ["answers.0.met", "answers.1.met", "papers.0.note", "technical", "price"]);
        let progress: Vec<_> = Task::ALL.iter().map(|task| asked().progress(*task, &Fields::new())).collect();
        assert_eq!(progress.iter().map(|one| (one.done, one.of)).collect::<Vec<_>>(), [(0, 2), (0, 1), (0, 1), (0, 1)]);
    }

    #[test]
    fn a_whole_draft_lacks_nothing_and_becomes_the_content_that_the_opening_reads() {
        let (asked, fields) = (asked(), whole());
        assert!(asked.lacks(&fields).is_empty() && asked.doubts(&fields).is_empty());
        assert!(Task::ALL.iter().all(|task| asked.progress(*task, &fields).is_done()));
        let content = asked.content(&fields, Files::new()).unwrap();
        let read = BidContent::read(&serde_json::to_vec(&content).unwrap(), Money::cny(1).currency).unwrap();
        assert_eq!((&read, read.price), (&content, Money::cny(9_999_950)));
        assert_eq!((read.answers[0].is_met, read.answers[1].is_met), (true, false));
        assert_eq!(read.papers.len(), 1, "nothing is said of the other");
    }

    #[test]
    fn a_paper_is_shown_by_words_or_by_a_file_which_travels_inside_the_bid() {
        let (asked, mut fields) = (asked(), whole());
        fields.remove("papers.0.note");
        assert_eq!(asked.lacks(&fields), [Lack::Paper(0)]);
        fields.insert("papers.0.file".to_owned(), "执照.pdf".to_owned());
        assert!(asked.lacks(&fields).is_empty());
        for unread in ["执照.exe", "执照"] {
            fields.insert("papers.0.file".to_owned(), unread.to_owned());
            assert_eq!(asked.lacks(&fields), [Lack::PaperKind(0)], "{unread}");
            assert_eq!(asked.progress(Task::Papers, &fields).done, 0);
        }
        fields.insert("papers.0.file".to_owned(), "执照.pdf".to_owned());
        let file = PaperFile { name: "执照.pdf".to_owned(), content: "JVBERi0=".to_owned(), kept: None };
        let content = asked.content(&fields, Files::from([(0, file.clone())])).unwrap();
        let read = BidContent::read(&serde_json::to_vec(&content).unwrap(), Money::cny(1).currency).unwrap();
        assert_eq!(read.papers, [DeclaredPaper { key: "licence".to_owned(), member: None, note: String::new(), file: Some(file) }]);
    }

    #[test]
    fn what_is_left_to_others_is_sealed_once_every_line_that_is_written_is_whole() {
        let (asked, mut fields) = (Asked { subcontracts: 2, ..asked() }, whole());
        assert!(asked.lacks(&fields).is_empty(), "nothing needs to be left to others");
        fields.insert("subcontracts.1.name".to_owned(), "某某安装公司".to_owned());
        assert_eq!(asked.lacks(&fields), [Lack::Subcontract(1)]);
        let rest = [("creditCode", "91350100M000100Y43"), ("size", "small"), ("share", "30%"), ("part", "安装")];
        fields.extend(rest.map(|(field, value)| (subcontract_name(1, field), value.to_owned())));
        assert!(asked.lacks(&fields).is_empty());
        let sealed = asked.content(&fields, Files::new()).unwrap().subcontracts;
        assert_eq!(sealed.iter().map(|one| (one.size, one.share_basis_points)).collect::<Vec<_>>(), [(Some(EnterpriseSize::Small), 3000)]);
        fields.insert(subcontract_name(1, "share"), "100".to_owned());
        assert_eq!(asked.lacks(&fields), [Lack::Subcontract(1)], "who leaves all to others does nothing");
    }

    #[test]
    fn a_members_paper_is_sealed_under_its_number() {
        let member: Option<OrganizationId> = "00000000-0000-0000-0000-000000000007".parse().ok();
        let papers = vec![AskedPaper { key: "licence".to_owned(), member, name: "执照".to_owned(), is_obligatory: true }];
        let content = Asked { papers, ..asked() }.content(&whole(), Files::new()).unwrap();
        assert!(member.is_some() && content.papers[0].member == member);
    }

    #[test]
    fn what_would_make_the_bid_invalid_is_told_before_it_is_sealed() {
        let mut fields = whole();
        fields.insert("answers.0.met".to_owned(), NOT_MET.to_owned());
        fields.insert("price".to_owned(), "100000.01".to_owned());
        assert_eq!(asked().doubts(&fields), [Doubt::EssentialNotMet(0), Doubt::AboveBudget]);
        assert!(asked().lacks(&fields).is_empty(), "it may be sealed all the same");
    }

    #[test]
    fn certificates_are_declared_for_preferred_items_alone() {
        let ticked = Fields::from_iter(whole().into_iter().chain([0, 1, 3].map(|place| (green_name(place), "yes".to_owned()))));
        assert_eq!(asked().content(&ticked, Files::new()).unwrap().green_items, [0, 3]);
        assert!(asked().content(&whole(), Files::new()).unwrap().green_items.is_empty());
    }

    #[test]
    fn the_share_of_domestic_products_is_a_whole_percentage_or_nothing() {
        let typed = |text: &str| Fields::from_iter(whole().into_iter().chain([(DOMESTIC_COST.to_owned(), text.to_owned())]));
        for (text, percent) in [("85", Some(85)), ("100 %", Some(100)), ("0", Some(0))] {
            assert_eq!(asked().content(&typed(text), Files::new()).unwrap().domestic_cost_percent, percent, "{text}");
        }
        for text in ["101", "-1", "most", "85.5"] {
            assert_eq!(asked().lacks(&typed(text)), [Lack::DomesticCost], "{text}");
            assert_eq!(asked().progress(Task::Offer, &typed(text)).done, 0);
        }
        assert_eq!(asked().content(&whole(), Files::new()).unwrap().domestic_cost_percent, None, "nothing is declared");
        let unasked = Asked { asks_domestic_cost: false, ..asked() };
        assert_eq!(unasked.content(&typed("85"), Files::new()).unwrap().domestic_cost_percent, None, "a draft from before the rules were known");
    }

    #[test]
    fn a_price_is_an_amount_above_zero_in_the_currency_of_the_tender() {
        for (typed, currency, minor) in [
            ("12.34", "CNY", Some(1234)),
            ("0", "CNY", None),
            ("-5", "CNY", None),
            ("12.345", "CNY", None),
            ("twelve", "CNY", None),
            ("9999999999999", "CNY", Some(999_999_999_999_900)),
            ("12", "JPY", Some(12)),
            ("12.5", "JPY", None),
        ] {
            let asked = Asked { currency: Currency::from_code(currency).unwrap(), ..asked() };
            assert_eq!(asked.price(&fields(&[("price", typed)])).map(|price| price.amount_minor), minor, "{typed} {currency}");
        }
    }
}
