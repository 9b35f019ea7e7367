"""The rules of Notifications: a message under a key goes out once."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from ..kit.database import Row
from ..kit.problems import FieldError, Unprocessable
from .mailer import Mailer
from .store import Store


class KeyReused(Unprocessable):
    """The key belongs to another message."""

    code, title = "idempotency_key_reused", "The Idempotency-Key belongs to another request"


class Notifications:
    """E-mail."""

    def __init__(self, store: Store, mailer: Mailer, sender: str) -> None:
        self.database = store.database
        self._store = store
        self._mailer = mailer
        self._sender = sender

    async def send(self, recipient: str, subject: str, body: str, key: str | None) -> tuple[Row, bool]:
        """The message once it is out, and whether it had been before.

        Raises:
            KeyReused: another message has the key.
            Unavailable: the mail server does not take it now; the same call may be repeated.
        """
        request = json.dumps([recipient, subject, body])
        request_hash = hashlib.sha256(request.encode()).hexdigest()
        row, new = await self._store.open(recipient, subject, key, request_hash)
        if row["request_hash"] != request_hash:
            error = FieldError("header", "/Idempotency-Key", "reused", "is that of another message")
            raise KeyReused("Take a new key for a new message.", errors=[error])
        if row["status"] == "sent":
            return row, True
        name = f"{row['id']}.{request_hash[:16]}.minishop"
        await self._mailer.send(name, self._message(name, recipient, subject, body))
        return await self._store.sent(row["id"]), not new

    async def notifications(self, limit: int, before: int | None, recipient: str | None) -> list[Row]:
        """What was sent, the newest first."""
        return await self._store.notifications(limit, before, recipient)

    def _message(self, name: str, recipient: str, subject: str, body: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = recipient
        message["Subject"] = subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{name}@{self._sender.rpartition('@')[2]}>"
        message.set_content(body)
        return message
