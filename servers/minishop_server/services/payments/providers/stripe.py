"""Stripe, by PaymentIntents (https://docs.stripe.com/payments/payment-intents).

A PaymentIntent is made first, without moving money, and its id is written down before it is confirmed: so a charge is
found again even when Stripe no longer remembers our idempotency keys, which it does for a day. Refunds carry our key in
their metadata and are looked for before they are made, for the same reason.

Errors: a card error is a decline. Every other error is inconclusive, and is `NoAnswer`, after a look
at the PaymentIntent where that can tell. No error's message is kept or logged: it may quote the request.

Needs the extra: `pip install 'minishop-server[stripe]'`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable
from typing import Any, TypeVar

import stripe
import structlog

from ....kit.money import Cents
from .provider import Answer, Charge, NoAnswer, State

T = TypeVar("T")
STATES: dict[str, State] = {
    "requires_payment_method": "pending",
    "requires_confirmation": "pending",
    "requires_action": "pending",
    "processing": "pending",
    "requires_capture": "authorised",
    "succeeded": "captured",
    "canceled": "cancelled",
}
CAN_BE_CANCELLED = {"requires_payment_method", "requires_confirmation", "requires_action", "requires_capture"}
TIMEOUT = 4.0
_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Stripe:
    """See `Provider`.

    Args:
        key: the secret key, `sk_…`.
        secret: signs the webhooks, `whsec_…`.
        currency: three letters in lower case, of `kit/currencies.py`.
        url: another server that speaks Stripe's API.
    """

    name = "stripe"

    def __init__(self, key: str, secret: str, currency: str, url: str | None = None) -> None:
        self.secret = secret
        self._currency = currency
        self._http = stripe.HTTPXClient(timeout=TIMEOUT)
        self._client = stripe.StripeClient(
            key,
            http_client=self._http,
            max_network_retries=0,  # our own callers repeat, under the same keys
            base_addresses={} if url is None else {"api": url},
        )
        self._intents = self._client.v1.payment_intents

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def prepare(self, charge: Charge, token: str | None) -> str | None:
        """The id of a new PaymentIntent, or None without a token or an amount."""
        if token is None or charge.amount == 0:
            return None
        params: Any = {
            "amount": charge.amount,
            "currency": self._currency,
            "capture_method": "automatic" if charge.capture else "manual",
            "payment_method_types": ["card"],
            "metadata": {"payment": charge.key},
        }
        if token.startswith("pm_"):
            params["payment_method"] = token
        else:
            params["payment_method_data"] = {"type": "card", "card": {"token": token}}
        options: Any = {"idempotency_key": charge.key}
        try:
            intent = await self._intents.create_async(params, options)
        except stripe.InvalidRequestError as error:
            if "payment_method" not in (error.param or "") and error.http_status != 404:
                raise _no_answer(error) from None
            return None  # no such token: `charge` will decline it
        except stripe.StripeError as error:
            raise _no_answer(error) from None
        return intent.id

    async def charge(self, charge: Charge, token: str | None) -> Answer:
        """Confirm the PaymentIntent if it is not confirmed yet."""
        if charge.amount == 0:
            return Answer("captured")
        if charge.reference is None:
            return Answer("declined", "payment_token_required" if token is None else "invalid_payment_token")
        intent = await self._intent(charge.reference)
        if intent.status != "requires_confirmation":
            return _answer(intent)
        options: Any = {"idempotency_key": f"{charge.key}.confirm"}
        try:
            return _answer(await self._intents.confirm_async(charge.reference, {}, options))
        except stripe.CardError as error:
            return Answer("declined", _reason(getattr(error.error, "decline_code", None), error.code))
        except stripe.InvalidRequestError:  # another request confirmed or cancelled it meanwhile
            return _answer(await self._intent(charge.reference))
        except stripe.StripeError as error:
            raise _no_answer(error) from None

    async def retrieve(self, charge: Charge) -> Answer:
        """The present state, which is pending if the charge was not prepared."""
        return Answer("pending") if charge.reference is None else _answer(await self._intent(charge.reference))

    async def capture(self, charge: Charge) -> Answer:
        """Capture the held amount."""
        if charge.reference is None:
            return Answer("captured")
        options: Any = {"idempotency_key": f"{charge.key}.capture"}
        try:
            return _answer(await self._intents.capture_async(charge.reference, {}, options))
        except stripe.InvalidRequestError:
            return _answer(await self._intent(charge.reference))
        except stripe.StripeError as error:
            raise _no_answer(error) from None

    async def cancel(self, charge: Charge) -> Answer:
        """Cancel the PaymentIntent.

        An unprepared charge can never be confirmed any more.
        """
        if charge.reference is None:
            return Answer("cancelled")
        intent = await self._intent(charge.reference)
        if intent.status not in CAN_BE_CANCELLED:
            return _answer(intent)
        options: Any = {"idempotency_key": f"{charge.key}.cancel"}
        try:
            return _answer(await self._intents.cancel_async(charge.reference, {}, options))
        except stripe.InvalidRequestError:
            return _answer(await self._intent(charge.reference))
        except stripe.StripeError as error:
            raise _no_answer(error) from None

    async def refund(self, charge: Charge, key: str, amount: Cents) -> None:
        """Refund, unless a refund with this key is there."""
        if charge.reference is None:
            raise RuntimeError("a refund of a payment that was never charged")
        made = await _answered(self._client.v1.refunds.list_async({"payment_intent": charge.reference}))
        if any(getattr(refund.metadata, "refund", None) == key for refund in made.data):
            return
        params: Any = {"payment_intent": charge.reference, "amount": amount, "metadata": {"refund": key}}
        await _answered(self._client.v1.refunds.create_async(params, {"idempotency_key": key}))

    async def _intent(self, reference: str) -> stripe.PaymentIntent:
        return await _answered(self._intents.retrieve_async(reference))


async def _answered(call: Awaitable[T]) -> T:
    try:
        return await call
    except stripe.StripeError as error:
        raise _no_answer(error) from None


def _answer(intent: stripe.PaymentIntent) -> Answer:
    if intent.status == "requires_payment_method" and intent.last_payment_error is not None:
        error = intent.last_payment_error
        return Answer("declined", _reason(getattr(error, "decline_code", None), error.code))
    return Answer(STATES.get(intent.status, "pending"))


def _reason(*codes: str | None) -> str:
    """The first code that our document can hold."""
    return next((code for code in codes if code is not None and _CODE.fullmatch(code)), "card_declined")


def _no_answer(error: stripe.StripeError) -> NoAnswer:
    structlog.get_logger().warning(
        "stripe_unclear", kind=type(error).__name__, code=error.code, status=error.http_status, id=error.request_id
    )
    return NoAnswer("The payment provider does not answer.")
