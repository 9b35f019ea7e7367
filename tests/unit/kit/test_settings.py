"""Settings come from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from minishop_server.kit.settings import SERVICES
from minishop_server.services.settings import Settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("MINISHOP_")]:
        monkeypatch.delenv(name)


def test_without_any_each_service_has_a_file_in_the_data_folder() -> None:
    settings = Settings()

    assert [f"sqlite:///{Path.cwd()}/data/{name}.db" for name in SERVICES] == [
        settings.database_url(name) for name in SERVICES
    ]
    assert ("127.0.0.1", 8000, 900) == (settings.host, settings.port, settings.token_seconds)


@pytest.mark.parametrize(("text", "port"), [("0", 0), ("9465", 9465), ("off", "off")])
def test_the_port_for_metrics_is_a_number_or_off(monkeypatch: pytest.MonkeyPatch, text: str, port: int | str) -> None:
    assert None is Settings().metrics.port
    monkeypatch.setenv("MINISHOP_METRICS_PORT", text)

    assert port == Settings().metrics.port


@pytest.mark.parametrize("text", ["70000", "-1", "no", "1e3"])
def test_another_port_for_metrics_is_refused_once(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("MINISHOP_METRICS_PORT", text)

    with pytest.raises(ValidationError) as refusal:
        Settings()

    assert [("metrics", "port")] == [error["loc"] for error in refusal.value.errors()]


def test_a_variable_sets_what_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "MINISHOP_DATA_DIR": "/srv/shop",
        "MINISHOP_TOKEN_SECONDS": "60",
        "MINISHOP_AUTH_SESSION_IDLE_SECONDS": "3600",
        "MINISHOP_ORDERS_DATABASE_URL": "postgresql://orders:hunter2@db/orders",
        "MINISHOP_PAYMENTS_URL": "http://payments:8000",
        "MINISHOP_SHIPPING_CLIENT_SECRET": "s" * 32,
    }.items():
        monkeypatch.setenv(name, value)

    settings = Settings()

    assert "postgresql://orders:hunter2@db/orders" == settings.database_url("orders")
    assert "sqlite:////srv/shop/cart.db" == settings.database_url("cart")
    assert ("http://payments:8000", 60) == (settings.payments.url, settings.token_seconds)
    assert (3600, 7776000) == (settings.auth.session_idle_seconds, settings.auth.session_seconds)
    secret = settings.shipping.client_secret
    assert secret is not None
    assert "s" * 32 == secret.get_secret_value()


@pytest.mark.parametrize("code", ["cad", "EUR", "huf", "twd", "sle", "xcg"])
def test_a_currency_that_the_provider_charges_in_cents_is_taken(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_PAYMENTS_CURRENCY", code)

    assert code.lower() == Settings().payments.currency


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        ("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf isk JPY", "has none"),
        ("bhd jod kwd omr tnd", "has three decimals"),
        ("xxx xau btc cadx c", "no currency"),
    ],
)
def test_any_other_currency_is_refused_with_the_reason(
    codes: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in codes.split():
        monkeypatch.setenv("MINISHOP_PAYMENTS_CURRENCY", code)
        with pytest.raises(ValidationError) as refusal:
            Settings()
        assert reason in str(refusal.value), code


@pytest.mark.parametrize(
    ("text", "share"), [("true", 1.0), ("FALSE", 0.0), ("off", 0.0), ("1", 1.0), ("0", 0.0), ("0.01", 0.01)]
)
def test_answers_are_checked_all_or_none_or_a_share_of_them(
    text: str, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINISHOP_CHECK_RESPONSES", text)

    assert share == Settings().check_responses


@pytest.mark.parametrize("text", ["1.5", "-0.1", "sometimes", "nan"])
def test_a_share_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_CHECK_RESPONSES", text)

    with pytest.raises(ValidationError):
        Settings()


def test_several_are_told_apart_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_TRUSTED_PROXIES", "10.0.0.1, 192.168.0.0/16,2001:db8::/32")
    monkeypatch.setenv("MINISHOP_CORS_ORIGINS", "https://shop.example, http://localhost:3000,http://[::1]:3000,")

    settings = Settings()

    assert ["10.0.0.1/32", "192.168.0.0/16", "2001:db8::/32"] == list(map(str, settings.trusted_proxies))
    assert ("https://shop.example", "http://localhost:3000", "http://[::1]:3000") == settings.cors_origins


def test_without_them_no_proxy_is_trusted_no_origin_let_in_and_requests_are_counted() -> None:
    settings = Settings()

    assert ((), (), True) == (settings.trusted_proxies, settings.cors_origins, settings.rate_limits)


def test_no_secret_is_in_what_the_settings_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISHOP_ORDERS_DATABASE_URL", "postgresql://orders:hunter2@db/orders")
    monkeypatch.setenv("MINISHOP_ORDERS_CLIENT_SECRET", "hunter2" * 5)
    monkeypatch.setenv("MINISHOP_SMTP_URL", "smtp://shop:hunter2@mail")

    settings = Settings()

    assert "hunter2" not in f"{settings} {settings!r} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MINISHOP_ORDERS_CLIENT_SECRET", "hunter2"),
        ("MINISHOP_ORDERS_DATABASE_URL", "mysql://hunter2"),
        ("MINISHOP_SMTP_URL", "http://hunter2"),
        ("MINISHOP_SMTP_URL", "hunter2:25"),
        ("MINISHOP_PORT", "65536"),
        ("MINISHOP_PORT", "hunter2"),
        ("MINISHOP_TOKEN_SECONDS", "59"),
        ("MINISHOP_TRUSTED_PROXIES", "10.0.0.1,hunter2"),
        ("MINISHOP_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("MINISHOP_CORS_ORIGINS", "*"),
        ("MINISHOP_CORS_ORIGINS", "https://*.shop.example"),
        ("MINISHOP_CORS_ORIGINS", "https://shop.example/"),
        ("MINISHOP_CORS_ORIGINS", "https://Shop.example"),
        ("MINISHOP_CORS_ORIGINS", "https://shop.example:443"),
        ("MINISHOP_CORS_ORIGINS", "shop.example"),
        ("MINISHOP_CORS_ORIGINS", "null"),
    ],
)
def test_a_bad_value_is_refused_without_being_quoted(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError) as refusal:
        Settings()

    assert repr(value) not in str(refusal.value)
    assert "hunter2" not in str(refusal.value)
