"""What `minishop doctor` looks for: each check is a function that says what it minds."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel

from ..kit.settings import SERVICES, Settings

PREFIX = "MINISHOP_"
ELSEWHERE = ("MINISHOP_AUDIT_USER", "MINISHOP_AUDIT_PASSWORD", "MINISHOP_FUZZ_FOLDER")
"""Variables that commands read for themselves."""
LONG_TOKEN = 3600
FEW_LETTERS = 10
TLS = ("require", "verify-ca", "verify-full")
EVERYBODY = 0o007


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `doctor` says; `info` is for what may well be meant so."""

    severity: Literal["unsafe", "info"]
    what: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at: the settings, and the variables they came from."""

    settings: Settings
    environment: Mapping[str, str]


def unknown_variables(patient: Patient) -> Iterator[Finding]:
    """A variable of the shop's prefix that nothing reads is a slip, and what it was to set has its default."""
    known = [*_names(Settings, PREFIX), *ELSEWHERE]
    for name in sorted(patient.environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = get_close_matches(name.upper(), known, n=1)
            remedy = f"Did you mean {near[0]}?" if near else "Remove it."
            yield Finding("unsafe", f"{name} is not a setting", "what it was to set has its default", remedy)


def weak_secrets(patient: Patient) -> Iterator[Finding]:
    """Secrets that are short, of few letters, or out of an example."""
    settings = patient.settings
    secrets = {f"{PREFIX}{name.upper()}_CLIENT_SECRET": settings.service(name).client_secret for name in SERVICES}
    secrets[f"{PREFIX}PAYMENTS_WEBHOOK_SECRET"] = settings.payments.webhook_secret
    secrets[f"{PREFIX}AUTH_KEY_SECRET"] = settings.auth.key_secret
    for name, secret in secrets.items():
        text = "" if secret is None else secret.get_secret_value()
        example = any(word in text.lower() for word in ("secret-of-at-least", "example", "changeme", "password"))
        if text and (example or len(text) < 32 or len(set(text)) < FEW_LETTERS):
            yield Finding(
                "unsafe",
                f"{name} is short, of few letters, or an example",
                "whoever guesses it speaks for the service",
                'python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
            )


def uncounted(patient: Patient) -> Iterator[Finding]:
    """Public operations without limits."""
    if not patient.settings.rate_limits:
        yield Finding(
            "unsafe",
            "MINISHOP_RATE_LIMITS is off",
            "one address may sign in, register and ask for tokens without end",
            "Remove the setting; it is for tests and benchmarks.",
        )


def open_origins(patient: Patient) -> Iterator[Finding]:
    """Origins that anybody on the way may speak for."""
    for origin in patient.settings.cors_origins:
        if origin.startswith("http://") and not _is_local(urlsplit(origin).hostname):
            yield Finding(
                "unsafe",
                f"MINISHOP_CORS_ORIGINS names {origin}",
                "whoever is on the way to that page can change it, and read answers through it",
                "Serve the page by https and name it so.",
            )


def trusting(patient: Patient) -> Iterator[Finding]:
    """Proxies that are anybody."""
    for network in patient.settings.trusted_proxies:
        if network.prefixlen < (8 if network.version == 4 else 16):
            yield Finding(
                "unsafe",
                f"MINISHOP_TRUSTED_PROXIES holds {network}",
                "anybody may write the address that limits and the audit log go by",
                "Name the addresses of the proxies alone.",
            )


def listening_to_all(patient: Patient) -> Iterator[Finding]:
    """HTTP without a proxy in front, and not on this machine alone."""
    settings = patient.settings
    if not _is_local(settings.host) and not settings.trusted_proxies:
        yield Finding(
            "unsafe",
            f"MINISHOP_HOST is {settings.host}, without MINISHOP_TRUSTED_PROXIES",
            "tokens and passwords cross the network unencrypted; behind a proxy, all its clients count as one address",
            "Put a proxy with TLS in front and name its address, or listen on 127.0.0.1.",
        )


def unencrypted_mail(patient: Patient) -> Iterator[Finding]:
    """Mail in the clear."""
    url = patient.settings.smtp_url
    parts = urlsplit(url.get_secret_value() if url else "")
    if parts.scheme == "smtp" and not _is_local(parts.hostname):
        what = "with a password" if parts.password else "without TLS"
        yield Finding(
            "unsafe",
            f"MINISHOP_SMTP_URL is smtp:// {what}",
            "STARTTLS is used where it is offered, and whoever is on the way can take the offer out",
            "Use smtps://, usually on port 465.",
        )


def unencrypted_databases(patient: Patient) -> Iterator[Finding]:
    """PostgreSQL elsewhere, without TLS that is insisted on."""
    for name in SERVICES:
        url = urlsplit(patient.settings.database_url(name))
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


def long_tokens(patient: Patient) -> Iterator[Finding]:
    """Tokens that hold for long."""
    seconds = patient.settings.token_seconds
    if seconds > LONG_TOKEN:
        yield Finding(
            "unsafe",
            f"MINISHOP_TOKEN_SECONDS is {seconds}",
            "a token that was stolen, or of a user who was shut out, holds for so long",
            "900 is the default; clients renew their tokens by themselves.",
        )


def readable_files(patient: Patient) -> Iterator[Finding]:
    """Data that other users of the machine can read: Auth's database has the key that tokens are signed with."""
    folder = patient.settings.data_dir
    if os.name == "posix" and folder.is_dir() and folder.stat().st_mode & EVERYBODY:
        inside = sorted(path.name for path in folder.iterdir() if path.stat().st_mode & EVERYBODY)
        if inside:
            yield Finding(
                "unsafe",
                f"every user of this machine gets at {folder}: {', '.join(inside[:3])}{' …' if inside[3:] else ''}",
                "there are the mails, the data, and the key that tokens are signed with",
                f"chmod 700 {folder}",
            )


def demo_users(patient: Patient) -> Iterator[Finding]:
    """Accounts of the demo data whose password is in the README."""
    url = patient.settings.database_url("auth")
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return
    from ..kit.problems import Unavailable

    try:
        names = asyncio.run(_with_demo_password(patient.settings))
    except Unavailable as refusal:
        yield Finding("info", "the accounts could not be looked at", str(refusal), "Run this again once it answers.")
        return
    if names:
        yield Finding(
            "unsafe",
            f"{', '.join(names)}: accounts with the password of the demo data",
            "it is in the README; grace is an admin",
            "Begin with an empty data folder and `minishop serve`, or give them other passwords.",
        )


async def _with_demo_password(settings: Settings) -> list[str]:
    from ..auth.passwords import Passwords
    from ..auth.store import Store
    from ..demo import PASSWORD, USERS
    from ..kit.database import migrations_of, open_database

    database = await open_database(
        settings.database_url("auth"), migrations_of("auth"), settings.database, may_migrate=False
    )
    try:
        store, passwords, found = Store(database), Passwords(settings.auth), []
        for name in USERS:
            row = await store.user_with_password(name)
            if row is not None and await passwords.verify(row["password_hash"], PASSWORD):
                found.append(name)
        return found
    finally:
        await database.close()


def unchecked_answers(patient: Patient) -> Iterator[Finding]:
    """Answers that are not held against the document."""
    if not patient.settings.check_responses:
        yield Finding(
            "info",
            "MINISHOP_CHECK_RESPONSES is off",
            "an answer that says more than its document would leave",
            "Remove the setting, unless the microseconds are needed.",
        )


def no_money(patient: Patient) -> Iterator[Finding]:
    """The sandbox."""
    if patient.settings.payments.provider == "sandbox":
        yield Finding(
            "info",
            "MINISHOP_PAYMENTS_PROVIDER is sandbox",
            "no money moves, and anybody can buy with a made-up token",
            "Set it to stripe, with its key, where real orders are taken.",
        )


def files_of_one_process(patient: Patient) -> Iterator[Finding]:
    """SQLite where services run for themselves."""
    settings = patient.settings
    alone = [name for name in SERVICES if settings.database_url(name).startswith("sqlite:")]
    if alone and any(settings.service(name).url for name in SERVICES):
        yield Finding(
            "info",
            f"SQLite keeps the data of {', '.join(alone)}",
            "all replicas of a service have to be on the machine of its file",
            "Set MINISHOP_<SERVICE>_DATABASE_URL to a PostgreSQL.",
        )


def unencrypted_calls(patient: Patient) -> Iterator[Finding]:
    """Calls between services in the clear."""
    urls = {name: urlsplit(patient.settings.service(name).url or "") for name in SERVICES}
    plain = [name for name, url in urls.items() if url.scheme == "http" and not _is_local(url.hostname)]
    if plain:
        yield Finding(
            "info",
            f"http:// leads to {', '.join(plain)}",
            "tokens and the secrets of services cross the network between them unencrypted",
            "Keep that network to the services alone, or give them https:// addresses.",
        )


def _names(model: type[BaseModel], prefix: str) -> Iterator[str]:
    """The variables that set a model."""
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _names(kind, f"{prefix}{name.upper()}_")
        else:
            yield f"{prefix}{name.upper()}"


def _is_local(host: str | None) -> bool:
    """Whether a host is this machine, by its name or address."""
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


CHECKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    unknown_variables,
    weak_secrets,
    uncounted,
    open_origins,
    trusting,
    listening_to_all,
    unencrypted_mail,
    unencrypted_databases,
    long_tokens,
    readable_files,
    demo_users,
    unchecked_answers,
    no_money,
    files_of_one_process,
    unencrypted_calls,
)
