# Generated from openapi/ by scripts/generate.py: do not edit.
"""The handlers of Minishop Notifications."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from ..answers import common
from ..answers import notifications as answers
from ..models import notifications as models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

    async def send_notification(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        body: models.NotificationInput,
        idempotency_key: str = ...,
    ) -> answers.NotificationResult | Reply[answers.NotificationResult]:
        """Send a message."""
        ...

    async def list_notifications(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        limit: int,
        cursor: str = ...,
        recipient: str = ...,
        key_prefix: str = ...,
        status: Literal["pending", "sent", "failed"] = ...,
    ) -> list[answers.Notification] | Reply[list[answers.Notification]]:
        """List messages."""
        ...

    async def resend_notification(
        self, domain: Domain, /, *, caller: Caller, notification_id: int
    ) -> answers.Notification | Reply[answers.Notification]:
        """Send a failed message again."""
        ...

    async def livez(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service runs."""
        ...

    async def readyz(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service can work."""
        ...
