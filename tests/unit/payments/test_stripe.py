"""Stripe as the provider, against localstripe: a process that speaks Stripe's API and keeps its state.

It knows no idempotency keys, so each charge is made once because of the stored PaymentIntent.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import stripe
import structlog
import uvicorn
from pydantic import ValidationError

from minishop_client import Conflict
from minishop_server.services.payments.providers.provider import Charge, NoAnswer
from minishop_server.services.payments.providers.stripe import Stripe
from minishop_server.services.settings import Settings
from tests.support.payments import AMOUNT, SECRET, Till, running_till, until
from tests.support.ports import free_port

KEY = "sk_test_of_the_tests"
VISA, DECLINED = "pm_card_visa", "pm_card_chargeCustomerFail"

# The package hands httpx a text as `data`.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


@pytest.fixture
def localstripe() -> Iterator[str]:
    """The address of a Stripe of this test."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "localstripe", "--from-scratch", f"--port={port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    with httpx.Client(transport=httpx.HTTPTransport(retries=10)) as http:
        http.get(f"{url}/v1/payment_intents", auth=(KEY, "")).raise_for_status()
    yield url
    process.terminate()
    process.wait()


@pytest.fixture
async def till(localstripe: str, tmp_path: Path, quiet: None) -> AsyncIterator[Till]:
    """Payments that charges with it."""
    payments = {
        "provider": "stripe",
        "stripe_key": KEY,
        "stripe_url": localstripe,
        "webhook_secret": SECRET,
        "database_url": f"sqlite:///{tmp_path}/payments.db",
    }
    async with running_till(Settings.model_validate({"data_dir": tmp_path, "payments": payments})) as running:
        yield running


async def listed(localstripe: str, kind: str, **query: Any) -> list[Any]:
    """The objects of a kind, as Stripe's API lists them."""
    async with httpx.AsyncClient(base_url=localstripe, auth=(KEY, "")) as http:
        answer = await http.get(f"/v1/{kind}", params=query)
    return list(answer.raise_for_status().json()["data"])


async def at_stripe(till: Till, localstripe: str) -> list[Any]:
    """All PaymentIntents of this till, and every one that took money."""
    intents = await listed(localstripe, "payment_intents", limit=100)
    rows = await till.payments.database.fetch(dict, "SELECT reference FROM payments")
    references = {row["reference"] for row in rows}
    return [intent for intent in intents if intent["id"] in references or intent["status"] == "succeeded"]


async def refunds_at_stripe(till: Till, localstripe: str) -> list[int]:
    """The amounts that went back, of the one PaymentIntent."""
    (intent,) = await at_stripe(till, localstripe)
    return [refund["amount"] for refund in await listed(localstripe, "refunds", payment_intent=intent["id"])]


@pytest.mark.parametrize(
    ("token", "status", "reason"),
    [
        (VISA, "success", None),
        (DECLINED, "failure", "card_declined"),
        ("pm_nobody", "failure", "invalid_payment_token"),
        (None, "failure", "payment_token_required"),
    ],
)
async def test_stripe_decides(till: Till, token: str | None, status: str, reason: str | None) -> None:
    result = await till.charge(token=token)

    assert (status, reason) == (result.status, result.reason or None)
    assert status == (await till.charge(token=VISA)).status


async def test_parallel_charges_of_an_order_confirm_one_payment_intent(till: Till, localstripe: str) -> None:
    results = await asyncio.gather(*(till.definite(token=VISA) for _ in range(8)))

    assert {"success"} == {str(result.status) for result in results}
    assert ["succeeded"] == [intent["status"] for intent in await at_stripe(till, localstripe)]
    assert [("capture", AMOUNT)] == await till.ledger()


@pytest.mark.parametrize("token", [VISA, DECLINED])
async def test_a_charge_whose_answer_was_lost_is_found(till: Till, localstripe: str, token: str) -> None:
    till.line.cut(after=True)
    assert "pending" == (await till.charge(token=token)).status
    till.line.mend()

    assert ("success" if token == VISA else "failure") == (await till.charge(token=VISA)).status
    assert 1 == len(await at_stripe(till, localstripe))


async def test_money_that_is_held_is_captured_or_let_go(till: Till, localstripe: str) -> None:
    await till.charge("ORD-101", VISA, capture=False)
    await till.charge("ORD-102", VISA, capture=False)

    captured = [await till.api.capture_payment("PAY-555") for _ in range(2)]
    voided = await till.api.void_order_payment("ORD-102")

    assert (["captured"] * 2, "voided") == ([str(payment.state) for payment in captured], voided.state)
    assert {"succeeded", "canceled"} == {intent["status"] for intent in await at_stripe(till, localstripe)}
    with pytest.raises(Conflict):
        await till.api.capture_payment("PAY-556")


async def test_what_was_captured_goes_back_in_parts_and_once(till: Till, localstripe: str) -> None:
    await till.charge(token=VISA)
    await till.refund(40, "key-1")
    till.line.cut(after=True)
    await asyncio.gather(till.refund(9.98, "key-2"), return_exceptions=True)
    till.line.mend()

    await till.try_again()
    await till.api.void_order_payment("ORD-101")

    assert [998, 4000, 5000] == sorted(await refunds_at_stripe(till, localstripe))


async def test_a_charge_that_was_never_confirmed_cannot_be_after_a_void(till: Till, localstripe: str) -> None:
    till.line.cut(before=True)
    await till.charge(token=VISA)
    till.line.mend()

    await till.api.void_order_payment("ORD-101")

    assert ["canceled"] == [intent["status"] for intent in await at_stripe(till, localstripe)]
    assert "voided" == (await till.charge(token=VISA)).reason
    assert [] == await till.ledger()


async def test_stripe_tells_by_a_webhook_of_its_own(till: Till, localstripe: str) -> None:
    server = uvicorn.Server(uvicorn.Config(till.app, port=free_port(), lifespan="off", log_level="error"))
    serving = asyncio.create_task(server.serve())
    async with httpx.AsyncClient(base_url=localstripe, auth=(KEY, "")) as http:
        url = f"http://127.0.0.1:{server.config.port}/payments/webhooks/stripe"
        await http.post("/_config/webhooks/shop", json={"url": url, "secret": SECRET})
    till.line.cut(after=True)
    await till.charge(token=VISA)
    till.line.mend()

    async def is_told() -> bool:
        return bool((await till.api.get_payment("PAY-555")).status == "success")

    await until(is_told)
    server.should_exit = True
    await serving
    assert [("capture", AMOUNT)] == await till.ledger()


async def test_no_answer_is_never_a_decline(till: Till) -> None:
    nowhere = Stripe(KEY, SECRET, "cad", f"http://127.0.0.1:{free_port()}")
    charge = Charge("PAY-555.20251006182100", "pi_1", 9998, True)

    for call in (
        nowhere.prepare(charge, VISA),
        nowhere.charge(charge, VISA),
        nowhere.capture(charge),
        nowhere.cancel(charge),
        nowhere.retrieve(charge),
        nowhere.refund(charge, "key-1", 1),
    ):
        with pytest.raises(NoAnswer):
            await call
    await nowhere.close()


@pytest.mark.parametrize(
    "error",
    [
        stripe.APIError("x"),
        stripe.APIConnectionError("x"),
        stripe.RateLimitError("x"),
        stripe.AuthenticationError("x"),
        stripe.IdempotencyError("x"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_only_a_card_error_is_a_decline(till: Till, error: stripe.StripeError, monkeypatch: Any) -> None:
    async def fail(*args: Any) -> None:
        raise error

    monkeypatch.setattr(stripe.PaymentIntentService, "confirm_async", fail)

    assert "pending" == (await till.charge(token=VISA)).status


async def test_nothing_secret_is_logged(till: Till) -> None:
    with structlog.testing.capture_logs() as logs:
        await till.charge("ORD-101", "pm_of_ada_42")
        await till.charge("ORD-102", DECLINED)

    kept = [dict(row) for row in await till.payments.database.fetch(dict, "SELECT * FROM payments")]
    for secret in ("pm_of_ada_42", DECLINED, KEY, SECRET):
        assert secret not in f"{logs}{kept}{till.sandbox!r}"


def test_the_secrets_of_stripe_stay_out_of_what_settings_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_PAYMENTS_PROVIDER", "stripe")
    monkeypatch.setenv("MINISHOP_PAYMENTS_STRIPE_KEY", KEY)
    with pytest.raises(ValidationError) as refusal:
        Settings()
    assert "webhook_secret" in str(refusal.value)
    assert KEY not in str(refusal.value)
    monkeypatch.setenv("MINISHOP_PAYMENTS_WEBHOOK_SECRET", SECRET)

    settings = Settings()

    assert ("stripe", "cad") == (settings.payments.provider, settings.payments.currency)
    assert KEY not in repr(settings)
    assert SECRET not in repr(settings)
