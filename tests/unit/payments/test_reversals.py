"""Money goes back: voids at any moment, and refunds that never exceed the captured amount."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from minishop_client import Conflict, Unavailable, Unprocessable
from tests.support.payments import AMOUNT, Till, until

HELD = {"capture": False}
CAPTURE, REFUND = ("capture", AMOUNT), ("refund", AMOUNT)
BACK = ("captured", 9998, 9998)
"""In the provider's books: it was taken, and all of it went back."""


async def state(till: Till) -> tuple[str, float, float]:
    """How the first payment stands."""
    payment = await till.api.get_payment("PAY-555")
    return str(payment.state), payment.captured, payment.refunded


async def test_a_payment_of_another_order_of_the_number_is_not_voided(till: Till) -> None:
    await till.charge(order_identity="identity-1")

    with pytest.raises(Conflict) as refusal:
        await till.api.void_order_payment("ORD-101", order_identity="identity-2")

    assert "other_order" == refusal.value.code
    assert "captured" == (await till.api.get_payment("PAY-555")).state


async def test_an_order_that_was_voided_first_is_never_charged(till: Till) -> None:
    assert "voided" == (await till.api.void_order_payment("ORD-101")).state

    for token in (None, "tok_approved"):
        result = await till.charge(token=token)
        assert ("failure", "voided") == (result.status, result.reason)
    assert [] == till.line.calls == await till.ledger()
    assert ("voided", 0, 0) == await state(till)


async def test_the_mark_of_an_order_that_was_never_charged_is_no_payment(till: Till) -> None:
    await till.api.void_order_payment("ORD-101")

    assert [] == await till.api.list_payments()


@pytest.mark.parametrize(
    ("token", "more", "ends", "ledger", "outside"),
    [
        ("tok_approved", {}, "voided", [CAPTURE, REFUND], BACK),
        ("tok_approved", HELD, "voided", [("authorise", AMOUNT), ("void", AMOUNT)], ("cancelled", 9998, 0)),
        ("tok_timeout_after_charge", {}, "voided", [CAPTURE, REFUND], BACK),
        ("tok_timeout_after_charge", HELD, "voided", [], ("cancelled", 9998, 0)),
        ("tok_needs_action", {}, "voided", [], ("cancelled", 9998, 0)),
        ("tok_declined", {}, "declined", [], ("declined", 9998, 0)),
    ],
)
async def test_a_void_leaves_nothing_whatever_was_there(
    till: Till,
    token: str,
    more: dict[str, bool],
    ends: str,
    ledger: list[tuple[str, float]],
    outside: tuple[str, int, int],
) -> None:
    await till.charge(token=token, **more)

    states = [(await till.api.void_order_payment("ORD-101")).state for _ in range(3)]

    assert [ends] * 3 == [str(each) for each in states]
    assert ledger == await till.ledger()
    assert [outside] == await till.outside()
    assert "failure" == (await till.charge(token=token, **more)).status


async def test_a_payment_is_voided_by_its_own_number_too(till: Till) -> None:
    await till.charge()

    payment = await till.api.void_payment("PAY-555")

    assert ("voided", "failure", "voided") == (payment.state, payment.status, payment.reason)
    assert (AMOUNT, AMOUNT) == (payment.captured, payment.refunded)


async def test_a_void_gives_back_only_what_was_not_refunded_before(till: Till) -> None:
    await till.charge()
    await till.refund(40, "key-1")

    await till.api.void_order_payment("ORD-101")

    assert [CAPTURE, ("refund", 40), ("refund", Decimal("59.98"))] == await till.ledger()
    assert [BACK] == await till.outside()


async def test_a_charge_under_way_while_the_order_is_voided_comes_to_nothing(till: Till) -> None:
    till.line.pause = asyncio.Event()
    charge = asyncio.create_task(till.charge())
    await until(lambda: till.line.was_asked("charge"))
    void = asyncio.create_task(till.api.void_order_payment("ORD-101"))
    await until(lambda: till.line.was_asked("cancel"))

    till.line.pause.set()
    result, voided = await charge, await void

    assert ("failure", "voided") == (result.status, voided.state)
    assert [CAPTURE, REFUND] == await till.ledger()
    assert [BACK] == await till.outside()


async def test_charges_and_voids_at_the_same_time_leave_no_money(till: Till) -> None:
    orders = [f"ORD-{number}" for number in range(101, 113)]
    calls = [call for order in orders for call in (till.charge(order), till.api.void_order_payment(order))]
    await asyncio.gather(*calls, *(till.charge(order) for order in orders))

    assert {"failure"} == {str((await till.charge(order)).status) for order in orders}
    for kind, amount, refunded in await till.outside():
        assert kind == "cancelled" or (amount, kind) == (refunded, "captured")


async def test_money_that_comes_in_after_the_void_goes_back(till: Till) -> None:
    """The provider cannot cancel a running charge: the void is not done before that is decided and given back."""
    await till.charge(token="tok_late_webhook")
    with pytest.raises(Unavailable):
        await till.api.void_order_payment("ORD-101")
    assert "failure" == (await till.charge(token="tok_late_webhook")).status

    await till.told()

    assert ("voided", AMOUNT, AMOUNT) == await state(till)
    assert [CAPTURE, REFUND] == await till.ledger()
    assert [BACK] == await till.outside()
    assert "voided" == (await till.api.void_order_payment("ORD-101")).state


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("capture", [True, False])
async def test_a_void_that_the_provider_did_not_answer_is_finished(till: Till, moment: str, capture: bool) -> None:
    await till.charge(capture=capture)
    till.line.cut(before=moment == "before", after=moment == "after")
    with pytest.raises(Unavailable):
        await till.api.void_order_payment("ORD-101")
    await till.try_again()
    till.line.mend()

    await till.try_again()

    assert [BACK if capture else ("cancelled", 9998, 0)] == await till.outside()
    assert "voided" == (await till.api.void_order_payment("ORD-101")).state
    assert 2 == len(await till.ledger())
    assert [] == await till.owed()


async def test_a_repeated_request_tries_at_once(till: Till) -> None:
    """The pause before the next try may be long."""
    await till.charge(capture=False)
    await till.charge("ORD-102")
    till.line.cut(before=True)
    for ask in (
        till.api.void_order_payment("ORD-101"),
        till.api.void_order_payment("ORD-102"),
        till.refund(1, "key-1", "PAY-556"),
    ):
        with pytest.raises((Unavailable, Conflict)):
            await ask
    till.line.mend()

    assert "voided" == (await till.api.void_order_payment("ORD-101")).state
    assert "voided" == (await till.api.void_order_payment("ORD-102")).state
    assert [] == await till.owed()


async def test_a_payment_is_refunded_in_parts(till: Till) -> None:
    await till.charge()

    first = await till.refund(40, "key-1", reason="damaged")
    second = await till.refund(59.98, '"key-2"')

    assert (201, "/payments/PAY-555") == (first.status, first.headers["Location"])
    assert ("REF-301", 40, "damaged") == (first.parsed.refund_id, first.parsed.amount, first.parsed.reason)
    assert "REF-302" == second.parsed.refund_id
    assert ("captured", AMOUNT, AMOUNT) == await state(till)
    assert [BACK] == await till.outside()
    assert "success" == (await till.charge()).status


async def test_a_refund_is_made_once_for_its_key_and_answered_alike(till: Till) -> None:
    await till.charge()

    answers = await asyncio.gather(*(till.refund(40, "key-1") for _ in range(24)))

    assert 1 == len({str(answer.parsed) for answer in answers})
    assert 23 == sum(answer.headers.get("Idempotent-Replayed") == "true" for answer in answers)
    assert [CAPTURE, ("refund", 40)] == await till.ledger()
    assert [("captured", 9998, 4000)] == await till.outside()


async def test_the_key_of_another_refund_is_refused(till: Till) -> None:
    await till.charge()
    await till.charge("ORD-102")
    await till.refund(40, "key-1")

    for other in ({"amount": 41}, {"amount": 40, "reason": "damaged"}):
        with pytest.raises(Unprocessable) as refusal:
            await till.refund(key="key-1", **other)
        assert "idempotency_key_reused" == refusal.value.code
    assert 41 == (await till.refund(41, "key-1", "PAY-556")).parsed.amount


async def test_refunds_at_the_same_time_never_exceed_the_capture(till: Till) -> None:
    await till.charge()

    answers = await asyncio.gather(*(till.refund(10, f"key-{n}") for n in range(24)), return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert (15, {"refund_exceeds_capture"}) == (len(refused), {refusal.code for refusal in refused})
    assert ("captured", AMOUNT, 90) == await state(till)
    assert [("captured", 9998, 9000)] == await till.outside()
    assert 10 == len(await till.ledger())


async def test_refunds_and_a_void_at_the_same_time_give_back_everything_once(till: Till) -> None:
    await till.charge()
    refunds = [till.refund(10, f"key-{n}") for n in range(8)]

    await asyncio.gather(*refunds, till.api.void_order_payment("ORD-101"), return_exceptions=True)
    await till.api.void_order_payment("ORD-101")

    assert ("voided", AMOUNT, AMOUNT) == await state(till)
    assert [BACK] == await till.outside()


@pytest.mark.parametrize("token", ["tok_declined", "tok_needs_action"])
async def test_nothing_is_refunded_of_what_was_not_captured(till: Till, token: str) -> None:
    await till.charge(token=token)

    with pytest.raises(Conflict) as refusal:
        await till.refund(0.01, "key-1")
    assert "refund_exceeds_capture" == refusal.value.code


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_refund_that_the_provider_did_not_answer_is_promised_and_made_once(till: Till, moment: str) -> None:
    await till.charge()
    till.line.cut(before=moment == "before", after=moment == "after")
    with pytest.raises(Unavailable):
        await till.refund(60, "key-1")
    assert ("captured", AMOUNT, 0) == await state(till)
    with pytest.raises(Conflict):
        await till.refund(40, "key-2")
    till.line.mend()

    await till.try_again()

    assert [CAPTURE, ("refund", 60)] == await till.ledger()
    assert "true" == (await till.refund(60, "key-1")).headers["Idempotent-Replayed"]
    assert [("captured", 9998, 6000)] == await till.outside()


async def test_an_order_that_costs_nothing_is_paid_and_voided_like_any_other(till: Till) -> None:
    await till.charge(amount=0)
    assert ("captured", 0, 0) == await state(till)

    assert "voided" == (await till.api.void_order_payment("ORD-101")).state
    assert [("capture", 0)] == await till.ledger()
