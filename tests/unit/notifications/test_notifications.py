"""A message under a key goes out once, and as it was written."""

from __future__ import annotations

import asyncio
import mailbox
import os
import time
from collections.abc import AsyncIterator
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from minishop_client import BadRequest
from minishop_server.kit.idempotency import KeyReused
from minishop_server.services.notifications.domain import Notifications
from minishop_server.services.notifications.mailer import Maildir
from tests.support.shop import RunService, Shop

MESSAGE = ("user@example.com", "Order Confirmation", "Your order ORD-101 has been placed successfully.")


@pytest.fixture
async def notifications(run_service: RunService) -> AsyncIterator[Notifications]:
    """The domain with the mailbox folder, once on each kind of database."""
    async with run_service("notifications") as domain:
        yield domain


@pytest.fixture
def mails(tmp_path: Path) -> mailbox.Maildir:
    """The mailbox folder, as a mail program reads it."""
    return mailbox.Maildir(tmp_path / "mail", create=False)


def body_of(mail: mailbox.MaildirMessage) -> str:
    """The text, without the line end at its end."""
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode().strip()


async def test_a_message_lands_in_the_mailbox_as_it_was_written(
    notifications: Notifications, mails: mailbox.Maildir, tmp_path: Path
) -> None:
    row, replayed = await notifications.send(*MESSAGE, None)

    (mail,) = mails
    assert ("sent", False) == (row["status"], replayed)
    assert ("user@example.com", "Order Confirmation", "shop@minishop.example") == (
        mail["To"],
        mail["Subject"],
        mail["From"],
    )
    assert MESSAGE[2] == body_of(mail)
    assert mail["Message-ID"].endswith("@minishop.example>")
    assert [] == list((tmp_path / "mail" / "tmp").iterdir())


async def test_the_same_key_sends_once_and_another_message_under_it_is_refused(
    notifications: Notifications, mails: mailbox.Maildir
) -> None:
    first, _ = await notifications.send(*MESSAGE, "ORD-101.confirmation")
    again, replayed = await notifications.send(*MESSAGE, "ORD-101.confirmation")

    assert (dict(first), True) == (dict(again), replayed)
    for other in [("b@example.com", *MESSAGE[1:]), (*MESSAGE[:1], "Other", MESSAGE[2]), (*MESSAGE[:2], "Other")]:
        with pytest.raises(KeyReused):
            await notifications.send(*other, "ORD-101.confirmation")
    assert 1 == len(mails)


async def test_requests_at_once_with_one_key_send_one_mail(
    notifications: Notifications, mails: mailbox.Maildir
) -> None:
    outcomes = await asyncio.gather(*(notifications.send(*MESSAGE, "key-1") for _ in range(8)))

    assert {"sent"} == {row["status"] for row, _ in outcomes}
    assert 1 == len(mails)


async def test_a_message_to_a_domain_that_never_exists_is_made_and_dropped(
    notifications: Notifications, mails: mailbox.Maildir, tmp_path: Path
) -> None:
    row, _ = await notifications.send("nobody@minishop.invalid", "Hi", "Hi", None)

    assert ("sent", 0) == (row["status"], len(mails))
    assert [] == list((tmp_path / "mail" / "tmp").iterdir())


async def test_without_a_key_every_request_sends(notifications: Notifications, mails: mailbox.Maildir) -> None:
    for _ in range(2):
        await notifications.send(*MESSAGE, None)

    assert 2 == len(mails)


async def test_a_message_that_was_out_before_the_process_died_is_not_doubled(
    notifications: Notifications, mails: mailbox.Maildir
) -> None:
    await notifications.send(*MESSAGE, "key-1")
    async with notifications.work.transaction() as connection:
        await connection.execute("UPDATE notifications SET status = 'pending'")
        connection.add("deliver", "1", dict(zip(("recipient", "subject", "body"), MESSAGE, strict=True)))

    await notifications.work.wait("deliver", "1", 5)
    row, _ = await notifications.send(*MESSAGE, "key-1")

    assert ("sent", 1) == (row["status"], len(mails))


async def test_the_text_of_a_message_is_kept_only_until_it_is_out(notifications: Notifications) -> None:
    row, _ = await notifications.send(*MESSAGE, "key-1")

    assert "sent" == row["status"]
    assert [] == await notifications.database.fetch(dict, "SELECT * FROM work")


@pytest.mark.parametrize(
    "subject", ["Ihre Bestellung – 49,99\u00a0€", "ご注文の確認\u3000" * 12, "a = b?" + " a = b?" * 20, "Why ?="]
)
async def test_a_subject_in_any_language_arrives_whole(
    notifications: Notifications, mails: mailbox.Maildir, subject: str
) -> None:
    await notifications.send("user@example.com", subject, "Grüße\n\tÄ\n.\nEnd", None)

    (mail,) = mails
    assert subject == str(make_header(decode_header(mail["Subject"].replace("\n ", " "))))
    assert "Grüße\n\tÄ\n.\nEnd" == body_of(mail)


@pytest.mark.parametrize(
    "line",
    [*(f"A{end}Bcc: all@example.com" for end in ("\r\n", "\n", "\r")), "=?utf-8?q?Hi=0D=0ABcc:_x@example.org?="],
)
async def test_no_text_of_a_message_becomes_a_header(
    notifications: Notifications, mails: mailbox.Maildir, line: str
) -> None:
    for message in [(MESSAGE[0], line, MESSAGE[2]), (line, *MESSAGE[1:])]:
        with pytest.raises(ValueError, match="header"):
            await notifications.send(*message, None)
    await notifications.send(MESSAGE[0], MESSAGE[1], f"Bcc: all@example.com\r\n\r\n{line}", None)

    (mail,) = mails
    assert mail["Bcc"] is None


async def test_messages_are_listed_newest_first_without_their_text(notifications: Notifications) -> None:
    for number in range(1, 6):
        await notifications.send(f"user{number % 2}@example.com", f"Subject {number}", "Text", None)

    assert [5, 4] == [row["id"] for row in await notifications.notifications(2, None)]
    assert [3, 2] == [row["id"] for row in await notifications.notifications(2, 4)]
    rows = await notifications.notifications(10, None, recipient="user0@example.com")
    assert [4, 2] == [row["id"] for row in rows]
    assert "Text" not in str([dict(row) for row in rows])


async def test_messages_are_found_by_how_their_key_begins(notifications: Notifications) -> None:
    keys = "ORD-101.confirmation", "ORD-101.refund", "ORD-1010.confirmation", "ord-101.x", None
    for key in keys:
        await notifications.send(*MESSAGE, key)

    for prefix, expected in [
        ("ORD-101.", [2, 1]),
        ("ORD-101", [3, 2, 1]),
        ("ORD-101.refund", [2]),
        ("o", [4]),
        ("%", []),
    ]:
        assert expected == [row["id"] for row in await notifications.notifications(10, None, key_prefix=prefix)]


@pytest.mark.parametrize("body", ["x" * 3000, "short\n" + "ä" * 2000, "From here\n.\n..\n"])
async def test_no_line_of_a_mail_is_longer_than_smtp_takes(
    notifications: Notifications, mails: mailbox.Maildir, tmp_path: Path, body: str
) -> None:
    await notifications.send("user@example.com", "Order Confirmation", body, None)

    (mail,) = mails
    (file,) = (tmp_path / "mail" / "new").iterdir()
    assert max(map(len, file.read_bytes().splitlines())) <= 998
    assert body.strip() == body_of(mail)


async def test_a_delivery_that_fails_leaves_no_file_behind(notifications: Notifications, tmp_path: Path) -> None:
    (tmp_path / "mail" / "new").rmdir()

    row, _ = await notifications.send(*MESSAGE, None)

    assert "pending" == row["status"]
    assert [] == list((tmp_path / "mail" / "tmp").iterdir())


async def test_files_that_a_process_left_when_it_died_are_removed_after_a_day_and_a_half(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    Maildir(folder)
    old, fresh = folder / "tmp" / "old", folder / "tmp" / "fresh"
    for file in old, fresh:
        file.touch()
    os.utime(old, times=(time.time() - 37 * 3600,) * 2)

    Maildir(folder)

    assert [fresh] == list((folder / "tmp").iterdir())


BREAKOUTS = ("=?utf-8?q?Hi=0D=0ABcc:_x@example.org?=", "x=?", "===?", "a\u2028b")


@pytest.mark.parametrize("subject", ["Why = that?", "==", "a=", "日本語\u3000", *BREAKOUTS])
async def test_a_subject_that_could_break_out_of_its_header_is_refused_by_the_contract(
    sqlite_shop: Shop, subject: str
) -> None:
    send = sqlite_shop.orders().notifications.send_notification
    if subject not in BREAKOUTS:
        assert "sent" == (await send(recipient="user@example.com", subject=subject, body="Text")).status
    else:
        with pytest.raises(BadRequest) as refusal:
            await send(recipient="user@example.com", subject=subject, body="Text")
        assert ["/subject"] == [error.pointer for error in refusal.value.errors]
