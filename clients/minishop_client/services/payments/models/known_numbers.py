# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import required

T = TypeVar("T", bound="KnownNumbers")


@_attrs_define
class KnownNumbers:
    """What other services know of this one."""

    highest: int
    """ The highest number of a kind of thing that a service knows, without its prefix; 0 for none. """

    def to_dict(self) -> dict[str, Any]:
        highest = self.highest

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "highest": highest,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        highest = required(d, "highest")

        known_numbers = cls(
            highest=highest,
        )

        return known_numbers
