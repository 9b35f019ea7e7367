"""Limits on password guesses.

Each attempt is counted before the password is verified, and taken back if it was right: concurrent guesses
get no further than the cap. The counters are for the name with the client's address, and for the name
from all addresses together; both in windows that end by themselves, alike for names that there are and that there are
not. Who does not own an account can so use up its guesses from everywhere, but not from an address that its owner
signed in from before: those are remembered, and only the count of their own holds there.

Names and addresses are kept as hashes: people type passwords where the name belongs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_network

from ....kit.database import Connection, Database
from ....kit.ids import UserId
from ....kit.request_context import client_address
from ..errors import TooManyAttempts
from ..unix_seconds import UnixSeconds, present
from .store import EVERYWHERE, Store

WINDOW, WINDOW_BY_NAME = 900, 3600
"""Seconds from the first attempt that is counted."""
MAILS = 5
"""Maximum number of mails in an hour, for one address from all operations, and for one account by its own requests."""
KNOWN = 10
"""Addresses that are remembered of a user."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A counted attempt with its hashes and its windows by address."""

    name: str
    address: str
    windows: dict[str, UnixSeconds]
    is_last: bool
    """It reached a cap: where it fails, the next one is refused."""


class Lockout:
    """Counts of failed sign-ins.

    Args:
        database: of Auth.
        cap: failures for a name and an address, in a quarter of an hour.
        cap_by_name: failures for a name, in an hour.
    """

    def __init__(self, database: Database, cap: int, cap_by_name: int) -> None:
        self._store, self._database = Store(database), database
        self._cap, self._cap_by_name = cap, cap_by_name

    async def begin(self, username: str, user_id: UserId | None) -> Attempt:
        """Count an attempt of the caller; `user_id` is None where there is no such user.

        Raises:
            TooManyAttempts: the cap is reached; nothing is counted.
        """
        name, address = _hash(username), _hash(_network(client_address()))
        counts = [(address, self._cap, WINDOW)]
        if not await self._store.is_known(
            user_id or UserId(0), address
        ):  # asked for an unknown name too, to take as long
            counts.append((EVERYWHERE, self._cap_by_name, WINDOW_BY_NAME))
        now, windows, is_last = present(), dict[str, UnixSeconds](), False
        async with self._database.transaction() as connection:
            for place, cap, seconds in counts:
                row = await self._store.count(connection, name, place, cap, now, seconds)
                if row is None:  # and the counts of this transaction are not
                    raise TooManyAttempts(max(1, await self._store.ends(connection, name, place) - now))
                windows[place] = row["ends"]
                is_last = is_last or row["failures"] >= cap
        return Attempt(name, address, windows, is_last)

    async def succeed(self, connection: Connection, attempt: Attempt, user_id: UserId) -> None:
        """It was the owner: it does not count, and its address is known from now on."""
        for place, ends in attempt.windows.items():
            await self._store.take_back(connection, attempt.name, place, ends)
        await self._store.remember(connection, user_id, attempt.address, present(), KNOWN)

    async def clear(self, connection: Connection, username: str, user_id: UserId) -> None:
        """The owner has proved to be it in another way: nothing counts any more, and the caller's address is known."""
        await self._store.forget(connection, _hash(username))
        address = _hash(_network(client_address()))
        await self._store.remember(connection, user_id, address, present(), KNOWN)

    async def may_mail(self, connection: Connection, email: str) -> bool:
        """Count a mail to an address, and return whether it may be sent.

        It is counted whether or not an account has the address.
        """
        return not await self._wait_to_mail(connection, _hash(f"mail to {email}"))

    async def may_tell(self, connection: Connection, user_id: UserId) -> bool:
        """Count a notice of a changed password, and return whether it may be sent to the user.

        Notices are counted apart from the mails that the user requests.
        """
        return not await self._wait_to_mail(connection, _hash(f"notice for user_{user_id}"))

    async def wait_to_ask(self, connection: Connection, user_id: UserId) -> int:
        """Seconds until the user may request another mail, or 0 if this request was counted."""
        return await self._wait_to_mail(connection, _hash(f"mail for user_{user_id}"))

    async def _wait_to_mail(self, connection: Connection, name: str) -> int:
        now = present()
        if await self._store.count(connection, name, EVERYWHERE, MAILS, now, WINDOW_BY_NAME) is not None:
            return 0
        return max(1, await self._store.ends(connection, name, EVERYWHERE) - now)

    async def clean(self) -> None:
        """Drop the counts that have ended."""
        await self._store.clean(present())


def _network(address: str) -> str:
    """An IPv6 address counts as its /64 (RFC 6177)."""
    try:
        network = ip_network(address.partition("%")[0])
    except ValueError:  # `unknown`
        return address
    first = network.network_address
    if isinstance(first, IPv6Address):
        mapped = first.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((int(first), 64), strict=False))
    return str(first)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
