"""A database whose statements are spans, in a process that records them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from typing import Any, TypeVar, cast

from .. import spans
from ..clock import monotonic
from ..request_context import trace_context
from .protocols import Connection, Database, R

T = TypeVar("T")
_CHANGE = re.compile(r"(?<!FOR )(?<!DO )\b(INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?(\w+)")
_READ = re.compile(r"\b(SELECT)\b.*?\bFROM\s+(\w+)", re.DOTALL)


def traced(database: Database) -> Database:
    """The database, with a span for each statement and each end of a transaction of a sampled trace."""
    return cast(Database, _Database(database))


class _Connection:
    def __init__(self, inner: Connection, system: str) -> None:
        self._inner, self._system = inner, system

    async def fetch(self, row: type[R], sql: str, *args: Any) -> list[R]:
        return await self._timed(sql, self._inner.fetch(row, sql, *args))

    async def fetchrow(self, row: type[R], sql: str, *args: Any) -> R | None:
        return await self._timed(sql, self._inner.fetchrow(row, sql, *args))

    async def fetchval(self, value: type[R], sql: str, *args: Any) -> R | None:
        return await self._timed(sql, self._inner.fetchval(value, sql, *args))

    async def execute(self, sql: str, *args: Any) -> int:
        return await self._timed(sql, self._inner.execute(sql, *args))

    async def fetchrow_guarded(self, row: type[R], guard: str, change: str, *args: Any) -> R | None:
        return await self._timed(guard, self._inner.fetchrow_guarded(row, guard, change, *args))

    async def _timed(self, sql: str, statement: Awaitable[T]) -> T:
        trace = trace_context.get()
        if trace is None or not trace.sampled:
            return await statement
        started, error = monotonic(), None
        try:
            return await statement
        except BaseException as failure:
            error = type(failure).__name__
            raise
        finally:
            operation, table = _summary(sql)
            attributes = {"db.system.name": self._system, "db.operation.name": operation}
            if table:
                attributes["db.collection.name"] = table
            name = f"{operation} {table}".rstrip()
            spans.record(name, "client", trace.child(), monotonic() - started, attributes, error)


class _Database(_Connection):
    """All other names are those of the database itself."""

    _inner: Database

    def __init__(self, inner: Database) -> None:
        super().__init__(inner, inner.system)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def returning(self, row: type[R], sql: str, *args: Any) -> R | None:
        return await self._timed(sql, self._inner.returning(row, sql, *args))

    async def execute_guarded(self, statements: Sequence[str], *args: Any) -> int:
        return await self._timed(statements[-1], self._inner.execute_guarded(statements, *args))

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        return _Transaction(self._inner.transaction(), self._system)


class _Transaction(_Connection, AbstractAsyncContextManager[Connection]):
    def __init__(self, block: AbstractAsyncContextManager[Connection], system: str) -> None:
        self._block, self._system = block, system

    async def __aenter__(self) -> Connection:
        self._inner = await self._block.__aenter__()
        return self

    async def __aexit__(self, *how: Any) -> bool | None:
        return await self._timed("COMMIT" if how[0] is None else "ROLLBACK", self._block.__aexit__(*how))


@lru_cache(maxsize=1024)
def _summary(sql: str) -> tuple[str, str]:
    """The operation of a statement and its table, or an empty text."""
    found = _CHANGE.search(sql) or _READ.search(sql)
    return (found[1], found[2]) if found else (sql.split(maxsplit=1)[0], "")
