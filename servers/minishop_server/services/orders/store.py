"""All the SQL of Orders. What changes an order runs in a transaction of the caller, which may leave work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import uuid4

from ...kit.clock import now
from ...kit.database import Connection, Database, Row
from ...kit.request_context import request_id
from .state_machine import MOVES

ORDER = (
    "id, identity, user_id, status, total, refunded, payment_method, payment_token, address, carrier, email,"
    " idempotency_key, turn, cart, request_hash, payment_id, tracking_id, reason, cancelled_by, created_at, updated_at"
)
KEPT = [column for column in ORDER.split(", ") if column not in ("id", "identity", "idempotency_key", "turn")]
LINE = "order_id, product_id, quantity, name, price, returning_now, returned"
REFUND = "id, payment_key, order_id, amount, reason, idempotency_key, request_hash, paid, created_at"


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of one product; the price of one, in cents."""

    product_id: int
    quantity: int
    name: str
    price: int


class Claims(NamedTuple):
    """Pieces by product that each of a shopper's orders claims in the cart, and the turn of the newest order."""

    turn: int
    orders: Mapping[str, Counter[int]]
    """By identity, the oldest first."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What an order is made from; the total in cents."""

    identity: str
    user_id: int
    total: int
    payment_method: str
    payment_token: str | None
    address: str
    carrier: str
    email: str
    idempotency_key: str | None
    turn: int
    request_hash: str
    lines: Sequence[Line]


class Store:
    """Orders, their lines, events and refunds."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._next_id = database.next_id("orders")

    async def add(self, connection: Connection, order: NewOrder, actor: str) -> Row | None:
        """The new order, pending, which claims its pieces in the cart; None if the user has one of this key or turn."""
        row = await connection.fetchrow(
            "INSERT INTO orders (id, user_id, status, total, payment_method, payment_token, address, carrier, email,"
            " idempotency_key, turn, cart, request_hash, created_at, updated_at, identity)"
            f" VALUES ({self._next_id}, $1, 'pending', $2, $3, $4, $5, $6, $7, $8, $9, 'claimed', $10, $11, $11, $12)"
            f" ON CONFLICT DO NOTHING RETURNING {ORDER}",
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
        if row is not None:
            values, args = list[str](), list[Any]([row["id"]])
            for position, line in enumerate(order.lines):
                values.append(f"($1, {position}, {', '.join(f'${len(args) + place}' for place in range(1, 5))})")
                args += line.product_id, line.quantity, line.name, line.price
            await connection.execute(
                "INSERT INTO order_lines (order_id, position, product_id, quantity, name, price)"
                f" VALUES {', '.join(values)}",
                *args,
            )
            await self.note(connection, row["id"], "placed", actor)
        return row

    async def move(self, connection: Connection, order: int, name: str, actor: str, **changes: Any) -> Row | None:
        """The order after this move of the table, with these columns changed; None where it may not be made now."""
        move = MOVES[name]
        sets = "".join(f", {column} = ${place}" for place, column in enumerate(changes, 4 + len(move.before)))
        row = await connection.fetchrow(
            f"UPDATE orders SET status = $2, updated_at = $3{sets}"
            f" WHERE id = $1 AND status IN ({_places(4, move.before)}) RETURNING {ORDER}",
            order,
            move.after,
            now(),
            *move.before,
            *changes.values(),
        )
        if row is not None:
            await self.note(connection, order, move.after, actor)
        return row

    async def note(self, connection: Connection, order: int, step: str, actor: str) -> None:
        """Add a step to the order's timeline."""
        await connection.execute(
            "INSERT INTO order_events (order_id, step, actor, request_id, created_at) VALUES ($1, $2, $3, $4, $5)",
            order,
            step,
            actor,
            request_id.get(),
            now(),
        )

    async def order(self, order: int) -> Row | None:
        return await self.database.fetchrow(f"SELECT {ORDER} FROM orders WHERE id = $1", order)

    async def is_order(self, connection: Connection, order: int, identity: str) -> bool:
        """Whether the order of this number has this identity."""
        row = await connection.fetchrow("SELECT 1 FROM orders WHERE id = $1 AND identity = $2", order, identity)
        return row is not None

    async def order_of_identity(self, identity: str) -> Row:
        """An order that there is, whatever its number is by now."""
        row = await self.database.fetchrow(f"SELECT {ORDER} FROM orders WHERE identity = $1", identity)
        assert row is not None
        return row

    async def renumber(self, connection: Connection, order: Row) -> int | None:
        """The next number, which the pending order has from now on; None where it is not pending any more.

        For a number that belongs to another order elsewhere. The row is made anew, as others refer to it.
        """
        freed = await connection.execute(
            "UPDATE orders SET identity = NULL, idempotency_key = NULL, turn = NULL"
            " WHERE id = $1 AND status = 'pending'",
            order["id"],
        )
        if not freed:
            return None
        moved = await connection.fetchrow(
            f"INSERT INTO orders (id, {', '.join(KEPT)}, identity, idempotency_key, turn)"
            f" SELECT {self._next_id}, {', '.join(KEPT)}, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS INTEGER)"
            " FROM orders WHERE id = $1 RETURNING id",
            order["id"],
            order["identity"],
            order["idempotency_key"],
            order["turn"],
        )
        assert moved is not None
        for table in "order_lines", "order_events":
            await connection.execute(f"UPDATE {table} SET order_id = $2 WHERE order_id = $1", order["id"], moved["id"])
        await connection.execute("DELETE FROM orders WHERE id = $1", order["id"])
        return int(moved["id"])

    async def order_of_key(self, user_id: int, key: str) -> Row | None:
        return await self.database.fetchrow(
            f"SELECT {ORDER} FROM orders WHERE user_id = $1 AND idempotency_key = $2", user_id, key
        )

    async def claims(self, user_id: int) -> Claims:
        """What the user's orders claim in the cart, the oldest order first."""
        rows = await self.database.fetch(
            "SELECT newest.turn, claiming.identity, product_id, quantity"
            " FROM (SELECT COALESCE(MAX(turn), 0) AS turn FROM orders WHERE user_id = $1) AS newest"
            " LEFT JOIN orders AS claiming ON claiming.user_id = $1 AND claiming.cart = 'claimed'"
            " LEFT JOIN order_lines ON order_lines.order_id = claiming.id ORDER BY claiming.id",
            user_id,
        )
        orders: dict[str, Counter[int]] = {}
        for row in rows:
            if row["identity"] is not None:
                orders.setdefault(row["identity"], Counter())[row["product_id"]] += row["quantity"]
        return Claims(rows[0]["turn"], orders)

    async def end_claim(self, connection: Connection, order: int, cart: str) -> None:
        """The order claims nothing in the cart any more: its pieces were `taken` out, or `none` of them will be."""
        await connection.execute("UPDATE orders SET cart = $2 WHERE id = $1", order, cart)

    async def orders(self, user_id: int, limit: int, before: int | None, status: str | None) -> list[Row]:
        """A user's orders, the newest first."""
        return await self.database.fetch(
            f"SELECT {ORDER} FROM orders WHERE user_id = $1 AND (CAST($2 AS INTEGER) IS NULL OR id < $2)"
            " AND (CAST($4 AS TEXT) IS NULL OR status = $4) ORDER BY id DESC LIMIT $3",
            user_id,
            before,
            limit,
            status,
        )

    async def all_orders(self, limit: int, after: int | None) -> list[Row]:
        """Everybody's orders, the oldest first."""
        return await self.database.fetch(
            f"SELECT {ORDER} FROM orders WHERE id > $1 ORDER BY id LIMIT $2", after or 0, limit
        )

    async def highest_numbers(self) -> Row:
        """The highest number of `users`, `products`, `payments` and `shipments` that orders name; 0 for none."""
        payment, tracking = (f"CAST(SUBSTR({column}) AS INTEGER)" for column in ("payment_id, 5", "tracking_id, 6"))
        row = await self.database.fetchrow(
            "SELECT COALESCE((SELECT MAX(user_id) FROM orders), 0) AS users,"
            " COALESCE((SELECT MAX(product_id) FROM order_lines), 0) AS products,"
            f" COALESCE((SELECT {payment} FROM orders WHERE payment_id IS NOT NULL"
            f" ORDER BY {payment} DESC LIMIT 1), 0) AS payments,"
            f" COALESCE((SELECT {tracking} FROM orders WHERE tracking_id IS NOT NULL"
            f" ORDER BY {tracking} DESC LIMIT 1), 0) AS shipments"
        )
        assert row is not None
        return row

    async def keys_of_work(self, keys: Sequence[str]) -> set[str]:
        """Those of these keys that something is owed for."""
        if not keys:
            return set()
        rows = await self.database.fetch(f"SELECT key FROM work WHERE key IN ({_places(1, keys)})", *keys)
        return {row["key"] for row in rows}

    async def lines(self, orders: Sequence[int]) -> dict[int, list[Row]]:
        """The lines of each of these orders."""
        found: dict[int, list[Row]] = {order: [] for order in orders}
        if found:
            rows = await self.database.fetch(
                f"SELECT {LINE} FROM order_lines WHERE order_id IN ({_places(1, orders)}) ORDER BY order_id, position",
                *orders,
            )
            for row in rows:
                found[row["order_id"]].append(row)
        return found

    async def events(self, order: int, limit: int, after: int | None) -> list[Row]:
        """The timeline of an order, the oldest first."""
        return await self.database.fetch(
            "SELECT id, step, actor, request_id, created_at FROM order_events WHERE order_id = $1 AND id > $2"
            " ORDER BY id LIMIT $3",
            order,
            after or 0,
            limit,
        )

    async def take_back(self, connection: Connection, order: int, wanted: Mapping[int, int] | None) -> bool:
        """Mark pieces (by product) to be sent back, None for all that are left; False where there are too few."""
        if wanted is None:
            left = "quantity - returned"
            return (
                await connection.execute(
                    f"UPDATE order_lines SET returning_now = {left} WHERE order_id = $1 AND {left} > 0", order
                )
                > 0
            )
        for product_id, quantity in wanted.items():
            marked = await connection.execute(
                "UPDATE order_lines SET returning_now = $3"
                " WHERE order_id = $1 AND product_id = $2 AND quantity - returned >= $3",
                order,
                product_id,
                quantity,
            )
            if not marked:
                return False
        return True

    async def taken_back(self, connection: Connection, order: int) -> int:
        """The marked pieces came back; what they cost, in cents."""
        rows = await connection.fetch(
            "SELECT returning_now * CAST(price AS BIGINT) AS amount FROM order_lines WHERE order_id = $1", order
        )
        await connection.execute(
            "UPDATE order_lines SET returned = returned + returning_now, returning_now = 0 WHERE order_id = $1", order
        )
        return sum(row["amount"] for row in rows)

    async def book_refund(
        self,
        connection: Connection,
        order: int,
        amount: int,
        *,
        states: Collection[str],
        reason: str | None = None,
        key: str | None = None,
        request_hash: str = "",
    ) -> Row | None:
        """Promise money back, never more than is left; None where it is not.

        Raises:
            Conflict: there is a refund with this key.
        """
        row = await connection.fetchrow(
            "UPDATE orders SET refunded = refunded + $2, updated_at = $3"
            f" WHERE id = $1 AND refunded + $2 <= total AND status IN ({_places(4, states)}) RETURNING id",
            order,
            amount,
            now(),
            *states,
        )
        if row is None:
            return None
        return await connection.fetchrow(
            "INSERT INTO refunds (order_id, amount, reason, idempotency_key, request_hash, created_at, payment_key)"
            f" VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING {REFUND}",
            order,
            amount,
            reason,
            key,
            request_hash,
            now(),
            str(uuid4()),
        )

    async def refund_of_key(self, order: int, key: str) -> Row | None:
        return await self.database.fetchrow(
            f"SELECT {REFUND} FROM refunds WHERE order_id = $1 AND idempotency_key = $2", order, key
        )

    async def refunds_due(self, order: int) -> list[Row]:
        """Refunds that were promised and not made yet."""
        return await self.database.fetch(f"SELECT {REFUND} FROM refunds WHERE order_id = $1 AND paid = 0", order)

    async def refund_made(self, connection: Connection, refund: int) -> None:
        await connection.execute("UPDATE refunds SET paid = 1 WHERE id = $1", refund)

    async def shipping_cursor(self) -> str:
        """How far the moves of parcels were read; empty at the beginning."""
        row = await self.database.fetchrow("SELECT cursor FROM feeds WHERE name = 'shipping'")
        return str(row["cursor"]) if row else ""

    async def read_shipping_to(self, connection: Connection, before: str, cursor: str) -> bool:
        """Whether they were still read up to `before`; now they are up to `cursor`."""
        moved = await connection.execute(
            "UPDATE feeds SET cursor = $2 WHERE name = 'shipping' AND cursor = $1", before, cursor
        )
        return moved == 1


def _places(first: int, values: Collection[object]) -> str:
    """`$4, $5, …`, one for each value."""
    return ", ".join(f"${place}" for place in range(first, first + len(values)))
