//! What contracts and orders want of their two sides.

use super::task::{About, Reader, Subject, Task, TaskKind, end_of};
use crate::contracting::contract::Contract;
use crate::contracting::order::{Order, OrderState};
use crate::identity::permission::Scope;

impl Reader<'_> {
    /// What a contract wants of one of its sides: a signature.
    pub fn of_contract(&self, contract: &Contract) -> Option<Task> {
        let own = self.actor.organization()?;
        let counterpart = if own == contract.buyer { contract.supplier } else { contract.buyer };
        let signature = contract.signature_of(own);
        let scope = contract.suppliers().fold(Scope::owned_by(contract.buyer), Scope::with_party);
        let about = About {
            subject: Subject::Contract(contract.id),
            number: contract.number.clone(),
            title: contract.terms.title.clone(),
            counterpart: Some(counterpart),
            rule: None,
            law: None,
        };
        signature.is_none().then(|| self.task(TaskKind::SignContract, &scope, end_of(contract.sign_until_on), about)).flatten()
    }

    /// What an order wants of one of its sides.
    pub fn of_order(&self, order: &Order) -> Option<Task> {
        use TaskKind::{ConfirmOrder, DespatchOrder, ReceiveGoods};
        let is_buyer = self.actor.organization() == Some(order.buyer);
        let promised = order.state.confirmation().map(|confirmation| confirmation.promised_on);
        let on_the_way = order.lines.iter().any(|line| line.quantities.in_transit() > 0);
        let unsent = order.lines.iter().any(|line| line.quantities.to_despatch() > 0);
        let kind = match &order.state {
            OrderState::Placed if !is_buyer => ConfirmOrder,
            _ if order.state.confirmation().is_none() => return None,
            _ if is_buyer && on_the_way => ReceiveGoods,
            _ if !is_buyer && unsent => DespatchOrder,
            _ => return None,
        };
        let due = match kind {
            DespatchOrder => promised.and_then(end_of),
            ConfirmOrder => end_of(order.delivery.by_on),
            _ => None,
        };
        let scope = Scope::owned_by(order.buyer).with_party(order.supplier);
        let about = About {
            subject: Subject::Order(order.id),
            number: order.number.clone(),
            title: order.lines.first().map(|line| line.name.clone()).unwrap_or_default(),
            counterpart: Some(if is_buyer { order.supplier } else { order.buyer }),
            rule: None,
            law: None,
        };
        self.task(kind, &scope, due, about)
    }
}
