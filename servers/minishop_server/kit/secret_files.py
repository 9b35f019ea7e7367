"""Secrets out of files, as orchestrators mount them: `MINISHOP_X_FILE` names a file that holds `MINISHOP_X`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import PydanticBaseSettingsSource


def secret_fields(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    """Where a model holds secrets: the names that lead to each."""
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from ((name, *rest) for rest in secret_fields(kind))
        elif any(each is SecretStr or SecretStr in get_args(each) for each in (kind, *get_args(kind))):
            yield (name,)


def variable(path: tuple[str, ...]) -> str:
    """The variable that sets a secret."""
    return "_".join(("MINISHOP", *path)).upper()


class SecretFiles(PydanticBaseSettingsSource):
    """The secrets in files, without the line break at the end of a file."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """The secrets by field.

        Raises ValidationError for an unreadable file and for a secret that is given twice, and names them.
        """
        found: dict[str, Any] = {}
        for path in secret_fields(self.settings_cls):
            file = os.environ.get(f"{variable(path)}_FILE")
            if file:
                *outer, last = path
                inner = found
                for name in outer:
                    inner = inner.setdefault(name, {})
                inner[last] = self._read(path, Path(file))
        return found

    def _read(self, path: tuple[str, ...], file: Path) -> str:
        if os.environ.get(variable(path)):
            raise self._invalid(path, f"is set, and so is {variable(path)}_FILE: one of them is meant")
        try:
            return file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise self._invalid((*path, "file"), f"{file} cannot be read: {why}") from None

    def _invalid(self, path: tuple[str, ...], message: str) -> ValidationError:
        detail = InitErrorDetails(
            type=PydanticCustomError("secret_file", "{text}", {"text": message}), loc=path, input=""
        )
        return ValidationError.from_exception_data(self.settings_cls.__name__, [detail], hide_input=True)
