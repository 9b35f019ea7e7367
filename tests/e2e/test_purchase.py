"""The purchase that the data flow document tells, word for word, in a shop that really runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jwt

from minishop_client import Minishop
from tests.support.processes import running_shop

PASSWORD = "correct-horse-battery"
SECRET = "a-secret-of-at-least-32-letters-x"


def without_timestamp(body: dict[str, Any]) -> dict[str, Any]:
    """The body, after a look whether its time is one."""
    assert body["timestamp"][-1] == "Z"
    return {name: value for name, value in body.items() if name != "timestamp"}


def test_two_wireless_keyboards_are_bought_with_the_documented_bodies(tmp_path: Path) -> None:
    # With the secret of Orders the test may speak as that service.
    settings = {"MINISHOP_ORDERS_CLIENT_SECRET": SECRET}
    with running_shop(tmp_path, settings) as (process, url), Minishop(url) as shop:
        shop.auth.register(username="abdulakeem", email="user@example.com", password=PASSWORD)
        token = shop.auth.login(username="abdulakeem", password=PASSWORD).access_token
        claims = jwt.decode(token, options={"verify_signature": False})
        assert ("abdulakeem", "customer") == (claims["username"], claims["role"])
        ada = shop.login("ada", PASSWORD)

        assert [{"id": 1, "name": "Wireless Keyboard", "price": 49.99, "stock": 100}] == (
            ada.catalog.with_headers.list_products(limit=1).http.json()
        )
        cart = {
            "items": [{"product_id": 1, "quantity": 2, "price": 49.99}],
            "total_items": 1,
            "total_price": 99.98,
        }
        assert cart == ada.cart.with_headers.add_cart_item(product_id=1, quantity=2).http.json()
        assert cart == ada.cart.with_headers.get_cart().http.json()
        assert {"order_id": "ORD-101", "status": "paid", "total": 99.98} == (
            ada.orders.with_headers.checkout(user_id=1, payment_method="credit_card").http.json()
        )
        assert {"order_id": "ORD-101", "tracking_id": "SHIP-888", "status": "in_transit"} == (
            ada.shipping.with_headers.get_shipment("ORD-101").http.json()
        )
        orders = shop.as_service("orders", SECRET)
        paid = orders.payments.with_headers.process_payment(order_id="ORD-101", amount=99.98, method="credit_card")
        assert {"payment_id": "PAY-555", "status": "success"} == without_timestamp(paid.http.json())
        parcel = orders.shipping.with_headers.create_shipment(
            order_id="ORD-101", address="123 Main Street, St. John's", carrier="Canada Post"
        )
        assert {"order_id": "ORD-101", "tracking_id": "SHIP-888", "status": "in_transit"} == parcel.http.json()
        told = orders.notifications.with_headers.send_notification(
            recipient="user@example.com",
            subject="Order Confirmation",
            body="Your order ORD-101 has been placed successfully.",
        )
        assert {"status": "sent"} == without_timestamp(told.http.json())

        lines = [json.loads(line) for line in process.log.splitlines()]
        assert {"checkout", "process_payment", "send_notification"} <= {line.get("operation") for line in lines}
        for secret in (PASSWORD, SECRET, token.split(".")[2], "user@example.com"):
            assert secret not in process.log
