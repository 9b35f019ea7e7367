"""Shipping: parcels on their way.

Owns one shipment for each order, and the feed of their events, which Orders reads. Calls Notifications, under its own
name, to tell the customer of each event: this is a job from the event on, done once. It is never given up: a job that
failed for long waits ten minutes and is tried again.
"""
