"""The life of an order is one table, and no sequence of requests leads out of it or breaks the books."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from minishop_client import ApiError
from minishop_client.services.orders.models import ReturnLine
from minishop_server.kit.documents import document
from minishop_server.services.orders.state_machine import MOVES, allowed_actions
from minishop_server.services.settings import Settings
from tests.support.shop import Shop, User, running_shop

STATES = {state for move in MOVES.values() for state in (*move.before, move.after)}
PEERS = ("/payments", "/shipping", "/catalog/reservations", "/notifications")
TOKENS = ("tok_approved", "tok_declined", "tok_timeout_after_charge")


def test_the_document_knows_the_states_of_the_table_and_no_other() -> None:
    schemas = document("orders")["components"]["schemas"]

    assert set(schemas["OrderStatus"]["enum"]) == STATES
    assert {*STATES - {"pending"}, "placed", "confirmed", "money_returned"} == set(schemas["OrderStep"]["enum"])
    assert {move.operation for move in MOVES.values()} - {None} == set(schemas["OrderAction"]["enum"])


@pytest.mark.parametrize(
    ("status", "role", "expected"),
    [
        ("pending", "customer", ["cancel_order"]),
        ("shipped", "customer", []),
        ("shipped", "admin", ["cancel_order"]),
        ("delivered", "customer", ["request_return"]),
        ("delivered", "admin", ["refund_order"]),
        ("return_requested", "admin", ["accept_return"]),
        ("refunded", "admin", []),
    ],
)
def test_an_order_says_what_may_be_done_with_it(status: str, role: str, expected: list[str]) -> None:
    assert expected == allowed_actions({"status": status, "total": 2, "refunded": 0}, role)


def test_an_order_without_money_left_gives_none_back() -> None:
    for role in "admin", "customer":
        assert [] == allowed_actions({"status": "delivered", "total": 2, "refunded": 2}, role)


def test_a_free_order_can_be_sent_back_and_has_nothing_to_refund() -> None:
    free = {"status": "delivered", "total": 0, "refunded": 0}

    assert (["request_return"], []) == (allowed_actions(free, "customer"), allowed_actions(free, "admin"))


class LifeOfOrders(RuleBasedStateMachine):
    """A customer and an admin make random calls, while peers come and go."""

    shop: ClassVar[Shop]
    run_: ClassVar[Callable[[Coroutine[Any, Any, Any]], Any]]
    names = itertools.count()
    admin: ClassVar[User]

    @initialize()
    def arrive(self) -> None:
        self.user = self._do(self.shop.customer(f"buyer-{next(self.names)}"))
        self.keys = 0

    @rule(token=st.sampled_from(TOKENS), quantity=st.integers(1, 3), again=st.booleans())
    def buy(self, token: str, quantity: int, again: bool) -> None:
        if not again:
            self._do(self.user.shop.cart.add_cart_item(product_id=1, quantity=quantity))
            self.keys += 1
        self._try(self.user.checkout(f"key-{self.keys}", payment_token=token))

    @rule(peer=st.sampled_from(PEERS))
    def cut(self, peer: str) -> None:
        self.shop.wire.cut(peer)

    @rule()
    def mend(self) -> None:
        self.shop.wire.mend()

    @rule(by_admin=st.booleans(), which=st.integers(0, 3))
    def cancel(self, by_admin: bool, which: int) -> None:
        who = self.admin if by_admin else self.user
        self._each(which, lambda order_id: who.shop.orders.cancel_order(order_id))

    @rule(status=st.sampled_from(["out_for_delivery", "delivered", "exception", "returned"]), which=st.integers(0, 3))
    def carry(self, status: Any, which: int) -> None:
        self._each(which, lambda order_id: self.admin.shop.shipping.update_shipment(order_id, status=status))
        with suppress(Exception):
            self._do(self.shop.domain("orders").track())

    @rule(quantity=st.integers(1, 4), which=st.integers(0, 3))
    def send_back(self, quantity: int, which: int) -> None:
        lines = [ReturnLine(1, quantity)]
        self._each(which, lambda order_id: self.user.shop.orders.request_return(order_id, lines=lines))

    @rule(which=st.integers(0, 3))
    def accept(self, which: int) -> None:
        self._each(which, lambda order_id: self.admin.shop.orders.accept_return(order_id))

    @rule(amount=st.integers(1, 9000), which=st.integers(0, 3))
    def refund(self, amount: int, which: int) -> None:
        self._each(which, lambda order_id: self.admin.shop.orders.refund_order(order_id, amount=amount / 100))

    @invariant()
    def every_step_is_one_of_the_table(self) -> None:
        for order in self._orders():
            steps = [e.step for e in self._do(self.user.shop.orders.list_order_events(order.order_id, limit=100))]
            path = ["pending", *(step for step in steps if step in STATES)]
            moves = {(before, move.after) for move in MOVES.values() for before in move.before}
            assert set(itertools.pairwise(path)) <= moves
            assert order.refunded <= order.total

    def teardown(self) -> None:
        self.shop.wire.mend()
        self._do(self.shop.domain("orders").track())
        self._do(self.shop.settled())
        self._do(self._books_add_up())

    async def _books_add_up(self) -> None:
        books = [book async for book in self.admin.shop.orders.iter_order_books(limit=100)]
        payments = {p.order_id: p async for p in self.admin.shop.payments.iter_payments(limit=100)}
        parcels = {s.order_id: s.status async for s in self.admin.shop.shipping.iter_shipments(limit=100)}
        [stock] = await self.admin.shop.catalog.list_stock()
        for book in books:
            assert not book.open_work
            steps = [step.step async for step in self.admin.shop.orders.iter_order_events(book.order_id, limit=100)]
            assert book.status == ["pending", *(step for step in steps if step in STATES)][-1]
            payment = payments.get(book.order_id)
            held = round(100 * ((payment.captured or 0) - (payment.refunded or 0))) if payment else 0
            assert round(100 * book.owed) == held
            assert book.must_ship == (parcels.get(book.order_id, "cancelled") not in ("cancelled", "returned"))
        sold = sum(line.quantity for book in books if book.holds_stock for line in book.lines)
        assert (stock.sold, 0) == (sold, stock.reserved)
        assert stock.received == stock.on_hand + stock.reserved + stock.sold

    def _orders(self) -> list[Any]:
        return list(self._do(self.user.shop.orders.list_orders(limit=100)))

    def _each(self, which: int, call: Callable[[str], Coroutine[Any, Any, Any]]) -> None:
        """Call it with one of the orders, if there are any, and accept a refusal."""
        orders = self._orders()
        if orders:
            self._try(call(orders[which % len(orders)].order_id))

    def _try(self, call: Coroutine[Any, Any, Any]) -> None:
        with suppress(ApiError):
            self._do(call)

    def _do(self, call: Coroutine[Any, Any, Any]) -> Any:
        return type(self).run_(call)


def test_no_sequence_of_requests_leaves_the_table_or_breaks_the_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minishop_server.kit.outbox.worker.LONGEST_PAUSE", 0.1)
    opened: AbstractAsyncContextManager[Shop] = running_shop(
        Settings.model_validate({"data_dir": tmp_path, "checkout_seconds": 0.2})
    )
    with asyncio.Runner() as runner:
        shop = runner.run(opened.__aenter__())
        try:
            runner.run(shop.product(stock=100_000))
            LifeOfOrders.shop, LifeOfOrders.run_ = shop, staticmethod(runner.run)
            LifeOfOrders.admin = runner.run(shop.admin())
            run_state_machine_as_test(  # type: ignore[no-untyped-call]
                LifeOfOrders,
                settings=settings(
                    max_examples=20,
                    stateful_step_count=20,
                    deadline=None,
                    derandomize=True,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(opened.__aexit__(None, None, None))
