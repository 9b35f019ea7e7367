"""Draw who may call what: docs/roles.md, from the documents in openapi/.

    python -m scripts.draw_roles [--check]

With `--check` it writes nothing, and exits with 1 where the page is not up to date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.spec_document import Document, Node, Operation, absolute, load

PAGE = Path(__file__).resolve().parent.parent / "docs" / "roles.md"
ROLES = ("customer", "admin", "service")
HEAD = """# Who may call what

Drawn by `make generate` from the documents in [openapi/](../openapi); do not edit.

*Anybody* needs no token; how often an address may call is counted then, apart from probes. What changes something is
counted by caller, with a limit for each role. *Own* means that a customer
reaches what is the customer's own alone, and the objects of others answer like missing ones (`x-owner`); where an
operation names no object, such as `GET /cart`, it is about the caller. Calls to other services go by the token that
came, or by the service's own where `auth.issue_token` stands.

All of it is enforced by `contract/`, out of the same documents, before a handler runs; `x-owner` is the domain's.
`tests/contract/test_authorization.py` asks every operation as every role, and for the objects of others.
"""


def page() -> str:
    """The page, with a table for each service."""
    roots = {name: absolute(root, name) for name, root in load().items()}
    parts = [HEAD]
    for name in roots:
        if operations := Document(name, roots).operations:
            parts.append("\n".join([f"## {name.capitalize()}", "", *_table(operations), ""]))
    return "\n".join(parts)


def _table(operations: list[Operation]) -> Iterator[str]:
    yield "| operation | request | anybody | customer | admin | service | limit | calls |"
    yield "|---|---|:-:|:-:|:-:|:-:|---|---|"
    for operation in operations:
        node = operation.node
        path, _, method = operation.place.removeprefix("paths.").rpartition(".")
        cells = [
            f"`{node['operationId']}`",
            f"{method.upper()} {path}",
            "" if operation.roles else "yes",
            *(_may(operation, role) for role in ROLES),
            _limit(node.get("x-rate-limit")),
            ", ".join(node.get("x-calls", ())),
        ]
        yield f"| {' | '.join(cells)} |".replace("  ", " ")


def _limit(limit: Node | None) -> str:
    if limit is None:
        return ""
    counted = limit["limit"]
    many = ", ".join(f"{role} {most}" for role, most in counted.items()) if "by" in limit else counted
    return f"{many} in {limit['seconds']} s"


def _may(operation: Operation, role: str) -> str:
    if role not in operation.roles:
        return ""
    return "own" if role == "customer" and "x-owner" in operation.node else "yes"


def main() -> int:
    """1 where the page is not up to date and was only to be checked."""
    if "--check" in sys.argv[1:]:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
        if stale:
            print(f"{PAGE.name} is not up to date: run make generate.")
        return int(stale)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
