# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.order_step import OrderStep, check_order_step
from ..types import required

T = TypeVar("T", bound="OrderEvent")


@_attrs_define
class OrderEvent:
    """A step of an order."""

    step: OrderStep
    """ `placed`, or the state that the order came into; `confirmed` once the customer was told, `money_returned`
    with each refund. """
    actor: str
    """ Who took it, as in the `sub` of a token. """
    request_id: str
    """ Names one request. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """

    def to_dict(self) -> dict[str, Any]:
        step: str = self.step

        actor = self.actor

        request_id = self.request_id

        timestamp = self.timestamp.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "step": step,
                "actor": actor,
                "request_id": request_id,
                "timestamp": timestamp,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        step = check_order_step(required(d, "step"))

        actor = required(d, "actor")

        request_id = required(d, "request_id")

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        order_event = cls(
            step=step,
            actor=actor,
            request_id=request_id,
            timestamp=timestamp,
        )

        return order_event
