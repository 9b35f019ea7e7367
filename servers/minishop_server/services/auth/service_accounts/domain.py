"""Service accounts: their secrets, of which two may be valid at once, and the calls they may make.

A service may make only the calls that its OpenAPI document declares in `x-calls`: its tokens name those operations
in `scope`, and each service that it calls in `aud`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

import structlog
from structlog.typing import FilteringBoundLogger

from ....kit.database import Connection, Database
from ....kit.documents import calls_by_token
from ..audit_log.domain import AuditLog
from .store import ClientRow, SecretRow, Slot, Store

EVERYBODY = frozenset({"auth.introspect"})
"""The operations that every client may call."""


class NotRolled(Exception):
    """The secrets of the client do not allow it now."""


def granted(client: str, service: str | None) -> list[str]:
    """The operations that a client may call, at one service or at all: `["payments.process_payment", …]`.

    Those that need no token are left out.
    """
    allowed = calls_by_token(client) | EVERYBODY
    return sorted(call for call in allowed if service in (None, call.partition(".")[0]))


class ServiceAccounts:
    """The accounts of services."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._store = Store(database)
        self._journal = AuditLog(database)

    async def knows(self, client: str, secret: str) -> bool:
        """Whether this is a valid secret of the client."""
        given = _hash(secret)
        valid = [row["secret_hash"] for row in await self._store.secrets(client) if row["slot"]]
        return any(hmac.compare_digest(known, given) for known in valid)

    async def ensure(self, client: str, secret: str) -> None:
        """Let a client in by this secret too. The previous one stays valid, an older one is retired.

        A secret that was retired is not let in again: a replica may be started with settings of yesterday.
        """
        async with self._database.transaction() as transaction:
            rows = await self._store.secrets(client, transaction)
            known = next((row for row in rows if row["secret_hash"] == _hash(secret)), None)
            if known is not None:
                if known["slot"] is None:
                    log: FilteringBoundLogger = structlog.get_logger()
                    log.warning("secret_was_retired", client=client)
                return
            valid = _valid(rows)
            if len(valid) == 2:
                await self._store.retire(valid[0]["id"], transaction)
                valid = valid[1:]
            await self._add(client, secret, valid, transaction)

    async def rotate(self, client: str) -> str:
        """A new secret, returned only once; the previous one stays valid until it is retired.

        Raises:
            NotRolled: no such client, or two secrets are valid already.
        """
        secret = secrets.token_urlsafe(32)
        async with self._database.transaction() as transaction:
            valid = _valid(await self._store.secrets(client, transaction))
            if not valid:
                raise NotRolled("There is no such client.")
            if len(valid) == 2 or not await self._add(client, secret, valid, transaction):
                raise NotRolled("Two secrets are already valid; retire the older one first.")
        return secret

    async def retire(self, client: str) -> None:
        """Revoke the older of two secrets.

        Raises:
            NotRolled: there are no two.
        """
        async with self._database.transaction() as transaction:
            valid = _valid(await self._store.secrets(client, transaction))
            if len(valid) < 2:
                raise NotRolled("There are no two valid secrets.")
            await self._store.retire(valid[0]["id"], transaction)
            await self._journal.note("secret_rotated", actor="operator", subject=client, within=transaction)

    async def all(self) -> list[ClientRow]:
        """Each valid secret."""
        return await self._store.valid()

    async def _add(self, client: str, secret: str, valid: Sequence[SecretRow], transaction: Connection) -> bool:
        free: Slot = 2 if valid and valid[0]["slot"] == 1 else 1
        added = await self._store.add(client, _hash(secret), free, transaction)
        if added and valid:
            await self._journal.note("secret_rotated", actor="operator", subject=client, within=transaction)
        return added


def _valid(rows: Sequence[SecretRow]) -> Sequence[SecretRow]:
    return [row for row in rows if row["slot"] is not None]


def _hash(secret: str) -> str:
    """The secret is long and random, so a plain hash protects it as well as a slow one would."""
    return hashlib.sha256(secret.encode()).hexdigest()
