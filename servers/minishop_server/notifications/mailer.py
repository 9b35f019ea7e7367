"""How mail leaves: over SMTP, or into a mailbox folder (Maildir) that any mail program opens."""

from __future__ import annotations

import asyncio
import os
import secrets
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from ..kit.problems import Unavailable
from ..kit.settings import Settings


class Mailer(Protocol):
    """Takes a message away."""

    async def send(self, name: str, message: EmailMessage) -> None:
        """Hand the message over; the name is its own, and sending it again under it does not double it.

        Raises:
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

    async def send(self, name: str, message: EmailMessage) -> None:
        """See `Mailer.send`; it is the Message-ID that keeps a repeated mail from showing twice."""
        try:
            await aiosmtplib.send(
                message,
                hostname=self._url.hostname,
                port=self._url.port,
                use_tls=self._url.scheme == "smtps",
                username=self._url.username and unquote(self._url.username),
                password=self._url.password and unquote(self._url.password),
                timeout=10,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unavailable("The mail server does not take the message.") from error


class Maildir:
    """A folder in the format of qmail's maildir(5)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it has what is everybody's own affair
        for part in ("tmp", "new", "cur"):
            (folder / part).mkdir(exist_ok=True)

    async def send(self, name: str, message: EmailMessage) -> None:
        """See `Mailer.send`; written beside and moved into place whole."""
        await asyncio.to_thread(self._write, name, message.as_bytes())

    def _write(self, name: str, text: bytes) -> None:
        draft = self._folder / "tmp" / f"{name}.{secrets.token_hex(4)}"  # two requests may send it at once
        with draft.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / "new" / name)
