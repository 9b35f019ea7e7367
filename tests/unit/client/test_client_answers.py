"""The client reads an undocumented answer completely or refuses it."""

from typing import Any

import pytest

from minishop_client import Minishop, UnexpectedAnswer
from tests.support.scripted_service import Reply, Service

PAID = {"order_id": "ORD-101", "status": "paid", "total": 99.98}


@pytest.mark.parametrize("status", [200, 203, 206, 299])
def test_a_success_of_another_status_is_its_class(service: Service, status: int) -> None:
    service.on("POST /orders/checkout", Reply(status, PAID))
    service.on("DELETE /cart", Reply(status, {"emptied": True}))

    with Minishop(service.url) as shop:
        answer = shop.orders.with_headers.checkout(user_id=1, payment_method="credit_card")
        assert (status, "ORD-101") == (answer.status, answer.parsed.order_id)
        assert shop.cart.clear_cart() is None  # type: ignore[func-returns-value]

    assert 1 == service.routes().count("POST /orders/checkout")


@pytest.mark.parametrize("body", ["", "<p>Welcome</p>", "[]", "{}", '"ORD-101"'])
def test_a_success_whose_body_does_not_fit_is_unexpected(service: Service, body: str) -> None:
    service.on("POST /orders/checkout", Reply(202, body))

    with Minishop(service.url) as shop, pytest.raises(UnexpectedAnswer):
        shop.orders.checkout(user_id=1, payment_method="credit_card")

    assert 1 == len(service.seen)


@pytest.mark.parametrize("field", ["order_id", "status", "total"])
def test_null_where_a_value_has_to_be_is_unexpected(service: Service, field: str) -> None:
    service.on("POST /orders/checkout", Reply(201, PAID | {field: None}))

    with Minishop(service.url) as shop, pytest.raises(UnexpectedAnswer):
        shop.orders.checkout(user_id=1, payment_method="credit_card")


@pytest.mark.parametrize("change", [{"tracking_id": None}, {"allowed_actions": [None]}, {"lines": [None]}])
def test_null_in_an_optional_field_or_a_list_is_unexpected(service: Service, change: dict[str, Any]) -> None:
    order = PAID | {"identity": "i", "user_id": 1, "refunded": 0, "lines": [], "payment_method": "paypal"}
    order |= {"address": "5 Water Street", "carrier": "DHL", "allowed_actions": []}
    order |= dict.fromkeys(("created_at", "updated_at"), "2025-10-06T18:20:00Z")
    service.on("GET /orders/ORD-101", Reply(200, order | {"from_the_future": None}), Reply(200, order | change))

    with Minishop(service.url) as shop:
        assert "ORD-101" == shop.orders.get_order("ORD-101").order_id
        with pytest.raises(UnexpectedAnswer):
            shop.orders.get_order("ORD-101")
