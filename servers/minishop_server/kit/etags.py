"""Strong entity tags (RFC 9110, section 8.8.3): the version number of a row, in quotes."""

from __future__ import annotations

from .problems import PreconditionFailed


def etag(version: int) -> dict[str, str]:
    """The header of an answer that shows this version."""
    return {"ETag": f'"{version}"'}


def expected_version(if_match: str) -> int:
    """The version an edit is meant for; 0, which no row has, for a tag that was never given out."""
    tag = if_match.strip('"')
    return int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 10 else 0


def stale() -> PreconditionFailed:
    """What an edit of an older version is answered."""
    return PreconditionFailed("Read it again and repeat the edit with its present ETag.")
