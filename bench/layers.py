"""The processor time of a purchase by the layer of the shop that takes it, by samples (bench/profiled.py)."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from bench.buyers import Crowd, crowd, in_a_row
from bench.processes import ROOT
from bench.profiled import THREADS
from bench.sale import BUYERS, WARM_UP
from bench.shops import Postgres, Shop, open_shop, place

REST = 1.0
"""Seconds in which the work after the last payments ends."""
EVENT_LOOP, LIBRARY, OTHERS = "event loop and sockets", "standard library", "other libraries"
LAYERS = {
    "contract": ("/minishop_server/contract/", "/minishop_contracts/"),
    "kit/database and drivers": ("/minishop_server/kit/database/", "/asyncpg/"),
    "kit/outbox": ("/minishop_server/kit/outbox/",),
    "the rest of kit": ("/minishop_server/kit/",),
    "services": ("/minishop_server/services/",),
    "client between services": ("/minishop_client/", "<attrs generated methods minishop_client", "/httpx/"),
    "hosting and uvicorn": ("/minishop_server/hosting/", "/uvicorn/", "/starlette/", "/connexion/"),
    EVENT_LOOP: ("/asyncio/runners.py",),
    LIBRARY: ("/lib/python", "<"),
    THREADS: (THREADS,),
}
"""Parts of the names of source files: the first layer with a part of the name has the file."""
Layers = dict[str, float]
"""Milliseconds of processor time for a purchase by layer."""


def layer_of(file: str) -> str:
    """The layer that a source file belongs to."""
    for layer, parts in LAYERS.items():
        if any(part in file for part in parts):
            return OTHERS if layer == LIBRARY and "/site-packages/" in file else layer
    return OTHERS


async def layers(server: Postgres | None, name: str, purchases: int) -> Layers:
    """Let a shop with the profiler sell, and group the time of a purchase by layer."""
    with ExitStack() as stack:
        where = stack.enter_context(place(server, name))
        file = where.folder / "profile.json"
        command = (sys.executable, str(ROOT / "bench" / "profiled.py"), str(file))
        shop = stack.enter_context(open_shop(where, command=command))
        async with crowd(shop.url, BUYERS) as buyers:
            await _profile(shop, buyers, file, WARM_UP)
            found = await _profile(shop, buyers, file, purchases)
    spent = Layers.fromkeys([*LAYERS, OTHERS], 0.0)
    for source, seconds in found.items():
        spent[layer_of(source)] += seconds / purchases * 1000
    return spent


async def _profile(shop: Shop, buyers: Crowd, file: Path, purchases: int) -> dict[str, float]:
    """The seconds by source file that so many purchases took."""
    await in_a_row(buyers, purchases, lambda _: None)
    await asyncio.sleep(REST)
    shop.processes[0].send_signal(signal.SIGUSR1)
    return await asyncio.to_thread(_read, file)


def _read(file: Path) -> dict[str, float]:
    """The content of a file that is about to be written, and that is removed."""
    while not file.exists():
        time.sleep(0.1)
    found: dict[str, float] = json.loads(file.read_text("utf-8"))
    file.unlink()
    return found
