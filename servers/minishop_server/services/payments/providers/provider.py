"""The interface of a payment provider, for Payments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from ....kit.money import Cents
from ....kit.problems import Unavailable

State = Literal["pending", "authorised", "captured", "declined", "cancelled"]


class NoAnswer(Unavailable):
    """The provider did not answer, or cannot say yet, which is never a decline."""


@dataclass(frozen=True, slots=True)
class Charge:
    """A payment as the provider knows it.

    Attributes:
        key: its permanent name; the provider does each request under a key once.
        reference: the provider's own name for it, once `prepare` gave one.
        amount: in cents.
        capture: whether the money is taken at once, or held for `capture`.
    """

    key: str
    reference: str | None
    amount: Cents
    capture: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """How a charge stands with the provider, and the decline code where it was declined."""

    state: State
    reason: str | None = None


class Provider(Protocol):
    """A payment provider.

    Any replica may repeat each call, and each call may raise NoAnswer.
    """

    name: str
    secret: str
    """The secret that signs its webhooks."""

    async def prepare(self, charge: Charge, token: str | None) -> str | None:
        """The reference of a charge that moves no money yet; None where the provider does without.

        It is written down before `charge`, so that a charge whose answer was lost is found again.
        """
        ...

    async def charge(self, charge: Charge, token: str | None) -> Answer:
        """Take or hold the money.

        A repeated call returns the state of the charge.
        """
        ...

    async def retrieve(self, charge: Charge) -> Answer:
        """How the charge stands."""
        ...

    async def capture(self, charge: Charge) -> Answer:
        """Capture the authorised amount: `captured`, unless it is no longer held."""
        ...

    async def cancel(self, charge: Charge) -> Answer:
        """Prevent any later charge and return `cancelled`, or `captured` if it is too late."""
        ...

    async def refund(self, charge: Charge, key: str, amount: Cents) -> None:
        """Give cents back, once for each key."""
        ...
