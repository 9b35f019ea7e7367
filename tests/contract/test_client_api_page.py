"""The page of the client's methods has every operation, and only examples that the client sends."""

from __future__ import annotations

import copy

import pytest

from scripts import draw_client_api
from scripts.spec_document import load
from tests.support.operations import OPERATIONS


def test_every_operation_has_an_example_on_the_page() -> None:
    page = draw_client_api.PAGE.read_text(encoding="utf-8")
    operations = [str(operation) for operation in OPERATIONS]

    missing = {name for name in operations if f"\n#### {name}\n" not in page or f".{name}(" not in page}

    assert operations
    assert set() == missing


def test_an_example_that_the_client_does_not_send_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = copy.deepcopy(load())
    body = documents["catalog"]["paths"]["/catalog/products"]["post"]["requestBody"]["content"]["application/json"]
    body["example"]["price"] = "49.99"
    monkeypatch.setattr(draw_client_api, "load", lambda: documents)

    with pytest.raises((TypeError, ValueError)):
        draw_client_api.page()
