"""Write Secrets with fresh random values, for a cluster on which PostgreSQL runs too.

    python -m scripts.deploy.secrets kind|cnpg FILE

The values are new each time: apply the file once, keep it apart from the repository, or delete it.
"""

import os
import secrets
import sys
from pathlib import Path

import yaml

from minishop_server.kit.settings import SERVICES
from scripts.deploy import plan
from scripts.deploy.plan import SETTINGS, Node

URLS = {
    "kind": "postgresql://{name}:{password}@postgres:5432/{name}",
    "cnpg": "postgresql://{name}:{password}@postgres-rw:5432/{name}"
    "?sslmode=verify-full&sslrootcert=/run/secrets/postgres/ca.crt",
}
"""The address of each service's database, by overlay."""


def manifests(overlay: str) -> list[Node]:
    """The Secrets of an overlay: one of each service, and those with the passwords of PostgreSQL's roles."""
    passwords: dict[str, str] = {name: secrets.token_urlsafe(24) for name in SERVICES}
    values: dict[str, str] = {}
    for name in SERVICES:
        for variable in plan.secrets(name).values():
            values.setdefault(variable, secrets.token_urlsafe(32))  # Auth has the client secrets of others, too
        url = URLS[overlay].format(name=name, password=passwords[name])
        values[f"MINISHOP_{name.upper()}_DATABASE_URL"] = url
    found = [
        _secret(name, {file: values[variable] for file, variable in plan.secrets(name).items()}) for name in SERVICES
    ]
    if overlay == "kind":
        superuser = {"password": secrets.token_urlsafe(24)}
        return [*found, _secret("postgres-roles", passwords), _secret("postgres-superuser", superuser)]
    roles = {name: {"username": name, "password": password} for name, password in passwords.items()}
    return [*found, *(_secret(f"postgres-{name}", role, "kubernetes.io/basic-auth") for name, role in roles.items())]


def _secret(name: str, values: dict[str, str], kind: str = "Opaque") -> Node:
    metadata = {"name": name, "namespace": SETTINGS["namespace"], "labels": {"app.kubernetes.io/part-of": "minishop"}}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": kind, "stringData": values}


def main() -> None:
    """Write the file for its owner alone to read, and never overwrite one."""
    overlay, file = sys.argv[1:]
    found = manifests(overlay)
    with os.fdopen(os.open(Path(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        yaml.safe_dump_all(found, opened, sort_keys=False)


if __name__ == "__main__":
    main()
