"""The Compose file: its rights, its secrets, and a purchase through its gateway."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from minishop_contracts.calls import REACHES
from minishop_server.hosting.setting_names import known_names
from minishop_server.kit.documents import CLIENTS
from minishop_server.kit.settings import SERVICES
from scripts import strict_yaml
from scripts.deploy.compose import ADDRESSES
from scripts.deploy.plan import ROOT
from scripts.deploy.workloads import SECRETS
from tests.support.containers import BUILDING, STAND_IN, Engine, load, run, wait_until
from tests.support.first_sale import first_sale
from tests.support.shop import PASSWORD

PROJECT = strict_yaml.read(ROOT / "compose.yaml")
CONTAINERS: dict[str, dict[str, Any]] = PROJECT["services"]
STAND_INS = """\
FROM {base}
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light postgresql prometheus wget \\
    && groupmod -g 999 postgres && usermod -u 999 postgres \\
    && install -d -o 999 -g 999 -m 1777 /var/lib/postgresql/data
COPY postgres.sh /usr/local/bin/
ENV PATH=/usr/lib/postgresql/17/bin:$PATH LANG=C.UTF-8
USER 101
ENTRYPOINT ["sh", "/usr/local/bin/postgres.sh"]
"""
POSTGRES = """\
# The part of the entrypoint of PostgreSQL's image that the shop uses.
set -e
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS --pgdata="$PGDATA"
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses=''" --wait start
  for file in /docker-entrypoint-initdb.d/*.sh; do . "$file"; done
  pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
fi
exec postgres -c listen_addresses='*' "$@"
"""


PROMETHEUS = """\
FROM {image}
USER 65534
WORKDIR /prometheus
ENTRYPOINT ["prometheus", "--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
"""
TARGETS = "http://127.0.0.1:9090/api/v1/targets"


def write_secrets(folder: Path) -> dict[str, str]:
    """The texts of the files that the container `secrets` writes, by their paths."""
    script, files = CONTAINERS["secrets"]["command"]
    for volume in CONTAINERS["secrets"]["volumes"]:
        (folder / volume.rpartition("/")[2]).mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-c", script.replace("/secrets", str(folder)), files], check=True)
    return {name: (folder / name).read_text("utf-8") for name in json.loads(files)}


def test_a_later_start_writes_the_same_secrets_and_another_shop_has_others(tmp_path: Path) -> None:
    for name in "one", "other":
        (tmp_path / name).mkdir()

    first, again, other = (write_secrets(tmp_path / name) for name in ("one", "one", "other"))

    assert first == again
    assert not set(first.values()) & set(other.values())
    different = {name for name in first if not name.startswith("auth/") or name == "auth/auth-database-url"}
    assert len({first[name] for name in different}) == len(different)
    assert 32 <= min(map(len, first.values()))


def test_auth_has_the_secrets_of_its_clients_and_postgresql_the_passwords_of_the_urls(tmp_path: Path) -> None:
    found = write_secrets(tmp_path)

    for client in CLIENTS:
        assert found[f"{client}/{client}-client-secret"] == found[f"auth/{client}-client-secret"]
    for name in SERVICES:
        password = found[f"postgres/roles/{name}"]
        assert f"postgresql://{name}:{password}@postgres:5432/{name}" == found[f"{name}/{name}-database-url"]


@pytest.mark.parametrize("name", [*SERVICES, "migrate"])
def test_each_variable_is_a_setting_and_each_file_a_secret_of_the_service_alone(name: str) -> None:
    container, written = CONTAINERS[name], json.loads(CONTAINERS["secrets"]["command"][1])
    variables = container["environment"]
    owners = SERVICES if name == "migrate" else [name]
    assert set() == set(variables) - set(known_names())
    assert [f"secrets-{owner}" for owner in owners] == [each.partition(":")[0] for each in container["volumes"]]
    files = {value.removeprefix(f"{SECRETS}/") for key, value in variables.items() if key.endswith("_FILE")}

    if name == "migrate":
        assert files < written.keys()
    else:
        assert files == {each.partition("/")[2] for each in written if each.startswith(f"{name}/")}


def test_no_container_has_rights_that_it_does_not_need() -> None:
    for name, container in CONTAINERS.items():
        assert container["read_only"], name
        assert ["ALL"] == container["cap_drop"], name
        assert ["no-new-privileges:true"] == container["security_opt"], name
        assert all(port.startswith("127.0.0.1:") for port in container.get("ports", ())), name
    assert ["gateway"] == [name for name, each in CONTAINERS.items() if "ports" in each and "profiles" not in each]
    assert ["secrets"] == [name for name, container in CONTAINERS.items() if container.get("user") == "0:0"]


def test_only_services_that_reach_something_outside_are_in_a_network_with_a_way_out() -> None:
    inside = {name for name, network in PROJECT["networks"].items() if network.get("internal")}

    assert {"shop", "database"} == inside
    for name in SERVICES:
        assert set(CONTAINERS[name]["networks"]) - inside == ({"outside"} if REACHES[name] else set())
        assert CONTAINERS[name]["environment"]["MINISHOP_TRUSTED_PROXIES"] == ADDRESSES["gateway"]


def test_prometheus_scrapes_every_service() -> None:
    configuration = strict_yaml.read(ROOT / "deploy" / "compose" / "prometheus.yml")
    (job,) = configuration["scrape_configs"]

    assert [f"{name}:9464" for name in SERVICES] == job["static_configs"][0]["targets"]
    for name in SERVICES:
        assert "0.0.0.0" == CONTAINERS[name]["environment"]["MINISHOP_METRICS_HOST"]


def compose(engine: Engine, *words: str, text: str = "") -> str:
    """The output of a Compose command: of Docker's plugin, or of the earlier program."""
    program = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
    ended = subprocess.run(
        [*program, "--project-name=minishop-test", *words],
        cwd=ROOT,
        env=engine.environment,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert 0 == ended.returncode, ended.stdout[-4000:] + ended.stderr[-4000:]
    return ended.stdout


def test_compose_accepts_the_file() -> None:
    if not shutil.which("docker-compose"):
        (pytest.fail if "CI" in os.environ else pytest.skip)(
            "docker-compose is not installed: apt install docker-compose"
        )

    found = strict_yaml.parse(compose(Engine(), "--profile=monitoring", "config"))

    assert PROJECT["services"].keys() == found["services"].keys()


@pytest.fixture(scope="module")
def images(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The images of nginx, PostgreSQL and Prometheus, or stand-ins if the engine reaches no registry."""
    if engine.namespace is None:
        return
    folder = tmp_path_factory.mktemp("stand-ins")
    (folder / "Containerfile").write_text(STAND_INS.format(base=STAND_IN), "utf-8")
    (folder / "postgres.sh").write_text(POSTGRES, "utf-8")
    names = {CONTAINERS[name]["image"] for name in ("postgres", "gateway")}
    build(folder, names)
    (folder / "Containerfile").write_text(PROMETHEUS.format(image=min(names)), "utf-8")
    build(folder, {CONTAINERS["prometheus"]["image"]})
    for name in names | {CONTAINERS["prometheus"]["image"]}:
        load(engine, name, folder)


def build(folder: Path, names: set[str]) -> None:
    tags = [f"--tag={name}" for name in sorted(names)]
    run("buildah", "build", "--quiet", "--format=docker", "--pull=never", *tags, str(folder), environment=BUILDING)


@pytest.fixture(scope="module")
def shop(engine: Engine, images: None) -> Iterator[str]:
    """The address of the shop, after `docker compose up`."""
    try:
        compose(engine, "up", "--detach")
        yield "http://127.0.0.1:8000"
    finally:
        print(compose(engine, "logs", "--no-color", "--tail=20"))
        compose(engine, "down", "--volumes", "--timeout=5")


@pytest.mark.container
def test_the_first_up_sells_through_the_gateway(engine: Engine, shop: str) -> None:
    admin = ("exec", "-T", "auth", "minishop", "admin", "create", "grace", "grace@example.com", "--password-stdin")
    compose(engine, *admin, text=f"{PASSWORD}\n")

    assert "paid" == engine.outside(lambda: first_sale(shop))


@pytest.mark.container
def test_prometheus_beside_the_shop_reads_every_service(engine: Engine, shop: str) -> None:
    compose(engine, "up", "--detach", "prometheus")

    def health() -> list[str]:
        with suppress(httpx.TransportError):
            return [each["health"] for each in httpx.get(TARGETS).json()["data"]["activeTargets"]]
        return []

    wait_until(
        lambda: ["up"] * len(SERVICES) == engine.outside(health),
        lambda: compose(engine, "logs", "--no-color", "prometheus"),
    )
