"""Mails and records of Auth, callers from other addresses, and users who sign in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from mailbox import Maildir
from pathlib import Path
from typing import Any

import httpx
import jwt

from minishop_server.kit.request_context import arrival
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.mails.letters import SUBJECTS
from minishop_server.services.auth.sessions.domain import Grant
from tests.support.shop import PASSWORD, Shop, until_none

TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$", re.MULTILINE)
LINK = re.compile(r"^https?://\S+#token=[A-Za-z0-9_-]{43}$", re.MULTILINE)


@contextmanager
def caller_from(address: str) -> Iterator[None]:
    """The calls of the block come from there."""
    before = arrival.set(({"type": "http", "client": (address, 0), "headers": []}, ()))
    try:
        yield
    finally:
        arrival.reset(before)


class Mails:
    """The mails of Auth in a shop."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self._shop, self._folder = shop, folder

    async def tokens(self, purpose: str, email: str) -> list[str]:
        """Those in the mails to an address, once nothing is owed any more, the oldest first."""
        return await self._found(TOKEN, purpose, email)

    async def links(self, purpose: str, email: str) -> list[str]:
        """The same, with the address that they lead to."""
        return await self._found(LINK, purpose, email)

    async def letters(self, email: str) -> list[str]:
        """The kinds of all mails to an address, once nothing is owed any more."""
        await until_none(self._shop.domain("auth").database, "SELECT id FROM work")
        kinds = {subject: kind for kind, subject in SUBJECTS.items()}
        return [kinds[mail["Subject"]] for mail in Maildir(self._folder, create=False) if mail["To"] == email]

    async def _found(self, pattern: re.Pattern[str], purpose: str, email: str) -> list[str]:
        await until_none(self._shop.domain("auth").database, "SELECT id FROM work")
        subject = SUBJECTS[purpose]  # type: ignore[index]
        found = {}
        for name, mail in Maildir(self._folder, create=False).items():
            if (mail["To"], mail["Subject"]) == (email, subject):
                (found[int(name.partition(".")[0])],) = pattern.findall(mail.get_payload(decode=True).decode())
        return [text for _, text in sorted(found.items())]


async def all_of(*calls: object) -> list[object]:
    """The results of concurrent calls, including refusals."""
    return await asyncio.gather(*calls, return_exceptions=True)  # type: ignore[call-overload, no-any-return]


async def live(auth: Auth, user_id: int) -> list[str]:
    """The ids of the user's sessions."""
    return [row["session_id"] for row in await auth.sessions.live(user_id, 100, None)]


async def ended(auth: Auth) -> list[str]:
    """The ids in the feed."""
    return [each["session_id"] for each in await auth.sessions.revocations(100, None)]


async def events(auth: Auth) -> list[tuple[str, str, str | None]]:
    """The audit events of sessions and rights, the oldest first."""
    rows = await auth.database.fetch(
        dict, "SELECT event, actor, subject FROM audit WHERE event NOT IN ('registered', 'denied') ORDER BY id"
    )
    return [(row["event"], row["actor"], row["subject"]) for row in rows]


async def login(http: httpx.AsyncClient, name: str = "ada") -> dict[str, Any]:
    answer = await http.post("/auth/login", json={"username": name, "password": PASSWORD})
    granted: dict[str, Any] = answer.json()
    return granted


def bearer(granted: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {granted['access_token']}"}


def claims(grant: Grant) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(grant.access_token, options={"verify_signature": False})
    return found
