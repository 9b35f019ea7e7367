"""Half of the responses of the benchmark are new to the check that remembers valid ones."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx
import pytest

from bench.backend import Issuer, open_backend
from bench.peers.minishop_checked import application
from minishop_server.contract.responses import DocumentedResponse
from tests.support.postgres import NewDatabase

LIST, ITEM = "/catalog/products?limit=50", {"product_id": 1, "quantity": 1}
WARM_UP = 100
"""Additions until each quantity of a line was seen."""


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the responses that are validated in full."""
    counts, check = Counter[str](), DocumentedResponse.check_anew

    def counting(self: DocumentedResponse, *answer: Any) -> None:
        counts["new"] += 1
        check(self, *answer)

    monkeypatch.setattr(DocumentedResponse, "check_anew", counting)
    return counts


async def test_every_second_list_of_products_is_new(new_database: NewDatabase, validated: Counter[str]) -> None:
    issuer = Issuer()
    for urls in {}, {service: new_database(service) for service in ("catalog", "cart")}:
        async with open_backend(urls, issuer.keys) as backend, _client(application(backend), issuer) as client:
            await client.get(LIST)
            validated.clear()
            for _ in range(100):
                assert 200 == (await client.get(LIST)).status_code
            assert 50 == validated["new"]


async def test_every_second_addition_to_a_cart_in_memory_is_new(validated: Counter[str]) -> None:
    issuer = Issuer()
    async with open_backend({}, issuer.keys) as backend, _client(application(backend), issuer) as client:
        for count in range(2 * WARM_UP):
            if count == WARM_UP:
                validated.clear()
            assert 201 == (await client.post("/cart/items", json=ITEM)).status_code
    assert WARM_UP / 2 == validated["new"]


def _client(shop: Any, issuer: Issuer) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {issuer.token(1)}"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(shop), base_url="http://shop", headers=headers)
