# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import required

if TYPE_CHECKING:
    from ..models.webhook_object import WebhookObject


T = TypeVar("T", bound="WebhookData")


@_attrs_define
class WebhookData:
    """What the event is about.

    Example:
        {'object': {'id': 'pi_1', 'metadata': {'payment': 'PAY-555.20251006182100'}}}

    """

    object_: WebhookObject
    """ An object of the provider; `metadata.payment` names the payment that it belongs to. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        object_ = self.object_.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "object": object_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_object import WebhookObject  # noqa: PLC0415

        d = dict(src_dict)
        object_ = WebhookObject.from_dict(required(d, "object"))

        webhook_data = cls(
            object_=object_,
        )

        webhook_data.additional_properties = d
        return webhook_data

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
