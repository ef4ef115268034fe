# Refusals: what is wrong, why the rule exists, what to do next. One key for each code of refusal.rs.

## Any room
refusal-required = This is required and still empty. Fill it in.
refusal-too-long = Too long: at most { $most } characters, there are { $length }. Shorten it and submit again.
refusal-out-of-range = This must lie between { $least } and { $most }.
refusal-not-a-buyer = Only a buyer buys by the rules of a policy pack. Choose a buyer.
refusal-malformed = This is not written as it must be. Expected: { $expected }.
refusal-hidden-characters = The text holds invisible or direction-changing characters, which could mislead readers. Type it again instead of pasting it from a formatted file.
refusal-conflict = Somebody else changed this since you opened the page. What you typed is not lost: load the page again, compare, and submit.
refusal-idempotency-key-reused = This idempotency key was used for another request with other content. Use a new key for a new request.
refusal-wrong-state = This can't be done while the state is “{ $state }”.
refusal-not-found = Not found, or not yours to see.
refusal-not-allowed = Your role does not allow this. Ask a colleague who holds the role.
refusal-same-person = Another person must do this: the one who drafts may not approve.
refusal-file-too-large = The file is too large: at most { $most } MB. Compress or split it and upload again.
refusal-file-kind-not-taken = This kind of file is not taken here. You can upload: { $expected }.
refusal-file-elsewhere = “{ $name }” belongs to another record already. Upload it anew for this one.

## The contract
refusal-query-too-deep = The query is nested too deep: at most { $most } levels. Split it into several.
refusal-query-too-complex = The query asks for too much at once: at most { $most } fields. Ask for fewer fields or a smaller page.
refusal-request-too-large = The request is too large: at most { $most } bytes. Split it into several.
refusal-query-invalid = The query does not follow GraphQL or this schema: { $reason }
refusal-query-too-long = The query is too long: at most { $most } words and marks. Split it into several, or ask for less.
refusal-query-too-many-aliases = The query gives too many aliases: at most { $most }. An alias repeats work; ask by a list instead.
refusal-query-too-many-root-fields = The query asks for too many root fields: at most { $most }. Split it into several.
refusal-batch-not-taken = Several requests in one are not taken here, since each has limits of its own. Send them one by one, on one connection.
refusal-preflight-header-missing = A form with files needs the header GraphQL-Require-Preflight (any value): other sites can't send it in your name. Add it and send again.
refusal-persisted-query-not-found = No query is kept under this hash. Send the query together with its hash once; it is kept from then on.
refusal-persisted-query-mismatch = The hash is not the SHA-256 of the query. Calculate it over the query's exact bytes, in lower-case hexadecimal.
refusal-subscriptions-too-many = This connection has as many subscriptions as it may: { $most }. Complete one first.

## Identity
refusal-credit-code-invalid = The unified social credit code is wrong: it has 18 characters, of which the last is a check character (GB 32100-2015). Compare it with the business licence.
refusal-credit-code-taken = This unified social credit code is registered already. Ask its administrator to add you: on the page “Organization”, under “Add a colleague”. You get a login and a one-time password, with which you sign in. If you have an account already, sign in with it.
refusal-login-taken = This login is in use. Choose another.
refusal-member-elsewhere = This person holds a role at “{ $nameEn }” ({ $kind }). Nobody works for a supplier and for those who decide about suppliers: the other side would lose its fair chance. Choose somebody else, or let that organization take its roles first.
refusal-answered-once = This was done already, and the one-time password was told then. It is kept nowhere and can't be told again. If it is lost, give another beside the person's name on the page “Organization”.
refusal-password-chosen = This person has chosen a password, which nobody else replaces. If it is forgotten, whoever runs the marketplace gives a new one.
refusal-sign-in-failed = Login or password is wrong. Check both and try again.
refusal-too-many-attempts = Too many attempts. Try again in { $seconds } seconds.
refusal-account-of-others = Your organization did not make this account, or its owner works for another one too: you can't give it a password. Whoever runs the marketplace does.
refusal-password-unchanged = This is the present password. Choose another: whoever gave you the present one knows it.
refusal-password-too-weak = The password is too weak: at least { $least } characters, not a common one, and without the login in it.
refusal-last-administrator = The last administrator keeps the role, or nobody could manage the organization. Make somebody else administrator first.
refusal-password-wrong = The present password is wrong.
refusal-token-reused = This sign-in was renewed before and then used again. For safety it has ended; sign in again.
refusal-session-ended = The session has ended. Sign in again.

## Catalogue
refusal-category-unknown = There is no category “{ $given }”. The nearest one is: { $suggestion }. Give a code or the full name from the procurement category catalogue.
refusal-category-repeated = The category code { $code } stands twice, first in line { $line }. Each code has one line; delete one of them.
refusal-category-without-parent = The category { $code } has no parent: { $parent } is missing. Add it to the table.
refusal-gtin-invalid = The bar code “{ $given }” is wrong: a GTIN has 8, 12, 13 or 14 digits, the last of which is a check digit (GS1, GB 12904); here it should be { $expected }. Compare it with the package.
refusal-price-by-agreement = “{ $given }” is not a price. Buyers order at a stated price; give the price of one unit, taxes included.
refusal-price-malformed = The price “{ $given }” can't be read, or can be read in two ways. Write it as 1,234.50 or 1234.5.
refusal-price-not-positive = The price { $given } is not more than zero. Give the actual price of one unit, taxes included.
refusal-tiers-not-increasing = The quantities of price tiers must increase: the one before is { $previous }, this one { $given }. Change the quantity or delete the tier.
refusal-tiers-mixed-currencies = All price tiers of an item must be in one currency. Use the same currency for all of them.
refusal-currency-not-taken = The currency “{ $given }” is not taken. Use CNY, USD, EUR, GBP, HKD, JPY, KRW or CHF (ISO 4217).
refusal-quantity-malformed = The quantity “{ $given }” is not a whole number. Give digits, such as 10.
refusal-stock-malformed = The stock “{ $given }” is not a number. Give digits, or leave it empty.
refusal-lead-time-malformed = The lead time “{ $given }” is not a number of days. Give calendar days in digits, such as 15.
refusal-area-unknown = There is no delivery area “{ $given }”. Give nationwide, a province or a city, or a code of GB/T 2260.
refusal-validity-reversed = The period ends before it begins. Check the two dates.
refusal-formula-as-text = “{ $given }” begins with =, +, - or @ and could run as a formula in somebody's spreadsheet. Write it as plain text.
refusal-formula-without-result = This cell is a formula without a stored result, and the marketplace doesn't calculate for you. Open and save the file in a spreadsheet program, or write the value.
refusal-cell-error = This cell holds the spreadsheet error “{ $given }”. Write a value instead.
refusal-item-number-fixed = The item number { $number } can't change: it tells that the item is the same one. Make a new item for a new number.
refusal-item-number-repeated = The item number { $number } stands in lines { $lines } with different contents, so nobody can tell which one holds. Keep one line, or give different numbers.
refusal-item-number-taken = You have an item with the number { $number } already. Change that one, or give this one another number: buyers order by it.
refusal-columns-shifted = This row has { $given } cells under a header of { $expected }; a comma or separator inside a value may lack its quotes. Check the row.
refusal-header-not-found = No header was found: none of the first { $lines } rows names both a name and a price. Add a header (number, name, unit, category code, price) and upload again.
refusal-columns-missing = The header lacks columns that every item needs: { $columns }. Add them and upload again.
refusal-list-too-long = The file has more than { $rows } rows or { $columns } columns. Split it and upload again.
refusal-list-empty = There is no article under the header. Fill it in and upload again.
refusal-file-unreadable = The file can't be read: it may be damaged, or its encoding is none of UTF-8, UTF-16 and GB18030. Save it as XLSX or as CSV in UTF-8 and upload again.
refusal-archive-too-dense = Unfolded, the file would exceed { $most } MB or its compression is abnormal, as in a ZIP bomb; it was not opened. Save it as an ordinary XLSX and upload again.

## Bids and their opening
refusal-bid-late = The deadline was { $deadline } and by the marketplace's clock it is { $now }. A late bid must be refused (Order 87 of the Ministry of Finance, article 33); nothing of it was kept.
refusal-bid-already-in = A bid of your organization is in since { $received }. One supplier has one bid: replace that one, or withdraw it.
refusal-bid-withdrawn = This bid was withdrawn on { $at } and no longer counts. Until the deadline you can seal and submit a new one.
refusal-bid-for-old-documents = The bid was sealed for version { $sealed } of the documents, and version { $current } holds. Read what has changed, seal again and submit.
refusal-bid-not-stale = The documents have not changed since this bid was sealed or last confirmed, so there is nothing to confirm. It counts as it is.
refusal-commitment-wrong = The envelope is not what its commitment says: the manifest or the ciphertext was changed or damaged on the way. Submit the two files that were sealed together, or seal again.
refusal-bid-for-something-else = The envelope was sealed for another tender, lot or bidder, so that it can't be handed in here. Seal again from this tender's page while acting for your organization.
refusal-bid-sealed-to-others = The envelope was sealed to other key holders, or with another threshold, than this tender names; it could not be opened at the opening. Fetch the sealing terms again and seal again.
refusal-recipient-invalid = This is no public key in age's form. It begins with age1 and has 62 characters; the private key (AGE-SECRET-KEY…) must never leave its holder.
refusal-recipient-taken = This public key is registered already. Each holder has a key of its own; make a new one.
refusal-opening-too-early = Bids are opened after the deadline, { $deadline }, and nobody can read them before (Order 87 of the Ministry of Finance, article 39). Come back then.
refusal-questions-too-many = { $most } of your questions about this tender wait for an answer. Ask again once the buyer has answered.
refusal-reveal-too-early = Until { $from } the key holders open the bids. From then on you can reveal yours.
refusal-bids-unopened = { $count } bids are not open yet. Until { $until } holders can hand in their keys and bidders can reveal their own bids; bidders are judged after that, or once all bids are open.
refusal-too-few-bids = { $bids } bids are in and { $fewest } are needed, so they must not be opened (Procurement Law, article 36). The tender has failed; the buyer gives public notice of it and invites bids again.
refusal-share-wrong = The share of bid { $bid } is not the one that was sealed to you: its hash is another. Open the shares again with your own key; none of them has been taken.
refusal-shares-missing = The shares of { $missing } bids are missing. Hand in one for each bid; where a share can't be opened, hand in that it can't.
refusal-shares-in-already = You handed in your shares on { $at }, and a holder counts once. The other holders must hand in theirs.
refusal-bid-key-wrong = This key does not open the bid. Take the bid key (AGE-SECRET-KEY…) that was kept when this very bid was sealed.

## Baskets and orders
refusal-basket-full = A basket holds at most { $most } lines, so that an order stays readable. Order or remove some lines first.
refusal-nothing-to-order = There is nothing to order here. Put items of this supplier into the basket first.
refusal-not-on-offer = The supplier does not offer this item now. Remove it and choose another.
refusal-price-changed = The price has changed from { $was } to { $is } since you put the item into the basket. Look at the new price and accept it, or remove the line.
refusal-stock-too-low = The supplier has { $stock } in stock. Order at most that many, or ask the supplier when more will come.
refusal-not-delivered-there = The supplier does not deliver this item to that place. Choose another address, or remove the line and choose another supplier.
refusal-currencies-differ = One order is in one currency. Order the items of each currency apart.
refusal-amount-too-large = The sum is larger than { $most }. Split it into several.
refusal-line-twice = This line is here already. Put its whole quantity into one line.
refusal-despatch-too-large = At most { $most } of this line are still to be despatched: an order is delivered as ordered. Extra goods need an order of their own.
refusal-receipt-too-large = Only { $most } of this line are on their way. Accepted and refused goods together can't be more; ask the supplier to report what else was sent.
refusal-already-despatched = Goods have left already, so the order can't be cancelled as a whole. Cancel the rest that has not been despatched, or refuse goods when they arrive.
refusal-nothing-to-cancel = Everything still open has been despatched; there is no rest to cancel. You can refuse goods when they arrive.
refusal-order-still-open = The order still waits for { $open } units. Receive them or cancel the rest, then close it.

## Evaluation, award and contract
refusal-finding-missing = { $missing } papers have not been judged. Every required paper of every bidder or applicant needs a finding (MoF Decree 87, art. 44). Fill them in and submit again.
refusal-members-too-few = The panel is too small: at least { $least } members (MoF Decree 87, art. 47). Add evaluators.
refusal-panel-even = The panel needs an odd number of members, there are { $given } (MoF Decree 87, art. 47). Add or remove one.
refusal-not-an-evaluator = This person is no evaluator. Choose one who holds that role.
refusal-member-conflicted = This person has an interest: drafted or approved this tender, belongs to a bidder, or stepped back (Government Procurement Law, art. 12). Choose somebody else.
refusal-conflict-undeclared = Not every member has declared to have no conflict of interest, or a place is empty. Bids are shown once all have declared.
refusal-scores-incomplete = { $missing } marks are missing. Every bid is judged by every criterion and essential requirement (MoF Decree 87, art. 55). Complete the sheet and submit again.
refusal-scores-submitted = The scores were handed in and can't change: a later change would undo independent judgement. If a sum is wrong, say so in the report.
refusal-low-price-unexplained = This price is abnormally low: write down what the bidder explained and what you make of it (Caiku 2026 No. 2). Then submit again.
refusal-report-unsigned = Not every member has signed the report. Confirm the award once all have signed.
refusal-not-first-ranked = Only the bid that is ranked first can be confirmed (Implementing Regulation, art. 43). Compare it with the report.
refusal-award-unpublished = The award has not been published. Publish it first, then make the contract.
refusal-signature-late = The time for signature is over: the contract had to be signed by { $last } (Government Procurement Law, art. 46). Report to the supervisor and say why.
refusal-already-signed = Your side has signed already; nothing more is needed.
refusal-deadline-too-early = The deadline { $deadline } is too early: at least { $days } days must lie between the documents and the deadline ({ $source }). Choose { $remedy } or later.
refusal-subject-fixed = What is bought and who qualifies stay as the notice said ({ $source }). For another purchase, call this tender off and publish a new notice.
refusal-nothing-changed = Nothing differs from the published version. Change something, or leave the notice as it is.
refusal-plan-too-recent = The intention has been public for { $held } days; as a principle it must be public { $days } days before the notice ({ $source }). Publish on { $remedy } or later, or, for an unforeseeable and urgent need, begin the tender without naming the intention.
refusal-deadline-passed = The deadline { $deadline } has passed, so this can no longer be done.
refusal-deadline-not-reached = The deadline { $deadline } has not been reached. Come back after it.
refusal-weights-not-hundred = The points of all criteria sum to { $sum }; they must sum to 100. Adjust them.
refusal-price-weight-too-low = The price has { $weight } points, fewer than the { $least } that the rule asks for ({ $source }). Give it more.
refusal-security-too-high = The security of { $asked } is over the cap of { $percent } % ({ $source }). At most { $remedy }.
refusal-deduction-out-of-range = The price deduction for micro and small enterprises must lie between { $least } % and { $most } % ({ $source }).
refusal-panel-too-small = The panel must have an odd number of members, at least { $least } ({ $source }).
refusal-holders-too-few = There are { $held } key holders, and { $needed } are needed to open (never fewer than 2). Add holders or need fewer.
refusal-deadline-moved-nearer = A change may not move the deadline nearer. It is { $deadline }: leave it, or choose a later one.

refusal-procedure-not-in-force = The law of { $day } has no procedure called “{ $procedure }”. Choose another.
refusal-ground-unfit = “{ $ground }” is no ground for “{ $procedure }”. Choose a ground that fits, or another procedure.
refusal-approval-missing = The budget reaches the threshold of open tenders, so another procedure needs the approval of the finance authority (Government Procurement Law art. 27). Give the number of the approval, or choose an open tender.
refusal-evaluation-method-unfit = “{ $procedure }” does not compare bids so. Choose another way to compare them.
refusal-price-weight-too-high = The price has { $weight } points, more than the { $most } that the rule lets it have ({ $source }). Give it fewer.
refusal-announcement-too-short = The time for applications or objections is too short ({ $source }). Let it end on { $remedy } or later.
refusal-announcement-runs = The time for applications or objections runs until { $until }. Invite after it.
refusal-announcement-over = The time for applications or objections ended on { $until }.
refusal-invited-too-few = Fewer than { $least } suppliers would be asked. Ask more.
refusal-not-invited = Only some suppliers are asked here, and yours is not among them.
refusal-offer-stands = In an inquiry a price stands once it is quoted. You have quoted and can't quote again.
refusal-applied-already = You have applied. Each supplier applies once.
refusal-applications-too-many = This tender has { $most } applications, as many as it takes. Talk to the buyer.
refusal-applications-unjudged = { $count } applications have not been judged. Judge them first.
refusal-objected-already = You have objected. Each supplier objects once; the buyer's answer will stand with the notice.
refusal-sole-supplier-objects = You are the one supplier that is to be asked, so you can't object to this notice.
refusal-objections-unanswered = { $count } objections have no answer. Answer them first.
refusal-objection-upheld = An objection was upheld, so this can't be bought from a single source. Call it off and begin again by another procedure.
refusal-negotiation-missing = There are no minutes of talks with { $count } of the suppliers. Talk with each of them and keep the minutes before you ask for final offers.
refusal-warnings-open = A question that an auditor would ask is open: { $warning } ({ $source }). Mend it, or give your reason for keeping it.
refusal-warning-changed = This question is no longer there, or its facts have changed. Look at it again, then give your reason.
refusal-reason-too-short = The reason is too short: at least { $least } characters. Say why it is needed and on what it rests.
refusal-security-not-asked = The documents ask for no bid security; none need be lodged.
refusal-security-lodged-already = Your organization has lodged a security for this tender. Another can be lodged only once finance has not accepted the first.
refusal-security-too-low = The guarantee is for too little: the documents ask for { $asked }. Have its issuer raise it to that sum.
refusal-guarantee-too-short = The guarantee ends too early: bids bind for { $days } days after the deadline, so it must be valid until { $earliest } at least. Have its issuer extend it.
refusal-security-not-due = Nothing makes it due back yet: it goes back after the award, the contract, the end of the tender or the withdrawal of the bid (Implementing Regulations, art. 33).
refusal-securities-undecided = Finance has not decided on the securities of { $count } bidders. Ask finance to do so, then judge the bidders.
refusal-day-in-future = The day lies after today ({ $today }). Give a day on which it has happened.
refusal-registered-already = Your organization has registered for these documents already; nothing more is needed.
