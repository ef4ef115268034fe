# oversight
event-recorded = Recorded
event-organization-registered = Organization registered
event-role-granted = Role given
event-file-stored = File uploaded
event-user-password-changed = Password changed
event-session-started = Signed in
event-session-ended = Signed out
event-session-token-reused = Session ended: an old token was used again
event-session-acts-for = Acts for another organization
