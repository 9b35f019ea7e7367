"""That everything adds up: by the shop's own audit, and by what is known outside of it."""

from __future__ import annotations

import mailbox
import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any

import psycopg

from minishop_client import AsyncMinishop
from minishop_server.audit.command import look
from minishop_server.audit.equations import CONFIRMATION, Finding
from minishop_server.auth.mailed import SUBJECTS

from .buyers import insist
from .deployment import PASSWORD, Deployment, Lost, until

CHARGED = "SELECT SUM(amount - refunded) FROM sandbox_charges WHERE state = 'captured'"
LIMIT = 60.0
"""Seconds after the last fault in which every order has to be settled."""


async def findings(deployment: Deployment, limit: float = LIMIT) -> list[str]:
    """What does not add up, once nothing is under way any more."""
    admin = deployment.shop.login("grace", PASSWORD)
    await deployment.ready()  # one that was killed last may still be starting, and the audit asks all
    try:
        await until(lambda: insist(lambda: _is_settled(admin)), "every order is settled", limit)
    except AssertionError:
        stuck = [f"{work.order_id}: {work.kind} {work.error}" async for work in admin.orders.iter_work(parked=False)]
        return [f"After {limit:.0f} s still open: {stuck}"]
    books, found = await look(admin, limit, 10)
    if deployment.lost is not None:
        found = _unexpected(deployment.lost, found)
    return [*map(str, found), *_charges(deployment, books), *_mails(deployment, books)]


def _unexpected(lost: Lost, found: list[Finding]) -> list[Finding]:
    """Findings that are not of what a restore has lost; and of what it lost, those that are missing."""
    things = {(service, order) for service in ("payments", "catalog", "shipping") for order in lost.orders}
    messages = {("notifications", f"{identity}{CONFIRMATION}") for identity in lost.orders.values()}
    cart = {("cart", f"the cart of user {lost.user_id}")}
    named = {(finding.service, finding.subject) for finding in found}
    unnamed = [Finding(*each, "was lost, and is not named") for each in (things | messages) - named]
    return [each for each in found if (each.service, each.subject) not in things | messages | cart] + unnamed


async def _is_settled(admin: AsyncMinishop) -> bool:
    """Whether nothing is done for any order any more, and every message is out."""
    open_orders = [order async for order in admin.orders.iter_order_books(limit=100) if order.open_work]
    messages = [mail async for mail in admin.notifications.iter_notifications(limit=100) if mail.status == "pending"]
    return not open_orders and not messages


def _charges(deployment: Deployment, books: Any) -> list[str]:
    """The provider, which stands for the world outside, has as much money as the orders owe."""
    charged, owed = provider_holds(deployment), sum(round(order.owed * 100) for order in books.orders)
    return [] if charged == owed else [str(Finding("sandbox", "all charges", f"{charged} held, {owed} owed"))]


def provider_holds(deployment: Deployment) -> int:
    """The cents that the provider took and did not give back."""
    url = deployment.databases["payments"]
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            row = database.execute(CHARGED).fetchone()
    else:
        with psycopg.connect(url) as connection:
            row = connection.execute(CHARGED).fetchone()  # type: ignore[assignment]
    return int(row[0] or 0)


def _mails(deployment: Deployment, books: Any) -> list[str]:
    """Every message arrived, and once; but for the links of Auth, which may still be on their way."""
    mails = [mail for mail in mailbox.Maildir(deployment.data / "mail") if mail["Subject"] not in SUBJECTS.values()]
    messages = [message for message in books.messages if message.subject not in SUBJECTS.values()]
    arrived = Counter(str(mail["Message-ID"]) for mail in mails)
    twice = [name for name, count in arrived.items() if count > 1]
    found = [str(Finding("mailbox", name, "arrived twice")) for name in twice]
    if len(arrived) != len(messages):
        found.append(str(Finding("mailbox", "all", f"{len(arrived)} arrived of {len(messages)}")))
    return found
