"""Checkouts, and what there is to see of them afterwards."""

from __future__ import annotations

import mailbox
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from ...shop import User


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the service finish an interrupted order at once, not only after half a minute."""
    monkeypatch.setattr("minishop_server.orders.domain.PATIENCE", timedelta(seconds=-2))


@pytest.fixture
def confirmations(tmp_path: Path) -> Callable[[User], int]:
    """How many order confirmations a customer got."""

    def count(user: User) -> int:
        mails = mailbox.Maildir(tmp_path / "mail")
        return sum(mail["Subject"] == "Order Confirmation" and mail["To"] == user.email for mail in mails)

    return count
