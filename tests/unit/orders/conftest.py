"""Checkouts and their visible results."""

from __future__ import annotations

import mailbox
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from minishop_server.hosting.service import Service
from minishop_server.kit.outbox import store, worker
from minishop_server.services.orders.domain import Orders
from tests.support.orders import RunReplica
from tests.support.shop import Shop, User


@pytest.fixture
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find the work of a process that died within a second, not within half a minute."""
    monkeypatch.setattr(store, "LEASE", 0.5)
    monkeypatch.setattr(worker, "POLL", 0.1)


@pytest.fixture
def replica() -> RunReplica:
    """Runs another process of Orders on the database of the shop, and gives the block its domain."""

    @asynccontextmanager
    async def run(shop: Shop) -> AsyncIterator[Orders]:
        first = shop.gateway.services["orders"]
        second = Service("orders", first.settings, first.transport)
        async with second.running():
            yield second.domain

    return run


@pytest.fixture
def confirmations(tmp_path: Path) -> Callable[[User], int]:
    """How many order confirmations a customer got."""

    def count(user: User) -> int:
        mails = mailbox.Maildir(tmp_path / "mail")
        return sum(mail["Subject"] == "Order Confirmation" and mail["To"] == user.email for mail in mails)

    return count
