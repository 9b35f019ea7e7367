# Generated from openapi/ by scripts/generate.py: do not edit.
"""The operations of the shipping service as methods."""

from collections.abc import AsyncIterator, Iterator

from ...runtime import Api, AsyncApi, Response, async_items, items
from ...values import UNSET, Unset
from .api.health import livez as _livez
from .api.health import readyz as _readyz
from .api.shipments import cancel_shipment as _cancel_shipment
from .api.shipments import compare_numbers as _compare_numbers
from .api.shipments import create_shipment as _create_shipment
from .api.shipments import get_shipment as _get_shipment
from .api.shipments import list_shipment_events as _list_shipment_events
from .api.shipments import list_shipments as _list_shipments
from .api.shipments import update_shipment as _update_shipment
from .models import (
    Health,
    KnownNumbers,
    NextStatus,
    NumbersSeen,
    Shipment,
    ShipmentBook,
    ShipmentEdit,
    ShipmentEvent,
    ShipmentInput,
)


class ShippingWithHeaders(Api):
    """The same methods, answering a Response: the value with the status and the headers."""

    def create_shipment(
        self,
        *,
        order_id: str,
        address: str,
        carrier: str,
        order_identity: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        recipient: str | Unset = UNSET,
    ) -> Response[Shipment]:
        """Send an order."""
        sent = ShipmentInput(
            order_id=order_id,
            address=address,
            carrier=carrier,
            order_identity=order_identity,
            user_id=user_id,
            recipient=recipient,
        )
        request = _create_shipment.request(body=sent)
        return self._send(request, _create_shipment.parse)

    def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentBook]]:
        """List shipments."""
        request = _list_shipments.request(limit=limit, cursor=cursor)
        return self._send(request, _list_shipments.parse)

    def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentEvent]]:
        """List the moves of shipments."""
        request = _list_shipment_events.request(limit=limit, cursor=cursor)
        return self._send(request, _list_shipment_events.parse)

    def get_shipment(self, order_id: str) -> Response[Shipment]:
        """Read where an order is."""
        request = _get_shipment.request(order_id=order_id)
        return self._send(request, _get_shipment.parse)

    def cancel_shipment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Call a shipment back."""
        request = _cancel_shipment.request(order_id=order_id, order_identity=order_identity)
        return self._send(request, _cancel_shipment.parse)

    def update_shipment(self, order_id: str, *, status: NextStatus) -> Response[Shipment]:
        """Move a shipment on."""
        sent = ShipmentEdit(status=status)
        request = _update_shipment.request(order_id=order_id, body=sent)
        return self._send(request, _update_shipment.parse)

    def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of shipments."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return self._send(request, _compare_numbers.parse)

    def livez(self) -> Response[Health]:
        """Ask whether Shipping runs."""
        request = _livez.request()
        return self._send(request, _livez.parse)

    def readyz(self) -> Response[Health]:
        """Ask whether Shipping can work."""
        request = _readyz.request()
        return self._send(request, _readyz.parse)


class ShippingApi(Api):
    """The shipping service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> ShippingWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return ShippingWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    def create_shipment(
        self,
        *,
        order_id: str,
        address: str,
        carrier: str,
        order_identity: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        recipient: str | Unset = UNSET,
    ) -> Shipment:
        """Send an order.

        Services only. An order is sent once: repeating the request gives the first shipment
        with status 200. An order whose shipment was cancelled, before it was made or after, is
        not sent any more (409). `user_id` says whose it is and `recipient` who is told about
        its moves; both may be left out.

        Args:
            order_id: The number of an order.
            address: A postal address that was given once, on one line or several.
            carrier: Who carries the parcel.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            recipient: An e-mail address as RFC 5321 writes it without quotes and comments,
                the domain in full, an internationalised one as `xn--…`. An account is known by
                it in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may
                decode to a line break.
        """
        answer = self.with_headers.create_shipment(
            order_id=order_id,
            address=address,
            carrier=carrier,
            order_identity=order_identity,
            user_id=user_id,
            recipient=recipient,
        )
        return answer.parsed

    def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentBook]:
        """List shipments.

        Services and admins. The oldest first; one that was cancelled before it was made is
        there too.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_shipments(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_shipments(self, *, limit: int | Unset = 20) -> Iterator[ShipmentBook]:
        """Every item of `list_shipments`; a page is fetched when its first item is wanted."""
        return items(lambda cursor: self.with_headers.list_shipments(cursor=cursor, limit=limit))

    def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentEvent]:
        """List the moves of shipments.

        Services and admins. In the order in which they came about: whoever remembers the
        `cursor` of the last one seen, and asks again from there later, misses none and sees
        none twice.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = self.with_headers.list_shipment_events(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_shipment_events(self, *, limit: int | Unset = 20) -> Iterator[ShipmentEvent]:
        """Every item of `list_shipment_events`; a page is fetched when its first item is wanted."""
        return items(
            lambda cursor: self.with_headers.list_shipment_events(cursor=cursor, limit=limit)
        )

    def get_shipment(self, order_id: str) -> Shipment:
        """Read where an order is.

        Its owner may, an admin and a service; to others it does not exist.

        Args:
            order_id: The order that was sent.
        """
        answer = self.with_headers.get_shipment(order_id=order_id)
        return answer.parsed

    def cancel_shipment(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Call a shipment back.

        Services only. One that was delivered stays so (409), and one that came back stays
        returned. Repeating it changes nothing; coming before the shipment, it keeps that from
        ever being made. Nobody is told by Shipping.

        Args:
            order_id: The order that was sent.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = self.with_headers.cancel_shipment(order_id=order_id, order_identity=order_identity)
        return answer.parsed

    def update_shipment(self, order_id: str, *, status: NextStatus) -> Shipment:
        """Move a shipment on.

        Admins only, and forward only: from `in_transit` to `out_for_delivery` to `delivered`,
        from either of the first two to `exception`, from there back out for delivery or home
        (`returned`). Anything else is a 409. Repeating the present state changes nothing and
        tells nobody.

        Args:
            order_id: The order that was sent.
            status: Where a parcel can be moved to.
        """
        answer = self.with_headers.update_shipment(order_id=order_id, status=status)
        return answer.parsed

    def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of shipments.

        Orders alone, which tells the highest number of shipments that other services know, and
        asks for that of an order with a shipment. A service that has not given out that number
        has lost it, as after a restore of its database: it answers 503 from then on, until its
        numbers were raised by `minishop recover shipping`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    def livez(self) -> Health:
        """Ask whether Shipping runs.

        Anybody may. Touches nothing else.
        """
        answer = self.with_headers.livez()
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether Shipping can work.

        Anybody may. Asks the database.
        """
        answer = self.with_headers.readyz()
        return answer.parsed


class AsyncShippingWithHeaders(AsyncApi):
    """The same methods, answering a Response: the value with the status and the headers."""

    async def create_shipment(
        self,
        *,
        order_id: str,
        address: str,
        carrier: str,
        order_identity: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        recipient: str | Unset = UNSET,
    ) -> Response[Shipment]:
        """Send an order."""
        sent = ShipmentInput(
            order_id=order_id,
            address=address,
            carrier=carrier,
            order_identity=order_identity,
            user_id=user_id,
            recipient=recipient,
        )
        request = _create_shipment.request(body=sent)
        return await self._send(request, _create_shipment.parse)

    async def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentBook]]:
        """List shipments."""
        request = _list_shipments.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_shipments.parse)

    async def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentEvent]]:
        """List the moves of shipments."""
        request = _list_shipment_events.request(limit=limit, cursor=cursor)
        return await self._send(request, _list_shipment_events.parse)

    async def get_shipment(self, order_id: str) -> Response[Shipment]:
        """Read where an order is."""
        request = _get_shipment.request(order_id=order_id)
        return await self._send(request, _get_shipment.parse)

    async def cancel_shipment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Call a shipment back."""
        request = _cancel_shipment.request(order_id=order_id, order_identity=order_identity)
        return await self._send(request, _cancel_shipment.parse)

    async def update_shipment(self, order_id: str, *, status: NextStatus) -> Response[Shipment]:
        """Move a shipment on."""
        sent = ShipmentEdit(status=status)
        request = _update_shipment.request(order_id=order_id, body=sent)
        return await self._send(request, _update_shipment.parse)

    async def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of shipments."""
        sent = KnownNumbers(highest=highest)
        request = _compare_numbers.request(body=sent)
        return await self._send(request, _compare_numbers.parse)

    async def livez(self) -> Response[Health]:
        """Ask whether Shipping runs."""
        request = _livez.request()
        return await self._send(request, _livez.parse)

    async def readyz(self) -> Response[Health]:
        """Ask whether Shipping can work."""
        request = _readyz.request()
        return await self._send(request, _readyz.parse)


class AsyncShippingApi(AsyncApi):
    """The shipping service. Each method answers the value or raises an ApiError."""

    @property
    def with_headers(self) -> AsyncShippingWithHeaders:
        """The same methods, answering a Response: the value with the status and the headers."""
        return AsyncShippingWithHeaders(self._http, self._url, auth=self._auth, retry=self._retry)

    async def create_shipment(
        self,
        *,
        order_id: str,
        address: str,
        carrier: str,
        order_identity: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        recipient: str | Unset = UNSET,
    ) -> Shipment:
        """Send an order.

        Services only. An order is sent once: repeating the request gives the first shipment
        with status 200. An order whose shipment was cancelled, before it was made or after, is
        not sent any more (409). `user_id` says whose it is and `recipient` who is told about
        its moves; both may be left out.

        Args:
            order_id: The number of an order.
            address: A postal address that was given once, on one line or several.
            carrier: Who carries the parcel.
            order_identity: The random identity of an order. Its number may be given out
                again after a database was restored, its identity never is; a request about an
                order of another identity is refused (409 `other_order`).
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            recipient: An e-mail address as RFC 5321 writes it without quotes and comments,
                the domain in full, an internationalised one as `xn--…`. An account is known by
                it in lower case. An encoded word (`=?…?=`, RFC 2047) is refused, as it may
                decode to a line break.
        """
        answer = await self.with_headers.create_shipment(
            order_id=order_id,
            address=address,
            carrier=carrier,
            order_identity=order_identity,
            user_id=user_id,
            recipient=recipient,
        )
        return answer.parsed

    async def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentBook]:
        """List shipments.

        Services and admins. The oldest first; one that was cancelled before it was made is
        there too.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_shipments(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_shipments(self, *, limit: int | Unset = 20) -> AsyncIterator[ShipmentBook]:
        """Every item of `list_shipments`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_shipments(cursor=cursor, limit=limit)
        )

    async def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentEvent]:
        """List the moves of shipments.

        Services and admins. In the order in which they came about: whoever remembers the
        `cursor` of the last one seen, and asks again from there later, misses none and sees
        none twice.

        Args:
            limit: How many items a page holds at the most.
            cursor: Opaque; taken from the `next` link of the page before. It belongs to one
                list, its sort and its filters: with others it is refused (400). A page goes on
                after the place that the last item had when it was read, so that an item which
                is not edited meanwhile comes exactly once, whatever happens to others.
        """
        answer = await self.with_headers.list_shipment_events(limit=limit, cursor=cursor)
        return answer.parsed

    def iter_shipment_events(self, *, limit: int | Unset = 20) -> AsyncIterator[ShipmentEvent]:
        """Every item of `list_shipment_events`; a page is fetched when its first item is wanted."""
        return async_items(
            lambda cursor: self.with_headers.list_shipment_events(cursor=cursor, limit=limit)
        )

    async def get_shipment(self, order_id: str) -> Shipment:
        """Read where an order is.

        Its owner may, an admin and a service; to others it does not exist.

        Args:
            order_id: The order that was sent.
        """
        answer = await self.with_headers.get_shipment(order_id=order_id)
        return answer.parsed

    async def cancel_shipment(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Call a shipment back.

        Services only. One that was delivered stays so (409), and one that came back stays
        returned. Repeating it changes nothing; coming before the shipment, it keeps that from
        ever being made. Nobody is told by Shipping.

        Args:
            order_id: The order that was sent.
            order_identity: The identity of the order; without it the number alone decides.
        """
        answer = await self.with_headers.cancel_shipment(
            order_id=order_id, order_identity=order_identity
        )
        return answer.parsed

    async def update_shipment(self, order_id: str, *, status: NextStatus) -> Shipment:
        """Move a shipment on.

        Admins only, and forward only: from `in_transit` to `out_for_delivery` to `delivered`,
        from either of the first two to `exception`, from there back out for delivery or home
        (`returned`). Anything else is a 409. Repeating the present state changes nothing and
        tells nobody.

        Args:
            order_id: The order that was sent.
            status: Where a parcel can be moved to.
        """
        answer = await self.with_headers.update_shipment(order_id=order_id, status=status)
        return answer.parsed

    async def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of shipments.

        Orders alone, which tells the highest number of shipments that other services know, and
        asks for that of an order with a shipment. A service that has not given out that number
        has lost it, as after a restore of its database: it answers 503 from then on, until its
        numbers were raised by `minishop recover shipping`.

        Args:
            highest: The highest number of a kind of thing that a service knows, without its
                prefix; 0 for none.
        """
        answer = await self.with_headers.compare_numbers(highest=highest)
        return answer.parsed

    async def livez(self) -> Health:
        """Ask whether Shipping runs.

        Anybody may. Touches nothing else.
        """
        answer = await self.with_headers.livez()
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether Shipping can work.

        Anybody may. Asks the database.
        """
        answer = await self.with_headers.readyz()
        return answer.parsed
