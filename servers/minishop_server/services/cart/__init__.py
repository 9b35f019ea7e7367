"""Cart: the items that a customer intends to buy.

Owns products and quantities by user. Reads the prices from Catalog, under the customer's own token, each time a cart
is shown; it stores the prices shown last, so that Orders charges no other without asking.
"""
