"""The profiler of the benchmark, and the layers by which it groups the time of a purchase."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import httpx
import pytest

import minishop_client
from bench.layers import EVENT_LOOP, LIBRARY, OTHERS, layer_of, layers
from bench.plot import plot_layers
from minishop_server.contract import responses
from minishop_server.kit import outbox, tokens
from minishop_server.kit.database import sqlite

FILES = {
    responses.__file__: "contract",
    sqlite.__file__: "kit/database and drivers",
    asyncpg.__file__: "kit/database and drivers",
    outbox.__file__: "kit/outbox",
    tokens.__file__: "the rest of kit",
    minishop_client.__file__: "client between services",
    httpx.__file__: "client between services",
    asyncio.runners.__file__: EVENT_LOOP,
    asyncio.tasks.__file__: LIBRARY,
    "<frozen importlib._bootstrap>": LIBRARY,
    pytest.__file__: OTHERS,
}


@pytest.mark.parametrize(("file", "layer"), FILES.items(), ids=[Path(file).name for file in FILES])
def test_a_file_belongs_to_one_layer(file: str, layer: str) -> None:
    assert layer == layer_of(file)


def test_the_samples_of_a_sale_tell_the_time_of_each_layer() -> None:
    spent = asyncio.run(layers(None, "profiled", 40))

    assert spent["contract"] > 0
    assert spent["kit/database and drivers"] > 0
    assert spent["threads"] > 0
    assert 1 < sum(spent.values()) < 1000
    assert plot_layers({"SQLite": spent}).count("<rect") == len(spent)
