"""The log of a test."""

from __future__ import annotations

import io
import json
from typing import Any


class Log:
    """The written lines."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()

    def lines(self) -> list[dict[str, Any]]:
        """Each is JSON."""
        return [json.loads(line) for line in self.bytes.getvalue().splitlines()]
