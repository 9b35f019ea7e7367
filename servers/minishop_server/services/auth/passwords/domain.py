"""Sign-in with a password, and its change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from ....kit.database import Connection
from ....kit.ids import SessionId, UserId
from ....kit.outbox import Outbox, Transaction
from ..audit_log.domain import AuditLog
from ..errors import WrongPassword
from ..lockout.domain import Lockout
from ..mail_tokens.domain import MailTokens
from ..mails.letters import owe
from ..rows import Owner, UserWithPassword
from ..sessions.domain import Sessions
from ..settings import AuthSettings
from ..store import Store
from .blocklist import refuse_weak
from .hashing import Passwords


class Proof(NamedTuple):
    """Proof that the caller knows the password of an account."""

    user: UserWithPassword
    """As it was then."""
    record: Callable[[Connection], Awaitable[None]]
    """Call it in the transaction of the protected change: the attempt counts no longer."""


class Credentials:
    """Passwords, with the guesses at them.

    Attributes:
        attempts: the limit of guesses.
        links: tokens that were mailed.
    """

    def __init__(self, store: Store, settings: AuthSettings, journal: AuditLog, sessions: Sessions) -> None:
        self._store = store
        self._database = store.database
        self._journal = journal
        self._sessions = sessions
        self._passwords = Passwords(settings)
        self.attempts = Lockout(store.database, settings.failures, settings.failures_by_name)
        self.links = MailTokens(store.database)

    async def hash(self, password: str) -> str:
        """The hash of a new password that was found good.

        Raises:
            Unavailable: too many wait for theirs.
        """
        with self._passwords.place():
            return await self._passwords.hash(password)

    async def sign_in(self, username: str, password: str) -> Proof | None:
        """That it is the user; None alike, and after as long, for an unknown name and for a wrong password.

        Raises:
            TooManyAttempts: no guess at this name is allowed from here for a while.
            Unavailable: too many wait for their turn.
        """
        with self._passwords.place():
            user = await self._store.user_with_password(username)
            proof = await self._prove(username, user, password)
            if proof is not None and self._passwords.is_outdated(proof.user["password_hash"]):
                user, hashed = proof.user, await self._passwords.hash(password)
                async with self._database.transaction() as connection:  # unless it was changed meanwhile
                    if await self._store.set_password(connection, user["id"], hashed, user["password_hash"]):
                        proof = Proof({**user, "password_hash": hashed}, proof.record)
        return proof

    async def change(self, work: Outbox, username: str, old: str, new: str, keep: SessionId | None) -> None:
        """Another password for a user who knows the old one; all sessions but the one to keep end, and no other e-mail
        address is pending any more.

        Args:
            work: mails the owner that it was changed.

        Raises:
            WeakPassword: the new one would be guessed.
            WrongPassword: the old one is wrong, or was changed meanwhile.
            TooManyAttempts, Unavailable: see `sign_in`.
        """
        user = await self._store.user_with_password(username)
        refuse_weak(new, "new_password", username, "" if user is None else user["email"])
        with self._passwords.place():
            proof = await self._prove(username, user, old)
            hashed = await self._passwords.hash(new) if proof else ""
        if proof is not None:
            user, ended = proof.user, None
            who = f"user_{user['id']}"
            async with work.transaction() as connection:
                await self._sessions.take_turn(connection)
                if await self._store.set_password(connection, user["id"], hashed, user["password_hash"]):
                    await self._journal.note("password_changed", actor=who, subject=who, within=connection)
                    ended = await self._sessions.end_all_within(connection, user["id"], actor=who, keep=keep)
                    await proof.record(connection)
                    await self.links.drop(connection, "password_reset", user["id"])
                    await self._tell_owner(connection, user["id"])
            if ended is not None:
                self._sessions.tell(ended)
                return
        raise WrongPassword("old_password")

    async def confirm(self, username: str, password: str) -> Proof:
        """That a user who is signed in knows the password; a wrong one counts as an attempt to sign in.

        Raises:
            WrongPassword: it is wrong.
            TooManyAttempts, Unavailable: see `sign_in`.
        """
        with self._passwords.place():
            proof = await self._prove(username, await self._store.user_with_password(username), password)
        if proof is None:
            raise WrongPassword("password")
        return proof

    async def replace(
        self, work: Outbox, user: Owner, hashed: str, spend: Callable[[Connection], Awaitable[object]]
    ) -> None:
        """Another password for a user who proves to be it in another way: all sessions end, no guess counts, and no
        other e-mail address is pending any more.

        Args:
            work: mails the owner that it was changed.
            spend: takes the proof, in the same transaction, or raises.
        """
        who = f"user_{user['id']}"
        async with work.transaction() as connection:
            await self._sessions.take_turn(connection)
            await spend(connection)
            await self._store.set_password(connection, user["id"], hashed)
            await self._tell_owner(connection, user["id"])
            await self._journal.note("password_reset", actor="anonymous", subject=who, within=connection)
            ended = await self._sessions.end_all_within(connection, user["id"], actor="anonymous")
            await self.attempts.clear(connection, user["username"], user["id"])
        self._sessions.tell(ended)

    async def _tell_owner(self, connection: Transaction, user_id: UserId) -> None:
        """The side effects of a new password: a mail, to an address that is not about to be replaced."""
        await self._store.drop_pending_email(connection, user_id)
        if await self.attempts.may_tell(connection, user_id):
            owe(connection, "password_changed", user_id)

    async def _prove(self, username: str, user: UserWithPassword | None, password: str) -> Proof | None:
        attempt = await self.attempts.begin(username, None if user is None else user["id"])
        right = await self._passwords.verify(None if user is None else user["password_hash"], password)
        if right and user is not None:
            user_id = user["id"]
            return Proof(user, lambda within: self.attempts.succeed(within, attempt, user_id))
        async with self._database.transaction() as connection:
            # Never the name that was typed: it may be a password.
            subject = None if user is None else f"user_{user['id']}"
            await self._journal.note("denied", actor="anonymous", subject=subject, within=connection)
            if attempt.is_last:
                await self._journal.note("locked_out", actor="anonymous", subject=subject, within=connection)
        return None
