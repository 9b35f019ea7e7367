"""The settings of Payments."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from ...kit.currencies import of_cents
from ...kit.settings import ProcessSettings, ServiceSettings


class PaymentsSettings(ServiceSettings):
    """`MINISHOP_PAYMENTS_PROVIDER`, and the settings of the provider."""

    provider: Literal["sandbox", "stripe"] = "sandbox"
    """The payment provider, of which the sandbox moves no money."""
    webhook_secret: SecretStr | None = Field(default=None, min_length=16)
    """The secret that signs the provider's webhooks.

    For the sandbox it is generated, so its replicas need the same setting.
    """
    stripe_key: SecretStr | None = None
    """The secret key, `sk_…`."""
    stripe_url: str | None = None
    """Another server that speaks Stripe's API."""
    currency: Annotated[str, AfterValidator(of_cents)] = "cad"
    """The ISO 4217 code of a currency with cents, by the provider's table."""

    webhook_days: int = Field(default=90, ge=7, le=36_500)
    """After as many days the id of a received event is deleted: longer than a provider repeats it."""

    @model_validator(mode="after")
    def _has_keys(self) -> Self:
        if self.provider == "stripe" and (self.stripe_key is None or self.webhook_secret is None):
            raise ValueError("provider stripe needs stripe_key and webhook_secret")
        return self


class Settings(ProcessSettings):
    """The settings of a process that Payments reads."""

    payments: PaymentsSettings = PaymentsSettings()
