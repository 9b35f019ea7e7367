"""`minishop restore`: all or nothing, and no session or number from before."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import Result

from minishop_client import Unauthorized
from minishop_server.kit.database import UNFINISHED, FolderLock
from minishop_server.kit.settings import SERVICES
from minishop_server.services.settings import Settings
from tests.support.backups import audited, files, live_and_back_up, run
from tests.support.shop import PASSWORD, running_shop


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


def change_a_byte(backup: Path) -> None:
    with (backup / "orders.db").open("r+b") as file:
        file.seek(5_000)
        byte = file.read(1)
        file.seek(5_000)
        file.write(bytes([byte[0] ^ 1]))


def cut(backup: Path) -> None:
    os.truncate(backup / "cart.db", 4096)


def lose_a_file(backup: Path) -> None:
    (backup / "shipping.db").unlink()


def lose_the_manifest(backup: Path) -> None:
    (backup / "manifest.json").unlink()


def from_the_future(backup: Path) -> None:
    text = (backup / "manifest.json").read_text()
    (backup / "manifest.json").write_text(text.replace('"schema_version": "0', '"schema_version": "9'))


@pytest.mark.parametrize("damage", [change_a_byte, cut, lose_a_file, lose_the_manifest, from_the_future])
def test_a_damaged_incomplete_or_newer_backup_is_refused_and_the_data_stay(shop_folder: Path, damage: Any) -> None:
    before = files(shop_folder / "data")
    damage(shop_folder / "backup")

    ended = run("restore", "backup")

    assert ended.exit_code in (1, 2)
    assert 1 == len(ended.stderr.splitlines())
    assert before == files(shop_folder / "data")
    assert not (shop_folder / "data" / UNFINISHED).exists()


@contextmanager
def small_files() -> Iterator[None]:
    """No file of this process may grow beyond 100 kB, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_restore_without_room_for_the_copies_names_the_file_and_leaves_none(shop_folder: Path) -> None:
    before = sorted((shop_folder / "data").iterdir())

    with small_files():
        ended = run("restore", "backup")

    assert 1 == ended.exit_code
    assert "auth.db: File too large" in ended.stderr
    assert before == sorted((shop_folder / "data").iterdir())


def test_a_restore_ends_all_sessions_those_from_after_the_backup_too(shop_folder: Path) -> None:
    settings = Settings(data_dir=shop_folder / "data")

    async def sign_in() -> tuple[str, str]:
        async with running_shop(settings) as shop:
            grant = await shop.client.auth.login(username="ada", password=PASSWORD)
            return grant.access_token, grant.refresh_token

    async def come_back(access: str, refresh: str) -> None:
        async with running_shop(settings) as shop:
            with pytest.raises(Unauthorized):
                await shop.client.with_token(access).auth.get_me()
            with pytest.raises(Unauthorized):
                await shop.client.auth.refresh(refresh_token=refresh)
            assert "ada" == (await shop.client.login("ada", PASSWORD).auth.get_me()).username

    before = asyncio.run(sign_in())
    assert 0 == run("backup", "second").exit_code
    after = asyncio.run(sign_in())
    assert 0 == run("restore", "second").exit_code

    asyncio.run(come_back(*before))
    asyncio.run(come_back(*after))


def test_the_files_before_a_restore_are_kept_beside_for_their_owner_alone(shop_folder: Path) -> None:
    before = files(shop_folder / "data")

    ended = run("restore", "backup")
    (aside,) = (shop_folder / "data").glob("before-restore-*")

    assert str(aside) in ended.output
    assert 0o700 == stat.S_IMODE(aside.stat().st_mode)
    assert before == files(aside)
    assert before != files(shop_folder / "data")


def orders_of(data: Path) -> int:
    with closing(sqlite3.connect(data / "orders.db")) as file:
        return int(file.execute("SELECT COUNT(*) FROM orders").fetchone()[0])


def test_without_readable_present_files_the_numbers_leave_a_gap(shop_folder: Path) -> None:
    (shop_folder / "data" / "orders.db").write_bytes(b"rubbish " * 1000)
    (shop_folder / "data" / "payments.db").unlink()

    ended = run("restore", "backup")
    _, findings, new = asyncio.run(audited(shop_folder / "data", with_admin=False))

    assert 0 == ended.exit_code, ended.output
    assert [] == findings
    assert 10_102 == new


def test_a_shop_restored_on_another_machine_without_the_secret_gets_a_new_one(shop_folder: Path) -> None:
    shutil.rmtree(shop_folder / "data")

    ended = run("restore", "backup")
    _, findings, new = asyncio.run(audited(shop_folder / "data", with_admin=False))

    assert 0 == ended.exit_code, ended.output
    assert ([], 10_102) == (findings, new)
    assert [] == list((shop_folder / "data").glob("before-restore-*"))


class Killed(Exception):
    """The process ends here."""


def test_a_restore_that_is_killed_at_any_step_leaves_the_old_or_the_new_data(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is killed before each renaming in turn, until it comes to its end."""
    rename, left = Path.rename, 0

    def dying(self: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        return rename(self, target)

    ends = []
    for kill_at in range(100):
        data, left = tmp_path / f"data{kill_at}", kill_at
        shutil.copytree(kept / "data", data)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", dying)
            ended = run("restore", str(kept / "backup"), "--data-dir", str(data))
        if not (data / UNFINISHED).exists():
            ends.append(orders_of(data))
            if ended.exit_code == 0:
                break
            continue
        refused = run("migrate", "--data-dir", str(data))
        assert (1, True) == (refused.exit_code, "minishop restore DIR" in refused.stderr)
        completed = run("restore", str(kept / "backup"), "--data-dir", str(data))
        assert (0, True) == (completed.exit_code, "cut short is complete" in completed.output)
        assert 1 == orders_of(data)
        (aside,) = data.glob("before-restore-*")
        assert files(kept / "data") == files(aside)

    assert [2, 1] == ends
    assert kill_at > len(SERVICES)


def test_a_restore_that_was_cut_short_is_completed_without_its_backup(shop_folder: Path) -> None:
    prepared = shop_folder / "data" / UNFINISHED / "new"
    prepared.mkdir(parents=True)
    shutil.copy(shop_folder / "backup" / "auth.db", prepared)

    ended = run("restore", "gone")

    assert 2 == ended.exit_code
    assert "The restore that was cut short is complete." in ended.stdout
    assert "gone is no complete backup" in ended.stderr
    assert (shop_folder / "backup" / "auth.db").read_bytes() == (shop_folder / "data" / "auth.db").read_bytes()
    FolderLock(shop_folder / "data").release()


def test_no_restore_begins_while_a_shop_runs_and_no_shop_starts_during_a_restore(shop_folder: Path) -> None:
    data = shop_folder / "data"

    async def restore_while_it_runs() -> Result:
        async with running_shop(Settings(data_dir=data)):
            return await asyncio.to_thread(run, "restore", "backup")

    refused = asyncio.run(restore_while_it_runs())
    assert (1, True) == (refused.exit_code, "Stop it first" in refused.stderr)

    lock = FolderLock(data, alone=True)
    started = run("up", "--port", "0")
    lock.release()
    assert (1, True) == (started.exit_code, "a restore is under way" in started.stderr)


def test_recover_ends_all_sessions_if_it_is_told_to(shop_folder: Path) -> None:
    settings = Settings(data_dir=shop_folder / "data")

    async def refresh(token: str | None) -> str:
        async with running_shop(settings) as shop:
            if token is None:
                return (await shop.client.auth.login(username="ada", password=PASSWORD)).refresh_token
            return (await shop.client.auth.refresh(refresh_token=token)).refresh_token

    token = asyncio.run(refresh(asyncio.run(refresh(None))))
    ended = run("recover", "auth", "--end-sessions")

    assert (0, True) == (ended.exit_code, "All sessions have ended." in ended.output)
    with pytest.raises(Unauthorized):
        asyncio.run(refresh(token))
    assert 2 == run("recover", "orders", "--end-sessions").exit_code
