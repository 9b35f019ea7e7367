"""Whether purchases and reads cost more in a shop with a long past: two shops side by side, asked in turns."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.buyers import ADMIN, Crowd, crowd
from bench.filling import PARKED, READERS_ORDERS, fill, leave_work
from bench.shops import Place, Postgres, Shop, open_shop, place
from minishop_client import AsyncMinishop
from minishop_server.kit.money import cents
from minishop_server.kit.paging import Page
from minishop_server.services.catalog.domain import place_of
from minishop_server.tools.demo.seed import PASSWORD

SMALL = 100
PAGE = 20
BATCH = 20
SHOP_CPU, DATABASE_CPU = "processor time of the shop", "processor time of PostgreSQL"
READER = "reader0"
PAST, FUTURE = "2000-01-01T00:00:00Z", "2999-01-01T00:00:00Z"

Reads = Mapping[str, Callable[[], Awaitable[object]]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Milliseconds in the small shop and in the large one: medians, or for a purchase on the average."""

    small: float
    large: float

    @property
    def ratio(self) -> float:
        """How many times as much."""
        return self.large / self.small if self.small else 1.0


@dataclass(frozen=True, slots=True)
class Growth:
    """The results by operation."""

    purchase: dict[str, Beside]
    reads: dict[str, Beside]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the shops."""

    shop: Shop
    crowd: Crowd
    reads: Reads


def growth(server: Postgres | None, scale: int, batches: int) -> Growth:
    """Measure with SMALL and with `scale` orders, with four rounds of reads for each batch of purchases."""
    with ExitStack() as stack:
        places = [stack.enter_context(place(server, name)) for name in ("small", "large")]
        products = [_filled(where, orders) for where, orders in zip(places, (SMALL, scale), strict=True)]
        shops = [stack.enter_context(open_shop(where)) for where in places]
        return asyncio.run(_measure(shops, products, (SMALL, scale), batches))


def _filled(where: Place, orders: int) -> int:
    """Give a new shop its past orders, and return the product to buy."""

    async def begin(shop: Shop) -> tuple[int, int]:
        async with crowd(shop.url, 1, name=READER.rstrip("0")) as first:
            return first.product, first.buyers[0].user_id

    with open_shop(where) as shop:
        product, reader = asyncio.run(begin(shop))
    started = time.perf_counter()
    fill(where, orders, reader, product)
    leave_work(where, orders)
    print(f"{orders} orders written in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return product


async def _measure(shops: list[Shop], products: list[int], orders: tuple[int, int], batches: int) -> Growth:
    async with AsyncExitStack() as stack:
        sides = []
        for shop, product, count in zip(shops, products, orders, strict=True):
            buyers = await stack.enter_async_context(crowd(shop.url, 1, product))
            visitor = await stack.enter_async_context(AsyncMinishop(shop.url))
            sides.append(_Side(shop, buyers, await _reads(visitor, product, count)))
        return Growth(await _purchases(sides, batches), await _compared(sides, 4 * batches))


async def _reads(visitor: AsyncMinishop, product: int, orders: int) -> Reads:
    """The same questions to a shop of any size, answered by as much."""
    reader, admin = visitor.login(READER, PASSWORD), visitor.login(ADMIN, PASSWORD)
    products = reader.catalog.list_products
    middle = await reader.catalog.get_product(product + orders // 2)
    place: dict[str, object] = {"id": middle.id, "price": cents(middle.price), "folded_name": middle.name.casefold()}

    def after(path: str, row: dict[str, object] | None = None) -> str:
        return Page(path, PAGE, None).cursor(row or {"id": orders // 2})

    def after_middle(sort: str) -> str:
        return Page("/catalog/products", PAGE, None, {"sort": sort}, place=place_of(sort)).cursor(place)

    own = await reader.orders.list_orders(limit=READERS_ORDERS)
    assert len(own) == READERS_ORDERS
    order = own[READERS_ORDERS // 2].order_id
    parked = iter(range(1, PARKED + 1))
    messages, events = admin.notifications.list_notifications, admin.auth.list_audit_events
    return {
        "products, first page": lambda: products(limit=PAGE),
        "products, a page in the middle": lambda: products(limit=PAGE, cursor=after_middle("id")),
        "products by price, a page in the middle": lambda: products(
            limit=PAGE, cursor=after_middle("price"), sort="price"
        ),
        "products by name in descending order, a page in the middle": lambda: products(
            limit=PAGE, cursor=after_middle("-name"), sort="-name"
        ),
        **_filtered("products above a price, by price", products, "min_price", (0, 99_999, 100_000), sort="price"),
        **_filtered("products above a price, by name", products, "min_price", (0, 99_999, 100_000), sort="name"),
        **_filtered("products below a price, by number", products, "max_price", (100_000, 0.05, 0)),
        **_filtered("products in stock", products, "in_stock", (True,)),
        **_filtered("products out of stock", products, "in_stock", (None, False)),
        **_filtered("products out of stock, by name", products, "in_stock", (None, False), sort="name"),
        **_filtered("products with a word", products, "q", ("product", f"product {orders}.", "zzzz")),
        "a product": lambda: reader.catalog.get_product(product + orders // 2),
        "a customer's orders, first page": lambda: reader.orders.list_orders(limit=PAGE),
        "an order": lambda: reader.orders.get_order(order),
        "its timeline": lambda: reader.orders.list_order_events(order),
        "its shipment": lambda: reader.shipping.get_shipment(order),
        "its payment, for an admin": lambda: admin.payments.list_payments(order_id=order),
        "its messages, for an admin": lambda: admin.notifications.list_notifications(key_prefix=f"{order}."),
        "messages to a customer, for an admin": lambda: admin.notifications.list_notifications(
            recipient=f"filled{own[0].user_id}@example.com", limit=PAGE
        ),
        **_filtered("messages in a state, for an admin", messages, "status", ("sent", "failed", "pending")),
        **_filtered("messages by their keys, for an admin", messages, "key_prefix", ("ORD-", f"{order}.", "none")),
        **_filtered(
            "a customer's orders in a state", reader.orders.list_orders, "status", ("shipped", None, "returned")
        ),
        **_filtered("the audit log, for an admin", events, "event", ("signed_in", "denied", "refresh_reused")),
        **_filtered("the audit log from a time on, for an admin", events, "since", (PAST, None, FUTURE)),
        **_filtered("the audit log before a time, for an admin", events, "until", (FUTURE, None, PAST)),
        "stock books, a page in the middle, for an admin": lambda: admin.catalog.list_stock(
            limit=PAGE, cursor=after("/catalog/stock", place)
        ),
        "held reservations, for an admin": lambda: admin.catalog.list_reservations(status="held"),
        "order books, a page in the middle, for an admin": lambda: admin.orders.list_order_books(
            limit=PAGE, cursor=after("/orders/books")
        ),
        "work that waits, for an admin": lambda: admin.orders.list_work(parked=False, limit=PAGE),
        "parked work, for an admin": lambda: admin.orders.list_work(parked=True, limit=PAGE),
        "parked work that an admin resumes": lambda: admin.orders.resume_work(next(parked)),
        "the ledger, a page in the middle, for an admin": lambda: admin.payments.list_ledger_entries(
            limit=PAGE, cursor=after("/payments/ledger")
        ),
    }


def _filtered(
    name: str, read: Callable[..., Awaitable[object]], filter_: str, values: Sequence[object], **more: str
) -> Reads:
    """A page of the rows that have a value which all rows have, few rows, or none."""
    found: dict[str, Callable[[], Awaitable[object]]] = {}
    for how_many, value in zip(("all", "few", "none"), values, strict=False):
        if value is not None:
            found[f"{name} ({how_many})"] = partial(read, limit=PAGE, **{filter_: value}, **more)
    return found


async def _purchases(sides: list[_Side], batches: int) -> dict[str, Beside]:
    """In batches, by turns: how long each request takes, and the processor time of a purchase."""
    took: list[dict[str, list[float]]] = [{"add to cart": [], "checkout": [], "read the cart": []} for _ in sides]
    cpu = [{SHOP_CPU: 0.0, DATABASE_CPU: 0.0} for _ in sides]
    for batch in range(batches + 1):  # the first one warms up
        for side, times, spent in zip(sides, took, cpu, strict=True):
            before = side.shop.cpu(), side.shop.place.database_cpu()
            measured = await _batch(side)
            await asyncio.sleep(0.3)  # until the jobs of the last checkout are done
            if batch:
                for name, values in zip(times, measured, strict=True):
                    times[name] += values
                spent[SHOP_CPU] += side.shop.cpu() - before[0]
                spent[DATABASE_CPU] += side.shop.place.database_cpu() - before[1]
    found = {name: Beside(*(median(times[name]) * 1000 for times in took)) for name in took[0]}
    for name in (SHOP_CPU, DATABASE_CPU) if sides[0].shop.place.server else (SHOP_CPU,):
        found[name] = Beside(*(spent[name] * 1000 / (batches * BATCH) for spent in cpu))
    return found


async def _batch(side: _Side) -> list[list[float]]:
    buyer = side.crowd.buyers[0]
    steps = (lambda: buyer.fill_cart(side.crowd.product), buyer.check_out, buyer.read_cart)
    found: list[list[float]] = [[] for _ in steps]
    for _ in range(BATCH):
        for step, values in zip(steps, found, strict=True):
            values.append(await _timed(step))
    return found


async def _compared(sides: list[_Side], rounds: int) -> dict[str, Beside]:
    """Each read so many times, by turns."""
    found = {}
    for name in sides[0].reads:
        took: list[list[float]] = [[] for _ in sides]
        for _ in range(rounds):
            for side, values in zip(sides, took, strict=True):
                values.append(await _timed(side.reads[name]))
        found[name] = Beside(*(median(values) * 1000 for values in took))
    return found


async def _timed(call: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await call()
    return time.perf_counter() - started
