"""The rendered manifests of an overlay, and the pods and hosts between which their policies decide."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.deploy.plan import DEPLOY, ROOT, SETTINGS
from scripts.strict_yaml import parse_all, read

Node = dict[str, Any]
OVERLAYS = ("kind", "cnpg", "production")
KUBERNETES = DEPLOY / "kubernetes"
TOOLS = ROOT / ".venv-deploy" / "bin"
NAMESPACE: str = SETTINGS["namespace"]


@dataclass(frozen=True)
class Peer:
    """One end of a connection: a pod, or a host outside of the cluster if it has no namespace."""

    name: str
    namespace: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    address: str | None = None


OUTSIDERS = (
    Peer("dns", "kube-system", {"k8s-app": "kube-dns"}),
    Peer("edge", SETTINGS["namespaces"]["edge"], {"app.kubernetes.io/name": "ingress-nginx"}),
    Peer("monitoring", SETTINGS["namespaces"]["monitoring"], {"app.kubernetes.io/name": "prometheus"}),
    Peer("operator", SETTINGS["namespaces"]["operator"], {"app.kubernetes.io/name": "cloudnative-pg"}),
    # It has the labels of the gateway, which count for nothing in another namespace.
    Peer(
        "stranger",
        "default",
        {
            "app.kubernetes.io/part-of": "minishop",
            "app.kubernetes.io/name": "gateway",
            "app.kubernetes.io/component": "gateway",
        },
    ),
    Peer("internet", address="203.0.113.10"),
    Peer("metadata", address="169.254.169.254"),
)
DATABASE_HOST = Peer("postgres", address="10.100.0.10")
"""Of the overlay `production`."""


def tool(name: str) -> str:
    """The path of a tool of the tests."""
    assert (TOOLS / name).exists(), f"{name} is not installed: make .venv-deploy/ready"
    return str(TOOLS / name)


def rendered(folder: Path) -> list[Node]:
    """The objects of a kustomization."""
    ended = subprocess.run(
        [tool("kubectl"), "kustomize", str(folder)], capture_output=True, encoding="utf-8", check=False
    )
    assert 0 == ended.returncode, ended.stderr
    return parse_all(ended.stdout)


def peers(objects: list[Node]) -> list[Peer]:
    """The workloads of the manifests, and the outsiders."""
    inside = list(_workloads(objects))
    has_database = any(peer.name == "postgres" for peer in inside)
    return [*inside, *([] if has_database else [DATABASE_HOST]), *OUTSIDERS]


def _workloads(objects: list[Node]) -> Iterator[Peer]:
    for each in objects:
        name = each["metadata"]["name"]
        if each["kind"] in ("Deployment", "StatefulSet", "Job"):
            yield Peer(name, NAMESPACE, each["spec"]["template"]["metadata"]["labels"])
        elif each["kind"] == "Cluster":
            yield Peer(name, NAMESPACE, {"cnpg.io/cluster": name})  # as the operator labels its pods


def policies(objects: list[Node]) -> list[Node]:
    """The network policies of the manifests."""
    return [each for each in objects if each["kind"] == "NetworkPolicy"]


def expected_edges(overlay: str) -> set[str]:
    """The connections that expected.yaml allows, as `auth -> notifications:8000`."""
    expected = read(KUBERNETES / "expected.yaml")
    found = [*expected["all"].items(), *expected[overlay].items()]
    return {f"{source} -> {target}" for source, targets in found for target in targets}
