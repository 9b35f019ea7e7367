"""`minishop demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..services.settings import Settings
from ..tools.audit.command import NO_SHOP
from .errors import Refusal
from .running import console, make_gateway

DEFAULT = "http://127.0.0.1:8000"


def demo(
    url: Annotated[
        str | None,
        typer.Option(
            help=f"The address of the shop. By default {DEFAULT}, or a temporary shop if none answers there.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make a complete purchase with the Python client, step by step."""
    from ..hosting.event_loop import run

    run(_demo(url))


async def _demo(given: str | None) -> None:
    import tempfile

    import httpx

    from minishop_client import AsyncMinishop

    from ..tools.demo.purchase import purchase
    from ..tools.demo.seed import seed

    url = given or DEFAULT
    try:
        async with httpx.AsyncClient() as http:
            await http.get(f"{url}/auth/livez")
    except (httpx.TransportError, httpx.InvalidURL) as error:
        if given is not None:
            raise Refusal(NO_SHOP.format(place=given, why=str(error).rstrip("."))) from None
        console.print(f"No shop answers at {url}; a temporary shop is started for the demo.")
        with tempfile.TemporaryDirectory() as folder:
            gateway = make_gateway(Settings(data_dir=Path(folder)), quiet=True)
            async with gateway.running():
                await seed(gateway)
                transport = httpx.ASGITransport(gateway)
                async with AsyncMinishop("http://minishop.internal", transport=transport) as shop:
                    await purchase(shop, console)
        return
    console.print(f"A purchase in the shop at {url}")
    async with AsyncMinishop(url) as shop:
        await purchase(shop, console)
