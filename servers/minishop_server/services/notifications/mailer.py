"""How mail leaves: over SMTP, or into a mailbox folder (Maildir) that any mail program opens."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from ...kit.clock import unix_time
from ...kit.problems import Unavailable
from .settings import Settings

SIGN_IN = (530, 534, 535, 538)
"""Replies about our credentials (RFC 4954, section 6): another mail would be refused just so."""
NOWHERE = ".invalid"
"""A domain that never exists (RFC 2606): a mail to it is made and dropped, and takes as long as any other."""
STALE_SECONDS = 36 * 3600
"""After which a file in `tmp` was left by a process that died (maildir(5))."""


class MailRefused(Exception):
    """The mail server rejected a message permanently, for the given reason."""


class Mailer(Protocol):
    """Takes a mail away."""

    async def send(self, name: str, sender: str, recipient: str, mail: bytes) -> None:
        """Hand the mail over; the name is its own, and sending it again under it does not double it.

        Raises:
            MailRefused: the mail server will not take this mail, however often it is asked.
            Unavailable: the mail server does not take it now.
        """
        ...


def mailer(settings: Settings) -> Mailer:
    """The mail server of `MINISHOP_SMTP_URL`, else the folder `mail` among the data."""
    if settings.smtp_url is not None:
        return Smtp(settings.smtp_url.get_secret_value())
    return Maildir(settings.data_dir / "mail")


class Smtp:
    """A mail server: `smtp://` (STARTTLS where it is offered) or `smtps://`, with user and password or without."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    async def send(self, name: str, sender: str, recipient: str, mail: bytes) -> None:
        """See `Mailer.send`.

        The Message-ID keeps a repeated mail from being displayed twice.
        """
        server = aiosmtplib.SMTP(
            hostname=self._url.hostname,
            port=self._url.port,
            use_tls=self._url.scheme == "smtps",
            username=self._url.username and unquote(self._url.username),
            password=self._url.password and unquote(self._url.password),
            timeout=10,
        )
        try:
            async with server:
                if recipient.endswith(NOWHERE):
                    await server.mail(sender)
                    await server.rset()
                else:
                    await server.sendmail(sender, [recipient], mail)
        except aiosmtplib.SMTPRecipientsRefused as refusal:
            raise _refused("the recipient", refusal.recipients[0]) from None
        except aiosmtplib.SMTPSenderRefused as refusal:
            raise _refused("the sender", refusal) from None
        except aiosmtplib.SMTPDataError as refusal:
            raise _refused("the message", refusal) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unavailable("The mail server does not take the message.") from error


def _refused(what: str, refusal: aiosmtplib.SMTPResponseException) -> Exception:
    """How a refusal of a mail ends: for good by a 5xx reply (RFC 5321, section 4.2.1), unless that asks us to sign in.

    The words of the server are left out, as they may say anything.
    """
    if refusal.code >= 500 and refusal.code not in SIGN_IN:
        return MailRefused(f"The mail server refused {what} ({refusal.code}).")
    return Unavailable("The mail server does not take the message.")


class Maildir:
    """A folder in the format of qmail's maildir(5)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # mails are private
        for part in ("tmp", "new", "cur"):
            (folder / part).mkdir(exist_ok=True)
        for draft in (folder / "tmp").iterdir():
            if draft.stat().st_mtime < unix_time() - STALE_SECONDS:
                draft.unlink(missing_ok=True)

    async def send(self, name: str, sender: str, recipient: str, mail: bytes) -> None:
        """See `Mailer.send`.

        The file is written completely and then moved into place.
        """
        await asyncio.to_thread(self._write, name, mail, keep=not recipient.endswith(NOWHERE))

    def _write(self, name: str, mail: bytes, *, keep: bool) -> None:
        draft = self._folder / "tmp" / f"{name}.{secrets.token_hex(4)}"  # two requests may send it at once
        try:
            with draft.open("wb") as file:
                file.write(mail)
                file.flush()
                os.fsync(file.fileno())
            if keep:
                draft.replace(self._folder / "new" / name)
            else:
                draft.unlink()
        except OSError:
            draft.unlink(missing_ok=True)
            raise
