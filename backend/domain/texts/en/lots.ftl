# Lots
lot = Lot
lots = Lots
lots-count = { $count } lots, bid on, evaluated and awarded apart
lot-number = Lot { $number }
lot-name = Lot { $number }: { $title }
lot-title = Title
lot-title-zh = Title of the lot (Chinese)
lot-title-en = Title of the lot (English)
lot-items = Items of { $lot }
lot-item-count = Items
lot-failed = This lot has failed
lot-caps-bid = One supplier may bid for at most { $most ->
    [one] one lot
   *[other] { $most } lots
}.
lot-caps-bid-none = A supplier may bid for any lots.
lot-caps-award = One supplier may win at most { $most ->
    [one] one lot
   *[other] { $most } lots
}: in the order of the lots, one that has won as many is passed over.
lot-caps-award-none = There is no limit to the lots that a supplier may win.
lots-sum = The lots’ budgets add up to { $sum }, the tender’s budget is { $budget }. They must be equal when it is handed in.
lot-caps-bid-most = Lots that one supplier may bid for
lot-caps-award-most = Lots that one supplier may win
lot-caps-help = Empty means no limit. A bid beyond it is refused when it is handed in.
lot-caps-award-help = Empty means no limit. Winners are found in the order of the lots; who has won as many is no candidate for the next.
lot-own-bid = Your bid
lot-bid-in = In, sealed
lot-bid-stale = The documents have changed: confirm
lot-bid-none = No bid yet
lot-choose = This tender is divided into lots. Each has a bid of its own to prepare, seal and hand in, all until the same deadline.
lot-passed-over = Has won as many lots as it may: the next is awarded
lot-qualified = { $lot }: { $qualified } qualified, the evaluation goes on
lot-will-fail = { $lot }: { $qualified } qualified, fewer than { $fewest }; the lot will fail
tender-step-lots = Lots
tender-step-lots-lead = Go on to the next step if the tender is not divided. Otherwise one row is one lot, at least two and at most 100, and their budgets make up the tender’s. Empty a row to remove it; its items go to the last lot.
