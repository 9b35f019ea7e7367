"""The manifests are valid, the containers have no more rights than they need, and the policies allow the call graph."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import yaml

from minishop_contracts.calls import REACHES
from minishop_server.hosting.http_server.ending import DRAIN, longest_end
from minishop_server.hosting.setting_names import known_names
from minishop_server.kit.documents import calls
from minishop_server.kit.peers import LIMITS
from minishop_server.kit.settings import SERVICES
from minishop_server.tools.postgres import Postgres, running_postgres
from minishop_server.tools.processes import PATIENCE
from scripts.deploy.nginx import configuration
from scripts.deploy.plan import SETTINGS
from scripts.deploy.secrets import main as write_secrets
from scripts.deploy.secrets import manifests as secret_manifests
from tests.support.manifests import (
    KUBERNETES,
    NAMESPACE,
    OVERLAYS,
    Node,
    expected_edges,
    peers,
    policies,
    rendered,
    tool,
)
from tests.support.network_policies import analyzed_edges, edges

UNCHECKED = {"Cluster", "Database"}
"""The kinds of CloudNativePG.

The validator has no schema for them, nor for those of the Gateway API.
"""
OPTIONAL = {"smtp-url", "payments-stripe-key"}
"""Secrets that the overlay `production` asks for, and the others do not."""


@pytest.fixture(scope="module", params=OVERLAYS)
def overlay(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def objects(overlay: str) -> list[Node]:
    return rendered(KUBERNETES / "overlays" / overlay)


def pods(objects: list[Node]) -> dict[str, Node]:
    """The pod templates by workload."""
    kinds = ("Deployment", "StatefulSet", "Job")
    return {each["metadata"]["name"]: each["spec"]["template"]["spec"] for each in objects if each["kind"] in kinds}


def test_every_object_with_a_schema_is_valid(overlay: str, objects: list[Node], tmp_path: Path) -> None:
    secrets = [] if overlay == "production" else secret_manifests(overlay)
    checked = [each for each in [*objects, *secrets] if each["kind"] not in UNCHECKED]
    file = tmp_path / "objects.yaml"
    file.write_text(yaml.safe_dump_all(checked), "utf-8")

    ended = subprocess.run(
        [tool("kubernetes-validate"), "--strict", str(file)], capture_output=True, encoding="utf-8", check=False
    )

    assert 0 == ended.returncode, ended.stdout + ended.stderr
    assert len(checked) == (ended.stdout + ended.stderr).count(" passed ")
    assert {each["kind"] for each in objects} & UNCHECKED == (UNCHECKED if overlay == "cnpg" else set())


def test_the_policies_allow_the_expected_connections_and_no_others(
    overlay: str, objects: list[Node], tmp_path: Path
) -> None:
    expected = expected_edges(overlay)

    assert expected == edges(policies(objects), peers(objects))
    assert expected == analyzed_edges(policies(objects), peers(objects), tmp_path)


@pytest.mark.parametrize("fault", ["a policy is too wide", "a policy is missing", "one way is missing"])
def test_both_evaluations_find_a_fault_of_the_policies(fault: str, tmp_path: Path) -> None:
    objects = rendered(KUBERNETES / "overlays" / "kind")
    found = policies(objects)
    (cart,) = (policy for policy in found if policy["metadata"]["name"] == "cart")
    if fault == "a policy is too wide":
        cart["spec"]["ingress"].append(
            {"from": [{"namespaceSelector": {}}], "ports": cart["spec"]["ingress"][0]["ports"]}
        )
        different = {"stranger -> cart:8000", "edge -> cart:8000", "monitoring -> cart:8000", "dns -> cart:8000"}
        different |= {"operator -> cart:8000"}
    elif fault == "a policy is missing":
        found.remove(cart)
        different = {f"{source} -> cart:8000" for source in ("gateway", "orders")}
        different |= {f"cart -> {target}:8000" for target in ("auth", "catalog")}
    else:
        del cart["spec"]["egress"][0]["to"][0]
        different = {"cart -> auth:8000"}

    assert different == expected_edges("kind") ^ edges(found, peers(objects))
    assert different == expected_edges("kind") ^ analyzed_edges(found, peers(objects), tmp_path)


def test_the_expected_connections_between_services_are_the_calls_of_the_documents() -> None:
    between = {edge for edge in expected_edges("production") if edge.endswith(":8000") and "gateway" not in edge}
    outside = {edge.partition(" ")[0] for edge in expected_edges("production") if "internet" in edge}

    assert {f"{caller} -> {call.partition('.')[0]}:8000" for caller in SERVICES for call in calls(caller)} == between
    assert {name for name in SERVICES if REACHES[name]} == outside


def test_no_container_has_rights_that_it_does_not_need(objects: list[Node]) -> None:
    (namespace,) = (each for each in objects if each["kind"] == "Namespace")
    assert "restricted" == namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"]
    for name, pod in pods(objects).items():
        (container,) = pod["containers"]
        assert (False, False) == (pod["automountServiceAccountToken"], pod["enableServiceLinks"]), name
        assert pod["serviceAccountName"] == name
        assert {"type": "RuntimeDefault"} == pod["securityContext"]["seccompProfile"], name
        assert pod["securityContext"]["runAsNonRoot"], name
        assert {"cpu", "memory"} == set(container["resources"]["requests"]) == set(container["resources"]["limits"])
        shut = container["securityContext"]
        assert (False, True) == (shut["allowPrivilegeEscalation"], shut["readOnlyRootFilesystem"]), name
        assert {"drop": ["ALL"]} == shut["capabilities"], name


def test_all_objects_are_in_the_namespace(objects: list[Node]) -> None:
    outside = {each["kind"] for each in objects if each["metadata"].get("namespace") != NAMESPACE}

    assert {"Namespace"} == outside


def test_every_variable_of_a_container_is_a_setting(objects: list[Node]) -> None:
    for name, pod in pods(objects).items():
        if name in (*SERVICES, "migrate"):
            variables = [each["name"] for each in pod["containers"][0]["env"]]
            assert set() == set(variables) - set(known_names()), name
            assert len(variables) == len(set(variables)), name


def test_every_file_that_a_variable_names_is_in_a_secret(overlay: str, objects: list[Node]) -> None:
    keys = {each["metadata"]["name"]: set(each["stringData"]) for each in secret_manifests("cnpg")}
    for name in SERVICES:
        container = pods(objects)[name]["containers"][0]
        files = {each["value"].rpartition("/")[2] for each in container["env"] if each["name"].endswith("_FILE")}
        assert files - keys[name] <= (OPTIONAL if overlay == "production" else set()), name
        assert keys[name] <= files, name


def test_a_cluster_acknowledges_nothing_that_one_instance_alone_has() -> None:
    (cluster,) = (each for each in rendered(KUBERNETES / "overlays" / "cnpg") if each["kind"] == "Cluster")

    assert {"method": "any", "number": 1, "dataDurability": "required"} == cluster["spec"]["postgresql"]["synchronous"]
    assert cluster["spec"]["instances"] > 2  # one may be gone, and writes go on


def test_a_role_of_a_cluster_connects_to_its_own_database_alone() -> None:
    (cluster,) = (each for each in rendered(KUBERNETES / "overlays" / "cnpg") if each["kind"] == "Cluster")
    rules = [
        re.sub("^host(?:ssl)? (.+) all (.+)$", r"local \1 \2", rule) for rule in cluster["spec"]["postgresql"]["pg_hba"]
    ]
    with running_postgres() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            for name in "cart", "orders":
                connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'secret'")
                connection.execute(f"CREATE DATABASE {name} OWNER {name}")
        file = Path(server.handle.pgdata) / "pg_hba.conf"
        file.write_text("\n".join(["local all postgres trust", *rules, ""]), "utf-8")
        with psycopg.connect(server.url) as connection:
            connection.execute("SELECT pg_reload_conf()")

        give_up = time.monotonic() + PATIENCE
        while opens(server, "cart", "orders"):
            assert time.monotonic() < give_up  # the server reads the file soon
            time.sleep(0.05)
        assert opens(server, "cart", "cart")


def opens(server: Postgres, role: str, database: str) -> bool:
    """Whether a role may connect to a database."""
    try:
        psycopg.connect(server.url, user=role, password="secret", dbname=database).close()
    except psycopg.OperationalError as error:
        if "pg_hba.conf rejects" not in str(error):
            raise
        return False
    return True


def test_secrets_of_an_unknown_overlay_leave_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secrets.yaml"
    monkeypatch.setattr(sys, "argv", ["secrets", "production", str(file)])

    with pytest.raises(KeyError):
        write_secrets()

    assert not file.exists()


def test_pods_end_later_than_their_requests(objects: list[Node]) -> None:
    for name, pod in pods(objects).items():
        if name in (*SERVICES, "gateway"):
            container = pod["containers"][0]
            if name == "gateway":
                longest = 75 + int(container["lifecycle"]["preStop"]["exec"]["command"][1])
            else:
                assert "lifecycle" not in container, name  # it would be waited for twice
                (drain,) = (each["value"] for each in container["env"] if each["name"] == "MINISHOP_DRAIN_SECONDS")
                longest = longest_end(float(drain))
            assert pod["terminationGracePeriodSeconds"] > longest, name


def test_services_drain_for_longer_than_idle_connections_to_them_are_kept() -> None:
    (kept,) = set(re.findall(r"keepalive_timeout (\d+)s; }", configuration("127.0.0.1")))
    assert LIMITS.keepalive_expiry is not None
    for seconds in SETTINGS["stop"], DRAIN:
        assert seconds > max(float(kept), LIMITS.keepalive_expiry) + 1  # for the time to the signal
