"""The checks of `minishop doctor --deployment` of the other services: addresses, clocks, secrets, network policies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import httpx

from ...kit.client_address import is_this_machine
from ...kit.clock import unix_time
from ...kit.clock_skew import difference
from ...kit.documents import calls
from ...kit.redaction import redacted_looks
from ...kit.settings import SERVICES, ServiceName
from .finding import Finding, Installation
from .network import clock_that_differs

SOON = 3.0
"""The timeout in seconds of each request."""


async def peers(installation: Installation) -> AsyncIterator[Finding]:
    """Addresses at which no service answers, or another one, or one that is not ready, or whose clock differs."""
    urls = {name: url for name in SERVICES if (url := installation.settings.service(name).url)}
    async with httpx.AsyncClient(timeout=SOON, trust_env=False) as http:
        for findings in await asyncio.gather(*(_peer(http, name, url) for name, url in urls.items())):
            for finding in findings:
                yield finding


async def _peer(http: httpx.AsyncClient, name: ServiceName, url: str) -> list[Finding]:
    setting, shown, sent = f"MINISHOP_{name.upper()}_URL", redacted_looks(url), unix_time()
    try:
        response = await http.get(f"{url.rstrip('/')}/{name}/readyz")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why = redacted_looks(str(error)) or type(error).__name__
        return [Finding("unsafe", f"{name} does not answer at {shown}", why, f"Start it, or correct {setting}.")]
    found = response.headers.get("Minishop-Service")
    if found != name:
        other = f"the {found} service" if found in SERVICES else "no service of a shop"
        return [
            Finding(
                "unsafe", f"{setting} leads to another server", f"{other} answers at {shown}", f"Correct {setting}."
            )
        ]
    findings = list(clock_that_differs(name, difference(response.headers.get("Date"), sent, unix_time())))
    if response.status_code != 200:
        why = "its readiness probe answers " + str(response.status_code)
        findings.append(Finding("info", f"{name} is not ready", why, "Read its log, and run this again."))
    return findings


async def client_secrets(installation: Installation) -> AsyncIterator[Finding]:
    """Client secrets that Auth does not accept."""
    settings = installation.settings
    if settings.auth.url is None:
        return
    auth = f"{settings.auth.url.rstrip('/')}/auth"
    async with httpx.AsyncClient(timeout=SOON, trust_env=False) as http:
        for name in SERVICES:
            secret = settings.service(name).client_secret
            if secret is None:
                continue
            form = {"grant_type": "client_credentials"}
            try:
                if (await http.get(f"{auth}/livez")).headers.get("Minishop-Service") != "auth":
                    return  # `peers` tells; a secret is not shown to another server
                response = await http.post(f"{auth}/token", data=form, auth=(name, secret.get_secret_value()))
            except (httpx.HTTPError, httpx.InvalidURL):
                return  # `peers` tells
            if response.status_code == 401:
                yield Finding(
                    "unsafe",
                    f"Auth does not accept MINISHOP_{name.upper()}_CLIENT_SECRET",
                    f"{name} cannot call other services",
                    f"Give Auth and {name} the same secret, or create one: minishop clients rotate {name}",
                )
            elif response.status_code != 200:
                why = f"Auth answers {response.status_code}"
                yield Finding("info", f"the client secret of {name} was not checked", why, "Run this again later.")


async def policies(installation: Installation) -> AsyncIterator[Finding]:
    """Connections to services that this one does not call, which a network policy would refuse."""
    places = installation.services
    example = next(
        (
            (name, urlsplit(url))
            for name in SERVICES
            if (url := installation.settings.service(name).url) and not is_this_machine(urlsplit(url).hostname)
        ),
        None,
    )
    if len(places) != 1 or example is None:
        return  # all services are one process, or one machine
    me, (name, address) = places[0], example
    called = {operation.partition(".")[0] for operation in calls(me)} | {me}
    first, dot, domain = (address.hostname or "").partition(".")
    if name not in first:
        yield Finding("info", "no network policy was tried", f"the address of {name} does not contain its name", "")
        return
    others = [other for other in SERVICES if other not in called]
    port = address.port or (443 if address.scheme == "https" else 80)
    opened = await asyncio.gather(*(_opens(first.replace(name, other) + dot + domain, port) for other in others))
    if reached := [other for other, does in zip(others, opened, strict=True) if does]:
        yield Finding(
            "unsafe",
            f"{me} can connect to {', '.join(reached)}, which it never calls",
            "no network policy is enforced: a service that is broken into reaches all others",
            "Apply deploy/kubernetes with a network plugin that enforces policies, for example Calico or Cilium.",
        )


async def _opens(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(SOON):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True


CHECKS: tuple[Callable[[Installation], AsyncIterator[Finding]], ...] = (peers, client_secrets, policies)
