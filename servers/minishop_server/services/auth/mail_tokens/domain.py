"""Tokens that are mailed: who has one can read the mail of an account.

A token is random, 256 bits, and stored as its SHA-256 only: it is too long to be guessed, so that a slow hash would add
nothing. It holds for half an hour, once, and only as long as the account has the address that it was mailed to.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Literal

from ....kit.database import Connection, Database
from ....kit.ids import UserId
from ..errors import SpentLink
from ..rows import Owner
from ..unix_seconds import UnixSeconds, present
from .store import LinkRow, Store

Purpose = Literal["password_reset", "email_verification"]
SECONDS = 1800


class MailTokens:
    """Tokens by purpose."""

    def __init__(self, database: Database) -> None:
        self._store = Store(database)

    async def mint(self, purpose: Purpose, user_id: UserId, email: str) -> str:
        """A new token for a mail to this address.

        Earlier tokens remain valid.
        """
        token = secrets.token_urlsafe(32)
        await self._store.add(_hash(token), purpose, user_id, email, UnixSeconds(present() + SECONDS))
        return token

    async def holder(self, purpose: Purpose, token: str) -> Owner:
        """Whose it is.

        Raises:
            SpentLink: it does not hold.
        """
        user = await self._store.holder(_hash(token), purpose, present())
        if user is None:
            raise SpentLink
        return user

    async def spend(self, connection: Connection, purpose: Purpose, token: str) -> LinkRow:
        """Use a token in the transaction of its purpose, which ends all tokens of the user for this purpose.

        Raises:
            SpentLink: the token is invalid, or another request used it.
        """
        link = await self._store.spend(connection, _hash(token), purpose, present())
        if link is None:
            raise SpentLink
        await self._store.drop(connection, link["user_id"], purpose)
        return link

    async def drop(self, connection: Connection, purpose: Purpose, user_id: UserId) -> None:
        """No token of this user holds any more."""
        await self._store.drop(connection, user_id, purpose)

    async def clean(self) -> None:
        """Drop those that are over."""
        await self._store.clean(present())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
