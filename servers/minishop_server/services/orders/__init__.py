"""Orders: turns a cart into an order, and sees to it until the last refund.

Owns the orders. Calls Auth under the shopper's token, and Cart, Catalog, Payments, Shipping and Notifications under its
own name. The order row is the truth: it is there before the stock is held or the money taken, every effect is keyed
by its number, and what is still to be done for it stands beside it as work (kit/outbox), which any replica does.

A checkout goes through checkouts.py, what is done for an order is in steps.py, its life is the table in states.py.
"""
