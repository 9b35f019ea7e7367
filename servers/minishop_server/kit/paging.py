"""Pages by keyset: a cursor is the number of the last row seen, and the next page stands in `Link` (RFC 8288)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from .database import Row


def cursor_row(cursor: str | None) -> int | None:
    """The row that a cursor stands for."""
    return None if cursor is None else int(cursor.removeprefix("c_"), 16)


def cursor_of(row: int) -> str:
    """The cursor that stands for a row."""
    return f"c_{row:x}"


def link_header(path: str, rows: Sequence[Row], limit: int, query: Mapping[str, object | None]) -> dict[str, str]:
    """`Link` to the page after these rows: a page holds `limit` of them, and one more row says that it goes on."""
    if len(rows) <= limit:
        return {}
    given = {name: value for name, value in query.items() if value is not None}
    following = urlencode({**given, "limit": limit, "cursor": cursor_of(rows[limit - 1]["id"])})
    return {"Link": f'<{path}?{following}>; rel="next"'}
