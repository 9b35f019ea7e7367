"""`minishop audit`: read the records, read again, report."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.table import Table

from minishop_client import AsyncMinishop

from ...kit.clock import monotonic
from ...kit.problems import Unavailable
from ...kit.settings import SERVICES
from ...services.settings import Settings
from .books import Books, read_books
from .equations import Finding, check_shop

PAUSE = 1.0
"""Seconds between two reads."""
Rules = Callable[[Books, timedelta], list[Finding]]


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
    books, findings = asyncio.run(_audit(url or _addresses(), user, password or PASSWORD, limit, patience))
    for finding in findings:
        console.print(str(finding), soft_wrap=True, markup=False, highlight=False)
    if findings:
        console.print(f"[bold red]The books do not add up.[/] Findings: {len(findings)}")
        sys.exit(1)
    console.print(summary(books))
    console.print("[bold green]The books add up.[/]")


async def look(
    shop: AsyncMinishop, limit: float, patience: float, rules: Rules = check_shop
) -> tuple[Books, list[Finding]]:
    """The books, and the discrepancies that stayed for `patience` seconds.

    Args:
        shop: signed in as an admin.
        limit: seconds that a job may take.
        rules: the rules to check; see `equations`.

    Raises:
        minishop_client.ApiError: a service refused.
        httpx.TransportError: a service does not answer.
    """
    deadline = monotonic() + patience
    books = await read_books(shop)
    findings = rules(books, timedelta(seconds=limit))
    while findings and monotonic() < deadline:
        await asyncio.sleep(PAUSE)
        books = await read_books(shop)
        now = set(rules(books, timedelta(seconds=limit)))
        findings = [finding for finding in findings if finding in now]
    return books, findings


def summary(books: Books) -> Table:
    """How many entries each book has."""
    table = Table("book", "entries", box=None, padding=(0, 2, 0, 0))
    table.columns[1].justify = "right"
    for book in fields(books):
        table.add_row(book.name, str(len(getattr(books, book.name))))
    failed = sum(message.status == "failed" for message in books.messages)
    if failed:
        table.add_row("failed messages", str(failed))
    return table


async def _audit(
    url: str | Mapping[str, str], user: str, password: str, limit: int, patience: int
) -> tuple[Books, list[Finding]]:
    async with AsyncMinishop(url) as shop:
        try:
            return await look(shop.login(user, password), limit, patience)
        except httpx.TransportError as error:
            raise Unavailable("A part of the shop does not answer. Try: --url") from error


def _addresses() -> str | dict[str, str]:
    settings = Settings()
    urls = {str(name): url for name in SERVICES if (url := settings.service(name).url) is not None}
    return urls if len(urls) == len(SERVICES) else "http://127.0.0.1:8000"
