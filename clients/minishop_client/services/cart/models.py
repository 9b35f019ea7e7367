# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of cart."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from attrs import field, frozen
from minishop_client.services.shared import Health, HealthStatus
from minishop_client.values import (
    many,
    money,
    number,
    required,
)

__all__ = (
    "BoughtLine",
    "BoughtPieces",
    "Cart",
    "CartBook",
    "CartItem",
    "CartItemEdit",
    "CartItemInput",
    "CartNumbers",
    "Health",
    "HealthStatus",
    "ShownCart",
    "ShownLine",
)


@frozen
class CartNumbers:
    """The highest numbers of other services that this service knows."""

    users: int
    """The highest number of one kind of object that a service knows, without its prefix; 0 for none."""
    products: int
    """The highest number of one kind of object that a service knows, without its prefix; 0 for none."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "users": self.users,
            "products": self.products,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            users=required(data, "users"),
            products=required(data, "products"),
        )


@frozen
class CartItemInput:
    """The product and the quantity to add."""

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
class CartItemEdit:
    """The new quantity of the line."""

    quantity: int
    """The number of pieces."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "quantity": self.quantity,
        }


@frozen
class CartItem:
    """A line of a cart."""

    product_id: int
    """The number of a product."""
    quantity: int
    """The number of pieces."""
    price: Decimal = field(converter=money)
    """The price of one piece, with two decimals."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "quantity": self.quantity,
            "price": number(self.price),
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
            price=required(data, "price"),
        )


@frozen
class ShownLine:
    """A line as the shopper last saw it."""

    product_id: int
    """The number of a product."""
    quantity: int
    """The number of pieces."""
    shown_price: Decimal = field(converter=money)
    """The price of one piece, with two decimals."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "quantity": self.quantity,
            "shown_price": number(self.shown_price),
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
            shown_price=required(data, "shown_price"),
        )


@frozen
class ShownCart:
    """A cart as the shopper last saw it."""

    user_id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    version: int
    """The version increases with every change of the displayed cart. It is 1 before the first line."""
    lines: tuple[ShownLine, ...]
    """Sorted by the time at which they were added."""
    taken: tuple[str, ...]
    """The requested orders whose pieces had left the cart."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "user_id": self.user_id,
            "version": self.version,
            "lines": [item.to_dict() for item in self.lines],
            "taken": list(self.taken),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            user_id=required(data, "user_id"),
            version=required(data, "version"),
            lines=required(data, "lines", many(ShownLine.from_dict)),
            taken=required(data, "taken", tuple),
        )


@frozen
class CartBook:
    """A cart as the shopper last saw it, with the pieces that were bought from it since Cart counts
    them."""

    user_id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    version: int
    """The version increases with every change of the displayed cart. It is 1 before the first line."""
    lines: tuple[ShownLine, ...]
    """Sorted by the time at which they were added."""
    bought: int
    """The pieces that orders bought from it."""
    excess: int
    """The pieces in the cart or bought from it beyond those that were added. It is 0 unless a piece
    was bought twice."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "user_id": self.user_id,
            "version": self.version,
            "lines": [item.to_dict() for item in self.lines],
            "bought": self.bought,
            "excess": self.excess,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            user_id=required(data, "user_id"),
            version=required(data, "version"),
            lines=required(data, "lines", many(ShownLine.from_dict)),
            bought=required(data, "bought"),
            excess=required(data, "excess"),
        )


@frozen
class BoughtPieces:
    """The pieces that an order bought."""

    lines: tuple[BoughtLine, ...]
    """Pieces of each product."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "lines": [item.to_dict() for item in self.lines],
        }


@frozen
class BoughtLine:
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
class Cart:
    """A cart at current prices."""

    items: tuple[CartItem, ...]
    """Sorted by the time at which they were added."""
    total_items: int
    """The number of lines."""
    total_price: Decimal = field(converter=money)
    """An amount with two decimals."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "items": [item.to_dict() for item in self.items],
            "total_items": self.total_items,
            "total_price": number(self.total_price),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            items=required(data, "items", many(CartItem.from_dict)),
            total_items=required(data, "total_items"),
            total_price=required(data, "total_price"),
        )
