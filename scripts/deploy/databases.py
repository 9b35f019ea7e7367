"""PostgreSQL with a database and a role for each service: a single server, and a CloudNativePG cluster."""

from minishop_server.kit.settings import SERVICES, DatabaseSettings
from scripts.deploy.plan import PORTS, SETTINGS, Node
from scripts.deploy.workloads import SHUT, account, labels, manifest, metadata, pod_of, variable

UID = 999
"""The user of the image."""
PODS = {"matchLabels": labels("postgres", "database")}
CNPG_PODS = {"matchLabels": {"cnpg.io/cluster": "postgres"}}
SPARE = 40
"""Connections for the migration, operators and replicas."""
CONNECTIONS = len(SERVICES) * SETTINGS["replicas"]["max"] * DatabaseSettings().pool_size + SPARE
ROLES = "/run/secrets/roles"
ENVIRONMENT = [
    variable("POSTGRES_PASSWORD_FILE", "/run/secrets/superuser/password"),
    variable("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256"),
    variable("PGDATA", "/var/lib/postgresql/data/pgdata"),
]
IS_READY = ["pg_isready", "--username=postgres", "--host=127.0.0.1"]
SCRIPT = f"""\
for file in {ROLES}/*; do
  psql --no-psqlrc --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \\
    --set=name="${{file##*/}}" --set=password="$(cat "$file")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
"""
"""Runs once, when the image finds an empty folder.

A file names a role and holds its password.
"""

HOSTS = ["hostssl sameuser all all scram-sha-256", "host all all all reject"]
"""A role connects to the database of its name alone.

The operator has rules of its own for its roles before these, and one for all other connections after them.
"""


def single() -> list[Node]:
    """One PostgreSQL that nothing replaces: for a cluster on which the shop is tried."""
    container = {
        "name": "postgres",
        "image": SETTINGS["images"]["postgres"],
        "args": ["-c", f"max_connections={CONNECTIONS}"],
        "env": ENVIRONMENT,
        "ports": [{"name": "postgres", "containerPort": PORTS["postgres"]}],
        "readinessProbe": {
            "exec": {"command": IS_READY},
            "periodSeconds": 5,
            "timeoutSeconds": 5,
        },
        "resources": SETTINGS["resources"]["postgres"],
        "securityContext": SHUT,
        "volumeMounts": [
            {"name": "data", "mountPath": "/var/lib/postgresql/data"},
            {"name": "run", "mountPath": "/var/run/postgresql"},
            {"name": "tmp", "mountPath": "/tmp"},
            {"name": "roles", "mountPath": ROLES, "readOnly": True},
            {"name": "superuser", "mountPath": "/run/secrets/superuser", "readOnly": True},
            {"name": "script", "mountPath": "/docker-entrypoint-initdb.d", "readOnly": True},
        ],
    }
    volumes = [
        {"name": "run", "emptyDir": {"sizeLimit": "1Mi"}},
        {"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}},
        {"name": "roles", "secret": {"secretName": "postgres-roles", "defaultMode": 0o440}},
        {"name": "superuser", "secret": {"secretName": "postgres-superuser", "defaultMode": 0o440}},
        {"name": "script", "configMap": {"name": "postgres"}},
    ]
    claim = {
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": SETTINGS["storage"]["kind"]}}},
    }
    server = {
        "serviceName": "postgres",
        "replicas": 1,
        "selector": PODS,
        "template": {"metadata": {"labels": PODS["matchLabels"]}, "spec": pod_of("postgres", container, volumes, UID)},
        "volumeClaimTemplates": [claim],
    }
    service = {"selector": PODS["matchLabels"], "ports": [{"name": "postgres", "port": PORTS["postgres"]}]}
    configuration = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata("postgres", "database"),
        "data": {"databases.sh": SCRIPT},
    }
    return [
        account("postgres", "database"),
        manifest("apps/v1", "StatefulSet", "postgres", "database", server),
        manifest("v1", "Service", "postgres", "database", service),
        configuration,
    ]


def cluster() -> list[Node]:
    """Three instances, of which a replica has each transaction on its disk before it is acknowledged.

    An acknowledged order therefore outlives the failover to a replica. If both replicas are gone, writes wait.
    """
    roles = [
        {"name": name, "ensure": "present", "login": True, "passwordSecret": {"name": f"postgres-{name}"}}
        for name in SERVICES
    ]
    spec = {
        "instances": 3,
        "postgresql": {
            "synchronous": {"method": "any", "number": 1, "dataDurability": "required"},
            "pg_hba": HOSTS,
            "parameters": {"max_connections": str(CONNECTIONS), "log_error_verbosity": "terse"},
        },
        "managed": {"roles": roles},
        "affinity": {"topologyKey": "kubernetes.io/hostname", "podAntiAffinityType": "required"},
        "resources": SETTINGS["resources"]["postgres"],
        "storage": {"size": SETTINGS["storage"]["cnpg"]},
    }
    version = "postgresql.cnpg.io/v1"
    databases = [
        manifest(version, "Database", name, "database", {"cluster": {"name": "postgres"}, "name": name, "owner": name})
        for name in SERVICES
    ]
    return [manifest(version, "Cluster", "postgres", "database", spec), *databases]
