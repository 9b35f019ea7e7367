"""The settings of Notifications."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from ...kit.settings import ProcessSettings, ServiceSettings


def _mail_server(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("looks like smtp://user:password@host:587")
    return url


class NotificationsSettings(ServiceSettings):
    """`MINISHOP_NOTIFICATIONS_BODY_DAYS`."""

    body_days: int = Field(default=90, ge=1, le=36_500)
    """After as many days the text of a failed message is deleted, and the digest of each message."""


class Settings(ProcessSettings):
    """The settings of a process that Notifications reads."""

    notifications: NotificationsSettings = NotificationsSettings()

    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = None
    """`smtp://user:password@host:587`, or the mailbox folder `mail` by default."""
    mail_from: str = "shop@minishop.example"
