"""Where a request came from: `X-Forwarded-For` counts as far as trusted proxies wrote it."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest

from minishop_server.contract.responses import Answer
from minishop_server.hosting.request_log import RequestLog
from minishop_server.kit.client_address import address_of
from minishop_server.kit.request_context import client_address

PROXY = "10.0.0.1"
TRUSTED = tuple(map(ip_network, ("10.0.0.0/8", "2001:db8:1::/48")))


def asked(*forwarded: str, client: str | None = PROXY) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", entry.encode("latin-1")) for entry in forwarded]
    return {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "client": client and (client, 40000),
        "headers": [(b"host", b"shop"), *headers],
    }


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ((), PROXY),
        (("203.0.113.9",), "203.0.113.9"),
        (("198.51.100.1, 203.0.113.9",), "203.0.113.9"),
        (("198.51.100.1", "203.0.113.9"), "203.0.113.9"),
        (("203.0.113.9, 10.0.0.2", "10.0.0.3"), "203.0.113.9"),
        (("203.0.113.9,10.0.0.2 , 10.0.0.3",), "203.0.113.9"),
        (("2001:db8:9::1, 2001:db8:1::7",), "2001:db8:9::1"),
        (("2001:DB8:9:0:0:0:0:1",), "2001:db8:9::1"),
        (("[2001:db8:9::1]:443",), "2001:db8:9::1"),
        (("[2001:db8:9::1]",), "2001:db8:9::1"),
        (("203.0.113.9:443",), "203.0.113.9"),
        (("::ffff:203.0.113.9",), "203.0.113.9"),
        (("203.0.113.9, ::ffff:10.0.0.2",), "203.0.113.9"),
        (("10.0.0.3, 10.0.0.2",), "10.0.0.3"),
    ],
)
def test_the_first_hop_from_the_right_that_is_no_proxy_is_the_client(forwarded: tuple[str, ...], expected: str) -> None:
    assert expected == address_of(asked(*forwarded), TRUSTED)


@pytest.mark.parametrize(
    "garbled", ["", "unknown", "203.0.113", "fe80::1%<b>", "203.0.113.9, ", "é", "1" * 5000, ",,,"]
)
def test_an_entry_that_is_no_address_ends_the_walk(garbled: str) -> None:
    assert PROXY == address_of(asked(garbled), TRUSTED)
    assert "10.0.0.2" == address_of(asked(f"198.51.100.1, {garbled}, 10.0.0.2"), TRUSTED)


@pytest.mark.parametrize("client", ["203.0.113.7", "internal", "2001:db8:2::1", "::1"])
def test_whoever_is_no_trusted_proxy_is_the_client(client: str) -> None:
    assert client == address_of(asked("198.51.100.1", client=client), TRUSTED)


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert "127.0.0.1" == address_of(asked("198.51.100.1", client="127.0.0.1"), ())


def test_a_proxy_on_a_listener_of_both_families_is_known_again() -> None:
    assert "203.0.113.9" == address_of(asked("203.0.113.9", client="::ffff:10.0.0.1"), TRUSTED)


def test_a_server_that_names_no_client_leaves_it_unknown() -> None:
    assert "unknown" == address_of(asked("203.0.113.9", client=None), TRUSTED)


async def test_the_address_is_there_for_a_request_and_gone_after_it() -> None:
    seen: list[str] = []

    class Asking:
        async def __call__(self, *_: Any) -> None:
            raise AssertionError

        async def answer(self, scope: Any, receive: Any) -> Answer:
            seen.append(client_address())
            if len(seen) == 1:  # a call within the process, as services make them
                await edge(asked(client="internal"), receive, send)
                seen.append(client_address())
            return 200, [], b""

    async def receive() -> Any:
        raise AssertionError

    async def send(message: Any) -> None:
        return

    edge = RequestLog(Asking(), service="auth", trusted=TRUSTED)
    await edge(asked("203.0.113.9"), receive, send)

    assert ["203.0.113.9", "internal", "203.0.113.9"] == seen
    assert "unknown" == client_address()
