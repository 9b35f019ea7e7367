"""Mail through a mail server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from minishop_server.hosting.service import Service
from minishop_server.kit import background
from minishop_server.kit.outbox import worker
from minishop_server.services.settings import Settings
from tests.support.mail_server import OnFreePort

MESSAGE = ("user@example.com", "Bestellung – 49,99 €", "Grüße\n.\nEnd")


class Inbox:
    """The messages of a mail server, and whether it accepts any."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answer = "250 OK"
        self.answer_to_recipient = self.answer_to_sender = "250 OK"
        self.tries = 0

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.tries += 1
        envelope.mail_from = address
        return self.answer_to_sender

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.answer


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def mail_server(inbox: Inbox) -> Iterator[Controller]:
    """A mail server of the test's own."""
    server = OnFreePort(inbox, hostname="127.0.0.1", port=0)
    server.start()
    yield server
    if server.server is not None:
        server.stop()


def service(folder: Path, server: Controller) -> Service:
    """Notifications on SQLite, with this mail server."""
    settings = {"data_dir": folder, "smtp_url": f"smtp://127.0.0.1:{server.port}"}
    return Service("notifications", Settings.model_validate(settings))


async def test_a_mail_server_gets_the_message_whole(tmp_path: Path, inbox: Inbox, mail_server: Controller) -> None:
    notifications = service(tmp_path, mail_server)

    async with notifications.running():
        await notifications.domain.send(*MESSAGE, None)

    ((sender, recipients, content),) = inbox.mails
    mail = message_from_bytes(content, policy=default)
    assert ("shop@minishop.example", ["user@example.com"]) == (sender, recipients)
    assert (MESSAGE[1], MESSAGE[2]) == (mail["Subject"], mail.get_content().replace("\r\n", "\n").strip())
    assert not (tmp_path / "mail").exists()


async def test_a_mail_to_a_domain_that_never_exists_is_dropped_in_a_session_of_its_own(
    tmp_path: Path, inbox: Inbox, mail_server: Controller
) -> None:
    run = service(tmp_path, mail_server)
    async with run.running():
        row, _ = await run.domain.send("nobody@minishop.invalid", "Hi", "Hi", "nobody")

    assert ("sent", 1, []) == (row["status"], inbox.tries, inbox.mails)


@pytest.mark.parametrize(
    "recipient",
    [
        *("o'brien@example.com", "Jane+Shop=2@Example.COM", "_%@xn--mller-kva.de", f"{'a' * 64}@{'b' * 63}.example"),
        *("!#$%&'*+-/=?^_`{}|~@example.org", "?=@example.com"),
    ],
)
async def test_every_address_that_needs_no_quotes_gets_its_mail(
    tmp_path: Path, inbox: Inbox, mail_server: Controller, recipient: str
) -> None:
    notifications = service(tmp_path, mail_server)

    async with notifications.running():
        row, _ = await notifications.domain.send(recipient, *MESSAGE[1:], None)

    ((_, recipients, content),) = inbox.mails
    shown = message_from_bytes(content, policy=default)
    assert ("sent", [recipient]) == (row["status"], recipients)
    assert [recipient] == [each.addr_spec for each in shown["To"].addresses]
    assert shown["Bcc"] is None


async def sent(notifications: Any, key: str) -> str:
    """The status of a message, once it is out."""
    async with asyncio.timeout(20):
        while (await notifications.notifications(1, None, key_prefix=key))[0]["status"] == "pending":  # noqa: ASYNC110 - it is another task's
            await asyncio.sleep(0.05)
    return "sent"


@pytest.mark.parametrize("answer", ["451 Try later", "421 Busy"])
async def test_a_refused_mail_is_pending_and_goes_out_once_without_being_asked_for_again(
    tmp_path: Path, inbox: Inbox, mail_server: Controller, answer: str
) -> None:
    notifications = service(tmp_path, mail_server)
    inbox.answer = answer
    async with notifications.running():
        first, _ = await notifications.domain.send(*MESSAGE, "key-1")
        inbox.answer = "250 OK"

        assert ("pending", "sent") == (first["status"], await sent(notifications.domain, "key-1"))
        again, replayed = await notifications.domain.send(*MESSAGE, "key-1")

    assert ("sent", True, 1) == (again["status"], replayed, len(inbox.mails))


async def test_a_mail_that_no_server_took_goes_out_from_the_next_process(
    tmp_path: Path, inbox: Inbox, mail_server: Controller
) -> None:
    inbox.answer = "451 Try later"
    first = service(tmp_path, mail_server)
    async with first.running():
        await first.domain.send(*MESSAGE, "key-1")
    inbox.answer = "250 OK"

    second = service(tmp_path, mail_server)
    async with second.running():
        assert "sent" == await sent(second.domain, "key-1")

    assert 1 == len(inbox.mails)


async def test_mail_that_was_parked_goes_out_without_an_admin(
    tmp_path: Path, inbox: Inbox, mail_server: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LIMIT", 1)
    inbox.answer = "451 Try later"
    first = service(tmp_path, mail_server)
    async with first.running():
        await first.domain.send(*MESSAGE, "key-1")
        assert 1 == len(await first.domain.work.rows(parked=True, limit=2, before=None))
    inbox.answer = "250 OK"
    monkeypatch.setattr(background, "RESUME_SECONDS", 0.02)

    second = service(tmp_path, mail_server)
    async with second.running():
        assert "sent" == await sent(second.domain, "key-1")

    assert 1 == len(inbox.mails)


async def test_mail_to_a_server_that_is_down_is_pending(tmp_path: Path, inbox: Inbox, mail_server: Controller) -> None:
    notifications = service(tmp_path, mail_server)
    mail_server.stop()

    async with notifications.running():
        row, _ = await notifications.domain.send(*MESSAGE, "key-1")

    assert "pending" == row["status"]


@pytest.mark.parametrize(
    ("part", "answer", "reason"),
    [
        ("answer_to_recipient", "550 No such user, hunter2", "The mail server refused the recipient (550)."),
        ("answer_to_sender", "553 Not yours", "The mail server refused the sender (553)."),
        ("answer", "554 Spam", "The mail server refused the message (554)."),
    ],
)
async def test_a_mail_that_is_refused_for_good_fails_with_a_reason_and_is_sent_again_by_an_admin_alone(
    tmp_path: Path, inbox: Inbox, mail_server: Controller, part: str, answer: str, reason: str
) -> None:
    notifications = service(tmp_path, mail_server)
    setattr(inbox, part, answer)
    async with notifications.running():
        domain = notifications.domain
        row, _ = await domain.send(*MESSAGE, "key-1")

        assert ("failed", reason) == (row["status"], row["reason"])
        assert [] == await domain.work.rows(parked=False, limit=9, before=None)
        assert "failed" == (await domain.send(*MESSAGE, "key-1"))[0]["status"]
        assert "failed" == (await domain.resend(row["id"]))["status"]
        assert [row["id"]] == [each["id"] for each in await domain.notifications(9, None, status="failed")]
        tries = inbox.tries

        setattr(inbox, part, "250 OK")
        again = await asyncio.gather(*(domain.resend(row["id"]) for _ in range(4)))

        assert {("sent", None)} == {(each["status"], each["reason"]) for each in again}
        assert [] == await domain.database.fetch(dict, "SELECT id FROM notifications WHERE body IS NOT NULL")
    assert (tries + 1, 1) == (inbox.tries, len(inbox.mails))


@pytest.mark.parametrize("answer", ["530 Sign in first", "535 Bad credentials"])
async def test_a_refusal_of_our_credentials_keeps_the_mail_pending(
    tmp_path: Path, inbox: Inbox, mail_server: Controller, answer: str
) -> None:
    inbox.answer_to_sender = answer
    notifications = service(tmp_path, mail_server)
    async with notifications.running():
        row, _ = await notifications.domain.send(*MESSAGE, "key-1")

        assert "pending" == row["status"]
