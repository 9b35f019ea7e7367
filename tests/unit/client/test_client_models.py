"""The models of the client: sensitive fields are not in their `repr`."""

from __future__ import annotations

from importlib import import_module

import attrs
import pytest

from minishop_client.services.auth.models import Introspection, Token, User
from minishop_client.services.orders import models as orders
from minishop_client.services.payments import models as payments
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


@pytest.mark.parametrize("service", SERVICES)
def test_every_model_is_frozen_and_has_tuples_for_lists(service: str) -> None:
    models = vars(import_module(f"minishop_client.services.{service}.models")).values()

    for model in filter(attrs.has, models):
        given = {field.name: 1 if field.converter else "x" for field in attrs.fields(model)}
        twins = {model(**given), model(**given)}
        assert 1 == len(twins)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(twins.pop(), next(iter(given)), "y")
        assert [] == [field.name for field in attrs.fields(model) if str(field.type).startswith(("list", "Sequence"))]


def test_an_absent_field_of_a_response_is_none_and_a_list_is_a_tuple() -> None:
    told = Introspection.from_dict({"active": True, "aud": ["cart", "orders"]})

    assert (None, None, ("cart", "orders")) == (told.sub, told.exp, told.aud)
    assert {"active": True, "aud": ["cart", "orders"]} == told.to_dict()


def test_services_share_the_types_of_the_common_document() -> None:
    assert 1 == len({import_module(f"minishop_client.services.{service}.models").Health for service in SERVICES})
    assert orders.PaymentMethod is payments.PaymentMethod
