# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.final_state import FinalState, check_final_state
from ..types import required

T = TypeVar("T", bound="VoidResult")


@_attrs_define
class VoidResult:
    """How the payment of an order ended."""

    order_id: str
    """ The number of an order. """
    state: FinalState
    """ A state in which an order holds no money and never will. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        state: str = self.state

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = required(d, "order_id")

        state = check_final_state(required(d, "state"))

        void_result = cls(
            order_id=order_id,
            state=state,
        )

        return void_result
