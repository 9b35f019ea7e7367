"""The answer of a handler that needs more than a body."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

Body = TypeVar("Body")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Reply(NamedTuple, Generic[Body]):
    """A body in the documented shape, a status (by default the first documented success), and headers.

    The header `Content-Type`, spelt so, overrides the documented media type.
    """

    body: Body
    status: int | None = None
    headers: Mapping[str, str] = NO_HEADERS
