"""Every secret is redacted in every place, by its name or by its form, and ordinary text stays."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from minishop_contracts.models.auth import Login
from minishop_contracts.sensitive import SENSITIVE
from minishop_server.kit.redaction import REDACTED, is_sensitive, redacted, redacted_text

CARDS = ("4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "4222222222222")
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=12, max_size=40)

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine all is slow


@dataclass
class Thing:
    """An object whose `repr` shows its content."""

    password: Any
    note: Any


def basic(secret: str) -> str:
    return base64.b64encode(f"ada:{secret}".encode()).decode()


LOOKS = (
    "eyJhbGciOiJFUzI1NiJ9.{}.{}",
    "eyJ{}",
    "Bearer {}",
    "authorization: Bearer {}",
    "Authorization: ApiKey {} and more",
    "Cookie: a=1; session={}",
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ${}",
    "-----BEGIN EC PRIVATE KEY-----\n{}\n{}\n-----END EC PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\n{}",
    "sk_live_{}",
    "sk_test_{}",
    "whsec_{}",
    "tok_{}",
    "postgresql://shop:{}@db:5432/orders",
    "postgresql://shop:p@{}@db/orders",
    "smtps://shop:{}@mail.example:465",
    "redis://:{}@cache:6379/0",
    "{}@example.com",
    "o'{}@example.com",
    "{}=2@example.com",
    "a@{}.xn--p1ai",
    "password={}&next=1",
    '{{"password": "{} \\" {}"}}',
    '{{"text": "{{\\"client_secret\\": \\"{} {}\\"}}"}}',
    "Login(username='ada', password='it\\'s {}')",
    "(b'X-Api-Key', b'{}')",
    "payment_token: {}",
    "Set-Cookie: id={}; Path=/",
)


def secrets() -> st.SearchStrategy[tuple[str, str]]:
    """A text, and the secret in it."""
    return st.tuples(st.sampled_from(LOOKS), LETTERS).map(lambda drawn: (drawn[0].format(*2 * [drawn[1]]), drawn[1]))


def around(leaf: st.SearchStrategy[Any], name: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Structures with the leaf somewhere in them."""
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.dictionaries(name, inner, min_size=1, max_size=2),
            st.tuples(st.booleans(), inner),
            st.lists(inner, min_size=1, max_size=2),
            inner.map(lambda value: Thing(None, value)),
        ),
        max_leaves=4,
    )


@UNTIMED
@given(
    drawn=secrets().flatmap(
        lambda secret: st.tuples(
            around(
                st.sampled_from(
                    [secret[0], f"before {secret[0]}", secret[0].encode(), {secret[0]: 1}, ValueError(secret[0])]
                ),
                st.sampled_from(["event", "why", "x"]),
            ),
            st.just(secret[1]),
        )
    )
)
def test_what_looks_like_a_secret_is_never_told(drawn: tuple[Any, str]) -> None:
    value, secret = drawn

    assert secret not in orjson.dumps(redacted(value)).decode()


@UNTIMED
@given(
    name=st.sampled_from([*sorted(SENSITIVE), "Authorization", "old_password", "X-Api-Key", "apikey", "cvc", "card"]),
    secret=st.one_of(LETTERS, st.integers(10**9)),
    data=st.data(),
)
@example(name="card", secret=4111111111111111, data=None)  # type: ignore[arg-type]
def test_what_goes_by_the_name_of_a_secret_is_never_told(name: str, secret: Any, data: st.DataObject | None) -> None:
    holders = [
        {name: secret},
        {name.upper(): [secret]},
        {name: {"value": secret}},
        [(name, secret)],
        {"headers": [(name.encode(), str(secret).encode("utf-8", "replace"))]},
    ]
    value = holders[0] if data is None else data.draw(around(st.sampled_from(holders), st.just("x")))

    told = redacted(value)

    assert REDACTED in str(told) or "Thing" in str(told)
    assert str(secret) not in str(told)


@pytest.mark.parametrize("card", CARDS)
def test_card_numbers_are_known_by_their_check_digit(card: str) -> None:
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)

    assert f"paid by {REDACTED}, thanks" == redacted_text(f"paid by {card}, thanks")
    assert f"paid by {wrong}, thanks" == redacted_text(f"paid by {wrong}, thanks")
    digits = int("".join(filter(str.isdigit, card)))
    assert [REDACTED, digits + 1] == redacted([digits, digits + 1])


@pytest.mark.parametrize(
    "text",
    [
        "GET /orders/ORD-101/refunds 200 in 3.1415926535897931 ms",
        "request 5f0c1b9e7d2a4c38 of 2026-11-26T15:21:00.123456Z took 1759774860123 ns",
        "uvicorn runs on http://127.0.0.1:8000 (Press CTRL+C to quit)",
        "error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
        "The PostgreSQL of orders does not answer.",
        "A valid bearer token is required",
        "SHIP-888 ORD-101.confirmation PAY-555.20251006182100 re_1 evt_1",
        "body /price must be at least 0",
        "postgresql://db:5432/orders",
    ],
)
def test_ordinary_lines_stay_as_they_are(text: str) -> None:
    assert text == redacted_text(text)
    assert {"event": text, "id": 7, "ms": 1.5, "ok": True, "none": None} == redacted(
        {"event": text, "id": 7, "ms": 1.5, "ok": True, "none": None}
    )


def test_a_name_is_told_and_its_value_is_not_even_if_that_was_taken_out_before() -> None:
    once = redacted_text("user=ada password=hunter2 Authorization: Basic YWRhOmh1bnRlcjI=")

    assert f"user=ada password= {REDACTED} Authorization: {REDACTED}" == once == redacted_text(once)


def test_what_has_no_end_has_one_in_the_log() -> None:
    loop: dict[str, Any] = {}
    loop["loop"] = loop

    assert REDACTED in str(redacted(loop))


def test_each_name_that_a_document_calls_sensitive_is_one_to_the_log() -> None:
    assert SENSITIVE >= {"password", "client_secret", "access_token", "payment_token", "body", "email", "address"}
    assert [] == [name for name in SENSITIVE if not is_sensitive(name)]
    assert not {name for name in ("event", "key", "kind", "service", "operation", "code", "id") if is_sensitive(name)}


def test_a_model_of_the_contract_shows_no_secret() -> None:
    login = Login(username="ada", password="correct-horse-battery")

    assert f"Login(username='ada', password='{REDACTED}')" == repr(login)
    assert "correct" not in str(login)
    with pytest.raises(ValueError, match="username") as refusal:
        Login.model_validate({"username": {"correct": "horse"}, "password": "correct-horse-battery"})
    assert "horse" not in str(refusal.value)
