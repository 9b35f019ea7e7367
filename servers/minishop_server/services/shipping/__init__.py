"""Shipping: parcels on their way.

Owns one shipment for each order, and the feed of their moves, which Orders reads. Calls Notifications, under its own
name, to tell the customer of each move: it is work that is owed from the move on, and done once. It is never given up:
what failed for long waits ten minutes and is tried again.
"""
