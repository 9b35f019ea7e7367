"""The image: its parts, its rights, and a purchase in a container with little memory."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from scripts.deploy import sbom
from scripts.deploy.image import IMAGE, NOTICES, SBOM
from scripts.deploy.plan import ROOT
from scripts.deploy.workloads import UID
from tests.support.containers import Engine, wait_until
from tests.support.manifests import tool

OWN = {"minishop-client", "minishop-contracts", "minishop-server"}
MOST = 250 << 20
"""Bytes that the image adds to its base."""
MEMORY = "192m"
SHOP = "minishop-test"
SHUT = ("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges")
ABSENT = ("pip", "pip3", "uv", "uv-build", "cc", "gcc", "g++", "c++", "ld", "as", "make", "cargo", "schemathesis", "st")
"""Commands that build, install or fuzz."""
MODULES = ("pip", "ensurepip", "uv", "uv_build", "schemathesis", "pytest", "hypothesis")


def locked(path: Path) -> dict[str, str]:
    """The version of each distribution in a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", path.read_text("utf-8"), re.MULTILINE))


def test_hadolint_finds_nothing() -> None:
    ended = subprocess.run([tool("hadolint"), "Containerfile"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (0, "") == (ended.returncode, ended.stdout + ended.stderr)


def test_the_sbom_lists_exactly_the_lock_and_is_reproducible() -> None:
    found = json.loads(SBOM.read_text("utf-8"))

    assert locked(sbom.LOCK) == {each["name"]: each["version"] for each in found["components"]}
    assert "minishop-server" == found["metadata"]["component"]["name"]
    assert sbom.text() == SBOM.read_text("utf-8"), "run make sbom"


def test_the_image_has_the_versions_of_the_checkout() -> None:
    assert locked(sbom.LOCK).items() <= locked(ROOT / "requirements.lock").items()


@pytest.mark.container
def test_the_image_holds_the_lock_and_the_shop_alone(engine: Engine) -> None:
    code = "import json; from importlib.metadata import distributions as found; "
    code += "print(json.dumps({each.name: each.version for each in found()}))"
    found = {canonicalize_name(name): version for name, version in json.loads(engine.python(code)).items()}

    assert locked(sbom.LOCK) == {name: version for name, version in found.items() if name not in OWN}
    assert OWN <= found.keys()


@pytest.mark.container
def test_nothing_in_the_image_builds_installs_or_fuzzes(engine: Engine) -> None:
    code = f"import shutil, importlib.util as i; print([n for n in {ABSENT} if shutil.which(n)], "
    code += f"[n for n in {MODULES} if i.find_spec(n)])"
    files = "import pathlib; print([str(p) for f in ('/usr', '/opt') for p in pathlib.Path(f).rglob('pip*.whl')])"

    assert "[] []\n" == engine.python(code)
    assert "[]\n" == engine.python(files)


@pytest.mark.container
def test_the_image_has_the_documented_configuration(engine: Engine) -> None:
    (found,) = json.loads(engine.docker("image", "inspect", IMAGE))
    configuration = found["Config"]

    assert f"{UID}:{UID}" == configuration["User"]
    assert (["minishop"], ["up"]) == (configuration["Entrypoint"], configuration["Cmd"])
    assert {"8000/tcp", "9464/tcp"} == set(configuration["ExposedPorts"])
    assert "SIGTERM" == configuration["StopSignal"]
    assert IMAGE.partition(":")[2] == configuration["Labels"]["org.opencontainers.image.version"]
    assert "CMD" == configuration["Healthcheck"]["Test"][0]


@pytest.mark.container
def test_the_image_is_small_beside_its_base(engine: Engine) -> None:
    folders = ("/opt/minishop", "/usr/share/doc/minishop")
    code = f"import pathlib; print(sum(p.lstat().st_size for f in {folders} for p in pathlib.Path(f).rglob('*')))"

    assert int(engine.python(code)) <= MOST


@pytest.mark.container
def test_the_image_and_dist_have_the_sbom_and_the_licences(engine: Engine) -> None:
    notices = (ROOT / "dist" / "notices.txt").read_text("utf-8")
    heads = re.findall(r"^={100}\n(\S+) (\S+): .+$", notices, re.MULTILINE)

    assert locked(sbom.LOCK).keys() | OWN == {canonicalize_name(name) for name, _ in heads}
    assert notices == engine.python(f"print(open('{NOTICES}').read(), end='')")
    assert SBOM.read_text("utf-8") == engine.python(
        f"print(open('/usr/share/doc/minishop/{SBOM.name}').read(), end='')"
    )
    assert SBOM.read_text("utf-8") == (ROOT / "dist" / SBOM.name).read_text("utf-8")


@pytest.fixture(scope="module")
def shop(engine: Engine) -> Iterator[str]:
    """A healthy shop without rights and with little memory, whose data is in a volume."""
    limits = (f"--memory={MEMORY}", f"--memory-swap={MEMORY}")
    volume = f"--volume={SHOP}:/data"
    demo = "--env=MINISHOP_DEMO=small"
    engine.docker("run", "--detach", f"--name={SHOP}", "--network=none", *SHUT, *limits, volume, demo, IMAGE)
    try:
        wait_until(
            lambda: engine.inspected(SHOP, "{{.State.Health.Status}}") == "healthy",
            lambda: engine.docker("logs", SHOP) + engine.inspected(SHOP, "{{json .State}}"),
        )
        yield SHOP
    finally:
        engine.docker("rm", "--force", "--volumes", SHOP)
        engine.docker("volume", "rm", "--force", SHOP)


@pytest.mark.container
def test_a_healthy_shop_sells_without_rights_in_little_memory_and_ends_when_it_is_told(
    engine: Engine, shop: str
) -> None:
    sold = engine.docker("run", "--rm", f"--network=container:{shop}", *SHUT, IMAGE, "demo")

    assert "A purchase in the shop at http://127.0.0.1:8000" in sold
    assert "All seven services' books add up." in sold
    assert "false" == engine.inspected(shop, "{{.State.OOMKilled}}")

    engine.docker("stop", shop)

    assert "0" == engine.inspected(shop, "{{.State.ExitCode}}")


@pytest.mark.container
def test_a_shop_that_is_not_ready_is_not_healthy(engine: Engine) -> None:
    check = json.loads(engine.docker("image", "inspect", "--format={{json .Config.Healthcheck.Test}}", IMAGE))[1:]

    with pytest.raises(AssertionError, match="refused"):
        engine.docker("run", "--rm", "--network=none", f"--entrypoint={check[0]}", IMAGE, *check[1:])
