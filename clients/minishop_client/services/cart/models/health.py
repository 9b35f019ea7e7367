# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.health_status import HealthStatus, check_health_status
from ..types import required

T = TypeVar("T", bound="Health")


@_attrs_define
class Health:
    """What a probe is told.

    Example:
        {'status': 'ok'}

    """

    status: HealthStatus
    """ All is well; anything else is a problem. """

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
        status = check_health_status(required(d, "status"))

        health = cls(
            status=status,
        )

        return health
