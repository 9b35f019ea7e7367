"""All the SQL of Cart.

Lines change with the version of their cart, and only while that is the version at which it was decided: one statement
to read, one to write, however many requests come at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..kit.database import Database, Row

LINE = "product_id, quantity, shown_price, position"
UNTOUCHED = 1
"""The version of a cart without a row."""
AT_VERSION = (
    "INSERT INTO carts (user_id, version) VALUES ($1, $2 + 1)"
    " ON CONFLICT (user_id) DO UPDATE SET version = EXCLUDED.version WHERE carts.version = $2"
)
"""Guards each change: the next version of the cart, if this is the present one."""
EMPTY = "DELETE FROM cart_lines WHERE user_id = $1 AND EXISTS (SELECT 1 FROM guard)"

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
            f"SELECT version, {LINE} FROM carts LEFT JOIN cart_lines ON cart_lines.user_id = carts.user_id"
            " WHERE carts.user_id = $1 ORDER BY position",
            user_id,
        )
        return (rows[0]["version"] if rows else UNTOUCHED), [row for row in rows if row["product_id"] is not None]

    async def carts(self, limit: int, after: int | None) -> list[Row]:
        """Carts by user, from the one after `after` on: a row for each line, and for each cart without one."""
        return await self.database.fetch(
            f"SELECT page.user_id AS id, version, {LINE}"
            " FROM (SELECT user_id, version FROM carts WHERE user_id > $1 ORDER BY user_id LIMIT $2) AS page"
            " LEFT JOIN cart_lines ON cart_lines.user_id = page.user_id ORDER BY page.user_id, position",
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
    ) -> Snapshot | None:
        """The cart with these pieces at a price, in the line where there is one; None where that would go over a limit.

        `known`, which the caller has just read, spares the first reading.
        """

        def edit(lines: list[Row]) -> Edit | None:
            old = _line(lines, product_id)
            total = quantity + (old["quantity"] if old else 0)
            if total > most_pieces or (old is None and len(lines) >= most_lines):
                return None
            position = old["position"] if old else lines[-1]["position"] + 1 if lines else 1
            line = {"product_id": product_id, "quantity": total, "shown_price": price, "position": position}
            return (
                f"INSERT INTO cart_lines (user_id, {LINE})"
                " SELECT $1, $3, $4, $5, $6 FROM guard WHERE TRUE"  # SQLite takes ON for that of a join without WHERE
                " ON CONFLICT (user_id, product_id)"
                " DO UPDATE SET quantity = EXCLUDED.quantity, shown_price = EXCLUDED.shown_price",
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
                "UPDATE cart_lines SET quantity = $4"
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
            sql = "DELETE FROM cart_lines WHERE user_id = $1 AND product_id = $3 AND EXISTS (SELECT 1 FROM guard)"
            return sql, (product_id,), rest

        return await self._edit(user_id, edit)

    async def clear(self, user_id: int) -> None:
        """Remove all lines."""
        await self._edit(user_id, lambda lines: (EMPTY, (), []) if lines else None)

    async def clear_version(self, user_id: int, version: int) -> bool:
        """Remove all lines, if this is the version of the cart; whether it is."""
        cleared = await self.database.execute_guarded(
            "UPDATE carts SET version = version + 1"
            " WHERE user_id = $1 AND version = $2 AND EXISTS (SELECT 1 FROM cart_lines WHERE user_id = $1)",
            EMPTY,
            user_id,
            version,
        )
        return cleared > 0 or await self.cart(user_id) == (version, [])

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


def _line(lines: list[Row], product_id: int) -> Row | None:
    return next((line for line in lines if line["product_id"] == product_id), None)
