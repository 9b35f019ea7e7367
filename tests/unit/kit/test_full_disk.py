"""A disk that is full is said, and a service on it is not ready until there is room again."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing

import httpx
import pytest

from minishop_server.hosting.service import Service
from minishop_server.kit.database import Database, SqliteDatabase
from minishop_server.kit.problems import Unavailable
from minishop_server.services.settings import Settings
from tests.support.auth_servers import answering_as
from tests.support.log import Log

FAIL = """CREATE FUNCTION no_room() RETURNS event_trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"""
Change = Callable[[], Awaitable[None]]


def disk_of(database: Database, url: str) -> tuple[Change, Change]:
    """A fault that the database sees as a full disk, and its removal."""
    if isinstance(database, SqliteDatabase):

        async def fill_file() -> None:
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
                file.execute("VACUUM")  # no page is free
            async with database.transaction() as writer:  # the limit is one of its connection
                pages = await writer.fetchval(int, "PRAGMA page_count")
                await writer.execute(f"PRAGMA max_page_count = {pages}")

        async def free_file() -> None:
            async with database.transaction() as writer:
                await writer.execute("PRAGMA max_page_count = 1000000")

        return fill_file, free_file

    async def fill() -> None:
        await database.execute(FAIL)
        await database.execute("CREATE EVENT TRIGGER no_room ON ddl_command_start EXECUTE FUNCTION no_room()")

    async def free() -> None:
        await database.execute("DROP EVENT TRIGGER no_room")

    return fill, free


async def test_a_full_disk_is_503_in_plain_words_and_readyz_is_503_until_there_is_room(
    database_url: str, log: Log
) -> None:
    settings = Settings.model_validate({"catalog": {"database_url": database_url}})
    service = Service("catalog", settings, answering_as("auth"))
    transport = httpx.ASGITransport(service)
    async with service.running(), httpx.AsyncClient(transport=transport, base_url="http://shop") as http:
        await http.get("/catalog/readyz")
        database: Database = service.domain.database
        fill, free = disk_of(database, database_url)
        await fill()

        before = await http.get("/catalog/readyz")
        with pytest.raises(Unavailable, match="The disk is full"):
            await database.execute("CREATE TABLE large AS SELECT 1 AS one")
        full = await http.get("/catalog/readyz")
        alive = await http.get("/catalog/livez")
        await free()
        after = await http.get("/catalog/readyz")

    assert [200, 503, 200, 200] == [answer.status_code for answer in (before, full, alive, after)]
    assert "The disk is full." == full.json()["detail"]
    told = [line for line in log.lines() if line["event"] == "database_unavailable"]
    assert {"the disk is full"} == {line["why"] for line in told}
    assert ("catalog", full.headers["X-Request-Id"]) == (told[-1]["service"], told[-1]["request_id"])
