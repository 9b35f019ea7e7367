"""The settings of Notifications."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

from ...kit.settings import ProcessSettings


def _mail_server(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("looks like smtp://user:password@host:587")
    return url


class Settings(ProcessSettings):
    """The settings of a process that Notifications reads."""

    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = None
    """`smtp://user:password@host:587`, or the mailbox folder `mail` by default."""
    mail_from: str = "shop@minishop.example"
