"""An order that was cut off, wherever that was, is finished once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from ...shop import Shop, User

BEFORE_THE_ORDER = ("GET /auth/me", "GET /cart", "GET /catalog/products")
WITH_AN_ORDER = (
    "PUT /catalog/reservations",
    "POST /payments/process",
    "DELETE /cart",
    "POST /shipping/create",
    "POST /notifications/send",
)
"""The calls of a checkout, in their order."""


class Killed(BaseException):
    """The process of Orders ended here. No code catches it, as none would run on."""


def killed_at(path: str) -> Callable[[str], None]:
    """Ends the process at the first call to this path."""

    def kill(call: str) -> None:
        if call.startswith(path):
            raise Killed

    return kill


async def buyer(shop: Shop, name: str) -> User:
    """A customer who wants two of product 1."""
    user = await shop.customer(name)
    await user.shop.cart.add_cart_item(product_id=1, quantity=2)
    return user


async def kill_each_call(shop: Shop, calls: Sequence[str]) -> list[User]:
    """Two buyers for each call of a checkout: cut off before it leaves, and after it was answered."""
    users: list[User] = []
    for call in calls:
        for moment in "before", "after":
            user = await buyer(shop, f"buyer-{len(users)}")
            setattr(shop.wire, moment, killed_at(call))
            with pytest.raises(Killed):
                await user.checkout("key-1")
            shop.wire.mend()
            users.append(user)
    return users


async def everything_happened_once(shop: Shop, users: list[User], confirmations: Callable[[User], int]) -> None:
    """Each has one order: paid once, sent once, confirmed once, and its stock taken once."""
    orders = [await user.shop.orders.list_orders() for user in users]
    assert [["paid"]] * len(users) == [[order.status for order in own] for own in orders]
    payments = await shop.domain("payments").database.fetch("SELECT order_id FROM payments WHERE status = 'success'")
    parcels = await shop.domain("shipping").database.fetch("SELECT order_id FROM shipments")
    once = Counter(order.order_id for own in orders for order in own)
    assert once == Counter(row["order_id"] for row in payments) == Counter(row["order_id"] for row in parcels)
    assert [1] * len(users) == [confirmations(user) for user in users]
    assert 100 - 2 * len(users) == await shop.stock(1)


async def test_an_order_cut_off_at_any_call_is_finished_by_the_shoppers_retry(
    shop: Shop, confirmations: Callable[[User], int]
) -> None:
    await shop.product()
    users = await kill_each_call(shop, (*BEFORE_THE_ORDER, *WITH_AN_ORDER))

    answers = [(await user.checkout("key-1")).parsed.status for user in users]

    assert ["paid"] * len(users) == answers
    await everything_happened_once(shop, users, confirmations)


async def test_an_order_cut_off_at_any_call_is_finished_by_the_service_itself(
    shop: Shop, confirmations: Callable[[User], int], impatient: None
) -> None:
    await shop.product()
    users = await kill_each_call(shop, WITH_AN_ORDER)

    for _ in range(2):
        await shop.domain("orders").catch_up()

    await everything_happened_once(shop, users, confirmations)


async def test_a_checkout_cut_off_before_there_is_an_order_leaves_nothing(sqlite_shop: Shop, impatient: None) -> None:
    await sqlite_shop.product()
    users = await kill_each_call(sqlite_shop, BEFORE_THE_ORDER)

    await sqlite_shop.domain("orders").catch_up()

    assert [[]] * len(users) == [await user.shop.orders.list_orders() for user in users]
    assert 100 == await sqlite_shop.stock(1)


async def test_a_declined_order_cut_off_before_its_stock_was_given_back_gives_it_back_later(
    sqlite_shop: Shop, impatient: None
) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await buyer(shop, "ada")
    shop.wire.before = killed_at("DELETE /catalog/reservations")
    with pytest.raises(Killed):
        await ada.checkout(payment_token="tok_declined")
    assert 98 == await shop.stock(1)
    shop.wire.mend()

    await shop.domain("orders").catch_up()

    assert 100 == await shop.stock(1)
    assert ["payment_failed"] == [order.status for order in await ada.shop.orders.list_orders()]


async def test_an_order_that_cannot_be_finished_yet_does_not_hold_up_the_next(
    sqlite_shop: Shop, impatient: None
) -> None:
    shop = sqlite_shop
    await shop.product()
    ada, bob = await buyer(shop, "ada"), await buyer(shop, "bob")
    shop.wire.before = killed_at("POST /notifications/send")
    with pytest.raises(Killed):
        await ada.checkout()
    shop.wire.before = killed_at("POST /payments/process")
    with pytest.raises(Killed):
        await bob.checkout()
    shop.wire.cut("/notifications")

    await shop.domain("orders").catch_up()

    assert ["paid"] == [order.status for order in await bob.shop.orders.list_orders()]


async def test_the_payment_token_is_forgotten_once_the_order_is_settled(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await buyer(shop, "ada")
    await ada.checkout(payment_token="tok_approved")

    rows = await shop.domain("orders").database.fetch("SELECT payment_token FROM orders")

    assert [None] == [row["payment_token"] for row in rows]


async def test_an_order_in_the_hands_of_its_request_is_left_alone(sqlite_shop: Shop) -> None:
    await sqlite_shop.product()
    ada = await buyer(sqlite_shop, "ada")
    sqlite_shop.wire.before = killed_at("POST /payments/process")
    with pytest.raises(Killed):
        await ada.checkout()
    sqlite_shop.wire.mend()

    await sqlite_shop.domain("orders").catch_up()

    assert ["pending"] == [order.status for order in await ada.shop.orders.list_orders()]
