"""All the SQL of Catalog."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...kit.database import Connection, Database, Row
from ...kit.ids import ORDERS

PRODUCT = "id, name, price, stock, version, stock_version"
RESERVATION = "id, status, lines, order_identity"
Lines = Sequence[tuple[int, int]]
"""Products and quantities, by product: two orders of the same products never wait for each other in a ring."""
PLACES: Mapping[str, Mapping[str, type]] = {
    "id": {"id": int},
    "name": {"folded_name": str, "id": int},
    "price": {"price": int, "id": int},
}
"""The columns that each order goes by, and their types."""


class Store:
    """Products, and the stock held for orders. Prices are cents."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def products(
        self,
        *,
        limit: int,
        after: Sequence[Any] | None = None,
        sort: str = "id",
        text: str | None = None,
        min_price: int | None = None,
        max_price: int | None = None,
        in_stock: bool | None = None,
        ids: Sequence[int] | None = None,
    ) -> list[Row]:
        """The products that fit, in the order of `sort` (`-` for descending), after the place `after`."""
        args: list[Any] = []

        def arg(value: Any) -> str:
            args.append(value)
            return f"${len(args)}"

        where = ["on_sale = 1"]
        if text is not None:
            where.append(f"folded_name LIKE {arg(_like(text))} ESCAPE '!'")
        if min_price is not None:
            where.append(f"price >= {arg(min_price)}")
        if max_price is not None:
            where.append(f"price <= {arg(max_price)}")
        if in_stock is not None:
            where.append("stock > 0" if in_stock else "stock = 0")
        if ids is not None:
            where.append(f"id IN ({', '.join(map(arg, ids))})")
        columns, descending = list(PLACES[sort.removeprefix("-")]), sort.startswith("-")
        if after is not None:
            where.append(f"({', '.join(columns)}) {'<' if descending else '>'} ({', '.join(map(arg, after))})")
        order = ", ".join(f"{column} DESC" if descending else column for column in columns)
        return await self.database.fetch(
            f"SELECT {PRODUCT}, folded_name FROM products WHERE {' AND '.join(where)}"
            f" ORDER BY {order} LIMIT {arg(limit)}",
            *args,
        )

    async def product(self, product_id: int) -> Row | None:
        return await self.database.fetchrow(f"SELECT {PRODUCT} FROM products WHERE id = $1 AND on_sale = 1", product_id)

    async def add_product(self, name: str, price: int, stock: int) -> Row:
        row = await self.database.returning(
            "INSERT INTO products (id, name, folded_name, price, stock, received)"
            f" VALUES ({self.database.next_id('products')}, $1, $2, $3, $4, $5)"
            f" RETURNING {PRODUCT}",
            name,
            name.casefold(),
            price,
            stock,
            stock,
        )
        assert row is not None
        return row

    async def update_product(
        self, product_id: int, version: tuple[int, ...], name: str | None, price: int | None, stock: int | None
    ) -> Row | None:
        """The edited product, where this was its version, that of the stock only for another stock; what is None
        stays.
        """
        edited, moved = version
        return await self.database.returning(
            "UPDATE products SET name = COALESCE($3, name),"
            " folded_name = COALESCE($4, folded_name), price = COALESCE($5, price),"
            " received = received + COALESCE($6 - stock, 0), stock = COALESCE($6, stock), version = version + 1"
            " WHERE id = $1 AND version = $2 AND on_sale = 1 AND stock_version = COALESCE($7, stock_version)"
            f" RETURNING {PRODUCT}",
            product_id,
            edited,
            name,
            name and name.casefold(),
            price,
            stock,
            None if stock is None else moved,
        )

    async def retire_product(self, product_id: int, version: tuple[int, ...]) -> bool:
        """Take a product off the shelf, where nobody edited it since this version."""
        count = await self.database.execute(
            "UPDATE products SET on_sale = 0, version = version + 1 WHERE id = $1 AND version = $2 AND on_sale = 1",
            product_id,
            version[0],
        )
        return count == 1

    async def highest_order(self) -> int:
        """The highest number of an order that has a reservation; 0 where none has."""
        row = await self.database.fetchrow(
            "SELECT id FROM reservations WHERE order_identity IS NOT NULL ORDER BY id DESC LIMIT 1"
        )
        return 0 if row is None else ORDERS.number(row["id"])

    async def stock(self, limit: int, after: int | None) -> list[Row]:
        """The stock books by product, those no longer sold too, from the one after `after` on."""
        return await self.database.fetch(
            "SELECT id, received, stock, reserved, sold FROM products WHERE id > $1 ORDER BY id LIMIT $2",
            after or 0,
            limit,
        )

    async def reservations(self, limit: int, after: int | None, status: str | None) -> list[Row]:
        """By order, from the one after `after` on."""
        of_status, args = ("", ()) if status is None else (" AND status = $3", (status,))
        return await self.database.fetch(
            f"SELECT {RESERVATION} FROM reservations WHERE id > $1{of_status} ORDER BY id LIMIT $2",
            -1 if after is None else after,
            limit,
            *args,
        )

    async def reserve(self, order: int, identity: str | None, lines: Lines) -> Row:
        """Take all lines from stock or none; the reservation that there is then.

        One that is there already stays as it is, whatever its status. A refusal is kept, with the line that was
        short, so that it is answered alike ever after.
        """
        async with self.database.transaction() as connection:
            new = await connection.fetchrow(
                "INSERT INTO reservations (id, status, lines, order_identity) VALUES ($1, 'held', $2, $3)"
                f" ON CONFLICT DO NOTHING RETURNING {RESERVATION}",
                order,
                json.dumps(lines),
                identity,
            )
            if new is None:
                found = await connection.fetchrow(f"SELECT {RESERVATION} FROM reservations WHERE id = $1", order)
                assert found is not None
                return found
            short = await _take(connection, lines)
            if short is None:
                return new
            refused = await connection.fetchrow(
                f"UPDATE reservations SET status = 'refused', lines = $2 WHERE id = $1 RETURNING {RESERVATION}",
                order,
                json.dumps([short]),
            )
            assert refused is not None
            return refused

    async def reservation(self, order: int) -> Row | None:
        return await self.database.fetchrow(f"SELECT {RESERVATION} FROM reservations WHERE id = $1", order)

    async def commit(self, order: int) -> Row | None:
        """What was held is sold; the reservation that there is then."""
        async with self.database.transaction() as connection:
            committed = await _move(connection, order, "held", "committed")
            if committed is None:
                return await connection.fetchrow(f"SELECT {RESERVATION} FROM reservations WHERE id = $1", order)
            for product_id, quantity in json.loads(committed["lines"]):
                await connection.execute(
                    "UPDATE products SET reserved = reserved - $2, sold = sold + $2 WHERE id = $1",
                    product_id,
                    quantity,
                )
            return committed

    async def mark_released(self, order: int, identity: str | None) -> bool:
        """Leave a mark that a late reservation runs into; false where there is a reservation."""
        marked = await self.database.execute(
            "INSERT INTO reservations (id, status, lines, order_identity) VALUES ($1, 'released', '[]', $2)"
            " ON CONFLICT DO NOTHING",
            order,
            identity,
        )
        return marked == 1

    async def release(self, order: int) -> None:
        """Give back what is held or sold."""
        async with self.database.transaction() as connection:
            for status, column in ("held", "reserved"), ("committed", "sold"):
                released = await _move(connection, order, status, "released")
                if released is not None:
                    for product_id, quantity in json.loads(released["lines"]):
                        await _give_back(connection, column, product_id, quantity)
                    return


async def _move(connection: Connection, order: int, before: str, after: str) -> Row | None:
    return await connection.fetchrow(
        f"UPDATE reservations SET status = $3 WHERE id = $1 AND status = $2 RETURNING {RESERVATION}",
        order,
        before,
        after,
    )


async def _take(connection: Connection, lines: Lines) -> tuple[int, int] | None:
    """Take the lines from stock; the first one that is short, after which none is taken."""
    for position, (product_id, quantity) in enumerate(lines):
        taken = await connection.execute(
            "UPDATE products SET stock = stock - $2, reserved = reserved + $2, stock_version = stock_version + 1"
            " WHERE id = $1 AND stock >= $2 AND on_sale = 1",
            product_id,
            quantity,
        )
        if not taken:
            for earlier in lines[:position]:
                await _give_back(connection, "reserved", *earlier)
            return product_id, quantity
    return None


async def _give_back(connection: Connection, column: str, product_id: int, quantity: int) -> None:
    await connection.execute(
        f"UPDATE products SET stock = stock + $2, {column} = {column} - $2, stock_version = stock_version + 1"
        " WHERE id = $1",
        product_id,
        quantity,
    )


def _like(text: str) -> str:
    folded = text.casefold()
    for special in "!%_":
        folded = folded.replace(special, "!" + special)
    return f"%{folded}%"
