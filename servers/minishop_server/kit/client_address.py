"""The client's address: that of the peer, or the one that a trusted proxy reports.

Any client can send `X-Forwarded-For`; only the entries that our proxies appended are reliable, and they are at its
right end. uvicorn's own reading of it is off, because it trusts every proxy on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

INTERNAL = "internal"
"""Stands for the address of another service in this process, which no connection has."""
UNKNOWN = "unknown"
"""Where the server names none, as for a Unix socket."""

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def address_of(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address of the client of a request.

    The search goes through `X-Forwarded-For` from the right, as long as the hop before was trusted. A malformed entry
    ends it at the last valid one.
    """
    client = scope.get("client")
    found: str = client[0] if client else UNKNOWN
    if not trusted:
        return found
    address = parsed(found)
    for entry in _forwarded(scope):
        if address is None or not any(address in network for network in trusted):
            break
        address = parsed(entry)
        found = found if address is None else str(address)
    return found


def is_trusted(scope: Scope, trusted: Sequence[Network]) -> bool:
    """Whether the peer of a connection is a trusted proxy."""
    client = scope.get("client")
    address = parsed(client[0]) if client else None
    return address is not None and any(address in network for network in trusted)


def parsed(text: str) -> Address | None:
    """The address in a text, which may be in brackets or have a port, or None for any other text.

    An IPv4 address in IPv6 form becomes IPv4.
    """
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:  # it may hold anything
            return None
        return address.ipv4_mapped or address
    return address


def is_this_machine(host: str | None) -> bool:
    """Whether a host name or address is this machine."""
    address = parsed(host or "")
    return host == "localhost" if address is None else address.is_loopback


def counted_as(address: str) -> str | bytes:
    """The unit that rate limits count: an IPv4 address, or an IPv6 /64, the network of one customer of a provider
    (RFC 6177).
    """
    if ":" not in address:
        return address
    found = parsed(address)
    return address if found is None else found.packed[:8]


def _forwarded(scope: Scope) -> Iterator[str]:
    """The entries of all headers of the name, which are one list (RFC 9110, section 5.3), from the right."""
    for name, value in reversed(scope["headers"]):
        if name == b"x-forwarded-for":
            yield from (entry.strip() for entry in reversed(value.decode("latin-1").split(",")))
