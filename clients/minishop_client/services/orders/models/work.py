# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.work_kind import WorkKind, check_work_kind
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="Work")


@_attrs_define
class Work:
    """Something to be done for an order."""

    work_id: int
    """ The number of a piece of work. """
    kind: WorkKind
    """ What is to be done. """
    order_id: str
    """ The number of an order. """
    attempts: int
    """ How often it was tried. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    error: str | Unset = UNSET
    """ Why the last try failed. """

    def to_dict(self) -> dict[str, Any]:
        work_id = self.work_id

        kind: str = self.kind

        order_id = self.order_id

        attempts = self.attempts

        created_at = self.created_at.isoformat()

        error = self.error

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "work_id": work_id,
                "kind": kind,
                "order_id": order_id,
                "attempts": attempts,
                "created_at": created_at,
            }
        )
        if error is not UNSET:
            field_dict["error"] = error

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        work_id = required(d, "work_id")

        kind = check_work_kind(required(d, "kind"))

        order_id = required(d, "order_id")

        attempts = required(d, "attempts")

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        error = optional(d, "error")

        work = cls(
            work_id=work_id,
            kind=kind,
            order_id=order_id,
            attempts=attempts,
            created_at=created_at,
            error=error,
        )

        return work
