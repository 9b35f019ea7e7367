"""The workloads: the containers, their rights, probes and limits."""

from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.deploy.plan import HTTP, PORTS, SETTINGS, Node, callees, secrets

UID = 10001
"""The user of the image."""
NGINX_UID = 101
SECRETS = "/run/secrets/minishop"
# The start-up script of nginx's image would write into /etc.
NGINX = ["nginx", "-c", "/etc/minishop/nginx.conf", "-g", "daemon off;"]
LABEL = "app.kubernetes.io/"
SHUT = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}


def labels(name: str, component: str) -> Node:
    """The labels of a workload, by which policies select its pods."""
    return {f"{LABEL}part-of": "minishop", f"{LABEL}name": name, f"{LABEL}component": component}


def of_service(name: ServiceName) -> list[Node]:
    """All objects of a service except for its policy."""
    probes = {
        # livez is answered before the database is there, so a start is slow only on a busy node.
        "startupProbe": _probe(name, "livez", 2, 30),
        "livenessProbe": _probe(name, "livez", 10, 3),
        "readinessProbe": _probe(name, "readyz", 5, 2),
    }
    container = {
        "name": name,
        "image": SETTINGS["images"]["minishop"],
        "args": ["serve", name],
        "env": environment(name, SETTINGS["pods"], SETTINGS["stop"]),
        "ports": [_port("http", HTTP), _port("metrics", PORTS["metrics"])],
        **probes,
        "volumeMounts": [
            {"name": "secrets", "mountPath": SECRETS, "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},
        ],
    }
    volumes = [
        {"name": "secrets", "secret": {"secretName": name, "defaultMode": 0o440}},
        {"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}},
    ]
    return _running(name, "service", container, volumes, UID, {"http": HTTP})


def of_gateway() -> list[Node]:
    """All objects of the gateway except for its policy and its configuration, a ConfigMap of the kustomization."""
    probe = {"httpGet": {"path": "/", "port": "probe"}, "timeoutSeconds": 2}
    container = {
        "name": "gateway",
        "image": SETTINGS["images"]["gateway"],
        "command": NGINX,
        "ports": [_port("http", PORTS["gateway"]), _port("probe", PORTS["probe"])],
        "startupProbe": {**probe, "periodSeconds": 2, "failureThreshold": 30},
        "livenessProbe": {**probe, "periodSeconds": 10, "failureThreshold": 3},
        "readinessProbe": {**probe, "periodSeconds": 5, "failureThreshold": 2},
        "volumeMounts": [
            {"name": "configuration", "mountPath": "/etc/minishop", "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},
        ],
        # nginx closes its port on SIGQUIT, the stop signal of its image, and ends when it has answered its requests.
        "lifecycle": {"preStop": {"exec": {"command": ["sleep", str(SETTINGS["stop"])]}}},
    }
    volumes = [
        {"name": "configuration", "configMap": {"name": "gateway"}},
        {"name": "tmp", "emptyDir": {"sizeLimit": "256Mi"}},
    ]
    return _running("gateway", "gateway", container, volumes, NGINX_UID, {"http": PORTS["gateway"]})


def of_migration() -> list[Node]:
    """The Job that migrates all schemas, as services do not."""
    container = {
        "name": "migrate",
        "image": SETTINGS["images"]["minishop"],
        "args": ["migrate"],
        "env": environment_of_migration(),
        "resources": SETTINGS["resources"]["service"],
        "securityContext": SHUT,
        "volumeMounts": [{"name": "secrets", "mountPath": SECRETS, "readOnly": True}],
    }
    sources = [
        {"secret": {"name": name, "items": [{"key": key, "path": f"{name}/{key}"} for key in _databases(name)]}}
        for name in SERVICES
    ]
    volumes = [{"name": "secrets", "projected": {"sources": sources, "defaultMode": 0o440}}]
    pod = pod_of("migrate", container, volumes, UID)
    template = {
        "metadata": {"labels": labels("migrate", "migration")},
        "spec": {**pod, "restartPolicy": "OnFailure"},
    }
    return [
        account("migrate", "migration"),
        manifest(
            "batch/v1",
            "Job",
            "migrate",
            "migration",
            # It is tried again until the database is there.
            {"backoffLimit": 20, "ttlSecondsAfterFinished": 86400, "template": template},
        ),
    ]


def _databases(name: ServiceName) -> Node:
    return {file: secret for file, secret in secrets(name).items() if secret.endswith("_DATABASE_URL")}


def environment_of_migration() -> list[Node]:
    """The variables of the migration, which has the secrets of each service in a folder."""
    urls = {secret: f"{name}/{file}" for name in SERVICES for file, secret in _databases(name).items()}
    return [variable(f"{name}_FILE", f"{SECRETS}/{path}") for name, path in urls.items()]


def environment(name: ServiceName, proxies: str, drain: int) -> list[Node]:
    """The variables of a service.

    Args:
        proxies: the address or network of the gateway.
        drain: seconds for which requests may still arrive when it is to end.
    """
    peers = [variable(f"MINISHOP_{peer.upper()}_URL", f"http://{peer}:{HTTP}") for peer in callees(name)]
    files = [variable(f"{secret}_FILE", f"{SECRETS}/{file}") for file, secret in secrets(name).items()]
    return [
        variable("MINISHOP_HOST", "0.0.0.0"),
        variable("MINISHOP_PORT", str(HTTP)),
        variable("MINISHOP_METRICS_HOST", "0.0.0.0"),
        variable("MINISHOP_METRICS_PORT", str(PORTS["metrics"])),
        variable("MINISHOP_DATA_DIR", "/tmp"),
        variable("MINISHOP_LOG_FORMAT", "json"),
        variable("MINISHOP_MIGRATE", "off"),
        variable("MINISHOP_DRAIN_SECONDS", str(drain)),
        variable("MINISHOP_TRUSTED_PROXIES", proxies),
        *peers,
        *files,
    ]


def variable(name: str, value: str) -> Node:
    return {"name": name, "value": value}


def _port(name: str, number: int) -> Node:
    return {"name": name, "containerPort": number}


def _probe(service: str, operation: str, period: int, failures: int) -> Node:
    return {
        "httpGet": {"path": f"/{service}/{operation}", "port": "http"},
        "periodSeconds": period,
        "timeoutSeconds": 5,
        "failureThreshold": failures,
    }


def _running(
    name: str, component: str, container: Node, volumes: list[Node], uid: int, ports: dict[str, int]
) -> list[Node]:
    """A Deployment whose replicas are counted by an autoscaler, and the objects around it."""
    container = {
        **container,
        "resources": SETTINGS["resources"][component],
        "securityContext": SHUT,
    }
    selector = {"matchLabels": labels(name, component)}
    pod = {
        **pod_of(name, container, volumes, uid),
        "terminationGracePeriodSeconds": SETTINGS["grace"][component],
        "topologySpreadConstraints": [
            {
                "maxSkew": 1,
                "topologyKey": "kubernetes.io/hostname",
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": selector,
            }
        ],
    }
    deployment = {
        "selector": selector,
        "strategy": {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
        "template": {"metadata": {"labels": labels(name, component)}, "spec": pod},
    }
    service = {
        "selector": labels(name, component),
        "ports": [{"name": port, "port": number, "targetPort": port} for port, number in ports.items()],
    }
    usage = {"type": "Utilization", "averageUtilization": SETTINGS["cpu_percent"]}
    scaling = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name},
        "minReplicas": SETTINGS["replicas"]["min"],
        "maxReplicas": SETTINGS["replicas"]["max"],
        "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": usage}}],
    }
    return [
        account(name, component),
        manifest("apps/v1", "Deployment", name, component, deployment),
        manifest("v1", "Service", name, component, service),
        manifest("policy/v1", "PodDisruptionBudget", name, component, {"maxUnavailable": 1, "selector": selector}),
        manifest("autoscaling/v2", "HorizontalPodAutoscaler", name, component, scaling),
    ]


def pod_of(name: str, container: Node, volumes: list[Node], uid: int) -> Node:
    return {
        "serviceAccountName": name,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,  # a Service named minishop would set MINISHOP_PORT
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": uid,
            "runAsGroup": uid,
            "fsGroup": uid,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [container],
        "volumes": volumes,
    }


def account(name: str, component: str) -> Node:
    account = {"automountServiceAccountToken": False}
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata(name, component), **account}


def manifest(version: str, kind: str, name: str, component: str, spec: Node) -> Node:
    return {"apiVersion": version, "kind": kind, "metadata": metadata(name, component), "spec": spec}


def metadata(name: str, component: str) -> Node:
    return {"name": name, "labels": labels(name, component)}
