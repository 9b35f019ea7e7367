"""A payment token is stored for pending orders alone, which the database holds every move to."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator

import asyncpg
import pytest

from minishop_server.kit.database import Database, migrations_of, open_database
from minishop_server.services.orders.state_machine import MOVES

COLUMNS = "id, user_id, status, total, payment_method, payment_token, address, carrier, email, request_hash, identity"
BROKEN = sqlite3.IntegrityError, asyncpg.CheckViolationError
TOKENS = "SELECT id, status, payment_token FROM orders ORDER BY id"


async def add(database: Database, order: int, status: str, token: str | None) -> None:
    """Add an order."""
    await database.execute(
        f"INSERT INTO orders ({COLUMNS}, created_at, updated_at)"
        " VALUES ($1, 1, $2, 998, 'credit_card', $3, '', '', '', '', $4, '', '')",
        order,
        status,
        token,
        f"identity-{order}",
    )


async def tokens(database: Database) -> list[tuple[int, str, str | None]]:
    """The token of each order."""
    return [(row["id"], row["status"], row["payment_token"]) for row in await database.fetch(dict, TOKENS)]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That of Orders, once of each kind."""
    database = await open_database(database_url, migrations_of("orders"))
    yield database
    await database.close()


@pytest.mark.parametrize("state", sorted({move.after for move in MOVES.values() if "pending" in move.before}))
async def test_no_order_is_decided_with_its_token(database: Database, state: str) -> None:
    await add(database, 1, "pending", "tok_slow")

    with pytest.raises(BROKEN, match="orders_token"):
        await database.execute("UPDATE orders SET status = $1 WHERE id = 1", state)
    assert [(1, "pending", "tok_slow")] == await tokens(database)

    await database.execute("UPDATE orders SET status = $1, payment_token = NULL WHERE id = 1", state)
    assert [(1, state, None)] == await tokens(database)


async def test_no_decided_order_gets_a_token(database: Database) -> None:
    with pytest.raises(BROKEN, match="orders_token"):
        await add(database, 1, "paid", "tok_slow")
    assert [] == await tokens(database)
