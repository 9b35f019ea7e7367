"""Catalog: the products, their prices and their stock.

Owns products, and the stock of each: on hand, held for an order, or sold. Calls no other service. A removed
product keeps its row, off sale: orders and reservations still refer to it, and its number is never reused.
"""
