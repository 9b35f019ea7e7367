"""Sessions, which begin with a login, continue by refresh tokens, and can be ended.

A refresh token works once and is followed by the next one (RFC 9700, section 4.14.2); only its SHA-256 is kept, which
is enough for 256 random bits. Access tokens are signed before the session is found to be good, never after: so none
outlives its session in the feed of revocations.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from ....kit.clock import DAY, Timestamp, moment, now, seconds_of, unix_time
from ....kit.database import Connection, Database
from ....kit.ids import SessionId, UserId
from ....kit.problems import NotFound
from ....kit.request_context import client_address
from ..access_tokens import AccessTokens
from ..audit_log.domain import AuditLog
from ..errors import RefreshRefused
from ..rows import UserWithPassword
from ..settings import AuthSettings
from ..signing_keys.domain import SigningKeys
from .introspection import Claims, claims_of
from .store import RefreshedRow, RevocationRow, SessionRow, Store

SLACK = 120
"""Seconds that an entry of the feed outlives the last access token: it is taken for a minute longer (kit/tokens.py), as
the clocks of services differ a little."""


class Grant(NamedTuple):
    """The result of a login or a refresh, with lifetimes in seconds."""

    access_token: str
    expires_in: int
    refresh_token: str
    refresh_expires_in: int


class Sessions:
    """Sessions of users.

    Args:
        tokens: issues access tokens.
        keys: the keys that access tokens are verified with.
        token_seconds: how long an access token holds.

    Attributes:
        on_ended: is told at once of sessions that ended here, and until when their access tokens could live.
    """

    def __init__(
        self,
        database: Database,
        journal: AuditLog,
        tokens: AccessTokens,
        keys: SigningKeys,
        settings: AuthSettings,
        token_seconds: int,
    ) -> None:
        self.on_ended: Callable[[Mapping[str, float]], None] = lambda ended: None
        self._store = Store(database)
        self._journal = journal
        self._tokens = tokens
        self._keys = keys
        self._settings = settings
        self._token_seconds = token_seconds

    async def start(self, user: UserWithPassword, record: Callable[[Connection], Awaitable[None]]) -> Grant | None:
        """A new session of a user who has proved who they are; None if the account or its password was changed
        meanwhile, or it is disabled.
        """
        session_id, refresh_token = SessionId(f"SES-{secrets.token_hex(16)}"), secrets.token_urlsafe(32)
        now = unix_time()
        expires_at = now + self._settings.session_seconds
        good_until = min(expires_at, now + self._settings.session_idle_seconds)
        access_token, seconds = await self._access_token(user, session_id, good_until - now)
        async with self._store.transaction() as connection:
            session = await self._store.add(
                connection,
                session_id,
                user,
                client_address(),
                now=moment(now),
                expires_at=moment(expires_at),
                good_until=moment(good_until),
            )
            if session is None:
                return None
            await self._store.add_refresh_token(connection, _hash(refresh_token), session)
            await record(connection)
            await self._journal.note("signed_in", actor=f"user_{user['id']}", subject=session_id, within=connection)
        return Grant(access_token, seconds, refresh_token, int(good_until - now))

    async def refresh(self, refresh_token: str) -> Grant:
        """The next tokens of a session. One that was used already ends the session.

        Raises:
            RefreshRefused: the refresh token does not hold.
        """
        presented, now = _hash(refresh_token), unix_time()
        session = await self._store.by_refresh_token(presented)
        if session is None or session["revoked"] or session["disabled"] or session["good_until"] <= moment(now):
            raise RefreshRefused
        good_until = min(seconds_of(session["expires_at"]), now + self._settings.session_idle_seconds)
        access_token, seconds = await self._access_token(session, session["session_id"], good_until - now)
        following = secrets.token_urlsafe(32)
        async with self._store.transaction() as connection:
            first = await self._store.use_refresh_token(connection, presented)
            if first:
                if not await self._store.renew(connection, session["session"], moment(now), moment(good_until)):
                    raise RefreshRefused
                await self._store.add_refresh_token(connection, _hash(following), session["session"])
        if not first:
            await self._end_reused(session)
            raise RefreshRefused
        return Grant(access_token, seconds, following, max(1, int(good_until - now)))

    async def live(self, user_id: UserId, limit: int, after: int | None) -> list[SessionRow]:
        """The user's sessions that are not over, the oldest first."""
        return await self._store.live(user_id, now(), limit, after)

    async def end(self, user_id: UserId, session_id: SessionId) -> None:
        """End one of the user's sessions.

        Raises:
            NotFound: there is none of this id, it is another's, or it is over.
        """
        async with self._store.transaction() as connection:
            ended = await self._store.end(connection, session_id, user_id, now(), self._until())
            if not ended:
                raise NotFound("There is no such session.")
            await self._journal.note("session_revoked", actor=f"user_{user_id}", subject=session_id, within=connection)
        self.tell(ended)

    async def end_all(self, user_id: UserId) -> None:
        """End all sessions of the user, who wants it so."""
        async with self._store.transaction() as connection:
            ended = await self.end_all_within(connection, user_id, actor=f"user_{user_id}")
        self.tell(ended)

    async def end_all_within(
        self, connection: Connection, user_id: UserId, *, actor: str, keep: SessionId | None = None
    ) -> list[SessionId]:
        """End all sessions of the user in a transaction, but the one to keep; once it is committed, the answer is to go
        to `tell`.
        """
        ended = await self._store.end_all(connection, user_id, keep, self._until())
        if ended:
            await self._journal.note("sessions_revoked", actor=actor, subject=f"user_{user_id}", within=connection)
        return ended

    async def take_turn(self, connection: Connection) -> None:
        """Be the only one that ends sessions or takes an admin's rights, until the transaction ends."""
        await self._store.take_turn(connection)

    def tell(self, ended: Sequence[SessionId]) -> None:
        """Let this process know at once that these sessions have ended."""
        until = seconds_of(self._until())
        self.on_ended(dict.fromkeys(ended, until))

    async def revocations(self, limit: int, after: int | None) -> list[RevocationRow]:
        """The feed of sessions that were ended, in that order, from the one after `after` on."""
        return await self._store.revocations(limit, after, now())

    async def introspect(self, token: str) -> Claims | None:
        """The claims of an access token that holds at this moment (RFC 7662), else None."""
        claims = claims_of(token, await self._keys.published())
        if claims is None or claims["role"] == "service":
            return claims
        user_id = UserId(int(claims["sub"].removeprefix("user_")))
        holds = await self._store.holds(user_id, claims.get("sid"), now())
        return claims if holds else None

    async def forget_old(self) -> None:
        """Delete unusable rows: ended sessions, and entries of the feed."""
        kept = max(self._token_seconds + SLACK, self._settings.finished_session_days * DAY)
        await self._store.forget(now(), moment(unix_time() - kept))

    async def _end_reused(self, session: RefreshedRow) -> None:
        async with self._store.transaction() as connection:
            name, owner = session["session_id"], session["id"]
            ended = await self._store.end(connection, name, owner, now(), self._until())
            if ended:
                await self._journal.note("refresh_reused", actor="anonymous", subject=name, within=connection)
        self.tell(ended)

    async def _access_token(
        self, user: UserWithPassword | RefreshedRow, session_id: SessionId, left: float
    ) -> tuple[str, int]:
        seconds = max(1, min(self._token_seconds, int(left)))  # not past the end of the session
        token = await self._tokens.for_user(user["id"], user["username"], user["role"], session_id, seconds)
        return token, seconds

    def _until(self) -> Timestamp:
        return moment(unix_time() + self._token_seconds + SLACK)


async def end_everyones(database: Database) -> None:
    """End all sessions of a restored database.

    Access tokens remain valid until their key is replaced.
    """
    await Store(database).end_everyones()
    await AuditLog(database).note("sessions_revoked", actor="operator")


def _hash(refresh_token: str) -> str:
    return hashlib.sha256(refresh_token.encode()).hexdigest()
