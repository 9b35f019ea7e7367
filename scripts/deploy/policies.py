"""The network policies: nothing may connect to anything, except for the edges of the call graph."""

from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.deploy.plan import API_SERVER, CNPG_STATUS, HTTP, PORTS, SETTINGS, Node, callees, callers, outside_ports
from scripts.deploy.workloads import LABEL, labels

SERVICE = {"matchLabels": {f"{LABEL}part-of": "minishop", f"{LABEL}component": "service"}}
CLIENTS = {"matchExpressions": [{"key": f"{LABEL}component", "operator": "In", "values": ["service", "migration"]}]}
"""Of PostgreSQL."""
DNS = ("kube-system", {"k8s-app": "kube-dns"})


def common() -> list[Node]:
    """The policies of all pods of the namespace: a denial both ways, names, and metrics."""
    names = {"to": [_elsewhere(*DNS)], "ports": [_tcp(53), {"protocol": "UDP", "port": 53}]}
    metrics = {"from": [_elsewhere(SETTINGS["namespaces"]["monitoring"])], "ports": [_tcp(PORTS["metrics"])]}
    return [
        policy("default-deny", {}, ingress=[], egress=[]),
        policy("dns", {}, egress=[names]),
        policy("metrics", SERVICE, ingress=[metrics]),
    ]


def of_service(name: ServiceName) -> Node:
    """The policy of a service: from its callers and the gateway, to its callees and to its targets outside."""
    sources = [_workload(caller, "service") for caller in callers(name)] + [_workload("gateway", "gateway")]
    egress = [{"to": [_workload(callee, "service") for callee in callees(name)], "ports": [_tcp(HTTP)]}]
    if outside := outside_ports(name):
        block = {"ipBlock": {"cidr": "0.0.0.0/0", "except": SETTINGS["private"]}}
        egress.append({"to": [block], "ports": [_tcp(port) for port in outside]})
    ingress = [{"from": sources, "ports": [_tcp(HTTP)]}]
    return policy(name, {"matchLabels": labels(name, "service")}, ingress=ingress, egress=egress)


def of_gateway() -> Node:
    """The proxy that terminates TLS reaches the gateway, and the gateway every service."""
    edge = _elsewhere(SETTINGS["namespaces"]["edge"])
    return policy(
        "gateway",
        {"matchLabels": labels("gateway", "gateway")},
        ingress=[{"from": [edge], "ports": [_tcp(PORTS["gateway"])]}],
        egress=[{"to": [_workload(name, "service") for name in SERVICES], "ports": [_tcp(HTTP)]}],
    )


def of_routes() -> Node:
    """With the Gateway API, its proxy reaches every service itself."""
    edge = _elsewhere(SETTINGS["namespaces"]["edge"])
    return policy("routes", SERVICE, ingress=[{"from": [edge], "ports": [_tcp(HTTP)]}])


def of_clients(target: Node) -> Node:
    """The services and the migration reach their databases."""
    return policy("postgres-clients", CLIENTS, egress=[{"to": [target], "ports": [_tcp(PORTS["postgres"])]}])


def of_postgres(pods: Node) -> Node:
    """The single PostgreSQL of a test cluster answers its clients, and connects to nothing."""
    clients = {"from": [{"podSelector": CLIENTS}], "ports": [_tcp(PORTS["postgres"])]}
    return policy("postgres", pods, ingress=[clients])


def of_cluster(pods: Node) -> Node:
    """The instances of CloudNativePG also replicate, answer their operator, and report to the API server."""
    ports = [_tcp(PORTS["postgres"]), _tcp(CNPG_STATUS)]
    operator = _elsewhere(SETTINGS["namespaces"]["operator"], {f"{LABEL}name": "cloudnative-pg"})
    ingress = [
        {"from": [{"podSelector": CLIENTS}], "ports": [_tcp(PORTS["postgres"])]},
        {"from": [{"podSelector": pods}, operator], "ports": ports},
    ]
    # The address of the API server is different in each cluster.
    api_server = {"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]}}
    egress = [
        {"to": [{"podSelector": pods}], "ports": ports},
        {"to": [api_server], "ports": [_tcp(port) for port in API_SERVER]},
    ]
    return policy("postgres", pods, ingress=ingress, egress=egress)


def policy(name: str, selector: Node, *, ingress: list[Node] | None = None, egress: list[Node] | None = None) -> Node:
    rules = {"ingress": ingress, "egress": egress}
    present = {way: found for way, found in rules.items() if found is not None}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "labels": {f"{LABEL}part-of": "minishop"}},
        "spec": {"podSelector": selector, "policyTypes": [way.capitalize() for way in present], **present},
    }


def _workload(name: str, component: str) -> Node:
    return {"podSelector": {"matchLabels": labels(name, component)}}


def _elsewhere(namespace: str, pods: Node | None = None) -> Node:
    peer: Node = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}}
    if pods is not None:
        peer["podSelector"] = {"matchLabels": pods}
    return peer


def _tcp(port: int) -> Node:
    return {"protocol": "TCP", "port": port}
