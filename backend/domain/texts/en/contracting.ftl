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
