"""Shops on PostgreSQL for several runs at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg

from minishop_server.tools.fuzz.shop import postgresql


def test_runs_at_once_have_a_server_each() -> None:
    def run(_: int) -> str:
        with postgresql() as databases:
            url = databases["cart"]
            with psycopg.connect(url) as connection:
                assert (1,) == connection.execute("SELECT 1").fetchone()
            return url

    with ThreadPoolExecutor(2) as pool:
        assert 3 == len(set(pool.map(run, range(3))))
