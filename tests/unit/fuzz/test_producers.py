"""A run of one operation includes the operations that make its objects."""

from __future__ import annotations

import pytest

from minishop_server.kit.documents import document
from minishop_server.kit.settings import ServiceName
from minishop_server.tools.fuzz.producers import producers


@pytest.mark.parametrize(
    ("service", "operation", "expected"),
    [
        ("orders", "get_order", ["checkout", "list_orders"]),
        ("auth", "update_user", ["register"]),
        ("shipping", "update_shipment", ["create_shipment"]),
        ("catalog", "release_stock", ["reserve_stock"]),
        ("auth", "refresh", ["login", "register"]),
        ("cart", "get_cart", []),
    ],
    ids=[
        "by links",
        "by links of links",
        "by links to another of the path",
        "that need an object themselves",
        "not by itself",
        "without links",
    ],
)
def test_producers_are_found(service: ServiceName, operation: str, expected: list[str]) -> None:
    assert expected == producers(document(service), operation)
