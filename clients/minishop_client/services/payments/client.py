# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the payments service as methods."""

from ...runtime import UNSET, Api, AsyncApi, Response, Unset
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.payments import get_payment as _get_payment
from .api.payments import process_payment as _process_payment
from .models import (
    Health,
    Payment,
    PaymentInput,
    PaymentMethod,
    PaymentResult,
)


class PaymentsWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def process_payment(
        self,
        *,
        order_id: str,
        amount: float,
        method: PaymentMethod,
        payment_token: str | Unset = UNSET,
    ) -> Response[PaymentResult]:
        """Charge an order."""
        sent = PaymentInput(
            order_id=order_id, amount=amount, method=method, payment_token=payment_token
        )
        request = _process_payment.request(body=sent)
        return self._send(request, _process_payment.parse)

    def get_payment(self, payment_id: str) -> Response[Payment]:
        """Read a payment."""
        request = _get_payment.request(payment_id=payment_id)
        return self._send(request, _get_payment.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Payments runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Payments can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class PaymentsApi(Api):
    """The payments service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> PaymentsWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return PaymentsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def process_payment(
        self,
        *,
        order_id: str,
        amount: float,
        method: PaymentMethod,
        payment_token: str | Unset = UNSET,
    ) -> PaymentResult:
        """Charge an order.

        Services only. A decline is an answer too (`failure`). An order is charged once:
        repeating the request gives the first answer with status 200, and another amount or
        method for the same order is refused (409).

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: How the shopper pays.
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows `tok_approved` and `tok_declined`, and declines any other.
        """
        answer = self.with_headers.process_payment(
            order_id=order_id, amount=amount, method=method, payment_token=payment_token
        )
        return answer.parsed

    def get_payment(self, payment_id: str) -> Payment:
        """Read a payment.

        Services and admins only.

        Args:
            payment_id: Which payment.
        """
        answer = self.with_headers.get_payment(payment_id=payment_id)
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Payments runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Payments can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncPaymentsWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def process_payment(
        self,
        *,
        order_id: str,
        amount: float,
        method: PaymentMethod,
        payment_token: str | Unset = UNSET,
    ) -> Response[PaymentResult]:
        """Charge an order."""
        sent = PaymentInput(
            order_id=order_id, amount=amount, method=method, payment_token=payment_token
        )
        request = _process_payment.request(body=sent)
        return await self._send(request, _process_payment.parse)

    async def get_payment(self, payment_id: str) -> Response[Payment]:
        """Read a payment."""
        request = _get_payment.request(payment_id=payment_id)
        return await self._send(request, _get_payment.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Payments runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Payments can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncPaymentsApi(AsyncApi):
    """The payments service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncPaymentsWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncPaymentsWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def process_payment(
        self,
        *,
        order_id: str,
        amount: float,
        method: PaymentMethod,
        payment_token: str | Unset = UNSET,
    ) -> PaymentResult:
        """Charge an order.

        Services only. A decline is an answer too (`failure`). An order is charged once:
        repeating the request gives the first answer with status 200, and another amount or
        method for the same order is refused (409).

        Args:
            order_id: The number of an order.
            amount: An amount with two decimals.
            method: How the shopper pays.
            payment_token: What the payment provider gave the shopper's browser for a card.
                The sandbox knows `tok_approved` and `tok_declined`, and declines any other.
        """
        answer = await self.with_headers.process_payment(
            order_id=order_id, amount=amount, method=method, payment_token=payment_token
        )
        return answer.parsed

    async def get_payment(self, payment_id: str) -> Payment:
        """Read a payment.

        Services and admins only.

        Args:
            payment_id: Which payment.
        """
        answer = await self.with_headers.get_payment(payment_id=payment_id)
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Payments runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Payments can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed
