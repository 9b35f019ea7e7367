"""The settings that all services share, from `MINISHOP_…` environment variables.

A setting of one service has its name: `MINISHOP_ORDERS_DATABASE_URL`, `MINISHOP_PAYMENTS_URL`.
"""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from .client_address import Network, is_this_machine
from .secret_files import SecretFiles

ServiceName = Literal["auth", "catalog", "cart", "orders", "payments", "shipping", "notifications"]
SERVICES: tuple[ServiceName, ...] = get_args(ServiceName)
LogLevel = Literal["debug", "info", "warning", "error"]

OWN_PATHS = frozenset({*SERVICES, "account", "assets", "docs", "openapi", "problems"})
"""With which a path prefix cannot begin: whether it was taken off could not be told."""
MOST_PREFIX = 100
_PREFIX = re.compile(r"(?:/(?!\.\.?(?:/|$))[A-Za-z0-9._~-]+)+")


def _known_database(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("sqlite:///", "postgresql://")):
        raise ValueError("starts with sqlite:/// or postgresql://")
    return url


_SHARES = {**dict.fromkeys(("true", "yes", "on"), 1.0), **dict.fromkeys(("false", "no", "off"), 0.0)}


def _share(value: object) -> object:
    return _SHARES.get(value.lower(), value) if isinstance(value, str) else value


def _port_or_off(text: Any) -> Any:
    if text in (None, "off"):
        return text
    if not str(text).isdecimal() or int(text) > 65535:
        raise ValueError("is a port from 0 to 65535, or off")
    return int(text)


def _listed(text: Any) -> Any:
    return [item.strip() for item in text.split(",") if item.strip()] if isinstance(text, str) else text


def _network(text: Any) -> Any:
    try:
        return ip_network(text)
    except ValueError:
        raise ValueError("looks like 10.1.2.3 or 10.0.0.0/8") from None


def _origin(text: str) -> str:
    # An `Origin` as browsers send it: no path, no capitals, no default port of the scheme (RFC 6454, section 6.2).
    found = re.fullmatch(r"(http|https)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?", text)
    if found is None or (found[1], found[3]) in (("http", "80"), ("https", "443")):
        raise ValueError("looks like https://shop.example or http://localhost:3000; * is not taken")
    return text


def path_prefix(text: str) -> str:
    """A path prefix without a slash at its end.

    Raises ValueError for an invalid one and for a path of the shop itself.
    """
    prefix = text.rstrip("/")
    if len(prefix) > MOST_PREFIX or not _PREFIX.fullmatch(prefix) or prefix.split("/")[1] in OWN_PATHS:
        raise ValueError("looks like /shop or /our/shop, and does not begin with a path of the shop itself")
    return prefix


class ServiceSettings(BaseModel):
    """`MINISHOP_<SERVICE>_URL`, `…_DATABASE_URL` and `…_CLIENT_SECRET`."""

    url: str | None = None
    """The address of the service for other services, for example `http://orders:8000`."""
    database_url: Annotated[SecretStr, AfterValidator(_known_database)] | None = None
    """`postgresql://…`, or a SQLite file in the data folder by default."""
    client_secret: SecretStr | None = Field(default=None, min_length=32)
    """The client secret of the service at Auth, which needs it too."""


class DatabaseSettings(BaseModel):
    """`MINISHOP_DATABASE_POOL_SIZE` and its like: how each service uses its database.

    Pool size and connection timeout are for PostgreSQL.
    """

    pool_size: int = Field(default=10, ge=1, le=1000)
    """Maximum number of connections of one process, each opened when needed."""
    connect_seconds: float = Field(default=5, gt=0, le=60)
    statement_seconds: float = Field(default=10, ge=0.1, le=3600)
    """After this a read on SQLite ends, and on PostgreSQL a statement and a transaction in which nothing happens."""


class MetricsSettings(BaseModel):
    """`MINISHOP_METRICS_PORT` and `…_HOST`: where metrics and probes are shown beside the service."""

    port: Annotated[int | Literal["off"] | None, BeforeValidator(_port_or_off)] = None
    """By default 9464, or a free port if that is in use.

    0 takes a free one, and `off` none.
    """
    host: str = "127.0.0.1"


class ProcessSettings(BaseSettings):
    """The settings that every service reads, and from which each service that has more derives its own class."""

    model_config = SettingsConfigDict(
        env_prefix="MINISHOP_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="ignore",
        hide_input_in_errors=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, SecretFiles(settings_cls)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    data_dir: Path = Path("data")
    """SQLite files and the mailbox folder."""
    log_level: LogLevel = "info"
    """The lowest level to log, except that libraries log only warnings and errors."""
    log_format: Literal["json", "console"] | None = None
    """`json` or `console`, by default `console` if standard error is a terminal."""
    check_responses: Annotated[float, BeforeValidator(_share)] = Field(default=1.0, ge=0, le=1)
    """The responses to validate before they are sent: `true`, `false`, or a share, for example 0.01."""
    rate_limits: bool = True
    """Count requests by address or by caller, as `x-rate-limit` says."""
    connections: int = Field(default=2000, ge=1, le=1_000_000)
    """Maximum number of connections of a process, or fewer if it may not open as many files."""
    connections_per_address: int = Field(default=256, ge=1, le=1_000_000)
    """Maximum number of connections of an address that is no trusted proxy."""
    expose: Literal["all", "public"] | None = None
    """The operations that `minishop up` answers from outside: `public` without those that only services and operators
    call, which is the default if it listens beyond this machine or a proxy is in front of it.
    """
    trusted_proxies: Annotated[
        tuple[Annotated[Network, BeforeValidator(_network)], ...], NoDecode, BeforeValidator(_listed)
    ] = ()
    """Addresses and networks, with commas between: whose `X-Forwarded-For`, `…-Prefix` and `…-Proto` are believed."""
    root_path: Annotated[str, AfterValidator(lambda text: text and path_prefix(text))] = ""
    """The path under which a proxy serves the shop, for example `/shop`, if the proxy does not send it."""
    cors_origins: Annotated[
        tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_listed)
    ] = ()
    """Origins, with commas between, whose pages may read answers."""
    drain_seconds: float | None = Field(default=None, ge=0, le=300)
    """Seconds in which a process that got SIGTERM still answers requests, but is not ready.

    By default 5 for `serve` and 0 for `up`.
    """
    migrate: bool = True
    """Migrate the schemas at the start instead of waiting for `minishop migrate`."""
    database: DatabaseSettings = DatabaseSettings()
    metrics: MetricsSettings = MetricsSettings()

    @property
    def hides_internal(self) -> bool:
        """Whether `minishop up` hides the operations that only services and operators call."""
        return self.expose == "public" or (self.expose is None and self.is_public)

    @property
    def is_public(self) -> bool:
        """Whether others than this machine reach it, directly or through a proxy."""
        return not is_this_machine(self.host) or bool(self.trusted_proxies or self.root_path)

    def service(self, name: ServiceName) -> ServiceSettings:
        """The settings of one service."""
        return cast(ServiceSettings, getattr(self, name))

    def database_url(self, name: ServiceName) -> str:
        """Where a service keeps its data."""
        url = self.service(name).database_url
        if url is not None:
            return url.get_secret_value()
        return f"sqlite:///{self.data_dir.absolute() / name}.db"
