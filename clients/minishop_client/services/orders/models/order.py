# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.order_action import OrderAction, check_order_action
from ..models.order_status import OrderStatus, check_order_status
from ..models.payment_method import PaymentMethod, check_payment_method
from ..types import UNSET, Unset, money, number, optional, required

if TYPE_CHECKING:
    from ..models.order_line import OrderLine


T = TypeVar("T", bound="Order")


@_attrs_define
class Order:
    """An order; `payment_id` and `tracking_id` are there as soon as they are known, and `reason` where nothing came of it.
    `refunded` is what was given back, or is about to be.

    """

    order_id: str
    """ The number of an order. """
    identity: str
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """
    user_id: int
    """ The number of a user; the token's `sub` is `user_` and this number. """
    status: OrderStatus
    """ `pending` while it is being paid; `payment_failed` after a decline; `cancelled` where the stock was short,
    or somebody cancelled it; `paid`, `shipped`, `delivered`; `return_requested` and `returned`; `partly_refunded`
    and `refunded` once the money went back. """
    total: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    refunded: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    lines: list[OrderLine]
    """ What was bought. """
    payment_method: PaymentMethod
    """ How the shopper pays. """
    address: str = _attrs_field(repr=False)
    """ A postal address that was given once, on one line or several. """
    carrier: str
    """ Who carries the parcel. """
    allowed_actions: list[OrderAction]
    """ What the caller may do with it now. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    updated_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    payment_id: str | Unset = UNSET
    """ The number of a payment. """
    tracking_id: str | Unset = UNSET
    """ The number a parcel is tracked by. """
    reason: str | Unset = UNSET
    """ Why, in words. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        identity = self.identity

        user_id = self.user_id

        status: str = self.status

        total = number(self.total)

        refunded = number(self.refunded)

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        payment_method: str = self.payment_method

        address = self.address

        carrier = self.carrier

        allowed_actions = []
        for allowed_actions_item_data in self.allowed_actions:
            allowed_actions_item: str = allowed_actions_item_data
            allowed_actions.append(allowed_actions_item)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        payment_id = self.payment_id

        tracking_id = self.tracking_id

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "identity": identity,
                "user_id": user_id,
                "status": status,
                "total": total,
                "refunded": refunded,
                "lines": lines,
                "payment_method": payment_method,
                "address": address,
                "carrier": carrier,
                "allowed_actions": allowed_actions,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )
        if payment_id is not UNSET:
            field_dict["payment_id"] = payment_id
        if tracking_id is not UNSET:
            field_dict["tracking_id"] = tracking_id
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.order_line import OrderLine  # noqa: PLC0415

        d = dict(src_dict)
        order_id = required(d, "order_id")

        identity = required(d, "identity")

        user_id = required(d, "user_id")

        status = check_order_status(required(d, "status"))

        total = required(d, "total")

        refunded = required(d, "refunded")

        lines = []
        _lines = required(d, "lines")
        for lines_item_data in _lines:
            lines_item = OrderLine.from_dict(lines_item_data)

            lines.append(lines_item)

        payment_method = check_payment_method(required(d, "payment_method"))

        address = required(d, "address")

        carrier = required(d, "carrier")

        allowed_actions = []
        _allowed_actions = required(d, "allowed_actions")
        for allowed_actions_item_data in _allowed_actions:
            allowed_actions_item = check_order_action(allowed_actions_item_data)

            allowed_actions.append(allowed_actions_item)

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        updated_at = datetime.datetime.fromisoformat(required(d, "updated_at"))

        payment_id = optional(d, "payment_id")

        tracking_id = optional(d, "tracking_id")

        reason = optional(d, "reason")

        order = cls(
            order_id=order_id,
            identity=identity,
            user_id=user_id,
            status=status,
            total=total,
            refunded=refunded,
            lines=lines,
            payment_method=payment_method,
            address=address,
            carrier=carrier,
            allowed_actions=allowed_actions,
            created_at=created_at,
            updated_at=updated_at,
            payment_id=payment_id,
            tracking_id=tracking_id,
            reason=reason,
        )

        return order
