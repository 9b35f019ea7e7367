"""`minishop doctor` lists unsafe settings, and nothing else."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from minishop_server.hosting.gateway import Gateway
from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.services.settings import Settings
from minishop_server.tools.demo.seed import PASSWORD, seed
from minishop_server.tools.doctor.command import findings, findings_around
from minishop_server.tools.doctor.finding import Finding, Installation

GOOD = "hV3-kQ9zXw_2LmTr7bYcNd5JfPs8aGeU"

UNSAFE = [
    ({"RATE_LIMTS": "off"}, "MINISHOP_RATE_LIMTS is not a setting"),
    ({"TRUSTED_PROXY": "10.0.0.1"}, "MINISHOP_TRUSTED_PROXY is not a setting"),
    ({"ORDERS_CLIENT_SECRETS": GOOD}, "MINISHOP_ORDERS_CLIENT_SECRETS is not a setting"),
    ({"RATE_LIMITS": "off"}, "MINISHOP_RATE_LIMITS is off"),
    ({"ORDERS_CLIENT_SECRET": "a-secret-of-at-least-32-letters-x"}, "MINISHOP_ORDERS_CLIENT_SECRET is short"),
    ({"SHIPPING_CLIENT_SECRET": "s" * 40}, "MINISHOP_SHIPPING_CLIENT_SECRET is short"),
    ({"PAYMENTS_WEBHOOK_SECRET": GOOD[:20]}, "MINISHOP_PAYMENTS_WEBHOOK_SECRET is short"),
    ({"CORS_ORIGINS": "https://a.example,http://b.example"}, "MINISHOP_CORS_ORIGINS names http://b.example"),
    ({"TRUSTED_PROXIES": "0.0.0.0/0"}, "MINISHOP_TRUSTED_PROXIES holds 0.0.0.0/0"),
    ({"TRUSTED_PROXIES": "10.0.0.1,::/0"}, "MINISHOP_TRUSTED_PROXIES holds ::/0"),
    (
        {"HOST": "0.0.0.0", "PUBLIC_URL": "https://shop.example"},
        "MINISHOP_HOST is 0.0.0.0, without MINISHOP_TRUSTED_PROXIES",
    ),
    (
        {"HOST": "10.0.0.7", "EXPOSE": "all", "TRUSTED_PROXIES": "10.0.0.1", "PUBLIC_URL": "https://shop.example"},
        "MINISHOP_EXPOSE is all, but others than this machine reach the shop",
    ),
    (
        {"EXPOSE": "all", "TRUSTED_PROXIES": "127.0.0.1", "PUBLIC_URL": "https://shop.example"},
        "MINISHOP_EXPOSE is all, but others than this machine reach the shop",
    ),
    ({"HOST": "::", "PUBLIC_URL": "https://shop.example"}, "MINISHOP_HOST is ::, without MINISHOP_TRUSTED_PROXIES"),
    ({"HOST": "10.0.0.7", "TRUSTED_PROXIES": "10.0.0.1"}, "MINISHOP_PUBLIC_URL is not set"),
    ({"SMTP_URL": "smtp://shop:hunter2@mail.example:587"}, "MINISHOP_SMTP_URL is smtp:// with a password"),
    ({"SMTP_URL": "smtp://mail.example"}, "MINISHOP_SMTP_URL is smtp:// without TLS"),
    ({"CART_DATABASE_URL": "postgresql://cart:hunter2@db/cart"}, "MINISHOP_CART_DATABASE_URL does not require TLS"),
    (
        {"CART_DATABASE_URL": "postgresql://cart:hunter2@db/cart?sslmode=prefer"},
        "MINISHOP_CART_DATABASE_URL does not require TLS",
    ),
    ({"TOKEN_SECONDS": "7200"}, "MINISHOP_TOKEN_SECONDS is 7200"),
]
SAFE = [
    {"CORS_ORIGINS": "https://a.example,http://localhost:3000"},
    {"HOST": "0.0.0.0", "TRUSTED_PROXIES": "10.0.0.0/8,2001:db8::/32", "PUBLIC_URL": "https://shop.example"},
    {"HOST": "::1"},
    {"SMTP_URL": "smtps://shop:hunter2@mail.example"},
    {"SMTP_URL": "smtp://localhost:2525"},
    {"CART_DATABASE_URL": "postgresql://cart:hunter2@db/cart?sslmode=verify-full"},
    {"CART_DATABASE_URL": "postgresql://cart:hunter2@localhost/cart"},
    {"CART_DATABASE_URL": "postgresql:///cart?host=/run/postgresql"},
    {"ORDERS_CLIENT_SECRET": GOOD, "PAYMENTS_WEBHOOK_SECRET": GOOD, "PAYMENTS_PROVIDER": "stripe"}
    | {"PAYMENTS_STRIPE_KEY": "sk_live_" + GOOD},
    {"AUDIT_USER": "grace", "DATABASE_POOL_SIZE": "5", "MIGRATE": "off"},
]
INFO = [
    ({"CHECK_RESPONSES": "off"}, "MINISHOP_CHECK_RESPONSES is off"),
    ({}, "MINISHOP_PAYMENTS_PROVIDER is sandbox"),
    ({"AUTH_URL": "http://127.0.0.1:8001"}, "SQLite stores the data of auth, catalog, cart"),
    ({"AUTH_URL": "http://auth:8000"}, "http:// leads to auth"),
    ({"HOST": "10.0.0.7", "TRUSTED_PROXIES": "10.0.0.1", "CART_URL": "http://cart:8000"}, "MINISHOP_PUBLIC_URL"),
    ({"METRICS_HOST": "0.0.0.0"}, "MINISHOP_METRICS_HOST is 0.0.0.0"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    path.mkdir(mode=0o700)
    return path


def found(monkeypatch: pytest.MonkeyPatch, folder: Path, variables: dict[str, str]) -> list[Finding]:
    for name in [name for name in os.environ if name.startswith("MINISHOP_")]:
        monkeypatch.delenv(name)
    environment = {f"MINISHOP_{name}": value for name, value in variables.items()}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return findings(Settings(data_dir=folder), {"PATH": "/bin", **environment})


def unsafe(all_of_them: list[Finding]) -> list[str]:
    return [finding.what for finding in all_of_them if finding.severity == "unsafe"]


@pytest.mark.parametrize(("variables", "what"), UNSAFE)
def test_what_is_unsafe_is_named_and_no_secret_with_it(
    monkeypatch: pytest.MonkeyPatch, folder: Path, variables: dict[str, str], what: str
) -> None:
    all_of_them = found(monkeypatch, folder, variables)

    (named,) = unsafe(all_of_them)
    assert named.startswith(what)
    assert all(finding.why and finding.remedy for finding in all_of_them)
    for secret in ("hunter2", GOOD[:20], "s" * 40, "a-secret-of-at-least"):
        assert secret not in str(all_of_them)


@pytest.mark.parametrize("variables", [{}, *SAFE])
def test_what_is_safe_is_not_named(monkeypatch: pytest.MonkeyPatch, folder: Path, variables: dict[str, str]) -> None:
    assert [] == unsafe(found(monkeypatch, folder, variables))


@pytest.mark.parametrize(("variables", "what"), INFO)
def test_what_may_be_meant_so_is_said(
    monkeypatch: pytest.MonkeyPatch, folder: Path, variables: dict[str, str], what: str
) -> None:
    said = [finding.what for finding in found(monkeypatch, folder, variables) if finding.severity == "info"]

    assert any(text.startswith(what) for text in said)


def test_services_that_run_elsewhere_are_not_spoken_of(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    orders = {"ORDERS_DATABASE_URL": "postgresql://orders@localhost/orders", "AUTH_URL": "http://127.0.0.1:8001"}
    public = {"HOST": "10.0.0.7", "TRUSTED_PROXIES": "10.0.0.1"}

    told = [finding.what for finding in found(monkeypatch, folder, {**orders, **public})]

    assert [] == [what for what in told if "CVE-" not in what]


def test_a_slip_in_a_name_is_told_the_name_that_was_meant(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (finding,) = (f for f in found(monkeypatch, folder, {"CORS_ORIGIN": "https://a.example"}) if f.severity == "unsafe")

    assert "Did you mean MINISHOP_CORS_ORIGINS?" == finding.remedy


def test_data_that_others_can_read_is_named_until_the_folder_is_closed(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "cart.db").write_bytes(b"")
    (folder / "cart.db").chmod(0o644)
    folder.chmod(0o755)
    assert [f"every user of this machine can read {folder}: cart.db"] == unsafe(found(monkeypatch, folder, {}))

    folder.chmod(0o700)

    assert [] == unsafe(found(monkeypatch, folder, {}))


async def _fill(folder: Path) -> None:
    gateway = Gateway(Settings(data_dir=folder))
    async with gateway.running():
        await seed(gateway)


def test_demo_users_are_named_as_long_as_they_have_the_published_password(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    asyncio.run(_fill(folder))

    (named,) = unsafe(found(monkeypatch, folder, {}))

    assert named.startswith("ada, bob, grace: accounts with the password of the demo data")
    assert PASSWORD not in named


def test_users_of_these_names_with_passwords_of_their_own_are_not(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    async def fill() -> None:
        service = Service("auth", with_secrets(Settings(data_dir=folder)))
        async with service.running():
            await service.domain.register("grace", "grace@example.com", "another-password-of-hers", role="admin")

    asyncio.run(fill())

    assert [] == unsafe(found(monkeypatch, folder, {}))


def test_a_folder_that_the_shop_makes_is_its_users_own(tmp_path: Path) -> None:
    asyncio.run(_fill(tmp_path / "new"))

    assert 0 == (tmp_path / "new").stat().st_mode & 0o077


def test_a_python_that_lets_a_line_break_into_a_mail_header_is_named(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    fixed = {11: (3, 11, 10), 12: (3, 12, 5)}.get(sys.version_info.minor, (3, 13))

    named = [finding for finding in found(monkeypatch, folder, {}) if "CVE-2024-6923" in finding.what]

    assert (sys.version_info < fixed) == bool(named)


@pytest.mark.parametrize("migrates", [True, False])
def test_the_deployment_is_checked_without_creating_databases(tmp_path: Path, migrates: bool) -> None:
    settings = Settings(data_dir=tmp_path / "data", migrate=migrates)

    found = asyncio.run(findings_around(Installation(settings, {})))

    behind = [finding for finding in found if "the schema of" in finding.what]
    assert (0 if migrates else 7) == len(behind)
    assert [] == list(tmp_path.iterdir())


def test_a_damaged_database_hides_no_other_finding(tmp_path: Path) -> None:
    for name in ("auth", "cart"):
        (tmp_path / f"{name}.db").write_bytes(
            b"This is a text, and longer than one hundred bytes, as a header is. " * 9
        )
    settings = Settings(data_dir=tmp_path)

    found = [*findings(settings, {}), *asyncio.run(findings_around(Installation(settings, {})))]

    told = [finding.what for finding in found]
    assert "the accounts could not be checked" in told
    assert {f"the database of {name} cannot be used" for name in ("auth", "cart")} <= set(told)
    assert "MINISHOP_PAYMENTS_PROVIDER is sandbox" in told


class Stranger(BaseRequestHandler):
    """A server that is no service, and notes the first line of each request."""

    seen: list[str] = []  # noqa: RUF012 - of the one test

    def handle(self) -> None:
        head = self.request.recv(65536).decode()
        self.seen.append(head.partition(" HTTP/")[0])
        self.request.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def test_no_secret_is_sent_to_a_wrong_address_or_printed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_ORDERS_CLIENT_SECRET", GOOD)
    with ThreadingTCPServer(("127.0.0.1", 0), Stranger) as server:
        Thread(target=server.serve_forever).start()
        for name in ("AUTH", "CART"):
            monkeypatch.setenv(f"MINISHOP_{name}_URL", f"http://someone:{GOOD}@127.0.0.1:{server.server_address[1]}")
        found = asyncio.run(findings_around(Installation(Settings(), {})))
        server.shutdown()

    assert {"GET /auth/readyz", "GET /auth/livez", "GET /cart/readyz"} == set(Stranger.seen)
    assert 2 == sum("leads to another server" in finding.what for finding in found)
    assert GOOD not in str(found)
