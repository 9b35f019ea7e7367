"""Deleted data is gone from the files of SQLite, byte for byte."""

from __future__ import annotations

import random
import secrets
from pathlib import Path

from minishop_server.kit.database import open_database
from tests.support.migrations import write_revision

SCHEMA = "CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT, padding TEXT)"


async def test_rows_and_values_that_were_deleted_leave_no_bytes_behind(tmp_path: Path) -> None:
    (tmp_path / "migrations").mkdir()
    write_revision(tmp_path / "migrations", "0001", SCHEMA)
    database = await open_database(f"sqlite:///{tmp_path}/texts.db", tmp_path / "migrations")
    run, dice = secrets.token_hex(4), random.Random(1)
    async with database.transaction() as connection:
        for number in range(400):  # of rows within a page, and of some with pages of their own
            padding = "x" * dice.choice([0, 300, 9000])
            await connection.execute("INSERT INTO texts VALUES ($1, $2, $3)", number, f"gone-{run}-{number}.", padding)
        await connection.execute("INSERT INTO texts VALUES ($1, $2, $3)", 1000, f"kept-{run}.", "")
    numbers = dice.sample(range(400), 400)
    for first in range(0, 400, 20):
        async with database.transaction() as connection:
            for number in numbers[first : first + 10]:
                await connection.execute("DELETE FROM texts WHERE id = $1", number)
            for number in numbers[first + 10 : first + 20]:
                await connection.execute("UPDATE texts SET text = NULL WHERE id = $1", number)
    await database.close()

    files = _files(tmp_path)
    assert ["texts.db"] == list(files)  # the write-ahead log went with the last connection
    assert f"kept-{run}.".encode() in files["texts.db"]
    assert 0 == files["texts.db"].count(f"gone-{run}".encode())


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("texts.db*")}


async def test_values_that_a_revision_deletes_leave_no_bytes_behind(tmp_path: Path) -> None:
    (tmp_path / "migrations").mkdir()
    write_revision(tmp_path / "migrations", "0001", SCHEMA)
    database = await open_database(f"sqlite:///{tmp_path}/texts.db", tmp_path / "migrations")
    await database.execute("INSERT INTO texts VALUES (1, 'gone-value', 'kept-value')")
    await database.close()
    assert b"gone-value" in _files(tmp_path)["texts.db"]

    write_revision(tmp_path / "migrations", "0002", "UPDATE texts SET text = NULL")
    await (await open_database(f"sqlite:///{tmp_path}/texts.db", tmp_path / "migrations")).close()

    files = _files(tmp_path)
    assert (["texts.db"], 0) == (list(files), files["texts.db"].count(b"gone-value"))
    assert b"kept-value" in files["texts.db"]
