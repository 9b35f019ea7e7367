"""The checks of what crosses a network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from ...kit.clock_skew import MOST, difference
from ...kit.settings import SERVICES
from ...kit.tokens import LEEWAY
from .finding import Finding, Installation

SOON = 2.0
"""Seconds that Auth has to tell its time."""
TLS = ("require", "verify-ca", "verify-full")


def open_origins(installation: Installation) -> Iterator[Finding]:
    """Origins that anybody on the way may speak for."""
    for origin in installation.settings.cors_origins:
        if origin.startswith("http://") and not _is_local(urlsplit(origin).hostname):
            yield Finding(
                "unsafe",
                f"MINISHOP_CORS_ORIGINS names {origin}",
                "whoever is on the way to that page can change it, and read answers through it",
                "Serve the page by https and name it so.",
            )


def wide_trusted_proxies(installation: Installation) -> Iterator[Finding]:
    """Proxies that are anybody."""
    for network in installation.settings.trusted_proxies:
        if network.prefixlen < (8 if network.version == 4 else 16):
            yield Finding(
                "unsafe",
                f"MINISHOP_TRUSTED_PROXIES holds {network}",
                "anybody may write the address that limits and the audit log go by",
                "Name the addresses of the proxies alone.",
            )


def listening_to_all(installation: Installation) -> Iterator[Finding]:
    """HTTP without a proxy in front, and not on this machine alone."""
    settings = installation.settings
    if not _is_local(settings.host) and not settings.trusted_proxies:
        yield Finding(
            "unsafe",
            f"MINISHOP_HOST is {settings.host}, without MINISHOP_TRUSTED_PROXIES",
            "tokens and passwords cross the network unencrypted; behind a proxy, all its clients count as one address",
            "Put a proxy with TLS in front and name its address, or listen on 127.0.0.1.",
        )


def missing_public_url(installation: Installation) -> Iterator[Finding]:
    """A shop off loopback that does not know the address its mails should link to."""
    settings = installation.settings
    if settings.public_url is None and not _is_local(settings.host):
        yield Finding(
            "unsafe",
            "MINISHOP_PUBLIC_URL is not set",
            "the links in mails lead to the address that the shop listens on, or the mails carry no link",
            "Set it to the address that people open, such as https://shop.example.",
        )


def unencrypted_mail(installation: Installation) -> Iterator[Finding]:
    """Mail in the clear."""
    url = installation.settings.smtp_url
    parts = urlsplit(url.get_secret_value() if url else "")
    if parts.scheme == "smtp" and not _is_local(parts.hostname):
        what = "with a password" if parts.password else "without TLS"
        yield Finding(
            "unsafe",
            f"MINISHOP_SMTP_URL is smtp:// {what}",
            "STARTTLS is used where it is offered, and whoever is on the way can take the offer out",
            "Use smtps://, usually on port 465.",
        )


def unencrypted_databases(installation: Installation) -> Iterator[Finding]:
    """PostgreSQL elsewhere, without TLS that is insisted on."""
    for name in SERVICES:
        url = urlsplit(installation.settings.database_url(name))
        options = parse_qs(url.query)
        host = options.get("host", [url.hostname or "localhost"])[-1]
        insists = options.get("sslmode", [""])[-1] in TLS
        if url.scheme == "postgresql" and not (insists or _is_local(host) or host.startswith("/")):
            yield Finding(
                "unsafe",
                f"MINISHOP_{name.upper()}_DATABASE_URL does not insist on TLS",
                f"the password and the data cross the network to {host} unencrypted, if the server lets them",
                "Add ?sslmode=verify-full, or at least ?sslmode=require.",
            )


def unencrypted_calls(installation: Installation) -> Iterator[Finding]:
    """Calls between services in the clear."""
    urls = {name: urlsplit(installation.settings.service(name).url or "") for name in SERVICES}
    plain = [name for name, url in urls.items() if url.scheme == "http" and not _is_local(url.hostname)]
    if plain:
        yield Finding(
            "info",
            f"http:// leads to {', '.join(plain)}",
            "tokens and the secrets of services cross the network between them unencrypted",
            "Keep that network to the services alone, or give them https:// addresses.",
        )


def clocks_that_differ(installation: Installation) -> Iterator[Finding]:
    """A clock that is far from that of Auth, if Auth is elsewhere and answers."""
    url = installation.settings.auth.url
    if url is None:
        return
    import httpx

    sent = time.time()
    try:
        date = httpx.get(f"{url.rstrip('/')}/auth/livez", timeout=SOON).headers.get("Date")
    except (httpx.HTTPError, httpx.InvalidURL):
        return
    seconds = difference(date, sent, time.time())
    if seconds is not None and abs(seconds) > MOST:
        yield Finding(
            "unsafe",
            f"the clock of Auth is {abs(round(seconds))} s {'ahead of' if seconds > 0 else 'behind'} this machine's",
            f"tokens are refused from a difference of {LEEWAY} s on, or are taken for as much longer",
            "Let both machines set their clocks by NTP.",
        )


def _is_local(host: str | None) -> bool:
    """Whether a host is this machine, by its name or address."""
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"
