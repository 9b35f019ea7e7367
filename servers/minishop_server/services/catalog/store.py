"""All the SQL of Catalog."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from ...kit.database import Connection, Database, Listing, columns
from ...kit.ids import ORDERS, OrderIdentity, OrderNumber, ProductId
from ...kit.money import Cents
from .rows import ListedProductRow, Pieces, ProductRow, ReservationRow, StockRow, lines_of
from .state_machine import MOVES

PRODUCT, RESERVATION = columns(ProductRow), columns(ReservationRow)
Lines = Sequence[Pieces]
"""By product: two orders of the same products never wait for each other in a ring."""
PLACES: Mapping[str, Mapping[str, type]] = {
    "id": {"id": int},
    "name": {"folded_name": str, "id": int},
    "price": {"price": int, "id": int},
}
"""The columns that each order goes by, and their types."""


class Store:
    """Products, and the stock held for orders."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def products(
        self,
        *,
        limit: int,
        after: Sequence[object] | None = None,
        sort: str = "id",
        text: str | None = None,
        min_price: Cents | None = None,
        max_price: Cents | None = None,
        in_stock: bool | None = None,
        ids: Collection[int] | None = None,
    ) -> list[ListedProductRow]:
        """The products that fit, in the order of `sort` (`-` for descending), after the place `after`."""
        listing = Listing(
            "products",
            ListedProductRow,
            list(PLACES[sort.removeprefix("-")]),
            descending=sort.startswith("-"),
            after=after,
            always=["on_sale = 1", *([] if in_stock is None else [f"in_stock = {int(in_stock)}"])],
        )
        listing.within("price", ">=", min_price)
        listing.within("price", "<=", max_price)
        listing.where("folded_name LIKE {} ESCAPE '!'", None if text is None else _like(text))
        listing.among(ids)
        return await listing.page(self.database, ListedProductRow, limit)

    async def product(self, product_id: ProductId) -> ProductRow | None:
        sql = f"SELECT {PRODUCT} FROM products WHERE id = $1 AND on_sale = 1"
        return await self.database.fetchrow(ProductRow, sql, product_id)

    async def add_product(self, name: str, price: Cents, stock: int) -> ProductRow:
        row = await self.database.returning(
            ProductRow,
            f"""
            INSERT INTO products (id, name, folded_name, price, stock, received)
            VALUES ({self.database.next_id("products")}, $1, $2, $3, $4, $5)
            RETURNING {PRODUCT}
            """,
            name,
            name.casefold(),
            price,
            stock,
            stock,
        )
        assert row is not None
        return row

    async def update_product(
        self,
        product_id: ProductId,
        version: tuple[int, ...],
        name: str | None,
        price: Cents | None,
        stock: int | None,
    ) -> ProductRow | None:
        """The edited product, if this was its version, that of the stock only for another stock; None keeps
        a value.
        """
        edited, moved = version
        return await self.database.returning(
            ProductRow,
            f"""
            UPDATE products
            SET name = COALESCE($3, name),
                folded_name = COALESCE($4, folded_name),
                price = COALESCE($5, price),
                received = received + COALESCE($6 - stock, 0),
                stock = COALESCE($6, stock),
                version = version + 1
            WHERE id = $1 AND version = $2 AND on_sale = 1 AND stock_version = COALESCE($7, stock_version)
            RETURNING {PRODUCT}
            """,
            product_id,
            edited,
            name,
            name and name.casefold(),
            price,
            stock,
            None if stock is None else moved,
        )

    async def retire_product(self, product_id: ProductId, version: tuple[int, ...]) -> bool:
        """Take a product off sale, if it was not edited since this version."""
        count = await self.database.execute(
            """
            UPDATE products
            SET on_sale = 0, version = version + 1
            WHERE id = $1 AND version = $2 AND on_sale = 1
            """,
            product_id,
            version[0],
        )
        return count == 1

    async def highest_order(self) -> int:
        """The highest number of an order with a reservation, or 0 if there is none."""
        sql = "SELECT id FROM reservations WHERE order_identity IS NOT NULL ORDER BY id DESC LIMIT 1"
        order = await self.database.fetchval(OrderNumber, sql)
        return 0 if order is None else ORDERS.number(order)

    async def stock(self, limit: int, after: int | None) -> list[StockRow]:
        """The stock books by product, those no longer sold too, from the one after `after` on."""
        listing = Listing("products", StockRow, after=None if after is None else [after])
        return await listing.page(self.database, StockRow, limit)

    async def reservations(self, limit: int, after: int | None, status: str | None) -> list[ReservationRow]:
        """By order, from the one after `after` on."""
        listing = Listing("reservations", ReservationRow, after=None if after is None else [after])
        listing.of_kind("status", status)
        return await listing.page(self.database, ReservationRow, limit)

    async def reserve(self, order: OrderNumber, identity: OrderIdentity | None, lines: Lines) -> ReservationRow:
        """Take all lines from stock or none; the reservation that there is then.

        An existing one stays unchanged, in every status. A refusal is kept, with the line that was
        short, so that its answer is always the same.
        """
        async with self.database.transaction() as connection:
            new = await connection.fetchrow(
                ReservationRow,
                f"""
                INSERT INTO reservations (id, status, lines, order_identity)
                VALUES ($1, 'held', $2, $3)
                ON CONFLICT DO NOTHING
                RETURNING {RESERVATION}
                """,
                order,
                json.dumps(lines),
                identity,
            )
            if new is None:
                found = await _reservation(connection, order)
                assert found is not None
                return found
            short = await _take(connection, lines)
            if short is None:
                return new
            short_only = [short]
            refused = await _move(connection, order, "refuse", json.dumps(short_only))
            assert refused is not None
            return refused

    async def reservation(self, order: OrderNumber) -> ReservationRow | None:
        return await _reservation(self.database, order)

    async def commit(self, order: OrderNumber, identity: OrderIdentity | None) -> ReservationRow | None:
        """Count the items held for the order as sold, and return the reservation as it is then.

        That of an order of another identity stays as it is.
        """
        async with self.database.transaction() as connection:
            committed = await _move(connection, order, "commit", identity=identity)
            if committed is None:
                return await _reservation(connection, order)
            for product_id, quantity in lines_of(committed):
                await connection.execute(
                    "UPDATE products SET reserved = reserved - $2, sold = sold + $2 WHERE id = $1",
                    product_id,
                    quantity,
                )
            return committed

    async def mark_released(self, order: OrderNumber, identity: OrderIdentity | None) -> bool:
        """Leave a mark that blocks a late reservation, and return False if there is a reservation already."""
        marked = await self.database.execute(
            """
            INSERT INTO reservations (id, status, lines, order_identity)
            VALUES ($1, 'released', '[]', $2)
            ON CONFLICT DO NOTHING
            """,
            order,
            identity,
        )
        return marked == 1

    async def release(self, order: OrderNumber) -> None:
        """Give back held or sold items."""
        async with self.database.transaction() as connection:
            for move, column in ("give_back_held", "reserved"), ("give_back_sold", "sold"):
                released = await _move(connection, order, move)
                for product_id, quantity in [] if released is None else lines_of(released):
                    await _give_back(connection, column, product_id, quantity)


async def _reservation(connection: Connection, order: OrderNumber) -> ReservationRow | None:
    return await connection.fetchrow(ReservationRow, f"SELECT {RESERVATION} FROM reservations WHERE id = $1", order)


async def _move(
    connection: Connection,
    order: OrderNumber,
    name: str,
    lines: str | None = None,
    identity: OrderIdentity | None = None,
) -> ReservationRow | None:
    """The reservation after a move of the table and with new lines, if any, or None if the move is not allowed.

    Args:
        identity: the reservation of an order of another identity is not moved; see `require_same_order`.
    """
    return await connection.fetchrow(
        ReservationRow,
        f"""
        UPDATE reservations
        SET status = $2, lines = COALESCE($3, lines)
        WHERE id = $1
            AND status IN ({MOVES[name].guard})
            AND (CAST($4 AS TEXT) IS NULL OR order_identity = $4)
        RETURNING {RESERVATION}
        """,
        order,
        MOVES[name].after,
        lines,
        identity,
    )


async def _take(connection: Connection, lines: Lines) -> Pieces | None:
    """Take all lines from the stock, or none and return the first line that is short."""
    for position, (product_id, quantity) in enumerate(lines):
        taken = await connection.execute(
            """
            UPDATE products
            SET stock = stock - $2, reserved = reserved + $2, stock_version = stock_version + 1
            WHERE id = $1 AND stock >= $2 AND on_sale = 1
            """,
            product_id,
            quantity,
        )
        if not taken:
            for earlier in lines[:position]:
                await _give_back(connection, "reserved", *earlier)
            return product_id, quantity
    return None


async def _give_back(connection: Connection, column: str, product_id: ProductId, quantity: int) -> None:
    await connection.execute(
        f"""
        UPDATE products
        SET stock = stock + $2, {column} = {column} - $2, stock_version = stock_version + 1
        WHERE id = $1
        """,
        product_id,
        quantity,
    )


def _like(text: str) -> str:
    folded = text.casefold()
    for special in "!%_":
        folded = folded.replace(special, "!" + special)
    return f"%{folded}%"
