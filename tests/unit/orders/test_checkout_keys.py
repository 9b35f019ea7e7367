"""However often a checkout is sent, it buys once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from minishop_client import Conflict, Unprocessable
from minishop_server.kit.etags import Condition
from tests.support.orders import delivered, two_keyboards
from tests.support.shop import PASSWORD, Gate, Shop, User


async def test_the_same_key_gets_the_first_order_again_and_another_wish_is_refused(shop: Shop) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    first = await ada.checkout("key-1")
    await ada.shop.cart.add_cart_item(product_id=1, quantity=5)

    again = await ada.checkout('"key-1"')

    assert first.parsed == again.parsed
    assert (201, "true") == (again.status, again.headers["Idempotent-Replayed"])
    assert "Idempotent-Replayed" not in first.headers
    with pytest.raises(Unprocessable) as refusal:
        await ada.checkout("key-1", carrier="Purolator")
    assert "idempotency_key_reused" == refusal.value.code
    assert (98, 1) == (await shop.stock(1), (await ada.shop.cart.get_cart()).total_items)
    bob = await two_keyboards(shop, "bob")
    assert "ORD-102" == (await bob.checkout("key-1")).parsed.order_id


@pytest.mark.parametrize("key", ["k" * 255, "q0Z/+3w8rT1mA==", "~!#$%&'()*,;:<>?@[]^`{|}", 'a"b\\c'])
async def test_a_key_is_any_255_visible_characters_with_or_without_quotes_around_them(shop: Shop, key: str) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    grace = await shop.admin()
    await ada.checkout(key)
    await shop.settled()
    await delivered(shop, grace)

    again = await ada.checkout(f'"{key}"')
    refunds = [
        await grace.shop.orders.refund_order("ORD-101", amount=1, idempotency_key=sent) for sent in (key, f'"{key}"')
    ]

    assert "true" == again.headers["Idempotent-Replayed"]
    assert 1 == len({refund.created_at for refund in refunds})
    assert 1 == (await ada.shop.orders.get_order("ORD-101")).refunded


async def test_a_refusal_is_repeated_for_the_same_key(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product(stock=1)
    ada = await two_keyboards(shop)
    refusals = []
    for stock in (100, 100):
        with pytest.raises(Conflict) as refusal:
            await ada.checkout("key-1")
        refusals.append(refusal.value.detail)
        await shop.domain("catalog").update_product(1, Condition("*"), name=None, price=None, stock=stock)

    assert refusals[0] == refusals[1]
    assert 1 == len(await ada.shop.orders.list_orders())
    assert "paid" == (await ada.checkout("key-2")).parsed.status


async def test_24_requests_at_once_with_one_key_make_one_order_and_one_charge(
    shop: Shop, confirmations: Callable[[User], int]
) -> None:
    await shop.product()
    ada = await two_keyboards(shop)

    answers = await asyncio.gather(*(ada.checkout("key-1") for _ in range(24)))

    assert {(201, "ORD-101", "paid", 99.98)} == {
        (answer.status, answer.parsed.order_id, answer.parsed.status, float(answer.parsed.total)) for answer in answers
    }
    assert 23 == sum("Idempotent-Replayed" in answer.headers for answer in answers)
    await shop.settled()
    assert 1 == len(await ada.shop.orders.list_orders())
    assert (98, 1) == (await shop.stock(1), confirmations(ada))
    assert [(9998, "captured")] == await charges(shop)


async def test_requests_at_once_without_a_key_buy_the_cart_once(shop: Shop) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    token = (await shop.client.auth.login(username="ada", password=PASSWORD)).access_token
    http = httpx.AsyncClient(
        transport=shop.transport, base_url="http://shop", headers={"Authorization": f"Bearer {token}"}
    )
    request = {"user_id": ada.id, "payment_method": "credit_card"}
    shop.wire.gates["POST /payments/process"] = gate = Gate()
    first = asyncio.create_task(http.post("/orders/checkout", json=request))
    await gate.reached.wait()

    others = [asyncio.create_task(http.post("/orders/checkout", json=request)) for _ in range(4)]
    another = await http.post("/orders/checkout", json={**request, "carrier": "Purolator"})
    with_a_key = await http.post("/orders/checkout", json=request, headers={"Idempotency-Key": "key-1"})
    gate.opened.set()

    assert [(409, "cart_bought")] * 2 == [(r.status_code, r.json()["code"]) for r in (another, with_a_key)]
    answers = await asyncio.gather(first, *others)
    assert [(201, {"order_id": "ORD-101", "status": "paid", "total": 99.98})] * 5 == [
        (answer.status_code, answer.json()) for answer in answers
    ]
    assert [(9998, "captured")] == await charges(shop)
    assert 98 == await shop.stock(1)


async def charges(shop: Shop) -> list[tuple[int, str]]:
    """The payments on Payments' books."""
    rows = await shop.domain("payments").database.fetch(dict, "SELECT amount, state FROM payments")
    return [(row["amount"], row["state"]) for row in rows]


async def test_a_request_overtaken_by_another_with_its_key_gets_that_ones_order(
    sqlite_shop: Shop,
) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await two_keyboards(shop)
    shop.wire.gates["GET /auth/me"] = gate = Gate()
    overtaken = asyncio.create_task(ada.checkout("key-1"))
    await gate.reached.wait()
    await ada.checkout("key-1")
    gate.opened.set()

    answer = await overtaken

    assert ("ORD-101", "true") == (answer.parsed.order_id, answer.headers["Idempotent-Replayed"])
    assert 98 == await shop.stock(1)
