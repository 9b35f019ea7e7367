"""Orders: turns a cart into an order, and processes it until the last refund.

Owns the orders. Calls Auth under the shopper's token, and Cart, Catalog, Payments, Shipping and Notifications under its
own name. The order row is the truth: it is there before the stock is held or the money taken, every effect is keyed
by its number, and each open effect is a job beside it (kit/outbox), which any replica runs.

A checkout goes through checkout.py, the jobs are in fulfilment.py, the states are the table in state_machine.py.
"""
