# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.ledger_kind import LedgerKind, check_ledger_kind
from ..types import money, number, required

T = TypeVar("T", bound="LedgerEntry")


@_attrs_define
class LedgerEntry:
    """One movement of money."""

    id: int
    """ The number of the entry. """
    payment_id: str
    """ The number of a payment. """
    order_id: str
    """ The number of an order. """
    kind: LedgerKind
    """ What moved: money was held (`authorise`), what was held was let go (`void`), money came in (`capture`) or
    went back (`refund`). """
    amount: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        payment_id = self.payment_id

        order_id = self.order_id

        kind: str = self.kind

        amount = number(self.amount)

        timestamp = self.timestamp.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "payment_id": payment_id,
                "order_id": order_id,
                "kind": kind,
                "amount": amount,
                "timestamp": timestamp,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = required(d, "id")

        payment_id = required(d, "payment_id")

        order_id = required(d, "order_id")

        kind = check_ledger_kind(required(d, "kind"))

        amount = required(d, "amount")

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        ledger_entry = cls(
            id=id,
            payment_id=payment_id,
            order_id=order_id,
            kind=kind,
            amount=amount,
            timestamp=timestamp,
        )

        return ledger_entry
