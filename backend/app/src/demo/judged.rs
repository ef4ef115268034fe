//! The tenders of the demonstration past their deadline: opened by their holders' keys, judged by a panel, awarded,
//! contracted.

use super::catalogue::pick;
use super::holder_keys::key_of;
use super::organizations::DemoUser;
use super::tenders::{DemoBid, DemoTenderState};
use super::walk::{Walk, missing};
use crate::contracting::contract;
use crate::store::tendering::evaluation as kept;
use crate::tendering::evaluation::{self, EvaluationView};
use crate::tendering::opening::{self, OfferedShare};
use crate::tendering::{award, negotiation, panel, tender};
use crate::{Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ident::{LotId, OrganizationId, TenderId};
use domain::identity::actor::{Actor, Person};
use domain::identity::role::Role;
use domain::tendering::award::loser_notices;
use domain::tendering::negotiation::Talk;
use domain::tendering::qualification::PaperFinding;
use domain::tendering::tender::Tender;
use domain::tendering::score_sheet::{Judgement, Marks, PriceNote, Scheme, Score};

/// What a member writes about a price that is strikingly low.
const LOW_PRICE_NOTE: &str = "投标人已提供成本构成说明，报价可以履约。";

/// What the minutes of a talk say.
const MINUTES: &str = "供应商逐项介绍响应方案，谈判小组就质保、交货和付款条件提问。\n供应商同意将质保期由三年延长至五年，交货期缩短十天；价格待提交最后报价时一并考虑。";

/// How far the panel's sheets have come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheets {
    /// The later half of the panel has handed in, the one before has a draft, the first have not begun.
    Some,
    /// All are in.
    All,
}

impl Walk<'_> {
    /// From the deadline to where the tender stands.
    pub(super) async fn after_deadline(&self, id: TenderId) -> Result<()> {
        use DemoTenderState as State;
        self.close(id).await?;
        let lacks = self.described.bids.iter().any(|bid| bid.lacks.is_some());
        match self.described.state {
            State::AwaitingOpening => return Ok(()),
            State::Failed if !lacks => return Ok(()),
            _ => self.open(id).await?,
        }
        if self.described.state == State::Opened {
            return Ok(());
        }
        self.qualify(id).await?;
        if self.described.state == State::Failed {
            return self.tell_losers(id, self.after(5)).await;
        }
        let members = self.appoint(id).await?;
        if self.described.state == State::Qualified {
            return self.declare(id, &members[members.len() - 2..]).await;
        }
        self.declare(id, &members).await?;
        if matches!(self.described.state, State::Negotiating | State::FinalOffers) {
            return self.negotiate(id).await;
        }
        if self.described.state == State::InEvaluation {
            return self.score(id, &members, Sheets::Some).await;
        }
        self.score(id, &members, Sheets::All).await?;
        for (place, member) in (0..).zip(&members) {
            let at = self.after(74) + TimeDelta::minutes(9 * place);
            evaluation::sign_report(self.app, &self.at(member, at), id, String::new()).await?;
        }
        if self.described.state == State::Reported {
            return Ok(());
        }
        self.award(id).await?;
        self.give_back(id).await
    }

    /// So many hours after the deadline.
    fn after(&self, hours: i64) -> DateTime<Utc> {
        self.deadline_at + TimeDelta::hours(hours)
    }

    /// The first key holder and the supervisor open the bids, as many as are needed.
    async fn open(&self, id: TenderId) -> Result<()> {
        let holders = self.holders();
        let acting = holders.iter().take(1).chain(holders.last());
        for (place, login) in (0..).zip(acting) {
            let at = self.deadline_at + TimeDelta::minutes(12 + 9 * place);
            let ctx = self.at(self.people.named(login)?, at);
            let view = opening::holder_view(self.app, &ctx, id).await?;
            let key = key_of(login)?;
            let mut shares = Vec::with_capacity(view.manifests.len());
            for (bid, manifest) in view.manifests {
                let manifest = serde_json::from_str(&manifest).map_err(|error| Error::internal("read a manifest", error))?;
                let share = sealing::opening::open_share(&manifest, view.holder.0, &key);
                let share = share.map_err(|error| Error::internal("open a demo share", error))?;
                shares.push(OfferedShare { bid, share: Some(share.share) });
            }
            opening::submit_shares(self.app, &ctx, id, shares).await?;
        }
        Ok(())
    }

    /// The bid of the table that an organization handed in for a lot.
    fn bid_of(&self, tender: &Tender, (lot, bidder): (LotId, OrganizationId)) -> Result<&DemoBid> {
        let number = tender.lot(lot)?.number;
        let mut bids = self.described.bids.iter().filter(|bid| bid.lot == number);
        let found = bids.find(|bid| self.seller(bid).is_ok_and(|seller| seller.organization == bidder));
        found.ok_or_else(|| missing("a bid"))
    }

    async fn qualify(&self, id: TenderId) -> Result<()> {
        let officer = self.as_buyer(Role::Officer, self.after(4))?;
        let view = evaluation::evaluation(self.app, &officer, id).await?;
        let mut findings = Vec::new();
        for contender in &view.contenders {
            let lacks = self.bid_of(&view.tender, (contender.lot, contender.bidder))?.lacks.as_ref();
            findings.extend(view.tender.content.papers.iter().filter(|paper| paper.is_obligatory).map(|paper| {
                let lack = lacks.filter(|lack| lack.paper == paper.key);
                let reason = lack.map(|lack| lack.reason.clone()).unwrap_or_default();
                PaperFinding { bid_id: contender.bid_id, paper: paper.key.clone(), is_met: lack.is_none(), reason }
            }));
        }
        evaluation::qualify_bidders(self.app, &officer, id, findings).await
    }

    /// Appoints those who know the trade first, then others in turn.
    async fn appoint(&self, id: TenderId) -> Result<Vec<Person>> {
        let officer = self.as_buyer(Role::Officer, self.after(26))?;
        let free = panel::candidates(self.app, &officer, id).await?;
        let size = tender::tender(self.app, &officer, id).await?.content.panel_size as usize;
        let users = self.organizations.iter().flat_map(|organization| &organization.users);
        let experts = users.filter(|user| free.iter().any(|free| free.bar.is_none() && free.person.login == user.login));
        let knows = |expert: &&DemoUser| expert.specialities.iter().any(|known| self.described.category.is_within(known));
        let (mut chosen, mut others): (Vec<_>, Vec<_>) = experts.partition(knows);
        let first = self.number % others.len().max(1);
        others.rotate_left(first);
        chosen.extend(others);
        chosen.truncate(size);
        let members: Vec<Person> = chosen.iter().map(|expert| self.people.named(&expert.login).cloned()).collect::<Result<_>>()?;
        panel::appoint_panel(self.app, &officer, id, members.iter().map(|member| member.user).collect()).await?;
        Ok(members)
    }

    async fn declare(&self, id: TenderId, members: &[Person]) -> Result<()> {
        for (place, member) in (0..).zip(members) {
            let ctx = self.at(member, self.after(29) + TimeDelta::minutes(20 * place));
            panel::declare_conflict(self.app, &ctx, id, None).await?;
        }
        Ok(())
    }

    /// The officer has talked with each supplier, or with all but the last while talks go on; then final offers are asked
    /// for, of which the first is in.
    async fn negotiate(&self, id: TenderId) -> Result<()> {
        let is_over = self.described.state == DemoTenderState::FinalOffers;
        let talked = if is_over { self.described.bids.len() } else { self.described.bids.len() - 1 };
        for (place, bid) in (0..).zip(self.described.bids.iter().take(talked)) {
            let held_at = self.after(46) + TimeDelta::hours(place);
            let officer = self.as_buyer(Role::Officer, held_at + TimeDelta::minutes(50))?;
            let talk = Talk { bidder: self.seller(bid)?.organization, held_at, minutes: MINUTES.to_owned() };
            negotiation::record_negotiation(self.app, &officer, id, talk).await?;
        }
        if !is_over {
            return Ok(());
        }
        let until = self.now + TimeDelta::days(2);
        negotiation::request_final_offers(self.app, &self.as_buyer(Role::Officer, self.now - TimeDelta::hours(20))?, id, until).await?;
        let Some(first) = self.described.bids.first() else { return Ok(()) };
        self.bid(id, first, self.now - TimeDelta::hours(3)).await.map(drop)
    }

    async fn score(&self, id: TenderId, members: &[Person], how: Sheets) -> Result<()> {
        let begun = match how {
            Sheets::Some => members.len() - members.len() / 2,
            Sheets::All => 0,
        };
        for (place, member) in (0_i64..).zip(members) {
            let has_begun = place + 1 >= i64::try_from(begun).unwrap_or(0);
            if !has_begun {
                continue;
            }
            let ctx = self.at(member, self.after(50) + TimeDelta::minutes(47 * place));
            let view = evaluation::evaluation(self.app, &ctx, id).await?;
            let mut marks = self.marks(&view, place)?;
            let is_draft = how == Sheets::Some && place + 1 == i64::try_from(begun).unwrap_or(0);
            if is_draft {
                marks.scores.truncate(marks.scores.len() / 2);
            }
            evaluation::save_scores(self.app, &ctx, id, marks).await?;
            if !is_draft {
                let later = self.at(member, ctx.now() + TimeDelta::minutes(31));
                evaluation::submit_scores(self.app, &later, id).await?;
            }
        }
        Ok(())
    }

    /// A member's marks: the quality of each bid, seen a little differently by everybody.
    fn marks(&self, view: &EvaluationView, member: i64) -> Result<Marks> {
        let scheme = Scheme::from(&view.tender.content);
        let mut marks = Marks::default();
        for contender in &view.contenders {
            let bid = self.bid_of(&view.tender, (contender.lot, contender.bidder))?;
            let bid_id = contender.bid_id;
            marks.scores.extend(scheme.criteria.iter().map(|criterion| {
                let leaning = pick(&[&self.described.key, &bid.supplier, &criterion.key, &member.to_string()], 13) - 6;
                let percent = (i64::from(bid.quality) + leaning).clamp(0, 100);
                // Members write half points.
                let hundredths = criterion.most_hundredths * percent / 100 / 50 * 50;
                Score { bid_id, criterion: criterion.key.clone(), hundredths }
            }));
            marks.judgements.extend(scheme.essential.iter().map(|requirement| {
                Judgement { bid_id, requirement: *requirement, is_met: true, reason: String::new() }
            }));
        }
        marks.notes = view.low_prices.iter().map(|(bid_id, _)| PriceNote { bid_id: *bid_id, text: LOW_PRICE_NOTE.to_owned() }).collect();
        Ok(marks)
    }

    async fn award(&self, id: TenderId) -> Result<()> {
        let approver = self.as_buyer(Role::Approver, self.after(100))?;
        let view = evaluation::evaluation(self.app, &approver, id).await?;
        let report = view.report.as_ref().ok_or_else(|| missing("a report"))?;
        for winner in report.candidates.values() {
            award::confirm_award(self.app, &approver, id, *winner).await?;
        }
        if self.described.state == DemoTenderState::AwardConfirmed {
            return Ok(());
        }
        let awards = award::publish_award(self.app, &self.as_buyer(Role::Officer, self.after(124))?, id).await?;
        self.tell_losers(id, self.after(125)).await?;
        let is_contracted = self.described.state == DemoTenderState::Contracted;
        if !is_contracted && !self.described.is_contract_drawn_up {
            return Ok(());
        }
        for award in awards {
            let made = contract::make_contract(self.app, &self.as_buyer(Role::Officer, self.after(220))?, id, Some(award.lot)).await?;
            contract::sign_contract(self.app, &self.as_buyer(Role::Approver, self.after(246))?, made.id).await?;
            if is_contracted {
                let bid = self.bid_of(&view.tender, (award.lot, award.supplier))?;
                self.suppliers_sign(bid, made.id, self.after(270)).await?;
            }
        }
        Ok(())
    }

    /// As the job does that the award has enqueued, which then finds it done.
    async fn tell_losers(&self, id: TenderId, at: DateTime<Utc>) -> Result<()> {
        let found = kept::by_tender(self.app.store.reader(), id).await?.ok_or_else(|| missing("an evaluation"))?;
        let platform: Context = super::people::acting(&self.ctx, Actor::Platform, at);
        for lot in &found.lots {
            let winner = found.drawn_up().and_then(|report| report.candidates.get(lot)).copied();
            for told in loser_notices(&found, *lot, winner) {
                award::tell_loser(self.app, &platform, told).await?;
            }
        }
        Ok(())
    }
}
