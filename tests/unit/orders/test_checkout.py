"""A cart becomes an order, or is left as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from minishop_client import Conflict, Forbidden, PaymentRequired, Unavailable, Unprocessable

from ...shop import ADDRESS, Gate, Shop, User


async def two_keyboards(shop: Shop, name: str = "ada") -> User:
    """A customer with two of product 1 in the cart."""
    ada = await shop.customer(name)
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    return ada


async def test_a_checkout_charges_sends_confirms_and_empties_the_cart(
    shop: Shop, confirmations: Callable[[User], int]
) -> None:
    keyboard = await shop.product()
    ada = await two_keyboards(shop)

    answer = await ada.checkout()

    assert (201, "/orders/ORD-101") == (answer.status, answer.headers["Location"])
    assert {"order_id": "ORD-101", "status": "paid", "total": 99.98} == answer.parsed.to_dict()
    order = (await ada.shop.orders.get_order("ORD-101")).to_dict()
    assert {
        "order_id": "ORD-101",
        "user_id": ada.id,
        "status": "paid",
        "total": 99.98,
        "lines": [{"product_id": keyboard, "quantity": 2, "price": 49.99}],
        "payment_method": "credit_card",
        "payment_id": "PAY-555",
        "tracking_id": "SHIP-888",
        "address": ADDRESS,
        "carrier": "Canada Post",
        "created_at": order["created_at"],
    } == order
    assert "in_transit" == (await ada.shop.shipping.get_shipment("ORD-101")).status
    assert 0 == (await ada.shop.cart.get_cart()).total_items
    assert (98, 1) == (await shop.stock(keyboard), confirmations(ada))


async def test_a_declined_payment_gives_the_stock_back_and_keeps_the_cart(
    shop: Shop, confirmations: Callable[[User], int]
) -> None:
    keyboard = await shop.product()
    ada = await two_keyboards(shop)

    with pytest.raises(PaymentRequired) as refusal:
        await ada.checkout(payment_token="tok_declined")

    assert "payment_declined" == refusal.value.code
    assert "payment_failed" == (await ada.shop.orders.get_order("ORD-101")).status
    assert (100, 0) == (await shop.stock(keyboard), confirmations(ada))
    assert 1 == (await ada.shop.cart.get_cart()).total_items
    assert "paid" == (await ada.checkout(payment_token="tok_approved")).parsed.status


async def test_a_product_that_is_short_is_named_and_nothing_is_charged(shop: Shop) -> None:
    keyboard = await shop.product(stock=1)
    ada = await two_keyboards(shop)

    with pytest.raises(Conflict) as refusal:
        await ada.checkout()

    assert "out_of_stock" == refusal.value.code
    assert f"product {keyboard}:" in refusal.value.detail
    assert "cancelled" == (await ada.shop.orders.get_order("ORD-101")).status
    assert "POST /payments/process" not in shop.wire.calls
    assert (1, 1) == (await shop.stock(keyboard), (await ada.shop.cart.get_cart()).total_items)


async def test_nothing_is_begun_for_a_checkout_that_cannot_be(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await two_keyboards(shop)
    bob = await shop.customer("bob", address=None)

    with pytest.raises(Forbidden) as other_user:
        await bob.checkout(user_id=ada.id)
    with pytest.raises(Conflict) as empty:
        await bob.checkout()
    await bob.shop.cart.add_cart_item(product_id=1, quantity=2)
    with pytest.raises(Unprocessable) as nowhere:
        await bob.checkout()

    assert ["other_user", "cart_empty", "address_required"] == [
        refusal.value.code for refusal in (other_user, empty, nowhere)
    ]
    assert [("body", "/address")] == [(error.place, error.pointer) for error in nowhere.value.errors]
    assert [] == await bob.shop.orders.list_orders() == await ada.shop.orders.list_orders()
    assert 100 == await shop.stock(1)


async def test_an_order_goes_to_the_address_and_by_the_carrier_of_the_checkout(sqlite_shop: Shop) -> None:
    await sqlite_shop.product()
    bob = await two_keyboards(sqlite_shop, "bob")

    await bob.checkout(address="5 Water Street, St. John's", carrier="Purolator")

    order = await bob.shop.orders.get_order("ORD-101")
    assert ("5 Water Street, St. John's", "Purolator") == (order.address, order.carrier)


async def test_totals_that_floats_cannot_hold_exactly_are_told_in_whole_cents(sqlite_shop: Shop) -> None:
    await sqlite_shop.product()
    ada = await sqlite_shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=3)

    answer = await ada.checkout()

    assert b'"total":149.97' in answer.http.content


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


async def test_a_refusal_is_repeated_for_the_same_key(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product(stock=1)
    ada = await two_keyboards(shop)
    refusals = []
    for stock in (100, 100):
        with pytest.raises(Conflict) as refusal:
            await ada.checkout("key-1")
        refusals.append(refusal.value.detail)
        product = await shop.domain("catalog").product(1)
        await shop.domain("catalog").update_product(1, product["version"], name=None, price=None, stock=stock)

    assert refusals[0] == refusals[1]
    assert 1 == len(await ada.shop.orders.list_orders())
    assert "paid" == (await ada.checkout("key-2")).parsed.status


async def test_twelve_requests_at_once_with_one_key_make_one_order_and_one_charge(
    shop: Shop, confirmations: Callable[[User], int]
) -> None:
    await shop.product()
    ada = await two_keyboards(shop)

    answers = await asyncio.gather(*(ada.checkout("key-1") for _ in range(12)), return_exceptions=True)

    assert {("ORD-101", "paid", 99.98)} == {
        (answer.parsed.order_id, answer.parsed.status, answer.parsed.total)
        for answer in answers
        if not isinstance(answer, BaseException)
    }
    assert [] == [answer for answer in answers if isinstance(answer, BaseException)]
    assert 1 == len(await ada.shop.orders.list_orders())
    assert (98, 1) == (await shop.stock(1), confirmations(ada))
    payments = await shop.domain("payments").database.fetch("SELECT * FROM payments")
    assert [(9998, "success")] == [(payment["amount"], payment["status"]) for payment in payments]


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


@pytest.mark.parametrize("away", ["/auth/me", "/cart", "/catalog/reservations", "/payments"])
async def test_while_a_peer_is_away_the_answer_is_503_and_the_same_key_completes_later(
    sqlite_shop: Shop, confirmations: Callable[[User], int], away: str
) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await two_keyboards(shop)
    shop.wire.cut(away)
    with pytest.raises(Unavailable) as refusal:
        await ada.checkout("key-1")
    assert 1 == refusal.value.retry_after
    shop.wire.mend()

    answer = await ada.checkout("key-1")

    assert ("ORD-101", "paid") == (answer.parsed.order_id, answer.parsed.status)
    assert 1 == len(await ada.shop.orders.list_orders())
    assert (98, 1) == (await shop.stock(1), confirmations(ada))


@pytest.mark.parametrize("away", ["/shipping", "/notifications"])
async def test_a_paid_order_is_answered_although_it_can_be_sent_or_confirmed_only_later(
    sqlite_shop: Shop, confirmations: Callable[[User], int], impatient: None, away: str
) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await two_keyboards(shop)
    shop.wire.cut(away)

    assert "paid" == (await ada.checkout()).parsed.status
    assert 0 == confirmations(ada)

    shop.wire.mend()
    for _ in range(2):
        await shop.domain("orders").catch_up()
    assert "SHIP-888" == (await ada.shop.orders.get_order("ORD-101")).tracking_id
    assert 1 == confirmations(ada)


async def test_orders_are_listed_newest_first_and_page_by_page(shop: Shop) -> None:
    await shop.product()
    ada = await shop.customer()
    for _ in range(5):
        await ada.shop.cart.add_cart_item(product_id=1, quantity=1)
        await ada.checkout()

    found = [order.order_id async for order in ada.shop.orders.iter_orders(limit=2)]

    assert ["ORD-105", "ORD-104", "ORD-103", "ORD-102", "ORD-101"] == found
