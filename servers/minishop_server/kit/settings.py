"""All settings, from `MINISHOP_…` environment variables.

What concerns one service carries its name: `MINISHOP_ORDERS_DATABASE_URL`, `MINISHOP_PAYMENTS_URL`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, cast, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ServiceName = Literal["auth", "catalog", "cart", "orders", "payments", "shipping", "notifications"]
SERVICES: tuple[ServiceName, ...] = get_args(ServiceName)
CLIENTS: tuple[ServiceName, ...] = ("orders", "shipping")
"""The services that call others under their own name, and so have credentials at Auth."""

ISSUER = "minishop-auth"
AUDIENCE = "minishop"


def _known_database(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("sqlite:///", "postgresql://")):
        raise ValueError("starts with sqlite:/// or postgresql://")
    return url


def _mail_server(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("looks like smtp://user:password@host:587")
    return url


class ServiceSettings(BaseModel):
    """`MINISHOP_<SERVICE>_URL`, `…_DATABASE_URL` and `…_CLIENT_SECRET`."""

    url: str | None = None
    """Where the others reach the service, such as `http://orders:8000`."""
    database_url: Annotated[SecretStr, AfterValidator(_known_database)] | None = None
    """`postgresql://…`; without it, a SQLite file in the data folder."""
    client_secret: SecretStr | None = Field(default=None, min_length=32)
    """What the service proves itself to Auth with; Auth has to be given the same."""


class Settings(BaseSettings):
    """The settings of a process."""

    model_config = SettingsConfigDict(
        env_prefix="MINISHOP_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        extra="ignore",
        hide_input_in_errors=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    data_dir: Path = Path("data")
    """SQLite files and the mailbox folder."""
    check_responses: bool = True
    """Hold every answer against the document before it leaves."""
    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = None
    """`smtp://user:password@host:587`; without it, mail goes to the mailbox folder `mail`."""
    mail_from: str = "shop@minishop.example"
    token_seconds: int = Field(default=900, ge=60, le=86400)

    auth: ServiceSettings = ServiceSettings()
    catalog: ServiceSettings = ServiceSettings()
    cart: ServiceSettings = ServiceSettings()
    orders: ServiceSettings = ServiceSettings()
    payments: ServiceSettings = ServiceSettings()
    shipping: ServiceSettings = ServiceSettings()
    notifications: ServiceSettings = ServiceSettings()

    def service(self, name: ServiceName) -> ServiceSettings:
        """The settings of one service."""
        return cast(ServiceSettings, getattr(self, name))

    def database_url(self, name: ServiceName) -> str:
        """Where a service keeps its data."""
        url = self.service(name).database_url
        if url is not None:
            return url.get_secret_value()
        return f"sqlite:///{self.data_dir.absolute() / name}.db"
