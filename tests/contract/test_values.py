"""The documents accept values that people and programs really send, and refuse harmful ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minishop_server.contract.schema import compile_schema
from minishop_server.kit.documents import document
from minishop_server.kit.settings import SERVICES, ServiceName

EMAILS = [
    *("jane@t-online.de", "jane@Example.com", "o'brien@example.com", "jane@mail.dept.uni.ac.uk", "a@b.c"),
    *("jane@studio.photography", "a.b.c.d.e@example.com", "jane@xn--mller-kva.de", "jane_@example.com", "_@a-b.de"),
    *("jane@XN--MLLER-KVA.DE", "jane@ab--cd.de", "jane@1and1.com", "jane@163.com", "42@example.com", "jane@a.xn--p1ai"),
    *(
        "Jane+Shop=2@Example.COM",
        "-x-@example.com",
        "!#$%&'*+-/=?^_`{}|~@example.org",
        "=?utf-8?q?x@example.com",
        "what?.?why??@example.com",
    ),
    *(f"{'a' * 64}@example.com", f"{'a.' * 31}ab@example.com", f"a@{'b' * 63}.com"),
    f"a@{'.'.join(['b' * 63] * 3)}.{'c' * 60}",  # 254 characters
]
NO_EMAILS = [
    *("=?utf-8?q?=0D=0ABcc=3A_x?=@example.com", "a=?=?=@example.com"),
    *("jane", "jane@", "@example.com", "jane@example", "jane@@example.com", "jane@exa mple.com", "jane @example.com"),
    *(".jane@example.com", "jane.@example.com", "ja..ne@example.com", "jane@-example.com", "jane@example-.com"),
    *("jane@example..com", "jane@example.com.", "jane@.example.com", "jane@exam_ple.com", "jane@127.0.0.1"),
    *(
        '"jane"@example.com',
        "jane(x)@example.com",
        "Jane <jane@example.com>",
        "jane@[127.0.0.1]",
        "jane@example.c\u00f6m",
    ),
    *(
        "j\u00e4ne@example.com",
        "jane@m\u00fcller.de",
        "jane@example.com\n",
        "jane@example.com\r\nBcc: x@example.com",
        "a,b@x.de",
    ),
    *(f"{'a' * 65}@example.com", f"{'a.' * 32}a@example.com", f"a@{'b' * 64}.com"),
    f"a@{'.'.join(['b' * 63] * 3)}.{'c' * 61}",
]
ADDRESSES = [
    *(
        "123 Main Street, St. John's",
        "1 Water Street\nSt. John's NL\nCanada",
        "1 Water Street\r\nSt. John's",
        "\nLane 5",
    ),
    *(
        "\u6771\u4eac\u90fd\u6e2f\u533a\u829d\u516c\u57124-2-8",
        "\u200f\u0631\u062d\u0648\u0628 \u05d4\u05e8\u05e6\u05dc 5",
        "ul. \u017b\u00f3\u0142ta 5/7",
    ),
]
BLANK = [
    "     ",
    "\u00a0\u2003\u3000 \u2009",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u2028\u2029    ",
    "\u00ad" * 5,
    "\u3164\u115f\u2800\uffa0\u034f",
]
NO_ADDRESSES = [*BLANK, "\n\n\r\n\n\n", "Lane\x005", "Lane\x1b[31m", "Lane\r5", "Lane\t5", "Lane\x855"]
NAMES = [
    *(
        "Wireless Keyboard",
        "\u8336",
        "\u7dd1\u8336 100g",
        "\u0686\u0627\u06cc",
        "\u0686\u0627\u06cc\u200c\u062e\u0648\u0631\u06cc",
        "\U0001f469\u200d\U0001f373 Apron",
        "\u00cele-de-France",
    ),
    *("e\u0301clair", "\u0e0a\u0e32", "<b>Tea</b>", "'; DROP TABLE products; --", "100% Tea"),
]
NO_NAMES = [*BLANK, "\u200b", " Tea", "\u200bTea", "Tea\n", "Tea\x00", "\x7fTea", "", "Tea\u2028"]
CARRIERS = [
    "Canada Post",
    "\u010cesk\u00e1 po\u0161ta",
    "\u65e5\u672c\u90f5\u4fbf",
    "\u041f\u043e\u0447\u0442\u0430 \u0420\u043e\u0441\u0441\u0438\u0438",
    "DHL (Express)",
    "GLS / DPD",
    "O'Neill\u2019s",
    "4PX",
]
KEYS = [
    *(
        "8f2c9a30-5b8e-4c55-9d41-0d6a2c7f3f10",
        "q0Z/+3w8rT1mA==",
        "ORD-101.confirmation",
        "!" * 255,
        "~",
        "a,b;c=d",
        '"',
    ),
    *('"8f2c9a30"', f'"{"k" * 255}"', '""', 'a"b', "a\\\\b", "stripe-node-retry-2f1b0b1e-9a3d-4b55-b7c5-0c4f0bd0a7b5"),
]
NO_KEYS = ["", " ", "a b", "k" * 256, f'"{"k" * 256}"', "k\u00e9y", "k\x00", "k\n", "k\x7f"]
TIMES = [
    *("2025-10-06T00:00:00Z", "2025-10-06t00:00:00z", "2025-10-06T23:59:59.999Z", "2024-02-29T00:00:00+00:00"),
    *("2000-02-29T12:00:00Z", "2025-12-31T23:59:59.123456+00:00"),
]
NO_TIMES = [
    *("2025-10-06", "2025-10-06T00:00:00", "2025-10-06 00:00:00Z", "2025-13-06T00:00:00Z", "2025-02-29T00:00:00Z"),
    *("1900-02-29T00:00:00Z", "2025-04-31T00:00:00Z", "2025-10-06T24:00:00Z", "2025-10-06T00:60:00Z"),
    *("2025-10-06T00:00:00+02:00", "\u0662025-10-06T00:00:00Z"),
]
REAL: list[tuple[ServiceName, str, list[str], list[str]]] = [
    ("auth", "schemas.Email", EMAILS, NO_EMAILS),
    ("orders", "schemas.Address", ADDRESSES, NO_ADDRESSES),
    ("orders", "schemas.KnownAddress", [*ADDRESSES, "     "], NO_ADDRESSES[-5:]),
    ("orders", "schemas.Carrier", CARRIERS, NO_NAMES),
    ("catalog", "schemas.NewProductName", NAMES, NO_NAMES),
    ("orders", "parameters.IdempotencyKey.schema", KEYS, NO_KEYS),
    ("payments", "schemas.RefundKey", KEYS, NO_KEYS),
    ("notifications", "schemas.MessageKey", KEYS[:6], NO_KEYS),
    ("auth", "schemas.Moment", TIMES, NO_TIMES),
    ("auth", "schemas.Timestamp", TIMES[:1], NO_TIMES),
]


@cache
def validator(service: ServiceName, place: str) -> Any:
    schema: Any = document(service)["components"]
    for step in place.split("."):
        schema = schema[step]
    return compile_schema(schema)


@pytest.mark.parametrize(("service", "place", "value"), [(s, p, value) for s, p, good, _ in REAL for value in good])
def test_what_is_really_sent_is_taken(service: ServiceName, place: str, value: str) -> None:
    assert validator(service, place).is_valid(value)


@pytest.mark.parametrize(("service", "place", "value"), [(s, p, value) for s, p, _, bad in REAL for value in bad])
def test_what_is_no_such_value_is_refused(service: ServiceName, place: str, value: str) -> None:
    assert not validator(service, place).is_valid(value)


def _patterned(node: Any) -> Iterator[tuple[str, str, int, int]]:
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"], node.get("format", ""), node.get("minLength", 0), node["maxLength"]
        node = [*node.values()]
    for child in node if isinstance(node, list) else ():
        yield from _patterned(child)


PATTERNED = sorted({found for name in SERVICES for found in _patterned(document(name))})


@pytest.mark.parametrize(("pattern", "format_", "least", "most"), PATTERNED)
def test_every_text_that_a_pattern_admits_is_legal(pattern: str, format_: str, least: int, most: int) -> None:
    schema = {"type": "string", "pattern": pattern, "minLength": least, "maxLength": most}
    is_valid = compile_schema({**schema, "format": format_} if format_ else schema).is_valid

    @settings(deadline=None, derandomize=True, database=None, max_examples=60)
    @given(text=st.from_regex(pattern, fullmatch=True).filter(lambda text: least <= len(text) <= most))
    def check(text: str) -> None:
        assert is_valid(text)

    check()
