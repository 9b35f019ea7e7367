"""Auth alone, a shop that mails, and callers from other addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from minishop_server.services.auth.domain import Auth
from tests.support.auth import Mails
from tests.support.clocks import turn_forward
from tests.support.shop import PASSWORD, RunService, Shop


@pytest.fixture
async def auth(run_service: RunService) -> AsyncIterator[Auth]:
    """The domain, once on each kind of database."""
    async with run_service("auth") as domain:
        yield domain


@pytest.fixture
def mails(shop: Shop, tmp_path: Path) -> Mails:
    """The mails of the shop."""
    return Mails(shop, tmp_path / "mail")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Puts the clock forward by so many seconds."""
    ahead = 0.0

    def forward(seconds: float) -> None:
        nonlocal ahead
        ahead += seconds
        turn_forward(monkeypatch, ahead)

    return forward


@pytest.fixture
async def ada(auth: Auth) -> int:
    """A customer's number."""
    return int((await auth.register("ada", "ada@example.com", PASSWORD))["id"])


@pytest.fixture
async def http(sqlite_shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """Plain HTTP into the shop, in which there are ada and the admin grace."""
    await sqlite_shop.customer()
    await sqlite_shop.admin()
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as client:
        yield client
