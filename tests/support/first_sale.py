"""The first sale of a shop that has an admin and nothing else."""

from __future__ import annotations

import time

from minishop_client import Minishop
from tests.support.shop import PASSWORD


def first_sale(url: str) -> str:
    """The status of an order at its checkout, after its shipment is on its way."""
    with Minishop(url) as public:
        grace = public.login("grace", PASSWORD)
        product = grace.catalog.create_product(name="Wireless Keyboard", price=49.99, stock=100)
        user = public.auth.register(
            username="ada", email="ada@example.com", password=PASSWORD, address="123 Main Street, St. John's"
        )
        ada = public.login("ada", PASSWORD)
        ada.cart.add_cart_item(product_id=product.id, quantity=2)
        order = ada.orders.checkout(user_id=user.id, payment_method="credit_card")
        while ada.orders.get_order(order.order_id).status != "shipped":
            time.sleep(0.05)
        return order.status
