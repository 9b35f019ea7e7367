"""Concurrent buyers get exactly the stock, and each key one order, also if the requests go to several processes."""

from __future__ import annotations

from tests.chaos.buyers import register
from tests.chaos.deployment import Deployment
from tests.chaos.proof import findings
from tests.chaos.rush import last_items, one_key, opposite_carts, other_wish


async def test_of_fifty_buyers_at_once_exactly_ten_get_the_last_ten_pieces(deployment: Deployment) -> None:
    assert ({"paid": 10, "out_of_stock": 40}, [0]) == await last_items(deployment)
    assert [] == await findings(deployment)


async def test_carts_in_opposite_orders_are_neither_oversold_nor_in_each_others_way(deployment: Deployment) -> None:
    assert ({"paid": 10, "out_of_stock": 14}, [0, 0]) == await opposite_carts(deployment)
    assert [] == await findings(deployment)


async def test_a_key_makes_one_order_for_24_requests_at_once_and_after_a_restart(deployment: Deployment) -> None:
    ada, bob = await register(deployment.shop, ["ada", "bob"])

    answers = await one_key(deployment, ada)

    assert [1] * 5 == [len(answer) for answer in answers]
    first = answers[0].pop()
    assert "idempotency_key_reused" == await other_wish(ada, "round-0")
    for unit in deployment.units:
        deployment.restart(unit)
    assert first == await ada.buy("round-0")
    assert "idempotency_key_reused" == await other_wish(ada, "round-0")
    await bob.fill_cart((1, 1))
    assert first.order_id != (await bob.buy("round-0")).order_id  # another user has keys of their own
    assert 5 == len(await ada.shop.orders.list_orders())
    assert [] == await findings(deployment)
