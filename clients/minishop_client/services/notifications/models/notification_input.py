# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import required

T = TypeVar("T", bound="NotificationInput")


@_attrs_define
class NotificationInput:
    """A message."""

    recipient: str = _attrs_field(repr=False)
    """ An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word (`=?…?=`, RFC 2047)
    is refused, as it may decode to a line break. """
    subject: str
    """ What the message is about, on one line. `=?` is refused, as it begins an encoded word (RFC 2047), which may
    decode to a line break. """
    body: str = _attrs_field(repr=False)
    """ Plain text, lines and tabs included. """

    def to_dict(self) -> dict[str, Any]:
        recipient = self.recipient

        subject = self.subject

        body = self.body

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "recipient": recipient,
                "subject": subject,
                "body": body,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        recipient = required(d, "recipient")

        subject = required(d, "subject")

        body = required(d, "body")

        notification_input = cls(
            recipient=recipient,
            subject=subject,
            body=body,
        )

        return notification_input
