"""An image as a file for `docker load`, whose bytes follow from the layers and the configuration alone.

The names of the containers that built it and the order of the archive are left out. Docker's format stays, as only it
has a health check.
"""

import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

SAVES = {
    "podman": ["podman", "save", "--quiet", "--format=docker-archive", "--output={file}", "{image}"],
    "buildah": ["buildah", "push", "--quiet", "{image}", "docker-archive:{file}:{image}"],
}
"""The engines that build the same layers again, and how each writes an image into a file."""


def save(engine: str, image: str, path: Path) -> str:
    """Write the image into a new file, and return the SHA-256 of its bytes."""
    raw = path.with_suffix(".raw")
    command = [word.format(file=raw, image=image) for word in SAVES[engine]]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    with tarfile.open(raw) as source, tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as target:
        [saved] = json.loads(_read(source, "manifest.json"))
        configuration = _without_builder(json.loads(_read(source, saved["Config"])))
        layers = [f"{digest.removeprefix('sha256:')}.tar" for digest in configuration["rootfs"]["diff_ids"]]
        text = _text(configuration)
        name = f"{hashlib.sha256(text).hexdigest()}.json"
        _add(target, name, text)
        for layer, saved_layer in zip(layers, saved["Layers"], strict=True):
            _copy(source, saved_layer, target, layer)
        _add(target, "manifest.json", _text([{"Config": name, "RepoTags": [image], "Layers": layers}]))
    raw.unlink()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _without_builder(configuration: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in configuration.items() if key not in ("container", "container_config")}
    return {**kept, "config": {**kept["config"], "Hostname": ""}}


def _text(value: object) -> bytes:
    return json.dumps(value, sort_keys=True).encode()


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _copy(source: tarfile.TarFile, name: str, target: tarfile.TarFile, new_name: str) -> None:
    member = tarfile.TarInfo(new_name)
    file = source.extractfile(name)  # a link is followed
    assert file is not None
    file.seek(0, io.SEEK_END)
    member.size = file.tell()
    file.seek(0)
    target.addfile(member, file)
