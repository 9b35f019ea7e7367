"""An order that was cut off, wherever that was, is finished once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from minishop_client import PaymentRequired
from minishop_server.kit import outbox
from minishop_server.services.orders.checkout import CheckoutRequest
from tests.support.orders import RunReplica
from tests.support.shop import PASSWORD, Gate, Shop, User

BEFORE_THE_ORDER = ("GET /auth/me", "GET /cart/users", "GET /catalog/products")
WITH_AN_ORDER = (
    "PUT /catalog/reservations",
    "POST /payments/process",
    "PUT /cart/users",
    "POST /catalog/reservations",
    "POST /shipping/create",
    "POST /notifications/send",
)
"""The calls of a checkout, in their order."""


class Killed(BaseException):
    """The process of Orders ended here.

    No code catches it, because no code of an ended process runs on.
    """


def killed_at(path: str) -> Callable[[str], None]:
    """Ends the process of Orders at the first call to this path."""
    left = [path]

    def kill(call: str) -> None:
        if left and call.startswith(left[0]):
            left.clear()
            raise Killed

    return kill


async def buyer(shop: Shop, name: str) -> User:
    """A customer who wants two of product 1."""
    user = await shop.customer(name)
    await user.shop.cart.add_cart_item(product_id=1, quantity=2)
    return user


async def buyers_at_each(shop: Shop, calls: Sequence[str]) -> list[tuple[User, str, Callable[[str], None]]]:
    """Two buyers for each call of a checkout: to be cut off before it leaves, and after it was answered."""
    moments = [(moment, killed_at(call)) for call in calls for moment in ("before", "after")]
    return [(await buyer(shop, f"buyer-{number}"), *moment) for number, moment in enumerate(moments)]


async def everything_happened_once(shop: Shop, users: list[User], confirmations: Callable[[User], int]) -> None:
    """Each has one order: paid once, sent once, confirmed once, and its stock taken once."""
    orders = [await user.shop.orders.list_orders() for user in users]
    assert [["shipped"]] * len(users) == [[order.status for order in own] for own in orders]
    payments = await shop.domain("payments").database.fetch(
        dict, "SELECT order_id FROM payments WHERE state = 'captured'"
    )
    parcels = await shop.domain("shipping").database.fetch(dict, "SELECT order_id FROM shipments")
    once = Counter(order.order_id for own in orders for order in own)
    assert once == Counter(row["order_id"] for row in payments) == Counter(row["order_id"] for row in parcels)
    assert [1] * len(users) == [confirmations(user) for user in users]
    assert 100 - 2 * len(users) == await shop.stock(1)
    assert {0} == {(await user.shop.cart.get_cart()).total_items for user in users}


async def test_an_order_cut_off_at_any_call_is_finished_by_the_service_itself(
    shop: Shop, confirmations: Callable[[User], int], short_leases: None
) -> None:
    await shop.product()
    users = []
    for user, moment, kill in await buyers_at_each(shop, WITH_AN_ORDER):
        setattr(shop.wire, moment, kill)
        assert (201, "paid") == ((answer := await user.checkout("key-1")).status, answer.parsed.status)
        shop.wire.mend()
        users.append(user)

    await shop.settled()

    await everything_happened_once(shop, users, confirmations)


async def test_a_checkout_cut_off_before_there_is_an_order_leaves_nothing_and_may_be_repeated(
    sqlite_shop: Shop, confirmations: Callable[[User], int]
) -> None:
    shop = sqlite_shop
    await shop.product()
    users = []
    for user, moment, kill in await buyers_at_each(shop, BEFORE_THE_ORDER):
        setattr(shop.wire, moment, kill)
        with pytest.raises(Killed):
            await user.checkout("key-1")
        assert [] == await user.shop.orders.list_orders()
        users.append(user)

    for user in users:
        assert "paid" == (await user.checkout("key-1")).parsed.status
    await shop.settled()

    await everything_happened_once(shop, users, confirmations)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_process_that_ends_beside_a_commit_leaves_all_of_it_or_nothing(
    shop: Shop,
    confirmations: Callable[[User], int],
    replica: RunReplica,
    short_leases: None,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    await shop.product()
    ada = await buyer(shop, "ada")
    # "before": nothing of the payment is recorded; "after": all of it, and no process is left to go on.
    place = (outbox.store.Store, "finish") if moment == "before" else (outbox.Outbox, "_start")
    once(monkeypatch, *place, lambda *args: moment == "before" or args[1].kind == "ship")
    shop.domain("orders").checkouts.patience = 0.2
    await ada.checkout("key-1")
    shop.domain("orders").checkouts.patience = 10.0

    async with replica(shop):
        assert "paid" == (await ada.checkout("key-1")).parsed.status
        await shop.settled()

        await everything_happened_once(shop, [ada], confirmations)


def once(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, when: Callable[..., bool]) -> None:
    """The process ends where this method is first called with such arguments."""
    method, left = getattr(owner, name), [True]

    def killing(*args: Any) -> Any:
        if left and when(*args):
            left.clear()
            raise Killed
        return method(*args)

    monkeypatch.setattr(owner, name, killing)


async def test_a_declined_order_cut_off_before_its_stock_was_given_back_gives_it_back_later(
    sqlite_shop: Shop, short_leases: None
) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await buyer(shop, "ada")
    shop.wire.before = killed_at("DELETE /catalog/reservations")

    with pytest.raises(PaymentRequired):
        await ada.checkout(payment_token="tok_declined")

    assert 100 == await shop.stock(1)
    assert ["payment_failed"] == [order.status for order in await ada.shop.orders.list_orders()]


async def test_an_order_that_cannot_be_finished_yet_does_not_hold_up_the_next(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada, bob = await buyer(shop, "ada"), await buyer(shop, "bob")
    shop.domain("orders").checkouts.patience = 0.1
    shop.wire.cut("/payments")
    assert 202 == (await ada.checkout()).status
    shop.domain("orders").checkouts.patience = 10.0
    shop.wire.mend()
    shop.wire.cut("/catalog/reservations/ORD-101")

    assert "paid" == (await bob.checkout()).parsed.status


async def test_a_frozen_process_that_thaws_undoes_nothing(
    shop: Shop, confirmations: Callable[[User], int], replica: RunReplica, short_leases: None
) -> None:
    await shop.product()
    ada = await buyer(shop, "ada")
    shop.wire.gates["POST /payments/process"] = gate = Gate()
    frozen = asyncio.create_task(ada.checkout("key-1"))
    await gate.reached.wait()

    async with replica(shop) as other:
        assert "paid" == (await ada.checkout("key-1")).parsed.status
        await shop.settled()
        gate.opened.set()
        assert "paid" == (await frozen).parsed.status
        await shop.settled()
        assert [] == await other.work.rows(parked=True, limit=10, before=None)

    await everything_happened_once(shop, [ada], confirmations)


async def test_two_processes_share_the_checkouts_with_one_key(
    shop: Shop, confirmations: Callable[[User], int], replica: RunReplica
) -> None:
    await shop.product()
    ada = await buyer(shop, "ada")
    async with replica(shop) as other:
        request = CheckoutRequest(ada.id, "credit_card", None, None, None, None)
        caller = await shop.gateway.services["orders"].authenticate(await token(shop, "ada"))
        both = [shop.domain("orders"), other] * 6
        answers = await asyncio.gather(*(domain.checkouts.buy(caller, request, "key-1") for domain in both))
        await shop.settled()

    assert ({1}, 11) == ({order["id"] for order, _ in answers}, sum(replayed for _, replayed in answers))
    await everything_happened_once(shop, [ada], confirmations)


async def token(shop: Shop, name: str) -> str:
    """A fresh token of a customer."""
    return str((await shop.client.auth.login(username=name, password=PASSWORD)).access_token)


async def test_the_payment_token_is_forgotten_once_the_order_is_settled(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    await shop.product()
    ada = await buyer(shop, "ada")
    await ada.checkout(payment_token="tok_approved")

    rows = await shop.domain("orders").database.fetch(dict, "SELECT payment_token FROM orders")

    assert [None] == [row["payment_token"] for row in rows]
