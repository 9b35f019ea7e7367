"""`minishop restore`."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ..hosting.local_secrets import with_secrets
from ..kit.clock import now_as_datetime
from ..kit.database import (
    UNFINISHED,
    FolderLock,
    head,
    highest_row,
    migrations_of,
    open_database,
    require_sound,
    sync,
)
from ..kit.database import recover as raise_numbers
from ..kit.settings import SERVICES, ServiceName
from ..services.settings import Settings
from .auth_data import end_sessions
from .backup_files import MANIFEST, Kept, read_manifest
from .errors import Refusal
from .recover import numbered_of

GAP = 10_000
"""The numbers that are left out if the present database cannot be read: more than were assigned since the backup."""
STAGED = "restore.staged"
"""The folder of the files that are being prepared, which the next restore deletes if it is left over."""
NEW = "new"
RECORD = "replaced-by.json"
"""The manifest of the backup, beside the files that it replaced."""
PART = 1 << 20


def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `minishop backup` wrote.")],
    data_dir: Annotated[
        Path, typer.Option(envvar="MINISHOP_DATA_DIR", help="The folder of the SQLite files of the shop.")
    ] = Path("data"),
) -> None:
    """Replace the SQLite files of all seven services by those of a backup.

    The shop must not run. The present files are moved into the folder before-restore-… of the data folder; nothing is
    deleted. A damaged or incomplete backup is refused. If the command is killed, the data folder has either the
    present or the restored files: if the replacement had begun, the shop does not start until the command is repeated.

    All sessions end: users sign in again. The numbers of users, products, orders, payments and shipments continue
    above those that the present files have assigned, or 10,000 above the backup if these cannot be read. Payments and
    mails after the backup are not undone: docs/recovery.md lists the other steps after a restore.

    minishop restore /backups/2026-11-30
    """
    settings, console = Settings(data_dir=data_dir), Console()
    set_elsewhere = [
        f"MINISHOP_{name.upper()}_DATABASE_URL" for name in SERVICES if settings.service(name).database_url
    ]
    if set_elsewhere:
        raise Refusal(f"A backup is restored into one data folder. Unset {', '.join(set_elsewhere)}.")
    data = data_dir.absolute()
    manifest = None if (data / UNFINISHED).exists() else read_manifest(folder)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FolderLock(data, alone=True)
    try:
        if (data / UNFINISHED).exists():
            record, present = data / UNFINISHED / RECORD, folder / MANIFEST
            is_same = record.exists() and present.exists() and record.read_bytes() == present.read_bytes()
            before = _replace(data)
            console.print("The restore that was cut short is complete.")
            if is_same:
                _tell(console, data, before)
                return
        manifest = manifest or read_manifest(folder)
        settings = with_secrets(settings)
        try:
            asyncio.run(_stage(folder, manifest.services, data, settings))
        except BaseException:
            shutil.rmtree(data / STAGED, ignore_errors=True)  # else the copies may keep the disk of the shop full
            raise
        (data / STAGED).rename(data / UNFINISHED)
        sync(data)
        _tell(console, data, _replace(data))
    finally:
        lock.release()


async def _stage(folder: Path, kept: Mapping[ServiceName, Kept], data: Path, settings: Settings) -> None:
    """Prepare the files beside the present ones: checked, migrated, without sessions, with numbers that are free.

    Raises:
        Refusal: a file of the backup is damaged, or of a newer version.
    """
    staged = data / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    for made in staged, staged / NEW:
        made.mkdir(mode=0o700)
    for name, copy in kept.items():
        newest = head(migrations_of(name))
        if newest is not None and copy.schema_version > newest:
            raise Refusal(f"The schema {copy.schema_version} of {name} is newer than {newest}: update Minishop first.")
        _copy(folder / f"{name}.db", staged / NEW / f"{name}.db", copy)
        require_sound(staged / NEW / f"{name}.db")
    settings = settings.model_copy(update={"data_dir": staged / NEW, "migrate": True})
    await end_sessions(settings)
    for name in SERVICES:
        await _raise_numbers(name, settings, data / f"{name}.db")
    shutil.copyfile(folder / MANIFEST, staged / RECORD)
    for changed in *(staged / NEW).iterdir(), staged / NEW, staged / RECORD, staged:
        sync(changed)


def _copy(source: Path, target: Path, kept: Kept) -> None:
    """Copy a file that is as it was at the backup."""
    found = hashlib.sha256()
    created = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(created, "wb") as to, source.open("rb") as read:
            while part := read.read(PART):
                found.update(part)
                to.write(part)
    except OSError as error:  # a full disk does not say which file
        raise OSError(error.errno, error.strerror, error.filename or str(target)) from error
    if found.hexdigest() != kept.sha256:
        raise Refusal(f"{source} is damaged: its SHA-256 is not that of the manifest.")


async def _raise_numbers(name: ServiceName, settings: Settings, present: Path) -> None:
    """Let a restored service continue above the numbers of its present database.

    A present database with lower numbers than the backup has lost some, too.
    """
    numbered = numbered_of(name)
    if numbered is None:
        return
    restored = highest_row(settings.data_dir / f"{name}.db", numbered.table) or 0
    assigned = highest_row(present, numbered.table)
    database = await open_database(settings.database_url(name), migrations_of(name), settings.database)
    try:
        lost = assigned is None or assigned < restored
        await raise_numbers(database, numbered, restored + GAP if lost else assigned or 0)
    finally:
        await database.close()


def _replace(data: Path) -> Path | None:
    """Move the present files aside and the prepared ones to their place; the folder of the former, if there are any.

    Each step leaves a state from which it can be repeated: a prepared file is moved last of those of its service.
    """
    unfinished = data / UNFINISHED
    for name in SERVICES:
        prepared = unfinished / NEW / f"{name}.db"
        if not prepared.exists():
            continue
        for suffix in ("", "-wal", "-shm"):
            if (data / f"{name}.db{suffix}").exists():
                (data / f"{name}.db{suffix}").rename(unfinished / f"{name}.db{suffix}")
        prepared.rename(data / f"{name}.db")
    for changed in data, unfinished:
        sync(changed)
    shutil.rmtree(unfinished / NEW, ignore_errors=True)
    if [unfinished / RECORD] == list(unfinished.iterdir()):
        shutil.rmtree(unfinished)
        return None
    stamp = now_as_datetime().strftime("before-restore-%Y%m%dT%H%M%SZ")
    names = (stamp if number == 1 else f"{stamp}-{number}" for number in count(1))
    before = next(data / name for name in names if not (data / name).exists())
    unfinished.rename(before)
    sync(data)
    return before


def _tell(console: Console, data: Path, before: Path | None) -> None:
    lines = [f"{data}: the databases of all seven services are restored."]
    if before is not None:
        lines.append(f"The files before the restore are in {before}.")
    for line in (*lines, "All sessions have ended. Start the shop, and run: minishop audit"):
        console.print(line, soft_wrap=True, highlight=False)
