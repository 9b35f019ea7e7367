"""All the SQL of Cart.

Lines change with the version of their cart, and only while that version is current: one statement
to read, one to write, for any number of concurrent requests. A removed line stays as a row without pieces: it counts
the added and the bought pieces, and so proves that no piece was bought twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from ...kit.database import Database, columns, places
from ...kit.ids import OrderIdentity, ProductId, UserId
from ...kit.money import Cents
from .rows import BookRow, CartOrOrderRow, CartRow, HighestNumbers, LineColumns, Snapshot, StoredLine

LINE = columns(LineColumns)
UNTOUCHED = 1
"""The version of a cart without a row."""
AT_VERSION = """
    INSERT INTO carts (user_id, version)
    VALUES ($1, $2 + 1)
    ON CONFLICT (user_id) DO UPDATE SET version = EXCLUDED.version
    WHERE carts.version = $2
"""
"""Guards each change: the next version of the cart, if this is the present one."""
EMPTY = """
    UPDATE cart_lines
    SET quantity = 0
    WHERE user_id = $1 AND quantity > 0 AND EXISTS (SELECT 1 FROM guard)
"""
BOUGHT_ONCE = "INSERT INTO bought_orders (order_identity, user_id) VALUES ($2, $1) ON CONFLICT DO NOTHING"
NEXT_VERSION = f"""
    INSERT INTO carts (user_id, version)
    SELECT $1, {UNTOUCHED + 1}
    FROM guard
    WHERE TRUE
    ON CONFLICT (user_id) DO UPDATE SET version = carts.version + 1
"""
"""An edit that was decided before this finds another version."""
PRESENT = "cart_lines.user_id = carts.user_id AND quantity > 0"

Edit = tuple[str, tuple[object, ...], list[StoredLine]]
"""A statement, its arguments from `$3` on, and the lines thereafter."""


class Store:
    """The lines of each user's cart, with the prices they were last shown at."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def cart(self, user_id: UserId) -> Snapshot:
        """A cart as it is now."""
        rows = await self.database.fetch(
            CartRow,
            f"""
            SELECT version, {LINE}
            FROM carts
            LEFT JOIN cart_lines ON {PRESENT}
            WHERE carts.user_id = $1
            ORDER BY position
            """,
            user_id,
        )
        return Snapshot(rows[0]["version"] if rows else UNTOUCHED, lines_of(rows))

    async def cart_and_bought(
        self, user_id: UserId, orders: Sequence[OrderIdentity]
    ) -> tuple[Snapshot, list[OrderIdentity]]:
        """A cart as it is now, and which of these orders have taken their pieces out of it by then."""
        if not orders:
            return await self.cart(user_id), []
        rows = await self.database.fetch(  # one statement: all rows belong to one moment
            CartOrOrderRow,
            f"""
            SELECT version, {LINE}, NULL AS order_identity
            FROM carts
            LEFT JOIN cart_lines ON {PRESENT}
            WHERE carts.user_id = $1
            UNION ALL
            SELECT NULL, NULL, NULL, NULL, NULL, order_identity
            FROM bought_orders
            WHERE user_id = $1 AND order_identity IN ({places(2, orders)})
            ORDER BY position
            """,
            user_id,
            *orders,
        )
        version = next((row["version"] for row in rows if row["version"] is not None), UNTOUCHED)
        taken = [row["order_identity"] for row in rows if row["order_identity"] is not None]
        return Snapshot(version, lines_of(rows)), taken

    async def highest_numbers(self) -> HighestNumbers:
        """The highest numbers of users and products."""
        row = await self.database.fetchrow(
            HighestNumbers,
            """
            SELECT
                COALESCE((
                    SELECT user_id FROM cart_lines WHERE position > 0 ORDER BY user_id DESC LIMIT 1
                ), 0) AS users,
                COALESCE((
                    SELECT product_id FROM cart_lines WHERE position > 0 ORDER BY product_id DESC LIMIT 1
                ), 0) AS products
            """,
        )
        assert row is not None
        return row

    async def carts(self, limit: int, after: int | None) -> list[BookRow]:
        """Carts by user, from the one after `after` on: a row for each line, and for each cart without one.

        `all_bought` counts the pieces that orders took out of the cart, `excess` those that are there or were bought
        without ever having been put in.
        """
        return await self.database.fetch(
            BookRow,
            f"""
            SELECT carts.user_id AS id, version, {LINE}, all_bought, excess
            FROM (
                SELECT
                    page.user_id,
                    version,
                    COALESCE(SUM(bought), 0) AS all_bought,
                    COALESCE(SUM(CASE WHEN quantity + bought > put THEN quantity + bought - put END), 0) AS excess
                FROM (SELECT user_id, version FROM carts WHERE user_id > $1 ORDER BY user_id LIMIT {limit:d}) AS page
                LEFT JOIN cart_lines ON cart_lines.user_id = page.user_id
                GROUP BY page.user_id, version
            ) AS carts
            LEFT JOIN cart_lines ON {PRESENT}
            ORDER BY carts.user_id, position
            """,
            after or 0,
        )

    async def show(self, user_id: UserId, version: int, prices: Mapping[ProductId, Cents | None]) -> int | None:
        """Store the displayed prices and return the new version, or None if the cart has another version."""
        firsts = range(3, 3 + 2 * len(prices), 2)
        cases = " ".join(f"WHEN ${first} THEN CAST(${first + 1} AS INTEGER)" for first in firsts)
        sql = f"""
            UPDATE cart_lines
            SET shown_price = CASE product_id {cases} ELSE shown_price END
            WHERE user_id = $1 AND EXISTS (SELECT 1 FROM guard)
        """
        shown = await self.database.execute_guarded(
            (AT_VERSION, sql),
            user_id,
            version,
            *(value for price in prices.items() for value in price),
        )
        return version + 1 if shown else None

    async def add(
        self,
        user_id: UserId,
        product_id: ProductId,
        quantity: int,
        price: Cents,
        *,
        most_lines: int,
        most_pieces: int,
        known: Snapshot | None = None,
        withdrawn: Collection[ProductId] = (),
    ) -> Snapshot | None:
        """The cart with these pieces at a price, in the line where there is one; None where that would go over a limit.

        `known`, which the caller has just read, spares the first reading. Lines of `withdrawn` products do not count.
        """

        def edit(lines: list[StoredLine]) -> Edit | None:
            old = _line(lines, product_id)
            total = quantity + (old.quantity if old else 0)
            counted = sum(line.product_id not in withdrawn for line in lines)
            if total > most_pieces or (old is None and counted >= most_lines):
                return None
            position = old.position if old else lines[-1].position + 1 if lines else 1
            line = StoredLine(product_id, total, price, position)
            # SQLite reads ON as a join's without WHERE.
            sql = f"""
                INSERT INTO cart_lines (user_id, {LINE}, put)
                SELECT $1, $3, $4, $5, $6, $4
                FROM guard
                WHERE TRUE
                ON CONFLICT (user_id, product_id) DO UPDATE SET
                    quantity = EXCLUDED.quantity,
                    put = cart_lines.put + EXCLUDED.quantity - cart_lines.quantity,
                    shown_price = EXCLUDED.shown_price,
                    position = EXCLUDED.position
            """
            return sql, line, [line if each is old else each for each in lines] if old else [*lines, line]

        return await self._edit(user_id, edit, known)

    async def set_quantity(self, user_id: UserId, product_id: ProductId, quantity: int) -> Snapshot | None:
        """The cart after a change of the quantity of a line, or None if there is no such line."""

        def edit(lines: list[StoredLine]) -> Edit | None:
            old = _line(lines, product_id)
            if old is None:
                return None
            sql = """
                UPDATE cart_lines
                SET quantity = $4, put = put + CASE WHEN quantity < $4 THEN $4 - quantity ELSE 0 END
                WHERE user_id = $1 AND product_id = $3 AND EXISTS (SELECT 1 FROM guard)
            """
            after = [line._replace(quantity=quantity) if line is old else line for line in lines]
            return sql, (product_id, quantity), after

        return await self._edit(user_id, edit)

    async def remove(self, user_id: UserId, product_id: ProductId) -> Snapshot | None:
        """The cart without a line, or None if there is no such line."""

        def edit(lines: list[StoredLine]) -> Edit | None:
            rest = [line for line in lines if line.product_id != product_id]
            if len(rest) == len(lines):
                return None
            sql = """
                UPDATE cart_lines
                SET quantity = 0
                WHERE user_id = $1 AND product_id = $3 AND EXISTS (SELECT 1 FROM guard)
            """
            return sql, (product_id,), rest

        return await self._edit(user_id, edit)

    async def clear(self, user_id: UserId) -> None:
        """Remove all lines."""
        await self._edit(user_id, lambda lines: (EMPTY, (), []) if lines else None)

    async def clear_version(self, user_id: UserId, version: int) -> bool:
        """Remove all lines, and return False if the cart has another version."""
        guard = """
            UPDATE carts
            SET version = version + 1
            WHERE user_id = $1
                AND version = $2
                AND EXISTS (SELECT 1 FROM cart_lines WHERE user_id = $1 AND quantity > 0)
        """
        cleared = await self.database.execute_guarded((guard, EMPTY), user_id, version)
        return cleared > 0 or await self.cart(user_id) == (version, [])

    async def take_bought(
        self, user_id: UserId, order_identity: OrderIdentity, pieces: Mapping[ProductId, int]
    ) -> None:
        """Remove the items of an order (pieces by product) from the cart as far as present, once for each order."""
        firsts = range(3, 3 + 2 * len(pieces), 2)
        values = ", ".join(f"(CAST(${first} AS INTEGER), CAST(${first + 1} AS INTEGER))" for first in firsts)
        await self.database.execute_guarded(
            (
                BOUGHT_ONCE,
                NEXT_VERSION,
                f"""
                INSERT INTO cart_lines (user_id, product_id, quantity, position, put, bought)
                SELECT $1, column1, 0, 0, column2, column2
                FROM guard
                CROSS JOIN (VALUES {values}) AS pieces
                WHERE TRUE
                ON CONFLICT (user_id, product_id) DO UPDATE SET
                    bought = cart_lines.bought + EXCLUDED.bought,
                    quantity = CASE
                        WHEN cart_lines.quantity > EXCLUDED.bought THEN cart_lines.quantity - EXCLUDED.bought
                        ELSE 0
                    END
                """,
            ),
            user_id,
            order_identity,
            *(value for piece in pieces.items() for value in piece),
        )

    async def _edit(
        self, user_id: UserId, edit: Callable[[list[StoredLine]], Edit | None], known: Snapshot | None = None
    ) -> Snapshot | None:
        """The cart after an edit, computed again if the cart changed meanwhile, or None if `edit` returns None."""
        version, lines = known or await self.cart(user_id)
        while (decided := edit(lines)) is not None:
            sql, args, after = decided
            if await self.database.execute_guarded((AT_VERSION, sql), user_id, version, *args):
                return Snapshot(version + 1, after)
            version, lines = await self.cart(user_id)
        return None


def lines_of(rows: Iterable[LineColumns]) -> list[StoredLine]:
    """The lines that there are."""
    return [
        StoredLine(row["product_id"], row["quantity"], row["shown_price"], row["position"])
        for row in rows
        if row["product_id"] is not None and row["quantity"] is not None and row["position"] is not None
    ]


def _line(lines: Iterable[StoredLine], product_id: ProductId) -> StoredLine | None:
    return next((line for line in lines if line.product_id == product_id), None)
