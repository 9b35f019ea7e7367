"""The checks of network settings."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from ...kit.client_address import is_this_machine
from ...kit.clock import unix_time
from ...kit.clock_skew import MOST, difference
from ...kit.settings import SERVICES
from ...kit.tokens import LEEWAY
from .finding import Finding, Installation

SOON = 2.0
"""The timeout in seconds to read Auth's clock."""
TLS = ("require", "verify-ca", "verify-full")


def open_origins(installation: Installation) -> Iterator[Finding]:
    """Origins without TLS, which an attacker on the network can impersonate."""
    for origin in installation.settings.cors_origins:
        if origin.startswith("http://") and not is_this_machine(urlsplit(origin).hostname):
            yield Finding(
                "unsafe",
                f"MINISHOP_CORS_ORIGINS names {origin}",
                "an attacker on the network can change that page, and read responses through it",
                "Serve the page by https and list that address.",
            )


def wide_trusted_proxies(installation: Installation) -> Iterator[Finding]:
    """Trusted networks that include arbitrary clients."""
    for network in installation.settings.trusted_proxies:
        if network.prefixlen < (8 if network.version == 4 else 16):
            yield Finding(
                "unsafe",
                f"MINISHOP_TRUSTED_PROXIES holds {network}",
                "any client can forge the address that rate limits and the audit log use",
                "List only the addresses of the proxies.",
            )


def listening_to_all(installation: Installation) -> Iterator[Finding]:
    """Plain HTTP on a network address without a proxy in front."""
    settings = installation.settings
    if not is_this_machine(settings.host) and not settings.trusted_proxies:
        yield Finding(
            "unsafe",
            f"MINISHOP_HOST is {settings.host}, without MINISHOP_TRUSTED_PROXIES",
            "tokens and passwords are sent unencrypted; behind a proxy, all its clients count as one address",
            "Put a proxy with TLS in front and list its address, or listen on 127.0.0.1.",
        )


def exposed_internals(installation: Installation) -> Iterator[Finding]:
    """The operations of services and operators on a network address."""
    settings = installation.settings
    if settings.is_public and not settings.hides_internal:
        yield Finding(
            "unsafe",
            "MINISHOP_EXPOSE is all, but others than this machine reach the shop",
            "strangers can reach the operations that only services and operators call",
            "Leave MINISHOP_EXPOSE unset: minishop up then hides them.",
        )


def metrics_for_others(installation: Installation) -> Iterator[Finding]:
    """Metrics that other machines can read."""
    host = installation.settings.metrics.host
    if installation.settings.metrics.port != "off" and not is_this_machine(host):
        yield Finding(
            "info",
            f"MINISHOP_METRICS_HOST is {host}",
            "the metrics reveal the sales, and their port has no authentication",
            "Let only Prometheus and the orchestrator reach the port.",
        )


def missing_public_url(installation: Installation) -> Iterator[Finding]:
    """A public shop without the address for links in mails."""
    settings = installation.settings
    if settings.public_url is not None or is_this_machine(settings.host) or "auth" not in installation.services:
        return
    if installation.is_whole_shop:
        why = "links in mails lead to the address that the shop listens on"
        remedy = "Set it to the public address, for example https://shop.example."
        yield Finding("unsafe", "MINISHOP_PUBLIC_URL is not set", why, remedy)
    else:
        why = "mails contain tokens instead of links, because separate services serve no pages"
        remedy = "Set it to the address of a server that has the pages for these links."
        yield Finding("info", "MINISHOP_PUBLIC_URL is not set", why, remedy)


def unencrypted_mail(installation: Installation) -> Iterator[Finding]:
    """Mail without TLS."""
    url = installation.settings.smtp_url
    parts = urlsplit(url.get_secret_value() if url else "")
    if parts.scheme == "smtp" and not is_this_machine(parts.hostname):
        form = "with a password" if parts.password else "without TLS"
        yield Finding(
            "unsafe",
            f"MINISHOP_SMTP_URL is smtp:// {form}",
            "STARTTLS is used only if the server offers it, and an attacker can remove the offer",
            "Use smtps://, usually on port 465.",
        )


def unencrypted_databases(installation: Installation) -> Iterator[Finding]:
    """Remote PostgreSQL servers without required TLS."""
    for name in SERVICES:
        url = urlsplit(installation.settings.database_url(name))
        options = parse_qs(url.query)
        host = options.get("host", [url.hostname or "localhost"])[-1]
        insists = options.get("sslmode", [""])[-1] in TLS
        if url.scheme == "postgresql" and not (insists or is_this_machine(host) or host.startswith("/")):
            yield Finding(
                "unsafe",
                f"MINISHOP_{name.upper()}_DATABASE_URL does not require TLS",
                f"the password and the data are sent to {host} unencrypted if the server allows it",
                "Add ?sslmode=verify-full, or at least ?sslmode=require.",
            )


def unencrypted_calls(installation: Installation) -> Iterator[Finding]:
    """Calls between services without TLS."""
    urls = {name: urlsplit(installation.settings.service(name).url or "") for name in SERVICES}
    plain = [name for name, url in urls.items() if url.scheme == "http" and not is_this_machine(url.hostname)]
    if plain:
        yield Finding(
            "info",
            f"http:// leads to {', '.join(plain)}",
            "tokens and the secrets of services are sent unencrypted",
            "Reserve that network for the services, or use https:// addresses.",
        )


def clocks_that_differ(installation: Installation) -> Iterator[Finding]:
    """A clock that differs from Auth's, if Auth runs elsewhere and answers."""
    url = installation.settings.auth.url
    if url is None:
        return
    import httpx

    sent = unix_time()
    try:
        date = httpx.get(f"{url.rstrip('/')}/auth/livez", timeout=SOON).headers.get("Date")
    except (httpx.HTTPError, httpx.InvalidURL):
        return
    yield from clock_that_differs("Auth", difference(date, sent, unix_time()))


def clock_that_differs(whose: str, seconds: float | None) -> Iterator[Finding]:
    """A clock that is `seconds` ahead of this machine's, None if unknown."""
    if seconds is not None and abs(seconds) > MOST:
        yield Finding(
            "unsafe",
            f"the clock of {whose} is {abs(round(seconds))} s {'ahead of' if seconds > 0 else 'behind'} this machine's",
            f"from a difference of {LEEWAY} s on, tokens are refused, or accepted after they expire",
            "Set the clocks of both machines by NTP.",
        )
