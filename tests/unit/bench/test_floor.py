"""The floor of a purchase has the same effects on the databases as a purchase of the shop."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.buyers import Buyer
from bench.floor import PRICE, PRODUCT, Floor, opened
from minishop_client import AsyncMinishop
from minishop_server.kit.database import Connection, Database, SqliteDatabase
from minishop_server.kit.database.sqlite_connections import SqliteConnection
from minishop_server.kit.outbox import worker
from minishop_server.kit.settings import SERVICES, ServiceName
from tests.support.postgres import NewDatabase
from tests.support.shop import Shop, until_none

TABLES = {
    SqliteDatabase: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    object: "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
}
STATES: dict[ServiceName, str] = {
    "cart": "SELECT quantity, shown_price, put, bought FROM cart_lines",
    "catalog": "SELECT status, on_sale, received - stock AS missing, reserved, sold FROM reservations, products"
    " WHERE sold > 0 ORDER BY reservations.id",
    "orders": "SELECT status, cart, total, step, actor FROM orders JOIN order_events ON order_id = orders.id"
    " ORDER BY orders.id, step",
    "payments": "SELECT state, captured, kind, ledger.amount FROM payments JOIN ledger ON payment_id = payments.id",
    "shipping": "SELECT status, moves FROM shipments",
    "notifications": "SELECT subject, status FROM notifications WHERE subject = 'Order Confirmation'",
}
GROWTH = {
    "catalog.reservations": 1,
    "cart.bought_orders": 1,
    "orders.orders": 1,
    "orders.order_lines": 1,
    "orders.order_events": 4,  # placed, paid, shipped, confirmed
    "payments.payments": 1,
    "payments.ledger": 1,
    "payments.sandbox_charges": 1,
    "shipping.shipments": 1,
    "notifications.notifications": 1,
}
"""The rows of a purchase: no job is left."""
LEARN = "UPDATE numbers SET known = $1 WHERE known < $1"
BACKGROUND = (
    LEARN,
    "SELECT MIN(due)",
    "SELECT 1 FROM numbers",
    "SELECT COALESCE((",
    "SELECT CAST(SUBSTR(order_id",
    "SELECT id FROM reservations WHERE order_identity",
    "SELECT cursor FROM feeds",
    "SELECT events.id",
    "SELECT id, session_id, until FROM revocations",
    "SELECT id FROM work",
)
"""The statements of an idle shop, and of the test."""


@dataclass(frozen=True)
class Selling:
    """The floor or the shop, with a buyer of one piece."""

    databases: Mapping[ServiceName, Database]
    buyer: Buyer
    product: int
    shop: Shop | Floor

    async def sell(self) -> None:
        """One piece, until all work is done."""
        await self.buyer.purchase(self.product)
        if isinstance(self.shop, Shop):
            await self.shop.settled()
            await until_none(self.databases["notifications"], "SELECT id FROM work")
        elif self.shop.sending:
            await asyncio.wait(self.shop.sending)

    async def rows(self) -> Counter[str]:
        """The number of rows of each table."""
        found = Counter[str]()
        for service, database in self.databases.items():
            tables = next(sql for kind, sql in TABLES.items() if isinstance(database, kind))
            for row in await database.fetch(dict, tables):
                table = row["name"]
                found[f"{service}.{table}"] = await database.fetchval(int, f"SELECT COUNT(*) FROM {table}") or 0
        return found

    async def states(self) -> dict[ServiceName, list[dict[str, Any]]]:
        """The values that a purchase leaves, which do not depend on names and times."""
        found = {}
        for service, sql in STATES.items():
            found[service] = [dict(row) for row in await self.databases[service].fetch(dict, sql)]
        for event in found["orders"]:
            event["actor"] = event["actor"].partition("_")[0]
        return found


async def of_shop(shop: Shop) -> Selling:
    ada, product = await shop.customer(), await shop.product(price=PRICE)
    databases = {name: shop.domain(name).database for name in SERVICES}
    return Selling(databases, Buyer(ada.shop, ada.id), product, shop)


@asynccontextmanager
async def of_floor(urls: Mapping[ServiceName, str], folder: Path) -> AsyncIterator[Selling]:
    async with (
        opened(urls, folder) as floor,
        AsyncMinishop("http://floor", transport=httpx.ASGITransport(floor)) as visitor,
    ):
        yield Selling(floor.databases, Buyer(visitor.with_token("1"), 1), PRODUCT, floor)


async def test_the_floor_leaves_the_same_rows_as_a_purchase_of_the_shop(
    shop: Shop, new_database: NewDatabase, tmp_path: Path
) -> None:
    urls = {name: new_database(f"floor_{name}") for name in SERVICES}
    async with of_floor(urls, tmp_path / "floor") as floor:
        grown, left = [], []
        for each in await of_shop(shop), floor:
            await each.sell()  # and so the customer is signed in
            before = await each.rows()
            await each.sell()
            grown.append(await each.rows() - before)
            left.append(await each.states())

    assert GROWTH == grown[0]
    assert grown[0] == grown[1]
    assert left[0] == left[1]
    assert ({"shipped"}, {"taken"}) == tuple({row[name] for row in left[1]["orders"]} for name in ("status", "cart"))
    assert ["committed", "committed"] == [row["status"] for row in left[1]["catalog"]]
    assert [{"quantity": 0, "shown_price": 100, "put": 2, "bought": 2}] == left[1]["cart"]
    assert [{"state": "captured", "captured": 100, "kind": "capture", "amount": 100}] * 2 == left[1]["payments"]
    assert ["sent", "sent"] == [row["status"] for row in left[1]["notifications"]]


async def test_the_floor_runs_the_statements_and_the_transactions_of_the_shop(
    sqlite_shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LINGER", 1.0)  # the work after the payment is recorded together on a busy machine too
    counts = Counter[str]()
    run, begin = SqliteConnection.run, SqliteDatabase.transaction

    def counting(self: SqliteConnection, sql: str, args: tuple[Any, ...]) -> Any:
        counts[" ".join(sql.split())] += 1
        return run(self, sql, args)

    @asynccontextmanager
    async def transaction(self: SqliteDatabase) -> AsyncIterator[Connection]:
        counts["BEGIN"] += 1
        async with begin(self) as connection:
            yield connection

    monkeypatch.setattr(SqliteConnection, "run", counting)
    monkeypatch.setattr(SqliteDatabase, "transaction", transaction)
    ran = []
    async with of_floor({}, tmp_path / "floor") as floor:
        for each in await of_shop(sqlite_shop), floor:
            await each.sell()
            counts.clear()
            await each.sell()
            counts["BEGIN"] -= counts[LEARN]
            ran.append({sql: number for sql, number in counts.items() if not sql.startswith(BACKGROUND)})

    assert 13 == ran[0]["BEGIN"]  # twelve, and one of the sandbox
    assert ran[0] == ran[1]
