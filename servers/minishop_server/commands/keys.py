"""`minishop keys`."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..kit.settings import Settings
from .auth_data import DataDir, auth_database, with_key_secret
from .errors import Refusal, told_plainly

if TYPE_CHECKING:
    from ..services.auth.signing_keys.domain import Key

keys = typer.Typer(name="keys", help="The keys that Auth signs tokens with.", no_args_is_help=True)


@keys.command("list")
@told_plainly()
def list_keys(data_dir: DataDir = Path("data")) -> None:
    """Show each key and where in its life it is.

    A key is published for ten minutes before it signs (next), signs (active), and is published for as long as a token
    of it may be alive (retiring).
    """
    asyncio.run(_list(Settings(data_dir=data_dir)))


@keys.command()
@told_plainly()
def rotate(
    now: Annotated[
        bool, typer.Option("--now", help="Sign with it at once, and delete all others: after a leak.")
    ] = False,
    data_dir: DataDir = Path("data"),
) -> None:
    """Add a key, which takes over in ten minutes; nobody notices.

    Auth does so by itself every MINISHOP_AUTH_KEY_DAYS days. With --now all tokens end that were signed so far: users
    sign in again, services fetch new ones, and for up to five minutes a service may refuse what is signed anew or
    take what is not. Keys are encrypted with MINISHOP_AUTH_KEY_SECRET, else with the file auth.key of a shop in one
    process; after a change of that secret, --now replaces the keys that can no longer be read.
    """
    asyncio.run(_rotate(with_key_secret(Settings(data_dir=data_dir)), now))


async def _list(settings: Settings) -> None:
    from ..services.auth.signing_keys.domain import SigningKeys

    async with auth_database(settings) as database:
        found = await SigningKeys(database, "").all()
    now = time.time()
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
