"""A service whose database is not there yet, or whose schema is behind, lives and says so, and starts by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import httpx
import jwt
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec

from minishop_server.hosting.service import Service
from minishop_server.kit.database import migrate_database, migrations_of
from minishop_server.kit.database.migrations import LOCK
from minishop_server.services.settings import Settings
from tests.support.auth_servers import answering_as
from tests.support.postgres import NewDatabase, Postgres

TOKEN = jwt.encode({"sub": "user_1"}, ec.generate_private_key(ec.SECP256R1()), "ES256", {"typ": "at+jwt", "kid": "k1"})


@asynccontextmanager
async def served(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A service as it is once its server is up."""
    transport = httpx.ASGITransport(service)
    async with service.starting(), httpx.AsyncClient(transport=transport, base_url="http://shop") as http:
        yield http


def settings(url: str, *, migrate: bool = True) -> Settings:
    return Settings.model_validate({"migrate": migrate, "catalog": {"database_url": url}})


async def status(http: httpx.AsyncClient, probe: str) -> int:
    return (await http.get(f"/catalog/{probe}")).status_code


async def until_ready(http: httpx.AsyncClient) -> None:
    while True:
        if await status(http, "readyz") == 200:
            return
        await asyncio.sleep(0.05)


@contextmanager
def somebody_migrating(url: str) -> Iterator[None]:
    """Another replica has the lock."""
    with closing(psycopg.connect(url, autocommit=True)) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield


async def test_while_the_schema_is_migrated_it_lives_is_not_ready_and_refuses_all_else(
    new_postgresql: NewDatabase,
) -> None:
    url = new_postgresql("catalog")
    with somebody_migrating(url):
        async with served(Service("catalog", settings(url), answering_as("auth"))) as http:
            answer = await http.get("/catalog/readyz")
            while "brought up to date" not in answer.text:
                await asyncio.sleep(0.01)
                answer = await http.get("/catalog/readyz")

            assert (503, "unavailable", "1") == (
                answer.status_code,
                answer.json()["code"],
                answer.headers["Retry-After"],
            )
            assert 200 == await status(http, "livez")
            http.headers["Authorization"] = f"Bearer {TOKEN}"
            assert 503 == await status(http, "products")


async def test_it_is_ready_once_the_other_replica_has_migrated(new_postgresql: NewDatabase) -> None:
    url = new_postgresql("catalog")
    async with served(Service("catalog", settings(url), answering_as("auth"))) as http:
        with somebody_migrating(url):
            assert 503 == await status(http, "readyz")

        await until_ready(http)


async def test_where_it_may_not_migrate_it_waits_until_somebody_has(database_url: str) -> None:
    async with served(Service("catalog", settings(database_url, migrate=False), answering_as("auth"))) as http:
        answer = await http.get("/catalog/readyz")
        while "behind" not in answer.text:
            await asyncio.sleep(0.01)
            answer = await http.get("/catalog/readyz")
        assert (503, 200) == (answer.status_code, await status(http, "livez"))
        assert answer.json()["detail"].endswith("minishop migrate catalog")

        await migrate_database(database_url, migrations_of("catalog"))

        await until_ready(http)


async def test_it_starts_once_its_database_is_there(own_postgresql: Postgres) -> None:
    url = own_postgresql.new_database("catalog")
    own_postgresql.stop()
    async with served(Service("catalog", settings(url), answering_as("auth"))) as http:
        answer = await http.get("/catalog/readyz")
        while "does not answer" not in answer.text:
            await asyncio.sleep(0.01)
            answer = await http.get("/catalog/readyz")
        assert (503, 200) == (answer.status_code, await status(http, "livez"))

        await asyncio.to_thread(own_postgresql.start)

        await until_ready(http)


async def test_a_schema_that_cannot_be_migrated_ends_it(new_postgresql: NewDatabase) -> None:
    url = new_postgresql("catalog")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE products (id INTEGER)")
    failure: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()

    async with served(Service("catalog", settings(url), answering_as("auth"), on_failure=failure.set_result)) as http:
        assert "products" in str(await failure)
        assert 503 == await status(http, "readyz")


async def test_it_can_be_stopped_before_it_has_started(tmp_path: Path) -> None:
    async with served(Service("catalog", settings(f"sqlite:///{tmp_path}/catalog.db", migrate=False))) as http:
        assert 200 == await status(http, "livez")
