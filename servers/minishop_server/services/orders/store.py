"""All the SQL of orders.

Changes of an order run in a transaction of the caller, which may add jobs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Unpack

from ...kit.clock import Timestamp, now
from ...kit.database import Connection, Database, Listing, columns, empty_in_parts, places
from ...kit.ids import OrderId, OrderIdentity, OrderNumber, ProductId, UserId
from ...kit.outbox import Transaction
from ...kit.request_context import request_id
from .rows import (
    Claim,
    ClaimRow,
    Claims,
    EventRow,
    HighestNumbers,
    KeyRow,
    LineRow,
    NewOrder,
    OrderChanges,
    OrderRow,
    OrderWithLines,
)
from .state_machine import MOVES, OUTCOMES, outcome

ORDER = columns(OrderRow)
KEPT = ", ".join(name for name in ORDER.split(", ") if name not in ("id", "identity", "idempotency_key", "turn"))
LINE = columns(LineRow)


class Store:
    """Orders, their lines and events."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._next_id = database.next_id("orders")

    async def add(self, connection: Transaction, order: NewOrder, actor: str) -> OrderWithLines | None:
        """The new, pending order with its claims on the cart, or None if the user has an order of this key or turn."""
        row = await connection.fetchrow(
            OrderRow,
            f"""
            INSERT INTO orders (
                id, user_id, status, total, payment_method, payment_token, address, carrier, email,
                idempotency_key, turn, cart, request_hash, created_at, updated_at, identity
            )
            VALUES ({self._next_id}, $1, 'pending', $2, $3, $4, $5, $6, $7, $8, $9, 'claimed', $10, $11, $11, $12)
            ON CONFLICT DO NOTHING
            RETURNING {ORDER}
            """,
            order.user_id,
            order.total,
            order.payment_method,
            order.payment_token,
            order.address,
            order.carrier,
            order.email,
            order.idempotency_key,
            order.turn,
            order.request_hash,
            now(),
            order.identity,
        )
        if row is None:
            return None
        values, args = list[str](), list[object]([row["id"]])
        for position, line in enumerate(order.lines):
            four = line.product_id, line.quantity, line.name, line.price
            values.append(f"($1, {position}, {places(len(args) + 1, four)})")
            args += four
        lines = await connection.fetch(
            LineRow,
            f"""
            INSERT INTO order_lines (order_id, position, product_id, quantity, name, price)
            VALUES {", ".join(values)}
            RETURNING {LINE}
            """,
            *args,
        )
        await self.note(connection, row["id"], "placed", actor)
        connection.count(OUTCOMES, "placed")
        return row, lines

    async def move(
        self, connection: Transaction, order: OrderNumber, name: str, actor: str, **changes: Unpack[OrderChanges]
    ) -> OrderRow | None:
        """The order after this move and with these columns changed, or None if the move is not allowed now."""
        move = MOVES[name]
        sets = "".join(f", {column} = ${place}" for place, column in enumerate(changes, 6))
        sets += "".join(f", {column} = NULL" for column in move.clears)
        row = await connection.fetchrow_guarded(
            OrderRow,
            f"""
            UPDATE orders
            SET status = $2, updated_at = $3{sets}
            WHERE id = $1 AND status IN ({move.guard})
            RETURNING {ORDER}
            """,
            """
            INSERT INTO order_events (order_id, step, created_at, actor, request_id)
            SELECT $1, $2, $3, $4, $5 FROM guard
            """,
            order,
            move.after,
            now(),
            actor,
            request_id.get(),
            *changes.values(),
        )
        if row is not None:
            connection.count(OUTCOMES, outcome(move))
        return row

    async def note(self, connection: Connection, order: OrderNumber, step: str, actor: str) -> None:
        """Add a step to the order's timeline."""
        await connection.execute(
            """
            INSERT INTO order_events (order_id, step, actor, request_id, created_at)
            VALUES ($1, $2, $3, $4, $5)
            """,
            order,
            step,
            actor,
            request_id.get(),
            now(),
        )

    async def order(self, order: OrderNumber) -> OrderRow | None:
        return await self.database.fetchrow(OrderRow, f"SELECT {ORDER} FROM orders WHERE id = $1", order)

    async def is_order(self, connection: Connection, order: OrderNumber, identity: OrderIdentity) -> bool:
        """Whether the order of this number has this identity."""
        sql = "SELECT 1 FROM orders WHERE id = $1 AND identity = $2"
        return await connection.fetchval(int, sql, order, identity) is not None

    async def order_of_identity(self, identity: OrderIdentity) -> OrderRow:
        """An existing order, even under another number."""
        row = await self.database.fetchrow(OrderRow, f"SELECT {ORDER} FROM orders WHERE identity = $1", identity)
        assert row is not None
        return row

    async def order_of_key(self, user_id: UserId, key: str) -> OrderRow | None:
        sql = f"SELECT {ORDER} FROM orders WHERE user_id = $1 AND idempotency_key = $2"
        return await self.database.fetchrow(OrderRow, sql, user_id, key)

    async def orders(self, user_id: UserId, limit: int, before: int | None, status: str | None) -> list[OrderRow]:
        """A user's orders, the newest first."""
        listing = Listing("orders", OrderRow, descending=True, after=None if before is None else [before])
        listing.where("user_id = {}", user_id)
        listing.of_kind("status", status)
        return await listing.page(self.database, OrderRow, limit)

    async def all_orders(self, limit: int, after: int | None) -> list[OrderRow]:
        """The orders of all users, the oldest first."""
        listing = Listing("orders", OrderRow, after=None if after is None else [after])
        return await listing.page(self.database, OrderRow, limit)

    async def lines(self, orders: Sequence[OrderNumber]) -> dict[OrderNumber, list[LineRow]]:
        """The lines of each of these orders."""
        found: dict[OrderNumber, list[LineRow]] = {order: [] for order in orders}
        if found:
            rows = await self.database.fetch(
                LineRow,
                f"""
                SELECT {LINE}
                FROM order_lines
                WHERE order_id IN ({places(1, orders)})
                ORDER BY order_id, position
                """,
                *orders,
            )
            for row in rows:
                found[row["order_id"]].append(row)
        return found

    async def lines_of(self, order: OrderNumber) -> list[LineRow]:
        """The lines of one order."""
        return (await self.lines([order]))[order]

    async def forget_digests(self, before: Timestamp) -> None:
        """Delete the digests of orders that were made before this time, and keep the keys."""
        where = "WHERE request_hash <> '' AND created_at < $1"
        await empty_in_parts(self.database, "orders", "request_hash = ''", where, before)

    async def events(self, order: OrderNumber, limit: int, after: int | None) -> list[EventRow]:
        """The timeline of an order, the oldest first."""
        listing = Listing("order_events", EventRow, after=None if after is None else [after])
        listing.where("order_id = {}", order)
        return await listing.page(self.database, EventRow, limit)

    async def claims(self, user_id: UserId, key: str | None) -> Claims:
        """The claims of the user's orders on the cart, the oldest order first, and the order of this key."""
        rows = await self.database.fetch(
            ClaimRow,
            """
            SELECT newest.turn, keyed.identity AS keyed, claiming.identity, product_id, quantity
            FROM (SELECT COALESCE(MAX(turn), 0) AS turn FROM orders WHERE user_id = $1) AS newest
            LEFT JOIN orders AS keyed ON keyed.user_id = $1 AND keyed.idempotency_key = $2
            LEFT JOIN orders AS claiming ON claiming.user_id = $1 AND claiming.cart = 'claimed'
            LEFT JOIN order_lines ON order_lines.order_id = claiming.id
            ORDER BY claiming.id
            """,
            user_id,
            key,
        )
        orders: dict[OrderIdentity, Counter[ProductId]] = {}
        for row in rows:
            identity, product_id, quantity = row["identity"], row["product_id"], row["quantity"]
            if identity is not None and product_id is not None and quantity is not None:
                orders.setdefault(identity, Counter())[product_id] += quantity
        return Claims(rows[0]["turn"], orders, rows[0]["keyed"])

    async def end_claim(self, connection: Connection, order: OrderNumber, cart: Claim) -> None:
        """The order claims nothing in the cart any more: its pieces were `taken` out, or `none` of them will be."""
        await connection.execute("UPDATE orders SET cart = $2 WHERE id = $1", order, cart)

    async def keys_of_work(self, keys: Sequence[OrderId]) -> set[OrderId]:
        """Those of these keys that something is owed for."""
        if not keys:
            return set()
        sql = f"SELECT key FROM work WHERE key IN ({places(1, keys)})"
        rows = await self.database.fetch(KeyRow, sql, *keys)
        return {row["key"] for row in rows}

    async def renumber(self, connection: Connection, order: OrderRow) -> OrderNumber | None:
        """The next number, which the pending order has from now on; None where it is not pending any more.

        For a number that belongs to another order elsewhere. The row is made anew, as others refer to it.
        """
        freed = await connection.execute(
            """
            UPDATE orders
            SET identity = NULL, idempotency_key = NULL, turn = NULL
            WHERE id = $1 AND status = 'pending'
            """,
            order["id"],
        )
        if not freed:
            return None
        number = await connection.fetchval(
            OrderNumber,
            f"""
            INSERT INTO orders (id, {KEPT}, identity, idempotency_key, turn)
            SELECT {self._next_id}, {KEPT}, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS INTEGER)
            FROM orders
            WHERE id = $1
            RETURNING id
            """,
            order["id"],
            order["identity"],
            order["idempotency_key"],
            order["turn"],
        )
        assert number is not None
        for table in "order_lines", "order_events":
            await connection.execute(f"UPDATE {table} SET order_id = $2 WHERE order_id = $1", order["id"], number)
        await connection.execute("DELETE FROM orders WHERE id = $1", order["id"])
        return number

    async def highest_numbers(self) -> HighestNumbers:
        """The highest numbers of other services that orders name."""
        payment, tracking = (f"CAST(SUBSTR({column}) AS INTEGER)" for column in ("payment_id, 5", "tracking_id, 6"))
        row = await self.database.fetchrow(
            HighestNumbers,
            f"""
            SELECT
                COALESCE((SELECT MAX(user_id) FROM orders), 0) AS users,
                COALESCE((SELECT MAX(product_id) FROM order_lines), 0) AS products,
                COALESCE((
                    SELECT {payment} FROM orders WHERE payment_id IS NOT NULL ORDER BY {payment} DESC LIMIT 1
                ), 0) AS payments,
                COALESCE((
                    SELECT {tracking} FROM orders WHERE tracking_id IS NOT NULL ORDER BY {tracking} DESC LIMIT 1
                ), 0) AS shipments
            """,
        )
        assert row is not None
        return row

    async def shipping_cursor(self) -> str:
        """The cursor up to which the events of Shipping were read, or an empty text."""
        return await self.database.fetchval(str, "SELECT cursor FROM feeds WHERE name = 'shipping'") or ""

    async def read_shipping_to(self, connection: Connection, before: str, cursor: str) -> bool:
        """Set the cursor, and return False if it is no longer `before`."""
        moved = await connection.execute(
            "UPDATE feeds SET cursor = $2 WHERE name = 'shipping' AND cursor = $1", before, cursor
        )
        return moved == 1
