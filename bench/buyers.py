"""Buyers, who add a product to their cart, check out and read their cart, through the published client."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count

from bench.floor import PRODUCT
from bench.shops import Shop
from minishop_client import AsyncMinishop
from minishop_server.tools.demo.seed import PASSWORD

PRICE, STOCK = 1.0, 1_000_000
ADMIN = "grace"  # of the demo data


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer who is signed in."""

    shop: AsyncMinishop
    user_id: int

    async def fill_cart(self, product: int) -> None:
        await self.shop.cart.add_cart_item(product_id=product, quantity=1)

    async def check_out(self) -> None:
        """Raises RuntimeError where the order is not paid at once."""
        order = await self.shop.orders.checkout(user_id=self.user_id, payment_method="credit_card")
        if order.status != "paid":
            raise RuntimeError(f"An order is {order.status}.")

    async def read_cart(self) -> None:
        """Until it is empty: a shop that is very busy answers a checkout before it has emptied the cart."""
        if (await self.shop.cart.get_cart()).total_items:
            await asyncio.sleep(0.05)
            await self.read_cart()

    async def purchase(self, product: int) -> None:
        """All three."""
        await self.fill_cart(product)
        await self.check_out()
        await self.read_cart()


@dataclass(frozen=True, slots=True)
class Crowd:
    """Buyers, and the product that they all want."""

    buyers: list[Buyer]
    product: int
    admin: AsyncMinishop

    def some(self, number: int) -> Crowd:
        """The first so many of them."""
        return replace(self, buyers=self.buyers[:number])

    async def stock(self) -> int:
        """Pieces that are left."""
        return (await self.admin.catalog.get_product(self.product)).stock


@asynccontextmanager
async def crowd(
    address: str | Mapping[str, str], size: int, product: int | None = None, name: str = "buyer"
) -> AsyncIterator[Crowd]:
    """New customers who buy this product, or a new one by default.

    Each has connections of its own, so that all workers of a shop get some.

    Args:
        address: that of the shop, or those of its services by name.
    """
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(AsyncMinishop(address)) for _ in range(size)]
        admin = visitors[0].login(ADMIN, PASSWORD)
        if product is None:
            product = (await admin.catalog.create_product(name="Sold", price=PRICE, stock=STOCK)).id
        buyers = [await _register(visitor, f"{name}{n}") for n, visitor in enumerate(visitors)]
        yield Crowd(buyers, product, admin)


@asynccontextmanager
async def crowd_of_floor(shop: Shop, size: int) -> AsyncIterator[Crowd]:
    """The customers that a floor has from the beginning."""
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(AsyncMinishop(shop.url)) for _ in range(size)]
        buyers = [Buyer(visitor.with_token(str(number)), number) for number, visitor in enumerate(visitors, 1)]
        yield Crowd(buyers, PRODUCT, visitors[0])


async def _register(visitor: AsyncMinishop, name: str) -> Buyer:
    user = await visitor.auth.register(
        username=name, email=f"{name}@example.com", password=PASSWORD, address="1 Water Street"
    )
    buyer = Buyer(visitor.login(name, PASSWORD), user.id)
    await buyer.read_cart()  # and so is signed in
    return buyer


async def in_a_row(crowd: Crowd, purchases: int, done: Callable[[int], None]) -> None:
    """Let each buyer buy again and again until the total number of purchases is reached.

    Args:
        done: called with the number of finished purchases after each.
    """
    begun, ended = count(), count(1)

    async def buy(buyer: Buyer) -> None:
        while next(begun) < purchases:
            await buyer.purchase(crowd.product)
            done(next(ended))

    await asyncio.gather(*map(buy, crowd.buyers))


async def at_a_rate(crowd: Crowd, rate: float, seconds: float, seed: int = 1) -> list[float]:
    """Checkouts at so many a second, at random moments (a Poisson process); the seconds that each took, sorted.

    Each is counted from the moment that it was meant for, so one that has to wait for others, or for a buyer who has
    something in the cart, has taken that long. The buyers fill their carts between the checkouts.
    """
    moments = random.Random(seed)
    ready: asyncio.Queue[Buyer] = asyncio.Queue()
    took: list[float] = []

    async def get_ready(buyer: Buyer) -> None:
        await buyer.fill_cart(crowd.product)
        ready.put_nowait(buyer)

    async def check_out(meant: float) -> None:
        buyer = await ready.get()
        await buyer.check_out()
        took.append(time.perf_counter() - meant)
        await buyer.read_cart()
        await get_ready(buyer)

    for buyer in crowd.buyers:
        await get_ready(buyer)
    meant = time.perf_counter()
    end = meant + seconds
    async with asyncio.TaskGroup() as group:
        while (meant := meant + moments.expovariate(rate)) < end:
            await asyncio.sleep(max(0.0, meant - time.perf_counter()))
            group.create_task(check_out(meant))
    return sorted(took)
