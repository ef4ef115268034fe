//! The forms of one order: exactly what this reader may do next, each a native form.

use super::order::{Defect, Order, OrderStep};
use crate::prelude::*;

/// The forms of the steps that the reader may take, the one that carries the order forward first.
pub(super) fn forms(order: &Order) -> impl IntoView + use<> {
    let key = drawn_for(order);
    let forms = order.steps.iter().map(|step| match step {
        OrderStep::Confirm => confirm(order, key.clone()),
        OrderStep::Refuse => with_reason("refuse", ["order-refuse", "order-refuse-help"], key.clone()),
        OrderStep::Cancel => with_reason("cancel", ["order-cancel", "order-cancel-help"], key.clone()),
        OrderStep::CancelRest => with_reason("cancel-rest", ["order-cancel-rest", "order-cancel-rest-help"], key.clone()),
        OrderStep::Despatch => despatch(order, key.clone()),
        OrderStep::Receive => receive(order, key.clone()),
        OrderStep::Close => close(key.clone()),
    });
    forms.collect_view()
}

/// What the forms are drawn for: an order after so many happenings. Each act is one more, so that a form does it once.
fn drawn_for(order: &Order) -> String {
    format!("{}:{}", visit().path(), order.timeline.len())
}

fn hidden(key: String) -> impl IntoView + use<> {
    view! { <input type="hidden" name="key" value=key/> }
}

fn confirm(order: &Order, key: String) -> AnyView {
    let asked_for = order.delivery.by_on.0.to_string();
    view! {
        <section>
            <h2>{say("order-confirm")}</h2>
            <Form>
                {hidden(key)}
                <Field name="promisedOn" label=say("order-promised-on") help=say("order-confirm-help") kind="date" width="short" value=asked_for/>
                <Button label=say("order-confirm") kind=Kind::Primary name="do" value="confirm"/>
            </Form>
        </section>
    }
    .into_any()
}

/// Folded away: it ends something, so it stands behind what carries the order forward.
fn with_reason(act: &'static str, [name, help]: [&'static str; 2], key: String) -> AnyView {
    let open = visit().is_again() && visit().posted("do") == Some(act);
    view! {
        <details class="order-end" open=open>
            <summary>{say(name)}</summary>
            <Form>
                {hidden(key)}
                <TextArea name="reason" label=say("order-reason") help=say(help) rows=3/>
                <Button label=say(name) kind=Kind::Final name="do" value=act/>
            </Form>
        </details>
    }
    .into_any()
}

fn despatch(order: &Order, key: String) -> AnyView {
    let visit = visit();
    let fields = order.lines.iter().filter(|line| line.to_despatch > 0).map(|line| {
        let label = say_with("order-despatch-line", facts([("item", visit.local(&line.name).into()), ("unit", line.unit.as_str().into())]));
        let help = say_with("order-despatch-most", facts([("most", i64::from(line.to_despatch).into())]));
        let name = format!("lines.{}.quantity", line.number);
        view! { <Field name label help kind="number" inputmode="numeric" width="narrow" value=line.to_despatch.to_string() optional=true/> }
    });
    let fields = fields.collect_view();
    view! {
        <section>
            <h2>{say("order-despatch")}</h2>
            <Form>
                {hidden(key)}
                {fields}
                <Field name="carrier" label=say("shipment-carrier") help=say("shipment-carrier-help") width="short"/>
                <Field name="trackingNumber" label=say("shipment-tracking-number") width="short" optional=true/>
                <Field name="expectedOn" label=say("shipment-expected-on") kind="date" width="short" optional=true/>
                <Button label=say("order-despatch") kind=Kind::Primary name="do" value="despatch"/>
            </Form>
        </section>
    }
    .into_any()
}

fn receive(order: &Order, key: String) -> AnyView {
    let visit = visit();
    let fields = order.lines.iter().filter(|line| line.in_transit > 0).map(|line| {
        let what = say_with("order-receive-line", facts([("item", visit.local(&line.name).into()), ("count", i64::from(line.in_transit).into()), ("unit", line.unit.as_str().into())]));
        let name = |part: &str| format!("lines.{}.{part}", line.number);
        let defects = Defect::ALL.map(|(_, defect)| Pick::new(defect, say(&format!("receipt-defect-{defect}"))));
        view! {
            <fieldset class="order-line" id=field_id(&format!("lines.{}", line.number))>
                <legend>{what}</legend>
                <Field name=name("accepted") label=say("receipt-accepted") kind="number" inputmode="numeric" width="narrow" value=line.in_transit.to_string()/>
                <Field name=name("refused") label=say("receipt-refused") kind="number" inputmode="numeric" width="narrow" value="0"/>
                <Select name=name("defect") label=say("receipt-defect") picks=defects.to_vec() optional=true/>
            </fieldset>
        }
    });
    let fields = fields.collect_view();
    view! {
        <section>
            <h2>{say("order-receive")}</h2>
            <p class="help">{say("order-receive-help")}</p>
            <Form files=true>
                {hidden(key)}
                {fields}
                <FileField name="photoIds" label=say("receipt-photos") help=say("receipt-photos-help") accept="image/jpeg,image/png,image/webp" most_mb=20 many=true optional=true camera=true/>
                <TextArea name="note" label=say("receipt-note") rows=3 optional=true/>
                <Button label=say("order-receive") kind=Kind::Primary name="do" value="receive"/>
            </Form>
        </section>
    }
    .into_any()
}

fn close(key: String) -> AnyView {
    view! {
        <section>
            <h2>{say("order-close")}</h2>
            <p class="help">{say("order-close-help")}</p>
            <Form>{hidden(key)}<Button label=say("order-close") kind=Kind::Primary name="do" value="close"/></Form>
        </section>
    }
    .into_any()
}
