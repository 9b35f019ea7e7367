"""All the SQL of Cart.

Lines change with the version of their cart, and only while that is the version at which it was decided: one statement
to read, one to write, however many requests come at once. A line that is gone stays as a row without pieces: it counts
what was ever put in and what was bought, and so proves that no piece was bought twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from ...kit.database import Database, Row

LINE = "product_id, quantity, shown_price, position"
UNTOUCHED = 1
"""The version of a cart without a row."""
AT_VERSION = (
    "INSERT INTO carts (user_id, version) VALUES ($1, $2 + 1)"
    " ON CONFLICT (user_id) DO UPDATE SET version = EXCLUDED.version WHERE carts.version = $2"
)
"""Guards each change: the next version of the cart, if this is the present one."""
EMPTY = "UPDATE cart_lines SET quantity = 0 WHERE user_id = $1 AND quantity > 0 AND EXISTS (SELECT 1 FROM guard)"
PRESENT = "cart_lines.user_id = carts.user_id AND quantity > 0"

Snapshot = tuple[int, list[Row]]
"""The version of a cart and its lines, in the order they were added."""
Edit = tuple[str, tuple[Any, ...], list[Row]]
"""A statement, its arguments from `$3` on, and the lines thereafter."""


class Store:
    """The lines of each user's cart, with the prices they were last shown at, in cents."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def cart(self, user_id: int) -> Snapshot:
        """A cart as it is now."""
        rows = await self.database.fetch(
            f"SELECT version, {LINE} FROM carts LEFT JOIN cart_lines ON {PRESENT}"
            " WHERE carts.user_id = $1 ORDER BY position",
            user_id,
        )
        return _snapshot(rows)

    async def cart_and_bought(self, user_id: int, orders: Sequence[str]) -> tuple[Snapshot, list[str]]:
        """A cart as it is now, and which of these orders have taken their pieces out of it by then."""
        if not orders:
            return await self.cart(user_id), []
        places = ", ".join(f"${place}" for place in range(2, 2 + len(orders)))
        rows = await self.database.fetch(  # one statement: what it finds belongs to one moment
            f"SELECT version, {LINE}, NULL AS order_identity FROM carts LEFT JOIN cart_lines ON {PRESENT}"
            " WHERE carts.user_id = $1"
            " UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, order_identity FROM bought_orders"
            f" WHERE user_id = $1 AND order_identity IN ({places}) ORDER BY position",
            user_id,
            *orders,
        )
        cart = _snapshot([row for row in rows if row["order_identity"] is None])
        return cart, [row["order_identity"] for row in rows if row["order_identity"] is not None]

    async def highest_numbers(self) -> Row:
        """The highest `users` and `products` of lines that shoppers made; 0 where there are none."""
        row = await self.database.fetchrow(
            "SELECT COALESCE((SELECT user_id FROM cart_lines WHERE position > 0 ORDER BY user_id DESC LIMIT 1), 0)"
            " AS users,"
            " COALESCE((SELECT product_id FROM cart_lines WHERE position > 0 ORDER BY product_id DESC LIMIT 1), 0)"
            " AS products"
        )
        assert row is not None
        return row

    async def carts(self, limit: int, after: int | None) -> list[Row]:
        """Carts by user, from the one after `after` on: a row for each line, and for each cart without one.

        `all_bought` counts the pieces that orders took out of the cart, `excess` those that are there or were bought
        without ever having been put in.
        """
        return await self.database.fetch(
            f"SELECT carts.user_id AS id, version, {LINE}, all_bought, excess FROM ("
            "SELECT page.user_id, version, COALESCE(SUM(bought), 0) AS all_bought,"
            " COALESCE(SUM(CASE WHEN quantity + bought > put THEN quantity + bought - put END), 0) AS excess"
            " FROM (SELECT user_id, version FROM carts WHERE user_id > $1 ORDER BY user_id LIMIT $2) AS page"
            " LEFT JOIN cart_lines ON cart_lines.user_id = page.user_id GROUP BY page.user_id, version) AS carts"
            f" LEFT JOIN cart_lines ON {PRESENT} ORDER BY carts.user_id, position",
            after or 0,
            limit,
        )

    async def show(self, user_id: int, version: int, prices: Mapping[int, int | None]) -> int | None:
        """Remember what the shopper is shown; the version after it, or None where this was not the version."""
        places = range(3, 3 + 2 * len(prices), 2)
        cases = " ".join(f"WHEN ${place} THEN CAST(${place + 1} AS INTEGER)" for place in places)
        shown = await self.database.execute_guarded(
            AT_VERSION,
            f"UPDATE cart_lines SET shown_price = CASE product_id {cases} ELSE shown_price END"
            " WHERE user_id = $1 AND EXISTS (SELECT 1 FROM guard)",
            user_id,
            version,
            *(value for price in prices.items() for value in price),
        )
        return version + 1 if shown else None

    async def add(
        self,
        user_id: int,
        product_id: int,
        quantity: int,
        price: int,
        *,
        most_lines: int,
        most_pieces: int,
        known: Snapshot | None = None,
        withdrawn: Collection[int] = (),
    ) -> Snapshot | None:
        """The cart with these pieces at a price, in the line where there is one; None where that would go over a limit.

        `known`, which the caller has just read, spares the first reading. Lines of `withdrawn` products do not count.
        """

        def edit(lines: list[Row]) -> Edit | None:
            old = _line(lines, product_id)
            total = quantity + (old["quantity"] if old else 0)
            counted = sum(line["product_id"] not in withdrawn for line in lines)
            if total > most_pieces or (old is None and counted >= most_lines):
                return None
            position = old["position"] if old else lines[-1]["position"] + 1 if lines else 1
            line = {"product_id": product_id, "quantity": total, "shown_price": price, "position": position}
            return (
                f"INSERT INTO cart_lines (user_id, {LINE}, put)"
                " SELECT $1, $3, $4, $5, $6, $4 FROM guard WHERE TRUE"  # SQLite reads ON as a join's without WHERE
                " ON CONFLICT (user_id, product_id) DO UPDATE SET quantity = EXCLUDED.quantity,"
                " put = cart_lines.put + EXCLUDED.quantity - cart_lines.quantity,"
                " shown_price = EXCLUDED.shown_price, position = EXCLUDED.position",
                (product_id, total, price, position),
                [line if each is old else each for each in lines] if old else [*lines, line],
            )

        return await self._edit(user_id, edit, known)

    async def set_quantity(self, user_id: int, product_id: int, quantity: int) -> Snapshot | None:
        """The cart with this quantity in a line; None where there is no such line."""

        def edit(lines: list[Row]) -> Edit | None:
            old = _line(lines, product_id)
            if old is None:
                return None
            return (
                "UPDATE cart_lines SET quantity = $4, put = put + CASE WHEN quantity < $4 THEN $4 - quantity ELSE 0 END"
                " WHERE user_id = $1 AND product_id = $3 AND EXISTS (SELECT 1 FROM guard)",
                (product_id, quantity),
                [{**dict(line), "quantity": quantity} if line is old else line for line in lines],
            )

        return await self._edit(user_id, edit)

    async def remove(self, user_id: int, product_id: int) -> Snapshot | None:
        """The cart without a line; None where there is no such line."""

        def edit(lines: list[Row]) -> Edit | None:
            rest = [line for line in lines if line["product_id"] != product_id]
            if len(rest) == len(lines):
                return None
            sql = (
                "UPDATE cart_lines SET quantity = 0"
                " WHERE user_id = $1 AND product_id = $3 AND EXISTS (SELECT 1 FROM guard)"
            )
            return sql, (product_id,), rest

        return await self._edit(user_id, edit)

    async def clear(self, user_id: int) -> None:
        """Remove all lines."""
        await self._edit(user_id, lambda lines: (EMPTY, (), []) if lines else None)

    async def clear_version(self, user_id: int, version: int) -> bool:
        """Remove all lines, if this is the version of the cart; whether it is."""
        cleared = await self.database.execute_guarded(
            "UPDATE carts SET version = version + 1"
            " WHERE user_id = $1 AND version = $2"
            " AND EXISTS (SELECT 1 FROM cart_lines WHERE user_id = $1 AND quantity > 0)",
            EMPTY,
            user_id,
            version,
        )
        return cleared > 0 or await self.cart(user_id) == (version, [])

    async def take_bought(self, user_id: int, order_identity: str, pieces: Mapping[int, int]) -> None:
        """Take what an order bought (pieces by product) out of the cart, as far as it is there; once for each order."""
        async with self.database.transaction() as connection:
            if not await connection.execute(
                "INSERT INTO bought_orders (order_identity, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                order_identity,
                user_id,
            ):
                return
            await connection.execute(  # an edit that was decided before this finds another version
                f"INSERT INTO carts (user_id, version) VALUES ($1, {UNTOUCHED + 1})"
                " ON CONFLICT (user_id) DO UPDATE SET version = carts.version + 1",
                user_id,
            )
            places = (f"($1, ${place}, 0, 0, ${place + 1}, ${place + 1})" for place in range(2, 2 + 2 * len(pieces), 2))
            await connection.execute(
                "INSERT INTO cart_lines (user_id, product_id, quantity, position, put, bought)"
                f" VALUES {', '.join(places)}"
                " ON CONFLICT (user_id, product_id) DO UPDATE SET bought = cart_lines.bought + EXCLUDED.bought,"
                " quantity = CASE WHEN cart_lines.quantity > EXCLUDED.bought"
                " THEN cart_lines.quantity - EXCLUDED.bought ELSE 0 END",
                user_id,
                *(value for piece in pieces.items() for value in piece),
            )

    async def _edit(
        self, user_id: int, edit: Callable[[list[Row]], Edit | None], known: Snapshot | None = None
    ) -> Snapshot | None:
        """The cart after an edit, decided anew where another request came between; None where it is none."""
        version, lines = known or await self.cart(user_id)
        while (decided := edit(lines)) is not None:
            sql, args, after = decided
            if await self.database.execute_guarded(AT_VERSION, sql, user_id, version, *args):
                return version + 1, after
            version, lines = await self.cart(user_id)
        return None


def _snapshot(rows: list[Row]) -> Snapshot:
    return (rows[0]["version"] if rows else UNTOUCHED), [row for row in rows if row["product_id"] is not None]


def _line(lines: list[Row], product_id: int) -> Row | None:
    return next((line for line in lines if line["product_id"] == product_id), None)
