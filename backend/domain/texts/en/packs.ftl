# Policy packs: figures, units, sources and pages.

figure-procedure-documents-to-deadline-days = From documents to deadline, at least
figure-procedure-change-to-deadline-days = From a change to the deadline, at least
figure-procedure-documents-on-offer-days = Documents on offer, at least
figure-procedure-notice-display-days = Notice on display
figure-procedure-notice-days = Public notice beforehand, at least
figure-procedure-notice-reduction-days = Notice published electronically: shorter by
figure-procedure-electronic-documents-reduction-days = Documents offered electronically: shorter by
figure-procedure-electronic-bids-reduction-days = Bids taken electronically: shorter by
figure-procedure-prior-notice-least-days = After a prior notice, at least
figure-procedure-commercial-goods-least-days = Commercial goods and services, at least
figure-procedure-prequalification-days = Time to apply for prequalification, at least
figure-procedure-fewest-bidders = Fewest bidders
figure-procedure-fewest-bidders-after-failure = Fewest bidders after a failed tender, with approval
figure-procedure-fewest-bidders-in-named-cases = Fewest bidders in the cases that the rule names
figure-procedure-fewest-invited = Fewest suppliers invited
figure-procedure-panel-fewest-members = Fewest members of the panel
figure-procedure-addition-most-percent = Additions, at most, of the first contract
figure-procedure-price-weight-goods-least-percent = Weight of the price for goods, at least
figure-procedure-price-weight-goods-most-percent = Weight of the price for goods, at most
figure-procedure-price-weight-services-least-percent = Weight of the price for services, at least
figure-procedure-price-weight-services-most-percent = Weight of the price for services, at most
figure-award-confirmation-days = Winner confirmed, after the report
figure-award-display-days = Award on display
figure-award-notice-days = Award notice published, after the award
figure-award-publication-days = Award published, after confirmation
figure-award-report-days = Report to the buyer, after the evaluation
figure-award-standstill-days = Standstill between award and contract
figure-bid-security-most-percent = At most, of the budget
figure-bid-security-return-days = Returned within
figure-challenge-answer-days = Challenge answered within
figure-challenge-window-days = Challenge raised within, from knowing
figure-complaint-completion-days = Complaint completed within
figure-complaint-copies-days = Copies sent within
figure-complaint-decision-days = Decided within
figure-complaint-refusal-days = Refusal told within
figure-complaint-review-days = Reviewed within
figure-complaint-suspension-most-days = Purchase suspended, at most
figure-complaint-window-days = Complaint raised within, after the answer is due
figure-contract-addition-most-percent = Additions, at most, of the contract
figure-contract-filing-days = Contract filed, after signing
figure-contract-publication-days = Contract published, after signing
figure-contract-signature-days = Contract signed, after the award notice
figure-domestic-product-deduction-percent = Price deduction for domestic products
figure-domestic-product-whole-bid-cost-least-percent = Share of the cost from which the whole bid is deducted
figure-framework-drop-out-least-percent = Applicants left out, at least
figure-framework-first-stage-days = First stage, from documents to deadline, at least
figure-framework-goods-most-years = Agreement for goods, at most
figure-framework-services-most-years = Agreement for services, at most
figure-inquiry-by-supplier-answer-days = Question answered within
figure-low-price-explanation-least-minutes = Time to explain, at least
figure-low-price-of-ceiling-percent = Below this share of the ceiling
figure-low-price-of-mean-percent = Below this share of the mean of conforming bids
figure-low-price-of-second-lowest-percent = Below this share of the second lowest
figure-low-price-raised-most-percent = Documents may raise the three shares to
figure-panel-expert-share-least-thirds = Experts among the members, at least
figure-panel-fewest-members = Fewest members of a tender's panel
figure-panel-fewest-members-large = Fewest members for a large budget
figure-panel-large-budget-minor = A large budget begins at
figure-payment-debt-confirmation-days = Debt confirmed within
figure-payment-overdue-daily-per-ten-thousand = Interest for each day overdue where none was agreed
figure-payment-sme-agreed-most-days = Where agreed otherwise, at most
figure-payment-sme-days = Small and medium enterprises paid, after delivery
figure-performance-security-most-percent = At most, of the contract
figure-plan-published-before-days = Intention public before the procurement starts
figure-records-kept-years = Files kept, at least
figure-records-platform-kept-years = The platform's records kept, at least
figure-reserved-goods-services-share-least-percent = Goods and services above that: share of the budget reserved
figure-reserved-small-share-least-percent = Of it for small and micro enterprises
figure-reserved-whole-goods-services-most-minor = Goods and services reserved as a whole, up to
figure-reserved-whole-works-most-minor = Works reserved as a whole, up to
figure-reserved-works-share-least-percent = Works above that: share of the budget reserved
figure-scoring-price-weight-goods-least-percent = Weight of the price for goods, at least
figure-scoring-price-weight-goods-most-percent = Weight of the price for goods, at most
figure-scoring-price-weight-services-least-percent = Weight of the price for services, at least
figure-scoring-price-weight-services-most-percent = Weight of the price for services, at most
figure-small-enterprise-consortium-deduction-least-percent = Consortium or subcontract, deduction at least
figure-small-enterprise-consortium-deduction-most-percent = Consortium or subcontract, deduction at most
figure-small-enterprise-consortium-share-least-percent = Their share of a consortium or subcontract, at least
figure-small-enterprise-deduction-least-percent = Goods and services, deduction at least
figure-small-enterprise-deduction-most-percent = Goods and services, deduction at most
figure-small-enterprise-works-consortium-deduction-least-percent = Works by consortium or subcontract, deduction at least
figure-small-enterprise-works-consortium-deduction-most-percent = Works by consortium or subcontract, deduction at most
figure-small-enterprise-works-deduction-least-percent = Works, deduction at least
figure-small-enterprise-works-deduction-most-percent = Works, deduction at most
figure-threshold-open-tender-goods-minor = Goods by open tender, from
figure-threshold-open-tender-services-minor = Services by open tender, from
figure-threshold-open-tender-works-minor = Works by open tender, from
figure-threshold-procurement-goods-minor = Goods under the procurement law, from
figure-threshold-procurement-services-minor = Services under the procurement law, from
figure-threshold-procurement-works-minor = Works under the procurement law, from

subject-threshold = Thresholds
subject-plan = Intentions
subject-scoring = Scoring
subject-panel = Panel
subject-small-enterprise = Price deduction for micro and small enterprises
subject-domestic-product = Domestic products
subject-reserved = Reserved shares
subject-low-price = Abnormally low prices
subject-bid-security = Bid security
subject-performance-security = Performance security
subject-inquiry-by-supplier = Questions of suppliers
subject-award = Award
subject-contract = Contract
subject-payment = Payment
subject-challenge = Challenge
subject-complaint = Complaint
subject-framework = Framework agreements
subject-records = Records

unit-calendar-days = { $value ->
        [one] { $value } day
       *[other] { $value } days
    }
unit-working-days = { $value ->
        [one] { $value } working day
       *[other] { $value } working days
    }
unit-percent = { $value }%
unit-count = { $value }
unit-minor-units = { $money }
unit-minutes = { $value } minutes
unit-years = { $value ->
        [one] { $value } year
       *[other] { $value } years
    }
unit-thirds = { $value ->
        [1] one third
        [2] two thirds
       *[other] { $value } thirds
    }
unit-per-ten-thousand = { $value } in ten thousand
unit-ground = allows it
measure-days = days (calendar_days or working_days)
measure-percent = a percentage (percent)
measure-minor-units = money in minor units (minor_units)
measure-minutes = minutes (minutes)
measure-years = years (years)
measure-thirds = thirds (thirds)
measure-per-ten-thousand = ten-thousandths (per_ten_thousand)
measure-ground = a ground (ground)
measure-count = a count (count)
verified-primary = Read in the text
verified-secondary = From a secondary source
verified-unread = Not yet compared
origin-own = Its own
origin-inherited = Inherited
origin-overriding = In place of the inherited
pack-fault-unreadable = The file does not read: { $cause }. Mend it: TOML, with the fields that a pack has.
pack-fault-id-invalid = The id "{ $id }" is not one. Use small letters, figures and hyphens only, 60 at most.
pack-fault-name-missing = It has no name. Fill in name_zh and name_en.
pack-fault-no-source = { $key } names no source. Write rule and article under source.
pack-fault-wrong-unit = { $key } ({ $subject }: { $what }) has the wrong unit. It must be { $measure }.
pack-fault-negative = { $key } is { $value }, less than nothing. Give zero or more.
pack-fault-unknown-key = No rule reads { $key }. Did you mean { $nearest }?
pack-fault-missing-key = { $key } ({ $subject }: { $what }) is missing, and without it no tender can be published. Add it; its unit is { $measure }.
pack-fault-ends-before = { $key } ends on { $to }, before it begins on { $from }. Mend effective_to.
pack-fault-overlap = { $key } has two figures on { $on }. Let the earlier one end before that day.
pack-fault-hole = { $key } has no figure from { $on } until { $next }. Fill these days.
pack-fault-unknown-parent = It extends "{ $parent }", which is not there. Name a pack that is.
pack-fault-circle = Packs extend each other in a circle: { $circle }. Take one extends away.
pack-fault-calendar-day = Calendar { $year }: "{ $text }" is no day or range of that year. Write { $year }-05-01 or { $year }-05-01/{ $year }-05-05.
pack-fault-calendar-open-day = Calendar { $year } lists { $day } as a make-up working day, but it is no weekend day or is closed as well. Mend open or closed.
pack-fault-calendar-twice = There are two calendars for { $year }. Keep one.

source-payment-regulation = Regulation on Ensuring Payments to Small and Medium-sized Enterprises
source-commerce-law = E-Commerce Law
source-procurement-agreement = Agreement on Government Procurement (2012)
source-model-law = UNCITRAL Model Law on Public Procurement (2011)
source-invented-jiashe = Invented procurement measures of Jiashe
source-invented-nixiang = Invented procurement rules of Nixiang
check-rule = { $subject }: { $what }
check-earliest-day = The earliest lawful day is { $remedy }.
check-first-day-of-notice = The procurement may start on { $remedy } at the earliest.
check-most-money = It may be { $remedy } at most.
check-least-percent = It must be { $remedy }% at least.
check-most-percent = It may be { $remedy }% at most.
check-least-count = It must be { $remedy } at least; a panel has an odd number.
check-threshold = From { $remedy } on an open tender is due; another procedure needs approval beforehand, and its number.
check-missing = Missing: { $missing }.
check-year-unknown = It can't be judged: the holiday notice of { $unknown_year } is not in the pack, and nothing is guessed. Check again once it is.
check-year-unknown-but-too-early = Whatever the holidays of { $unknown_year } will be, it can't be before { $remedy }.
fact-intention = a public intention
fact-budget-in-yuan = the budget in yuan
fact-announced-until = the end of the notice or of the applications
fact-deadline = the deadline
