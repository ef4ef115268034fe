# Refusals: what is wrong, why the rule exists, what to do next. One key for each code of refusal.rs.

## Any room
refusal-required = This is required.
refusal-too-long = Too long: at most { $most } characters, there are { $length }. Shorten it and submit again.
refusal-out-of-range = The number is out of range. It must lie between { $least } and { $most }.
refusal-malformed = The form is wrong. Expected: { $expected }.
refusal-hidden-characters = The text holds invisible or direction-changing characters, which could mislead readers. Type it again instead of pasting it from a formatted file.
refusal-conflict = Somebody else changed this since you opened the page. What you typed is not lost: load the page again, compare, and submit.
refusal-idempotency-key-reused = This idempotency key was used for another request with other content. Use a new key for a new request.
refusal-wrong-state = This can't be done while the state is “{ $state }”.
refusal-not-found = Not found, or not yours to see.
refusal-not-allowed = Your role does not allow this. Ask a colleague who holds the role.
refusal-same-person = Another person must do this: the one who drafts may not approve.
refusal-file-too-large = The file is too large: at most { $most } MB. Compress or split it and upload again.
refusal-file-kind-not-taken = This kind of file is not taken here. You can upload: { $expected }.

## Identity
refusal-credit-code-invalid = The unified social credit code is wrong: it has 18 characters, of which the last is a check character (GB 32100-2015). Compare it with the business licence.
refusal-credit-code-taken = This unified social credit code is registered already. Ask your organization's administrator to add you, or sign in with the existing account.
refusal-login-taken = This login is in use. Choose another.
refusal-sign-in-failed = Login or password is wrong. Check both and try again.
refusal-too-many-attempts = Too many attempts. Try again in { $seconds } seconds.
refusal-password-too-weak = The password is too weak: at least { $least } characters, not a common one, and without the login in it.
refusal-password-wrong = The present password is wrong.
refusal-token-reused = This sign-in was renewed before and then used again. For safety it has ended; sign in again.
refusal-session-ended = The session has ended. Sign in again.
