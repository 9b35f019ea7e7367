"""Rules on the responses of an operation, and on the parts that the bundler writes."""

from collections.abc import Iterator

from scripts import implied
from scripts.spec_document import Document, Finding

PROBLEM_JSON = "application/problem+json"
PROBLEM_KEYS = {"detail", "status", "title", "when"}


def left_to_rules(document: Document) -> Iterator[Finding]:
    """The parts that follow from rules are written by the bundler (implied.py), not by hand."""
    for place, node in document.nodes:
        if place.endswith(".headers") and implied.REQUEST_ID in node:
            yield place, f"{implied.REQUEST_ID} is written by the bundler"
        if PROBLEM_JSON in node:
            yield place, "the body of a refusal is written by the bundler"
    common = document.roots["common"]
    for path in common["x-in-every-document"]["paths"]:
        if (own := f"/{document.name}{path}") in document.root["paths"]:
            yield f"paths.{own}", "is written by the bundler"
    for operation in document.operations:
        codes = implied.implied_problems(operation.parameters, operation.node, operation.responses, common)
        for status, response in operation.node["responses"].items():
            place = f"{operation.place}.responses.{status}"
            written = response.get("x-problems", [])
            if status >= "4" and not written:
                yield place, "must name its codes in x-problems, if it does not follow from a rule"
            for code in set(written) & set(codes.get(status, [])):
                yield place, f"{code} is written by the bundler"


def responses_declared(document: Document) -> Iterator[Finding]:
    """An operation declares the responses that follow from its parameters and its owner."""
    for operation in document.operations:
        conditions = {"304": "If-None-Match" in operation.parameters, "404": "x-owner" in operation.node}
        wanted = {status for status, holds in conditions.items() if holds}
        if missing := sorted(wanted - operation.responses.keys()):
            yield operation.place, f"must declare {', '.join(missing)}"


def problem_codes(document: Document) -> Iterator[Finding]:
    """The codes of a refusal are problems of common.yaml with its status."""
    table = document.roots["common"]["x-problems"]
    for operation in document.operations:
        for status, response in operation.responses.items():
            codes = response.get("x-problems", [])
            place = f"{operation.place}.responses.{status}"
            for code in codes:
                if str(table.get(code, {}).get("status")) != status:
                    yield place, f"{code} is no problem of common.yaml with this status"
            if len(set(codes)) < len(codes):
                yield place, "x-problems names a code twice"


def problem_table(document: Document) -> Iterator[Finding]:
    """A problem of common.yaml has a status, texts and an operation that answers it."""
    if document.name != "common":
        return
    others = [Document(name, document.roots) for name in document.roots]
    operations = [operation for other in others for operation in other.operations]
    answered = {
        code for each in operations for response in each.responses.values() for code in response.get("x-problems", [])
    }
    for code, problem in document.root["x-problems"].items():
        place = f"x-problems.{code}"
        if not PROBLEM_KEYS <= problem.keys() <= PROBLEM_KEYS | {"remedy", "errors"}:
            yield place, f"needs {', '.join(sorted(PROBLEM_KEYS))}, and may have remedy and errors"
        if code not in answered:
            yield place, "is in the x-problems of no response"


def response_headers(document: Document) -> Iterator[Finding]:
    """Answers always have X-Request-Id, and the headers that RFC 9110 requires for their status."""
    of_status = {
        "201": "Location",
        "401": "WWW-Authenticate",
        "405": "Allow",
        "429": "Retry-After",
        "503": "Retry-After",
    }
    for operation in document.operations:
        for status, response in operation.responses.items():
            for header in filter(None, ("X-Request-Id", of_status.get(status))):
                if not document.resolve(response.get("headers", {}).get(header, {})).get("required"):
                    yield f"{operation.place}.responses.{status}", f"must carry {header}"


RULES = (
    responses_declared,
    problem_codes,
    problem_table,
    response_headers,
)
