"""An order is charged once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from minishop_server.kit.problems import NotFound
from minishop_server.payments.domain import OtherPayment, Payments
from minishop_server.payments.store import Store

from ...conftest import RunService


class Bank:
    """A provider at the edge of the world: notes every charge, and may lose its answer."""

    def __init__(self) -> None:
        self.charges: list[tuple[str, int, str, str | None]] = []
        self.loses_answer = False

    async def charge(self, key: str, amount: int, method: str, token: str | None) -> bool:
        self.charges.append((key, amount, method, token))
        if self.loses_answer:
            raise TimeoutError
        return True


@pytest.fixture
async def payments(run_service: RunService) -> AsyncIterator[Payments]:
    """The domain with its sandbox, once on each kind of database."""
    async with run_service("payments") as domain:
        yield domain


@pytest.mark.parametrize(
    ("token", "status"),
    [(None, "success"), ("tok_approved", "success"), ("tok_declined", "failure"), ("tok_whatever", "failure")],
)
async def test_the_sandbox_approves_no_token_and_the_approved_one_only(
    payments: Payments, token: str | None, status: str
) -> None:
    payment, new = await payments.process("ORD-101", 9998, "credit_card", token)

    assert (1, status, True) == (payment["id"], payment["status"], new)
    assert status == (await payments.payment("PAY-555"))["status"]


async def test_an_order_is_charged_once_however_often_it_is_asked_for(payments: Payments) -> None:
    bank = Bank()
    payments = Payments(Store(payments.database), bank)

    first, new = await payments.process("ORD-101", 9998, "credit_card", None)
    again, new_again = await payments.process("ORD-101", 9998, "credit_card", None)

    assert (True, False) == (new, new_again)
    assert dict(first) == dict(again)
    assert [("PAY-555", 9998, "credit_card", None)] == bank.charges


async def test_charges_of_one_order_at_the_same_time_carry_the_same_key(payments: Payments) -> None:
    bank = Bank()
    payments = Payments(Store(payments.database), bank)

    outcomes = await asyncio.gather(*(payments.process("ORD-101", 9998, "credit_card", None) for _ in range(8)))

    assert {("PAY-555", 9998, "credit_card", None)} == set(bank.charges)
    assert 1 == sum(new for _, new in outcomes)
    assert {"success"} == {payment["status"] for payment, _ in outcomes}


async def test_another_amount_or_method_for_the_order_is_refused(payments: Payments) -> None:
    await payments.process("ORD-101", 9998, "credit_card", None)

    for amount, method in [(9999, "credit_card"), (9998, "debit_card")]:
        with pytest.raises(OtherPayment):
            await payments.process("ORD-101", amount, method, None)
    assert 9998 == (await payments.payment("PAY-555"))["amount"]


async def test_after_a_charge_whose_answer_was_lost_the_provider_is_asked_with_the_same_key(payments: Payments) -> None:
    bank = Bank()
    payments = Payments(Store(payments.database), bank)
    bank.loses_answer = True
    with pytest.raises(TimeoutError):
        await payments.process("ORD-101", 9998, "credit_card", "tok_approved")
    with pytest.raises(NotFound):
        await payments.payment("PAY-555")
    bank.loses_answer = False

    payment, _ = await payments.process("ORD-101", 9998, "credit_card", "tok_approved")

    assert "success" == payment["status"]
    assert [("PAY-555", 9998, "credit_card", "tok_approved")] * 2 == bank.charges


async def test_a_decline_stands(payments: Payments) -> None:
    await payments.process("ORD-101", 9998, "credit_card", "tok_declined")

    payment, _ = await payments.process("ORD-101", 9998, "credit_card", "tok_approved")

    assert "failure" == payment["status"]


@pytest.mark.parametrize("payment_id", ["PAY-999", "PAY-1"])
async def test_a_payment_that_is_not_there_is_not_found(payments: Payments, payment_id: str) -> None:
    with pytest.raises(NotFound):
        await payments.payment(payment_id)


async def test_no_payment_token_is_kept(payments: Payments) -> None:
    await payments.process("ORD-101", 9998, "credit_card", "tok_declined")

    rows = await payments.database.fetch("SELECT * FROM payments")

    assert "tok_declined" not in str([dict(row) for row in rows])
