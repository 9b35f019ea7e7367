"""Payments: takes the money for each order once, and gives it back.

Owns the payments and the ledger; the money itself is the provider's. Asks Orders, under the token of an admin, whether
it knows the order whose money the admin moves back. A payment is written down before the provider is asked and carries
its number as the provider's key, so that a charge whose answer was lost is found again. Captures,
cancellations and refunds are work of the outbox until the provider has done them, also when the request has ended.
"""
