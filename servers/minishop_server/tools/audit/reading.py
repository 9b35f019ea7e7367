"""The lists of the services, read page by page into the books."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import orjson

from minishop_client import AsyncMinishop
from minishop_client.calls import Call, given
from minishop_client.runtime import AsyncApi, async_items

from ...kit.clock import seconds_of
from ...kit.money import cents
from .books import Books

PAGE = 250
"""The most that the documents allow."""

Row = tuple[Any, ...]
Tell = Callable[[int], None]
"""Receives the number of entries of each page."""


def ignore(entries: int) -> None:
    """Report no progress."""


async def read_books(shop: AsyncMinishop, books: Books, tell: Tell = ignore) -> None:
    """Fill the books, each from the first page of its list to the last, all at a time.

    Args:
        shop: signed in as an admin.

    Raises:
        minishop_client.ApiError: a service refused.
        httpx.TransportError: a service does not answer.
    """
    readers = [
        asyncio.create_task(_read(getattr(shop, path.split("/")[1]), path, name, row, books, tell))
        for name, (path, row) in LISTS.items()
    ]
    try:
        await asyncio.gather(*readers)
    finally:
        for reader in readers:
            reader.cancel()
    books.index()


async def _read(api: AsyncApi, path: str, book: str, row: Callable[[Any], Row], books: Books, tell: Tell) -> None:
    """Read one list.

    The methods of the client create a model of each item, which takes more time than the rest of the audit.
    """

    def parse(body: bytes) -> list[list[Row]]:
        return [[row(item) for item in orjson.loads(body)]]

    async for page in async_items(
        lambda cursor: api._send(Call("GET", path, parse, params=given({"limit": PAGE, "cursor": cursor})))
    ):
        books.add(book, page)
        tell(len(page))


def _order(item: Any) -> str:
    """The identity of the order that an item belongs to, or the number if it was created by hand."""
    return str(item.get("order_identity") or item["order_id"])


def _lines(item: Any) -> str:
    return orjson.dumps([(line["product_id"], line["quantity"]) for line in item["lines"]]).decode()


def _unix(time: str) -> int:
    return int(seconds_of(time))


def _order_book(order: Any) -> Row:
    return (
        *(order["order_id"], order["identity"], order["user_id"], order["status"], cents(order["owed"]), _lines(order)),
        sum(line["quantity"] for line in order["lines"]),
        *(order["holds_stock"], order["must_ship"], order["must_tell"], order["left_cart"], order["open_work"]),
        *(_unix(order["updated_at"]), order.get("payment_id")),
    )


LISTS: dict[str, tuple[str, Callable[[Any], Row]]] = {
    "users": ("/auth/users", lambda user: (user["id"],)),
    "stock": (
        "/catalog/stock",
        lambda book: (book["product_id"], book["on_hand"], book["reserved"], book["sold"], book["received"]),
    ),
    "reservations": (
        "/catalog/reservations",
        lambda kept: (kept["order_id"], _order(kept), kept["status"], _lines(kept)),
    ),
    "carts": ("/cart/users", lambda cart: (cart["user_id"], cart["bought"], cart["excess"], _lines(cart))),
    "orders": ("/orders/books", _order_book),
    "work": ("/orders/work", lambda work: (work["order_id"], work["kind"], work["attempts"], work.get("error"))),
    "payments": (
        "/payments",
        lambda payment: (
            *(payment["payment_id"], payment["order_id"], _order(payment), payment["state"]),
            *(cents(payment["captured"]), cents(payment["refunded"])),
        ),
    ),
    "ledger": ("/payments/ledger", lambda entry: (entry["payment_id"], entry["kind"], cents(entry["amount"]))),
    "shipments": (
        "/shipping/shipments",
        lambda sent: (sent["tracking_id"], sent["order_id"], _order(sent), sent["status"], sent.get("user_id")),
    ),
    "moves": (
        "/shipping/events",
        lambda move: (move["tracking_id"], move["order_id"], move["status"], _unix(move["timestamp"])),
    ),
    "messages": (
        "/notifications",
        lambda message: (message["id"], message.get("key"), message["status"], _unix(message["timestamp"])),
    ),
}
"""The list of each book, and the entry of an item."""
