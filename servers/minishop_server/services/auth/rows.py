"""The rows of accounts."""

from __future__ import annotations

from typing import Literal, TypedDict

from ...kit.clock import Timestamp
from ...kit.ids import UserId

Role = Literal["customer", "admin"]


class Owner(TypedDict):
    """Whose an account is."""

    id: UserId
    username: str
    email: str


class Addressee(Owner):
    """Whose an account is, and the state of its e-mail addresses."""

    email_verified: int
    pending_email: str | None


class UserRow(Addressee):
    """An account."""

    role: Role
    disabled: int
    address: str | None
    version: int
    created_at: Timestamp


class UserWithPassword(UserRow):
    """An account, with the hash of its password."""

    password_hash: str


class Taken(TypedDict):
    """Whether a name and an e-mail address are in use."""

    username: bool | int
    email: bool | int
