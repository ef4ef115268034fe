//! What the documents of a demonstration tender say, and what the envelopes of its bids hold.

use super::catalogue::pick;
use super::consortia::partners;
use super::organizations::DemoOrganization;
use super::tenders::{DemoBid, DemoCriterion, DemoCriterionKind, DemoNature, DemoRequirementKind, DemoTender, DemoTenderState};
use super::walk::Walk;
use crate::Result;
use chrono::{DateTime, Utc};
use domain::ident::OrganizationId;
use domain::identity::organization::EnterpriseSize;
use domain::tendering::green::GreenRequirement;
use domain::tendering::bid::{BidContent, DeclaredPaper, RequirementAnswer};
use domain::tendering::lot::TenderLot;
use domain::tendering::tender_check::fewest_members;
use domain::tendering::tender_content::{
    Anchor, Criterion, CriterionKind, EvaluationMethod, Nature, Paper, Requirement, RequirementKind, TenderContent, TenderItem,
};
use domain::text::ZONE;

/// Below this quality a bid falls short of the last requirement that is not essential.
const FALLS_SHORT_BELOW: u32 = 82;

impl Walk<'_> {
    /// What the documents say, before their change or as they are in the end.
    pub(super) fn content(&self, at: DateTime<Utc>, is_before_change: bool) -> TenderContent {
        let described = self.described;
        let nature = match described.nature {
            DemoNature::Goods => Nature::Goods,
            DemoNature::Services => Nature::Services,
        };
        let category = described.category.as_str().to_owned();
        let mut content = TenderContent::begin(described.title.clone(), category, nature, described.budget);
        content.description.clone_from(&described.description);
        content.choice.procedure = described.procedure;
        content.choice.ground = described.ground;
        content.choice.reason.clone_from(&described.ground_reason);
        content.small_enterprise_deduction_percent = described.small_enterprise_deduction_percent;
        content.delivery_days = described.delivery_days;
        content.items = described.items.iter().map(|item| TenderItem {
            name: item.name.clone(),
            quantity: item.quantity,
            unit: item.unit.clone(),
            specification: item.specification.clone(),
            lot: item.lot,
            green: item.green,
        }).collect();
        // The use case gives each lot its id.
        content.lots =
            (1..).zip(&described.lots).map(|(number, lot)| TenderLot::written(number, lot.title.clone(), lot.budget())).collect();
        content.lot_caps = described.lot_caps;
        content.takes_consortia = described.takes_consortia;
        content.subcontracting.clone_from(&described.subcontracting);
        content.requirements = described.requirements.iter().map(|requirement| {
            let kind = match requirement.kind {
                DemoRequirementKind::Essential => RequirementKind::Essential,
                DemoRequirementKind::Important => RequirementKind::Important,
                DemoRequirementKind::Plain => RequirementKind::Plain,
            };
            let before = requirement.before.clone().filter(|_| is_before_change);
            Requirement { kind, text: before.unwrap_or_else(|| requirement.text.clone()) }
        }).collect();
        content.papers = described.papers.iter().map(|paper| Paper {
            key: paper.key.clone(),
            name: paper.name.clone(),
            source: paper.source.clone(),
            is_obligatory: paper.obligatory,
        }).collect();
        content.criteria = criteria(described);
        if content.criteria.is_empty() {
            content.method = EvaluationMethod::LowestPrice;
        }
        content.bid_security = self.security();
        content.reservation = self.described.reservation();
        content.deadline_at = (described.state != DemoTenderState::Draft).then_some(self.deadline_at);
        // The demonstration's tenders are walked before its buyers take other packs.
        let rules = self.app.default_pack().ok().map(|pack| pack.on(at.with_timezone(&ZONE).date_naive()));
        let fewest = rules.as_ref().and_then(|rules| fewest_members(rules, content.choice.procedure, described.budget));
        let fewest = fewest.and_then(|figure| u32::try_from(figure.value).ok());
        content.panel_size = fewest.unwrap_or(content.panel_size);
        content
    }

    /// The preferred items for which a bidder holds a certificate: all of them for the better half of bids.
    fn green_items(&self, bid: &DemoBid) -> Vec<u32> {
        let items = (0_u32..).zip(&self.described.items).filter(|(_, item)| item.green.is_some_and(GreenRequirement::is_preferred));
        items.filter(|_| bid.quality >= FALLS_SHORT_BELOW).map(|(place, _)| place).collect()
    }

    /// What is inside the envelope.
    pub(super) fn offer(&self, bid: &DemoBid, members: &[OrganizationId]) -> Result<BidContent> {
        let supplier = self.supplier(bid)?;
        let requirements = &self.described.requirements;
        let short = requirements.iter().rposition(|requirement| requirement.kind != DemoRequirementKind::Essential);
        let short = short.filter(|_| bid.quality < FALLS_SHORT_BELOW);
        let answers = requirements.iter().enumerate().map(|(requirement, _)| {
            let is_met = short != Some(requirement);
            let text = if is_met { "满足，证明材料见投标文件技术部分。" } else { "部分满足，偏离情况见技术响应表。" };
            RequirementAnswer { requirement, is_met, text: text.to_owned() }
        });
        let mut papers = self.papers(bid, supplier, None);
        for (partner, member) in partners(bid).iter().zip(members) {
            papers.extend(self.papers(bid, self.supplier(partner)?, Some(*member)));
        }
        let items = self.described.items.iter().filter(|item| item.lot == bid.lot);
        let names: Vec<_> = items.map(|item| item.name.zh.as_str()).collect();
        let days = i64::from(self.described.delivery_days) - pick(&[&bid.supplier, &self.described.key, "days"], 5);
        Ok(BidContent {
            price: self.described.price_of(bid),
            answers: answers.collect(),
            papers,
            technical: format!(
                "{}就{}提供完整方案，含供货、安装、培训与售后；合同签订后 {days} 日内完成，项目负责人常驻现场，提供近三年同类项目业绩。",
                supplier.name.zh,
                names.join("、"),
            ),
            brand: bid.brand.clone().unwrap_or_default(),
            domestic_cost_percent: (self.described.nature == DemoNature::Goods).then(|| domestic_cost(&supplier.key)),
            green_items: self.green_items(bid),
            subcontracts: Vec::new(),
        })
    }
}

impl Walk<'_> {
    /// The papers that one of those who bid shows.
    fn papers(&self, bid: &DemoBid, supplier: &DemoOrganization, member: Option<OrganizationId>) -> Vec<DeclaredPaper> {
        let is_small = supplier.enterprise_size.is_some_and(EnterpriseSize::is_micro_or_small);
        let papers = self.described.papers.iter().filter(|paper| paper.obligatory || is_small);
        let papers = papers.filter(|paper| bid.lacks.as_ref().is_none_or(|lack| lack.paper != paper.key)).map(|paper| DeclaredPaper {
            key: paper.key.clone(),
            note: if paper.key == "licence" { format!("统一社会信用代码 {}", supplier.credit_code.as_str()) } else { String::new() },
            member,
            file: None,
        });
        papers.collect()
    }
}

fn criteria(described: &DemoTender) -> Vec<Criterion> {
    let criterion = |(place, criterion): (usize, &DemoCriterion)| {
        let (kind, key) = match criterion.kind {
            DemoCriterionKind::Price => (CriterionKind::Price, "price".to_owned()),
            DemoCriterionKind::Technical => (CriterionKind::Technical, format!("technical-{place}")),
            DemoCriterionKind::Business => (CriterionKind::Business, format!("business-{place}")),
        };
        let anchors = criterion.anchors.iter().map(|anchor| Anchor { points: anchor.points, text: anchor.text.clone() });
        let (name, basis) = (criterion.name.clone(), criterion.basis.clone());
        Criterion { key, kind, name, weight_points: criterion.weight, basis, anchors: anchors.collect() }
    };
    described.criteria.iter().enumerate().map(criterion).collect()
}

/// How much of what a supplier sells is made at home, in percent: most of it for most of them.
fn domestic_cost(supplier: &str) -> i64 {
    let percent = 82 + pick(&[supplier, "domestic"], 19);
    if pick(&[supplier, "abroad"], 5) == 0 { percent - 50 } else { percent }
}
