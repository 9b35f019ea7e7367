"""The result of a handler that sets a status or headers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Reply(NamedTuple):
    """A body in the documented shape, a status (else the first success the document names), and headers.

    The header `Content-Type`, spelt so, names another media type than the documented one.
    """

    body: Any = None
    status: int | None = None
    headers: Mapping[str, str] = NO_HEADERS
