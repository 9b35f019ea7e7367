"""The audit holds a page of each list, however long the lists are, and shows how far it is."""

from __future__ import annotations

import gc
import io
import tracemalloc

import httpx
import pytest
from rich.console import Console

from minishop_client import AsyncMinishop, UnexpectedAnswer
from minishop_server.tools.audit.books import Books
from minishop_server.tools.audit.command import look, progress_on
from minishop_server.tools.audit.reading import PAGE, read_books
from tests.support.audit import bought
from tests.support.shop import Shop

LEDGER = "/payments/ledger"


def a_ledger_of(pages: int) -> httpx.MockTransport:
    """A shop that has no other records."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path != LEDGER:
            return httpx.Response(200, json=[])
        page = int(request.url.params.get("cursor", 0))
        first = page * PAGE
        entries = [{"payment_id": f"PAY-{n}", "kind": "refund", "amount": 0.01} for n in range(first, first + PAGE)]
        following = {"Link": f'<{LEDGER}?cursor={page + 1}>; rel="next"'} if page + 1 < pages else {}
        return httpx.Response(200, json=entries, headers=following)

    return httpx.MockTransport(answer)


async def bytes_to_read(pages: int) -> int:
    """The highest number of bytes that Python used while it read so many pages.

    The cache of SQLite has a limit of its own.
    """
    with Books() as books:
        async with AsyncMinishop("http://shop", transport=a_ledger_of(pages)) as shop:
            gc.collect()
            tracemalloc.start()
            try:
                await read_books(shop, books)
                _, most = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        assert pages * PAGE == books.counts()["ledger"]
    return most


async def test_the_memory_of_an_audit_does_not_grow_with_the_lists() -> None:
    await bytes_to_read(2)  # the first read imports and compiles

    few, many = await bytes_to_read(5), await bytes_to_read(100)

    assert many - few < 100 * 95 * PAGE  # an entry that is kept takes more than 100 bytes


async def test_an_item_without_a_field_of_its_document_is_refused() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=[{}]))

    with Books() as books, pytest.raises(UnexpectedAnswer):
        async with AsyncMinishop("http://shop", transport=transport) as shop:
            await read_books(shop, books)


@pytest.mark.parametrize(("terminal", "shown"), [(True, "records"), (False, "Records read: ")])
async def test_the_records_are_counted_while_they_are_read(sqlite_shop: Shop, terminal: bool, shown: str) -> None:
    grace, _ = await sqlite_shop.admin(), await sqlite_shop.product()
    await bought(sqlite_shop)
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100)

    with progress_on(console) as tell:
        counts, _ = await look(grace.shop, 60, 0, tell=tell)

    assert isinstance(console.file, io.StringIO)
    written = console.file.getvalue()
    assert shown in written
    assert str(sum(counts.values())) in written


def test_a_full_folder_of_temporary_files_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SQLITE_TMPDIR", raising=False)
    monkeypatch.setenv("TMPDIR", "/some/folder")

    def fill() -> None:
        with Books() as books:
            list(books.rows("PRAGMA max_page_count = 100"))
            books.add("users", ((number,) for number in range(1_000_000)))

    with pytest.raises(OSError, match="No space left on device; set TMPDIR to another folder: '/some/folder'"):
        fill()
