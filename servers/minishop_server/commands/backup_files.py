"""The files of a backup: a database for each service, and a manifest that is written last."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ..kit.database import sync
from ..kit.settings import SERVICES, ServiceName
from .errors import Refusal

FORMAT = 1
MANIFEST = "manifest.json"


class Kept(BaseModel):
    """The copy of a database: the number of its newest revision, its size and its SHA-256."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    schema_version: str
    bytes: int
    sha256: str


class Manifest(BaseModel):
    """The contents of a backup."""

    model_config = ConfigDict(extra="forbid")

    format: Literal[1]
    minishop: str
    """The version of the server that made the backup."""
    made_at: str
    instance: str
    """The host and the data folder."""
    services: dict[ServiceName, Kept]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a backup whose other files are complete."""
    with os.fdopen(os.open(folder / MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    sync(folder)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup.

    Raises:
        Refusal: the folder has no complete backup that this version can read.
    """
    path = folder / MANIFEST
    if not path.exists():
        raise Refusal(f"{folder} is no complete backup: {MANIFEST} is missing.")
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError:
        raise Refusal(f"{path} is damaged, or of a newer version of Minishop.") from None
    missing = [name for name in SERVICES if name not in manifest.services]
    if missing:
        raise Refusal(f"{path} is damaged: {', '.join(missing)} is missing.")
    return manifest


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
