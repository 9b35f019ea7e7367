"""Auth: who somebody is.

Owns the accounts, their sessions (`sessions/`), the credentials of services (`clients/`), the keys that tokens are
signed with (`keys/`), and the audit log of all that (`journal/`). The signing keys are kept in the database, encrypted,
where every replica finds them; only their public halves leave.

Calls Notifications alone, to mail links, under a token that it signs itself; so every other service may call it, and no
call runs in a circle. A mail is work that is owed from the registration or the question on: neither waits for it. What
failed for long is tried again after ten minutes.
"""
