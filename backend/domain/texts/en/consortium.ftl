# Consortia and subcontracts

event-consortium-proposed = Consortium proposed
event-consortium-agreed = A member agreed to the consortium
event-consortium-declined = A member declined the consortium
event-consortium-left = A member left the consortium
event-consortium-dissolved = The lead dissolved the consortium

consortium-state-proposed = Waiting for members
consortium-state-standing = Standing
consortium-state-declined = Declined by a member
consortium-state-left = Left by a member
consortium-state-dissolved = Dissolved

task-answer-consortium = Answer an invitation to bid together
task-answer-consortium-do = Answer
task-bid-for-consortium = The consortium stands: hand in its bid
task-bid-for-consortium-do = Bid

subcontract-fault-not-allowed = The documents allow no subcontracts
subcontract-fault-name = The subcontractor's name is missing or not fit
subcontract-fault-credit-code = The unified social credit code is wrong
subcontract-fault-size = No size is declared
subcontract-fault-share = The share must be more than nothing and less than 100%
subcontract-fault-part = What is left to it is not said
subcontract-fault-bidder = It is the bidder itself or a member of its consortium
subcontract-fault-twice = The same supplier stands twice
subcontract-fault-whole = All subcontracts together take the whole contract

consortium = Consortium
consortium-lead = Lead
consortium-member = Member
consortium-lead-share = { $name } (lead, { $share })
consortium-member-share = { $name } ({ $share })
consortium-members = Members of the consortium
consortium-column-name = Member
consortium-column-role = Role
consortium-column-share = Share
consortium-column-work = Work
consortium-column-agreed = Agreed
list-separator = {", "}

consortium-page-title = Bid together
consortium-lead-words = Two or more suppliers may bid together, as one. Each of them must qualify; if they win, all sign the contract and are jointly and severally liable to the buyer (Government Procurement Law art. 24). Until the opening only its members know of a consortium; the buyer doesn't.
consortium-led-by = Consortium led by { $name }
consortium-proposed = Proposed
consortium-asked = No answer yet
consortium-bid-in = The consortium's bid is in:
consortium-agree-lead = By agreeing you enter into the consortium agreement and take on the share and the work in the table. While the consortium lasts you can't bid for this lot alone or in another consortium (Regulation on the Procurement Law art. 22).
consortium-agree = Agree
consortium-decline = Decline
consortium-bid = Bid for the consortium
consortium-waits-for-lead = All members have agreed. The lead has not handed in the bid yet.
consortium-bound = The bid is in, so nobody leaves the consortium. Once the lead has taken it back before the deadline, members may leave.
consortium-dissolve-lead = Until the bid is in, the lead may dissolve the consortium. Its members may then bid alone.
consortium-dissolve = Dissolve
consortium-leave-lead = Until the lead hands in the bid, a member may leave, which ends the consortium.
consortium-leave = Leave
consortium-none-why = The notice says that no consortia are taken. Bid alone.
consortium-closed = No consortium can be formed now
consortium-closed-why = Suppliers agree to bid together while the tender takes bids.
consortium-propose = Propose a consortium
consortium-propose-lead = The lead proposes and writes down the share and the work of each. The others answer from their own desks; once all have agreed the consortium stands. After proposing you can't bid for this lot alone while the consortium lasts.
consortium-own-part = Your own part (lead)
consortium-member-number = Member { $number }
consortium-credit-code = Unified social credit code
consortium-credit-code-help = 18 characters. The supplier must be registered here.
consortium-share = Share of the contract (%)
consortium-share-help = Two decimals at most, for example 33.33.
consortium-share-wrong = Write a percentage from 0.01 to 99.99, with two decimals at most.
consortium-work-zh = Work (Chinese)
consortium-work-en = Work (English)
consortium-shares-rule = All shares together must be exactly 100%.
consortium-propose-do = Propose and agree
done-consortium-proposed = The consortium is proposed and its members are asked.
done-consortium-agreed = You have agreed to the consortium.
done-consortium-declined = You have declined, and the consortium has ended.
done-consortium-left = You have left, and the consortium has ended.
done-consortium-dissolved = The consortium is dissolved.

joint-bidding = Consortia and subcontracts
joint-takes-consortia = Take consortia
joint-members-most = Members of a consortium, at most
joint-members-most-help = The lead among them. As many as the rules allow if left empty.
joint-subcontracting-help = To allow subcontracts, say what may be left to others: never the main or key part (Ministry of Finance Order No. 87 art. 35). Left empty, nothing may.
joint-subcontracting-zh = What may be subcontracted (Chinese)
joint-subcontracting-en = What may be subcontracted (English)
joint-deduction-percent = Price deduction for consortia and subcontracts with small enterprises (%)
joint-deduction-help = Taken off for evaluation where the agreed share of micro and small enterprises reaches the rule's. The least that is lawful if left empty.
joint-fact-consortia = Consortia
joint-consortia-none = No consortia
joint-consortia = Consortia may bid
joint-consortia-most = Consortia of at most { $most } members may bid
joint-fact-subcontracting = Subcontracts
joint-subcontracting-none = Not allowed
joint-subcontracting-of = Allowed: { $parts }
joint-fact-deduction = Deduction for consortia and subcontracts
joint-deduction-words = Where micro and small enterprises have at least { $least }% of the contract, { $percent }% is taken off the price for evaluation ({ $source })

bid-for-whom = For whom
bid-for-itself = For the bidder alone
bid-for-itself-why = You are bidding alone. To bid with other suppliers, form a consortium first:
bid-for-consortium = For a consortium
bid-for-consortium-of = For a consortium: { $members }
bid-for-consortium-why = You lead it and hand in for all its members. Every member's papers are needed.
bid-bound = Your organization has agreed to a consortium
bid-bound-why = { $lead } bids for this lot on behalf of the consortium, so you can't bid alone (Regulation on the Procurement Law art. 22). To bid alone, leave the consortium first.
bid-bound-lead = Your consortium doesn't stand yet
bid-bound-lead-why = Some members of the consortium that you lead have not agreed. Once all have, you can bid for it. To bid alone, dissolve it first.
bid-paper-of-member = { $paper } ({ $member })
bid-lack-subcontract = Subcontract { $what } is not complete, or something in it is wrong
bid-subcontract = Subcontract { $what }

subcontracts = Declared subcontracts
subcontract-line = { $name } ({ $code }, { $size }): { $part }, { $share } of the contract
subcontract-size-none = no size declared
subcontract-invalid = Does not hold
subcontracts-declare = Declare subcontracts
subcontracts-help = What the documents let you leave to others: { $parts }. Leave the lines empty if you do it all yourself; all parts together must be less than 100%. They are sealed with your bid and shown to buyer and panel after the opening.
subcontract-number = Subcontract { $number }
subcontract-name = Name of the subcontractor
subcontract-size = Size
subcontract-part = What is left to it

qualification-joint-note = The papers of the members of the consortium:
qualification-joint-rule = Every member must meet the conditions of the law; judge each (Government Procurement Law art. 24). Where members with the same kind of qualification do the same work, the lower grade counts (Regulation on the Procurement Law art. 22).
award-consortium = The consortium that won
award-consortium-why = All members sign the contract with the buyer and are jointly and severally liable for it (Government Procurement Law art. 24).
contract-consortium = The consortium that delivers
contract-consortium-why = Each member signs; the contract is made once all have. They are jointly and severally liable to the buyer (Government Procurement Law art. 24).
contract-signature = Signed

# Related suppliers (Regulation on the Procurement Law art. 18)
event-affiliation-declared = Head and holdings stated
bid-invalid-related = Suppliers with the same head, or of which one directly holds or manages the other, don't take part in the same contract (Regulation on the Procurement Law art. 18). The bid is invalid.
related-same-head = { $first } and { $second } have the same head: { $head }.
related-holds = { $first } directly holds { $second }.
related-manages = { $first } manages { $second }.
