# The frame, the parts, and the pages that belong to no room
market-name = Zhaocai
skip-to-content = Skip to content
home = Home
display = Display
display-theme = Light or dark
display-theme-auto = System
display-theme-light = Light
display-theme-dark = Dark
display-contrast = Contrast
display-contrast-auto = System
display-contrast-more = High
display-type = Type size
display-type-100 = Normal
display-type-125 = Large
display-type-150 = Larger
display-save = Apply
sign-in = Sign in
sign-out = Sign out
sign-in-needed = Sign in to go on
sign-in-login = Login
sign-in-password = Password
sections = Sections
section-account = My account
crumbs-label = You are here
foot-label = About this marketplace
foot-accessibility = Accessibility
foot-docs = API and open data
foot-rules = Rules
foot-log = Public log
foot-design = Design guide
foot-clock = Marketplace time
demo = Demo
demo-clock = Demo clock
demo-clock-hour = Forward 1 hour
demo-clock-day = Forward 1 day
demo-clock-next-deadline = To the next deadline
demo-accounts = Demo accounts
demo-accounts-caption = Choose a role. Nothing here is real; change what you like.
demo-account-name = Name
demo-account-roles = Role
demo-account-organization = Organization
demo-account-use = Sign in
demo-account-password = Password
demo-account-key = Key and passphrase
demo-holder-key = Save the key file
demo-holder-key-help = Holders open bids with a key file and its passphrase. Move the clock past a deadline, then sign in as two of its holders in turn.
demo-sign-in-as = Sign in as { $login }
error-title-prefix = Error
error-word = Error
error-summary = { $count ->
    [one] One thing to mend
   *[other] { $count } things to mend
}
notice-info = Note
notice-good = Done
notice-warning = Warning
notice-error = Error
notice-sealed = Sealed
field-optional = (optional)
field-choose = Choose
file-limits = { $kinds }, up to { $most } MB.
file-remove = Take “{ $name }” off the list
file-refused = “{ $name }” was not taken: { $reason }
file-hash-why = A number made from the whole content: whoever computes the same has the same file.
confirmation-fingerprint = Fingerprint (SHA-256)
confirmation-next = What happens next
dialog-back = Go back
pagination-label = Pages of this list
pagination-first = First page
pagination-before = Previous
pagination-after = Next
steps-label = Steps
step-now = (current)
step-done = (complete)
step-next = (not started)
summary-change = Change
table-sort = (sort)
timeline-done = done
timeline-next = next
timeline-ahead = to come
time-ago = { $span } ago
time-ahead = in { $span }
countdown-left = { $span } left
countdown-over = Closed
countdown-until = until { $at }
failure-forbidden = Your role does not open this page
failure-forbidden-why = Sign in with an account that may, or ask your organization's administrator for the role.
failure-not-found = This page is not here
failure-not-found-why = The address may be wrong, or its content is not open to you. Check the address, or search above.
failure-unavailable = Out of reach for the moment
failure-unavailable-why = Nothing you entered was submitted. Try again in a few minutes.
failure-internal = Something broke on our side
failure-internal-why = It has been recorded. Try again; if it stays, give support the number below.
failure-request-id = Number
failure-sign-in = Sign in first
failure-sign-in-why = This page opens once you have signed in.
failure-home = Go to the home page
home-title = Public procurement, open to all
home-lead = Offices, schools and hospitals buy here. Notices, openings, evaluations and contracts are public, and anybody can check them.
home-door-build = I build
home-door-build-why = Connect your own system by GraphQL.
accessibility = Accessibility statement
accessibility-lead = Everybody should be able to read a notice, submit a bid and run a purchase.
accessibility-works = What works
accessibility-keyboard = Everything works by keyboard, and the focus is always in sight.
accessibility-reader = Headings, regions, tables and fields are named for screen readers.
accessibility-zoom = At 400% zoom nothing but a wide table scrolls sideways.
accessibility-display = The Display menu has dark, high contrast and three type sizes.
accessibility-colour = A state has a word and a shape, never colour alone.
accessibility-motion = Where the system asks for less motion, there is none.
accessibility-scripts = Pages read and forms work with JavaScript off.
accessibility-language = Chinese and English, at any time.
accessibility-limits = Known limits
accessibility-limit-sealing = Sealing a bid and opening bids encrypt and decrypt in your browser, so they need JavaScript; the command zhaocai seal does the same.
accessibility-limit-documents = Files that organizations upload are theirs and may not suit a screen reader.
accessibility-standard = Standard
accessibility-standard-which = We aim at WCAG 2.2 level AA and GB/T 37668-2019. Pages are checked with axe before release.
accessibility-help = If something stops you
accessibility-help-how = Tell the contact named in the notice which page, what you wanted to do and with which device. The buyer must give you the same information another way.
design = Design guide
design-lead = The parts that pages are made of, with the business of an imaginary city.
design-contents = Parts
design-words = Words and notices
design-states = States and tabs
design-figures = Figures and time
design-tables = Tables
design-forms = Forms
design-process = Procedure
design-final = Check and seal
design-missing-title-zh = Enter the title in Chinese, the language of record.
design-missing-budget = Enter the budget. Nothing is bought without one.
design-missing-deadlineat = Enter the deadline. An open tender runs at least 20 days.
design-missing-method = Choose the method.
done-design-shown = Done. A confirmation stays on the page.
time-unit = { $unit ->
    [day] { $count ->
        [one] day
      *[other] days
    }
    [hour] { $count ->
        [one] hour
      *[other] hours
    }
    [minute] { $count ->
        [one] minute
      *[other] minutes
    }
   *[second] { $count ->
        [one] second
      *[other] seconds
    }
}
account-name = Name
account-organization = Organization
account-credit-code = Credit code
account-roles = Roles

# Top-level errors of the API
error-unauthenticated = Sign in first.
error-forbidden = Your role does not allow this.
error-not-found = Not found, or not yours to see.
error-unavailable = The service is not available at the moment. Try again later.
error-internal = Internal error. Tell the platform operators the number of the request.

section-tenders = Tenders

# The desk: what is to do, and its button
task-choose-password = Choose your own password: the one that you were given is good for one sign-in only
task-choose-password-do = Choose
task-answer-mandate = Answer a mandate
task-answer-mandate-do = See the mandate
task-finish-draft = Finish the draft
task-finish-draft-do = Go on writing
task-approve-tender = Approve a tender
task-approve-tender-do = Read and decide
task-publish-tender = Publish the notice
task-publish-tender-do = Publish
task-answer-questions = Answer suppliers' questions
task-answer-questions-do = Answer
task-open-bids = Open the bids
task-open-bids-do = Open
task-qualify-bidders = Check who qualifies
task-qualify-bidders-do = Check
task-appoint-panel = Appoint the panel
task-appoint-panel-do = Appoint
task-declare-conflict = Declare any conflict of interest
task-declare-conflict-do = Declare
task-score-bids = Score the bids
task-score-bids-do = Score
task-sign-report = Sign the report
task-sign-report-do = Sign
task-confirm-award = Confirm the award
task-confirm-award-do = Confirm
task-publish-award = Publish the award
task-publish-award-do = Publish
task-make-contract = Draw up the contract
task-make-contract-do = Draw up
task-sign-contract = Sign the contract
task-sign-contract-do = Sign
task-confirm-bid = The documents changed: confirm your bid or seal it anew
task-confirm-bid-do = Confirm
task-confirm-order = Confirm the order
task-confirm-order-do = Confirm
task-despatch-order = Despatch the goods
task-despatch-order-do = Despatch
task-receive-goods = Receive the goods
task-receive-goods-do = Receive
desk = Desk
desk-of = What waits for you, { $name }
desk-count = { $count ->
    [one] One task.
   *[other] { $count } tasks; the most urgent stands first.
}
desk-none = Nothing waits for you now
desk-none-next = What becomes yours to do will stand here. Meanwhile:
desk-due = Due
desk-late = Overdue
desk-rule = Rule: { $source }

# Search over everything
search = Search
search-label = Search notices, items, organizations, numbers
search-do = Search
search-hint = Notices, items, numbers
search-examples = For example:
search-title = Search for “{ $text }”
search-title-empty = Search
search-empty = Type what you are looking for
search-empty-next = Chinese, English, a small slip of spelling, the beginning of a number: all will do.
search-tenders = Notices ({ $count })
search-items = Items ({ $count })
search-tenders-all = All notices that match
search-items-all = All items that match
search-tenders-none = No notice matches
search-tenders-none-next = Try another word, or see all notices.
search-items-none = No item matches
search-items-none-next = Try another word, or see all items.
search-corrected = Nothing matched exactly; these match a similar spelling.

# The public home page
home-now = Now
home-figure-open = tenders take bids
home-figure-items = items on sale
home-figure-items-of = priced by their suppliers, by quantity
home-figure-awarded = awards in the last { $days } days
home-figure-worth = { $value } in all
money-ten-thousands = CNY { $number } × 10,000
money-hundred-millions = CNY { $number } × 100 million
money-millions = CNY { $number } million
home-closing = Closing soonest
home-closing-until = Closes
home-closing-all = All tenders that take bids
home-closing-none = No tender takes bids now
home-closing-none-next = New notices will stand here.
home-month = The month in purchases
home-month-caption = Notices published in the last { $days } days: budgets by category
home-month-group = Category
home-month-unit = Budget (CNY 10,000)
home-month-count = { $count ->
    [one] 1 tender
   *[other] { $count } tenders
}
home-month-none = No notice in the last { $days } days
home-month-none-next = New notices are added up here by category.
home-doors = Begin here
home-door-buy = I buy
home-door-buy-why = Compare and order; signed in, write tenders, open bids, award, sign contracts.
home-door-sell = I sell
home-door-sell-why = See what takes bids, seal a bid, keep your catalogue.
