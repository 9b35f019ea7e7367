"""The Compose file: the shop on one machine, with the images, settings and limits of the manifests."""

import json
from ipaddress import ip_network

from minishop_contracts.calls import REACHES
from minishop_server.kit.settings import SERVICES, DatabaseSettings, ServiceName
from scripts.deploy import databases, workloads
from scripts.deploy.plan import PORTS, SETTINGS, Node, secrets
from scripts.deploy.secrets import URLS
from scripts.deploy.workloads import NGINX, SECRETS

NOTE = """\
#
# docker compose up
#
# starts seven services, PostgreSQL with a database for each, and the gateway on http://127.0.0.1:8000: see
# docs/deploy.md. Put your own settings into compose.override.yaml.
#
# Compose does not restrict the traffic between services to the declared calls: a network has no direction, and the
# callers of a service share its network. The manifests in deploy/kubernetes do.
"""
NO_EDGE = "127.0.0.1"
"""The gateway trusts the `X-Forwarded-For` of no client, as no proxy is in front of it."""
ADDRESSES = {
    name: str(ip_network(SETTINGS["compose"])[number]) for number, name in enumerate(("gateway", *SERVICES), 10)
}
"""Fixed, because nginx looks up the names once, and services trust the gateway by its address."""
NO_REPLICA = 0
"""Seconds to drain a service: there is no replica that its requests could go to."""
CONNECTIONS = len(SERVICES) * DatabaseSettings().pool_size + databases.SPARE
SHUT = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}
OWNERS = (*SERVICES, "postgres")
"""The containers that have secrets, each in a volume of its own."""
SCRIPT = """\
import hmac, json, pathlib, secrets, sys
root = pathlib.Path("/secrets")
seed, new = root / "seed" / "seed", root / "seed" / "new"
if not seed.exists():
    new.write_bytes(secrets.token_bytes(32))
    new.rename(seed)
class Values(dict):
    def __missing__(self, name):
        return hmac.new(seed.read_bytes(), name.encode(), "sha256").hexdigest()
for path, text in json.loads(sys.argv[1]).items():
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text.format_map(Values()))
"""
"""Derives all secrets from a random number that it keeps, so a later start writes the same ones."""


def project() -> Node:
    """The whole file."""
    return {
        "services": {
            "secrets": _secrets(),
            "postgres": _postgres(),
            "migrate": _migration(),
            **{name: _service(name) for name in SERVICES},
            "gateway": _gateway(),
            "prometheus": _prometheus(),
            "grafana": _grafana(),
        },
        "networks": {
            "front": {},
            "shop": {"internal": True, "ipam": {"config": [{"subnet": SETTINGS["compose"]}]}},
            "database": {"internal": True},
            "outside": {},
        },
        "volumes": {"data": {}, "metrics": {}, "secrets-seed": {}, **{f"secrets-{owner}": {} for owner in OWNERS}},
    }


def scraping() -> Node:
    """The configuration of Prometheus."""
    targets = [f"{name}:{PORTS['metrics']}" for name in SERVICES]
    return {
        "global": {"scrape_interval": "15s"},
        "rule_files": ["rules.yml"],
        "scrape_configs": [{"job_name": "minishop", "static_configs": [{"targets": targets}]}],
    }


def _secrets() -> Node:
    """The container that writes the secrets.

    Only the owner of a volume sees it, so its files are readable for every user.
    """
    return {
        "image": SETTINGS["images"]["minishop"],
        "user": "0:0",  # a new volume is root's
        "entrypoint": ["python", "-c"],
        "command": [SCRIPT, json.dumps(_files())],
        "network_mode": "none",
        "volumes": [f"secrets-{owner}:/secrets/{owner}" for owner in ("seed", *OWNERS)],
        **SHUT,
    }


def _files() -> dict[str, str]:
    """The text of each file with secrets, with a name in braces for each value."""
    found = {"postgres/superuser/password": "{superuser}"}
    for name in SERVICES:
        found[f"postgres/roles/{name}"] = f"{{{name}}}"
        url = URLS["kind"].format(name=name, password=f"{{{name}}}")
        for file, variable in secrets(name).items():
            found[f"{name}/{file}"] = url if variable.endswith("_DATABASE_URL") else f"{{{variable}}}"
    return found


def _postgres() -> Node:
    user = databases.UID
    return {
        "image": SETTINGS["images"]["postgres"],
        "user": f"{user}:{user}",
        "command": ["-c", f"max_connections={CONNECTIONS}"],
        "environment": _variables(databases.ENVIRONMENT),
        "volumes": [
            "data:/var/lib/postgresql/data",
            "secrets-postgres:/run/secrets:ro",
            "./deploy/compose/databases.sh:/docker-entrypoint-initdb.d/databases.sh:ro",
        ],
        "tmpfs": ["/tmp", f"/var/run/postgresql:uid={user},gid={user},mode=0770"],
        "networks": ["database"],
        "depends_on": {"secrets": {"condition": "service_completed_successfully"}},
        "healthcheck": {"test": ["CMD", *databases.IS_READY], "interval": "2s", "timeout": "5s", "retries": 30},
        **_lasting("postgres", 60),
    }


def _migration() -> Node:
    return {
        "image": SETTINGS["images"]["minishop"],
        "command": ["migrate"],
        "environment": _variables(workloads.environment_of_migration()),
        "volumes": [f"secrets-{name}:{SECRETS}/{name}:ro" for name in SERVICES],
        "networks": ["database"],
        "depends_on": {"postgres": {"condition": "service_healthy"}},
        "healthcheck": {"disable": True},
        **SHUT,
    }


def _service(name: ServiceName) -> Node:
    outside: Node = {"outside": {}} if REACHES[name] else {}
    return {
        "image": SETTINGS["images"]["minishop"],
        "command": ["serve", name],
        "environment": _variables(workloads.environment(name, ADDRESSES["gateway"], NO_REPLICA)),
        "volumes": [f"secrets-{name}:{SECRETS}:ro"],
        "tmpfs": ["/tmp:size=64m"],
        "networks": {"shop": {"ipv4_address": ADDRESSES[name]}, "database": {}, **outside},
        "depends_on": {"migrate": {"condition": "service_completed_successfully"}},
        **_lasting("service", SETTINGS["grace"]["service"]),
    }


def _gateway() -> Node:
    """The gateway, which starts when nginx can look up the names of all services."""
    probe = ["CMD", "wget", "-q", "-O", "/dev/null", f"http://127.0.0.1:{PORTS['probe']}/"]
    return {
        "image": SETTINGS["images"]["gateway"],
        "entrypoint": NGINX,
        "ports": [f"127.0.0.1:${{PORT:-8000}}:{PORTS['gateway']}"],
        "volumes": ["./deploy/compose/nginx.conf:/etc/minishop/nginx.conf:ro"],
        "tmpfs": ["/tmp:size=256m"],
        "networks": {"front": {}, "shop": {"ipv4_address": ADDRESSES["gateway"]}},
        "depends_on": {name: {"condition": "service_healthy"} for name in SERVICES},
        "healthcheck": {"test": probe, "interval": "10s", "timeout": "5s"},
        **_lasting("gateway", SETTINGS["grace"]["gateway"]),
    }


def _prometheus() -> Node:
    return {
        "image": SETTINGS["images"]["prometheus"],
        "profiles": ["monitoring"],
        "ports": ["127.0.0.1:9090:9090"],
        "volumes": [
            "metrics:/prometheus",
            "./deploy/compose/prometheus.yml:/etc/prometheus/prometheus.yml:ro",
            "./deploy/monitoring/rules.yml:/etc/prometheus/rules.yml:ro",
        ],
        "networks": ["front", "shop"],
        **_lasting("monitoring", 60),
    }


def _grafana() -> Node:
    """Grafana, in which every visitor reads the dashboard, and none can sign in."""
    dashboards, provisioning = "/etc/minishop/dashboards", "/etc/grafana/provisioning"
    return {
        "image": SETTINGS["images"]["grafana"],
        "profiles": ["monitoring"],
        "ports": ["127.0.0.1:3000:3000"],
        "environment": {
            "GF_AUTH_ANONYMOUS_ENABLED": "true",
            "GF_AUTH_BASIC_ENABLED": "false",
            "GF_AUTH_DISABLE_LOGIN_FORM": "true",
            "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH": f"{dashboards}/minishop.json",
        },
        "volumes": [
            f"./deploy/compose/grafana/datasources.yml:{provisioning}/datasources/minishop.yml:ro",
            f"./deploy/compose/grafana/dashboards.yml:{provisioning}/dashboards/minishop.yml:ro",
            f"./deploy/monitoring/dashboard.json:{dashboards}/minishop.json:ro",
        ],
        "tmpfs": ["/tmp", "/var/lib/grafana:uid=472,mode=0700"],
        "networks": ["front"],
        **_lasting("monitoring", 10),
    }


def _lasting(component: str, grace: int) -> Node:
    """The rights and limits of a container that does not end by itself."""
    memory = SETTINGS["resources"][component]["limits"]["memory"].removesuffix("i").lower()
    return {**SHUT, "mem_limit": memory, "stop_grace_period": f"{grace}s", "restart": "unless-stopped"}


def _variables(found: list[Node]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in found}
