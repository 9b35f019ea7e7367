"""What is proved by reading a mail: that an address is one's own, and, where the password is lost, who one is.

Another address of an account is pending until a token that was mailed to it comes back. Whether it belongs to another
account is not told: its owner is, by a mail in place of the token.

All that is read, written and sent is the same whether or not an account has an address, later work included: a mail to
nobody is made and sent like any other, to a domain that does not exist and where Notifications drops it.

A mail is owed in the transaction that it is owed for, and goes out through Notifications whether or not that answers
now. The token in it is made when it is sent, so that what is stored until then holds no secret; each try makes another
one, and all of them hold, as nobody knows which mail arrived.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Literal

from ..kit.database import Row
from ..kit.peers import Peers, ask
from ..kit.problems import Conflict, FieldError, Forbidden
from ..kit.work import Task, Transaction, Work
from .attempts import TooManyMails
from .blocklist import refuse_weak
from .credentials import Credentials
from .journal import Event, Journal
from .links import SECONDS, SpentLink
from .store import Store

Letter = Literal["password_reset", "email_verification", "email_taken", "email_change_asked", "email_changed"]
"""A kind of mail; the first two hold a token of the purpose."""
SUBJECTS: dict[Letter, str] = {
    "password_reset": "Reset your Minishop password",
    "email_verification": "Confirm your e-mail address",
    "email_taken": "Your e-mail address has an account already",
    "email_change_asked": "Your e-mail address is to be replaced",
    "email_changed": "Your e-mail address was replaced",
}
BODIES: dict[Letter, str] = {
    "password_reset": (
        "Someone, probably you, asked to reset the password of the Minishop account {username}.\n"
        "To choose a new password, {how}:\n\n"
        "{token}\n\n"
        "It works once, and expires in {minutes} minutes. If you did not ask for it, do nothing: your password stays"
        " as it is."
    ),
    "email_verification": (
        "Someone, probably you, uses this address for the Minishop account {username}.\n"
        "To confirm that the address is yours, {how}:\n\n"
        "{token}\n\n"
        "It works once, and expires in {minutes} minutes. If the account is not yours, do nothing."
    ),
    "email_taken": (
        "Someone, probably you, asked to use this address for another Minishop account. It belongs to the account"
        " {username}, so nothing changes.\n\n"
        "If it was you, sign in as {username}, or reset the password of that account. If not, do nothing."
    ),
    "email_change_asked": (
        "Someone, probably you, asked to replace this address of the Minishop account {username}.\n"
        "It stays as it is until the other address is confirmed.\n\n"
        "If it was not you, change your password now: that ends the change."
    ),
    "email_changed": (
        "The Minishop account {username} has another e-mail address now. Mails about it go there.\n\n"
        "If it was not you, write to the shop."
    ),
}
PAGES: dict[Letter, str] = {
    "password_reset": "/account/reset-password",
    "email_verification": "/account/verify-email",
}
CONFIRMED_BY: dict[Letter, str] = {
    "password_reset": "send this token and the new password to POST /auth/password-reset/confirm",
    "email_verification": "send this token to POST /auth/email-verification/confirm",
}
"""For a shop without pages."""
NOBODY: Row = {"id": 0, "username": "nobody", "email": "nobody@minishop.invalid", "email_verified": 0}
"""Stands for the account that no address has; the top-level domain never exists (RFC 2606)."""


class PasswordRequired(Forbidden):
    """What decides who may reset the password needs more than a token."""

    code, title = "password_required", "The password is required"

    def __init__(self) -> None:
        error = FieldError("body", "/password", "required", "is required to replace the e-mail address")
        super().__init__("Send the password of the account too.", errors=[error])


class Mailed:
    """Lost passwords and e-mail addresses.

    Args:
        store: of Auth.
        credentials: what a lost password is replaced in.
        journal: the audit log.
        peers: Notifications.
        own_token: what Auth calls it with; it can sign its own.
        public_url: the address of the pages that links lead to; without one, mails carry the bare token.
    """

    def __init__(
        self,
        store: Store,
        credentials: Credentials,
        journal: Journal,
        peers: Peers,
        own_token: Callable[[], Awaitable[str]],
        public_url: str | None,
    ) -> None:
        self.work = Work(store.database, {"mail": self._mail})
        self._store, self._credentials, self._journal = store, credentials, journal
        self._peers, self._own_token = peers, own_token
        self._public_url = public_url

    def owe(self, connection: Transaction, letter: Letter, user_id: int, to: str | None = None) -> None:
        """A mail, from the commit on, to the address that the account has then, or to another one."""
        key = f"{letter}.{secrets.token_hex(8)}"
        connection.add("mail", key, {"purpose": letter, "user_id": user_id, "to": to})

    async def ask_change(self, user: Row, email: str, address: str | None, password: str | None) -> Row | None:
        """The account, edited, with another e-mail address pending; the addresses of now and of then are mailed. None
        where it has another version by now.

        An address that another account has is taken alike: its owner is told by the mail, and nobody else.

        Raises:
            PasswordRequired: there is no password.
            WrongPassword, TooManyAttempts, Unavailable: see `Credentials.confirm`.
            TooManyMails: the account has asked for as many as it may.
        """
        if password is None:
            raise PasswordRequired
        proof = await self._credentials.confirm(user["username"], password)
        attempts, user_id, who = self._credentials.attempts, user["id"], f"user_{user['id']}"
        edited: Row | None = None
        async with self.work.transaction() as connection:
            await proof.record(connection)
            wait = await attempts.wait_to_ask(connection, user_id)
            if not wait:
                edited = await self._store.update_user(connection, user_id, user["version"], email, address)
            if edited is not None and edited["pending_email"] == email:
                await self._journal.note("email_change_asked", actor=who, subject=who, within=connection)
                self.owe(connection, "email_change_asked", user_id, edited["email"])
                if await attempts.may_mail(connection, email):
                    self.owe(connection, "email_verification", user_id, email)
        if wait:
            raise TooManyMails(wait)
        return edited

    async def ask_reset(self, email: str) -> None:
        """Mail a token to whoever has this address.

        Whether somebody has is not to be seen: the same is read, written and sent either way.
        """
        user = await self._store.user_of_email(email.lower())
        subject = None if user is None else f"user_{user['id']}"
        async with self.work.transaction() as connection:
            if await self._credentials.attempts.may_mail(connection, email.lower()):
                await self._journal.note("password_reset_asked", actor="anonymous", subject=subject, within=connection)
                self.owe(connection, "password_reset", (user or NOBODY)["id"])

    async def reset(self, token: str, password: str) -> None:
        """Another password for whom the token was mailed to; all sessions end, and nobody is locked out any more.

        Raises:
            SpentLink: the token does not hold.
            WeakPassword: the password would be guessed; the token holds on.
            Unavailable: too many wait for their hash.
        """
        links = self._credentials.links
        user = await links.holder("password_reset", token)
        refuse_weak(password, "password", user["username"], user["email"])
        hashed = await self._credentials.hash(password)
        await self._credentials.replace(user, hashed, lambda within: links.spend(within, "password_reset", token))

    async def ask_verification(self, user_id: int) -> None:
        """Mail a token to the user's pending address, or else to the present one; where that is verified, none.

        Raises:
            TooManyMails: the account has asked for as many as it may.
        """
        user, wait = await self._store.user(user_id), 0
        if user is not None and (user["pending_email"] or not user["email_verified"]):
            async with self.work.transaction() as connection:
                wait = await self._credentials.attempts.wait_to_ask(connection, user_id)
                to = user["pending_email"] or user["email"]
                if not wait and await self._credentials.attempts.may_mail(connection, to):
                    self.owe(connection, "email_verification", user_id, user["pending_email"])
        if wait:
            raise TooManyMails(wait)

    async def verify_address(self, token: str) -> None:
        """The address that the token was mailed to is its user's; one that was pending becomes the account's.

        Raises:
            SpentLink: the token does not hold, the user has another address now, or another account has this one.
        """
        with suppress(Conflict):
            async with self.work.transaction() as connection:
                link = await self._credentials.links.spend(connection, "email_verification", token)
                user_id, who = link["user_id"], f"user_{link['user_id']}"
                before = await self._store.verify_email(connection, user_id, link["email"])
                if before is None:
                    raise SpentLink
                event: Event = "email_verified" if before == link["email"] else "email_changed"
                await self._journal.note(event, actor="anonymous", subject=who, within=connection)
                if event == "email_changed":
                    self.owe(connection, "email_changed", user_id, before)
            return
        raise SpentLink

    async def _mail(self, task: Task) -> None:
        """Make a mail, with a new token where it holds one; for an address that was verified meanwhile, nothing."""
        letter: Letter = task.payload["purpose"]
        user, to = await self._store.user(task.payload["user_id"]) or NOBODY, task.payload.get("to")
        username, token = user["username"], ""
        if letter == "password_reset":
            token = await self._credentials.links.mint(letter, user["id"], user["email"])
        elif letter == "email_verification":
            if user["email_verified"] if to is None else user["pending_email"] != to:
                return
            token = await self._credentials.links.mint(letter, user["id"], to or user["email"])
            owner = await self._store.user_of_email(to or user["email"]) or user
            if owner["id"] != user["id"]:  # the token is not told
                letter, username = "email_taken", owner["username"]
        shop = self._peers.anonymous.with_token(await self._own_token())
        await ask(
            shop.notifications.send_notification(
                recipient=to or user["email"],
                subject=SUBJECTS[letter],
                body=self._body(letter, username, token),
                idempotency_key=f"AUTH-{task.key}.{task.attempts}",
            )
        )

    def _body(self, letter: Letter, username: str, token: str) -> str:
        """The text of a mail.

        The link begins with the configured address, as a header of a request could name a page of somebody else. Its
        token is in the fragment, which a browser sends to no server: it appears in no log and in no `Referer`.
        """
        how, shown = CONFIRMED_BY.get(letter), token
        if self._public_url is not None and letter in PAGES:
            how, shown = "open this link", f"{self._public_url}{PAGES[letter]}#token={token}"
        return BODIES[letter].format(username=username, how=how, token=shown, minutes=SECONDS // 60)
