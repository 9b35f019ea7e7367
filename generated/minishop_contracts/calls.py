# Generated from openapi/ by scripts/generate.py: do not edit.
"""Who calls whom and reaches what: `x-calls` of each document and its operations, and `x-reaches`."""

CALLS = {
    "auth": ("notifications.send_notification",),
    "cart": ("auth.get_jwks", "auth.list_revocations", "catalog.list_products"),
    "catalog": ("auth.get_jwks", "auth.list_revocations"),
    "notifications": ("auth.get_jwks", "auth.list_revocations"),
    "orders": (
        "auth.compare_numbers",
        "auth.get_jwks",
        "auth.get_me",
        "auth.issue_token",
        "auth.list_revocations",
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
    "payments": (
        "auth.get_jwks",
        "auth.list_revocations",
        "orders.get_order",
        "payments.receive_webhook",
    ),
    "shipping": (
        "auth.get_jwks",
        "auth.issue_token",
        "auth.list_revocations",
        "notifications.send_notification",
    ),
}
"""The operations that each service calls, for example `payments.process_payment`."""
PUBLIC = frozenset(
    ("auth.get_jwks", "auth.issue_token", "auth.list_revocations", "payments.receive_webhook")
)
"""The operations among them that need no token."""
REACHES = {
    "auth": (),
    "cart": (),
    "catalog": (),
    "notifications": ("smtp",),
    "orders": (),
    "payments": ("stripe",),
    "shipping": (),
}
"""The external systems that each service connects to."""
