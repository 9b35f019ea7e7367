"""The names of the settings: a variable of the shop's prefix that nothing reads is a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from ..kit.secret_files import secret_fields, variable
from ..services.settings import Settings

PREFIX = "MINISHOP_"
ELSEWHERE = (
    "MINISHOP_WORKERS",
    "MINISHOP_DEMO",
    "MINISHOP_AUDIT_USER",
    "MINISHOP_AUDIT_PASSWORD",
    "MINISHOP_FUZZ_FOLDER",
)
"""Variables that commands read for themselves."""


def known_names() -> list[str]:
    """The variables that something reads."""
    files = (f"{variable(path)}_FILE" for path in secret_fields(Settings))
    return [*_names(Settings, PREFIX), *ELSEWHERE, *files]


def unknown_names(variables: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """The variables of the prefix that set nothing, each with the name that was probably meant."""
    known = known_names()
    for name in sorted(variables):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            yield name, next(iter(get_close_matches(name.upper(), known, n=1)), None)


def _names(model: type[BaseModel], prefix: str) -> Iterator[str]:
    """The variables that set a model."""
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _names(kind, f"{prefix}{name.upper()}_")
        else:
            yield f"{prefix}{name.upper()}"
