# Process and dates

section-calendar = Calendar
schedule-title = Process and dates
schedule-go = Process and dates
schedule-lead = Dates are computed by the law in force on the day of the notice. Working days leave out public holidays, and the day from which a period runs is not counted.
schedule-way = Process
schedule-here = You are here
schedule-done = Done
schedule-ahead = To come
schedule-next-acts = What happens next
schedule-nobody = Nothing waits for anybody.
schedule-act-who = To be done by: { $who }
schedule-act-by = By
schedule-act-no-term = No term is laid down
schedule-rule = Rule: { $source }
schedule-dates = Dates
schedule-date-what = What
schedule-date-due = Date
schedule-date-rule = Rule
schedule-date-standing = State
schedule-between = , 
schedule-standing-done = Done
schedule-standing-over = Over
schedule-standing-late = Late
schedule-standing-next = Next
schedule-standing-ahead = To come
schedule-standing-unrecorded = Day passed; not recorded here
schedule-set = Set in the notice
schedule-term = { $unit ->
    [working] { $days } working days, { $source }
   *[calendar] { $days } days, { $source }
  }
schedule-unknown-year = Not known: the public holidays of { $year } are not published yet
schedule-after = Counted from: { $what }
schedule-unpublished = Public with the award
schedule-done-at = Done on { $at }
schedule-none = Dates are computed once the notice is published, by the law of that day.
schedule-none-next = The terms of a draft are checked in its editor.
schedule-subscribe = Subscribe in a calendar program (iCal)
schedule-ended = This has ended; later dates are no longer computed.
schedule-suspended = Suspended: the time stands still. When it goes on, deadlines that still ran move by the days of the stop.

schedule-notice-published = Notice published
schedule-notice-displayed = Notice on display until
schedule-announcement-ended = Applications or objections until
schedule-objections-answered = Objections argued and answered
schedule-suppliers-invited = Suppliers asked for bids
schedule-questions-ended = Questions taken until
schedule-last-change = Last change that does not move the deadline
schedule-deadline-reached = Deadline for bids
schedule-bids-opened = Bids opened
schedule-final-deadline-reached = Deadline for final offers
schedule-evaluation-ended = Evaluation ended
schedule-report-given = Report given to the buyer
schedule-award-confirmed = Award confirmed
schedule-award-published = Award published
schedule-securities-returned = Losers' bid securities returned
schedule-challenges-ended = Challenges to the award until
schedule-contract-signed = Contract signed
schedule-contract-published = Contract published
schedule-contract-filed = Contract filed

calendar-title = Procurement calendar
calendar-lead = The dates of all procurements under way, day by day.
calendar-own-lead = The dates of your organization's procurements, day by day; the public sees those of them that are public.
calendar-which = Which
calendar-all = All public procurements
calendar-own = Your organization's
calendar-day = Day
calendar-what = What
calendar-tender = Procurement
calendar-none = No date is coming up.
calendar-none-next = Deadlines, openings and terms stand here once a notice is published.
calendar-late-count = { $count ->
    [one] One date is late
   *[other] { $count } dates are late
  }
calendar-count = { $count ->
    [one] One date in the next { $days } days
   *[other] { $count } dates in the next { $days } days
  }
calendar-subscribe = Subscribe to all public procurements (iCal)
calendar-feed-name = Zhaocai: procurement calendar
calendar-feed-tender = { $title } · { $number }
