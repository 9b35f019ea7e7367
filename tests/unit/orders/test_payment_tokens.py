"""A payment token is stored for pending orders alone, which the database holds every move to."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

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


async def test_the_upgrade_clears_the_tokens_of_decided_orders_and_keeps_all_else(
    database_url: str, tmp_path: Path
) -> None:
    (released := tmp_path / "orders" / "migrations").mkdir(parents=True)
    for revision in migrations_of("orders").glob("000[1-5]_*.py"):
        shutil.copy(revision, released)
    before = await open_database(database_url, released)
    await add(before, 1, "pending", "tok_slow")
    await add(before, 2, "paid", "tok_slow")
    await add(before, 3, "pending", None)

    after = await open_database(database_url, migrations_of("orders"))

    kept = [(1, "pending", "tok_slow"), (2, "paid", None), (3, "pending", None)]
    assert kept == await tokens(after)
    # A replica of the version before goes on, with the statements that it has prepared.
    assert kept == await tokens(before)
    await add(before, 4, "pending", "tok_slow")
    await before.execute("UPDATE orders SET status = 'paid', payment_token = NULL WHERE id = 4")
    assert (4, "paid", None) == (await tokens(before))[-1]
    await before.close()
    await after.close()


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
