"""Snapshots of several SQLite files, of one moment, while other processes write to them."""

from __future__ import annotations

import itertools
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from minishop_server.kit.database import (
    BrokenFile,
    FileOutage,
    FolderLock,
    SqliteDatabase,
    copy_to,
    require_sound,
    snapshots,
)
from minishop_server.kit.problems import Unavailable

WRITER = """
import itertools, sqlite3, sys
files = [sqlite3.connect(path, timeout=30, isolation_level=None) for path in sys.argv[1:]]
print("writing", flush=True)
for number in itertools.count(1):
    for file in files:
        file.execute("UPDATE counts SET number = ?", (number,))
"""


def number(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT number FROM counts").fetchone()[0])


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Seven files with a count each."""
    paths = [tmp_path / f"{index}.db" for index in range(7)]
    for path in paths:
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("CREATE TABLE counts (number INTEGER)")
            file.execute("INSERT INTO counts VALUES (0)")
    return paths


@contextmanager
def writing(files: list[Path]) -> Iterator[None]:
    """Another process counts in one file after the other, without a pause."""
    with subprocess.Popen([sys.executable, "-c", WRITER, *map(str, files)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def test_the_snapshots_show_one_moment_and_keep_it_while_another_process_writes_on(
    files: list[Path], tmp_path: Path
) -> None:
    moments = []
    with writing(files):
        for turn in range(5):
            with snapshots(files, 30) as connections:
                seen = [number(connection) for connection in connections]
                with closing(sqlite3.connect(files[0])) as present:
                    while number(present) <= seen[0] + 1:
                        pass
                for index, connection in enumerate(connections):
                    copy_to(connection, tmp_path / f"copy-{turn}-{index}.db")
            copies = []
            for index in range(len(files)):
                with closing(sqlite3.connect(tmp_path / f"copy-{turn}-{index}.db")) as copy:
                    copies.append(number(copy))
            assert seen == copies
            moments.append(seen)

    for seen in moments:  # the writer is in the middle of one round
        assert seen == sorted(seen, reverse=True)
        assert seen[0] - seen[-1] <= 1
    assert all(after[0] > before[0] for before, after in itertools.pairwise(moments))


def test_if_one_writer_cannot_be_stopped_the_others_go_on_and_the_reason_is_told(files: list[Path]) -> None:
    with closing(sqlite3.connect(files[3], isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")

        with pytest.raises(Unavailable, match="within 0 seconds"), snapshots(files, 0):
            pass

        with closing(sqlite3.connect(files[0], timeout=0)) as free:
            free.execute("UPDATE counts SET number = 1")


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile), snapshots([tmp_path / "none.db"], 1):
        pass

    assert [] == list(tmp_path.iterdir())


def test_a_file_that_is_no_database_or_damaged_is_named_and_the_others_are_released(files: list[Path]) -> None:
    files[3].write_bytes(b"This is a text, and as long as the header of a database, which has one hundred bytes. " * 2)

    with pytest.raises(BrokenFile, match=re.escape(str(files[3]))), snapshots(files, 1):
        pass

    with closing(sqlite3.connect(files[0], timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")


def test_a_damaged_copy_is_found(files: list[Path]) -> None:
    require_sound(files[0])
    with files[0].open("r+b") as file:
        file.seek(4096)
        file.write(b"x" * 4096)

    with pytest.raises(BrokenFile):
        require_sound(files[0])


async def test_a_database_is_not_opened_during_a_restore_of_its_folder_and_no_restore_begins_while_it_is_open(
    tmp_path: Path,
) -> None:
    lock = FolderLock(tmp_path, alone=True)
    with pytest.raises(FileOutage) as refused:
        await SqliteDatabase.connect(str(tmp_path / "one.db"))
    assert "a restore is under way" in refused.value.reason
    lock.release()

    database = await SqliteDatabase.connect(str(tmp_path / "one.db"))
    with pytest.raises(FileOutage) as refused:
        FolderLock(tmp_path, alone=True)
    assert "Stop it first" in refused.value.reason
    await database.close()

    FolderLock(tmp_path, alone=True).release()
