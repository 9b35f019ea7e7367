# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.webhook_outcome import WebhookOutcome, check_webhook_outcome
from ..types import required

T = TypeVar("T", bound="WebhookReceipt")


@_attrs_define
class WebhookReceipt:
    """That an event was heard."""

    status: WebhookOutcome
    """ What was made of it: `accepted`; `replayed`, where it had come before; `ignored`, where it concerns no
    payment of this shop. """

    def to_dict(self) -> dict[str, Any]:
        status: str = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = check_webhook_outcome(required(d, "status"))

        webhook_receipt = cls(
            status=status,
        )

        return webhook_receipt
