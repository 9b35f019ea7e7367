# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.order_status import OrderStatus, check_order_status
from ..types import UNSET, Unset, money, number, optional, required

if TYPE_CHECKING:
    from ..models.booked_line import BookedLine


T = TypeVar("T", bound="OrderBook")


@_attrs_define
class OrderBook:
    """What the books of the other services must show for an order."""

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
    owed: Decimal = _attrs_field(converter=money)
    """ The money that Payments must hold for it, captured less refunded. """
    lines: list[BookedLine]
    """ What was bought. """
    holds_stock: bool
    """ Catalog must count its lines as sold. """
    must_ship: bool
    """ Shipping must have a shipment. """
    must_tell: bool
    """ Notifications must have a confirmation. """
    left_cart: bool
    """ Cart must count its lines as bought. """
    open_work: bool
    """ Something is still being done for it; until then, the books may differ. """
    updated_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    payment_id: str | Unset = UNSET
    """ The number of a payment. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        identity = self.identity

        user_id = self.user_id

        status: str = self.status

        owed = number(self.owed)

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        holds_stock = self.holds_stock

        must_ship = self.must_ship

        must_tell = self.must_tell

        left_cart = self.left_cart

        open_work = self.open_work

        updated_at = self.updated_at.isoformat()

        payment_id = self.payment_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "identity": identity,
                "user_id": user_id,
                "status": status,
                "owed": owed,
                "lines": lines,
                "holds_stock": holds_stock,
                "must_ship": must_ship,
                "must_tell": must_tell,
                "left_cart": left_cart,
                "open_work": open_work,
                "updated_at": updated_at,
            }
        )
        if payment_id is not UNSET:
            field_dict["payment_id"] = payment_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.booked_line import BookedLine  # noqa: PLC0415

        d = dict(src_dict)
        order_id = required(d, "order_id")

        identity = required(d, "identity")

        user_id = required(d, "user_id")

        status = check_order_status(required(d, "status"))

        owed = required(d, "owed")

        lines = []
        _lines = required(d, "lines")
        for lines_item_data in _lines:
            lines_item = BookedLine.from_dict(lines_item_data)

            lines.append(lines_item)

        holds_stock = required(d, "holds_stock")

        must_ship = required(d, "must_ship")

        must_tell = required(d, "must_tell")

        left_cart = required(d, "left_cart")

        open_work = required(d, "open_work")

        updated_at = datetime.datetime.fromisoformat(required(d, "updated_at"))

        payment_id = optional(d, "payment_id")

        order_book = cls(
            order_id=order_id,
            identity=identity,
            user_id=user_id,
            status=status,
            owed=owed,
            lines=lines,
            holds_stock=holds_stock,
            must_ship=must_ship,
            must_tell=must_tell,
            left_cart=left_cart,
            open_work=open_work,
            updated_at=updated_at,
            payment_id=payment_id,
        )

        return order_book
