"""How often one address may call a public operation: `x-rate-limit` of the document.

A window begins with the first request of an address and ends after `seconds`; in it `limit` requests are let through.
Addresses are counted in the memory of the process, the oldest window gives way to a new address, and so an attacker who
has thousands of addresses is not stopped here. Of IPv6 a /64 counts as one address: that is what one customer of a
provider gets (RFC 6177).

The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from ..origin import INTERNAL, parsed
from ..problems import RateLimited

MOST_ADDRESSES = 10_000
"""Of one operation, at most; they take some 2 MB."""


class RateLimit:
    """The windows of one operation.

    Args:
        limit: requests of an address in a window.
        seconds: how long a window is.
        clock: seconds, which never go back.

    Raises TypeError for numbers that are none.
    """

    def __init__(self, *, limit: int, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        if not all(type(number) is int and number > 0 for number in (limit, seconds)):
            raise TypeError("x-rate-limit needs `limit` and `seconds`, whole numbers above 0")
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._policy = f'"default";q={limit};w={seconds}'
        self._windows: OrderedDict[str | bytes, tuple[float, int]] = OrderedDict()

    def count(self, address: str) -> list[tuple[bytes, bytes]]:
        """Count a request; the headers that tell how many are left. Those of other services in this process are not
        counted.

        Raises RateLimited.
        """
        if address == INTERNAL:
            return []
        key, now = _key(address), self._clock()
        end, counted = self._windows.get(key, (0.0, 0))
        if now >= end:
            end, counted = now + self._seconds, 0
            self._windows.pop(key, None)  # what is put in anew stands last, as it ends last
            if len(self._windows) >= MOST_ADDRESSES:
                self._windows.popitem(last=False)
        self._windows[key] = end, counted + 1
        wait = max(1, ceil(end - now))
        left = f'"default";r={max(0, self._limit - counted - 1)};t={wait}'
        if counted >= self._limit:
            raise RateLimited(
                f"An address may do this {self._limit} times in {self._seconds} seconds.",
                retry_after=wait,
                headers={"RateLimit-Policy": self._policy, "RateLimit": left},
            )
        return [(b"ratelimit-policy", self._policy.encode()), (b"ratelimit", left.encode())]


def _key(address: str) -> str | bytes:
    if ":" not in address:
        return address
    found = parsed(address)
    return address if found is None else found.packed[:8]
