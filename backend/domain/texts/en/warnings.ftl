# warnings: what an auditor would ask while drafting, and a supplier's list of bids

warnings-title = What an auditor would ask
warnings-lead = The law does not forbid these outright, but auditors and supervisors ask about them. Mend each, or keep it and give your reason; reasons are kept with the tender, and its approver and supervisor read them.
warnings-none = Nothing needs a reason.
warnings-none-next = The draft is looked through again whenever it changes.
warnings-open-count = { $count ->
    [0] Each has been mended or has its reason: the draft can be handed in.
    [one] One is still to be mended or given a reason before the draft can be handed in.
   *[other] { $count } are still to be mended or given a reason before the draft can be handed in.
 }
warnings-to-answer = Answer them
warnings-in-step = Questions about this step
warnings-to-field = Go and mend it
warnings-where = Where
warnings-rule = Rule
warnings-found = What was found
warnings-remedy = What would satisfy
warnings-state-open = To be answered
warnings-state-overridden = Kept with a reason
warnings-state-arisen = Arose or changed since it was handed in
warnings-reason = Reason for keeping it
warnings-reason-help = Say why this demand is needed and on what it rests.
warnings-override = Keep it and file the reason
warnings-withdraw = Take the reason back
warnings-back = Back to the tender
warnings-kept = Reasons on file
warnings-kept-caption = Reasons given for keeping what was asked about
warnings-kept-lead = A reason is filed with the facts of its time; when they change, a new one is needed.
warnings-kept-none = No reasons are on file.
warnings-kept-by = { $name }, { $at }
warnings-kept-outdated = The facts have changed: this reason no longer covers them
warnings-unchecked = What could not be checked
warnings-unchecked-lead = These facts are missing and nothing is guessed: please check them yourself.
warnings-column-what = Question
warnings-column-facts = Facts at that time
warnings-column-reason = Reason
warnings-column-who = Who and when
done-warning-overridden = The reason is on file
done-warning-override-withdrawn = The reason is taken back and the question is open again
event-tender-warning-overridden = Reason given for keeping what was asked about
event-tender-override-withdrawn = Reason taken back

warning-short-period = The period is close to the least
warning-short-period-facts = The deadline { $deadline } is only { $spare } days after { $earliest }, the first day that the law allows if the documents went out today ({ $source }). Approval and notice take time, and the period may then be too short.
warning-short-period-remedy = Choose { $remedy } or later.
warning-long-holiday = A long holiday lies in the period
warning-long-holiday-facts = Nobody works from { $first } to { $last } ({ $days } days), which lies in the period; the deadline { $deadline } is only { $spare } days after the first day that the law allows, so suppliers have less time than the law means ({ $source }).
warning-long-holiday-remedy = Choose { $remedy } or later.
warning-brand-named = A brand is named
warning-brand-named-facts = “{ $quote }” names { $words } without “or equivalent”. To demand a certain brand treats suppliers unequally ({ $source }).
warning-brand-named-remedy = Describe performance, size and standards instead; where a brand is the only way to say it, add “or equivalent”.
warning-model-named = A model is named
warning-model-named-facts = “{ $quote }” names { $words } without “or equivalent”. Technical demands must not point at one product ({ $source }).
warning-model-named-remedy = Describe performance, size and standards instead; where a model is the only way to say it, add “or equivalent”.
warning-patent-named = A patent is named
warning-patent-named-facts = “{ $quote }” names a patent. To demand a certain patent treats suppliers unequally ({ $source }).
warning-patent-named-remedy = Describe the effect that is wanted; where only this patent will do, say why.
warning-region-bound = Where a supplier is at home counts
warning-region-bound-facts = “{ $quote }” ({ $words }) ties suppliers to a place ({ $source }).
warning-region-bound-remedy = Ask for results instead, such as times to answer and to arrive.
warning-ownership-bound = Who owns a supplier counts
warning-ownership-bound-facts = “{ $quote }” ({ $words }) ties suppliers to a form of ownership or organization ({ $source }).
warning-ownership-bound-remedy = Take it out; where a law or regulation asks for it, name it.
warning-size-bound = Size or age of a supplier counts
warning-size-bound-facts = “{ $quote }” ({ $words }) makes a firm's size or age a condition, which does not fit the need or has nothing to do with performing the contract ({ $source }; see also Ministry of Finance Order No. 87 art. 17).
warning-size-bound-remedy = Ask for what performance needs, such as people, equipment and capacity to deliver.
warning-record-bound = Works or awards of a region or a trade count
warning-record-bound-facts = “{ $quote }” ({ $words }) makes works or awards of a certain region or trade a condition ({ $source }).
warning-record-bound-remedy = Ask for like projects wherever they were done, and say how many and how they are shown.
warning-maker-bound = The maker's permission is asked for
warning-maker-bound-facts = “{ $quote }” ({ $words }) makes the maker's permission a condition, which may keep suppliers out ({ $source }; see also Ministry of Finance Order No. 87 art. 17, which leaves out imported goods).
warning-maker-bound-remedy = Ask for warranty and service instead; where imported goods are bought, say so.
warning-splitting = Like purchases may have been split
warning-splitting-facts = The budget { $own } is below the threshold of open tender, { $threshold } ({ $threshold_source }). In this category this month the buyer has { $month_count } purchases of { $month } together; in this fiscal year { $year_count } by other methods than open tender, { $year } together. The others: { $numbers }. Purchases must not be split to avoid open tender ({ $source }).
warning-splitting-remedy = Buy together what can be bought together; where it must be apart, give the reason in budget, need or time.
warning-criterion-without-scale = A criterion has no scale
warning-criterion-without-scale-facts = “{ $criterion }” has { $points } points and no steps. Points must answer to what can be measured ({ $source }).
warning-criterion-without-scale-remedy = Give the points of each step and the measure that earns them.
warning-criterion-subjective = A criterion is not measured
warning-criterion-subjective-facts = “{ $criterion }” is scored by “{ $words }”, without a measure. Points must answer to what can be measured ({ $source }).
warning-criterion-subjective-remedy = Give the number, time or paper that earns each step.
warning-price-far = The budget is far from like prices
warning-price-far-facts = The budget { $budget } is { $percent } % of { $usual }, which like things would cost: { $catalogue } catalogue prices, { $orders } from the buyer's orders and { $awards } from awards, the median of each item times its quantity. A rule of the platform: below { $least } % or above { $most } % is asked about; buyers are to be thrifty and to set their needs with reason ({ $source }).
warning-price-far-remedy = Check quantities, units and budget; where the budget covers more, say what.

warning-unchecked-threshold = The policy pack has no threshold of open tender ({ $figure }), so splitting can't be judged.
warning-unchecked-year = The holidays of { $year } are not known, so whether a long one lies in the period can't be judged.
warning-unchecked-like = There are only { $count } prices of things like “{ $item }”, fewer than { $least }, so the budget can't be compared.

bids-title = My bids
section-bids = My bids
bids-lead = Every bid that your organization has handed in, the last received first.
bids-caption = Bids of your organization
bids-count = { $count ->
    [one] One bid
   *[other] { $count } bids
 }
bids-filter = Filter
bids-filter-state = State
bids-filter-all = All
bids-none = There are no bids.
bids-none-next = Choose a tender among the notices; once you have handed in a bid it stands here.
bids-none-in-state = No bid is in this state.
bids-tender = Tender
bids-state = State of the bid
bids-received-at = Received
bids-deadline = Deadline
bids-result = Result
bids-stale = The documents have changed: confirm it or seal it anew
bids-to-bid = See the bid
bids-to-award = See the result
bids-result-won = Won
bids-result-lost = Not chosen
bids-result-failed = The tender failed
bids-result-cancelled = The tender was called off
bids-result-none = Not public yet
bids-from-desk = My bids
