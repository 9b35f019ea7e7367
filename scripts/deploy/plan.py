"""The facts that the manifests are written from: settings, edges of the call graph, and the secrets of each service."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minishop_contracts.calls import REACHES
from minishop_server.kit.documents import CLIENTS, calls
from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.strict_yaml import read

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = read(DEPLOY / "settings.yaml")
PORTS: Mapping[str, int] = SETTINGS["ports"]
HTTP = PORTS["http"]
CNPG_STATUS = 8000
"""The port on which an instance of CloudNativePG tells its state."""
API_SERVER = (443, 6443)

DNS = ("dns:53", "dns:53/udp")

Node = dict[str, Any]
Edges = dict[str, list[str]]
"""By source: the targets with their ports, for example `auth:8000`."""


def callees(service: ServiceName) -> list[ServiceName]:
    """The services that a service calls, itself included if it does."""
    called = {call.partition(".")[0] for call in calls(service)}
    return [name for name in SERVICES if name in called]


def callers(service: ServiceName) -> list[ServiceName]:
    """The services that call a service."""
    return [name for name in SERVICES if service in callees(name)]


def outside_ports(service: ServiceName) -> list[int]:
    """The ports that a service reaches outside of the cluster."""
    return sorted({port for target in REACHES[service] for port in SETTINGS["outside"][target]})


def edges() -> Edges:
    """All connections that every overlay allows, where `postgres` is its database."""
    found: Edges = {}
    for service in SERVICES:
        found[service] = [f"{name}:{HTTP}" for name in callees(service)] + [f"postgres:{PORTS['postgres']}", *DNS]
        found[service] += [f"internet:{port}" for port in outside_ports(service)]
    found["gateway"] = [f"{name}:{HTTP}" for name in SERVICES] + [*DNS]
    found["migrate"] = [f"postgres:{PORTS['postgres']}", *DNS]
    found["edge"] = [f"gateway:{PORTS['gateway']}"]
    found["monitoring"] = [f"{name}:{PORTS['metrics']}" for name in SERVICES]
    return found


def edges_of_cluster() -> Edges:
    """The connections that a CloudNativePG cluster allows beside those of every overlay."""
    ports = (PORTS["postgres"], CNPG_STATUS)
    instances = [f"postgres:{port}" for port in ports]
    return {
        "postgres": [*instances, *DNS, *(f"internet:{port}" for port in API_SERVER)],
        "operator": instances,
    }


def secrets(service: ServiceName) -> dict[str, str]:
    """The secrets that a service cannot start without, with the sandbox and the mailbox folder.

    A variable, for example `MINISHOP_AUTH_KEY_SECRET`, by the name of its file.
    """
    paths = [(service, "database_url")]
    if service == "auth":
        paths += [(service, "key_secret"), *((client, "client_secret") for client in CLIENTS)]
    elif service in CLIENTS:
        paths += [(service, "client_secret")]
    if service == "payments":
        paths += [(service, "webhook_secret")]
    return {f"{name}-{field}".replace("_", "-"): f"MINISHOP_{name}_{field}".upper() for name, field in paths}
