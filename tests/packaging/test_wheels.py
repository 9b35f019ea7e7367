"""The contents of the wheels, which work outside the checkout."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
FOLDERS = {"minishop_client": "clients", "minishop_contracts": "generated", "minishop_server": "servers"}
SOURCES = {".py", ".yaml", ".html", ".css", ".txt", ".js", ".svg", ".json", ".toml", ".typed"}


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The three wheels by the name of their package, built by the back end their `pyproject.toml` names."""
    folder = tmp_path_factory.mktemp("wheels")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    built = {}
    for package, distribution in FOLDERS.items():
        output = subprocess.run(
            [sys.executable, "-c", "import sys, uv_build; print(uv_build.build_wheel(sys.argv[1]))", str(folder)],
            cwd=ROOT / distribution,
            env={**os.environ, "PATH": path},
            check=True,
            capture_output=True,
            text=True,
        )
        built[package] = folder / output.stdout.split()[-1]
    return built


def metadata(wheel: Path) -> list[Requirement]:
    """The requirements of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        told = Parser().parsestr(archive.read(name).decode())
    assert "Apache-2.0" == told["License-Expression"]
    return [Requirement(text) for text in told.get_all("Requires-Dist", [])]


@pytest.mark.parametrize("package", FOLDERS)
def test_a_wheel_holds_every_source_its_types_its_licence_and_nothing_else(
    wheels: Mapping[str, Path], package: str
) -> None:
    folder = ROOT / FOLDERS[package]
    sources = {
        str(path.relative_to(folder))
        for path in (folder / package).rglob("*")
        if path.is_file() and path.suffix in SOURCES and "__pycache__" not in path.parts
    }

    with zipfile.ZipFile(wheels[package]) as archive:
        files = {name for name in archive.namelist() if not name.endswith("/")}

    information = {name for name in files if ".dist-info/" in name}
    assert sources == files - information
    assert f"{package}/py.typed" in files
    assert [1] == [sum(name.endswith("/licenses/LICENSE") for name in information)]


def test_the_data_that_the_services_read_is_in_the_wheels(wheels: Mapping[str, Path]) -> None:
    held = {package: zipfile.ZipFile(wheel).namelist() for package, wheel in wheels.items()}

    assert 7 == sum(name.endswith(".yaml") for name in held["minishop_contracts"])
    assert 7 == len({name.split("/")[2] for name in held["minishop_server"] if "/migrations/0100_" in name})
    read = {
        "hosting/pages/index.html",
        "hosting/pages/static/style.css",
        "services/auth/passwords/common_passwords.txt",
    }
    assert {f"minishop_server/{name}" for name in read} <= set(held["minishop_server"])


def test_the_client_needs_httpx_and_attrs_and_the_contracts_need_pydantic(wheels: Mapping[str, Path]) -> None:
    assert {"httpx", "attrs"} == {requirement.name for requirement in metadata(wheels["minishop_client"])}
    assert {"pydantic"} == {requirement.name for requirement in metadata(wheels["minishop_contracts"])}
    needed = {requirement.name: requirement for requirement in metadata(wheels["minishop_server"])}
    version = wheels["minishop_server"].name.split("-")[1]
    assert [f"=={version}"] * 2 == [str(needed[f"minishop-{part}"].specifier) for part in ("client", "contracts")]


def installed(requirements: list[Requirement]) -> set[str]:
    """The distributions of this environment that these requirements come down to."""
    found: set[str] = set()
    ahead = list(requirements)
    while ahead:
        requirement = ahead.pop()
        if requirement.name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            found.add(requirement.name)
            ahead += map(Requirement, importlib.metadata.requires(requirement.name) or [])
    return found


def put(distribution: str, site_packages: Path) -> None:
    """Copy a distribution from this environment into another one."""
    for file in importlib.metadata.files(distribution) or []:
        source = Path(str(file.locate()))
        if ".." not in file.parts and source.is_file():
            target = site_packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def test_the_client_alone_imports_and_calls_where_nothing_of_the_server_is(
    wheels: Mapping[str, Path], tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    (site_packages,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    for distribution in installed(metadata(wheels["minishop_client"])):
        put(distribution, site_packages)
    zipfile.ZipFile(wheels["minishop_client"]).extractall(site_packages)
    program = """
import importlib, importlib.util, pkgutil
import httpx
import minishop_client
from minishop_client import Minishop, Retry

for module in pkgutil.walk_packages(minishop_client.__path__, "minishop_client."):
    importlib.import_module(module.name)
for absent in "minishop_server", "minishop_contracts", "connexion", "pydantic", "starlette":
    assert importlib.util.find_spec(absent) is None, absent
try:
    Minishop("http://127.0.0.1:9", retry=Retry(attempts=1)).auth.get_jwks()
except httpx.ConnectError:
    print(minishop_client.__file__)
"""

    ended = subprocess.run([python, "-I", "-W", "error", "-c", program], cwd=tmp_path, capture_output=True, text=True)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert Path(ended.stdout.strip()).is_relative_to(tmp_path)


def test_the_shop_runs_from_the_wheels_with_its_pages_and_its_migrations(
    wheels: Mapping[str, Path], tmp_path: Path
) -> None:
    for wheel in wheels.values():
        zipfile.ZipFile(wheel).extractall(tmp_path / "unpacked")
    program = """
import asyncio, pathlib
import httpx
import minishop_client, minishop_contracts, minishop_server
from minishop_server.commands.main import app
from minishop_server.tools.demo.seed import seed
from minishop_server.hosting.gateway import Gateway
from minishop_server.services.settings import Settings

async def main():
    gateway = Gateway(Settings(data_dir=pathlib.Path("data")))
    async with gateway.running(), httpx.AsyncClient(
        transport=httpx.ASGITransport(gateway), base_url="http://shop"
    ) as http:
        await seed(gateway)
        for path in "/", "/docs/orders", "/openapi/orders.yaml", "/assets/style.css", "/assets/swagger-ui.css":
            assert (await http.get(path)).status_code == 200, path

asyncio.run(main())
for package in minishop_client, minishop_contracts, minishop_server:
    print(package.__file__)
"""

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "unpacked")},
        capture_output=True,
        text=True,
    )

    assert 0 == ended.returncode, ended.stderr
    loaded = [Path(line) for line in ended.stdout.splitlines() if line.endswith("__init__.py")]
    assert [True] * 3 == [path.is_relative_to(tmp_path) for path in loaded]
