"""Rows are of the types that are named for them: each statement of a test is compared with them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal, NewType, TypedDict

import pytest

from minishop_server.kit.database import Database, open_database
from tests.support import rows
from tests.support.things_table import add

Size = NewType("Size", int)


class Thing(TypedDict):
    id: int
    name: Literal["one", "two"]
    size: Size | None


class Numbered(TypedDict):
    id: int


class Unnumbered(TypedDict):
    id: str
    name: str
    size: int | None


class Measured(TypedDict):
    id: int
    name: str
    size: int


class Three(TypedDict):
    id: int
    name: Literal["two", "three"]
    size: int | None


SQL = "SELECT id, name, size FROM things WHERE id = $1"


@pytest.fixture
async def database(database_url: str, migrations: Path) -> AsyncIterator[Database]:
    """With one row, once of each kind."""
    database = await open_database(database_url, migrations)
    await add(database, 1, "one")
    yield database
    await database.close()


async def test_a_row_of_its_type_is_answered(database: Database) -> None:
    assert [{"id": 1, "name": "one", "size": None}] == [dict(row) for row in await database.fetch(Thing, SQL, 1)]
    assert await database.fetchrow(Thing, SQL, 7) is None


@pytest.mark.parametrize("kind", [Numbered, Unnumbered, Measured, Three])
async def test_a_row_of_another_type_fails_the_test(database: Database, kind: Any) -> None:
    with pytest.raises(rows.WrongRow):
        await database.fetch(kind, SQL, 1)
    with pytest.raises(rows.WrongRow):
        await database.fetchrow(kind, SQL, 1)
    with pytest.raises(rows.WrongRow):
        await database.returning(kind, "UPDATE things SET name = name RETURNING id, name, size")
    async with database.transaction() as connection:
        with pytest.raises(rows.WrongRow):
            await connection.fetch(kind, SQL, 1)
        with pytest.raises(rows.WrongRow):
            await connection.fetchrow(kind, SQL, 1)


async def test_a_value_is_of_its_type_or_fails_the_test(database: Database) -> None:
    assert 1 == await database.fetchval(int, "SELECT id FROM things")
    assert await database.fetchval(int, "SELECT size FROM things") is None
    assert await database.fetchval(int, "SELECT id FROM things WHERE id = $1", 7) is None
    with pytest.raises(rows.WrongRow):
        await database.fetchval(str, "SELECT id FROM things")
    async with database.transaction() as connection:
        assert "one" == await connection.fetchval(str, "SELECT name FROM things")
        with pytest.raises(rows.WrongRow):
            await connection.fetchval(int, "SELECT name FROM things")
