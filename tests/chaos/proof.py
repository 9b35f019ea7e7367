"""Proof that everything adds up: by the shop's own audit, and by facts from outside."""

from __future__ import annotations

import mailbox
from collections import Counter
from dataclasses import dataclass
from typing import Any

from minishop_client import AsyncMinishop
from minishop_server.services.auth.mails.letters import SUBJECTS
from minishop_server.tools.audit.between import CONFIRMATION
from minishop_server.tools.audit.command import look
from minishop_server.tools.audit.findings import Finding
from tests.chaos.buyers import insist
from tests.chaos.deployment import PASSWORD, Deployment, Lost, until

CHARGED = "SELECT COALESCE(SUM(amount - refunded), 0) FROM sandbox_charges WHERE state = 'captured'"
LIMIT = 60.0
"""Seconds after the last fault in which every order has to be settled."""


@dataclass(frozen=True, slots=True)
class Books:
    """The records of a shop that the proof compares with those of an earlier time, and of the world outside."""

    orders: list[Any]
    payments: list[Any]
    reservations: list[Any]
    shipments: list[Any]
    messages: list[Any]


async def findings(deployment: Deployment, limit: float = LIMIT) -> list[str]:
    """The discrepancies, once no work is open any more."""
    admin = deployment.shop.login("grace", PASSWORD)
    await deployment.ready()  # one that was killed last may still be starting, and the audit asks all
    try:
        await until(lambda: insist(lambda: _is_settled(admin)), "every order is settled", limit)
    except AssertionError:
        stuck = [f"{work.order_id}: {work.kind} {work.error}" async for work in admin.orders.iter_work(parked=False)]
        return [f"After {limit:.0f} s still open: {stuck}"]
    _, found = await look(admin, limit, 10)
    books = await _books(admin)
    if deployment.lost is not None:
        found = [*_unexpected(deployment.lost, books, found), *_given_twice(books)]
    return [*map(str, found), *_charges(deployment, books), *_mails(deployment, books)]


def _unexpected(lost: Lost, books: Books, found: list[Finding]) -> list[Finding]:
    """Findings that are not due to a restore, and expected findings of its losses that are missing."""
    things = {(service, thing.order_id) for service, thing in _kept(books) if thing.order_identity in lost.identities}
    things |= {("payments", order) for order in lost.paid}
    keys = {message.key for message in books.messages if message.key}
    things |= {("notifications", key) for key in keys if key.removesuffix(CONFIRMATION) in lost.identities}
    carts = {f"the cart of user {user}" for user in lost.users}
    named = {(finding.service, finding.subject) for finding in found}
    return [
        *(Finding(*each, "was lost, and is not named") for each in things - named),
        *(
            each
            for each in found
            if (each.service, each.subject) not in things
            and not (each.subject in carts and "where the orders say" in each.what)
        ),
    ]


def _given_twice(books: Books) -> list[Finding]:
    """Numbers that are of one order at Orders, which was paid, and of another one elsewhere."""
    orders = {order.order_id: order.identity for order in books.orders if order.payment_id}
    return [
        Finding(service, thing.order_id, "the number belongs to two orders")
        for service, thing in _kept(books)
        if orders.get(thing.order_id, thing.order_identity) != thing.order_identity
    ]


def _kept(books: Books) -> list[tuple[str, Any]]:
    """The records of the other services for orders."""
    return [
        *(("payments", payment) for payment in books.payments),
        *(("catalog", reservation) for reservation in books.reservations),
        *(("shipping", shipment) for shipment in books.shipments),
    ]


async def _books(admin: AsyncMinishop) -> Books:
    lists = (
        *(admin.orders.iter_order_books, admin.payments.iter_payments, admin.catalog.iter_reservations),
        *(admin.shipping.iter_shipments, admin.notifications.iter_notifications),
    )
    return Books(*[[item async for item in read(limit=100)] for read in lists])


async def _is_settled(admin: AsyncMinishop) -> bool:
    """Whether nothing is done for any order any more, and every message is out."""
    open_orders = [order async for order in admin.orders.iter_order_books(limit=100) if order.open_work]
    messages = [mail async for mail in admin.notifications.iter_notifications(limit=100) if mail.status == "pending"]
    return not open_orders and not messages


def _charges(deployment: Deployment, books: Books) -> list[str]:
    """The provider, which stands for the world outside, has as much money as the orders owe."""
    ((charged,),) = deployment.rows("payments", CHARGED)
    owed = sum(round(order.owed * 100) for order in books.orders)
    return [] if charged == owed else [str(Finding("sandbox", "all charges", f"{charged} held, {owed} owed"))]


def _mails(deployment: Deployment, books: Books) -> list[str]:
    """Every message arrived exactly once, except the mails of Auth, which may still be on their way."""
    mails = [mail for mail in mailbox.Maildir(deployment.data / "mail") if mail["Subject"] not in SUBJECTS.values()]
    messages = [message for message in books.messages if message.subject not in SUBJECTS.values()]
    arrived = Counter(str(mail["Message-ID"]) for mail in mails)
    twice = [name for name, count in arrived.items() if count > 1]
    found = [str(Finding("mailbox", name, "arrived twice")) for name in twice]
    if len(arrived) != len(messages):
        found.append(str(Finding("mailbox", "all", f"{len(arrived)} arrived of {len(messages)}")))
    return found
