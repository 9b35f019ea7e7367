"""The past that the benchmark writes into a shop is one that the shop could have had."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from bench.buyers import ADMIN, crowd
from bench.filling import PARKED, READERS_ORDERS, fill, leave_work
from bench.shops import Place, Shop, open_shop, place, postgresql
from minishop_client import Minishop
from minishop_server.tools.demo.seed import PASSWORD

ORDERS = 100


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Room for a shop."""
    with nullcontext() if request.param == "sqlite" else postgresql() as server, place(server) as found:
        yield found


async def begin(shop: Shop) -> tuple[int, int]:
    """The first customer and the last product."""
    async with crowd(shop.url, 1) as first:
        return first.buyers[0].user_id, first.product


def test_the_books_of_a_filled_shop_add_up_and_it_goes_on_selling(where: Place) -> None:
    with open_shop(where) as shop:
        reader, product = asyncio.run(begin(shop))
    fill(where, ORDERS, reader, product)

    with open_shop(where) as shop:
        with Minishop(shop.url) as visitor:
            own = visitor.login("buyer0", PASSWORD)
            before = own.orders.list_orders(limit=100)
            own.cart.add_cart_item(product_id=product + ORDERS, quantity=1)
            bought = own.orders.checkout(user_id=reader, payment_method="credit_card")
        command = "from minishop_server.commands.main import main; main()"
        audit = [sys.executable, "-c", command, "audit", "--url", shop.url]
        audited = subprocess.run(audit, capture_output=True, text=True, check=False)

    assert (READERS_ORDERS, f"ORD-{101 + ORDERS}", "paid") == (len(before), bought.order_id, bought.status)
    assert (0, "") == (audited.returncode, audited.stderr), audited.stdout


def test_work_that_was_left_waits_and_parked_work_is_done_once_it_is_resumed(where: Place) -> None:
    with open_shop(where) as shop:
        reader, product = asyncio.run(begin(shop))
    fill(where, ORDERS, reader, product)
    leave_work(where, ORDERS)

    with open_shop(where) as shop, Minishop(shop.url) as visitor:
        orders = visitor.login(ADMIN, PASSWORD).orders
        parked = [job.work_id for job in orders.iter_work(parked=True)]
        orders.resume_work(parked[0])
        while parked[0] in (waiting := [job.work_id for job in orders.iter_work(parked=False)]):
            time.sleep(0.01)
        left = [job.work_id for job in orders.iter_work(parked=True)]

    assert (PARKED, ORDERS // 10, parked[1:]) == (len(parked), len(waiting), left)
