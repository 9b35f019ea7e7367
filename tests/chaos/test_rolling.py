"""Fourteen processes on one PostgreSQL are restarted under load, and no request fails."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from minishop_client import AsyncMinishop
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.tools.processes import COMMAND, environment
from tests.chaos.balancers import missing, running_haproxy, running_nginx, running_services
from tests.chaos.deployment import PASSWORD, ROOT, Forker
from tests.chaos.rolling import Watched, findings, load, running_fleet
from tests.support.migrations import write_revision

LEAST = 300
"""Requests without which nothing was shown."""


@pytest.fixture(autouse=True)
def _tools() -> None:
    if reason := missing():
        assert "CI" not in os.environ, reason
        pytest.skip(reason)


def reserved(forker: Forker, number: int) -> list[int]:
    """Free ports."""
    ports: list[int] = forker.tell(reserve=number)["ports"]
    return ports


def assert_nothing_failed(watched: Watched) -> None:
    """Every request got its documented success."""
    print(f"{len(watched.failed)} of {watched.answered.total()} requests failed: {dict(watched.answered)}")
    assert [] == watched.failed
    assert watched.answered.total() > LEAST


async def test_a_rolling_restart_behind_haproxy_with_health_checks_fails_no_request(
    forker: Forker, tmp_path: Path, seven_databases: Mapping[str, str]
) -> None:
    port, *ports = reserved(forker, 15)
    urls = dict.fromkeys(SERVICES, f"http://127.0.0.1:{port}")
    async with running_fleet(forker, tmp_path, seven_databases, urls, ports, drain=0.7) as fleet:
        with running_haproxy(tmp_path, port, fleet.replicas) as url:
            for unit in fleet.pids:
                await fleet.ready(*unit)
            async with AsyncMinishop(urls).login("grace", PASSWORD) as grace:
                async with load(url, grace) as watched:
                    await fleet.restart_all(at_once=1)

                assert_nothing_failed(watched)
                assert [] == await findings(grace)


async def test_a_rolling_restart_behind_the_gateway_fails_no_request(
    forker: Forker, tmp_path: Path, seven_databases: Mapping[str, str]
) -> None:
    first, second, *ports = reserved(forker, 2 + 7 + 14)
    addresses = dict(zip(SERVICES, ports, strict=False))
    urls = {name: f"http://127.0.0.1:{port}" for name, port in addresses.items()}
    async with running_fleet(forker, tmp_path, seven_databases, urls, ports[7:], drain=4.5) as fleet:
        with (
            running_services(tmp_path, addresses, fleet.replicas),
            running_nginx(tmp_path, (first, second), addresses) as url,
        ):
            for unit in fleet.pids:
                await fleet.ready(*unit)
            async with AsyncMinishop(urls).login("grace", PASSWORD) as grace:
                async with load(url, grace) as watched:
                    await fleet.restart_all(at_once=3)

                assert_nothing_failed(watched)
                assert [] == await findings(grace)


async def test_two_versions_sell_together_on_an_expanded_schema_until_one_has_replaced_the_other(
    forker: Forker, tmp_path: Path, seven_databases: Mapping[str, str]
) -> None:
    port, *ports = reserved(forker, 15)
    urls = dict.fromkeys(SERVICES, f"http://127.0.0.1:{port}")
    new = next_version(tmp_path / "new")
    async with running_fleet(forker, tmp_path, seven_databases, urls, ports, drain=0.7) as fleet:
        with running_haproxy(tmp_path, port, fleet.replicas) as url, Forker(new) as new_forker:
            for unit in fleet.pids:
                await fleet.ready(*unit)
            async with AsyncMinishop(urls).login("grace", PASSWORD) as grace:
                async with load(url, grace) as watched:
                    assert EXPANDED == set(await migrated(new, fleet.settings))
                    for name in EXPANDED:  # the old version, which starts on the schema of the new one
                        await fleet.restart(name, 1)
                    await fleet.restart_all(at_once=3, forker=new_forker)

                assert {str(new)} == {variable(pid, "PYTHONPATH") for pid in fleet.pids.values()}
                assert_nothing_failed(watched)
                assert [] == await findings(grace)


EXPANDED: set[ServiceName] = {"cart", "catalog", "orders"}


def next_version(folder: Path) -> Path:
    """A folder with the present version and revisions that add tables, indexes and columns."""
    copy = folder / "minishop_server"
    shutil.copytree(ROOT / "servers" / "minishop_server", copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name, table in zip(sorted(EXPANDED), ("cart_lines", "products", "orders"), strict=True):
        write_revision(
            copy / "services" / name / "migrations",
            "0101",
            f"ALTER TABLE {table} ADD COLUMN note TEXT",
            f"ALTER TABLE {table} ADD COLUMN channel TEXT NOT NULL DEFAULT 'web'",
            f"CREATE INDEX {table}_by_channel ON {table} (channel)",
            "CREATE TABLE remarks (id INTEGER PRIMARY KEY, remark TEXT NOT NULL)",
        )
    return folder


async def migrated(packages: Path, settings: Mapping[str, str]) -> list[str]:
    """The services whose schemas this version has changed."""
    command = (*COMMAND, "migrate")
    process = await asyncio.create_subprocess_exec(
        *command, env=environment({**settings, "PYTHONPATH": str(packages)}), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert 0 == process.returncode
    return [line.split()[0] for line in output.decode().splitlines() if "went from 0100 to 0101" in line]


def variable(pid: int, name: str) -> str:
    """A variable of the environment that a process was started with."""
    found = dict(line.split("=", 1) for line in Path(f"/proc/{pid}/environ").read_text().split("\0") if "=" in line)
    return found.get(name, "")
