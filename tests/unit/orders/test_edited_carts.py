"""A cart that is edited during its purchase: the bought items leave it, once, and no others."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from minishop_client import Conflict, PaymentRequired
from minishop_server.services.orders.checkout import CheckoutRequest
from tests.support.orders import RunReplica
from tests.support.shop import PASSWORD, Gate, Shop, User

Edit = Callable[[Shop, User], Awaitable[Any]]
PAY, TAKE = "POST /payments/process", "PUT /cart/users/{}/orders/ORD-101"


@asynccontextmanager
async def paying(shop: Shop, user: User, **request: Any) -> AsyncIterator[asyncio.Task[Any]]:
    """A checkout whose payment is under way as long as the block lasts."""
    shop.wire.gates[PAY] = gate = Gate()
    checkout = asyncio.create_task(user.checkout(**request))
    await gate.reached.wait()
    yield checkout
    gate.opened.set()
    await asyncio.wait([checkout])


async def tea_and_milk(shop: Shop, pieces: int = 1) -> User:
    """A customer with pieces of product 1 (tea) in the cart, in a shop that also sells product 2 (milk)."""
    for name, price in ("Tea", 499), ("Milk", 199):
        await shop.product(name, price)
    ada = await shop.customer()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=pieces)
    return ada


async def cart(user: User) -> list[tuple[int, int]]:
    """Product and quantity of each line."""
    return [(line.product_id, line.quantity) for line in (await user.shop.cart.get_cart()).items]


async def orders(user: User) -> list[tuple[str, list[tuple[int, int]]]]:
    """State and lines of each order, the oldest first."""
    found = reversed(await user.shop.orders.list_orders())
    return [(str(order.status), [(line.product_id, line.quantity) for line in order.lines]) for order in found]


async def same_quantity(shop: Shop, user: User) -> None:
    await user.shop.cart.update_cart_item(1, quantity=1)


async def another_product(shop: Shop, user: User) -> None:
    await user.shop.cart.add_cart_item(product_id=2, quantity=1)


async def more(shop: Shop, user: User) -> None:
    await user.shop.cart.add_cart_item(product_id=1, quantity=2)


async def less_and_more_again(shop: Shop, user: User) -> None:
    await user.shop.cart.update_cart_item(1, quantity=3)
    await user.shop.cart.update_cart_item(1, quantity=1)


async def removed(shop: Shop, user: User) -> None:
    await user.shop.cart.remove_cart_item(1)


async def emptied(shop: Shop, user: User) -> None:
    await user.shop.cart.clear_cart()


async def new_price(shop: Shop, user: User) -> None:
    await change(shop, 1, price=5.99)
    await user.shop.cart.get_cart()


async def change(shop: Shop, product_id: int, **edit: Any) -> None:
    """An admin edits a product."""
    catalog = (await shop.admin("grace" + secrets.token_hex(3))).shop.catalog.with_headers
    etag = (await catalog.get_product(product_id)).headers["ETag"]
    await catalog.update_product(product_id, if_match=etag, **edit)


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (same_quantity, []),
        (another_product, [(2, 1)]),
        (more, [(1, 2)]),
        (less_and_more_again, []),
        (removed, []),
        (emptied, []),
        (new_price, []),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_bought_pieces_leave_the_cart_however_it_is_edited_during_the_payment(
    shop: Shop, edit: Edit, left: list[tuple[int, int]]
) -> None:
    ada = await tea_and_milk(shop)
    async with paying(shop, ada) as checkout:
        await edit(shop, ada)

    assert ("paid", 4.99) == (checkout.result().parsed.status, float(checkout.result().parsed.total))
    assert left == await cart(ada)


async def test_a_second_checkout_during_the_payment_buys_only_what_was_added(shop: Shop) -> None:
    ada = await tea_and_milk(shop, 2)
    async with paying(shop, ada) as first:
        await ada.shop.cart.add_cart_item(product_id=2, quantity=3)
        await ada.shop.cart.add_cart_item(product_id=1, quantity=1)
        second = await ada.checkout()
        assert "ORD-102" == second.parsed.order_id
    await shop.settled()

    assert "ORD-101" == first.result().parsed.order_id
    assert [("shipped", [(1, 2)]), ("shipped", [(1, 1), (2, 3)])] == await orders(ada)
    assert [] == await cart(ada)
    assert (97, 97) == (await shop.stock(1), await shop.stock(2))


async def test_where_every_piece_is_being_bought_the_refusal_names_the_order(shop: Shop) -> None:
    ada = await tea_and_milk(shop, 2)
    async with paying(shop, ada, carrier="Purolator"):
        await ada.shop.cart.update_cart_item(1, quantity=1)
        with pytest.raises(Conflict) as other_wish:
            await ada.checkout()
        with pytest.raises(Conflict) as other_key:
            await ada.checkout("key-1", carrier="Purolator")
        await ada.shop.cart.clear_cart()
        with pytest.raises(Conflict) as nothing:
            await ada.checkout()

    codes = [refusal.value.code for refusal in (other_wish, other_key, nothing)]
    assert ["cart_bought", "cart_bought", "cart_empty"] == codes
    assert "ORD-101" in other_wish.value.detail
    assert "ORD-101" in other_key.value.detail


async def test_an_order_that_comes_to_nothing_leaves_its_pieces_to_the_next(shop: Shop) -> None:
    ada = await tea_and_milk(shop, 2)
    with pytest.raises(PaymentRequired):
        await ada.checkout(payment_token="tok_declined")
    async with paying(shop, ada) as cancelled:
        await ada.shop.orders.cancel_order("ORD-102")
    with pytest.raises(Conflict):
        cancelled.result()
    await ada.shop.cart.update_cart_item(1, quantity=99)
    await ada.shop.cart.add_cart_item(product_id=2, quantity=1)
    await change(shop, 2, stock=0)
    with pytest.raises(Conflict) as short:
        await ada.checkout()

    await ada.shop.cart.remove_cart_item(2)
    paid = await ada.checkout()
    await shop.settled()

    assert ("out_of_stock", "ORD-104") == (short.value.code, paid.parsed.order_id)
    assert ["payment_failed", "cancelled", "cancelled", "shipped"] == [status for status, _ in await orders(ada)]
    assert ([], 1) == (await cart(ada), await shop.stock(1))


async def test_pieces_that_have_left_the_cart_are_not_subtracted_again(shop: Shop) -> None:
    ada = await tea_and_milk(shop, 2)
    lost = [TAKE.format(ada.id)]

    def lose(call: str) -> None:  # Cart has done it, and Orders does not know
        if call in lost:
            raise httpx.ReadError("Lost.")

    shop.wire.after = lose
    await ada.checkout()
    await ada.shop.cart.add_cart_item(product_id=1, quantity=2)

    second = await ada.checkout()
    lost.clear()
    await shop.settled()

    assert ("ORD-102", []) == (second.parsed.order_id, await cart(ada))
    assert [[(1, 2)], [(1, 2)]] == [lines for _, lines in await orders(ada)]


async def test_while_cart_cannot_be_told_of_an_order_its_pieces_are_not_bought_again(shop: Shop) -> None:
    ada = await tea_and_milk(shop, 2)
    shop.wire.cut(TAKE.format(ada.id).partition(" ")[2])
    await ada.checkout()
    await ada.shop.cart.add_cart_item(product_id=2, quantity=1)

    second = await ada.checkout()
    shop.wire.mend()
    await shop.settled()

    assert ("ORD-102", []) == (second.parsed.order_id, await cart(ada))
    assert [[(1, 2)], [(2, 1)]] == [lines for _, lines in await orders(ada)]


async def test_checkouts_at_once_in_two_processes_never_buy_the_same_piece(shop: Shop, replica: RunReplica) -> None:
    ada = await tea_and_milk(shop, 1)
    token = (await shop.client.auth.login(username="ada", password=PASSWORD)).access_token
    caller = await shop.gateway.services["orders"].authenticate(token)
    async with replica(shop) as other:
        domains = [shop.domain("orders"), other]
        wishes = [wish_of(ada, address=f"{number} Water Street") for number in range(6)]

        async def edit() -> None:
            for _ in range(3):
                await ada.shop.cart.add_cart_item(product_id=1, quantity=1)

        outcomes = await asyncio.gather(
            edit(),
            *(domains[number % 2].checkouts.buy(caller, request, None) for number, request in enumerate(wishes)),
            return_exceptions=True,
        )
        await shop.settled()

    assert {"cart_bought", "cart_empty"} >= {outcome.code for outcome in outcomes if isinstance(outcome, Exception)}
    bought = sum(quantity for _, lines in await orders(ada) for _, quantity in lines)
    assert 4 == bought + sum(quantity for _, quantity in await cart(ada))
    assert 100 - bought == await shop.stock(1)


def wish_of(user: User, address: str) -> CheckoutRequest:
    """A checkout by credit card to this address."""
    return CheckoutRequest(user.id, "credit_card", None, address, None, None)


async def test_the_total_that_the_caller_insists_on_is_that_of_what_is_bought(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada = await tea_and_milk(shop)
    async with paying(shop, ada):
        await ada.shop.cart.add_cart_item(product_id=2, quantity=1)
        with pytest.raises(Conflict) as refusal:
            await ada.checkout(expected_total=6.98)
        second = await ada.checkout(expected_total=1.99)

    assert ("price_changed", 1.99) == (refusal.value.code, float(second.parsed.total))


async def test_only_what_is_bought_has_to_have_the_price_that_the_cart_showed(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    ada = await tea_and_milk(shop)
    async with paying(shop, ada):
        await ada.shop.cart.add_cart_item(product_id=2, quantity=1)
        await change(shop, 1, price=5.99)
        assert "ORD-102" == (await ada.checkout()).parsed.order_id
        await ada.shop.cart.add_cart_item(product_id=2, quantity=1)
        await change(shop, 2, price=2.99)
        with pytest.raises(Conflict) as refusal:
            await ada.checkout()

    assert ("price_changed", ["/items/1"]) == (refusal.value.code, [error.pointer for error in refusal.value.errors])
