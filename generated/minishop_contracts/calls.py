# Generated from openapi/ by scripts/generate.py: do not edit.
"""Who calls whom: the `x-calls` of each document and its operations."""

CALLS = {
    "auth": ("notifications.send_notification",),
    "cart": ("catalog.list_products",),
    "catalog": (),
    "notifications": (),
    "orders": (
        "auth.compare_numbers",
        "auth.get_me",
        "auth.issue_token",
        "cart.get_cart_for_checkout",
        "cart.get_highest_numbers",
        "cart.take_bought_pieces",
        "catalog.commit_reservation",
        "catalog.compare_numbers",
        "catalog.list_products",
        "catalog.release_stock",
        "catalog.reserve_stock",
        "notifications.send_notification",
        "payments.compare_numbers",
        "payments.process_payment",
        "payments.refund_payment",
        "payments.void_order_payment",
        "shipping.cancel_shipment",
        "shipping.compare_numbers",
        "shipping.create_shipment",
        "shipping.list_shipment_events",
    ),
    "payments": ("orders.get_order",),
    "shipping": ("auth.issue_token", "notifications.send_notification"),
}
"""By service: the operations of others that it calls, `payments.process_payment` and the like."""
