"""Auth: accounts and their authentication.

Owns the accounts, their sessions (`sessions/`), the credentials of services (`service_accounts/`), the keys that
sign tokens (`signing_keys/`), and the audit log of these (`audit_log/`). The database stores the signing keys
encrypted for every replica; only their public halves leave it.

Calls only Notifications, to mail links, under a token that it signs itself; so every other service may call it without
a cycle. A mail is a job from the registration or the request on: neither waits for it. A job that failed for long is
tried again after ten minutes.
"""
