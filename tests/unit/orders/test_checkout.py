"""A cart becomes an order, or is left as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from mailbox import Maildir
from pathlib import Path

import pytest

from minishop_client import Conflict, Forbidden, PaymentRequired, Unavailable, Unprocessable
from tests.support.clocks import turn_forward
from tests.support.orders import two_keyboards
from tests.support.shop import ADDRESS, Gate, Shop, User


async def test_a_checkout_charges_sends_confirms_and_empties_the_cart(
    shop: Shop, confirmations: Callable[[User], int]
) -> None:
    keyboard = await shop.product()
    ada = await two_keyboards(shop)

    answer = await ada.checkout()

    assert (201, "/orders/ORD-101") == (answer.status, answer.headers["Location"])
    assert {"order_id": "ORD-101", "status": "paid", "total": 99.98} == answer.parsed.to_dict()
    assert 0 == (await ada.shop.cart.get_cart()).total_items
    await shop.settled()
    order = (await ada.shop.orders.get_order("ORD-101")).to_dict()
    assert {
        "order_id": "ORD-101",
        "user_id": ada.id,
        "status": "shipped",
        "total": 99.98,
        "refunded": 0,
        "lines": [{"product_id": keyboard, "quantity": 2, "name": "Wireless Keyboard", "price": 49.99}],
        "payment_method": "credit_card",
        "payment_id": "PAY-555",
        "tracking_id": "SHIP-888",
        "address": ADDRESS,
        "carrier": "Canada Post",
        "allowed_actions": [],
        "identity": order["identity"],
        "created_at": order["created_at"],
        "updated_at": order["updated_at"],
    } == order
    assert "in_transit" == (await ada.shop.shipping.get_shipment("ORD-101")).status
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


@pytest.mark.parametrize("away", ["/auth/me", "/cart", "/catalog/products"])
async def test_while_a_peer_that_has_to_be_asked_first_is_away_nothing_is_begun(sqlite_shop: Shop, away: str) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await two_keyboards(shop)
    shop.wire.cut(away)
    with pytest.raises(Unavailable) as refusal:
        await ada.checkout("key-1")
    assert 1 == refusal.value.retry_after
    assert [] == await ada.shop.orders.list_orders()
    shop.wire.mend()

    assert "paid" == (await ada.checkout("key-1")).parsed.status


@pytest.mark.parametrize("away", ["/catalog/reservations", "/payments"])
async def test_while_the_outcome_is_not_known_the_answer_is_202_and_the_order_ends_by_itself(
    shop: Shop, confirmations: Callable[[User], int], away: str
) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    shop.domain("orders").checkouts.patience = 0.3
    shop.wire.cut(away)

    first = await ada.checkout("key-1")
    again = await ada.checkout("key-1")

    for answer in first, again:
        assert (202, "/orders/ORD-101") == (answer.status, answer.headers["Location"])
        assert {"order_id": "ORD-101", "status": "pending", "total": 99.98} == answer.parsed.to_dict()
    assert "true" == again.headers["Idempotent-Replayed"]
    assert "pending" == (await ada.shop.orders.get_order("ORD-101")).status
    shop.wire.mend()
    await shop.settled()
    assert "shipped" == (await ada.shop.orders.get_order("ORD-101")).status
    assert (201, "paid") == ((await ada.checkout("key-1")).status, (await ada.checkout("key-1")).parsed.status)
    assert (98, 1) == (await shop.stock(1), confirmations(ada))


async def test_a_checkout_goes_on_although_the_shopper_hangs_up(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await two_keyboards(shop)
    shop.wire.gates["POST /payments/process"] = gate = Gate()
    request = asyncio.create_task(ada.checkout())
    await gate.reached.wait()

    request.cancel()
    gate.opened.set()
    await shop.settled()

    assert ["shipped"] == [order.status for order in await ada.shop.orders.list_orders()]


@pytest.mark.parametrize("away", ["/shipping", "/notifications", "/cart/users", "/catalog/reservations/ORD-101/commit"])
async def test_a_paid_order_is_answered_although_what_follows_has_to_wait(
    shop: Shop, confirmations: Callable[[User], int], away: str
) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    shop.wire.gates["POST /payments/process"] = gate = Gate()
    request = asyncio.create_task(ada.checkout())
    await gate.reached.wait()
    shop.wire.cut(away)
    gate.opened.set()

    assert (201, "paid") == ((await request).status, (await request).parsed.status)

    shop.wire.mend()
    await shop.settled()
    order = await ada.shop.orders.get_order("ORD-101")
    assert ("shipped", "SHIP-888", 1) == (order.status, order.tracking_id, confirmations(ada))
    assert 0 == (await ada.shop.cart.get_cart()).total_items


async def test_the_confirmation_says_what_was_bought_and_where_it_goes(shop: Shop, tmp_path: Path) -> None:
    await shop.product("Clavier ergonomique – édition spéciale"), await shop.product("Tea", price=7)
    ada = await shop.customer(address="12 rue de l'Église, Montréal")
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)
    await ada.shop.cart.add_cart_item(product_id=2, quantity=3)

    await ada.checkout()
    await shop.settled()

    (mail,) = [mail for mail in Maildir(tmp_path / "mail") if mail["Subject"] == "Order Confirmation"]
    assert mail.get_payload(decode=True).decode().strip().split("\n") == [
        "Your order ORD-101 has been placed successfully.",
        "",
        "2 x Clavier ergonomique – édition spéciale: 99.98",
        "3 x Tea: 0.21",
        "Total: 100.19",
        "",
        "It is sent to:",
        "12 rue de l'Église, Montréal",
    ]


async def test_a_confirmation_that_was_told_in_other_words_is_not_told_again(shop: Shop) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    shop.wire.cut("/notifications")
    await ada.checkout()
    order = await ada.shop.orders.get_order("ORD-101")
    shop.wire.mend()
    await shop.domain("notifications").send(
        ada.email, "Order Confirmation", "Thanks.", f"{order.identity}.confirmation"
    )

    await shop.settled()

    assert "confirmed" in [event.step for event in await ada.shop.orders.list_order_events("ORD-101")]


async def test_a_shop_whose_clock_is_turned_forward_sells_on(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    await shop.product()
    ada = await two_keyboards(shop)
    await ada.checkout()
    await shop.settled()

    turn_forward(monkeypatch, 7 * 86_400)
    await ada.shop.cart.add_cart_item(product_id=1, quantity=1)
    assert 201 == (await ada.checkout()).status
    await shop.settled()

    first, second = [await ada.shop.orders.get_order(order) for order in ("ORD-101", "ORD-102")]
    assert ["shipped", "shipped"] == [first.status, second.status]
    assert 7 == (second.created_at - first.created_at).days
