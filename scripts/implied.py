"""Complete a document by the parts that follow from rules, so that its author writes only the particular ones.

Each document gets the probes. Each operation gets the refusals that every operation of its kind can answer with. Each
refusal gets a description, its body and an example from its codes, and each response gets the header `X-Request-Id`.
All tools read the documents of openapi/ in this form. The linter also reads the documents as they were written, and
reports an implied part that was written by hand.
"""

from functools import cache
from pathlib import Path
from typing import Any

from scripts.operations import operations
from scripts.strict_yaml import read

Node = dict[str, Any]

COMMON = "./common.yaml"
REFUSALS = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "402": "PaymentRequired",
    "403": "Forbidden",
    "404": "NotFound",
    "405": "MethodNotAllowed",
    "406": "NotAcceptable",
    "408": "RequestTimeout",
    "409": "Conflict",
    "412": "PreconditionFailed",
    "413": "ContentTooLarge",
    "415": "UnsupportedMediaType",
    "422": "Unprocessable",
    "428": "PreconditionRequired",
    "429": "TooManyRequests",
    "431": "HeadersTooLarge",
    "500": "InternalError",
    "503": "Unavailable",
}
"""The response of common.yaml that describes a status."""
REQUEST_ID = "X-Request-Id"


@cache
def read_completed(path: Path) -> Node:
    """The completed document, which the caller must not change."""
    document = read(path)
    if (common := path.with_name("common.yaml")).exists():
        complete(document, read(common), path.stem)
    return document


def complete(document: Node, common: Node, name: str) -> None:
    """Complete a document in place.

    Args:
        name: that of the document; `common` for common.yaml itself, which has no paths.
    """
    common_file = "" if name == "common" else COMMON

    def resolved(node: Node) -> Node:
        file, _, pointer = node.get("$ref", "").partition("#/")
        found = common if file else document
        for key in pointer.split("/"):
            found = found[key] if pointer else node
        return found

    if name != "common":
        _add_probes(document, name, common)
    writer = _Refusals(common, common_file)
    for response in document.get("components", {}).get("responses", {}).values():
        if codes := response.get("x-problems"):
            response["content"] = writer.content(codes[0], "/orders")
    _add_request_id(document.get("components", {}), common_file)
    for url, _, operation in operations(document):
        listed = map(resolved, (*document["paths"][url].get("parameters", []), *operation.get("parameters", [])))
        parameters = {each["name"]: each for each in listed}
        responses = {status: resolved(response) for status, response in operation["responses"].items()}
        implied = implied_problems(parameters, operation, responses, common)
        instance = url.format(**{name: each.get("example") for name, each in parameters.items()})
        for status in {*implied, *(status for status in responses if status >= "4")}:
            written = operation["responses"].get(status, {})
            operation["responses"][status] = writer.refusal(status, implied.get(status, []), written, instance)
        operation["responses"] = dict(sorted(operation["responses"].items()))
        _add_request_id(operation, common_file)


def implied_problems(parameters: Node, operation: Node, responses: Node, common: Node) -> dict[str, list[str]]:
    """The problem codes that follow from the kind of an operation, by status.

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
        "422": "Idempotency-Key" in parameters,
        "428": parameters.get("If-Match", {}).get("required"),
        "429": "x-rate-limit" in operation,
        "503": operation.get("operationId") != "livez",
    }
    statuses = [status for statuses, holds in rules.items() if holds for status in statuses.split()]
    return {status: common["components"]["responses"][REFUSALS[status]]["x-problems"] for status in statuses}


class _Refusals:
    """Writes refusals out of the responses and the problems of common.yaml."""

    def __init__(self, common: Node, common_file: str) -> None:
        self._common, self._common_file = common, common_file

    def refusal(self, status: str, implied: list[str], written: Node, instance: str) -> Node:
        """A refusal with the codes that were written and those that are implied.

        It is a reference to the response of common.yaml if it has the same codes. A reference by hand stays as it is.
        """
        if "$ref" in written:
            return written
        name = REFUSALS[status]
        shared = self._common["components"]["responses"][name]
        codes = [*written.get("x-problems", []), *implied]
        if not written.keys() - {"x-problems"} and codes == shared.get("x-problems"):
            return {"$ref": f"{self._common_file}#/components/responses/{name}"}
        content = {"content": self.content(codes[0], instance)} if codes else {}
        return {**_moved(shared, self._common_file), **written, **content, "x-problems": codes}

    def content(self, code: str, instance: str) -> Node:
        """The body of a refusal, with an example of a code."""
        problem = {"status": 0, "title": "", "detail": "", **self._common["x-problems"].get(code, {})}
        example = {
            "type": f"/problems/{code.replace('_', '-')}",
            **{key: problem[key] for key in ("title", "status", "detail")},
            "instance": instance,
            "code": code,
            "request_id": self._common["components"]["schemas"]["RequestId"]["example"],
            **({"errors": problem["errors"]} if "errors" in problem else {}),
        }
        schema = {"$ref": f"{self._common_file}#/components/schemas/Problem"}
        return {"application/problem+json": {"schema": schema, "example": example}}


def _moved(node: Any, common_file: str) -> Any:
    """A part of common.yaml as another document writes it."""
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {"$ref": f"{common_file}{node['$ref']}"}
    return {key: _moved(value, common_file) for key, value in node.items() if key != "x-problems"}


def _add_probes(document: Node, service: str, common: Node) -> None:
    """Give a document the paths and tags that each document has."""
    shared = common["x-in-every-document"]
    document["tags"] = [*document.get("tags", []), *shared["tags"]]
    for path, item in shared["paths"].items():
        document["paths"][f"/{service}{path}"] = _moved(item, COMMON)


def _add_request_id(owner: Node, common_file: str) -> None:
    """Give each response of a node its first header."""
    first = {REQUEST_ID: {"$ref": f"{common_file}#/components/headers/XRequestId"}}
    for status, response in owner.get("responses", {}).items():
        if "$ref" not in response:
            rest = {key: value for key, value in response.items() if key != "description"}
            headers = {**first, **rest.pop("headers", {})}
            owner["responses"][status] = {"description": response["description"], "headers": headers, **rest}
