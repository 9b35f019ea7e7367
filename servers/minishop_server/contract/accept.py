"""`Accept` (RFC 9110, section 12.5.1): may an answer in one of these media types be sent?

Nothing is chosen here, as hardly any answer has two media types: a weight says no more than yes or no, and only `q=0`
is a no. A malformed part is ignored, because it is no reason to refuse a good request: common clients send `*` and
`q=.2`. Parameters do not narrow a range: JSON has none (RFC 8259, section 11), and many clients add a charset.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = r"[!#$%&'*+.^_`|~0-9a-z-]+"
_RANGE = re.compile(f"{_TOKEN}/{_TOKEN}")
_ZERO = re.compile(r"q=0(\.0*)?")


@lru_cache(maxsize=256)
def is_acceptable(accept: bytes, offered: tuple[str, ...]) -> bool:
    """Whether a header with this value takes one of the media types, which are in lower case."""
    ranges = _ranges(accept.decode("latin-1").lower())
    return not ranges or any(_takes(ranges, media_type) for media_type in offered)


def _ranges(accept: str) -> dict[str, bool]:
    """Whether each media range is accepted.

    A repeated range is accepted if one of its occurrences is.
    """
    ranges: dict[str, bool] = {}
    # A comma within quotes splits too. All it can do is to add or to spoil a range.
    for element in accept.split(","):
        media_range, *parameters = [part.strip(" \t") for part in element.split(";")]
        if _RANGE.fullmatch(media_range):
            refused = any(map(_ZERO.fullmatch, parameters))
            ranges[media_range] = ranges.get(media_range, False) or not refused
    return ranges


def _takes(ranges: dict[str, bool], media_type: str) -> bool:
    """Of the ranges that a media type is in, the most specific decides."""
    kind = media_type.partition("/")[0]
    candidates = (media_type, f"{kind}/*", "*/*")
    return next((ranges[candidate] for candidate in candidates if candidate in ranges), False)
