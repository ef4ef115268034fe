# Invited tenders: applications and the draw

event-application-received = Application received
event-application-replaced = Application replaced
event-application-withdrawn = Application withdrawn
event-application-judged = Applicant told the result
event-application-drawn = Drawn and invited to bid
event-application-not-drawn = Qualified, not drawn
event-applications-judged = Applications judged
event-draw-committed = Seed of the draw promised
event-draw-made = Suppliers drawn at random

tender-failed-too-few-qualified = { $qualified } suppliers qualified; at least { $fewest } are needed (Procurement Law, articles 34 and 36).

task-judge-applications = Judge the applications
task-invite-suppliers = Draw and invite suppliers
task-bid-as-invited = You are invited: bid
