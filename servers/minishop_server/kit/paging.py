"""Pages by keyset: a cursor is the place of the last row seen, and the next page stands in `Link` (RFC 8288).

The place has the sort values of the row when the page was read: a row that moves, or is gone, takes no other
row with it. A cursor is for one list, its sort and its filters. It needs no signature, as it opens nothing that the
list itself does not: a forged one is another place in the list.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from functools import cached_property
from urllib.parse import urlencode

import orjson

from .idempotency import digest
from .problems import BadRequest, FieldError

VERSION = "c2_"
BY_ID = {"id": int}
_FIRST_VERSION = re.compile(r"c_([0-7]?[0-9a-f]{1,7})")
_MOST = 1 << 31
"""Numbers that an INTEGER of PostgreSQL cannot hold."""


class Page:
    """One page of a list.

    Args:
        path: of the list.
        limit: how many rows it has at the most.
        cursor: where it begins, as it was given out; None for the start.
        query: sort and filters as they stand in a link; None values are left out.
        place: the columns that the list is ordered by, the last of them unique, and their types.
        whose: the caller, where each has another list at the same path.
        feed: the list only grows, and readers remember its cursors for good: those of the first version, which were the
            number of a row alone, are taken too.

    Raises BadRequest for a cursor of another list, sort or filter, and for one that was never given out.
    """

    def __init__(
        self,
        path: str,
        limit: int,
        cursor: str | None,
        query: Mapping[str, object | None] | None = None,
        *,
        place: Mapping[str, type] = BY_ID,
        whose: int | None = None,
        feed: bool = False,
    ) -> None:
        self.fetch = limit + 1
        """How many rows to read: one more than are shown tells that the list goes on."""
        self._path = path
        self._limit = limit
        self._query = {name: value for name, value in (query or {}).items() if value is not None}
        self._place = place
        self._whose = whose
        self.after = None if cursor is None else self._read(cursor, feed)
        """The place after which it begins."""

    @property
    def after_row(self) -> int | None:
        """The same in a list by number."""
        return int(self.after[-1]) if self.after else None

    def cursor(self, row: Mapping[str, object]) -> str:
        """The cursor that stands for the place of a row."""
        place = orjson.dumps([self._list, *(row[column] for column in self._place)])
        return VERSION + urlsafe_b64encode(place).rstrip(b"=").decode()

    def link(self, rows: Sequence[Mapping[str, object]]) -> dict[str, str]:
        """`Link` to the page after these rows, if there is one."""
        if len(rows) <= self._limit:
            return {}
        following = {**self._query, "limit": self._limit, "cursor": self.cursor(rows[self._limit - 1])}
        return {"Link": f'<{self._path}?{urlencode(following)}>; rel="next"'}

    @cached_property
    def _list(self) -> str:
        return digest(self._path, self._query, self._whose)[:8]

    def _read(self, cursor: str, feed: bool) -> list[str | int]:
        if feed and (first := _FIRST_VERSION.fullmatch(cursor)):
            return [int(first[1], 16)]
        try:
            text = cursor.removeprefix(VERSION)
            place: list[str | int]
            name, *place = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (TypeError, ValueError):  # of binascii and orjson too
            raise _foreign() from None
        if name != self._list or len(place) != len(self._place):
            raise _foreign()
        if not all(_fits(value, kind) for value, kind in zip(place, self._place.values(), strict=True)):
            raise _foreign()
        return place


def _fits(value: object, kind: type) -> bool:
    if isinstance(value, str):
        return kind is str and "\0" not in value
    return kind is int and type(value) is int and 0 <= value < _MOST


def _foreign() -> BadRequest:
    detail = "is no cursor of this list with this sort and these filters: start at the first page"
    return BadRequest(errors=[FieldError("query", "/cursor", "cursor", detail)])
