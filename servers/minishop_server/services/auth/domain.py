"""The rules of Auth: accounts and sign-in."""

from __future__ import annotations

from typing import Literal

from ...kit.database import Numbers
from ...kit.etags import Condition, stale
from ...kit.ids import SessionId, UserId
from ...kit.peers import Peers
from ...kit.problems import FieldError, NotFound, Unauthorized
from .access_tokens import AccessTokens
from .audit_log.domain import AuditLog
from .errors import LastAdmin, Taken, WrongCredentials
from .issuer import OwnIssuer
from .mails.domain import Mailed
from .mails.letters import owe
from .passwords.blocklist import refuse_weak
from .passwords.domain import Credentials
from .rows import Role, UserRow
from .service_accounts.domain import ServiceAccounts
from .sessions.domain import Grant, Sessions
from .settings import Settings
from .signing_keys.domain import Jwk, SigningKeys
from .store import Store


class Auth:
    """Accounts.

    Args:
        store: its SQL.
        keys: the keys that sign tokens.
        clients: the accounts of services.
        settings: those of the process that Auth reads.
        peers: Notifications, through which links are mailed.

    Attributes:
        journal: the audit log.
        tokens: access tokens.
        sessions: the sessions of logins.
        issuer: where Auth's own verifier reads.
        credentials: passwords.
        mailed: lost passwords, and e-mail addresses.
    """

    def __init__(
        self,
        store: Store,
        keys: SigningKeys,
        clients: ServiceAccounts,
        settings: Settings,
        peers: Peers,
        numbers: Numbers,
    ) -> None:
        self.numbers = numbers
        self.database = store.database
        self.keys = keys
        self._store = store
        self.journal = AuditLog(store.database)
        self._audit_days = settings.auth.audit_days
        self.tokens = AccessTokens(keys, clients)
        self.sessions = Sessions(store.database, self.journal, self.tokens, keys, settings.auth, settings.token_seconds)
        self.issuer = OwnIssuer(keys, self.sessions)
        self.credentials = Credentials(store, settings.auth, self.journal, self.sessions)
        self.mailed = Mailed(store, self.credentials, self.journal, peers, self.tokens, settings.public_url)
        self.work = self.mailed.work

    async def sign_up(self, username: str, email: str, password: str, address: str | None = None) -> UserRow:
        """A new customer, who is mailed a token to confirm the address with.

        Raises:
            Taken: the name or the e-mail address is in use.
            WeakPassword: the password would be guessed.
        """
        return await self._add(username, email, password, address, "customer", "anonymous")

    async def register(
        self,
        username: str,
        email: str,
        password: str,
        address: str | None = None,
        role: Role = "customer",
    ) -> UserRow:
        """A new account of any role, as an operator makes it: nothing is mailed.

        Raises:
            Taken, WeakPassword: see `sign_up`.
        """
        return await self._add(username, email, password, address, role, "operator")

    async def _add(
        self, username: str, email: str, password: str, address: str | None, role: Role, actor: str
    ) -> UserRow:
        email = email.lower()
        refuse_weak(password, "password", username, email)
        await self._refuse_taken(username, email)
        hashed = await self.credentials.hash(password)
        async with self.work.transaction() as connection:
            user = await self._store.add_user(connection, username, email, hashed, role, address)
            if user is not None:
                subject = f"user_{user['id']}"
                await self.journal.note("registered", actor=actor, subject=subject, within=connection)
                if actor == "anonymous" and await self.credentials.attempts.may_mail(connection, email):
                    owe(connection, "email_verification", user["id"])
        if user is None:  # another request was faster
            await self._refuse_taken(username, email)
            raise Taken
        return user

    async def _refuse_taken(self, username: str, email: str) -> None:
        taken = await self._store.taken(username, email)
        errors = [
            FieldError("body", f"/{field}", "taken", "is in use")
            for field in ("username", "email")
            if taken is not None and taken[field]
        ]
        if errors:
            raise Taken("Choose another one.", errors=errors)

    async def has_user(self, username: str) -> bool:
        """Whether there is an account of this name."""
        return await self._store.user_with_password(username) is not None

    async def login(self, username: str, password: str) -> Grant:
        """The tokens of a new session.

        Raises:
            WrongCredentials: no such user, another password, or a disabled account.
            TooManyAttempts, Unavailable: see `Credentials.sign_in`.
        """
        proof = await self.credentials.sign_in(username, password)
        granted = None if proof is None else await self.sessions.start(proof.user, proof.record)
        if granted is None:
            raise WrongCredentials("Check both and try again.")
        return granted

    async def change_password(self, user_id: UserId, old: str, new: str, keep: SessionId | None = None) -> None:
        """Another password for the caller; their sessions end, but the one to keep.

        Raises:
            Unauthorized: the account is gone.
            WeakPassword, WrongPassword, TooManyAttempts, Unavailable: see `Credentials.change`.
        """
        user = await self.me(user_id)
        await self.credentials.change(self.work, user["username"], old, new, keep)

    async def users(self, limit: int, after: int | None) -> list[UserRow]:
        """All accounts, by number."""
        return await self._store.users(limit, after)

    async def user(self, user_id: UserId) -> UserRow:
        """Any account.

        Raises:
            NotFound: there is none of this number.
        """
        user = await self._store.user(user_id)
        if user is None:
            raise NotFound("There is no such account.")
        return user

    async def update_user(
        self, admin_id: UserId, user_id: UserId, expected: Condition, role: Role | None, disabled: bool | None
    ) -> UserRow:
        """An account, edited by an admin; None keeps a value. Another role, or being disabled, ends all its sessions.

        Raises:
            NotFound: there is none of this number.
            PreconditionFailed: it has another version by now.
            LastAdmin: no other admin would be left.
        """
        user = None
        while user is None:
            before = await self.user(user_id)
            if not expected.takes((before["version"],)):
                raise stale()
            user = await self._set_rights(admin_id, before, role, disabled)
        return user

    async def _set_rights(
        self, admin_id: UserId, before: UserRow, role: Role | None, disabled: bool | None
    ) -> UserRow | None:
        """The edited account, or None if it was edited meanwhile."""
        user_id = before["id"]
        actor, subject, ended = f"user_{admin_id}", f"user_{user_id}", list[SessionId]()
        async with self.database.transaction() as connection:
            await self.sessions.take_turn(connection)  # or else two admins could demote each other
            user = await self._store.set_rights(connection, user_id, before["version"], role, disabled)
            if user is None:
                return None
            if not await self._store.has_admin(connection):
                raise LastAdmin("Make another user an admin first.")
            if user["role"] != before["role"]:
                await self.journal.note("role_changed", actor=actor, subject=subject, within=connection)
            if user["disabled"] != before["disabled"]:
                event: Literal["disabled", "enabled"] = "disabled" if user["disabled"] else "enabled"
                await self.journal.note(event, actor=actor, subject=subject, within=connection)
            if user["disabled"] or user["role"] != before["role"]:
                ended = await self.sessions.end_all_within(connection, user_id, actor=actor)
        self.sessions.tell(ended)
        return user

    async def me(self, user_id: UserId) -> UserRow:
        """The caller's account.

        Raises:
            Unauthorized: the account is gone, though the token still holds.
        """
        user = await self._store.user(user_id)
        if user is None:
            raise Unauthorized("The account is gone.", challenge='Bearer error="invalid_token"')
        return user

    async def update_me(
        self, user_id: UserId, expected: Condition, email: str | None, address: str | None, password: str | None = None
    ) -> UserRow:
        """The caller's account, edited; None keeps a value. Another e-mail address waits until it is confirmed.

        Raises:
            PreconditionFailed: this is no longer its version.
            PasswordRequired, WrongPassword, TooManyAttempts, TooManyMails, Unavailable: see `Mailed.ask_change`.
        """
        edited = None
        while edited is None:
            user = await self.me(user_id)
            if not expected.takes((user["version"],)):
                raise stale()
            if email is not None:
                edited = await self.mailed.ask_change(user, email.lower(), address, password)
            else:
                async with self.database.transaction() as connection:
                    edited = await self._store.update_user(connection, user_id, user["version"], None, address)
        return edited

    async def public_keys(self) -> list[Jwk]:
        """The JWK set (RFC 7517) that tokens are verified with."""
        return await self.keys.published()

    async def clean(self) -> None:
        """Delete expired rows."""
        await self.credentials.attempts.clean()
        await self.credentials.links.clean()
        await self.sessions.forget_old()
        await self.journal.forget_old(self._audit_days)
