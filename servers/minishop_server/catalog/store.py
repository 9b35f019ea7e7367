"""All the SQL of Catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..kit.database import Connection, Database, Row

PRODUCT = "id, name, price, stock, version"
SORT_COLUMNS = {"id": "id", "name": "folded_name", "price": "price"}


class Store:
    """Products, and the stock held for orders. Prices are cents."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def products(
        self,
        *,
        limit: int,
        after: int | None = None,
        sort: str = "id",
        text: str | None = None,
        min_price: int | None = None,
        max_price: int | None = None,
        in_stock: bool | None = None,
        ids: Sequence[int] | None = None,
    ) -> list[Row]:
        """The products that fit, in the order of `sort` (`-` turns it round), from the one after `after` on."""
        args: list[Any] = []

        def arg(value: Any) -> str:
            args.append(value)
            return f"${len(args)}"

        where = ["sold = 1"]
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
        column, down = SORT_COLUMNS[sort.removeprefix("-")], sort.startswith("-")
        if after is not None:
            where.append(
                f"({column}, id) {'<' if down else '>'} (SELECT {column}, id FROM products WHERE id = {arg(after)})"
            )
        way = "DESC" if down else "ASC"
        return await self.database.fetch(
            f"SELECT {PRODUCT} FROM products WHERE {' AND '.join(where)}"
            f" ORDER BY {column} {way}, id {way} LIMIT {arg(limit)}",
            *args,
        )

    async def product(self, product_id: int) -> Row | None:
        return await self.database.fetchrow(f"SELECT {PRODUCT} FROM products WHERE id = $1 AND sold = 1", product_id)

    async def add_product(self, name: str, price: int, stock: int) -> Row:
        row = await self.database.returning(
            f"INSERT INTO products (name, folded_name, price, stock) VALUES ($1, $2, $3, $4) RETURNING {PRODUCT}",
            name,
            name.casefold(),
            price,
            stock,
        )
        assert row is not None
        return row

    async def update_product(
        self, product_id: int, version: int, name: str | None, price: int | None, stock: int | None
    ) -> Row | None:
        """The edited product, where this was its version; what is None stays."""
        return await self.database.returning(
            "UPDATE products SET name = COALESCE($3, name),"
            " folded_name = COALESCE($4, folded_name), price = COALESCE($5, price),"
            " stock = COALESCE($6, stock), version = version + 1"
            f" WHERE id = $1 AND version = $2 AND sold = 1 RETURNING {PRODUCT}",
            product_id,
            version,
            name,
            name and name.casefold(),
            price,
            stock,
        )

    async def retire_product(self, product_id: int, version: int) -> bool:
        """Take a product off the shelf, where this was its version."""
        count = await self.database.execute(
            "UPDATE products SET sold = 0, version = version + 1 WHERE id = $1 AND version = $2 AND sold = 1",
            product_id,
            version,
        )
        return count == 1

    async def reserve(self, order_id: str, lines: Mapping[int, int]) -> tuple[str, list[Row]]:
        """Take all lines from stock or none; the reservation's status and lines.

        One that is there already stays as it is, whatever its status. A refusal is kept, with the line that was
        short, so that it is answered alike ever after.
        """
        async with self.database.transaction() as connection:
            new = await connection.fetchrow(
                "INSERT INTO reservations (order_id, status) VALUES ($1, 'held')"
                " ON CONFLICT DO NOTHING RETURNING order_id",
                order_id,
            )
            if new is not None:
                await _take(connection, order_id, lines)
            row = await connection.fetchrow("SELECT status FROM reservations WHERE order_id = $1", order_id)
            assert row is not None
            return row["status"], await connection.fetch(
                "SELECT product_id, quantity FROM reservation_lines WHERE order_id = $1 ORDER BY product_id",
                order_id,
            )

    async def release(self, order_id: str) -> None:
        """Give back what is held; where nothing is, leave a mark that a late reservation runs into."""
        async with self.database.transaction() as connection:
            await connection.execute(
                "INSERT INTO reservations (order_id, status) VALUES ($1, 'released') ON CONFLICT DO NOTHING",
                order_id,
            )
            held = await connection.execute(
                "UPDATE reservations SET status = 'released' WHERE order_id = $1 AND status = 'held'",
                order_id,
            )
            if held:
                lines = await connection.fetch(
                    "SELECT product_id, quantity FROM reservation_lines WHERE order_id = $1 ORDER BY product_id",
                    order_id,
                )
                for line in lines:
                    await _add_stock(connection, line["product_id"], line["quantity"])


async def _take(connection: Connection, order_id: str, lines: Mapping[int, int]) -> None:
    # In ascending product id: two orders of the same products never wait for each other in a ring.
    wanted = sorted(lines.items())
    for position, (product_id, quantity) in enumerate(wanted):
        taken = await connection.execute(
            "UPDATE products SET stock = stock - $2, version = version + 1 WHERE id = $1 AND stock >= $2 AND sold = 1",
            product_id,
            quantity,
        )
        if not taken:
            for earlier, count in wanted[:position]:
                await _add_stock(connection, earlier, count)
            await connection.execute("UPDATE reservations SET status = 'refused' WHERE order_id = $1", order_id)
            wanted = [(product_id, quantity)]
            break
    for product_id, quantity in wanted:
        await connection.execute(
            "INSERT INTO reservation_lines (order_id, product_id, quantity) VALUES ($1, $2, $3)",
            order_id,
            product_id,
            quantity,
        )


async def _add_stock(connection: Connection, product_id: int, quantity: int) -> None:
    await connection.execute(
        "UPDATE products SET stock = stock + $2, version = version + 1 WHERE id = $1",
        product_id,
        quantity,
    )


def _like(text: str) -> str:
    folded = text.casefold()
    for special in "!%_":
        folded = folded.replace(special, "!" + special)
    return f"%{folded}%"
