"""`minishop backup`."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer
from rich.console import Console

from ..hosting.local_secrets import FILE
from ..kit.clock import moment, monotonic, unix_time
from ..kit.database import BrokenFile, FolderLock, copy_to, require_sound, schema_of, snapshots, sync
from ..kit.settings import SERVICES, ServiceName
from ..services.settings import Settings
from .backup_files import FORMAT, Kept, Manifest, digest, write_manifest
from .errors import Refusal

LOCK_SECONDS = 30
"""The time limit for stopping the writers of all seven."""
SQLITE = "sqlite:///"


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder for the backup.")],
    data_dir: Annotated[
        Path, typer.Option(envvar="MINISHOP_DATA_DIR", help="The folder of the SQLite files of the shop.")
    ] = Path("data"),
) -> None:
    """Copy the SQLite files of all seven services, at one point in time, while the shop sells.

    The writers of all services are stopped for some milliseconds, so no order in the backup lacks its payment or its
    stock. DIR appears when the backup is complete and checked; its files are readable by their owner only.

    The secret auth.key and the mailbox are not in the backup. Store auth.key in another place: it decrypts Auth's
    signing keys, and services authenticate with secrets that are derived from it. Without it, a restored shop creates
    a new one.

    Databases on PostgreSQL are backed up by the tools of PostgreSQL: see docs/recovery.md.

    minishop backup /backups/2026-11-30
    """
    settings, console = Settings(data_dir=data_dir), Console()
    paths = sqlite_files(settings)
    began = monotonic()
    with _published(folder) as target:
        manifest = _copy(paths, target, settings.data_dir)
        write_manifest(target, manifest)
    size = sum(kept.bytes for kept in manifest.services.values())
    console.print(
        f"{folder.absolute()}: the databases of all seven services at {manifest.made_at}, {size / 1e6:.1f} MB, "
        f"in {monotonic() - began:.1f} seconds.",
        soft_wrap=True,
        highlight=False,
    )
    secret = (settings.data_dir / FILE).absolute()
    where = str(secret) if secret.exists() else "MINISHOP_AUTH_KEY_SECRET"
    console.print(f"Not in the backup: the secret {where}. Store it in another place.", soft_wrap=True, highlight=False)


def sqlite_files(settings: Settings) -> dict[ServiceName, Path]:
    """The SQLite file of each service.

    Raises:
        Refusal: a service has a database on PostgreSQL; with the commands to back it up.
    """
    urls = {name: settings.database_url(name) for name in SERVICES}
    other = [name for name, url in urls.items() if not url.startswith(SQLITE)]
    if other:
        raise Refusal(
            f"On PostgreSQL: {', '.join(other)}. PostgreSQL copies all databases of a server at one point in time:\n"
            "  pg_basebackup --dbname=postgresql://USER@HOST/postgres --pgdata=DIR --checkpoint=fast\n"
            "For a restore, stop the shop, start PostgreSQL on the copy, and run: minishop recover auth "
            "--end-sessions, and minishop recover for catalog, orders, payments and shipping. See docs/recovery.md."
        )
    return {name: Path(url.removeprefix(SQLITE)) for name, url in urls.items()}


@contextmanager
def _published(folder: Path) -> Iterator[Path]:
    """A folder beside this one, which takes its name at the end of the block.

    Raises:
        Refusal: there is such a folder, and it is not empty.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(f"{folder} exists and is not an empty folder. Name a new one.")
    if folder.is_mount():
        raise Refusal(f"{folder} is a mount point. Name a new folder in it, for example {folder / 'minishop'}.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(mkdtemp(prefix=f"{folder.name}.partial-", dir=folder.parent))  # for its owner alone
    try:
        yield partial
        try:
            partial.rename(folder)
        except OSError as error:  # a folder that was filled meanwhile
            raise Refusal(f"{folder}: {error.strerror}. Name a new folder.") from None
        sync(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _copy(paths: Mapping[ServiceName, Path], target: Path, data_dir: Path) -> Manifest:
    """Copy the files at one point in time, and check the copies."""
    missing = next((path for path in paths.values() if not path.exists()), None)
    if missing is not None:
        raise Refusal(f"There is no shop in {missing.parent}: {missing.name} is missing.")
    locks = [FolderLock(folder) for folder in {path.parent for path in paths.values()}]
    schemas = dict[ServiceName, str]()
    try:
        with snapshots(list(paths.values()), LOCK_SECONDS) as connections:
            made_at = moment(unix_time())
            for name, connection in zip(paths, connections, strict=True):
                schema = schema_of(connection)
                if schema is None:
                    raise Refusal(f"{paths[name]} has no schema yet: start the shop once.")
                schemas[name] = schema
                copy_to(connection, target / f"{name}.db")
    finally:
        for lock in locks:
            lock.release()
    services = dict[ServiceName, Kept]()
    for name, schema in schemas.items():
        copy = target / f"{name}.db"
        try:
            require_sound(copy)
        except BrokenFile as error:
            raise BrokenFile(f"{paths[name]} is damaged: {str(error).splitlines()[-1]}") from None
        services[name] = Kept(schema_version=schema, bytes=copy.stat().st_size, sha256=digest(copy))
    instance = f"{socket.gethostname()}:{data_dir.absolute()}"
    return Manifest(
        format=FORMAT, minishop=version("minishop-server"), made_at=made_at, instance=instance, services=services
    )
