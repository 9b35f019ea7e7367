"""Orders over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from minishop_contracts.answers import orders as answers
from minishop_contracts.models import orders as models
from minishop_contracts.reply import Reply

from ...kit.health import livez as livez
from ...kit.health import readyz as readyz
from ...kit.idempotency import replay_header
from ...kit.ids import ORDERS, OrderId, ProductId, UserId
from ...kit.money import amount, cents
from ...kit.outbox import WorkRow
from ...kit.paging import Page
from ...kit.problems import NotFound
from ...kit.tokens import Caller
from .checkout import CheckoutRequest
from .domain import Orders
from .rows import EventRow, LineRow, OrderRow
from .state_machine import allowed_actions, is_bought, owed

if TYPE_CHECKING:
    from minishop_contracts.interfaces.orders import Handlers

    from . import handlers

    _: Handlers[Orders, Caller] = handlers


async def checkout(
    orders: Orders, caller: Caller, body: models.Checkout, idempotency_key: str | None = None
) -> Reply[answers.CheckoutResult]:
    """Buy the contents of your cart."""
    request = CheckoutRequest(
        UserId(body.user_id),
        body.payment_method.value,
        body.payment_token,
        body.address,
        body.carrier,
        None if body.expected_total is None else cents(body.expected_total),
    )
    order, replayed = await orders.checkouts.buy(caller, request, idempotency_key)
    pending = order["status"] == "pending"
    order_id = ORDERS.id(order["id"])
    # The later states of the order do not matter: a repeated request gets the first answer.
    answer: answers.CheckoutResult = {
        "order_id": order_id,
        "status": "pending" if pending else "paid",
        "total": amount(order["total"]),
    }
    headers = {"Location": f"/orders/{order_id}", **replay_header(replayed)}
    return Reply(answer, status=202 if pending else 201, headers=headers)


async def list_orders(
    orders: Orders, caller: Caller, limit: int, cursor: str | None = None, status: str | None = None
) -> Reply[list[answers.Order]]:
    """List your orders."""
    page = Page("/orders", limit, cursor, {"status": status}, whose=caller.user_id)
    found = await orders.orders(caller, page.fetch, page.after_row, status)
    headers = page.link([order for order, _ in found])
    return Reply([_order(caller, order, lines) for order, lines in found[:limit]], headers=headers)


async def get_order(orders: Orders, caller: Caller, order_id: str) -> answers.Order:
    """Read an order."""
    return _order(caller, *await orders.order(caller, OrderId(order_id)))


async def list_order_events(
    orders: Orders, caller: Caller, order_id: str, limit: int, cursor: str | None = None
) -> Reply[list[answers.OrderEvent]]:
    """List the timeline of an order."""
    page = Page(f"/orders/{order_id}/events", limit, cursor)
    events = await orders.events(caller, OrderId(order_id), page.fetch, page.after_row)
    return Reply([_event(event) for event in events[:limit]], headers=page.link(events))


async def cancel_order(orders: Orders, caller: Caller, order_id: str) -> answers.Order:
    """Cancel an order."""
    return _order(caller, *await orders.cancel(caller, OrderId(order_id)))


async def refund_order(
    orders: Orders, caller: Caller, order_id: str, body: models.RefundRequest, idempotency_key: str | None = None
) -> Reply[answers.OrderRefund]:
    """Refund an order."""
    refund, replayed = await orders.refunds.refund(
        caller, OrderId(order_id), cents(body.amount), body.reason, idempotency_key
    )
    answer: answers.OrderRefund = {
        "order_id": order_id,
        "amount": amount(refund["amount"]),
        "created_at": refund["created_at"],
    }
    if refund["reason"] is not None:
        answer["reason"] = refund["reason"]
    return Reply(answer, headers={"Location": f"/orders/{order_id}", **replay_header(replayed)})


async def request_return(orders: Orders, caller: Caller, order_id: str, body: models.ReturnRequest) -> answers.Order:
    """Request a return."""
    lines = None if body.lines is None else [(ProductId(line.product_id), line.quantity) for line in body.lines]
    return _order(caller, *await orders.refunds.request_return(caller, OrderId(order_id), lines))


async def accept_return(orders: Orders, caller: Caller, order_id: str) -> answers.Order:
    """Accept a return."""
    return _order(caller, *await orders.refunds.accept_return(caller, OrderId(order_id)))


async def list_order_books(
    orders: Orders, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.OrderBook]]:
    """List the records that orders require."""
    page = Page("/orders/books", limit, cursor)
    found = await orders.books(page.fetch, page.after_row)
    headers = page.link([order for order, _, _ in found])
    return Reply([_book(*book) for book in found[:limit]], headers=headers)


async def list_work(
    orders: Orders, caller: Caller, limit: int, cursor: str | None = None, parked: bool = True
) -> Reply[list[answers.Work]]:
    """List pending work."""
    page = Page("/orders/work", limit, cursor, {"parked": str(parked).lower()})
    rows = await orders.work.rows(parked=parked, limit=page.fetch, before=page.after_row)
    return Reply([_work(row) for row in rows[:limit]], headers=page.link(rows))


async def resume_work(orders: Orders, caller: Caller, work_id: int) -> answers.Work:
    """Try work again at once."""
    row = await orders.work.resume(work_id)
    if row is None:
        raise NotFound(f"No work {work_id} waits to be tried.")
    return _work(row)


def _order(caller: Caller, order: OrderRow, lines: Sequence[LineRow]) -> answers.Order:
    answer: answers.Order = {
        "order_id": ORDERS.id(order["id"]),
        "identity": order["identity"],
        "user_id": order["user_id"],
        "status": order["status"],
        "total": amount(order["total"]),
        "refunded": amount(order["refunded"]),
        "lines": [_line(line) for line in lines],
        "payment_method": order["payment_method"],
        "address": order["address"],
        "carrier": order["carrier"],
        "allowed_actions": allowed_actions(order, caller.role),
        "created_at": order["created_at"],
        "updated_at": order["updated_at"],
    }
    if order["payment_id"] is not None:
        answer["payment_id"] = order["payment_id"]
    if order["tracking_id"] is not None:
        answer["tracking_id"] = order["tracking_id"]
    if order["reason"] is not None:
        answer["reason"] = order["reason"]
    return answer


def _line(line: LineRow) -> answers.OrderLine:
    return {
        "product_id": line["product_id"],
        "quantity": line["quantity"],
        "name": line["name"],
        "price": amount(line["price"]),
    }


def _event(event: EventRow) -> answers.OrderEvent:
    return {
        "step": event["step"],
        "actor": event["actor"],
        "request_id": event["request_id"],
        "timestamp": event["created_at"],
    }


def _book(order: OrderRow, lines: Sequence[LineRow], open_work: bool) -> answers.OrderBook:
    bought = is_bought(order)
    book: answers.OrderBook = {
        "order_id": ORDERS.id(order["id"]),
        "identity": order["identity"],
        "user_id": order["user_id"],
        "status": order["status"],
        "owed": amount(owed(order)),
        "lines": [{"product_id": line["product_id"], "quantity": line["quantity"]} for line in lines],
        "holds_stock": bought,
        "must_ship": bought,
        "must_tell": order["payment_id"] is not None and order["status"] != "payment_failed",
        "left_cart": order["cart"] == "taken",
        "open_work": open_work,
        "updated_at": order["updated_at"],
    }
    if order["payment_id"] is not None:
        book["payment_id"] = order["payment_id"]
    return book


def _work(row: WorkRow) -> answers.Work:
    work: answers.Work = {
        "work_id": row["id"],
        "kind": cast("answers.WorkKind", row["kind"]),  # the outbox of Orders has no other
        "order_id": row["key"],
        "attempts": row["attempts"],
        "created_at": row["created_at"],
    }
    if row["error"] is not None:
        work["error"] = row["error"]
    return work
