"""A shop on one machine behind Caddy or nginx, with the configurations in docs/deploy.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from minishop_server.hosting.http_server.ending import longest_end
from minishop_server.hosting.setting_names import known_names
from tests.support.first_sale import first_sale
from tests.support.ports import free_port
from tests.support.printed_commands import ROOT, blocks
from tests.support.processes import MINISHOP, PATIENCE, run, running_shop
from tests.support.shop import PASSWORD

GUIDE = ROOT / "docs" / "deploy.md"
NAME = "shop.example"
(UNIT,) = blocks(GUIDE, "ini")
SETTINGS = dict(line.removeprefix("Environment=").split("=", 1) for line in UNIT.splitlines() if "MINISHOP_" in line)
ADMIN = ("admin", "create", "grace", "grace@example.com", "--password-stdin")


def needs(*programs: str) -> None:
    """Skip a test without these, which CI has."""
    if lacking := [each for each in programs if shutil.which(each) is None]:
        (pytest.fail if "CI" in os.environ else pytest.skip)(f"The guide needs {' and '.join(lacking)}")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[str]:
    """A shop with the settings of the unit, whose admin is grace."""
    settings = {**SETTINGS, "MINISHOP_RATE_LIMITS": "on"}
    with running_shop(tmp_path, {**settings, "MINISHOP_DATA_DIR": str(tmp_path / "data")}) as (process, url):
        process.wait_until_printed("Ctrl-C stops it.")
        made = subprocess.run(
            [MINISHOP, *ADMIN, f"--data-dir={tmp_path / 'data'}"], input=f"{PASSWORD}\n", encoding="utf-8", check=False
        )
        assert 0 == made.returncode
        yield url.removeprefix("http://")


@pytest.fixture(params=["caddy", "nginx"])
def proxy(request: pytest.FixtureRequest, shop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a proxy in front of the shop."""
    needs(request.param, "openssl")
    names = ("-subj", f"/CN={NAME}", "-addext", "subjectAltName=IP:127.0.0.1")
    new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names)
    certificate, key = tmp_path / "shop.pem", tmp_path / "shop.key"
    subprocess.run([*new, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    port = free_port()
    (text,) = (block for block in blocks(GUIDE, request.param) if NAME in block)
    assert "127.0.0.1:8000" in text
    text = text.replace("127.0.0.1:8000", shop)
    behind = caddy if request.param == "caddy" else nginx
    with behind(text, port, certificate, key, tmp_path):
        yield f"https://127.0.0.1:{port}"


@contextmanager
def caddy(text: str, port: int, certificate: Path, key: Path, folder: Path) -> Iterator[None]:
    text = text.replace(f"{NAME} {{", f"https://127.0.0.1:{port} {{\n\ttls {certificate} {key}", 1)
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    with _running(folder, options + text, "caddy", "run", "--adapter", "caddyfile", "--config"):
        _wait(port)
        yield


@contextmanager
def nginx(text: str, port: int, certificate: Path, key: Path, folder: Path) -> Iterator[None]:
    text, changed = re.subn(r"(?<=listen )443(?= ssl;)", f"127.0.0.1:{port}", text)
    assert changed
    text = re.sub(r"(?<=ssl_certificate )[^;]+", str(certificate), text)
    text = re.sub(r"(?<=ssl_certificate_key )[^;]+", str(key), text)
    places = "".join(f"{each}_temp_path {folder / each};\n" for each in ("fastcgi", "proxy", "scgi", "uwsgi"))
    places += f"client_body_temp_path {folder / 'body'};\naccess_log off;\n"
    head = f"pid {folder / 'nginx.pid'};\nevents {{}}\n" + ("" if os.geteuid() else "user root;\n")
    with _running(folder, f"{head}http {{\n{places}{text}}}\n", "nginx", "-g", "daemon off;", "-c"):
        _wait(port)
        yield


@contextmanager
def _running(folder: Path, text: str, *command: str) -> Iterator[None]:
    path = folder / "proxy.conf"
    path.write_text(text, "utf-8")
    with (folder / "proxy.log").open("wb") as log:
        home = {**os.environ, "HOME": str(folder)}  # Caddy keeps files there
        process = subprocess.Popen([*command, str(path)], stdout=log, stderr=log, env=home)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _wait(port: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            httpx.get(f"https://127.0.0.1:{port}/")
            return
        except httpx.TransportError:
            assert time.monotonic() < give_up
            time.sleep(0.05)


def test_a_proxy_of_the_guide_sells_and_shows_no_internal_operation(proxy: str) -> None:
    assert "paid" == first_sale(proxy)

    with httpx.Client(base_url=proxy) as http:
        token, probe = http.post("/auth/token"), http.get("/orders/readyz")
        too_large = http.post("/auth/login", json={"username": "x" * (1 << 20), "password": PASSWORD})
        document = http.get("/openapi/orders.yaml")

    assert (404, 404, 413, 200) == tuple(each.status_code for each in (token, probe, too_large, document))
    assert "application/problem+json" == too_large.headers["Content-Type"]
    assert {"max-age=31536000"} == {each.headers["Strict-Transport-Security"] for each in (token, probe, document)}


def test_a_client_of_a_proxy_of_the_guide_forges_neither_its_address_nor_a_prefix(proxy: str) -> None:
    with httpx.Client(base_url=proxy) as http:
        prefixed = http.get("/nothing", headers={"X-Forwarded-Prefix": "/evil"})
        asked = [
            http.post("/auth/register", params={"nobody": "1"}, headers={"X-Forwarded-For": f"198.51.100.{n}"})
            for n in range(21)
        ]

    assert "/nothing" == prefixed.json()["instance"]
    assert [*[400] * 20, 429] == [answer.status_code for answer in asked]


def test_the_doctor_finds_nothing_unsafe_in_the_settings_of_the_unit(tmp_path: Path) -> None:
    settings = {**SETTINGS, "MINISHOP_RATE_LIMITS": "on", "MINISHOP_DATA_DIR": str(tmp_path)}

    done = run(tmp_path, "doctor", settings=settings)

    assert set() == set(SETTINGS) - set(known_names())
    assert 0 == done.returncode, done.stdout


def test_systemd_accepts_the_unit_and_waits_until_the_shop_has_ended(tmp_path: Path) -> None:
    needs("systemd-analyze")
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    file = tmp_path / "minishop.service"
    file.write_text(UNIT.replace("/opt/minishop/bin/minishop", str(MINISHOP)), "utf-8")

    ended = subprocess.run(
        ["systemd-analyze", "verify", file], capture_output=True, encoding="utf-8", env={**os.environ, "LC_ALL": "C"}
    )

    assert [] == [line for line in ended.stderr.splitlines() if "minishop.service" in line], ended.stderr
    assert int(seconds) > longest_end(0)
