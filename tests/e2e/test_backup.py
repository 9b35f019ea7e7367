"""`minishop backup` while the shop sells."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import structlog

from minishop_client import AsyncMinishop, Unauthorized
from minishop_server.kit.settings import SERVICES
from minishop_server.services.settings import Settings
from minishop_server.tools.audit.command import look
from tests.support import processes
from tests.support.backups import audited, buy, files, live_and_back_up, run
from tests.support.postgres import running_postgres
from tests.support.shop import PASSWORD, running_shop

BUYERS = 4


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data of a shop and its backup, from before the last sale."""
    folder = tmp_path_factory.mktemp("kept")
    live_and_back_up(folder)
    return folder


@pytest.fixture
def shop_folder(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, which is the present folder."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    return tmp_path


async def sell_during_backups(url: str, folder: Path, times: int) -> list[str]:
    """Let customers buy while the shop is backed up, and return the ids of their orders."""
    orders, stop, sales = list[str](), asyncio.Event(), [asyncio.Event() for _ in range(times)]
    async with AsyncMinishop(url) as base:

        async def customer(number: int) -> None:
            user = await base.auth.register(
                username=f"buyer{number}", email=f"b{number}@example.com", password=PASSWORD
            )
            shop = base.login(f"buyer{number}", PASSWORD)
            while not stop.is_set():
                orders.append(await buy(shop, user.id, made.id))
                if len(orders) % 10 == 0 and len(orders) // 10 <= times:
                    sales[len(orders) // 10 - 1].set()

        grace = base.login("grace", PASSWORD)
        made = await grace.catalog.create_product(name="Pencil", price=1.0, stock=100_000)
        async with asyncio.TaskGroup() as group:
            for number in range(BUYERS):
                group.create_task(customer(number))
            for number in range(times):
                async with asyncio.timeout(60):
                    await sales[number].wait()
                ended = await asyncio.to_thread(processes.run, folder, "backup", f"backup{number}")
                assert 0 == ended.returncode, ended.stderr
            stop.set()
    return orders


def test_backups_of_a_shop_that_sells_restore_to_books_that_add_up(tmp_path: Path) -> None:
    with processes.running_shop(tmp_path) as (process, url):
        sold = asyncio.run(sell_during_backups(url, tmp_path, 3))
        process.interrupt()
    highest = max(int(order.removeprefix("ORD-")) for order in sold)
    numbers, counts = [], []
    for number in range(3):
        restored = run("restore", f"backup{number}")
        assert 0 == restored.exit_code, restored.output
        orders, findings, new = asyncio.run(audited(tmp_path / "data"))
        assert [] == [str(finding) for finding in findings]
        counts.append(orders)
        numbers.append(new)

    assert sorted(set(counts)) == counts
    assert 0 < counts[0] < len(sold)
    assert [highest + 1, highest + 2, highest + 3] == numbers


def test_a_backup_is_readable_by_its_owner_alone_and_names_its_contents_and_the_secret(shop_folder: Path) -> None:
    before = os.umask(0)
    try:
        made = run("backup", "second")
    finally:
        os.umask(before)
    manifest = json.loads((shop_folder / "second" / "manifest.json").read_text())

    assert str(shop_folder / "data" / "auth.key") in made.output
    assert 0o700 == stat.S_IMODE((shop_folder / "second").stat().st_mode)
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in (shop_folder / "second").iterdir()}
    assert {"manifest.json", *(f"{name}.db" for name in SERVICES)} == set(os.listdir("second"))
    assert [1, list(SERVICES)] == [manifest["format"], list(manifest["services"])]
    assert {"backup", "data", "second"} == set(os.listdir())


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        (("backup", "backup"), {}, "is not an empty folder"),
        (("backup", "new", "--data-dir", "elsewhere"), {}, "There is no shop in"),
        (("backup", "new"), {"MINISHOP_CART_DATABASE_URL": "postgresql://db/cart"}, "pg_basebackup"),
        (("restore", "data"), {}, "manifest.json is missing"),
        (("restore", "backup"), {"MINISHOP_CART_DATABASE_URL": "postgresql://db/cart"}, "MINISHOP_CART_DATABASE_URL"),
    ],
)
def test_wrong_folders_and_databases_are_refused_and_nothing_is_changed(
    shop_folder: Path, arguments: tuple[str, ...], settings: dict[str, str], told: str
) -> None:
    before = files(shop_folder / "data")

    ended = run(*arguments, **settings)

    assert 2 == ended.exit_code
    assert told in ended.output.replace("\n", " ")
    assert before == files(shop_folder / "data")
    assert {"backup", "data"} == set(os.listdir())


def test_a_backup_that_fails_leaves_nothing_under_its_name(shop_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, os.strerror(28), str(path))

    monkeypatch.setattr("minishop_server.commands.backup.require_sound", full)
    ended = run("backup", "second")

    assert (1, True) == (ended.exit_code, "No space left on device" in ended.output)
    assert {"backup", "data"} == set(os.listdir())


def test_a_damaged_database_is_named_as_the_shop_has_it(shop_folder: Path) -> None:
    damaged = shop_folder / "data" / "cart.db"
    with closing(sqlite3.connect(damaged)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'cart_lines'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with damaged.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))

    ended = run("backup", "second")

    assert 1 == ended.exit_code
    assert f"{damaged} is damaged: " in ended.output.replace("\n", " ")
    assert ".partial-" not in ended.output


def test_a_mount_point_is_refused_before_anything_is_copied(shop_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = shop_folder / "disk"
    disk.mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == disk)

    ended = run("backup", "disk")

    assert 2 == ended.exit_code
    assert f"for example {disk / 'minishop'}" in ended.output.replace("\n", "")


def test_a_backup_that_is_killed_is_none(shop_folder: Path) -> None:
    program = (
        "import os\n"
        "from minishop_server.commands import backup, main\n"
        "backup.require_sound = lambda path: os._exit(9)\n"
        "main.main()\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, "backup", "second"], check=False)

    assert 9 == killed.returncode
    assert not (shop_folder / "second").exists()
    assert 0 == run("backup", "second").exit_code


def test_a_copy_by_pg_basebackup_under_load_has_books_that_add_up(tmp_path: Path) -> None:
    """The commands of docs/recovery.md."""

    def settings(urls: dict[str, str]) -> Settings:
        databases = {name: {"database_url": url} for name, url in urls.items()}
        return Settings.model_validate({"data_dir": tmp_path / "data", **databases})

    async def sell_meanwhile(stop: asyncio.Event, opened: asyncio.Event) -> str:
        async with running_shop(settings(urls)) as shop:
            product = await shop.product(stock=100_000)
            await shop.admin()
            ada = await shop.customer("ada")
            grant = await shop.client.auth.login(username="ada", password=PASSWORD)
            while not stop.is_set():
                await buy(ada.shop, ada.id, product)
                opened.set()
            return str(grant.refresh_token)

    async def copy_meanwhile(copied: ExitStack) -> tuple[Callable[[str], str], str]:
        stop, opened = asyncio.Event(), asyncio.Event()
        selling = asyncio.create_task(sell_meanwhile(stop, opened))
        await opened.wait()
        there = await asyncio.to_thread(copied.enter_context, server.base_backup())
        stop.set()
        return there, await selling

    async def examine(refresh: str) -> tuple[int, list[Any]]:
        async with running_shop(settings(there_urls)) as shop:
            with pytest.raises(Unauthorized):
                await shop.client.auth.refresh(refresh_token=refresh)
            counts, findings = await look(shop.client.login("grace", PASSWORD), 60, 20)
            return counts["orders"], findings

    with running_postgres() as server, ExitStack() as copied:
        urls = {name: server.new_database(name) for name in SERVICES}
        there, refresh = asyncio.run(copy_meanwhile(copied))
        there_urls = {name: there(url) for name, url in urls.items()}
        names = {f"MINISHOP_{name.upper()}_DATABASE_URL": url for name, url in there_urls.items()}
        for command in ["auth", "--end-sessions"], ["catalog"], ["orders"], ["payments"], ["shipping"]:
            ended = run("recover", *command, **names)
            assert 0 == ended.exit_code, ended.output
        orders, findings = asyncio.run(examine(refresh))

    assert orders > 0
    assert [] == [str(finding) for finding in findings]
