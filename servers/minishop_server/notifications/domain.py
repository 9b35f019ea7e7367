"""The rules of Notifications: a message under a key goes out once."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from ..kit.database import Row
from ..kit.problems import FieldError, Unprocessable
from ..kit.values import digest
from ..kit.work import Finish, Task, Transaction, Work
from .mailer import Mailer
from .store import Store

PATIENCE = 5.0
"""Seconds that a request waits for its message to be out."""


class KeyReused(Unprocessable):
    """The key belongs to another message."""

    code, title = "idempotency_key_reused", "The Idempotency-Key belongs to another request"


class Notifications:
    """E-mail."""

    def __init__(self, store: Store, mailer: Mailer, sender: str) -> None:
        self.database = store.database
        self.work = Work(store.database, {"deliver": self._deliver})
        self._store = store
        self._mailer = mailer
        self._sender = sender

    async def send(self, recipient: str, subject: str, body: str, key: str | None) -> tuple[Row, bool]:
        """The message, which goes out whatever happens, and whether it was there before.

        Its status is `sent` where the mail server took it at once, else `pending`.

        Raises:
            KeyReused: another message has the key.
            ValueError: a line of the message would become a header; the document lets none through.
        """
        message = {"recipient": recipient, "subject": subject, "body": body}
        self._message("checked", **message)
        request_hash = digest(recipient, subject, body)
        async with self.work.transaction() as connection:
            row, new = await self._store.open(connection, recipient, subject, key, request_hash)
            if new:
                connection.add("deliver", str(row["id"]), message)
        if row["request_hash"] != request_hash:
            error = FieldError("header", "/Idempotency-Key", "reused", "is that of another message")
            raise KeyReused("Take a new key for a new message.", errors=[error])
        if row["status"] == "pending":
            await self.work.wait("deliver", str(row["id"]), PATIENCE)
            row = await self._store.notification(row["id"])  # also where another request's was out before we waited
        return row, not new

    async def notifications(
        self, limit: int, before: int | None, recipient: str | None, key_prefix: str | None = None
    ) -> list[Row]:
        """What was sent, the newest first."""
        return await self._store.notifications(limit, before, recipient, key_prefix)

    async def _deliver(self, task: Task) -> Finish:
        message = task.payload
        request_hash = digest(message["recipient"], message["subject"], message["body"])
        name = f"{task.key}.{request_hash[:16]}.minishop"
        await self._mailer.send(name, self._message(name, **message))

        async def record(connection: Transaction) -> None:
            await self._store.sent(connection, int(task.key))

        return record

    def _message(self, name: str, recipient: str, subject: str, body: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = recipient
        message["Subject"] = subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{name}@{self._sender.rpartition('@')[2]}>"
        message.set_content(body)
        return message
