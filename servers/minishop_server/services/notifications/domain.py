"""The rules of Notifications: a message under a key goes out once."""

from __future__ import annotations

import re
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime
from typing import cast

from ...kit.clock import DAY, moment, now_as_datetime, unix_time
from ...kit.idempotency import digest, require_same
from ...kit.metrics import Counter
from ...kit.outbox import Finish, Job, Outbox, Transaction
from ...kit.problems import NotFound
from .errors import TextDeleted
from .mailer import Mailer, MailRefused
from .rows import Message, NotificationRow
from .store import Store

PATIENCE = 5.0
"""Seconds that a request waits for its message to be out."""
LONGEST_LINE = 998
"""Characters of a line of a mail (RFC 5321, section 4.5.3.1.6)."""
BREAKOUT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
ENCODED = "=?"
"""Begins an encoded word (RFC 2047), which some mail programs decode wherever it stands, even to a line break."""
NO_ADDRESS = re.compile(r'[^!-~]|[(),:;<>\[\\\]"]|=\?.*\?=')
OUTCOMES = Counter(
    "minishop_mails_total",
    "Mails by outcome: taken by the mail server, refused by it, or put off until the next try.",
    ("outcome",),
    ("sent", "refused", "put_off"),
)
UTF8 = Charset("utf-8")
UTF8.body_encoding = QP


class Notifications:
    """E-mail."""

    def __init__(self, store: Store, mailer: Mailer, sender: str) -> None:
        self.database = store.database
        self.work = Outbox(store.database, {"deliver": self._deliver})
        self._store = store
        self._mailer = mailer
        self._sender = sender

    async def send(self, recipient: str, subject: str, body: str, key: str | None) -> tuple[NotificationRow, bool]:
        """The message, which is sent in any case, and whether it was there before.

        Its status is `sent` where the mail server took it at once, `failed` where it was refused for good, else
        `pending`.

        Raises:
            KeyReused: another message has the key.
            ValueError: the subject or the recipient could break out of its header; the document refuses both.
        """
        message: Message = {"recipient": recipient, "subject": subject, "body": body}
        _refuse_breakout(recipient, subject)
        request_hash = digest(recipient, subject, body)
        async with self.work.transaction() as connection:
            row, new = await self._store.open(connection, recipient, subject, key, request_hash)
            if new:
                connection.add("deliver", str(row["id"]), dict(message))
        require_same(row["request_hash"], request_hash, "message")
        return await self._delivered(row), not new

    async def resend(self, notification: int) -> NotificationRow:
        """The message, sent again if it had failed.

        Raises:
            NotFound: there is none of that number.
            TextDeleted: the message failed so long ago that its text is deleted.
        """
        async with self.work.transaction() as connection:
            message = await self._store.retry(connection, notification)
            if message is not None:
                connection.add("deliver", str(notification), dict(message))
        if message is None and await self._store.is_without_text(notification):
            raise TextDeleted
        row = await self._store.notification(notification)
        if row is None:
            raise NotFound(f"There is no message {notification}.")
        return await self._delivered(row)

    async def _delivered(self, row: NotificationRow) -> NotificationRow:
        """The message once it is out, or as it is when patience ends."""
        if row["status"] != "pending":
            return row
        job = await self.work.wait("deliver", str(row["id"]), PATIENCE)
        if job is not None and job.result is not None:
            return cast(NotificationRow, job.result)
        found = await self._store.notification(row["id"])  # also where another request's was out before we waited
        assert found is not None
        return found

    async def forget_old(self, days: int) -> None:
        """Delete the texts and digests of messages that are older than so many days."""
        await self._store.forget_texts(moment(unix_time() - days * DAY))

    async def notifications(self, limit: int, before: int | None, **filters: str | None) -> list[NotificationRow]:
        """Messages that match the filters of `Store.notifications`, the newest first."""
        return await self._store.notifications(limit, before, **filters)

    async def _deliver(self, job: Job) -> Finish:
        message: Message = job.payload
        notification = int(job.key)
        request_hash = digest(message["recipient"], message["subject"], message["body"])
        name = f"{job.key}.{request_hash[:16]}.minishop"
        refused = None
        try:
            await self._mailer.send(name, self._sender, message["recipient"], self._mail(name, message))
        except MailRefused as refusal:
            refused = refusal
        except Exception:
            OUTCOMES.add("put_off")
            raise

        async def record(connection: Transaction) -> NotificationRow | None:
            connection.count(OUTCOMES, "sent" if refused is None else "refused")
            if refused is None:
                return await self._store.sent(connection, notification)
            return await self._store.failed(connection, notification, str(refused), message["body"])

        return record

    def _mail(self, name: str, message: Message) -> bytes:
        """The mail in its format for the network (RFC 5322).

        A text with long lines or other characters than ASCII is quoted-printable.
        """
        recipient, subject, body = message["recipient"], message["subject"], message["body"]
        _refuse_breakout(recipient, subject)
        plain = body.isascii() and max(map(len, body.splitlines()), default=0) <= LONGEST_LINE
        headers = {
            "Content-Type": "text/plain" if plain else 'text/plain; charset="utf-8"',
            "Content-Transfer-Encoding": "7bit" if plain else "quoted-printable",
            "MIME-Version": "1.0",
            "From": self._sender,
            "To": recipient,
            "Subject": Header(subject, None if subject.isascii() else UTF8).encode(),
            "Date": format_datetime(now_as_datetime()),
            "Message-ID": f"<{name}@{self._sender.rpartition('@')[2]}>",
        }
        written = [f"{name}: {value}" for name, value in headers.items()]
        text = f"{body}\n" if plain else UTF8.body_encode(f"{body}\n")
        return "\n".join([*written, "", text]).encode("ascii")


def _refuse_breakout(recipient: str, subject: str) -> None:
    """Let no text into a header that a mail program could read as another header.

    Raises:
        ValueError: there is a line break, or the mark of an encoded word, which can decode to one, or the recipient is
            no address that needs no quotes.
    """
    if ENCODED in subject or BREAKOUT.search(subject) or NO_ADDRESS.search(recipient):
        raise ValueError("The subject or the recipient could break out of its header.")
