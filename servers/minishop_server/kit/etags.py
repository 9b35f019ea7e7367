"""Entity tags (RFC 9110, section 8.8.3): the version of an object in quotes, its parts with dots between.

Ours are strong. A weak tag is taken too, in `If-Match` as well, where RFC 9110, section 13.1.1 wants a strong
comparison: a proxy that compresses an answer makes its tag weak (nginx does), and an edit is about the version of the
object, never about the bytes that showed it.
"""

from __future__ import annotations

import re

from .problems import PreconditionFailed

Version = tuple[int, ...]

_TAG = re.compile(r'(?:W/)?(?:"([^"]*)"|([^\s,"]+))')


def etag(*version: int) -> dict[str, str]:
    """The header of an answer that shows this version."""
    return {"ETag": f'"{".".join(map(str, version))}"'}


class Condition:
    """The versions that an `If-Match` or `If-None-Match` names: those of its tags, or any version for `*`.

    Quotes may be left out. A tag that was never given out names no version.
    """

    def __init__(self, header: str) -> None:
        self._any = header.strip() == "*"
        self._tags = [(quoted or bare).split(".") for quoted, bare in _TAG.findall(header)]

    def takes(self, version: Version, parts: int | None = None) -> bool:
        """Whether it names this version of an object, by all its parts or by the first ones alone."""
        shown = list(map(str, version))
        return self._any or any(len(tag) == len(shown) and tag[:parts] == shown[:parts] for tag in self._tags)

    def names(self, tag: str) -> bool:
        """Whether it names the version with this tag."""
        return self._any or tag.strip('"').split(".") in self._tags


def stale() -> PreconditionFailed:
    """The error for an edit of an older version."""
    return PreconditionFailed("Read it again and repeat the edit with its present ETag.")
