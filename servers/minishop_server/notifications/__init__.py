"""Notifications: e-mail to customers.

Owns the record of what was sent; the text is kept only until the mail is out. Calls no other service. A message under
a key is sent once: its row is there before the mail goes out, together with the work that it is, and its number is the
mail's Message-ID and file name, so that sending it again after a crash replaces it rather than doubling it. It is
never given up: what the mail server did not take for long waits ten minutes and is tried again.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.background import resuming
from ..kit.resources import Resources
from .domain import Notifications
from .mailer import mailer
from .store import Store


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Notifications]:
    """The domain over its store, with a mail server or the mailbox folder."""
    settings = resources.settings
    notifications = Notifications(Store(resources.database), mailer(settings), settings.mail_from)
    async with notifications.work.running(), resuming(notifications.work):
        yield notifications
