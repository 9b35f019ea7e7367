# Generated from openapi/ by scripts/generate.py: do not edit.
"""Parcels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from minishop_client.calls import (
    Call,
    given,
    read_list,
    read_nothing,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
    KnownNumbers,
    NextStatus,
    NumbersSeen,
    Shipment,
    ShipmentBook,
    ShipmentEdit,
    ShipmentEvent,
    ShipmentInput,
)


def _create_shipment(
    *,
    order_id: str,
    address: str,
    carrier: str,
    order_identity: str | Unset = UNSET,
    user_id: int | Unset = UNSET,
    recipient: str | Unset = UNSET,
) -> Call[Shipment]:
    return Call(
        "POST",
        "/shipping/create",
        read_object(Shipment.from_dict),
        json=ShipmentInput(
            order_id=order_id,
            address=address,
            carrier=carrier,
            order_identity=order_identity,
            user_id=user_id,
            recipient=recipient,
        ).to_dict(),
    )


def _list_shipments(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET
) -> Call[list[ShipmentBook]]:
    return Call(
        "GET",
        "/shipping/shipments",
        read_list(ShipmentBook.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _list_shipment_events(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET
) -> Call[list[ShipmentEvent]]:
    return Call(
        "GET",
        "/shipping/events",
        read_list(ShipmentEvent.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _get_shipment(order_id: str) -> Call[Shipment]:
    return Call(
        "GET",
        f"/shipping/{segment(order_id)}",
        read_object(Shipment.from_dict),
    )


def _cancel_shipment(order_id: str, *, order_identity: str | Unset = UNSET) -> Call[None]:
    return Call(
        "DELETE",
        f"/shipping/{segment(order_id)}",
        read_nothing,
        params=given({"order_identity": order_identity}),
    )


def _update_shipment(order_id: str, *, status: NextStatus) -> Call[Shipment]:
    return Call(
        "PATCH",
        f"/shipping/{segment(order_id)}",
        read_object(Shipment.from_dict),
        json=ShipmentEdit(status=status).to_dict(),
    )


def _compare_numbers(*, highest: int) -> Call[NumbersSeen]:
    return Call(
        "POST",
        "/shipping/numbers",
        read_object(NumbersSeen.from_dict),
        json=KnownNumbers(highest=highest).to_dict(),
    )


class ShipmentsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

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
        return self._send(
            _create_shipment(
                order_id=order_id,
                address=address,
                carrier=carrier,
                order_identity=order_identity,
                user_id=user_id,
                recipient=recipient,
            )
        )

    def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentBook]]:
        """List shipments."""
        return self._send(_list_shipments(limit=limit, cursor=cursor))

    def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentEvent]]:
        """List the moves of shipments."""
        return self._send(_list_shipment_events(limit=limit, cursor=cursor))

    def get_shipment(self, order_id: str) -> Response[Shipment]:
        """Read the shipment of an order."""
        return self._send(_get_shipment(order_id=order_id))

    def cancel_shipment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Cancel a shipment."""
        return self._send(_cancel_shipment(order_id=order_id, order_identity=order_identity))

    def update_shipment(self, order_id: str, *, status: NextStatus) -> Response[Shipment]:
        """Move a shipment."""
        return self._send(_update_shipment(order_id=order_id, status=status))

    def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of shipments."""
        return self._send(_compare_numbers(highest=highest))


class ShipmentsResource(Api):
    """Parcels. Each method returns the value or raises an ApiError."""

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

        Services only. An order is sent once: a repeated request gets the first shipment with
        status 200. An order whose shipment was cancelled, before or after it was created, is
        not sent any more (409). `user_id` is the owner, and `recipient` is the address for
        notices of its moves; both are optional.

        Args:
            order_id: The number of an order.
            address: A postal address that was accepted once, on one or several lines.
            carrier: The carrier of the parcel.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            recipient: An e-mail address in the form of RFC 5321, without quotes and
                comments. The domain is complete, and an internationalised one is written as
                `xn--…`. An account has its address in lower case. An encoded word (`=?…?=`, RFC
                2047) is refused because it may decode to a line break.
        """
        answer = self._send(
            _create_shipment(
                order_id=order_id,
                address=address,
                carrier=carrier,
                order_identity=order_identity,
                user_id=user_id,
                recipient=recipient,
            )
        )
        return answer.parsed

    def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentBook]:
        """List shipments.

        Services and admins. The oldest first, including shipments that were cancelled before
        they were created.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_shipments(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_shipments(self, *, limit: int | Unset = 20) -> Iterator[ShipmentBook]:
        """Every item of `list_shipments`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_shipments(cursor=cursor, limit=limit)))

    def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentEvent]:
        """List the moves of shipments.

        Services and admins, in the order of the events. A caller that stores the `cursor` of
        the last event and continues from it later gets each event exactly once. The events of a
        parcel are deleted a year after the last of them (`MINISHOP_SHIPPING_FEED_DAYS`), if all
        services that follow the list have read them. A cursor of a deleted event stays valid:
        the list continues with the oldest event that is left.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_shipment_events(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_shipment_events(self, *, limit: int | Unset = 20) -> Iterator[ShipmentEvent]:
        """Every item of `list_shipment_events`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_shipment_events(cursor=cursor, limit=limit)))

    def get_shipment(self, order_id: str) -> Shipment:
        """Read the shipment of an order.

        The owner of the order, admins and services. For other users the shipment does not
        exist.

        Args:
            order_id: The order that was sent.
        """
        answer = self._send(_get_shipment(order_id=order_id))
        return answer.parsed

    def cancel_shipment(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Cancel a shipment.

        Services only. A delivered shipment stays delivered (409), and a returned one stays
        returned. A repeated request changes nothing. If it comes before the shipment, the
        shipment cannot be created any more. Shipping sends no message.

        Args:
            order_id: The order that was sent.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = self._send(_cancel_shipment(order_id=order_id, order_identity=order_identity))
        return answer.parsed

    def update_shipment(self, order_id: str, *, status: NextStatus) -> Shipment:
        """Move a shipment.

        Admins only, and forward only: from `in_transit` to `out_for_delivery` to `delivered`;
        from either of the first two to `exception`; from there back to `out_for_delivery`, or
        to `returned`. Any other move is refused (409). The present status as the new one
        changes nothing and sends no notice.

        Args:
            order_id: The order that was sent.
            status: A state that a parcel can be moved to.
        """
        answer = self._send(_update_shipment(order_id=order_id, status=status))
        return answer.parsed

    def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of shipments.

        Orders only. The request contains the highest number of a shipment that other services
        know; the response contains the highest number of an order with a shipment. If Shipping
        has not given out the number of the request, it has lost data, for example because its
        database was restored. It then answers 503 until `minishop recover shipping` has raised
        its numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
        """
        answer = self._send(_compare_numbers(highest=highest))
        return answer.parsed


class AsyncShipmentsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

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
        return await self._send(
            _create_shipment(
                order_id=order_id,
                address=address,
                carrier=carrier,
                order_identity=order_identity,
                user_id=user_id,
                recipient=recipient,
            )
        )

    async def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentBook]]:
        """List shipments."""
        return await self._send(_list_shipments(limit=limit, cursor=cursor))

    async def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[ShipmentEvent]]:
        """List the moves of shipments."""
        return await self._send(_list_shipment_events(limit=limit, cursor=cursor))

    async def get_shipment(self, order_id: str) -> Response[Shipment]:
        """Read the shipment of an order."""
        return await self._send(_get_shipment(order_id=order_id))

    async def cancel_shipment(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Cancel a shipment."""
        return await self._send(_cancel_shipment(order_id=order_id, order_identity=order_identity))

    async def update_shipment(self, order_id: str, *, status: NextStatus) -> Response[Shipment]:
        """Move a shipment."""
        return await self._send(_update_shipment(order_id=order_id, status=status))

    async def compare_numbers(self, *, highest: int) -> Response[NumbersSeen]:
        """Compare the numbers of shipments."""
        return await self._send(_compare_numbers(highest=highest))


class AsyncShipmentsResource(AsyncApi):
    """Parcels. Each method returns the value or raises an ApiError."""

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

        Services only. An order is sent once: a repeated request gets the first shipment with
        status 200. An order whose shipment was cancelled, before or after it was created, is
        not sent any more (409). `user_id` is the owner, and `recipient` is the address for
        notices of its moves; both are optional.

        Args:
            order_id: The number of an order.
            address: A postal address that was accepted once, on one or several lines.
            carrier: The carrier of the parcel.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
            user_id: The number of a user; the token's `sub` is `user_` and this number.
            recipient: An e-mail address in the form of RFC 5321, without quotes and
                comments. The domain is complete, and an internationalised one is written as
                `xn--…`. An account has its address in lower case. An encoded word (`=?…?=`, RFC
                2047) is refused because it may decode to a line break.
        """
        answer = await self._send(
            _create_shipment(
                order_id=order_id,
                address=address,
                carrier=carrier,
                order_identity=order_identity,
                user_id=user_id,
                recipient=recipient,
            )
        )
        return answer.parsed

    async def list_shipments(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentBook]:
        """List shipments.

        Services and admins. The oldest first, including shipments that were cancelled before
        they were created.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_shipments(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_shipments(self, *, limit: int | Unset = 20) -> AsyncIterator[ShipmentBook]:
        """Every item of `list_shipments`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_shipments(cursor=cursor, limit=limit)))

    async def list_shipment_events(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[ShipmentEvent]:
        """List the moves of shipments.

        Services and admins, in the order of the events. A caller that stores the `cursor` of
        the last event and continues from it later gets each event exactly once. The events of a
        parcel are deleted a year after the last of them (`MINISHOP_SHIPPING_FEED_DAYS`), if all
        services that follow the list have read them. A cursor of a deleted event stays valid:
        the list continues with the oldest event that is left.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_shipment_events(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_shipment_events(self, *, limit: int | Unset = 20) -> AsyncIterator[ShipmentEvent]:
        """Every item of `list_shipment_events`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(_list_shipment_events(cursor=cursor, limit=limit))
        )

    async def get_shipment(self, order_id: str) -> Shipment:
        """Read the shipment of an order.

        The owner of the order, admins and services. For other users the shipment does not
        exist.

        Args:
            order_id: The order that was sent.
        """
        answer = await self._send(_get_shipment(order_id=order_id))
        return answer.parsed

    async def cancel_shipment(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Cancel a shipment.

        Services only. A delivered shipment stays delivered (409), and a returned one stays
        returned. A repeated request changes nothing. If it comes before the shipment, the
        shipment cannot be created any more. Shipping sends no message.

        Args:
            order_id: The order that was sent.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = await self._send(
            _cancel_shipment(order_id=order_id, order_identity=order_identity)
        )
        return answer.parsed

    async def update_shipment(self, order_id: str, *, status: NextStatus) -> Shipment:
        """Move a shipment.

        Admins only, and forward only: from `in_transit` to `out_for_delivery` to `delivered`;
        from either of the first two to `exception`; from there back to `out_for_delivery`, or
        to `returned`. Any other move is refused (409). The present status as the new one
        changes nothing and sends no notice.

        Args:
            order_id: The order that was sent.
            status: A state that a parcel can be moved to.
        """
        answer = await self._send(_update_shipment(order_id=order_id, status=status))
        return answer.parsed

    async def compare_numbers(self, *, highest: int) -> NumbersSeen:
        """Compare the numbers of shipments.

        Orders only. The request contains the highest number of a shipment that other services
        know; the response contains the highest number of an order with a shipment. If Shipping
        has not given out the number of the request, it has lost data, for example because its
        database was restored. It then answers 503 until `minishop recover shipping` has raised
        its numbers.

        Args:
            highest: The highest number of one kind of object that a service knows, without
                its prefix; 0 for none.
        """
        answer = await self._send(_compare_numbers(highest=highest))
        return answer.parsed
