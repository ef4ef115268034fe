# The pages of openings.
opening-page-title = Opening of bids
opening-office = { $role }, { $organization }
opening-office-number = { $office } ({ $number })
opening-bid-number = Bid { $number }

## The stages
opening-how = How the opening works
opening-how-sealed = Every bid is encrypted in the bidder's own browser. The marketplace keeps a closed envelope; until the opening nobody can read it, its operator included.
opening-how-deadline = At the deadline the taking of bids ends by the marketplace's clock. How many bids are in is secret until then.
opening-how-holders = The key to each envelope is divided among { $holders } holders. { $needed } of them must unlock their part; fewer learn nothing.
opening-how-record = As soon as { $needed } have acted, all envelopes open at once and the record with bidders and prices stands here, for everybody.
opening-how-failure = With fewer than three bids nothing is opened and the tender has failed (Procurement Law, article 36). If holders lose their keys, bidders can open their own bids with the key that they kept, and the record says so.
opening-state-waiting = awaiting the opening
opening-sign-in = Sign in as a key holder
opening-closing = The deadline has passed; the taking of bids is being ended
opening-closing-next = That takes a moment. Load the page again if it does not change by itself.
opening-waiting = { $bids } sealed bids are in; { $missing ->
    [one] one more holder is needed
   *[other] { $missing } more holders are needed
}
opening-waiting-next = No bid can be read before they have acted. The page shows it as it happens.
opening-failed = The tender has failed; no bid was opened or awarded
opening-failed-bids = Bids that were in at the deadline: { $bids }. They stay sealed if they were too few.
opening-failed-law = When fewer than three suppliers bid or respond to the documents in substance, the tender fails (Procurement Law, article 36, item 1; Order 87 of the Ministry of Finance, articles 41 and 43).
opening-failed-next = The buyer gives public notice of the reason and invites bids again, or applies for another method of procurement.
opening-cancelled = The buyer has called the tender off
opening-unopened = Not every bid could be opened
opening-unopened-next = Holders who have not yet acted can still unlock their part. A bidder can open its own bid with the key that it kept. Bidders are judged when the buyer goes on.
opening-awaited = Who must act now
opening-awaited-next = They sign in, open this page, choose their key file and type its passphrase. Who has lost it tells the buyer: other holders can take the place, or bidders reveal their own bids.
opening-to-evaluation = Judge the bidders
opening-to-bid = Your bid
opening-reveal = If holders can't open your bid, you can reveal it there with the key that you kept when you sealed it.

## The table
opening-places = Holders of the keys
opening-seat-acted = Key is in
opening-seat-awaited = Awaited
opening-seat-later = From the deadline on
opening-seat-unneeded = Not needed any more
opening-seat-own = Your place
opening-keys = { $count } of { $needed } keys needed are in
opening-bids = Bids in the order of reception
opening-bids-secret = How many bids are in is secret until the deadline.
opening-bids-none = No bids lie on the table.
opening-envelope-closed = Sealed
opening-brand-is = Brand: { $brand }
opening-revealed = Revealed by its bidder
opening-live = This page follows the opening.
opening-broken = The line is broken; it is tried again. You can also load the page anew.
opening-news = Something new is out. Loading the page shows it; you would choose your file again.
opening-reload = Load again
opening-read-out = Read out one by one
opening-next = Open the next envelope
opening-all = Open all

## The record
opening-record = Record of the opening
opening-record-tender = Tender
opening-record-at = Opened
opening-record-bids = Bids
opening-record-counts = { $bids } in at the deadline: { $opened } opened, { $failed } not opened
opening-record-holders = Opened by ({ $needed } of { $holders } needed)
opening-record-caption-lots = Bids lot by lot, in the order of reception
opening-record-caption = Bids in the order of reception
opening-record-number = No.
opening-record-bidder = Bidder, declared size
opening-record-price = Price
opening-record-brand = Brand
opening-record-result = Result
opening-record-received = Received
opening-record-commitment = Commitment (SHA-256)
opening-record-stale = Sealed for an earlier version of the documents, not confirmed since
opening-record-check = The commitment was published when the bid came in; what was opened must fit it. Anybody can check both:
opening-result-opened = Opened
opening-result-revealed = Revealed by its bidder
opening-result-failed = Not opened

## The holder's desk
opening-desk = Your key
opening-desk-lead = { $bids } sealed bids wait for your part of their keys. It is unlocked in this browser; your file and passphrase never leave it.
opening-key-file = Your key file (.age)
opening-key-file-help = The file that you saved when you made the key. It is read here and not uploaded.
opening-passphrase = Its passphrase
opening-passphrase-help = It is used in this browser only.
opening-no-file = Choose your key file first. A file of more than 64 KB is none.
opening-no-passphrase = Type the passphrase of the file.
opening-working = Unlocking; this takes a few seconds.
opening-wrong-file = This is not a key file: it can't be read as one. Choose the .age file that you saved when you made the key.
opening-wrong-passphrase = The passphrase does not open this file. Check capitals and input method, and try again; nothing was handed in.
opening-other-key = The file holds another key than the one that the notice names for you. Choose the file of that key; nothing was handed in.
opening-no-module = The part of the page that unlocks keys could not be loaded or failed. Load the page again; nothing was handed in.
opening-open-shares = Open my shares
opening-shares-opened = { $opened } of { $total } shares opened. Nothing has been handed in yet.
opening-shares-failed = These did not open:
opening-share-unfit = It is not sealed to your key.
opening-share-wrong = What is inside does not fit its published hash: the bidder sealed something else than it said.
opening-share-unreadable = The sealed share can't be read.
opening-confirm-missing = I have tried with the right key. Hand these in as not opened; the record will show it if too few others can.
opening-unconfirmed = Tick that the shares that did not open are handed in as missing, or try again with the right key.
opening-hand-in = Hand in
opening-handing-in = Handing in.
opening-unanswered = The marketplace did not answer, or you have been signed out. Nothing is lost: press again, or sign in in another window first.
opening-handed-in = Your shares are in.
done-shares-handed-in = Your shares are in. Each holder counts once; nothing more is to be done.
opening-rehearsal = Try your key beforehand
opening-rehearsal-lead = See in time whether your file and passphrase work for this tender. This happens in your browser only and changes nothing. The public half that is registered:
opening-try-key = Try the key
opening-key-works = Your key works: the file and the passphrase fit the public key that the notice names.
opening-no-script = Unlocking keys in the browser needs JavaScript. Switch it on, or use another browser.

## The timeline
event-bidding-closed = Taking of bids ended
event-opening-shares-submitted = A holder has handed in its shares
event-opening-recorded = Record of the opening published
