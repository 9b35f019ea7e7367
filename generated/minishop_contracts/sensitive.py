# Generated from openapi/ by scripts/generate.py: do not edit.
"""What no log, error or trace may hold."""

SENSITIVE = frozenset(
    {
        "Stripe-Signature",
        "access_token",
        "address",
        "body",
        "client_secret",
        "email",
        "new_password",
        "old_password",
        "password",
        "payment_token",
        "pending_email",
        "recipient",
        "refresh_token",
        "token",
    }
)
"""The names of all properties, parameters and headers that a document calls `x-sensitive`."""
