"""Draw the architecture: docs/architecture.md, from the imports of the code, its calls and the documents.

    python -m scripts.draw_architecture [--check]

With `--check` it writes nothing, and exits with 1 if the page is not up to date.
"""

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

from scripts import service_calls as calls
from scripts.imports import ROOT, imports
from scripts.spec_document import Document, absolute, load

PAGE = ROOT / "docs" / "architecture.md"
TEXT = Path(__file__).parent / "pages" / "architecture.md"
SERVER = ROOT / "servers" / "minishop_server"
ROOMS = ("commands", "tools", "hosting", "services", "contract", "kit")
OTHERS = {"minishop_contracts": "generated models", "minishop_client": "client"}
MAIL = "notifications.send_notification"
NEW_JOB = "add job "


def mermaid(kind: str, lines: Iterable[str]) -> str:
    """A block with a diagram."""
    return "\n".join(["```mermaid", kind, *(f"    {line}" for line in lines), "```"])


def room_imports() -> set[tuple[str, str]]:
    """The imports from one room to another, or to a generated package."""
    found = set()
    for room in ROOMS:
        for path in sorted((SERVER / room).rglob("*.py")):
            for name in imports(path):
                top, _, rest = name.partition(".")
                target = rest.partition(".")[0] if top == SERVER.name else top
                if target != room and target in (*ROOMS, *OTHERS):
                    found.add((room, target))
    return found


def house() -> str:
    """The rooms and their imports."""
    names = {**{room: f"{room}/" for room in ROOMS}, **{name: f"{name}<br/>{what}" for name, what in OTHERS.items()}}
    order = list(names)
    edges = sorted(room_imports(), key=lambda edge: (order.index(edge[0]), order.index(edge[1])))
    used = {name for edge in edges for name in edge}
    boxes = [f'{name}["{text}"]' for name, text in names.items() if name in used]
    return mermaid("flowchart TD", [*boxes, *(f"{start} --> {end}" for start, end in edges)])


def rooms() -> str:
    """A table of the rooms with the packages and modules in each."""
    lines = ["| package | modules |", "|---|---|"]
    for room in ROOMS:
        inside = sorted(
            f"{path.name}/" if path.is_dir() else path.stem
            for path in (SERVER / room).iterdir()
            if path.suffix == ".py" or (path / "__init__.py").exists()
        )
        lines.append(f"| `{room}/` | {', '.join(f'`{name}`' for name in inside if name != '__init__')} |")
    return "\n".join(lines)


def documents() -> dict[str, Document]:
    """The documents of the services by name."""
    roots = {name: absolute(root, name) for name, root in load().items()}
    return {name: Document(name, roots) for name in roots if name in calls.NAMES}


def service_graph() -> str:
    """Which service calls which, from the `x-calls` of the documents."""
    edges = set()
    for name, document in documents().items():
        declared = [*document.root.get("x-calls", [])]
        declared += [call for operation in document.operations for call in operation.node.get("x-calls", [])]
        edges |= {(name, call.partition(".")[0]) for call in declared}
    return mermaid("flowchart LR", [f"{start} --> {end}" for start, end in sorted(edges)])


def request_steps() -> list[str]:
    """The modules of contract/ in the order in which a request passes them, from the code of an operation."""
    tree = ast.parse((SERVER / "contract" / "operation.py").read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    home = {alias.name: node.module for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    modules = {"_by_address": "limits", "_by_caller": "limits", "_handler": "handler", "negotiate": "accept"}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            made = node.value.body if isinstance(node.value, ast.IfExp) else node.value
            if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id in home:
                modules[node.targets[0].attr] = str(home[made.func.id])
    (passed,) = (node for node in nodes if isinstance(node, ast.AsyncFunctionDef) and node.name == "__call__")
    steps = []
    for call in calls.in_order(passed):
        method = call.func
        names = [method.attr] if isinstance(method, ast.Attribute) else []
        if isinstance(method, ast.Attribute) and isinstance(method.value, ast.Attribute):
            names.append(method.value.attr)
        steps += [modules[name] for name in names if name in modules][:1]
    return list(dict.fromkeys(steps))


def request() -> str:
    """The path of a request."""
    before = ["hosting/http_server", "hosting/request_log", "contract/middleware", "contract/routing"]
    steps = [*before, *(step if step == "handler" else f"contract/{step}" for step in request_steps())]
    at = steps.index("handler")
    steps[at : at + 1] = ["services/…/handlers", "services/…/domain", "services/…/store"]
    boxes = [f's{number}["{step}"]' for number, step in enumerate(steps)]
    return mermaid("flowchart TD", [*boxes, " --> ".join(f"s{number}" for number in range(len(steps)))])


def _arrows(service: str, start: ast.AST, owner: str, known: calls.Functions) -> list[str]:
    """The calls to other services and the new jobs that a function leads to."""
    lines = []
    for step in calls.steps(start, owner, known):
        peer, _, operation = step.partition(".")
        if operation and step != calls.OWN_TOKEN:
            lines.append(f"{service}->>{peer}: {operation}")
        elif not operation:
            lines.append(f"Note over {service}: {NEW_JOB}{step}")
    return list(dict.fromkeys(lines))


def checkout() -> str:
    """The calls of a checkout: the request, and then each job that follows from it."""
    known, work = calls.functions(calls.modules("orders")), calls.jobs("orders")
    handler = calls.functions(calls.modules("orders", "handlers".__eq__))["checkout"]
    parts = [["customer->>orders: POST /orders/checkout", *_arrows("orders", handler, handler.args.args[0].arg, known)]]
    done: list[str] = []
    for part in parts:  # grows
        for kind in (line.rpartition(NEW_JOB)[2] for line in part if NEW_JOB in line):
            if kind not in done:
                done.append(kind)
                inside = [
                    line
                    for line in _arrows("orders", known[work[kind]], "self", known)
                    if not line.endswith(f" {kind}")
                ]
                parts.append(["rect rgb(240, 240, 240)", f"Note over orders: job {kind}", *inside, "end"])
    lines = [line for part in parts for line in part]
    peers = dict.fromkeys(line.partition("->>")[2].partition(":")[0] for line in lines if line.startswith("orders->>"))
    return mermaid(
        "sequenceDiagram", ["actor customer", *(f"participant {name}" for name in ("orders", *peers)), *lines]
    )


def mail() -> str:
    """The jobs that send mail, and the operations whose document declares a mail."""
    lines = []
    for service in calls.NAMES:
        known = calls.functions(calls.modules(service))
        for kind, function in calls.jobs(service).items():
            if function in known and MAIL in calls.steps(known[function], "self", known):
                lines.append(f'{service}_{kind}["{service}: job {kind}"] --> send["{MAIL}"]')
    for kind in calls.jobs("notifications"):
        lines.append(f'send --> {kind}["notifications: job {kind}"]')
        lines += [f'{kind} --> smtp["SMTP server"]', f'{kind} --> box["mailbox folder"]']
    return mermaid("flowchart LR", lines)


def mail_operations() -> str:
    """A table of the operations that send a mail."""
    lines = ["| service | operations that send mail |", "|---|---|"]
    for name, document in documents().items():
        operations = [o.node["operationId"] for o in document.operations if MAIL in o.node.get("x-calls", [])]
        if operations:
            lines.append(f"| {name} | {', '.join(f'`{operation}`' for operation in operations)} |")
    return "\n".join(lines)


def page() -> str:
    """The page: the text of the template with its pictures."""
    text = TEXT.read_text(encoding="utf-8")
    for part in house, rooms, service_graph, request, checkout, mail, mail_operations:
        mark = f"<!-- {part.__name__} -->"
        assert mark in text, mark
        text = text.replace(mark, part())
    return text


def main() -> int:
    """1 if the page is not up to date and was only to be checked."""
    if "--check" in sys.argv[1:]:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page()
        if stale:
            print(f"{PAGE.name} is not up to date: run make generate.")
        return int(stale)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
