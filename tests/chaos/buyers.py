"""Customers who do not give up, and remember every answer."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from minishop_client import UNSET, AsyncMinishop, Conflict, NotFound, PaymentRequired, Unavailable
from tests.chaos.deployment import PASSWORD, PATIENCE

T = TypeVar("T")
PAUSE = 0.05
"""Seconds before another try."""
ORDER = re.compile(r"ORD-\d+")
Edit = tuple[float, str, int, int]
"""The seconds before an edit, its kind (`add`, `set` or `remove`), the product and the quantity."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a checkout (`paid` or a problem code), the order if it is named, and the whole text."""

    result: str
    order_id: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Buyer:
    """A signed-in user."""

    id: int
    email: str
    shop: AsyncMinishop

    async def fill_cart(self, *lines: tuple[int, int]) -> None:
        """Put pieces (product, quantity) into the cart, and nothing else."""

        async def fill() -> None:
            await self.shop.cart.clear_cart()
            for product_id, quantity in lines:
                await self.shop.cart.add_cart_item(product_id=product_id, quantity=quantity)

        await insist(fill)  # all of it: to add once more adds twice

    async def edit_cart(self, edits: list[Edit]) -> None:
        """Change the cart line by line, and leave missing or full lines unchanged."""

        async def edit(kind: str, product_id: int, quantity: int) -> None:
            if kind == "add":
                await self.shop.cart.add_cart_item(product_id=product_id, quantity=quantity)
            elif kind == "set":
                await self.shop.cart.update_cart_item(product_id, quantity=quantity)
            else:
                await self.shop.cart.remove_cart_item(product_id)

        for pause, *change in edits:
            await asyncio.sleep(pause)
            with suppress(NotFound, Conflict):
                await insist(lambda change=change: edit(*change))  # type: ignore[misc]

    async def buy(self, key: str, token: str | None = None, **wish: Any) -> Answer:
        """Ask until the answer is definite."""
        promised: set[str] = set()

        async def ask() -> Answer:
            answer = await self.shop.orders.with_headers.checkout(
                user_id=self.id,
                payment_method="credit_card",
                payment_token=token or UNSET,
                idempotency_key=key,
                **wish,
            )
            result = answer.parsed
            if answer.status == 202:
                promised.add(result.order_id)
                raise Pending
            return Answer(str(result.status), result.order_id, f"{result.total:.2f}")

        try:
            answer = await insist(ask)
        except (PaymentRequired, Conflict) as refusal:
            named = ORDER.search(refusal.detail)
            answer = Answer(refusal.code, named[0] if named else None, refusal.detail)
        if answer.order_id is not None and promised - {answer.order_id}:
            raise Broken(f"{key}: promised {promised}, then {answer}", answer)
        return answer


class Pending(Exception):
    """The answer was: not yet."""


class Broken(AssertionError):
    """Another order was promised before: a message, and the answer."""


async def insist(call: Callable[[], Awaitable[T]], seconds: float = 2 * PATIENCE) -> T:
    """Repeat a call that fails temporarily.

    Any other failure is raised, including a 500.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            return await call()
        except (httpx.TransportError, Unavailable, Pending):
            if time.monotonic() > end:
                raise
        await asyncio.sleep(PAUSE)


async def register(shop: AsyncMinishop, names: list[str]) -> list[Buyer]:
    """New customers."""

    async def one(name: str) -> Buyer:
        email = f"{name}@example.com"
        user = await insist(  # Auth hashes few passwords at a time, and refuses the rest of so many before it begins
            lambda: shop.auth.register(username=name, email=email, password=PASSWORD, address="1 Water Street")
        )
        return Buyer(user.id, email, shop.login(name, PASSWORD))

    return list(await asyncio.gather(*map(one, names)))
