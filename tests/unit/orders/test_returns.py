"""Returned items, and the money for them."""

from __future__ import annotations

import asyncio

import pytest

from minishop_client import Conflict, Unprocessable
from minishop_client.services.orders.models import ReturnLine
from minishop_server.tools.audit.command import look
from tests.support.orders import bought, delivered, money, state, steps
from tests.support.shop import Shop


async def test_a_whole_return_gives_all_the_money_back(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    await delivered(shop, grace)

    asked = await ada.shop.orders.request_return("ORD-101")
    accepted = await grace.shop.orders.accept_return("ORD-101")
    await shop.settled()
    again = await grace.shop.orders.accept_return("ORD-101")

    assert ["return_requested", "returned", "refunded"] == [order.status for order in (asked, accepted, again)]
    assert (99.98, [(9998, 9998)]) == (float(again.refunded), await money(shop))
    assert ["delivered", "return_requested", "returned", "money_returned", "refunded"] == (await steps(ada.shop))[-5:]


async def test_pieces_are_returned_one_after_the_other(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    await delivered(shop, grace)

    for expected in ("partly_refunded", 4999), ("refunded", 9998):
        await ada.shop.orders.request_return("ORD-101", lines=[ReturnLine(1, 1)])
        await grace.shop.orders.accept_return("ORD-101")
        await shop.settled()
        assert (expected[0], [(9998, expected[1])]) == (await state(ada), await money(shop))

    with pytest.raises(Conflict) as refusal:
        await ada.shop.orders.request_return("ORD-101")
    assert "not_allowed_now" == refusal.value.code


async def test_no_more_is_returned_than_was_bought_and_nothing_that_was_not_delivered(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    with pytest.raises(Conflict) as too_early:
        await ada.shop.orders.request_return("ORD-101")
    with pytest.raises(Conflict) as nothing_asked:
        await grace.shop.orders.accept_return("ORD-101")
    await delivered(shop, grace)

    refusals = []
    for lines in ([ReturnLine(1, 3)], [ReturnLine(2, 1)]):
        with pytest.raises(Conflict) as refusal:
            await ada.shop.orders.request_return("ORD-101", lines=lines)
        refusals.append(refusal.value.code)

    assert ["not_allowed_now"] * 2 == [too_early.value.code, nothing_asked.value.code]
    assert ["nothing_to_return"] * 2 == refusals
    assert "delivered" == await state(ada)


async def test_refunds_together_never_exceed_the_total(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    with pytest.raises(Conflict) as too_early:
        await grace.shop.orders.refund_order("ORD-101", amount=1)
    await delivered(shop, grace)

    answers = await asyncio.gather(
        *(grace.shop.orders.refund_order("ORD-101", amount=30) for _ in range(6)), return_exceptions=True
    )
    await shop.settled()

    codes = [answer.code for answer in answers if isinstance(answer, Conflict)]
    assert ("not_allowed_now", ["refund_exceeds_total"] * 3) == (too_early.value.code, codes)
    order = await ada.shop.orders.get_order("ORD-101")
    assert ("partly_refunded", 90, [(9998, 9000)]) == (order.status, order.refunded, await money(shop))
    await grace.shop.orders.refund_order("ORD-101", amount=9.98)
    await shop.settled()
    assert ("refunded", [(9998, 9998)]) == (await state(ada), await money(shop))


async def test_a_refund_with_a_key_is_made_once(shop: Shop) -> None:
    _, grace = await bought(shop), await shop.admin()
    await delivered(shop, grace)
    refund = grace.shop.orders.with_headers.refund_order

    answers = await asyncio.gather(
        *(refund("ORD-101", amount=20, reason="Late", idempotency_key="key-1") for _ in range(8))
    )
    await shop.settled()

    assert {(201, "/orders/ORD-101")} == {(answer.status, answer.headers["Location"]) for answer in answers}
    assert 7 == sum("Idempotent-Replayed" in answer.headers for answer in answers)
    assert [(9998, 2000)] == await money(shop)
    with pytest.raises(Unprocessable) as refusal:
        await refund("ORD-101", amount=21, idempotency_key='"key-1"')
    assert "idempotency_key_reused" == refusal.value.code


async def test_a_refund_waits_for_payments(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    await delivered(shop, grace)
    shop.wire.cut("/payments")

    await grace.shop.orders.refund_order("ORD-101", amount=20)
    await asyncio.sleep(0.2)
    assert ("delivered", [(9998, 0)]) == (await state(ada), await money(shop))

    shop.wire.mend()
    await shop.settled()
    assert ("partly_refunded", [(9998, 2000)]) == (await state(ada), await money(shop))


async def test_a_free_order_is_returned_piece_by_piece_and_no_money_moves(shop: Shop) -> None:
    await shop.product("Sample", 0)
    ada, grace = await shop.customer(), await shop.admin()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    await ada.checkout()
    await shop.settled()
    await delivered(shop, grace)

    for expected in "partly_refunded", "refunded":
        assert ("request_return",) == (await ada.shop.orders.get_order("ORD-101")).allowed_actions
        await ada.shop.orders.request_return("ORD-101", lines=[ReturnLine(1, 1)])
        await grace.shop.orders.accept_return("ORD-101")
        await shop.settled()
        assert (expected, [(0, 0)]) == (await state(ada), await money(shop))

    assert () == (await ada.shop.orders.get_order("ORD-101")).allowed_actions
    with pytest.raises(Conflict):
        await ada.shop.orders.request_return("ORD-101")
    assert [] == (await look(grace.shop, 60, 10))[1]


async def test_a_free_order_is_called_back(shop: Shop) -> None:
    await shop.product("Sample", 0)
    ada, grace = await shop.customer(), await shop.admin()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    await ada.checkout()
    await shop.settled()

    await grace.shop.orders.cancel_order("ORD-101")
    await shop.settled()

    assert ("refunded", 100) == (await state(ada), await shop.stock(1))
    assert [] == (await look(grace.shop, 60, 10))[1]
