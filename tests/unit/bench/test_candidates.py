"""Every candidate of the benchmark is the same application, so that the comparison is fair."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import httpx
import pytest

from bench.backend import PRODUCTS, Issuer, open_backend
from bench.peers import CANDIDATES, LOGGED, Candidate

# The frameworks of bench/requirements.lock are only there where `make bench` runs these tests.
HERE = [candidate for candidate in (*CANDIDATES, LOGGED) if find_spec(candidate.needs)]
ISSUER = Issuer()
LIST = "/catalog/products?limit=50"

pytestmark = pytest.mark.parametrize("candidate", HERE, ids=lambda candidate: candidate.name)


@asynccontextmanager
async def client_of(candidate: Candidate) -> AsyncIterator[httpx.AsyncClient]:
    async with open_backend({}, ISSUER.keys) as backend:
        transport = httpx.ASGITransport(import_module(candidate.module).application(backend))
        headers = {"Authorization": f"Bearer {ISSUER.token(1)}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://shop", headers=headers) as client:
            yield client


async def test_lists_the_same_products(candidate: Candidate) -> None:
    async with client_of(candidate) as client:
        response = await client.get(LIST)
    expected = [{**product, "price": product["price"] / 100} for product in PRODUCTS]
    for product in expected:
        del product["version"], product["stock_version"]
    headers = response.headers
    assert (200, "application/json", "no-store") == (
        response.status_code,
        headers["content-type"],
        headers["cache-control"],
    )
    assert expected == response.json()


async def test_fills_the_same_cart(candidate: Candidate) -> None:
    async with client_of(candidate) as client:
        await client.post("/cart/items", json={"product_id": 2, "quantity": 1})
        response = await client.post("/cart/items", json={"product_id": 1, "quantity": 2})
    items: list[dict[str, Any]] = [
        {"product_id": 2, "quantity": 1, "price": 24.99},
        {"product_id": 1, "quantity": 2, "price": 22.49},
    ]
    headers = response.headers
    assert (201, "/cart", '"1"', "no-store") == (
        response.status_code,
        headers["location"],
        headers["etag"],
        headers["cache-control"],
    )
    assert {"items": items, "total_items": 2, "total_price": 69.97} == response.json()


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=ten", "sort=stock", "ids=1,x", "min_price=-1", "color=red"]
)
async def test_refuses_parameters_outside_the_document(candidate: Candidate, query: str) -> None:
    async with client_of(candidate) as client:
        response = await client.get(f"/catalog/products?{query}")
    assert response.status_code in (400, 422)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"product_id": 1}',
        b'{"product_id": 0, "quantity": 1}',
        b'{"product_id": 1, "quantity": 101}',
        b'{"product_id": 1, "quantity": "two"}',
        b'{"product_id": 1, "quantity": 1, "price": 1}',
    ],
)
async def test_refuses_bodies_outside_the_document(candidate: Candidate, body: bytes) -> None:
    async with client_of(candidate) as client:
        response = await client.post("/cart/items", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("authorization", ["", "Bearer of.false.tokens"])
async def test_refuses_who_brings_no_token_that_holds(candidate: Candidate, authorization: str) -> None:
    async with client_of(candidate) as client:
        response = await client.get(LIST, headers={"Authorization": authorization})
    assert 401 == response.status_code
