"""How Notifications starts and ends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ...kit.background import CLEANING_SECONDS, repeating, resuming
from ...kit.resources import Resources
from .domain import Notifications
from .mailer import mailer
from .settings import Settings
from .store import Store


@asynccontextmanager
async def running(resources: Resources[Settings]) -> AsyncIterator[Notifications]:
    """The domain over its store, with a mail server or the mailbox folder."""
    settings = resources.settings
    notifications = Notifications(Store(resources.database), mailer(settings), settings.mail_from)
    cleaning = repeating(partial(notifications.forget_old, settings.notifications.body_days), CLEANING_SECONDS)
    async with notifications.work.running(), resuming(notifications.work), cleaning:
        yield notifications
