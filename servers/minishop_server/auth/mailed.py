"""What is proved by reading a mail: that an address is one's own, and, where the password is lost, who one is.

A mail is owed in the transaction that it is owed for, and goes out through Notifications whether or not that answers
now. The token in it is made when it is sent, so that what is stored until then holds no secret; each try makes another
one, and all of them hold, as nobody knows which mail arrived.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from ..kit.peers import Peers, ask
from ..kit.work import Task, Transaction, Work
from .blocklist import refuse_weak
from .credentials import Credentials
from .journal import Journal
from .links import SECONDS, Purpose, SpentLink
from .store import Store

SUBJECTS: dict[Purpose, str] = {
    "password_reset": "Reset your Minishop password",
    "email_verification": "Confirm your e-mail address",
}
BODIES: dict[Purpose, str] = {
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
}
PAGES: dict[Purpose, str] = {
    "password_reset": "/account/reset-password",
    "email_verification": "/account/verify-email",
}
CONFIRMED_BY: dict[Purpose, str] = {
    "password_reset": "send this token and the new password to POST /auth/password-reset/confirm",
    "email_verification": "send this token to POST /auth/email-verification/confirm",
}
"""For a shop without pages."""
NOBODY = 0


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

    def owe(self, connection: Transaction, purpose: Purpose, user_id: int) -> None:
        """A mail with a token, from the commit on."""
        key = f"{purpose}.{secrets.token_hex(8)}"
        connection.add("mail", key, {"purpose": purpose, "user_id": user_id})

    async def ask_reset(self, email: str) -> None:
        """Mail a token to whoever has this address.

        Whether somebody has is not to be seen: the same is read and written either way. It is a few mails an hour.
        """
        user = await self._store.user_of_email(email.lower())
        subject = None if user is None else f"user_{user['id']}"
        async with self.work.transaction() as connection:
            if await self._credentials.attempts.may_mail(connection, "password_reset", email.lower()):
                await self._journal.note("password_reset_asked", actor="anonymous", subject=subject, within=connection)
                self.owe(connection, "password_reset", NOBODY if user is None else user["id"])

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
        """Mail a token to the user's address; where it is verified, none."""
        user = await self._store.user(user_id)
        if user is not None and not user["email_verified"]:
            async with self.work.transaction() as connection:
                if await self._credentials.attempts.may_mail(connection, "email_verification", user["email"]):
                    self.owe(connection, "email_verification", user_id)

    async def verify(self, token: str) -> None:
        """The address that the token was mailed to is its user's.

        Raises:
            SpentLink: the token does not hold, or the user has another address now.
        """
        async with self._store.database.transaction() as connection:
            link = await self._credentials.links.spend(connection, "email_verification", token)
            if not await self._store.verify_email(connection, link["user_id"], link["email"]):
                raise SpentLink
            who = f"user_{link['user_id']}"
            await self._journal.note("email_verified", actor="anonymous", subject=who, within=connection)

    async def _mail(self, task: Task) -> None:
        """Make a token and mail it; for nobody, and for an address that was verified meanwhile, nothing."""
        purpose: Purpose = task.payload["purpose"]
        user = await self._store.user(task.payload["user_id"])
        if user is None or (purpose == "email_verification" and user["email_verified"]):
            return
        token = await self._credentials.links.mint(purpose, user["id"], user["email"])
        shop = self._peers.anonymous.with_token(await self._own_token())
        await ask(
            shop.notifications.send_notification(
                recipient=user["email"],
                subject=SUBJECTS[purpose],
                body=self._body(purpose, user["username"], token),
                idempotency_key=f"AUTH-{task.key}.{task.attempts}",
            )
        )

    def _body(self, purpose: Purpose, username: str, token: str) -> str:
        """The text of a mail.

        The link begins with the configured address, as a header of a request could name a page of somebody else. Its
        token is in the fragment, which a browser sends to no server: it appears in no log and in no `Referer`.
        """
        how, shown = CONFIRMED_BY[purpose], token
        if self._public_url is not None:
            how, shown = "open this link", f"{self._public_url}{PAGES[purpose]}#token={token}"
        return BODIES[purpose].format(username=username, how=how, token=shown, minutes=SECONDS // 60)
