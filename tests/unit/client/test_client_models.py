"""The models of the client: sensitive fields are not in their `repr`."""

from __future__ import annotations

from importlib import import_module

import attrs
import pytest

from minishop_client.services.auth.models import Token, User
from minishop_contracts.sensitive import SENSITIVE
from minishop_server.kit.settings import SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_no_model_shows_what_its_document_calls_sensitive(service: str) -> None:
    models = vars(import_module(f"minishop_client.services.{service}.models")).values()
    fields = [field for model in models if attrs.has(model) for field in attrs.fields(model)]

    assert [] == [field for field in fields if field.name in SENSITIVE and field.repr]
    assert any(field.repr for field in fields)


def test_a_token_and_an_account_can_be_printed_and_read_all_the_same() -> None:
    token = Token(access_token="a.b.c", token_type="Bearer", expires_in=900, refresh_token="of-43-letters")
    given = {"id": 1, "username": "ada", "email": "ada@example.com", "role": "customer"}
    user = User.from_dict({**given, "created_at": "2025-10-06T18:20:00Z"})

    assert "Token(token_type='Bearer', expires_in=900" in repr(token)
    assert "User(id=1, username='ada', role='customer'" in repr(user)
    for secret in ("a.b.c", "of-43-letters", "ada@example.com"):
        assert secret not in repr(token) + repr(user)
    assert ("a.b.c", "of-43-letters", "ada@example.com") == (token.access_token, token.refresh_token, user.email)
