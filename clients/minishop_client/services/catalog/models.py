# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of catalog."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, Self

from attrs import field, frozen
from minishop_client.services.shared import Health, HealthStatus, KnownNumbers, NumbersSeen
from minishop_client.values import (
    UNSET,
    Unset,
    many,
    money,
    number,
    optional,
    optional_money,
    required,
)

__all__ = (
    "Health",
    "HealthStatus",
    "HeldLine",
    "KnownNumbers",
    "NumbersSeen",
    "Product",
    "ProductEdit",
    "ProductInput",
    "ProductSort",
    "Reservation",
    "ReservationInput",
    "ReservationLine",
    "ReservationStatus",
    "StockBook",
)

ProductSort = Literal["-id", "-name", "-price", "id", "name", "price"]

ReservationStatus = Literal["committed", "held", "refused", "released"]


@frozen
class ProductInput:
    """A new product."""

    name: str
    """The name of the product. The first character is visible."""
    price: Decimal = field(converter=money)
    """The price of one piece, with two decimals."""
    stock: int
    """The number of pieces that can be sold."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "name": self.name,
            "price": number(self.price),
            "stock": self.stock,
        }


@frozen
class ProductEdit:
    """The fields to change. Absent fields keep their values."""

    name: str | Unset = UNSET
    """The name of the product. The first character is visible."""
    price: Decimal | Unset = field(default=UNSET, converter=optional_money)
    """The price of one piece, with two decimals."""
    stock: int | Unset = UNSET
    """The number of pieces that can be sold."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {}
        if not isinstance(self.name, Unset):
            data["name"] = self.name
        if not isinstance(self.price, Unset):
            data["price"] = number(self.price)
        if not isinstance(self.stock, Unset):
            data["stock"] = self.stock
        return data


@frozen
class Product:
    """A product as shoppers see it."""

    id: int
    """The number of a product."""
    name: str
    """The name of the product."""
    price: Decimal = field(converter=money)
    """The price of one piece, with two decimals."""
    stock: int
    """The number of pieces that can be sold."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "id": self.id,
            "name": self.name,
            "price": number(self.price),
            "stock": self.stock,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            id=required(data, "id"),
            name=required(data, "name"),
            price=required(data, "price"),
            stock=required(data, "stock"),
        )


@frozen
class ReservationLine:
    """Pieces of one product."""

    product_id: int
    """The number of a product."""
    quantity: int
    """The number of pieces."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "quantity": self.quantity,
        }


@frozen
class ReservationInput:
    """The pieces that an order needs."""

    lines: tuple[ReservationLine, ...]
    """The pieces of each product. The quantities of lines with the same product are added."""
    order_identity: str | Unset = UNSET
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "lines": [item.to_dict() for item in self.lines],
        }
        if not isinstance(self.order_identity, Unset):
            data["order_identity"] = self.order_identity
        return data


@frozen
class Reservation:
    """The stock of an order."""

    order_id: str
    """The number of an order."""
    status: ReservationStatus
    """`held` until the order is paid; then `committed`, which counts as sold. `refused` if there was
    too little stock; `released` after the stock was returned."""
    lines: tuple[HeldLine, ...]
    """The lines by product. A refused reservation lists the lines that were short. A reservation that
    was released before it was made has none."""
    order_identity: str | None = None
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "order_id": self.order_id,
            "status": self.status,
            "lines": [item.to_dict() for item in self.lines],
        }
        if self.order_identity is not None:
            data["order_identity"] = self.order_identity
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            order_id=required(data, "order_id"),
            status=required(data, "status"),
            lines=required(data, "lines", many(HeldLine.from_dict)),
            order_identity=optional(data, "order_identity"),
        )


@frozen
class HeldLine:
    """All pieces of one product."""

    product_id: int
    """The number of a product."""
    quantity: int
    """The sum of all lines."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "quantity": self.quantity,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            product_id=required(data, "product_id"),
            quantity=required(data, "quantity"),
        )


@frozen
class StockBook:
    """The stock of a product, and how it was used."""

    product_id: int
    """The number of a product."""
    received: int
    """A number of pieces."""
    on_hand: int
    """A number of pieces."""
    reserved: int
    """A number of pieces."""
    sold: int
    """A number of pieces."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "received": self.received,
            "on_hand": self.on_hand,
            "reserved": self.reserved,
            "sold": self.sold,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            product_id=required(data, "product_id"),
            received=required(data, "received"),
            on_hand=required(data, "on_hand"),
            reserved=required(data, "reserved"),
            sold=required(data, "sold"),
        )
