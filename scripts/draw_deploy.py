"""Write deploy/kubernetes/, compose.yaml and its files from the documents in openapi/ and deploy/settings.yaml.

    python -m scripts.draw_deploy [--check]

With `--check` it writes nothing, and exits with 1 if a file is not up to date.
"""

import sys
from collections.abc import Iterable
from typing import Any

import yaml

from minishop_server.kit.settings import SERVICES
from scripts.deploy import compose, databases, http_routes, nginx, policies, workloads
from scripts.deploy.plan import DNS, ROOT, SETTINGS, Node, edges, edges_of_cluster

KUBERNETES = "deploy/kubernetes"
HEAD = "# Written by `make generate` from openapi/ and deploy/settings.yaml: do not edit.\n"
RESTRICTED = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def files() -> dict[str, str]:
    """The text of each generated file, by its path in the checkout."""
    manifests = {path: text(nodes) for path, nodes in _manifests().items()}
    manifests["base/nginx.conf"] = HEAD + nginx.configuration(SETTINGS["pods"])
    return {f"{KUBERNETES}/{path}": content for path, content in manifests.items()} | {
        "compose.yaml": HEAD + compose.NOTE + text([compose.project()]).removeprefix(HEAD),
        "deploy/compose/nginx.conf": HEAD + nginx.configuration(compose.NO_EDGE),
        "deploy/compose/databases.sh": HEAD + databases.SCRIPT,
        "deploy/compose/prometheus.yml": text([compose.scraping()]),
    }


def _manifests() -> dict[str, list[Node]]:
    found = {f"base/{name}.yaml": [*workloads.of_service(name), policies.of_service(name)] for name in SERVICES}
    found["base/gateway.yaml"] = [*workloads.of_gateway(), policies.of_gateway()]
    found["base/migrate.yaml"] = workloads.of_migration()
    found["base/policies.yaml"] = policies.common()
    found["base/namespace.yaml"] = [_namespace()]
    found["base/kustomization.yaml"] = [_kustomization(path.removeprefix("base/") for path in list(found))]
    single = [*databases.single(), policies.of_postgres(databases.PODS)]
    found["overlays/kind/postgres.yaml"] = [*single, policies.of_clients({"podSelector": databases.PODS})]
    cluster = [*databases.cluster(), policies.of_cluster(databases.CNPG_PODS)]
    found["overlays/cnpg/postgres.yaml"] = [*cluster, policies.of_clients({"podSelector": databases.CNPG_PODS})]
    found["components/gateway-api/routes.yaml"] = [*http_routes.http_routes(), policies.of_routes()]
    found["expected.yaml"] = [
        {"all": edges(), "kind": {"postgres": [*DNS]}, "cnpg": edges_of_cluster(), "production": {}}
    ]
    return found


def text(nodes: Iterable[Node]) -> str:
    """The documents of a generated YAML file."""
    return HEAD + yaml.dump_all(nodes, Dumper=_Dumper, sort_keys=False, width=120)


def _namespace() -> Node:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": SETTINGS["namespace"], "labels": RESTRICTED}}


def _kustomization(resources: Iterable[str]) -> Node:
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "namespace": SETTINGS["namespace"],
        "resources": sorted(resources),
        "configMapGenerator": [{"name": "gateway", "files": ["nginx.conf"]}],
    }


def main() -> int:
    """1 if a file is not up to date and `--check` was given, else 0."""
    expected = files()
    base = ROOT / KUBERNETES / "base"
    written = {path.relative_to(ROOT).as_posix() for path in base.rglob("*") if path.is_file()}
    if "--check" in sys.argv[1:]:
        present = {name for name in expected if (ROOT / name).exists()}
        stale = [n for n in sorted(expected) if n not in present or (ROOT / n).read_text("utf-8") != expected[n]]
        for name in [*stale, *sorted(written - set(expected))]:
            print(f"{name} is not up to date: run make generate.")
        return int(bool(stale or written - set(expected)))
    for name in written - set(expected):
        (ROOT / name).unlink()
    for name, content in expected.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
