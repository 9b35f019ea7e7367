"""The log of a test."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from logging import INFO
from typing import Any

import pytest
from structlog.testing import capture_logs

from minishop_server.kit import logging


class Log:
    """The written lines."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()

    def lines(self) -> list[dict[str, Any]]:
        """Each is JSON."""
        return [json.loads(line) for line in self.bytes.getvalue().splitlines()]


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """All log lines in the block, of level info or more."""
    with capture_logs() as lines, pytest.MonkeyPatch.context() as patch:

        def note(line: str, level: int) -> None:
            if level >= INFO:
                lines.append(json.loads(line))

        patch.setattr(logging, "write_request", note)
        yield lines  # type: ignore[misc]
