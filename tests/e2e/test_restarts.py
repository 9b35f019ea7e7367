"""A shop that is killed, stopped and started again."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from minishop_client import Minishop
from tests.support.canary_shop import until
from tests.support.processes import running_shop

PASSWORD = "correct-horse-battery"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_shop_that_is_killed_keeps_orders_stock_and_tokens(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    settings: dict[str, str] = {} if kind == "sqlite" else request.getfixturevalue("seven_databases")
    with running_shop(tmp_path, settings) as (process, url), Minishop(url) as shop:
        token = shop.auth.login(username="ada", password=PASSWORD).access_token
        ada = shop.with_token(token)
        products = len(list(ada.catalog.iter_products()))
        ada.cart.add_cart_item(product_id=1, quantity=2)
        ada.orders.checkout(user_id=1, payment_method="credit_card", idempotency_key="key-1")
        ada.cart.add_cart_item(product_id=2, quantity=1)
        until(lambda: ada.orders.get_order("ORD-101").status == "shipped")  # the shop has done with it
        order = ada.orders.get_order("ORD-101")
        process.kill()

    with running_shop(tmp_path, settings) as (_, url), Minishop(url) as shop:
        ada = shop.with_token(token)
        assert order == ada.orders.get_order("ORD-101")
        assert (
            "ORD-101" == ada.orders.checkout(user_id=1, payment_method="credit_card", idempotency_key="key-1").order_id
        )
        assert 98 == ada.catalog.get_product(1).stock
        assert [2] == [item.product_id for item in ada.cart.get_cart().items]
        assert products == len(list(ada.catalog.iter_products()))


def test_ctrl_c_ends_the_shop_cleanly_although_clients_are_connected_and_all_it_logged_is_json(tmp_path: Path) -> None:
    with running_shop(tmp_path) as (process, url), httpx.Client(base_url=url) as http:
        for path in "/", "/nothing", "/auth/livez", "/orders":
            http.get(path)

        assert 0 == process.interrupt()

        assert "Stopped." in process.output
        assert {"request"} <= {json.loads(line)["event"] for line in process.log.splitlines()}
        assert not list((tmp_path / "data").glob("*-wal"))
