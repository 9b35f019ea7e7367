"""Payments: takes the money for each order once, and gives it back.

Owns the payments and the ledger; the money itself is the provider's. Asks Orders, under the token of an admin, whether
it knows the order whose money the admin moves back. A payment is written down before the provider is asked and carries
its number as the provider's key, so that a charge whose answer was lost is found again. What is owed to a provider or a
shopper stands in the database until it is done, and is done by the request, its repetition, or `catch_up`, whichever
comes first.
"""
