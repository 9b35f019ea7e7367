"""Two checkouts are loaded in turn, and each is measured by itself."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

from bench.pairs import compare
from bench.processes import ROOT
from bench.shops import open_shop, place
from minishop_server.tools.processes import COMMAND


def test_each_round_has_the_figures_of_both_shops() -> None:
    installed = (str(ROOT / ".venv" / "bin" / "minishop"),)
    with ExitStack() as stack:
        shops = [
            stack.enter_context(open_shop(stack.enter_context(place()), command=command))
            for command in (installed, COMMAND)
        ]
        found = {name: (this, other) for name, this, other in asyncio.run(compare(shops, 2, 8))}

    assert [
        "purchases a second",
        "purchase: processor time of the shop, ms",
        "GET /catalog/products: processor time of the shop, µs",
        "POST /cart/items: processor time of the shop, µs",
    ] == list(found)
    for this, other in found.values():
        assert (2, 2) == (len(this), len(other))
        assert min(this + other) > 0
