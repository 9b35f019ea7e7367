"""Compares the rows of every statement with the type that its store names for them.

Reads of separate processes are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from minishop_server.kit.database import PostgresDatabase, SqliteDatabase

READS = ("fetch", "fetchrow", "fetchval", "fetchrow_guarded", "returning")


class WrongRow(AssertionError):
    """A row is of another type than its store says."""


@contextmanager
def compared() -> Iterator[None]:
    """Compare every row that is read in this block."""
    with pytest.MonkeyPatch.context() as patch:
        for database in SqliteDatabase, PostgresDatabase:
            for name in READS:
                patch.setattr(database, name, _compared(getattr(database, name)))
            patch.setattr(database, "transaction", _transaction(database.transaction))
        yield


def fits(value: object, kind: Any) -> bool:
    """Whether a value of the database is of this type."""
    if hasattr(kind, "__supertype__"):
        return fits(value, kind.__supertype__)
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if get_origin(kind) in (Union, UnionType):
        return any(fits(value, each) for each in get_args(kind))
    return type(value) is (NoneType if kind is None else kind)


@cache
def _columns(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _compare(kind: Any, sql: str, found: Any) -> None:
    if not is_typeddict(kind):
        if kind is not dict and found is not None and not fits(found, kind):
            raise WrongRow(f"{found!r} is not of {kind}: {sql}")
        return
    for row in found if isinstance(found, list) else [] if found is None else [found]:
        columns = _columns(kind)
        if set(row.keys()) != set(columns):
            raise WrongRow(f"{kind.__name__} has not the columns {sorted(row.keys())}: {sql}")
        wrong = {name: row[name] for name, each in columns.items() if not fits(row[name], each)}
        if wrong:
            raise WrongRow(f"{kind.__name__} has other types than {wrong}: {sql}")


def _compared(read: Any) -> Any:
    async def call(self: Any, kind: Any, *args: Any) -> Any:
        found = await read(self, kind, *args)
        _compare(kind, args[0], found)
        return found

    return call


class _Connection:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def fetch(self, kind: Any, *args: Any) -> Any:
        return await _compared(type(self._connection).fetch)(self._connection, kind, *args)

    async def fetchrow(self, kind: Any, *args: Any) -> Any:
        return await _compared(type(self._connection).fetchrow)(self._connection, kind, *args)

    async def fetchval(self, kind: Any, *args: Any) -> Any:
        return await _compared(type(self._connection).fetchval)(self._connection, kind, *args)

    async def fetchrow_guarded(self, kind: Any, *args: Any) -> Any:
        return await _compared(type(self._connection).fetchrow_guarded)(self._connection, kind, *args)


def _transaction(begin: Any) -> Any:
    @asynccontextmanager
    async def transaction(self: Any) -> Any:
        block: AbstractAsyncContextManager[Any] = begin(self)
        async with block as connection:
            yield _Connection(connection)

    return transaction
