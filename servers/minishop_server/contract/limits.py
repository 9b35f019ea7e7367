"""How often an address or a caller may call an operation: `x-rate-limit` of the document.

A public operation is counted by address, before anything of the request is looked at; one that writes and takes a token
by its caller (`by: caller`), with a limit for each role, once the token was verified. A role without a limit is not
counted: services act for many callers.

A window begins with the first request and ends after `seconds`; in it `limit` requests are let through. Addresses and
callers are counted in the memory of the process, the oldest window gives way to a new one, and so an attacker who has
thousands of addresses is not stopped here.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from math import ceil

from ..kit.client_address import INTERNAL, counted_as
from ..kit.clock import monotonic
from ..kit.problems import RateLimited
from .security import Caller

MOST_ADDRESSES = 10_000
"""Maximum number of addresses that one operation remembers, which take about 2 MB."""


class RateLimit:
    """The windows of one operation.

    Args:
        limit: requests in a window, of an address or, `by` caller, of a caller with each role.
        seconds: how long a window is.
        by: `address` or `caller`.

    Raises TypeError for numbers that are none, and where `limit` does not fit `by`.
    """

    def __init__(self, *, limit: int | Mapping[str, int], seconds: int, by: str = "address") -> None:
        self._limits: Mapping[str, int] = limit if isinstance(limit, Mapping) else {"address": limit}
        if not all(type(number) is int and number > 0 for number in (seconds, *self._limits.values())):
            raise TypeError("x-rate-limit needs `limit` and `seconds`, whole numbers above 0")
        if by != ("caller" if isinstance(limit, Mapping) else "address"):
            raise TypeError("x-rate-limit needs a `limit` for each role with `by: caller`, and one number without")
        self.by_caller = by == "caller"
        self._seconds = seconds
        self.windows: OrderedDict[str | bytes, tuple[float, int]] = OrderedDict()

    def count(self, address: str) -> list[tuple[bytes, bytes]]:
        """Count a request of an address; the headers that tell how many are left. Those of other services in this
        process are not counted.

        Raises RateLimited.
        """
        return [] if address == INTERNAL else self._count(counted_as(address), self._limits["address"], "An address")

    def count_caller(self, caller: Caller) -> list[tuple[bytes, bytes]]:
        """Count a request of a caller whose role has a limit; the headers that tell how many are left.

        Raises RateLimited.
        """
        limit = self._limits.get(caller.role)
        return [] if limit is None else self._count(caller.subject, limit, "A caller")

    def _count(self, key: str | bytes, limit: int, who: str) -> list[tuple[bytes, bytes]]:
        now = monotonic()
        end, counted = self.windows.get(key, (0.0, 0))
        if now >= end:
            end, counted = now + self._seconds, 0
            self.windows.pop(key, None)  # a new entry comes last, because it ends last
            if len(self.windows) >= MOST_ADDRESSES:
                self.windows.popitem(last=False)
        self.windows[key] = end, counted + 1
        wait = min(max(1, ceil(end - now)), self._seconds)  # rounding may add a little to a whole window
        policy = f'"default";q={limit};w={self._seconds}'
        left = f'"default";r={max(0, limit - counted - 1)};t={wait}'
        if counted >= limit:
            raise RateLimited(
                f"{who} may do this {limit} times in {self._seconds} seconds.",
                retry_after=wait,
                headers={"RateLimit-Policy": policy, "RateLimit": left},
            )
        return [(b"ratelimit-policy", policy.encode()), (b"ratelimit", left.encode())]
