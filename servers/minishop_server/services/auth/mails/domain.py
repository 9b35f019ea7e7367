"""Proofs by mail: of an e-mail address, and of the owner of a lost password.

Another address of an account is pending until a token that was mailed to it comes back. Whether it belongs to another
account is not told: its owner is, by a mail in place of the token.

The statements and mails are the same whether or not an account has an address, later work included: a mail to
a missing account is made and sent like any other, to a domain that does not exist and where Notifications drops it.

A mail is a job of the transaction that causes it, and goes out through Notifications whether or not that answers
now. The token in it is made when it is sent, so that the job holds no secret; each try makes another
one, and all of them are valid, because the arriving one is unknown.
"""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import suppress

from ....kit.database import Connection
from ....kit.ids import UserId
from ....kit.outbox import Job, Outbox
from ....kit.peers import Peers, ask
from ....kit.problems import Conflict
from ..access_tokens import AccessTokens
from ..audit_log.domain import AuditLog
from ..audit_log.store import Event
from ..errors import PasswordRequired, SpentLink, TooManyMails
from ..lockout.domain import MAILS
from ..passwords.blocklist import refuse_weak
from ..passwords.domain import Credentials
from ..rows import Addressee, UserRow
from ..store import Store
from .letters import SUBJECTS, Owed, owe, text_of

NOBODY: Addressee = {
    "id": UserId(0),
    "username": "nobody",
    "email": "nobody@minishop.invalid",
    "email_verified": 0,
    "pending_email": None,
}
"""Stands for an account if no account has the address.

Its top-level domain never exists (RFC 2606).
"""


class Mailed:
    """Lost passwords and e-mail addresses.

    Args:
        store: of Auth.
        credentials: the passwords.
        journal: the audit log.
        peers: Notifications.
        tokens: issues the token with which Auth calls it.
        public_url: the address of the pages that links lead to; without one, mails carry the bare token.
    """

    def __init__(
        self,
        store: Store,
        credentials: Credentials,
        journal: AuditLog,
        peers: Peers,
        tokens: AccessTokens,
        public_url: str | None,
    ) -> None:
        self.work = Outbox(store.database, {"mail": self._mail})
        self._store, self.credentials, self._journal = store, credentials, journal
        self._peers, self._tokens = peers, tokens
        self._public_url = public_url

    async def ask_change(self, user: UserRow, email: str, address: str | None, password: str | None) -> UserRow | None:
        """The account, edited, with another e-mail address pending; the addresses of now and of then are mailed. None
        where it has another version by now.

        An address of another account is accepted alike: only its owner is told, by the mail.

        Raises:
            PasswordRequired: there is no password.
            WrongPassword, TooManyAttempts, Unavailable: see `Credentials.confirm`.
            TooManyMails: the account has asked for as many as it may.
        """
        if password is None:
            raise PasswordRequired
        proof = await self.credentials.confirm(user["username"], password)
        attempts, user_id, who = self.credentials.attempts, user["id"], f"user_{user['id']}"
        edited: UserRow | None = None
        async with self.work.transaction() as connection:
            await proof.record(connection)
            wait = await attempts.wait_to_ask(connection, user_id)
            if not wait:
                edited = await self._store.update_user(connection, user_id, user["version"], email, address)
            if edited is not None and edited["pending_email"] == email:
                await self._journal.note("email_change_asked", actor=who, subject=who, within=connection)
                owe(connection, "email_change_asked", user_id, edited["email"])
                if await attempts.may_mail(connection, email):
                    owe(connection, "email_verification", user_id, email)
        if wait:
            raise TooManyMails(MAILS, wait)
        return edited

    async def ask_reset(self, email: str) -> None:
        """Mail a token to the owner of this address, if there is one.

        Whether there is one is not visible: the same is read, written and sent either way.
        """
        user = await self._store.user_of_email(email.lower())
        subject = None if user is None else f"user_{user['id']}"
        async with self.work.transaction() as connection:
            if await self.credentials.attempts.may_mail(connection, email.lower()):
                await self._journal.note("password_reset_asked", actor="anonymous", subject=subject, within=connection)
                owe(connection, "password_reset", (user or NOBODY)["id"])

    async def reset(self, token: str, password: str) -> None:
        """Another password for the owner of the token; all sessions end, and the lockout ends.

        Raises:
            SpentLink: the token does not hold.
            WeakPassword: the password would be guessed; the token holds on.
            Unavailable: too many wait for their hash.
        """
        links = self.credentials.links
        user = await links.holder("password_reset", token)
        refuse_weak(password, "password", user["username"], user["email"])
        hashed = await self.credentials.hash(password)

        def spend(within: Connection) -> Awaitable[object]:
            return links.spend(within, "password_reset", token)

        await self.credentials.replace(self.work, user, hashed, spend)

    async def ask_verification(self, user_id: UserId) -> None:
        """Mail a token to the user's pending address, or else to the present one; where that is verified, none.

        Raises:
            TooManyMails: the account has asked for as many as it may.
        """
        user, wait = await self._store.user(user_id), 0
        if user is not None and (user["pending_email"] or not user["email_verified"]):
            async with self.work.transaction() as connection:
                wait = await self.credentials.attempts.wait_to_ask(connection, user_id)
                to = user["pending_email"] or user["email"]
                if not wait and await self.credentials.attempts.may_mail(connection, to):
                    owe(connection, "email_verification", user_id, user["pending_email"])
        if wait:
            raise TooManyMails(MAILS, wait)

    async def verify_address(self, token: str) -> None:
        """The address that the token was mailed to is its user's; one that was pending becomes the account's.

        Raises:
            SpentLink: the token does not hold, the user has another address now, or another account has this one.
        """
        with suppress(Conflict):
            async with self.work.transaction() as connection:
                link = await self.credentials.links.spend(connection, "email_verification", token)
                user_id, who = link["user_id"], f"user_{link['user_id']}"
                before = await self._store.verify_email(connection, user_id, link["email"])
                if before is None:
                    raise SpentLink
                event: Event = "email_verified" if before == link["email"] else "email_changed"
                await self._journal.note(event, actor="anonymous", subject=who, within=connection)
                if event == "email_changed":
                    owe(connection, "email_changed", user_id, before)
            return
        raise SpentLink

    async def _mail(self, job: Job) -> None:
        """Send a mail, with a new token if it contains one.

        If the address was verified meanwhile, no verification mail is sent.
        """
        owed: Owed = job.payload
        letter, to = owed["purpose"], owed["to"]
        user = await self._store.user(owed["user_id"]) or NOBODY
        username, token = user["username"], ""
        if letter == "password_reset":
            token = await self.credentials.links.mint(letter, user["id"], user["email"])
        elif letter == "email_verification":
            if user["email_verified"] if to is None else user["pending_email"] != to:
                return
            token = await self.credentials.links.mint(letter, user["id"], to or user["email"])
            owner = await self._store.user_of_email(to or user["email"]) or user
            if owner["id"] != user["id"]:  # the token is not told
                letter, username = "email_taken", owner["username"]
        shop = self._peers.anonymous.with_token(await self._tokens.for_notifications())
        await ask(
            shop.notifications.send_notification(
                recipient=to or user["email"],
                subject=SUBJECTS[letter],
                body=text_of(letter, username, token, self._public_url),
                idempotency_key=f"AUTH-{job.key}.{job.attempts}",
            )
        )
