"""Commands of an operator on Auth's own database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from minishop_client import Minishop, Unauthorized
from minishop_server.commands.main import app
from tests.support.postgres import NewDatabase
from tests.support.processes import running, running_shop

PASSWORD = "a-long-walk-by-the-sea"
EXAMPLE = "a-secret-of-at-least-32-letters-x"
GRACE = ("admin", "create", "grace", "grace@example.com")


@pytest.fixture
def settings(new_database: NewDatabase, tmp_path: Path) -> dict[str, str]:
    """Those of an Auth that is served by itself, once on each kind of database."""
    return {
        "MINISHOP_DATA_DIR": str(tmp_path),
        "MINISHOP_AUTH_DATABASE_URL": new_database("auth"),
        "MINISHOP_AUTH_KEY_SECRET": "k" * 32,
        "MINISHOP_ORDERS_CLIENT_SECRET": "o" * 32,
        "MINISHOP_SHIPPING_CLIENT_SECRET": "s" * 32,
        "MINISHOP_NOTIFICATIONS_URL": "http://127.0.0.1:9",  # no user registers here, so no mail is due
    }


def run(*arguments: str, settings: dict[str, str], typed: str | None = None) -> Result:
    environment = {"COLUMNS": "200", "NO_COLOR": "1", **settings}
    return CliRunner().invoke(app, arguments, env=environment, input=typed)


def test_the_first_admin_signs_in_and_both_secrets_of_a_service_hold_while_it_is_rolled(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    with running(tmp_path / "auth", "serve", "auth", "--port", "0", settings=settings) as process:
        process.wait_until_ready("auth")
        url = process.wait_for_address()

        made = run(*GRACE, settings=settings, typed=f"{PASSWORD}\n{PASSWORD}\n")
        assert (0, False) == (made.exit_code, PASSWORD in made.output), made.output
        rolled = run("clients", "rotate", "orders", settings=settings)
        fresh = rolled.stdout.strip()
        rotated = run("keys", "rotate", settings=settings)
        listed = run("keys", "list", settings=settings)

        with Minishop(url) as shop:
            assert "admin" == shop.login("grace", PASSWORD).auth.get_me().role

            def may_in(secret: str) -> bool:
                granted = shop.auth.with_headers.issue_token
                form: Any = {"grant_type": "client_credentials", "client_id": "orders", "client_secret": secret}
                try:
                    return granted(**form).status == 200
                except Unauthorized as refusal:
                    return refusal.code != "invalid_client"

            assert [True, True] == [may_in(secret) for secret in ("o" * 32, fresh)]
            assert 0 == run("clients", "retire", "orders", settings=settings).exit_code
            assert [False, True] == [may_in(secret) for secret in ("o" * 32, fresh)]
            assert 2 == len(shop.auth.get_jwks().keys)
        assert 0 == rotated.exit_code
        assert ["active", "next"] == [word for word in listed.stdout.split() if word in ("active", "next", "retiring")]
        assert fresh not in process.log


def test_the_admin_of_a_password_that_is_too_short_or_of_a_name_that_is_taken_is_not_made(
    settings: dict[str, str],
) -> None:
    short = run(*GRACE, "--password-stdin", settings=settings, typed="hunter2\n")
    differs = run(*GRACE, settings=settings, typed=f"{PASSWORD}\nanother\n")
    made = run(*GRACE, "--password-stdin", settings=settings, typed=PASSWORD)
    again = run(*GRACE, "--password-stdin", settings=settings, typed=PASSWORD)

    assert [2, 1, 0, 2] == [ended.exit_code for ended in (short, differs, made, again)]
    assert ("password" in short.stderr, "hunter2" in short.output) == (True, False)
    assert "taken" in again.stderr


def test_an_emergency_in_the_shop_of_one_process_ends_all_tokens_and_users_sign_in_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_shop(tmp_path) as (_, url), Minishop(url) as shop:
        token = shop.auth.login(username="ada", password="correct-horse-battery").access_token
        file = data / "auth.key"
        assert 0o600 == file.stat().st_mode & 0o777
    settings = {"MINISHOP_DATA_DIR": str(data)}
    before = run("keys", "list", settings=settings).stdout.split()

    assert 0 == run("keys", "rotate", "--now", settings=settings).exit_code

    after = run("keys", "list", settings=settings).stdout.split()
    assert (1, 1) == (before.count("active"), after.count("active"))
    with running_shop(tmp_path) as (_, url), Minishop(url) as shop:
        with pytest.raises(Unauthorized):
            shop.with_token(token).cart.get_cart()
        assert 0 == shop.login("ada", "correct-horse-battery").cart.get_cart().total_items


@pytest.mark.parametrize("command", ["keys rotate", "admin create grace grace@example.com --password-stdin"])
def test_without_the_secret_of_auth_no_other_one_is_made_up(tmp_path: Path, command: str) -> None:
    settings = {"MINISHOP_DATA_DIR": str(tmp_path)}
    assert 0 == run("migrate", "auth", settings=settings).exit_code
    before = set(tmp_path.iterdir())

    ended = run(*command.split(), settings=settings, typed=f"{PASSWORD}\n")

    assert (2, True) == (ended.exit_code, "MINISHOP_AUTH_KEY_SECRET" in ended.stderr)
    assert before == set(tmp_path.iterdir())


def test_a_service_is_not_served_with_the_secret_of_the_documented_example(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    known = {**settings, "MINISHOP_ORDERS_CLIENT_SECRET": EXAMPLE}

    ended = run("serve", "auth", "--port", "0", settings=known)

    assert 2 == ended.exit_code
    assert ("MINISHOP_ORDERS_CLIENT_SECRET" in ended.stderr, "secrets.token_urlsafe" in ended.stderr) == (True, True)
    assert EXAMPLE not in ended.stderr


def test_auth_is_not_served_without_a_secret_for_its_keys(settings: dict[str, str]) -> None:
    ended = run("serve", "auth", "--port", "0", settings=settings | {"MINISHOP_AUTH_KEY_SECRET": ""})

    assert (2, True) == (ended.exit_code, "MINISHOP_AUTH_KEY_SECRET" in ended.stderr)
