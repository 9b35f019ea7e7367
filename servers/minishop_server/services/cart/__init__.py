"""Cart: what a shopper means to buy.

Owns products and quantities by user. Catalog is asked for the prices, under the shopper's own token, each time a cart
is shown; those that were shown last are remembered, for Orders to charge no other without asking.
"""
