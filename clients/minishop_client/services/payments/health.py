# Generated from openapi/ by scripts/generate.py: do not edit.
"""Probes."""

from __future__ import annotations

from minishop_client.calls import (
    Call,
    read_object,
)
from minishop_client.runtime import Api, AsyncApi, Response

from .models import (
    Health,
)


def _livez() -> Call[Health]:
    return Call(
        "GET",
        "/payments/livez",
        read_object(Health.from_dict),
        public=True,
    )


def _readyz() -> Call[Health]:
    return Call(
        "GET",
        "/payments/readyz",
        read_object(Health.from_dict),
        public=True,
    )


class HealthResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def livez(self) -> Response[Health]:
        """Ask whether the service runs."""
        return self._send(_livez())

    def readyz(self) -> Response[Health]:
        """Ask whether the service can work."""
        return self._send(_readyz())


class HealthResource(Api):
    """Probes. Each method returns the value or raises an ApiError."""

    def livez(self) -> Health:
        """Ask whether the service runs.

        Public. Does not query the database.
        """
        answer = self._send(_livez())
        return answer.parsed

    def readyz(self) -> Health:
        """Ask whether the service can work.

        Public. Queries the database.
        """
        answer = self._send(_readyz())
        return answer.parsed


class AsyncHealthResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def livez(self) -> Response[Health]:
        """Ask whether the service runs."""
        return await self._send(_livez())

    async def readyz(self) -> Response[Health]:
        """Ask whether the service can work."""
        return await self._send(_readyz())


class AsyncHealthResource(AsyncApi):
    """Probes. Each method returns the value or raises an ApiError."""

    async def livez(self) -> Health:
        """Ask whether the service runs.

        Public. Does not query the database.
        """
        answer = await self._send(_livez())
        return answer.parsed

    async def readyz(self) -> Health:
        """Ask whether the service can work.

        Public. Queries the database.
        """
        answer = await self._send(_readyz())
        return answer.parsed
