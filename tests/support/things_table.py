"""The table that the tests of databases write to."""

from __future__ import annotations

from minishop_server.kit.database import Database

ADD = "INSERT INTO things (id, name) VALUES ($1, $2)"


async def names(database: Database) -> list[str]:
    return [row["name"] for row in await database.fetch(dict, "SELECT name FROM things ORDER BY id")]


async def add(database: Database, number: int, name: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(ADD, number, name)
