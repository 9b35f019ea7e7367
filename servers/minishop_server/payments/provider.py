"""Who moves the money: an interface, and the sandbox that stands in for a provider."""

from __future__ import annotations

from typing import Protocol


class Provider(Protocol):
    """A payment provider."""

    async def charge(self, key: str, amount: int, method: str, token: str | None) -> bool:
        """Charge an amount in cents; whether it was approved.

        The key names the payment: a provider that sees it again repeats its first answer.
        """
        ...


class Sandbox:
    """Moves no money: approves without a token and with `tok_approved`, declines any other token."""

    async def charge(self, key: str, amount: int, method: str, token: str | None) -> bool:
        """See `Provider.charge`; the answer depends on the token alone, so it is always the same for a key."""
        return token in (None, "tok_approved")
