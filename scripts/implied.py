"""Complete a document by the parts that follow from rules, so that its author writes only the particular ones.

Each operation gets the refusals that every operation of its kind can answer with, and each response gets the header
`X-Request-Id`. All tools read the documents of openapi/ in this form. The linter also reads the documents as they were
written, and reports an implied part that was written by hand.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scripts.strict_yaml import read

Node = dict[str, Any]

COMMON = "./common.yaml"
REFUSALS = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "405": "MethodNotAllowed",
    "406": "NotAcceptable",
    "408": "RequestTimeout",
    "412": "PreconditionFailed",
    "413": "ContentTooLarge",
    "415": "UnsupportedMediaType",
    "428": "PreconditionRequired",
    "429": "TooManyRequests",
    "431": "HeadersTooLarge",
    "500": "InternalError",
    "503": "Unavailable",
}
"""Each status that can follow from a rule, and the response of common.yaml that describes it."""
REQUEST_ID = "X-Request-Id"


@cache
def read_completed(path: Path) -> Node:
    """The completed document, which the caller must not change."""
    document = read(path)
    if (common := path.with_name("common.yaml")).exists():
        complete(document, read(common), "" if path == common else COMMON)
    return document


def complete(document: Node, common: Node, common_file: str = COMMON) -> None:
    """Complete a document in place.

    Args:
        common_file: the name of common.yaml in references of the document, or "" for common.yaml itself.
    """

    def resolved(node: Node) -> Node:
        file, _, pointer = node.get("$ref", "").partition("#/")
        found = common if file else document
        for key in pointer.split("/"):
            found = found[key] if pointer else node
        return found

    _add_request_id(document.get("components", {}), common_file)
    for path in document["paths"].values():
        for operation in (item for item in path.values() if isinstance(item, dict) and "responses" in item):
            parameters = map(resolved, (*path.get("parameters", []), *operation.get("parameters", [])))
            responses = {status: resolved(response) for status, response in operation["responses"].items()}
            statuses = implied_refusals({each["name"]: each for each in parameters}, operation, responses)
            refusals = {status: refusal(common_file, status) for status in statuses}
            operation["responses"] = dict(sorted({**refusals, **operation["responses"]}.items()))
            _add_request_id(operation, common_file)


def _add_request_id(owner: Node, common_file: str) -> None:
    """Give each response of a node its first header."""
    first = {REQUEST_ID: {"$ref": f"{common_file}#/components/headers/XRequestId"}}
    for status, response in owner.get("responses", {}).items():
        if "$ref" not in response:
            rest = {key: value for key, value in response.items() if key != "description"}
            headers = {**first, **rest.pop("headers", {})}
            owner["responses"][status] = {"description": response["description"], "headers": headers, **rest}


def implied_refusals(parameters: Node, operation: Node, responses: Node) -> Iterator[str]:
    """The statuses of the refusals that follow from the kind of an operation.

    Args:
        parameters: resolved, by name.
        responses: resolved, by status.
    """
    rules = {
        "400 405 408 431 500": True,
        "401 403": "x-roles" in operation,
        "406": any("content" in response for status, response in responses.items() if status < "3"),
        "412": "If-Match" in parameters,
        "413 415": "requestBody" in operation,
        "428": parameters.get("If-Match", {}).get("required"),
        "429": "x-rate-limit" in operation,
        "503": operation.get("operationId") != "livez",
    }
    for statuses, holds in rules.items():
        yield from statuses.split() if holds else ()


def refusal(common_file: str, status: str) -> Node:
    """The reference to the response of common.yaml that describes a status."""
    return {"$ref": f"{common_file}#/components/responses/{REFUSALS[status]}"}
