"""HAProxy and nginx in front of services, as docs/deploy.md and deploy/nginx.conf.template configure them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template

import httpx

from minishop_server.kit.settings import SERVICES
from minishop_server.tools.processes import PATIENCE
from scripts.deploy.nginx import configuration
from tests.chaos.deployment import ROOT

DOCUMENTED = re.compile(r"^```haproxy\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUICK = "check inter 200ms fall 2 rise 1"
"""Probes that are five times as frequent as the documented ones."""

# Stands for a Service of Kubernetes: each connection goes to one ready process, and stays there.
SERVICE = Template("""
listen $name
  mode tcp
  bind 127.0.0.1:$port
  option httpchk GET /$name/readyz
  default-server $check
""")


def missing() -> str:
    """The programs that are not there."""
    lacking = [name for name in ("haproxy", "nginx") if shutil.which(name) is None]
    return f"The rolling restarts need {' and '.join(lacking)}: apt install haproxy nginx-light" if lacking else ""


def documented() -> str:
    """The configuration of HAProxy in the guide."""
    (text,) = DOCUMENTED.findall((ROOT / "docs" / "deploy.md").read_text("utf-8"))
    return str(text)


@contextmanager
def running_haproxy(folder: Path, port: int, replicas: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """HAProxy with the documented configuration for these ports, and its address."""
    text = documented()
    begin, backend = text.partition("backend cart\n")[0], "backend cart\n" + text.partition("backend cart\n")[2]
    assert "check inter 1s fall 2 rise 1" in backend
    for name in SERVICES:
        lines = [line for line in backend.splitlines() if not line.startswith("  server ")]
        own = "\n".join(lines).replace("cart", name).replace("check inter 1s fall 2 rise 1", QUICK)
        begin += own + "\n" + "".join(_servers(replicas[name]))
    begin, changed = re.subn(r"bind .*", f"bind 127.0.0.1:{port}", begin, count=1)
    assert changed
    with _running(folder, "haproxy", begin, "haproxy", "-db", "-f"):
        _wait(f"http://127.0.0.1:{port}/auth/readyz")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running_services(folder: Path, ports: Mapping[str, int], replicas: Mapping[str, Sequence[int]]) -> Iterator[None]:
    """An address for each service, as Kubernetes has one."""
    text = "defaults\n  timeout connect 3s\n  timeout client 75s\n  timeout server 75s\n  timeout check 5s\n"
    for name in SERVICES:
        text += SERVICE.substitute(name=name, port=ports[name], check=QUICK) + "".join(_servers(replicas[name]))
    with _running(folder, "services", text, "haproxy", "-db", "-f"):
        for name in SERVICES:
            _wait(f"http://127.0.0.1:{ports[name]}/{name}/readyz")
        yield


@contextmanager
def running_nginx(folder: Path, own: tuple[int, int], ports: Mapping[str, int]) -> Iterator[str]:
    """The gateway with its generated configuration, but for its ports and folders, and its address."""
    text = configuration("127.0.0.1").replace("/tmp/", f"{folder}/").replace("/dev/stdout", f"{folder}/nginx.txt")
    for name in SERVICES:
        text = text.replace(f"server {name}:8000 ", f"server 127.0.0.1:{ports[name]} ")
    for before, port in zip((8080, 8081), own, strict=True):
        text = text.replace(f"listen {before};", f"listen 127.0.0.1:{port};")
    user = "" if os.geteuid() else "user root;\n"
    with _running(folder, "nginx", user + text, "nginx", "-g", "daemon off;", "-c"):
        _wait(f"http://127.0.0.1:{own[1]}/")
        yield f"http://127.0.0.1:{own[0]}"


def _servers(ports: Sequence[int]) -> Iterator[str]:
    for number, port in enumerate(ports, 1):
        yield f"  server {number} 127.0.0.1:{port}\n"


@contextmanager
def _running(folder: Path, name: str, text: str, *command: str) -> Iterator[None]:
    path = folder / f"{name}.cfg"
    path.write_text(text, "utf-8")
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen([*command, str(path)], stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _wait(url: str) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < give_up, url
        time.sleep(0.05)
