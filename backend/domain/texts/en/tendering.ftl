# tendering

## Evaluation and award
evaluation-stage-qualified = Bidders judged, panel to be appointed
evaluation-stage-panel-appointed = Panel appointed, declarations awaited
evaluation-stage-scoring = Each member scores alone
evaluation-stage-reported = Report awaits signatures
evaluation-stage-signed = Report signed
evaluation-stage-failed = Tender failed
evaluation-failure-too-few-qualified = Fewer than three bidders qualify (Government Procurement Law, art. 36)
evaluation-failure-too-few-conforming = Fewer than three bids meet the essential requirements (Government Procurement Law, art. 36)
award-state-confirmed = Confirmed, not yet public
award-state-published = Published
event-award-confirmed = Award confirmed
event-award-published = Award published
event-evaluation-bidders-qualified = Bidders judged
event-evaluation-panel-appointed = Panel appointed
event-evaluation-member-declared = A member declared to have no conflict
event-evaluation-member-recused = A member stepped back
event-evaluation-report-drawn-up = Report drawn up
event-evaluation-report-signed = Report signed
low-price-of-mean = Below its share of the mean price
low-price-of-second-lowest = Below its share of the second lowest price
low-price-of-ceiling = Below its share of the ceiling

## Tender
tender-state-draft = draft
tender-state-submitted = awaiting approval
tender-state-approved = approved
tender-state-published = open for bids
tender-state-opened = bids opened
tender-state-qualified = bidders qualified
tender-state-in-evaluation = in evaluation
tender-state-reported = evaluated
tender-state-award-confirmed = award confirmed
tender-state-awarded = awarded
tender-state-contracted = contracted
tender-state-failed = failed
tender-state-cancelled = cancelled
bid-state-sealed = In, sealed
bid-state-replaced = Replaced
bid-state-withdrawn = Withdrawn
bid-state-opened = Opened
bid-state-unopened = Could not be opened
opening-fault-too-few-shares = Too few holders could open their share
opening-fault-envelope-broken = The envelope is not what was committed to
opening-fault-content-unreadable = The content is no bid that can be read
tender-failed-too-few-bids = { $bids } bids were in at the deadline; at least { $fewest } are needed (Procurement Law, article 36).
loser-reason-not-qualified = Did not qualify: { $reasons }
loser-reason-not-conforming = Essential requirements not met: { $reasons }
loser-reason-outranked = Ranked { $rank } with { $own } points; the first has { $first }.
loser-reason-outranked-by-price = Ranked { $rank } by the lowest evaluated price.
