"""For every sequence of calls, and every broken connection, the money adds up."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from minishop_server.kit.problems import Conflict, NotFound, Unavailable, Unprocessable
from minishop_server.kit.tokens import Caller
from minishop_server.services.settings import Settings
from tests.support.payments import SECRET, SERVICES, Till, running_till
from tests.support.postgres import NewDatabase

AMOUNT = 9998
TOKENS = ("tok_approved", "tok_declined", "tok_timeout_after_charge", "tok_needs_action", "tok_late_webhook")

LINES: tuple[dict[str, bool], ...] = ({}, {}, {"before": True}, {"after": True})


ORDERS = Caller("service_orders", "orders", "service", token="")


class Books(RuleBasedStateMachine):
    """One order of a running Payments, a new one for each example."""

    till: Till
    runner: asyncio.Runner
    last = 100

    def __init__(self) -> None:
        super().__init__()
        type(self).last += 1
        self.order_id = f"ORD-{self.last}"
        self.voided = False

    def do(self, call: Any) -> Any:
        """Run a call, and accept a refusal."""
        try:
            return self.runner.run(call)
        except (Conflict, NotFound, Unavailable, Unprocessable):
            return None
        finally:
            self.runner.run(self.till.tried())

    def payment(self) -> Any:
        """Our row, if there is one."""
        sql = "SELECT * FROM payments WHERE order_id = $1"
        return self.runner.run(self.till.payments.database.fetchrow(dict, sql, self.order_id))

    def payment_id(self) -> str:
        """The id of the payment, or an unknown one if there is none."""
        row = self.payment()
        return "PAY-99999999" if row is None else f"PAY-{row['id'] + 554}"

    @initialize(token=st.none() | st.sampled_from(TOKENS), capture=st.booleans(), line=st.sampled_from(LINES))
    def begin(self, token: str | None, capture: bool, line: dict[str, bool]) -> None:
        """Most orders are charged first of all, some while the line breaks."""
        self.till.line.cut(**line)
        if token is not None:
            self.charge(token, capture)
        self.till.line.mend()

    @rule(token=st.sampled_from(TOKENS), capture=st.booleans())
    def charge(self, token: str, capture: bool) -> None:
        """By Orders, or by a request of it that was given up."""
        row = self.do(self.till.payments.process(self.order_id, AMOUNT, "credit_card", token, capture))
        assert not self.voided or row[0]["state"] in ("voided", "declined")

    @rule()
    def void(self) -> None:
        """The order is cancelled."""
        row = self.do(self.till.payments.void_order(self.order_id))
        self.voided = self.voided or self.payment()["state"] == "voided"
        assert row is None or row["state"] in ("voided", "declined")

    @rule()
    def capture(self) -> None:
        """Capture the held amount."""
        self.do(self.till.payments.capture(self.payment_id()))

    @rule(amount=st.sampled_from([1, 3000, 5000, AMOUNT]), key=st.sampled_from("abc"))
    def refund(self, amount: int, key: str) -> None:
        """Some goes back."""
        self.do(self.till.payments.give_back(ORDERS, self.payment_id(), key, amount, None))

    @rule(before=st.booleans())
    @precondition(lambda self: not (self.till.line.cut_before or self.till.line.cut_after))
    def cut(self, before: bool) -> None:
        """The provider falls silent."""
        self.till.line.cut(before=before, after=not before)

    @rule()
    def mend(self) -> None:
        """It can be reached again."""
        self.till.line.mend()

    @rule()
    def decide(self) -> None:
        """The provider makes up its mind."""
        self.runner.run(self._execute("UPDATE sandbox_charges SET decided_at = 0"))

    @rule()
    def try_again(self) -> None:
        """All work is tried once more."""
        self.runner.run(self.till.try_again())

    @invariant()
    def what_is_recorded_adds_up(self) -> None:
        """The row, the ledger and the refunds say the same, and nothing went back that did not come in."""
        row = self.payment()
        if row is None:
            return
        booked = self._sums(row["id"])
        assert booked["capture"] in (0, AMOUNT)
        assert (row["captured"] or 0, row["refunded"]) == (booked["capture"], booked["refund"])
        assert row["refunded"] <= row["promised"] <= (row["captured"] or 0)
        assert booked["void"] <= booked["authorise"]

    @invariant()
    def the_provider_took_the_money_once_at_the_most(self) -> None:
        """And gave back no more than was promised."""
        row, outside = self.payment(), self._outside()
        assert outside is None or outside["refunded"] <= row["promised"]

    def teardown(self) -> None:
        """Once everything is said and done, our books are the provider's, and a voided order holds nothing."""
        self.mend()
        self.decide()
        row = self.payment()
        if row is None:
            return
        if row["state"] == "pending":
            self.do(self.till.payments.process(self.order_id, AMOUNT, "credit_card", "tok_approved", True))
        self.try_again()
        row, outside = self.payment(), self._outside()
        taken = outside["amount"] if outside and outside["state"] == "captured" else 0
        back = outside["refunded"] if outside else 0
        assert (taken, back) == (row["captured"] or 0, row["refunded"])
        assert row["promised"] == row["refunded"]
        assert [] == self._owed(row["id"])
        assert row["state"] != "pending"
        assert row["state"] == "captured" or taken == back
        assert (row["state"] == "authorised") == (outside is not None and outside["state"] == "authorised")

    def _sums(self, payment: int) -> dict[str, int]:
        sql = "SELECT kind, CAST(SUM(amount) AS INTEGER) AS total FROM ledger WHERE payment_id = $1 GROUP BY kind"
        rows = self.runner.run(self.till.payments.database.fetch(dict, sql, payment))
        return {"authorise": 0, "void": 0, "capture": 0, "refund": 0} | {row["kind"]: row["total"] for row in rows}

    def _owed(self, payment: int) -> Any:
        sql = "SELECT kind FROM work WHERE key = $1 AND kind <> 'send_webhook'"
        return self.runner.run(self.till.payments.database.fetch(dict, sql, f"PAY-{payment + 554}"))

    def _outside(self) -> Any:
        sql = "SELECT * FROM sandbox_charges WHERE id LIKE $1"
        return self.runner.run(self.till.payments.database.fetchrow(dict, sql, f"{self.payment_id()}.%"))

    async def _execute(self, sql: str) -> None:
        async with self.till.payments.database.transaction() as connection:
            await connection.execute(sql)


def test_no_sequence_of_calls_breaks_the_equations(new_database: NewDatabase, quiet: None) -> None:
    with TemporaryDirectory() as folder, asyncio.Runner() as runner:
        urls = {name: {"database_url": new_database(name)} for name in SERVICES}
        urls["payments"]["webhook_secret"] = SECRET
        stack = AsyncExitStack()
        chosen = Settings.model_validate({"data_dir": Path(folder), **urls})
        till = runner.run(stack.enter_async_context(running_till(chosen)))
        till.sandbox.delay = 3600.0  # nothing is decided by itself
        machine = type("Machine", (Books,), {"till": till, "runner": runner})
        try:
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=100,
                    stateful_step_count=10,
                    deadline=None,
                    derandomize=True,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(stack.aclose())
