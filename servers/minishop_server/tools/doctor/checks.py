"""The checks of `minishop doctor`, each a function that yields findings, continued in network.py."""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.errors import MessageError
from email.message import EmailMessage

from ...hosting.setting_names import PREFIX, unknown_names
from ...kit.settings import SERVICES
from ...services.settings import Settings
from .finding import Finding, Installation
from .network import (
    clocks_that_differ,
    exposed_internals,
    listening_to_all,
    metrics_for_others,
    missing_public_url,
    open_origins,
    unencrypted_calls,
    unencrypted_databases,
    unencrypted_mail,
    wide_trusted_proxies,
)

LONG_TOKEN = 3600
FEW_LETTERS = 10
EVERYBODY = 0o007


def unknown_variables(installation: Installation) -> Iterator[Finding]:
    """Variables with the shop's prefix that are no settings."""
    for name, meant in unknown_names(installation.environment):
        remedy = f"Did you mean {meant}?" if meant else "Remove it."
        yield Finding("unsafe", f"{name} is not a setting", "the setting that was meant has its default", remedy)


def weak_secrets(installation: Installation) -> Iterator[Finding]:
    """Secrets that are short, of few letters, or from an example."""
    settings = installation.settings
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
                "an attacker who guesses it can act as the service",
                'python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
            )


def missing_rate_limits(installation: Installation) -> Iterator[Finding]:
    """Public operations without limits."""
    if not installation.settings.rate_limits:
        yield Finding(
            "unsafe",
            "MINISHOP_RATE_LIMITS is off",
            "an address may sign in, register and request tokens without limit",
            "Remove the setting; it is for tests and benchmarks.",
        )


def long_tokens(installation: Installation) -> Iterator[Finding]:
    """Tokens with a long lifetime."""
    seconds = installation.settings.token_seconds
    if seconds > LONG_TOKEN:
        yield Finding(
            "unsafe",
            f"MINISHOP_TOKEN_SECONDS is {seconds}",
            "a stolen token, or one of a disabled user, stays valid for so long",
            "900 is the default; clients renew their tokens automatically.",
        )


def readable_files(installation: Installation) -> Iterator[Finding]:
    """Data that other users of the machine can read, for example Auth's signing keys."""
    folder = installation.settings.data_dir
    if os.name == "posix" and folder.is_dir() and folder.stat().st_mode & EVERYBODY:
        inside = sorted(path.name for path in folder.iterdir() if path.stat().st_mode & EVERYBODY)
        if inside:
            yield Finding(
                "unsafe",
                f"every user of this machine can read {folder}: {', '.join(inside[:3])}{' …' if inside[3:] else ''}",
                "it has the mails, the data, and the keys that sign tokens",
                f"chmod 700 {folder}",
            )


def demo_users(installation: Installation) -> Iterator[Finding]:
    """Accounts of the demo data whose password is in the README."""
    if not installation.has_database("auth"):
        return
    from ...kit.database import BrokenFile, OldData
    from ...kit.problems import Unavailable

    try:
        names = asyncio.run(_with_demo_password(installation.settings))
    except (Unavailable, BrokenFile, OldData) as error:
        yield Finding("info", "the accounts could not be checked", str(error), "Run this again when it answers.")
        return
    if names:
        yield Finding(
            "unsafe",
            f"{', '.join(names)}: accounts with the password of the demo data",
            "it is in the README; grace is an admin",
            "Change the passwords, or start with an empty data folder and --demo none.",
        )


async def _with_demo_password(settings: Settings) -> list[str]:
    from ...kit.database import migrations_of, open_database
    from ...services.auth.passwords.hashing import Passwords
    from ...services.auth.store import Store
    from ..demo.seed import PASSWORD, USERS

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


def unsafe_mail_library(installation: Installation) -> Iterator[Finding]:
    """A Python whose e-mail package decodes a line break into a header (CVE-2024-6923)."""
    mail = EmailMessage()
    mail["Subject"] = "=?utf-8?q?one=0ABcc:_two?="
    with suppress(MessageError):
        if b"\nBcc: two" in mail.as_bytes():
            yield Finding(
                "info",
                f"Python {platform.python_version()} allows a line break in the header of a mail (CVE-2024-6923)",
                "only Minishop itself refuses such text",
                "Use the latest patch release of Python: 3.11.10, 3.12.5, 3.13 or later.",
            )


def unchecked_answers(installation: Installation) -> Iterator[Finding]:
    """Responses that are not validated."""
    if not installation.settings.check_responses:
        yield Finding(
            "info",
            "MINISHOP_CHECK_RESPONSES is off",
            "a response with undocumented fields would be sent",
            "Remove the setting, unless you need the microseconds.",
        )


def sandbox_provider(installation: Installation) -> Iterator[Finding]:
    """The sandbox."""
    if installation.settings.payments.provider == "sandbox" and "payments" in installation.services:
        yield Finding(
            "info",
            "MINISHOP_PAYMENTS_PROVIDER is sandbox",
            "no money moves, and every customer can pay with an invented token",
            "For real orders, set it to stripe, with its key.",
        )


def files_of_one_process(installation: Installation) -> Iterator[Finding]:
    """SQLite for services in separate processes."""
    settings = installation.settings
    alone = [name for name in installation.services if settings.database_url(name).startswith("sqlite:")]
    if alone and not installation.is_whole_shop:
        yield Finding(
            "info",
            f"SQLite stores the data of {', '.join(alone)}",
            "all replicas of a service must run on the machine with its file",
            "Set MINISHOP_<SERVICE>_DATABASE_URL to a PostgreSQL.",
        )


CHECKS: tuple[Callable[[Installation], Iterator[Finding]], ...] = (
    unknown_variables,
    weak_secrets,
    missing_rate_limits,
    open_origins,
    wide_trusted_proxies,
    exposed_internals,
    listening_to_all,
    metrics_for_others,
    missing_public_url,
    unencrypted_mail,
    unencrypted_databases,
    long_tokens,
    readable_files,
    demo_users,
    unsafe_mail_library,
    unchecked_answers,
    sandbox_provider,
    files_of_one_process,
    unencrypted_calls,
    clocks_that_differ,
)
