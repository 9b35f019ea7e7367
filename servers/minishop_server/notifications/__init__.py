"""Notifications: e-mail to customers.

Owns the record of what was sent, without its text. Calls no other service. A message under a key is sent once: its
row is there before the mail goes out, and its number is the mail's Message-ID and file name, so that sending it again
after a crash replaces it rather than doubling it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ..kit.resources import Resources
from .domain import Notifications
from .mailer import mailer
from .store import Store


@asynccontextmanager
async def running(resources: Resources) -> AsyncIterator[Notifications]:
    """The domain over its store, with a mail server or the mailbox folder."""
    settings = resources.settings
    yield Notifications(Store(resources.database), mailer(settings), settings.mail_from)
