"""Rules on the responses of an operation."""

from collections.abc import Iterator

from scripts import implied
from scripts.spec_document import Document, Finding

PROBLEM_JSON = "application/problem+json"
PROBLEM = {"$ref": "common#/components/schemas/Problem"}


def left_to_rules(document: Document) -> Iterator[Finding]:
    """The parts that follow from rules are written by the bundler (implied.py), not by hand."""
    for place, node in document.nodes:
        if place.endswith(".headers") and implied.REQUEST_ID in node:
            yield place, f"{implied.REQUEST_ID} is written by the bundler"
    for operation in document.operations:
        for status in implied.implied_refusals(operation.parameters, operation.node, operation.responses):
            if operation.node["responses"].get(status) == implied.refusal("common", status):
                yield f"{operation.place}.responses.{status}", "is written by the bundler"


def responses_declared(document: Document) -> Iterator[Finding]:
    """An operation declares the responses that follow from its parameters and its owner."""
    for operation in document.operations:
        conditions = {
            "304": "If-None-Match" in operation.parameters,
            "404": "x-owner" in operation.node,
            "422": "Idempotency-Key" in operation.parameters,
        }
        wanted = {status for status, holds in conditions.items() if holds}
        if missing := sorted(wanted - operation.responses.keys()):
            yield operation.place, f"must declare {', '.join(missing)}"


def refusals_are_problems(document: Document) -> Iterator[Finding]:
    """A refusal is application/problem+json (RFC 9457) and nothing else."""
    for operation in document.operations:
        for status, response in operation.responses.items():
            media = response.get("content", {})
            if status >= "4" and (list(media) != [PROBLEM_JSON] or media[PROBLEM_JSON]["schema"] != PROBLEM):
                yield f"{operation.place}.responses.{status}", "must be a Problem"


def response_headers(document: Document) -> Iterator[Finding]:
    """Answers carry X-Request-Id always, and what RFC 9110 wants with their status."""
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
    refusals_are_problems,
    response_headers,
)
