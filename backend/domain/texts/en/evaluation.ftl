# The pages of qualification, panel, scores and report.

## Ways to the pages of an evaluation
next-pages = Evaluation papers of this tender
qualification-go = Judge the bidders
declare-go = Declare your interests
scores-go = Score the bids
report-sign-go = Sign the report
report-read = Read the report
award-confirm-go = Confirm the award
award-publish-go = Publish the award
contract-sign-go = Sign the contract

## Qualification
qualification-title = Qualification
qualification-lead = Check every paper that the documents require of every bidder. Give a reason for each refusal: the bidder is told.
qualification-fewest = With fewer than { $fewest } qualified bidders the tender fails (Government Procurement Law, art. 36).
qualification-none = The bidders have not been judged yet
qualification-none-next = The bids are open. The buyer's officer judges them (MoF Decree 87, art. 44); the result stands here then.
qualification-note = The supplier says: { $note }
qualification-note-bare = The supplier declares to hold it, without a note
qualification-note-none = This paper is not listed
qualification-good = Shown, and good
qualification-missing = Missing
qualification-insufficient = Shown, but insufficient
qualification-reason = Reason for the refusal
qualification-reason-help = A reason says what is wrong, and by which clause of the documents. It may stay empty for a missing paper.
qualification-missing-reason = The paper was not shown
qualification-choose = This paper has not been judged. Choose whether it was shown and is good.
qualification-check = Look at the result
qualification-check-title = Check the judgement
qualification-will-go-on-title = { $qualified } of { $bidders } bidders qualify
qualification-will-go-on = Once you confirm, those who qualify go on to the panel. The others are not evaluated, and learn the reason with the award. Next you appoint the panel.
qualification-will-fail-title = Only { $qualified } bidders qualify, fewer than { $fewest }
qualification-will-fail = Once you confirm, the tender fails (Government Procurement Law, art. 36 (1)), and every bidder is told why.
qualification-final = What you confirm can't be changed.
qualification-confirm = Confirm the judgement
qualification-change = Change it
qualification-results = Result
qualification-result = Result
qualification-reasons = Papers refused, and why
qualification-passed = Qualified
qualification-refused = Not qualified
qualification-failed = The tender has failed
done-bidders-qualified = The judgement of the bidders is confirmed.

## The panel
panel-title = Panel
panel-appoint = Appoint the panel
panel-fill = Fill the panel's places
panel-choose = Choose the members
panel-none = There is no panel yet
panel-none-unjudged = It is appointed once the bidders are judged.
panel-none-next = The buyer's officer chooses it from the evaluators.
panel-none-failed = The tender failed at the qualification; nothing is evaluated.
panel-lead = Choose at least { $fewest } members, an odd number. Their names are secret until the award is published.
panel-members-field = Members (at least { $fewest }, an odd number)
panel-members-help = All candidates are experts. Members who have declared stay ticked, and their declarations hold.
panel-rule = At least five members, an odd number, two thirds of them experts; at least seven from a budget of ten million yuan or where the matter is complex or of wide effect. Nobody is an expert on the purchases of its own organization (MoF Decree 87, art. 47).
panel-barred = Experts who can't be members
panel-bar-acted-for-buyer = drafted, approved or published this tender
panel-bar-works-for-buyer = works for the buyer, so can't be an expert on its purchases
panel-bar-tied-to-bidder = works for a bidder (Government Procurement Law, art. 12)
panel-bar-stepped-back = has stepped back
panel-members = Members
panel-member = Name
panel-declaration = Declaration of interests
panel-declared = No conflict declared
panel-undeclared = Not declared yet
panel-declared-at = Declared
panel-recusals = Stepped back
panel-recusal-reason = Reason
panel-recused-at = When
panel-vacant = { $vacancies ->
    [one] One place of the panel is empty
   *[other] { $vacancies } places of the panel are empty
}
panel-vacant-next = The evaluation begins once the officer has filled it.
panel-declaring = { $declared } of { $members } members have declared
panel-declaring-next = Scoring begins once all have declared. Until then members see no bid.
panel-complete = All { $members } members have declared to have no conflict
done-panel-appointed = The panel is appointed; its members declare their interests now.

## Declaring and stepping back
declare-title = First declare your interests
declare-lead = You see the bids once all members have declared.
declare-bidders = Bidders
declare-rule = Step back if you were employed by a bidder, or a director, supervisor, controlling shareholder or actual controller of one, in the last three years; if you are married or closely related to its legal representative or head; or if anything else could make you partial (Implementing Regulation, art. 9).
declare-none = I have no such relation to these bidders or to the buyer, and shall evaluate independently, objectively and fairly.
declare-none-missing = Tick the declaration first. If you have an interest, write it down below and step back.
declare-sign = Declare no conflict
declared-title = You have declared no conflict of interest
declared-waiting = { $declared } of { $members } members have declared
declared-waiting-next = The bids stand here once all have.
recuse-title = If you have an interest
recuse-lead = Once you step back you take no further part in this evaluation and see no bid. The buyer chooses somebody else.
recuse-reason = Why you step back
recuse-reason-help = Only the buyer and the supervisor read it.
recuse-step-back = Step back
done-conflict-none = Your declaration is recorded.
done-recused = You have stepped back from this evaluation.

## Scores
scores-title = Scores
scores-none = Scoring has not begun
scores-none-next = It begins once every member of the panel has declared to have no conflict of interest.
scores-lead = Each member scores alone. Until all sheets are in, nobody reads another's scores.
scores-price-computed = The points of the price (at most { $points }) are computed by the formula. You don't score them.
scores-bids = Bids
scores-bid = The bid
scores-bid-place = Bid { $place } of { $count }; { $missing ->
    [0] nothing is missing
    [one] one mark is missing
   *[other] { $missing } marks are missing
}
scores-bid-complete = Complete
scores-bid-begin = Not begun
scores-bid-missing = { $missing } missing
scores-bid-low-price = Abnormally low price: write down what you make of it
scores-missing = { $missing ->
    [0] Every mark is given.
    [one] One mark is missing.
   *[other] { $missing } marks are missing.
}
scores-missing-next = Complete them on the pages of the bids, then hand in.
scores-go-on = Go on scoring
scores-check = Check and hand in
scores-check-title = Check your score sheet
scores-check-lead = Look at all your marks before you hand them in. A bidder's name leads back to its page.
scores-cell-missing = Missing
scores-final = Once handed in, scores can't be changed. The report is drawn up when all members have handed in.
scores-submit = Hand in the scores
scores-back = Back to the bids
scores-sheet = Score sheet
scores-technical = Technical offer
scores-answers = Answers to the requirements
scores-essential = Essential requirements
scores-essential-help = A bid that most members find not to meet one of them is invalid.
scores-met = Met
scores-unmet = Not met
scores-unmet-reason = Why it is not met
scores-unmet-reason-help = Required where it is not met. It stands in the report, and the bidder is told.
scores-points-help = 0 to { $most } points, at most two decimals
scores-save = Save
scores-save-next = Save and go to the next bid
scores-save-check = Save and go to the list
scores-submitted = Your scores are handed in
scores-submitted-at = Handed in
scores-submitted-bids = Bids evaluated
scores-submitted-next = The report is drawn up when all members have handed in. You sign it then.
scores-waiting = { $submitted } of { $members } members have handed in their scores
scores-secret = Until all have, nobody reads another's scores.
scores-over = All members have handed in their scores. The report is drawn up.
answer-met = Met, says the bidder
answer-unmet = Deviates, says the bidder
answer-none = No answer
bid-brand-shown = Brand
done-scores-saved = Your scores are saved.
done-scores-submitted = Your scores are handed in and can't be changed any more.

## Abnormally low prices
low-price-title = Abnormally low price: the panel deals with it
low-price-next = A low price is no rejection. The bidder explains it in writing with evidence, and the panel judges (MoF Decree 87, art. 60; Caiku [2026] No. 2).
low-price-note = What you make of the low price
low-price-note-help = How the bidder explained it, with which evidence, and whether that holds.
report-low-price-notes = What members noted:

## The report
report-title = Evaluation report
report-none = There is no report yet
report-none-next = It is drawn up when all members of the panel have handed in their scores.
report-none-sheets = { $submitted } of { $members } members have handed in their scores. The report is drawn up with the last.
report-none-failed = There is no report
report-failed = The tender has failed
report-tender-number = Tender number
report-drawn-up = Drawn up
report-benchmark = Benchmark (lowest evaluated price)
report-formula = Points of price = benchmark ÷ evaluated price × { $points }, to two decimals (MoF Decree 87, art. 55). Equal totals are ranked by the lower price, then by more technical points (art. 57), then by draw.
report-signed = All { $members } members have signed
report-unsigned = { $signed } of { $members } members have signed
report-ranking = Ranking
report-evaluated-price = Evaluated price
report-ways = How each total came about
report-deduction = Deduction for micro and small enterprises
report-no-deduction = None: the evaluated price is the price as bid
report-members-points = Members' points for { $bidder }
report-mean = Mean
report-rejected = Invalid bids
report-rejected-caption = Bids that do not meet an essential requirement
report-reasons = Reasons
report-unmet-by = so found { $found } of { $members } members
report-unqualified = Not qualified
report-unqualified-caption = Bidders that did not qualify
report-tie-price = Equal in points; ranked by the price
report-tie-technical = Equal in points and price; ranked by technical points
report-tie-draw = Equal in all; ranked by draw
report-signatures = Members' signatures
report-signature = Signature
report-member-signed = Signed
report-member-unsigned = Not signed yet
report-member-none = Failed tender: not signed
report-dissent-column = Dissent
report-agrees = Agrees
report-sign-title = Sign the report
report-sign-lead = Check it, then sign. A signature can't be taken back. With the last one the buyer confirms the award.
report-sign = Sign the report
report-dissent = On what you disagree, and why
report-dissent-help = Leave it empty to agree. Dissent stands in the report and does not change the majority's result.
report-dissent-rule = A member who disagrees writes the dissent and its reasons on the report; else it counts as agreeing (MoF Decree 87, art. 61).
report-signed-own = You have signed the report
report-signed-at = Signed
report-signed-own-next = Once all have signed, the buyer confirms the award in the ranked order within five working days of receiving the report (Implementing Regulation, art. 43).
done-report-signed = You have signed the report.

## The award
award-failed = Nobody was awarded
award-first = Ranked first
award-winner-address = The winner's address
award-sum = Sum of the award
award-unconfirmed = The report is signed; the buyer confirms the award
award-unconfirmed-next = The buyer's approver does so within five working days of receiving the report (Implementing Regulation, art. 43).
award-confirm-lead = Only the bid that is ranked first can be confirmed, within five working days of the report (Implementing Regulation, art. 43). It can't be changed; an officer publishes it then.
award-publish-lead = The award is confirmed and is published within two working days (Implementing Regulation, art. 43). Everybody sees it then, and each of the others is told its points, rank and reason (MoF Decree 87, art. 69).
award-make-contract-lead = The contract is signed within thirty days of the award notice (Government Procurement Law, art. 46). It is drawn up from the award and the tender's documents, and holds once both sides have signed.
contract-sign-lead = Check it, then sign. A signature can't be taken back; the contract holds once both sides have signed.
contract-signed-both = Both sides have signed the contract
contract-signed-next = It is published within two working days and filed within seven (Implementing Regulation, art. 50; Government Procurement Law, art. 47).
contract-number = Contract number
contract-signed-at = Signed by both
