# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import required

T = TypeVar("T", bound="Refresh")


@_attrs_define
class Refresh:
    """What gets the next tokens."""

    refresh_token: str = _attrs_field(repr=False)
    """ Opaque; it works once. """

    def to_dict(self) -> dict[str, Any]:
        refresh_token = self.refresh_token

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "refresh_token": refresh_token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        refresh_token = required(d, "refresh_token")

        refresh = cls(
            refresh_token=refresh_token,
        )

        return refresh
