"""Secrets are also taken from files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from minishop_server.hosting.setting_names import unknown_names
from minishop_server.kit.secret_files import secret_fields, variable
from minishop_server.services.settings import Settings

SECRETS = [variable(path) for path in secret_fields(Settings)]
GOOD = {"URL": "postgresql://shop:secret@db/one", "SMTP_URL": "smtp://user:password@mail:587"}


def test_each_secret_is_known() -> None:
    assert {
        "MINISHOP_AUTH_KEY_SECRET",
        "MINISHOP_ORDERS_CLIENT_SECRET",
        "MINISHOP_ORDERS_DATABASE_URL",
        "MINISHOP_PAYMENTS_STRIPE_KEY",
        "MINISHOP_PAYMENTS_WEBHOOK_SECRET",
        "MINISHOP_SMTP_URL",
    } <= set(SECRETS)
    assert [] == list(unknown_names(f"{name}_FILE" for name in SECRETS))


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_from_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = next((good for end, good in reversed(GOOD.items()) if name.endswith(end)), "s" * 40)
    (tmp_path / "secret").write_text(f"{value}\n")
    monkeypatch.setenv(name, value)
    given = Settings()
    monkeypatch.delenv(name)
    assert given != Settings()

    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))

    assert given == Settings()


def test_a_secret_and_its_file_are_not_given_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("f" * 40)
    monkeypatch.setenv("MINISHOP_AUTH_KEY_SECRET", "e" * 40)
    monkeypatch.setenv("MINISHOP_AUTH_KEY_SECRET_FILE", str(tmp_path / "secret"))

    with pytest.raises(ValidationError) as caught:
        Settings()

    (error,) = caught.value.errors()
    assert (("auth", "key_secret"), True) == (error["loc"], "MINISHOP_AUTH_KEY_SECRET_FILE" in error["msg"])
    assert "eeee" not in str(caught.value)
    assert "ffff" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_SMTP_URL_FILE", str(tmp_path / "nothing"))

    with pytest.raises(ValidationError, match="nothing cannot be read: No such file"):
        Settings()


def test_what_a_file_holds_is_checked_as_the_setting_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("too short")
    monkeypatch.setenv("MINISHOP_ORDERS_CLIENT_SECRET_FILE", str(tmp_path / "secret"))

    with pytest.raises(ValidationError, match="at least 32"):
        Settings()
