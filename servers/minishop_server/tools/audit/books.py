"""The records of the services, read through their lists."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from minishop_client import AsyncMinishop

PAGE = 100


Book = list[Any]
"""Entries as the client has them."""


@dataclass(frozen=True, slots=True)
class Books:
    """All books of a shop."""

    users: Book
    stock: Book
    reservations: Book
    carts: Book
    orders: Book
    work: Book
    payments: Book
    ledger: Book
    shipments: Book
    moves: Book
    messages: Book


async def read_books(shop: AsyncMinishop) -> Books:
    """All books, each from its first page to its last, all at a time.

    Args:
        shop: signed in as an admin.

    Raises:
        minishop_client.ApiError: a service refused.
        httpx.TransportError: a service does not answer.
    """
    readers = {name: asyncio.create_task(_all(read(limit=PAGE))) for name, read in _readers(shop).items()}
    try:
        await asyncio.gather(*readers.values())
        return Books(**{name: reader.result() for name, reader in readers.items()})
    finally:
        for reader in readers.values():
            reader.cancel()


def _readers(shop: AsyncMinishop) -> dict[str, Callable[..., AsyncIterator[Any]]]:
    return {
        "users": shop.auth.iter_users,
        "stock": shop.catalog.iter_stock,
        "reservations": shop.catalog.iter_reservations,
        "carts": shop.cart.iter_carts,
        "orders": shop.orders.iter_order_books,
        "work": shop.orders.iter_work,
        "payments": shop.payments.iter_payments,
        "ledger": shop.payments.iter_ledger_entries,
        "shipments": shop.shipping.iter_shipments,
        "moves": shop.shipping.iter_shipment_events,
        "messages": shop.notifications.iter_notifications,
    }


async def _all(items: AsyncIterator[Any]) -> Book:
    return [item async for item in items]
