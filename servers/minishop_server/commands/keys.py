"""`minishop keys`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..kit.clock import unix_time
from ..services.settings import Settings
from .auth_data import DataDir, auth_database, with_key_secret
from .errors import Refusal, told_plainly

if TYPE_CHECKING:
    from ..services.auth.signing_keys.domain import Key

keys = typer.Typer(name="keys", help="Auth's keys for signing tokens.", no_args_is_help=True)


@keys.command("list")
@told_plainly()
def list_keys(data_dir: DataDir = Path("data")) -> None:
    """List the keys and their states.

    A key is published for ten minutes before it signs (next), then signs (active), and stays published until its last
    token has expired (retiring).
    """
    asyncio.run(_list(Settings(data_dir=data_dir)))


@keys.command()
@told_plainly()
def rotate(
    now: Annotated[bool, typer.Option("--now", help="Use it at once and delete all other keys: after a leak.")] = False,
    data_dir: DataDir = Path("data"),
) -> None:
    """Add a key, which becomes active in ten minutes.

    Auth also does so every MINISHOP_AUTH_KEY_DAYS days, without an effect on users. With --now all existing tokens
    become invalid: users sign in again and services fetch new tokens. For up to five minutes, a service may refuse a
    new token or accept an old one. Keys are encrypted with MINISHOP_AUTH_KEY_SECRET, or with the file auth.key of a
    shop in one process. After a change of that secret, --now replaces the unreadable keys.
    """
    asyncio.run(_rotate(with_key_secret(Settings(data_dir=data_dir)), now))


async def _list(settings: Settings) -> None:
    from ..services.auth.signing_keys.domain import SigningKeys

    async with auth_database(settings) as database:
        found = await SigningKeys(database, "").all()
    now = unix_time()
    table = Table("key", "state", "signs from", "signs until", "published until", box=None, header_style="bold")
    for key in found:
        table.add_row(key.kid, key.state(now), *_times(key))
    Console().print(table)


async def _rotate(settings: Settings, at_once: bool) -> None:
    from ..services.auth.signing_keys.domain import NotRotated, SigningKeys

    assert settings.auth.key_secret is not None
    async with auth_database(settings) as database:
        found = SigningKeys(database, settings.auth.key_secret.get_secret_value())
        try:
            kid = await found.rotate(actor="operator", at_once=at_once)
        except NotRotated as refusal:
            raise Refusal(str(refusal)) from None
        key = next(key for key in await found.all() if key.kid == kid)
    Console().print(f"The key {kid} signs from {_times(key)[0]} on.", highlight=False)


def _times(key: Key) -> tuple[str, str, str]:
    from ..services.auth.signing_keys.domain import OUTLIVES

    begins, ends = key.signs_from, key.signs_until
    return _text(begins), _text(ends), _text(None if ends is None else ends + OUTLIVES)


def _text(seconds: float | None) -> str:
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
