"""`minishop audit`: read the records, read again, report."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from minishop_client import AsyncMinishop

from ...kit.clock import monotonic
from ...kit.problems import Unavailable
from ...kit.settings import SERVICES
from ...services.settings import Settings
from .books import Books
from .equations import check_shop
from .findings import Finding
from .reading import Tell, ignore, read_books

PAUSE = 1.0
"""Seconds between two reads."""
Counts = dict[str, int]
Rules = Callable[[Books, timedelta], list[Finding]]
NO_SHOP = "No shop answers at {place}: {why}. Start it, or name its address, for example --url http://127.0.0.1:8000"


def audit(
    url: Annotated[
        str | None,
        typer.Option(help="The address of the shop; default: MINISHOP_<SERVICE>_URL of all seven, or port 8000."),
    ] = None,
    user: Annotated[str, typer.Option(envvar="MINISHOP_AUDIT_USER", help="An admin.")] = "grace",
    password: Annotated[
        str | None,
        typer.Option(envvar="MINISHOP_AUDIT_PASSWORD", help="The admin's password; default: that of the demo users."),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Seconds after which a job counts as stuck.")] = 60,
    patience: Annotated[int, typer.Option(min=0, help="Seconds to check discrepancies again.")] = 10,
) -> None:
    """Compare the records of all seven services.

    If a rule is broken, the exit code is 1:

    - Each order: captured - refunded = owed; its pieces are counted as sold;
      it has one shipment if it must have one, and a message that confirms it.
    - Each product: on hand + reserved + sold = received, and reserved and
      sold match the reservations.
    - Each cart: present + bought <= added, for each product, and bought
      matches the orders of its owner.
    - Each payment matches its entries in the ledger.
    - No job is parked, or takes longer than --limit.
    - Messages that a mail server rejected permanently are counted, but break
      no rule.
    - No record refers to an order, a user or a product that does not exist.

    The audit only reads, as an admin, through the services' APIs. While the
    shop sells, records that are read one after another differ for a moment.
    So discrepancies are checked again for --patience seconds, and only the
    permanent ones are reported.
    """
    from ..demo.seed import PASSWORD

    console = Console()
    with progress_on(console) as tell:
        counts, findings = asyncio.run(_audit(url or _addresses(), user, password or PASSWORD, limit, patience, tell))
    for finding in findings:
        console.print(str(finding), soft_wrap=True, markup=False, highlight=False)
    if findings:
        console.print(f"[bold red]The books do not add up.[/] Findings: {len(findings)}")
        sys.exit(1)
    console.print(summary(counts))
    console.print("[bold green]The books add up.[/]")


async def look(
    shop: AsyncMinishop, limit: float, patience: float, rules: Rules = check_shop, tell: Tell = ignore
) -> tuple[Counts, list[Finding]]:
    """The number of entries of each book, and the discrepancies that stayed for `patience` seconds.

    The patience begins after the first read, which takes minutes in a large shop.

    Args:
        shop: signed in as an admin.
        limit: seconds that a job may take.
        rules: the rules to check; see `equations`.
        tell: receives the number of entries of each page.

    Raises:
        minishop_client.ApiError: a service refused.
        httpx.TransportError: a service does not answer.
    """
    counts, findings = await _look_once(shop, limit, rules, tell)
    deadline = monotonic() + patience
    while findings and monotonic() < deadline:
        await asyncio.sleep(PAUSE)
        counts, again = await _look_once(shop, limit, rules, tell)
        now = set(again)
        findings = [finding for finding in findings if finding in now]
    return counts, findings


async def _look_once(shop: AsyncMinishop, limit: float, rules: Rules, tell: Tell) -> tuple[Counts, list[Finding]]:
    with Books() as books:
        await read_books(shop, books, tell)
        return books.counts(), rules(books, timedelta(seconds=limit))


def summary(counts: Counts) -> Table:
    """How many entries each book has."""
    table = Table("book", "entries", box=None, padding=(0, 2, 0, 0))
    table.columns[1].justify = "right"
    for book, count in counts.items():
        table.add_row(book, str(count))
    return table


async def _audit(
    given: str | Mapping[str, str], user: str, password: str, limit: int, patience: int, tell: Tell
) -> tuple[Counts, list[Finding]]:
    async with AsyncMinishop(given) as shop:
        try:
            return await look(shop.login(user, password), limit, patience, tell=tell)
        except httpx.TransportError as error:
            url = error.request.url
            place = f"{url.scheme}://{url.netloc.decode()}" if url.host else str(given)
            raise Unavailable(NO_SHOP.format(place=place, why=str(error).rstrip("."))) from error


@contextmanager
def progress_on(console: Console) -> Iterator[Tell]:
    """Show the number of records that were read: as a bar on a terminal, otherwise as one line at the end."""
    columns = (
        TextColumn("Reading"),
        BarColumn(),  # the lists do not tell how long they are: the bar pulses
        TextColumn("{task.completed:,} records"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda records: progress.advance(task, records)
    if not console.is_terminal:
        console.print(f"Records read: {progress.tasks[task].completed:.0f}", highlight=False)


def _addresses() -> str | dict[str, str]:
    settings = Settings()
    urls = {str(name): url for name in SERVICES if (url := settings.service(name).url) is not None}
    return urls if len(urls) == len(SERVICES) else "http://127.0.0.1:8000"
