"""Find documented behaviour that was never observed: tests or fuzzing must see each status, problem, field and keyword.

    python -m scripts.contract_coverage

Reads the records of `pytest` and `minishop fuzz` in reports/. For each operation, each of these has to be seen once:

- each status that is documented;
- each problem code of a status that has several (the only code of a status is seen with the status, because a service
  answers documented codes only: contract/responses.py);
- each parameter and each property of a body, in a request that succeeded;
- each keyword of their schemas, broken: a 400 that names the field with the code of the keyword.

Prints a line for each that nothing saw, and exits with 1 if there is any.
"""

import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minishop_server.tools.fuzz.observed_fields import PROBLEM, SENT, Field
from scripts.spec_document import Document, Node, Operation, absolute
from scripts.strict_yaml import read_all

with warnings.catch_warnings():
    # Connexion imports Starlette's test client, which has a word to say about its own dependency.
    warnings.simplefilter("ignore")
    from minishop_server.contract.schema import to_json_schema

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "generated" / "minishop_contracts" / "specs"
REPORTS = ROOT / "reports"
FORM = "application/x-www-form-urlencoded"

Seen = tuple[str, str, int | Field]
"""Service, operation id, and a status or a field."""

UNSEEN = {
    500: "only a fault of the program causes it; the tests of the kit cause some on purpose, in handlers of their own",
    503: "only a fault of a database or of a peer causes it; the tests cause it for those operations that call others",
}
"""Statuses that need not be seen for each operation, and why."""

HINTS = {
    "int32": "its bounds are checked, as minimum and maximum",
    "int64": "its bounds are checked, as minimum and maximum",
    "password": "not to be shown where it is typed",
}
"""Formats that nothing breaks."""

ALWAYS_TEXT = {
    "string": "all that comes is text",
    "array": "a text alone is a list of one",
    "object": "a form has nothing but names and texts",
}
"""Types that nothing breaks in a parameter or a form."""


def documented() -> set[Seen]:
    """The documented statuses, problem codes, fields and keywords."""
    roots = {name: absolute(root, name) for name, root in read_all(SPECS).items()}
    return {seen for name in roots for seen in said_by(Document(name, roots))}


def said_by(document: Document) -> Iterator[Seen]:
    """Each status, problem code, field and keyword of a document."""
    for operation in document.operations:
        name = operation.node["operationId"]
        for status, response in operation.responses.items():
            yield document.name, name, int(status)
            codes = response.get("x-problems", [])
            yield from ((document.name, name, (PROBLEM, "", code)) for code in codes if len(codes) > 1)
        for parameter in operation.parameters.values():
            yield from ((document.name, name, field) for field in _of_parameter(operation, document.whole(parameter)))
        body = document.whole(operation.node.get("requestBody", {}))
        yield from ((document.name, name, field) for field in _of_body(body))


def _of_parameter(operation: Operation, parameter: Node) -> Iterator[Field]:
    place, name = parameter["in"], parameter["name"]
    pointer = f"/{name.lower()}" if place == "header" else f"/{name}"
    # A path without one of its names is another path; with success, it had all of them.
    if place != "path":
        yield place, pointer, SENT
        # Without If-Match comes 428 where that is documented, and it is among the statuses.
        if parameter.get("required") and not (name == "If-Match" and "428" in operation.responses):
            yield place, pointer, "missing"
    for at, code in _keywords(to_json_schema(parameter["schema"]), pointer, text=True):
        if code != SENT:  # the items come with the list
            yield place, at, code


def _of_body(body: Node) -> Iterator[Field]:
    if body.get("required"):
        yield "body", "", "missing"
    for media_type, media in body.get("content", {}).items():
        for pointer, code in _keywords(to_json_schema(media["schema"]), "", text=media_type == FORM):
            yield "body", pointer, code


def _keywords(schema: Node, pointer: str, *, text: bool) -> Iterator[tuple[str, str]]:
    """Pointer and code of each field and each error under a schema.

    Args:
        text: whether the schema is that of a parameter or a form.
    """
    yield pointer, SENT
    for keyword, value in schema.items():
        match keyword:
            case "properties":
                for name, child in value.items():
                    yield from _keywords(child, f"{pointer}/{name}", text=text)
            case "items":
                yield from _keywords(value, f"{pointer}/*", text=text)
            case "allOf":
                for part in value:
                    yield from _keywords(part, pointer, text=text)
            case "required":
                yield from ((f"{pointer}/{name}", "missing") for name in value)
            case _ if not _is_kept(keyword, value, text):
                yield pointer, "unknown" if keyword == "additionalProperties" else keyword


def _is_kept(keyword: str, value: Any, text: bool) -> bool:
    """Whether nothing can break it."""
    if keyword == "additionalProperties":
        return value is True
    return value in HINTS if keyword == "format" else text and keyword == "type" and str(value) in ALWAYS_TEXT


def in_tests() -> Iterator[Seen]:
    """The records of tests/support/observed_answers.py."""
    for path in (REPORTS / "statuses").glob("*.json"):
        noted = json.loads(path.read_text("utf-8"))
        yield from ((service, operation, status) for service, operation, status in noted["answers"])
        yield from ((service, operation, (at, to, code)) for service, operation, at, to, code in noted["fields"])


def in_fuzzing() -> Iterator[Seen]:
    """The records of `minishop fuzz`."""
    for path in (REPORTS / "fuzz").glob("*.json"):
        noted = json.loads(path.read_text("utf-8"))
        for operation, counts in noted["answers"].items():
            yield from ((path.stem, operation, int(status)) for status in counts)
        for operation, fields in noted["fields"].items():
            yield from ((path.stem, operation, (at, to, code)) for at, to, code in fields)


def main() -> int:
    """Print the unobserved parts, and return the exit code."""
    expected, tested, fuzzed = documented(), set(in_tests()), set(in_fuzzing())
    for name, seen in {"pytest": tested, "minishop fuzz": fuzzed}.items():
        if not seen:
            print(f"Nothing noted: run {name} first.")
            return 1
    needed = {each for each in expected if each[2] not in UNSEEN}
    missing = needed - tested - fuzzed
    for line in sorted(f"{service}.{operation}: {_unseen(what)}" for service, operation, what in missing):
        print(line)
    counts = [
        f"{len(some - missing)} of {len(some)} {name} ({len(some & tested)} in tests, {len(some & fuzzed)} in fuzzing)"
        for name, some in _kinds(needed).items()
    ]
    print(f"Seen: {'; '.join(counts)}")
    return 1 if missing else 0


def _kinds(needed: set[Seen]) -> dict[str, set[Seen]]:
    statuses = {each for each in needed if isinstance(each[2], int)}
    problems = {each for each in needed - statuses if each[2][0] == PROBLEM}  # type: ignore[index]
    sent = {each for each in needed - statuses if each[2][2] == SENT}  # type: ignore[index]
    return {
        "documented answers": statuses,
        "problems among several of a status": problems,
        "fields sent": sent,
        "keywords broken": needed - statuses - problems - sent,
    }


def _unseen(what: int | Field) -> str:
    if isinstance(what, int):
        return f"no test and no fuzzing saw {what}"
    place, pointer, code = what
    if place == PROBLEM:
        return f"no test and no fuzzing saw the problem {code}"
    done = "sent in a request that succeeded" if code == SENT else f"refused as {code}"
    return f"no test and no fuzzing saw {' '.join(filter(None, (place, pointer)))} {done}"


if __name__ == "__main__":
    sys.exit(main())
