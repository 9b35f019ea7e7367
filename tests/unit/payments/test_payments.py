"""An order is charged once, for every behaviour of the provider and any number of requests."""

from __future__ import annotations

import asyncio

import pytest
import structlog

from minishop_client import Conflict, NotFound, Unavailable
from tests.support.payments import AMOUNT, Till

CAPTURED = ("captured", 9998, 0)


@pytest.mark.parametrize(
    ("token", "status", "reason"),
    [
        (None, "success", None),
        ("tok_approved", "success", None),
        ("tok_slow", "success", None),
        ("tok_answers_twice", "success", None),
        ("tok_declined", "failure", "card_declined"),
        ("tok_insufficient_funds", "failure", "insufficient_funds"),
        ("tok_whatever", "failure", "card_declined"),
        ("pm_whatever", "failure", "card_declined"),
    ],
)
async def test_the_token_tells_the_sandbox_how_to_decide(
    till: Till, token: str | None, status: str, reason: str | None
) -> None:
    result = await till.charge(token=token)

    assert ("PAY-555", status) == (result.payment_id, result.status)
    assert reason == (result.reason or None)
    payment = await till.api.get_payment("PAY-555")
    captured = AMOUNT if status == "success" else 0
    assert (status, captured, 0) == (payment.status, payment.captured, payment.refunded)
    assert ([("capture", AMOUNT)] if captured else []) == await till.ledger()


async def test_an_order_is_charged_once_however_often_it_is_asked_for(till: Till) -> None:
    first = await till.api.with_headers.process_payment(order_id="ORD-101", amount=AMOUNT, method="credit_card")
    again = await till.api.with_headers.process_payment(order_id="ORD-101", amount=AMOUNT, method="credit_card")

    assert (201, 200) == (first.status, again.status)
    assert first.parsed == again.parsed
    assert "/payments/PAY-555" == again.headers["Location"]
    assert ["charge"] == [call for call in till.line.calls if call == "charge"]


@pytest.mark.parametrize("token", ["tok_approved", "tok_timeout_after_charge", "tok_late_webhook"])
async def test_twenty_four_at_the_same_time_are_one_charge(till: Till, token: str) -> None:
    results = await asyncio.gather(*(till.definite(token=token) for _ in range(24)))

    assert {("PAY-555", "success")} == {(result.payment_id, str(result.status)) for result in results}
    assert [CAPTURED] == await till.outside()
    assert [("capture", AMOUNT)] == await till.ledger()


async def test_another_amount_or_method_for_the_order_is_refused(till: Till) -> None:
    await till.charge()

    for other in ({"amount": 99.99}, {"method": "paypal"}):
        with pytest.raises(Conflict) as refusal:
            await till.charge(**other)
        assert "payment_differs" == refusal.value.code
    assert AMOUNT == (await till.api.get_payment("PAY-555")).amount


async def test_a_charge_whose_answer_was_lost_is_pending_and_then_found(till: Till) -> None:
    first = await till.charge(token="tok_timeout_after_charge")
    assert ("pending", [CAPTURED], []) == (first.status, await till.outside(), await till.ledger())

    again = await till.charge(token="tok_timeout_after_charge")

    assert "success" == again.status
    assert [CAPTURED] == await till.outside()
    assert [("capture", AMOUNT)] == await till.ledger()


async def test_a_charge_that_never_reached_the_provider_is_pending_and_then_made(till: Till) -> None:
    till.line.cut(before=True)
    assert "pending" == (await till.charge()).status
    assert "pending" == (await till.api.get_payment("PAY-555")).status
    till.line.mend()

    assert "success" == (await till.charge()).status
    assert [CAPTURED] == await till.outside()


async def test_a_provider_that_hangs_is_not_waited_for(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minishop_server.services.payments.settlement.PATIENCE", 0.05)
    till.line.pause = asyncio.Event()

    assert "pending" == (await till.charge()).status

    till.line.pause = None
    assert "success" == (await till.charge()).status
    assert [CAPTURED] == await till.outside()


async def test_a_decline_stands(till: Till) -> None:
    await till.charge(token="tok_declined")

    assert "failure" == (await till.charge(token="tok_approved")).status
    assert [] == await till.ledger()


async def test_a_decline_whose_record_was_lost_stands_too(till: Till) -> None:
    till.line.cut(after=True)
    assert "pending" == (await till.charge(token="tok_declined")).status
    till.line.mend()

    assert "failure" == (await till.charge(token="tok_approved")).status


@pytest.mark.parametrize("token", ["tok_needs_action", "tok_late_webhook"])
async def test_what_is_decided_later_is_found_by_those_who_ask_again(till: Till, token: str) -> None:
    first = await till.charge(token=token)

    assert "pending" == first.status
    assert "success" == (await till.definite(token=token)).status
    assert [("capture", AMOUNT)] == await till.ledger()


@pytest.mark.parametrize("token", ["tok_needs_action", "tok_late_webhook"])
async def test_what_is_decided_later_is_told_by_a_webhook(till: Till, token: str) -> None:
    await till.charge(token=token)

    await till.told()

    assert "success" == (await till.api.get_payment("PAY-555")).status
    assert [("capture", AMOUNT)] == await till.ledger()


async def test_an_answer_that_comes_three_times_is_booked_once(till: Till) -> None:
    await till.charge(token="tok_answers_twice")

    await till.told()

    assert 2 == till.line.calls.count("charge") + till.line.calls.count("retrieve")
    assert [("capture", AMOUNT)] == await till.ledger()


async def test_money_that_is_held_is_captured_later_and_once(till: Till) -> None:
    held = await till.charge(capture=False)
    assert ("success", "authorised") == (held.status, (await till.api.get_payment("PAY-555")).state)

    payments = await asyncio.gather(*(till.api.capture_payment("PAY-555") for _ in range(8)))

    assert {("captured", AMOUNT)} == {(str(payment.state), payment.captured) for payment in payments}
    assert [("authorise", AMOUNT), ("capture", AMOUNT)] == await till.ledger()
    assert [CAPTURED] == await till.outside()


async def test_a_capture_whose_answer_was_lost_is_finished(till: Till) -> None:
    await till.charge(capture=False)
    till.line.cut(after=True)
    with pytest.raises(Unavailable):
        await till.api.capture_payment("PAY-555")
    till.line.mend()

    await till.try_again()

    assert "captured" == (await till.api.get_payment("PAY-555")).state
    assert [("authorise", AMOUNT), ("capture", AMOUNT)] == await till.ledger()


@pytest.mark.parametrize("token", ["tok_declined", "tok_late_webhook"])
async def test_what_is_not_held_cannot_be_captured(till: Till, token: str) -> None:
    await till.charge(token=token)

    with pytest.raises(Conflict) as refusal:
        await till.api.capture_payment("PAY-555")
    assert "payment_not_capturable" == refusal.value.code


@pytest.mark.parametrize("payment_id", ["PAY-999", "PAY-100"])
async def test_a_payment_that_is_not_there_is_not_found(till: Till, payment_id: str) -> None:
    for ask in till.api.get_payment, till.api.capture_payment, till.api.void_payment:
        with pytest.raises(NotFound):
            await ask(payment_id)
    with pytest.raises(NotFound):
        await till.refund(1, "key-1", payment_id)


async def test_payments_and_the_ledger_are_listed_in_pages(till: Till) -> None:
    for number in range(101, 106):
        await till.charge(f"ORD-{number}")

    payments = [payment async for payment in till.api.iter_payments(limit=2)]
    entries = [entry async for entry in till.api.iter_ledger_entries(limit=2)]
    one = await till.api.list_payments(order_id="ORD-103")

    assert [f"ORD-{number}" for number in (105, 104, 103, 102, 101)] == [payment.order_id for payment in payments]
    assert [f"ORD-{number}" for number in range(101, 106)] == [entry.order_id for entry in entries]
    assert ["PAY-557"] == [payment.payment_id for payment in one]


@pytest.mark.parametrize("token", ["tok_approved", "tok_late_webhook", "tok_timeout_after_charge", "tok_of_ada_42"])
async def test_no_payment_token_is_kept_or_logged(till: Till, token: str) -> None:
    with structlog.testing.capture_logs() as logs:
        await till.charge(token=token)
        await till.definite(token=token)
        await till.told()

    tables = ("payments", "refunds", "ledger", "webhook_events", "sandbox_charges", "sandbox_refunds")
    kept = [dict(row) for table in tables for row in await till.payments.database.fetch(dict, f"SELECT * FROM {table}")]
    assert token not in f"{kept}{logs}{await till.api.list_payments()}"
