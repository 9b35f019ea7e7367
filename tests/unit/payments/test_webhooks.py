"""Webhooks of the provider: trusted by their signature alone, and only as a hint."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest
import stripe

from minishop_server.services.payments.providers.signatures import TOLERANCE, is_signed, signature
from tests.support.payments import AMOUNT, SECRET, Till

PATH = "/payments/webhooks/sandbox"
NOW = 1_759_774_860


async def key_of(till: Till) -> str:
    """The provider's reference of a payment."""
    rows = await till.payments.database.fetch(dict, "SELECT id FROM sandbox_charges")
    return str(rows[0]["id"])


def event(key: Any, event_id: str = "evt_1") -> bytes:
    """Odd white space and all: the signature covers the bytes."""
    data = {"object": {"id": "pi_1", "metadata": {"payment": key}}}
    return json.dumps({"id": event_id, "type": "payment_intent.succeeded", "data": data}, indent=3).encode()


async def send(till: Till, body: bytes, header: str | None, path: str = PATH) -> httpx.Response:
    """Post a body to the endpoint."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    headers.update({} if header is None else {"Stripe-Signature": header})
    return await till.http.post(path, content=body, headers=headers)


def signed(body: bytes, age: int = 0, secret: str = SECRET) -> str:
    """A header for the body."""
    return signature(secret, body, int(time.time()) - age)


async def undecided(till: Till) -> str:
    """The key of a charge whose answer was lost: its payment is pending, and the provider has the money."""
    await till.charge(token="tok_timeout_after_charge")
    return await key_of(till)


async def test_a_signed_event_makes_payments_look(till: Till) -> None:
    body = event(await undecided(till))

    answer = await send(till, body, signed(body))

    assert (200, {"status": "accepted"}) == (answer.status_code, answer.json())
    assert [("capture", AMOUNT)] == await till.ledger()


async def test_an_event_that_comes_again_has_no_effect(till: Till) -> None:
    body = event(await undecided(till))

    answers = [await send(till, body, signed(body)) for _ in range(3)]

    assert ["accepted", "replayed", "replayed"] == [answer.json()["status"] for answer in answers]
    assert 1 == till.line.calls.count("retrieve")


@pytest.mark.parametrize(
    "forge",
    [
        lambda body: None,
        lambda body: "t=1",
        lambda body: "nonsense",
        lambda body: signed(body, secret="another-secret-of-somebody"),
        lambda body: signed(body, age=TOLERANCE + 5),
        lambda body: signed(body, age=-TOLERANCE - 5),
        lambda body: signed(body + b" "),
        lambda body: signed(body).replace("v1=", "v0="),
        lambda body: signed(body)[:-1],
    ],
    ids=["none", "time only", "nonsense", "other secret", "too old", "too new", "other body", "other scheme", "cut"],
)
async def test_what_is_not_signed_by_the_provider_now_is_refused(till: Till, forge: Any) -> None:
    body = event(await undecided(till))

    answer = await send(till, body, forge(body))

    assert (401, "invalid_signature") == (answer.status_code, answer.json()["code"])
    assert "Signature" == answer.headers["WWW-Authenticate"]
    assert [] == await till.ledger()
    assert "retrieve" not in till.line.calls


@pytest.mark.parametrize(
    "key",
    ["PAY-999.20251006182100", "PAY-555.20001006182100", "PAY-1.20251006182100", "PAY-555", "", None, 5, [], {}],
    ids=str,
)
async def test_an_event_of_no_payment_of_ours_is_ignored(till: Till, key: object) -> None:
    await till.charge()
    body = event(key)

    answer = await send(till, body, signed(body))

    assert (200, {"status": "ignored"}) == (answer.status_code, answer.json())


@pytest.mark.parametrize("thing", [{}, {"metadata": []}, {"metadata": None}, {"metadata": "x"}], ids=str)
async def test_an_event_about_something_else_is_ignored(till: Till, thing: dict[str, object]) -> None:
    body = json.dumps({"id": "evt_1", "type": "charge.updated", "data": {"object": thing}, "livemode": False}).encode()

    answer = await send(till, body, signed(body))

    assert (200, {"status": "ignored"}) == (answer.status_code, answer.json())


async def test_only_the_provider_in_use_is_heard(till: Till) -> None:
    body = event("PAY-555.20251006182100")

    assert 404 == (await send(till, body, signed(body), "/payments/webhooks/stripe")).status_code
    assert 400 == (await send(till, body, signed(body), "/payments/webhooks/somebody")).status_code


@pytest.mark.parametrize("body", [b"{}", b"[]", b"{", b"\xff", b'{"id": 1, "type": "a", "data": {"object": {}}}'])
async def test_what_is_no_event_is_refused_even_if_it_is_signed(till: Till, body: bytes) -> None:
    answer = await send(till, body, signed(body))

    assert 400 == answer.status_code


async def test_an_event_that_cannot_be_looked_into_now_has_to_come_again(till: Till) -> None:
    body = event(await undecided(till))
    till.line.cut(before=True)
    assert 503 == (await send(till, body, signed(body))).status_code
    till.line.mend()

    assert "accepted" == (await send(till, body, signed(body))).json()["status"]


async def test_a_late_event_of_a_voided_payment_changes_nothing(till: Till) -> None:
    body = event(await undecided(till))
    await till.api.void_order_payment("ORD-101")

    await send(till, body, signed(body))

    assert [("capture", AMOUNT), ("refund", AMOUNT)] == await till.ledger()


async def test_money_that_came_in_although_the_provider_had_cancelled_goes_back(till: Till) -> None:
    await till.charge(capture=False)
    await till.api.void_order_payment("ORD-101")
    async with till.payments.database.transaction() as connection:
        await connection.execute("UPDATE sandbox_charges SET state = 'captured'")
    body = event(await key_of(till))

    await send(till, body, signed(body))
    await till.tried()

    kinds = [kind for kind, _ in await till.ledger()]
    assert ["authorise", "void", "capture", "refund"] == kinds
    assert [("captured", 9998, 9998)] == await till.outside()


@pytest.mark.parametrize("body", [b"{}", b"", "é".encode(), b"\x00\xff"])
def test_signatures_are_those_of_stripe(body: bytes) -> None:
    header = signature(SECRET, body, NOW)

    assert is_signed(SECRET, body, header, NOW + 3)
    if b"\xff" not in body:
        stripe.WebhookSignature.verify_header(body.decode(), header, SECRET)


def test_one_of_several_signatures_is_enough() -> None:
    header = f"{signature('the-secret-before', b'{}', NOW)},{signature(SECRET, b'{}', NOW).partition(',')[2]}"

    assert is_signed(SECRET, b"{}", header, NOW)
    assert is_signed("the-secret-before", b"{}", header, NOW)
    assert not is_signed("a-third-one", b"{}", header, NOW)
