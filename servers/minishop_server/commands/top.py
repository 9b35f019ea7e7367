"""`minishop top`."""

from __future__ import annotations

import signal
from time import sleep
from typing import Annotated

import httpx
import typer

from ..kit.clock import monotonic, unix_time
from .errors import Refusal
from .ports import METRICS_PORT
from .running import console

ADDRESS = f"http://127.0.0.1:{METRICS_PORT}"
FRAMES = 12
"""Lines of the terminal for titles and borders."""
TICK = 0.1
"""Seconds between two looks for Ctrl-C."""


def top(
    urls: Annotated[list[str] | None, typer.Argument(help="The addresses of metrics.", show_default=ADDRESS)] = None,
    once: Annotated[bool, typer.Option("--once", help="Print the figures since the start as plain text.")] = False,
    seconds: Annotated[float, typer.Option(min=0.5, max=3600, help="Between two looks.")] = 2.0,
) -> None:
    """Show the operations per second, their duration and errors, and the open work of a running shop.

    It reads the metrics of `minishop up`, or of several services together. The first table shows the time since the
    start, and each later one the time since the table before. Ctrl-C stops it.
    """
    from rich.live import Live

    from ..tools.top.figures import Figures, figures
    from ..tools.top.tables import drawn, plain, rows_of_operations, rows_of_work

    addresses = [url.rstrip("/").removesuffix("/metrics") for url in urls or [ADDRESS]]
    with httpx.Client(timeout=10) as http:
        now, before, looked = figures(_scrape(http, url) for url in addresses), Figures(), monotonic()
        passed = max(unix_time() - (now.started or unix_time()), seconds)
        if once:
            print(plain(rows_of_operations(now, before, passed), rows_of_work(now)))
            return
        stopped = list[int]()  # an interrupt that arrives in a callback of the interpreter would be ignored
        signal.signal(signal.SIGINT, lambda number, _: stopped.append(number))
        with Live(console=console, auto_refresh=False, screen=console.is_terminal) as live:
            while True:
                note = f"{' '.join(addresses)}, {passed:.0f} s"
                most = max(console.height - FRAMES, 5)
                tables = drawn(rows_of_operations(now, before, passed), rows_of_work(now), most, note)
                live.update(tables, refresh=True)
                _pause(seconds, stopped)
                before, now = now, figures(_scrape(http, url) for url in addresses)
                passed, looked = monotonic() - looked, monotonic()


def _pause(seconds: float, stopped: list[int]) -> None:
    """Sleep so long, and end by KeyboardInterrupt if the user has asked for it."""
    end = monotonic() + seconds
    while not stopped and monotonic() < end:
        sleep(TICK)
    if stopped:
        raise KeyboardInterrupt


def _scrape(http: httpx.Client, url: str) -> str:
    """The metrics at an address.

    Raises:
        Refusal: there are none.
    """
    try:
        found = http.get(f"{url}/metrics")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Refusal(f"No metrics at {url}: {error}. The log line metrics_served has their address.") from None
    if found.status_code != 200 or "http_server_request_duration_seconds" not in found.text:
        raise Refusal(f"{url} answers, but not with the metrics of a shop. Their port is not that of the shop.")
    return found.text
