"""Catalog: what is sold, for how much, and how many are left.

Owns products, and the books of where each piece is: on hand, held for an order, or sold. Calls nobody. A removed
product keeps its row, off sale: orders and reservations go on naming it, and its number is never given to another.
"""
