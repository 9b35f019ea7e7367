"""The image in a Docker engine: that of this machine if it gets the real base, or else one of these tests.

The latter has a network namespace of its own, and the image is built on a stand-in for its base: a Debian with Python.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from minishop_server.tools.processes import PATIENCE
from scripts.deploy import image
from scripts.deploy.plan import ROOT
from tests.support.lab import inside_namespace

T = TypeVar("T")
# Buildah builds, also if Docker runs: the stand-in is in the store of Buildah.
BUILDING = {**os.environ, "BUILDAH_ISOLATION": "chroot", "DOCKER_HOST": "unix:///dev/null"}
TOOLS = ("buildah", "dockerd", "docker", "ip", "mmdebstrap", "nsenter")
BASE = "python:3.13-slim"
STAND_IN = "localhost/minishop-stand-in"
PACKAGES = ("ca-certificates", "python3", "python3-venv")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


@cache
def gets_base() -> bool:
    """Whether the engine of this machine has the real base, or a registry that it comes from."""
    pull = ["docker", "pull", "--quiet", BASE]
    return image.engine() == "docker" and subprocess.run(pull, capture_output=True, check=False).returncode == 0


def missing() -> str:
    """The first thing that a container of these tests needs and does not have, or nothing."""
    if gets_base():
        return ""
    if os.geteuid() != 0:
        return f"An engine of the tests needs root, or Docker a registry with {BASE}."
    lacking = [name for name in TOOLS if shutil.which(name) is None]
    if lacking:
        return f"An engine of the tests needs {', '.join(lacking)}: apt install buildah docker.io iproute2 mmdebstrap"
    return ""


@dataclass(frozen=True)
class Engine:
    """A Docker engine by its address and the network namespace of its ports, or the default one."""

    address: str | None = None
    namespace: str | None = None

    def docker(self, *words: str) -> str:
        """The output of a command of the client."""
        return run("docker", *words, environment=self.environment)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of clients."""
        return {**os.environ, **({"DOCKER_HOST": self.address} if self.address else {})}

    def inspected(self, container: str, template: str) -> str:
        """A part of the state of a container."""
        return self.docker("inspect", f"--format={template}", container).strip()

    def outside(self, function: Callable[[], T]) -> T:
        """The result of a function that reaches the published ports."""
        return function() if self.namespace is None else inside_namespace(self.namespace, function)

    def python(self, code: str, *options: str) -> str:
        """The output of Python in a new container of the image."""
        return self.docker("run", "--rm", "--network=none", "--entrypoint=python", *options, image.IMAGE, "-c", code)


@contextmanager
def engine_with_image(say: Callable[[str], None]) -> Iterator[Engine]:
    """An engine that has the image, as `make image` builds it.

    Args:
        say: tells the reader of the test run on which base.
    """
    if gets_base():
        say(f"The image is built on its real base, {BASE}, by Docker on this machine.")
        run("make", "image")
        yield Engine()
        return
    say(f"Docker gets no {BASE} here. The image is built on a stand-in for it: Debian with its own Python.")
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder, _own_engine(Path(folder)) as engine:
        _make_stand_in(Path(folder))
        run("make", "image", f"BASE={STAND_IN}", environment=BUILDING)
        load(engine, image.IMAGE, Path(folder))
        yield engine


def load(engine: Engine, name: str, folder: Path) -> None:
    """Bring an image of Buildah into an engine."""
    archive = folder / "image.tar"
    run("buildah", "push", "--quiet", name, f"docker-archive:{archive}:{name}")
    engine.docker("load", "--quiet", f"--input={archive}")
    archive.unlink()


def _make_stand_in(folder: Path) -> None:
    """Make a base of Debian's packages, unless an earlier run has left one.

    It trusts the same certificates as this machine.
    """
    if run("buildah", "images", "--quiet", "--filter", f"reference={STAND_IN}").strip():
        return
    root = folder / "root.tar"
    run("mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(PACKAGES)}", "trixie", str(root))
    container = run("buildah", "from", "scratch").strip()
    run("buildah", "add", "--quiet", container, str(root))
    if Path(CERTIFICATES).exists():
        run("buildah", "copy", "--quiet", container, CERTIFICATES, CERTIFICATES)
    run("buildah", "config", f"--env=PIP_CERT={CERTIFICATES}", f"--env=PATH={PATH}", container)
    run("buildah", "commit", "--quiet", "--rm", container, STAND_IN)
    root.unlink()


@contextmanager
def _own_engine(folder: Path) -> Iterator[Engine]:
    """Run a Docker engine whose containers are cut off from every network."""
    name = f"minishop-engine-{os.getpid()}"
    address = f"unix://{folder}/docker.sock"
    run("ip", "netns", "add", name)
    run("ip", "-n", name, "link", "set", "lo", "up")
    # `ip netns exec` would hide the control groups.
    words = ["nsenter", f"--net=/run/netns/{name}", "dockerd", f"--data-root={folder}/data", f"--host={address}"]
    words += [f"--exec-root={folder}/exec", f"--pidfile={folder}/pid"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log)
    engine = Engine(address, name)
    try:
        wait_until(lambda: _answers(engine), lambda: (folder / "log").read_text("utf-8"))
        yield engine
    finally:
        process.terminate()
        process.wait()
        run("ip", "netns", "del", name)


def _answers(engine: Engine) -> bool:
    version = ["docker", "version", "--format={{.Server.Version}}"]
    return subprocess.run(version, env=engine.environment, capture_output=True, check=False).returncode == 0


def wait_until(is_so: Callable[[], bool], told: Callable[[], str]) -> None:
    """Look again and again, and fail with the text after a minute."""
    give_up = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < give_up, told()
        time.sleep(0.05)


def run(*words: str, environment: dict[str, str] | None = None) -> str:
    """The output of a command, run in the checkout."""
    ended = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert 0 == ended.returncode, f"{json.dumps(words)}: {ended.stdout[-2000:]}{ended.stderr[-4000:]}"
    return ended.stdout
