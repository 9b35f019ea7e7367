"""The rules for the books, one generator for each.

`check_service` compares the books of each service with themselves, for any client. `check_shop` compares the
books of all with each other: its rules hold in a shop in which only Orders called the other services.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ...kit.clock import now_as_datetime
from ...kit.money import cents
from .books import Books

UNDER_WAY = {"pending", "paid"}
"""The states of an order that only work leads out of."""
ON_ITS_WAY = {"in_transit", "out_for_delivery", "exception"}
SENT = ON_ITS_WAY | {"delivered", "returned"}
CONFIRMATION = ".confirmation"
"""The end of the key of a message that confirms an order, after the identity of the order."""
HOLDING = {"held": "reserved", "committed": "sold"}
"""The states of a reservation in which pieces are off the shelf, and the column of the stock book that has them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A discrepancy: the service whose book it is in, its subject, and the reason."""

    service: str
    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.service}: {self.subject}: {self.what}"


def check_service(books: Books, limit: timedelta) -> list[Finding]:
    """The errors in each service's books alone.

    Args:
        limit: the maximum age of a job.
    """
    return _found(books, limit, (stock, ledger, waiting_messages))


def check_shop(books: Books, limit: timedelta) -> list[Finding]:
    """The errors in the books alone and together, without orders that have open work."""
    return check_service(books, limit) + _found(
        books,
        limit,
        (work, money, pieces, carts, parcels, confirmations, tracking, missing_orders, buyers, missing_users),
    )


def stock(books: Books, limit: timedelta) -> Iterator[Finding]:
    """The received pieces are on hand, reserved or sold, and those match the reservations."""
    expected: dict[str, Counter[int]] = {column: Counter() for column in HOLDING.values()}
    for reservation in books.reservations:
        if reservation.status in HOLDING:
            for line in reservation.lines:
                expected[HOLDING[reservation.status]][line.product_id] += line.quantity
    for book in books.stock:
        subject = f"product {book.product_id}"
        if book.on_hand + book.reserved + book.sold != book.received:
            where = f"{book.on_hand} on hand, {book.reserved} reserved and {book.sold} sold"
            yield Finding("catalog", subject, f"{where} are not {book.received} received")
        for column, pieces_of in expected.items():
            said, counted = getattr(book, column), pieces_of.pop(book.product_id, 0)
            if said != counted:
                yield Finding("catalog", subject, f"{said} {column}, where the reservations say {counted}")
    for column, pieces_of in expected.items():
        for product_id, count in pieces_of.items():
            yield Finding("catalog", f"product {product_id}", f"{count} {column} of a product that is not there")


def ledger(books: Books, limit: timedelta) -> Iterator[Finding]:
    """A payment matches its ledger entries: one charge, and no more refunded than captured."""
    moved: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for entry in books.ledger:
        moved[entry.payment_id][entry.kind].append(cents(entry.amount))
    for payment in books.payments:
        entries = moved.pop(payment.payment_id, {})
        captured, refunded = cents(payment.captured), cents(payment.refunded)
        for name, said in ("capture", captured), ("refund", refunded):
            booked = sum(entries.get(name, ()))
            if said != booked:
                what = f"{_money(said)} by {name}, where the ledger has {_money(booked)}"
                yield Finding("payments", payment.payment_id, what)
        if len(entries.get("capture", ())) > 1:
            yield Finding("payments", payment.payment_id, "captured more than once")
        if refunded > captured:
            what = f"{_money(refunded)} refunded of {_money(captured)} captured"
            yield Finding("payments", payment.payment_id, what)
    for payment_id in moved:
        yield Finding("payments", payment_id, "entries in the ledger without a payment")


def waiting_messages(books: Books, limit: timedelta) -> Iterator[Finding]:
    """A message is out in time, and there is one for a key."""
    for message in books.messages:
        if message.status == "pending" and _older(message.timestamp, limit):
            yield Finding("notifications", f"message {message.id}", f"not sent since {message.timestamp}")
    for key, count in Counter(_keys(books)).items():
        if count > 1:
            yield Finding("notifications", key, f"{count} messages under one key")


def work(books: Books, limit: timedelta) -> Iterator[Finding]:
    """No work is parked, none is older than the limit, and no order waits for work that is not there."""
    for task in books.work:
        yield Finding("orders", task.order_id, f"{task.kind} is parked after {task.attempts} tries: {_cause(task)}")
    for order in books.orders:
        if order.open_work and _older(order.updated_at, limit):
            yield Finding("orders", order.order_id, f"{order.status} with open work since {order.updated_at}")
        if order.status in UNDER_WAY and not order.open_work:
            yield Finding("orders", order.order_id, f"{order.status}, and nothing is being done for it")


def money(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Captured less refunded is owed for each order, and the payment that it names belongs to it."""
    kept_for = {payment.payment_id: _order_of(payment) for payment in books.payments}
    held: Counter[str] = Counter()
    for payment in books.payments:
        held[_order_of(payment)] += cents(payment.captured) - cents(payment.refunded)
    for order in _settled(books):
        owed = cents(order.owed)
        if held[order.identity] != owed:
            what = f"Payments holds {_money(held[order.identity])} for it, and {_money(owed)} is owed ({order.status})"
            yield Finding("orders", order.order_id, what)
        elif order.payment_id and kept_for.get(order.payment_id) != order.identity:
            # Payments has lost it: only the provider knows the charge and the amount to refund.
            yield Finding(
                "payments", order.order_id, f"{order.payment_id} paid for it, and is not there ({order.status})"
            )
    settled = {order.identity for order in _settled(books)}
    for payment in books.payments:
        if payment.state in ("pending", "authorised") and _order_of(payment) in settled:
            yield Finding("payments", payment.payment_id, f"{payment.state}, although {payment.order_id} is settled")


def pieces(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Catalog counts the items of an order as sold, and neither holds nor sells anything for another."""
    reservations = {_order_of(reservation): reservation for reservation in books.reservations}
    for order in _settled(books):
        reservation = reservations.get(order.identity)
        status = "missing" if reservation is None else reservation.status
        if order.holds_stock:
            if status != "committed":
                yield Finding("catalog", order.order_id, f"its reservation is {status}, although it is {order.status}")
            elif _lines(reservation) != _lines(order):
                yield Finding("catalog", order.order_id, "sold other pieces than were ordered")
        elif status in HOLDING:
            yield Finding("catalog", order.order_id, f"its reservation is {status}, although it is {order.status}")


def carts(books: Books, limit: timedelta) -> Iterator[Finding]:
    """No item of a cart line is in two orders, and a cart counts the items of its orders as bought."""
    open_work = {order.user_id for order in books.orders if order.open_work}
    taken: Counter[int] = Counter()
    for order in books.orders:
        if order.left_cart:
            taken[order.user_id] += _lines(order).total()
    for cart in books.carts:
        subject, expected = f"the cart of user {cart.user_id}", taken[cart.user_id]
        if cart.excess:
            yield Finding("cart", subject, f"{cart.excess} more pieces are in it, or were bought, than were put in")
        if cart.bought != expected and cart.user_id not in open_work:
            yield Finding("cart", subject, f"{cart.bought} pieces bought, where the orders say {expected}")
    for user_id in taken.keys() - open_work - {cart.user_id for cart in books.carts}:
        what = f"no cart, where the orders say {taken[user_id]} pieces bought"
        yield Finding("cart", f"the cart of user {user_id}", what)


def parcels(books: Books, limit: timedelta) -> Iterator[Finding]:
    """An order that must be sent has one shipment, and no other has one on its way."""
    shipments = defaultdict(list)
    for shipment in books.shipments:
        shipments[_order_of(shipment)].append(shipment.status)
    for order in _settled(books):
        sent = [status for status in shipments[order.identity] if status in SENT]
        if order.must_ship and len(sent) != 1:
            yield Finding("shipping", order.order_id, f"{len(sent)} shipments, although it is {order.status}")
        if not order.must_ship and ON_ITS_WAY & set(sent):
            yield Finding("shipping", order.order_id, f"{sent[0]}, although it is {order.status}")


def confirmations(books: Books, limit: timedelta) -> Iterator[Finding]:
    """An order that must be confirmed has a message that does."""
    keys = set(_keys(books))
    for order in _settled(books):
        if order.must_tell and f"{order.identity}{CONFIRMATION}" not in keys:
            yield Finding("notifications", order.order_id, f"no confirmation, although it is {order.status}")


def tracking(books: Books, limit: timedelta) -> Iterator[Finding]:
    """The customer is notified in time of each move of a parcel except its cancellation."""
    keys, count = set(_keys(books)), Counter[str]()
    for move in books.moves:
        count[move.tracking_id] += 1
        key = f"{move.tracking_id}.{count[move.tracking_id]}"
        told = {key, f"{key}.{move.status}"} & keys  # the second, since states are in keys
        if move.status != "cancelled" and not told and _older(move.timestamp, limit):
            yield Finding("notifications", move.order_id, f"no message that {move.tracking_id} is {move.status}")


def missing_orders(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Records for an order refer to an existing one."""
    orders = {(order.order_id, order.identity) for order in books.orders}
    identities = {identity for _, identity in orders}
    kept = [("catalog", "a reservation", reservation) for reservation in books.reservations]
    kept += [("payments", payment.payment_id, payment) for payment in books.payments]
    kept += [("shipping", shipment.tracking_id, shipment) for shipment in books.shipments]
    for service, thing, entry in kept:
        if (entry.order_id, _order_of(entry)) not in orders:
            yield Finding(service, entry.order_id, f"{thing} for an order that is not there")
    for key in _keys(books):
        if key.endswith(CONFIRMATION) and key.removesuffix(CONFIRMATION) not in identities:
            yield Finding("notifications", key, "confirms an order that is not there")


def buyers(books: Books, limit: timedelta) -> Iterator[Finding]:
    """A parcel goes to the buyer of its order."""
    users = {order.identity: order.user_id for order in books.orders}
    for shipment in books.shipments:
        buyer = users.get(_order_of(shipment))
        if buyer is not None and shipment.user_id and shipment.user_id != buyer:
            what = f"{shipment.tracking_id} is of user {shipment.user_id}, and the order of user {buyer}"
            yield Finding("shipping", shipment.order_id, what)


def missing_users(books: Books, limit: timedelta) -> Iterator[Finding]:
    """Carts and orders are of users that there are, and of products that there are."""
    users, products = {user.id for user in books.users}, {book.product_id for book in books.stock}
    carts = [("cart", f"the cart of user {cart.user_id}", cart) for cart in books.carts]
    for service, subject, thing in [*carts, *(("orders", order.order_id, order) for order in books.orders)]:
        if thing.user_id not in users:
            yield Finding(service, subject, f"there is no user {thing.user_id}")
        for line in thing.lines:
            if line.product_id not in products:
                yield Finding(service, subject, f"there is no product {line.product_id}")


Rule = Callable[[Books, timedelta], Iterator[Finding]]


def _found(books: Books, limit: timedelta, rules: tuple[Rule, ...]) -> list[Finding]:
    return [finding for rule in rules for finding in rule(books, limit)]


def _settled(books: Books) -> list[Any]:
    return [order for order in books.orders if not order.open_work]


def _order_of(thing: Any) -> str:
    """The identity of the order that an object belongs to, or the number if it was created by hand."""
    return str(thing.order_identity or thing.order_id)


def _lines(thing: Any) -> Counter[int]:
    lines: Counter[int] = Counter()
    for line in thing.lines:
        lines[line.product_id] += line.quantity
    return lines


def _keys(books: Books) -> list[str]:
    return [message.key for message in books.messages if message.key]


def _cause(task: Any) -> str:
    return task.error or "the process ended"


def _older(time: datetime, limit: timedelta) -> bool:
    return now_as_datetime() - time > limit


def _money(amount: int) -> str:
    return f"{amount / 100:.2f}"
