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
