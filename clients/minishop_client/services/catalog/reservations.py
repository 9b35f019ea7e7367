# Generated from openapi/ by scripts/generate.py: do not edit.
"""Stock held for an order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

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
    Reservation,
    ReservationInput,
    ReservationLine,
    ReservationStatus,
)


def _list_reservations(
    *,
    limit: int | Unset = 20,
    cursor: str | Unset = UNSET,
    status: ReservationStatus | Unset = UNSET,
) -> Call[list[Reservation]]:
    return Call(
        "GET",
        "/catalog/reservations",
        read_list(Reservation.from_dict),
        params=given({"limit": limit, "cursor": cursor, "status": status}),
    )


def _reserve_stock(
    order_id: str, *, lines: Sequence[ReservationLine], order_identity: str | Unset = UNSET
) -> Call[Reservation]:
    return Call(
        "PUT",
        f"/catalog/reservations/{segment(order_id)}",
        read_object(Reservation.from_dict),
        json=ReservationInput(lines=tuple(lines), order_identity=order_identity).to_dict(),
    )


def _release_stock(order_id: str, *, order_identity: str | Unset = UNSET) -> Call[None]:
    return Call(
        "DELETE",
        f"/catalog/reservations/{segment(order_id)}",
        read_nothing,
        params=given({"order_identity": order_identity}),
    )


def _commit_reservation(order_id: str, *, order_identity: str | Unset = UNSET) -> Call[Reservation]:
    return Call(
        "POST",
        f"/catalog/reservations/{segment(order_id)}/commit",
        read_object(Reservation.from_dict),
        params=given({"order_identity": order_identity}),
    )


class ReservationsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> Response[list[Reservation]]:
        """List reservations."""
        return self._send(_list_reservations(limit=limit, cursor=cursor, status=status))

    def reserve_stock(
        self,
        order_id: str,
        *,
        lines: Sequence[ReservationLine],
        order_identity: str | Unset = UNSET,
    ) -> Response[Reservation]:
        """Reserve the stock of an order."""
        return self._send(
            _reserve_stock(order_id=order_id, lines=lines, order_identity=order_identity)
        )

    def release_stock(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Release the stock of an order."""
        return self._send(_release_stock(order_id=order_id, order_identity=order_identity))

    def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[Reservation]:
        """Count the stock of an order as sold."""
        return self._send(_commit_reservation(order_id=order_id, order_identity=order_identity))


class ReservationsResource(Api):
    """Stock held for an order. Each method returns the value or raises an ApiError."""

    def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> list[Reservation]:
        """List reservations.

        Services and admins. Sorted by the number of the order.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            status: `held` until the order is paid; then `committed`, which counts as sold.
                `refused` if there was too little stock; `released` after the stock was
                returned.
        """
        answer = self._send(_list_reservations(limit=limit, cursor=cursor, status=status))
        return answer.parsed

    def iter_reservations(
        self, *, limit: int | Unset = 20, status: ReservationStatus | Unset = UNSET
    ) -> Iterator[Reservation]:
        """Every item of `list_reservations`, with each page fetched on demand."""
        return items(
            lambda cursor: self._send(_list_reservations(cursor=cursor, limit=limit, status=status))
        )

    def reserve_stock(
        self,
        order_id: str,
        *,
        lines: Sequence[ReservationLine],
        order_identity: str | Unset = UNSET,
    ) -> Reservation:
        """Reserve the stock of an order.

        Services only. Reserves all lines or none; a shortage is a 409 that names the product.
        Reserved stock stays reserved until it is released. A repeated request changes nothing.
        An order whose reservation was released or refused gets no new one (409).

        Args:
            order_id: The order that the stock is held for.
            lines: The pieces of each product. The quantities of lines with the same product
                are added.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
        """
        answer = self._send(
            _reserve_stock(order_id=order_id, lines=lines, order_identity=order_identity)
        )
        return answer.parsed

    def release_stock(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Release the stock of an order.

        Services only. Releases stock that is held or was sold. A repeated request changes
        nothing. If the request comes before the reservation, no reservation can be made
        afterwards.

        Args:
            order_id: The order that the stock is held for.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = self._send(_release_stock(order_id=order_id, order_identity=order_identity))
        return answer.parsed

    def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Reservation:
        """Count the stock of an order as sold.

        Services only, after the order is paid. A repeated request changes nothing. If no stock
        is held for the order, the response is 409.

        Args:
            order_id: The order that the stock is held for.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = self._send(_commit_reservation(order_id=order_id, order_identity=order_identity))
        return answer.parsed


class AsyncReservationsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> Response[list[Reservation]]:
        """List reservations."""
        return await self._send(_list_reservations(limit=limit, cursor=cursor, status=status))

    async def reserve_stock(
        self,
        order_id: str,
        *,
        lines: Sequence[ReservationLine],
        order_identity: str | Unset = UNSET,
    ) -> Response[Reservation]:
        """Reserve the stock of an order."""
        return await self._send(
            _reserve_stock(order_id=order_id, lines=lines, order_identity=order_identity)
        )

    async def release_stock(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[None]:
        """Release the stock of an order."""
        return await self._send(_release_stock(order_id=order_id, order_identity=order_identity))

    async def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Response[Reservation]:
        """Count the stock of an order as sold."""
        return await self._send(
            _commit_reservation(order_id=order_id, order_identity=order_identity)
        )


class AsyncReservationsResource(AsyncApi):
    """Stock held for an order. Each method returns the value or raises an ApiError."""

    async def list_reservations(
        self,
        *,
        limit: int | Unset = 20,
        cursor: str | Unset = UNSET,
        status: ReservationStatus | Unset = UNSET,
    ) -> list[Reservation]:
        """List reservations.

        Services and admins. Sorted by the number of the order.

        Args:
            limit: The maximum number of items in a page. The list is for admins and is
                often read as a whole.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
            status: `held` until the order is paid; then `committed`, which counts as sold.
                `refused` if there was too little stock; `released` after the stock was
                returned.
        """
        answer = await self._send(_list_reservations(limit=limit, cursor=cursor, status=status))
        return answer.parsed

    def iter_reservations(
        self, *, limit: int | Unset = 20, status: ReservationStatus | Unset = UNSET
    ) -> AsyncIterator[Reservation]:
        """Every item of `list_reservations`, with each page fetched on demand."""
        return async_items(
            lambda cursor: self._send(_list_reservations(cursor=cursor, limit=limit, status=status))
        )

    async def reserve_stock(
        self,
        order_id: str,
        *,
        lines: Sequence[ReservationLine],
        order_identity: str | Unset = UNSET,
    ) -> Reservation:
        """Reserve the stock of an order.

        Services only. Reserves all lines or none; a shortage is a 409 that names the product.
        Reserved stock stays reserved until it is released. A repeated request changes nothing.
        An order whose reservation was released or refused gets no new one (409).

        Args:
            order_id: The order that the stock is held for.
            lines: The pieces of each product. The quantities of lines with the same product
                are added.
            order_identity: The random identity of an order. After a restore of the
                database, the number of an order may be given to another order, but never its
                identity. A request about an order of another identity is refused (409
                `other_order`).
        """
        answer = await self._send(
            _reserve_stock(order_id=order_id, lines=lines, order_identity=order_identity)
        )
        return answer.parsed

    async def release_stock(self, order_id: str, *, order_identity: str | Unset = UNSET) -> None:
        """Release the stock of an order.

        Services only. Releases stock that is held or was sold. A repeated request changes
        nothing. If the request comes before the reservation, no reservation can be made
        afterwards.

        Args:
            order_id: The order that the stock is held for.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = await self._send(_release_stock(order_id=order_id, order_identity=order_identity))
        return answer.parsed

    async def commit_reservation(
        self, order_id: str, *, order_identity: str | Unset = UNSET
    ) -> Reservation:
        """Count the stock of an order as sold.

        Services only, after the order is paid. A repeated request changes nothing. If no stock
        is held for the order, the response is 409.

        Args:
            order_id: The order that the stock is held for.
            order_identity: The identity of the order. Without it, the number alone
                identifies the order.
        """
        answer = await self._send(
            _commit_reservation(order_id=order_id, order_identity=order_identity)
        )
        return answer.parsed
