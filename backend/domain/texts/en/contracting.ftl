# contracting

## Orders
order-state-placed = Placed, awaiting confirmation
order-state-confirmed = Confirmed
order-state-partly-despatched = Partly despatched
order-state-despatched = Despatched
order-state-partly-received = Partly received
order-state-received = Received
order-state-closed = Closed
order-state-refused = Refused by the supplier
order-state-cancelled = Cancelled
order-side-buyer = Buyer
order-side-supplier = Supplier

## What happened to an order
event-order-placed = Order placed
event-order-confirmed = Order confirmed by the supplier
event-order-refused = Order refused by the supplier
event-order-cancelled = Order cancelled
event-order-rest-cancelled = Rest of the order cancelled
event-order-despatched = Goods despatched
event-order-received = Goods received
event-order-closed = Order closed

## Goods refused at receipt
receipt-defect-damaged = Damaged
receipt-defect-wrong-item = Wrong item
receipt-defect-not-as-ordered = Not as ordered
receipt-defect-faulty = Does not work
receipt-defect-papers-missing = Certificate or papers missing
receipt-defect-expired = Expired or too short a shelf life
receipt-defect-other = Other, see the note

## Contracts
contract-state-drawn-up = Drawn up, awaiting both signatures
contract-state-partly-signed = Signed by one side
contract-state-signed = Signed by both sides
event-contract-made = Contract drawn up
event-contract-signed = Contract signed

## Pages of basket and orders
section-basket = Basket
basket-empty = Your basket is empty.
basket-empty-next = Find items in the catalogue
basket-caption = Items of { $supplier }
basket-quantity = Quantity
basket-quantity-of = Quantity of { $item }
basket-price = Sum
basket-total = Total
basket-change = Change quantity
basket-remove = Take out
basket-prices-changed = Prices have changed since you put items in. Accept the new ones before you order.
basket-accept-prices = Accept new prices
basket-suppliers = Order from which suppliers
basket-suppliers-help = Those that you leave out stay in the basket.
basket-place = Place orders
basket-place-help = Each supplier gets an order of its own, at the prices shown. You can cancel until goods have left.
delivery-address = Delivery address
delivery-region-code = Region code
delivery-region-code-help = Six digits of GB/T 2260, such as 330100 for Hangzhou.
delivery-contact = Contact
delivery-contact-name = Contact name
delivery-contact-phone = Contact telephone
delivery-by-on = Delivery by
delivery-instructions = Delivery instructions
section-orders = Orders
order-title = Order { $number }
order-count = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
order-filter = Filter
order-filter-state = State
order-filter-all = All
order-none = No orders match.
order-none-next = Orders appear here once a buyer has placed a basket.
order-list-caption = Orders of your organization, newest first
order-number = Number
order-state = State
order-placed-at = Placed
order-value = Value
order-accepted-value = Value accepted
order-promised-on = Promised for
order-day-missing = Enter a day as year-month-day, such as 2026-12-15.
order-reason = Reason
order-note = Note
order-lines = Lines
order-lines-caption = Quantities ordered, despatched and accepted
order-item = Item
order-unit-price = Unit price
order-ordered = Ordered
order-despatched = Despatched
order-accepted = Accepted
order-line-refused = { $count } refused
order-line-cancelled = { $count } cancelled
order-facts = About this order
order-timeline = What happened
order-shipments = Shipments
order-receipts = Receipts
order-confirm = Confirm order
order-confirm-help = The day that the buyer asked for; change it if you must.
order-refuse = Refuse order
order-refuse-help = The buyer reads the reason; the goods go back into stock.
order-cancel = Cancel order
order-cancel-help = Possible until goods have left; the other side reads the reason.
order-cancel-rest = Cancel the rest
order-cancel-rest-help = What has left is received as usual; what has not is not delivered. The other side reads the reason.
order-despatch = Report despatch
order-despatch-line = { $item }: quantity sent now ({ $unit })
order-despatch-most = { $most } still to send; 0 if none goes now.
shipment-carrier = Carrier
shipment-carrier-help = The carrier’s name, or “own delivery”.
shipment-tracking-number = Tracking number
shipment-expected-on = Expected on
order-receive = Record receipt
order-receive-help = Record what arrived, in parts if need be. Goods refused need a reason; the supplier may send them again.
order-receive-line = { $item }: { $count } { $unit } on the way
receipt-accepted = Accepted
receipt-refused = Refused
receipt-defect = Reason for refusal
receipt-note = Note
receipt-accepted-line = Accepted: { $what }
receipt-refused-line = Refused: { $what } ({ $why })
order-close = Close order
order-close-help = All goods are accepted. A closed order does not change any more.
done-basket-added = Put into your basket.
done-basket-changed = The quantity is changed.
done-basket-removed = Taken out of your basket.
done-basket-prices-accepted = The new prices are accepted.
done-orders-placed = Placed. The supplier confirms next.
done-order-confirmed = The order is confirmed.
done-order-refused = The order is refused.
done-order-cancelled = The order is cancelled.
done-order-rest-cancelled = The rest is cancelled.
done-order-despatched = Despatch is reported; the buyer records receipt next.
done-order-received = Receipt is recorded.
done-order-closed = The order is closed.
