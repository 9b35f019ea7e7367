"""The problems that Notifications answers with."""

from __future__ import annotations

from ...kit.problems import Conflict


class TextDeleted(Conflict):
    """The text of a failed message is deleted after some months."""

    code, title = "text_deleted", "The text of the message has been deleted"
