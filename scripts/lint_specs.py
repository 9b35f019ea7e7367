"""Check the documents in openapi/ for our own rules, beyond those of OpenAPI.

    python -m scripts.lint_specs

Prints `file: place: rule: problem` for each finding and exits with 1 if there is any. A rule is a function whose
docstring states the rule; it yields (place, problem) for each violation. This module has the rules on operations and
their connections. lint_writing.py has those on names, schemas and examples, lint_responses.py those on responses, and
lint_layout.py the one on the source text.
"""

import copy
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping

from scripts import implied, lint_responses, lint_writing
from scripts.lint_layout import text_layout
from scripts.spec_document import OPENAPI, Document, Finding, Node, Operation, absolute
from scripts.strict_yaml import read_all

ROLES = {"customer", "admin", "service"}
REACHABLE = {"smtp", "stripe"}
IMPERATIVE = re.compile(r"(?![A-Z][a-z]*[^s]s\b|[A-Z][a-z]{2,}ing\b)[A-Z][^.!?\n]{2,59}")  # not Lists, not Listing


def own_paths(document: Document) -> Iterator[Finding]:
    """All paths begin with the name of the service."""
    for path in document.root["paths"]:
        if path.split("/")[1] != document.name:
            yield f"paths.{path}", f"must begin with /{document.name}"


def operation_ids(document: Document) -> Iterator[Finding]:
    """An operationId is snake_case and names one operation of the document."""
    seen: set[str] = set()
    for operation in document.operations:
        name = operation.node.get("operationId", "")
        if not lint_writing.SNAKE.fullmatch(name) or name in seen:
            yield operation.place, "the operationId must be snake_case, and unique"
        seen.add(name)


def summaries(document: Document) -> Iterator[Finding]:
    """A summary is a short sentence in the imperative, without its full stop."""
    for operation in document.operations:
        if not IMPERATIVE.fullmatch(operation.node.get("summary", "")):
            yield operation.place, "the summary must be like `List products`, of 60 characters at most"


def tags(document: Document) -> Iterator[Finding]:
    """An operation has one tag, which the document declares."""
    declared = {tag["name"] for tag in document.root.get("tags", [])}
    for operation in document.operations:
        if len(operation.node.get("tags", [])) != 1 or operation.node["tags"][0] not in declared:
            yield operation.place, "needs one tag, out of the document's"


def callers(document: Document) -> Iterator[Finding]:
    """Only operations with a bearer token have `x-roles`, which names the roles that may call them."""
    for operation in document.operations:
        security: list[Node] = {"security": [], **document.root, **operation.node}["security"]
        asked, roles = {"bearerAuth": []} in security, operation.roles
        if asked != bool(roles) or not ROLES.issuperset(roles) or len(set(roles)) < len(roles):
            yield operation.place, "needs x-roles out of customer, admin and service, or security: []"


def rate_limits(document: Document) -> Iterator[Finding]:
    """Public operations are limited by address (`x-rate-limit`), and writes of users by caller, with a limit for
    each of its roles but that of services. Nothing else is counted: neither reads with a token nor the probes, as an
    orchestrator that got no answer would end the process."""
    for operation in document.operations:
        users = {role for role in operation.roles if role != "service"}
        by_caller = bool(users) and operation.method not in ("get", "head")
        by_address = not operation.roles and operation.node.get("operationId") not in ("livez", "readyz")
        match operation.node.get("x-rate-limit"):
            case None if by_address:
                yield operation.place, "needs x-rate-limit, or x-roles"
            case None if by_caller:
                yield operation.place, "needs x-rate-limit with by: caller"
            case None:
                pass
            case {"limit": int(limit), "seconds": int(seconds), **rest} if by_address and not rest:
                if not _within_bounds(seconds, limit):
                    yield operation.place, "x-rate-limit is out of bounds"
            case {"by": "caller", "limit": {**limits}, "seconds": int(seconds), **rest} if by_caller and not rest:
                if limits.keys() != users or not _within_bounds(seconds, *limits.values()):
                    yield operation.place, "x-rate-limit needs a limit for each role but service, within bounds"
            case _:
                yield (
                    operation.place,
                    "x-rate-limit is {limit: 60, seconds: 60}, or by: caller with a limit for each role",
                )


def _within_bounds(seconds: int, *limits: object) -> bool:
    return 0 < seconds <= 3600 and all(isinstance(limit, int) and 0 < limit < 1_000_000 for limit in limits)


def separate_input(document: Document) -> Iterator[Finding]:
    """Requests and responses have separate schemas, so that each can grow without the other."""
    sent = {media["schema"].get("$ref") for o in document.operations for p, media in o.bodies if "responses" not in p}
    for operation in document.operations:
        for place, media in operation.bodies:
            if "responses" in place and media["schema"].get("$ref", "inline") in sent:
                yield place, "the schema is that of a request body"


def conditional_reads(document: Document) -> Iterator[Finding]:
    """Operations that answer with an ETag accept If-None-Match."""
    for operation in document.operations:
        tagged = "ETag" in operation.responses.get("200", {}).get("headers", {})
        if operation.method == "get" and tagged and "If-None-Match" not in operation.parameters:
            yield operation.place, "needs the parameter If-None-Match"


def conditional_edits(document: Document) -> Iterator[Finding]:
    """Edits of an object with an ETag require If-Match (RFC 6585, section 3), and its removal accepts it."""
    for operation in document.operations:
        read = operation.siblings.get("get", {}).get("responses", {}).get("200", {})
        edits = operation.method in ("put", "patch", "delete")
        tagged = "ETag" in document.resolve(read).get("headers", {})
        if_match = operation.parameters.get("If-Match")
        removal = operation.method == "delete"
        if edits and tagged and not (if_match and (removal or if_match.get("required"))):
            yield operation.place, "needs the parameter If-Match"


def idempotency(document: Document) -> Iterator[Finding]:
    """`x-idempotent: header` goes with the parameter Idempotency-Key, and with answers that tell a replay."""
    for operation in document.operations:
        by_header = "x-idempotent" in operation.node
        answers = [r for status, r in operation.responses.items() if status < "3"]
        told = all("Idempotent-Replayed" in answer.get("headers", {}) for answer in answers)
        if by_header != ("Idempotency-Key" in operation.parameters) or (by_header and not told):
            yield operation.place, "needs Idempotency-Key, and answers with Idempotent-Replayed"


def pages(document: Document) -> Iterator[Finding]:
    """A list is a bare array in pages: `limit` and `cursor` ask for one, `Link` leads to the next."""
    for operation in document.operations:
        answer = operation.responses.get("200", {})
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        paged = {"limit", "cursor"} <= operation.parameters.keys() and "Link" in answer.get("headers", {})
        if document.resolve(schema).get("type") == "array" and not paged:
            yield operation.place, "needs the parameters limit and cursor, and the header Link"


def links(document: Document) -> Iterator[Finding]:
    """A link names an operation of the document, and fills parameters and fields of a body that it has.

    The fields stand in `x-request-body`: openapi-generator refuses a `requestBody` that is not a string.
    """
    targets = {operation.node.get("operationId"): operation for operation in document.operations}
    for operation in document.operations:
        for status, response in operation.responses.items():
            for name, link in response.get("links", {}).items():
                target = targets.get(link.get("operationId"))
                filled = {key.rpartition(".")[2] for key in link.get("parameters", {})}
                sent = link.get("x-request-body", {}).keys()
                if target is None or not filled <= target.parameters.keys() or not sent <= _fields(document, target):
                    yield f"{operation.place}.responses.{status}.links.{name}", "leads to nothing in this document"
                if "requestBody" in link:
                    yield f"{operation.place}.responses.{status}.links.{name}", "must say it as x-request-body"


def _fields(document: Document, operation: Operation) -> set[str]:
    """The properties of an operation's body in JSON."""
    content = document.resolve(operation.node.get("requestBody", {})).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return set(document.resolve(schema).get("properties", {}))


def exposure(document: Document) -> Iterator[Finding]:
    """`x-internal: true` is on an operation without a role that is only for services or for those who run the shop."""
    for operation in document.operations:
        if operation.node.get("x-internal", True) is not True or ("x-internal" in operation.node and operation.roles):
            yield operation.place, "x-internal is true, and left out where roles say who may call"


def reaches(document: Document) -> Iterator[Finding]:
    """`x-reaches` of a document names the systems outside of the shop that its service reaches: `smtp` or `stripe`."""
    if not set(document.root.get("x-reaches", [])) <= REACHABLE:
        yield "x-reaches", f"may name {' and '.join(sorted(REACHABLE))}"


def calls(document: Document) -> Iterator[Finding]:
    """`x-calls` names operations of other services that will let the caller, or the service itself, in.

    That of the document may also name operations of the service itself.
    """
    everything = {
        f"{name}.{operation.node.get('operationId')}": operation
        for name in document.roots
        for operation in Document(name, document.roots).operations
    }
    others = {call: operation for call, operation in everything.items() if not call.startswith(f"{document.name}.")}
    for call in document.root.get("x-calls", []):
        if call not in everything:
            yield "x-calls", f"{call} is no operation of a document"
        elif everything[call].roles and "service" not in everything[call].roles:
            yield "x-calls", f"{call} does not let the service in"
    for operation in document.operations:
        named = operation.node.get("x-calls", [])
        own_token = {"service"} if document.name == "auth" or "auth.issue_token" in named else set()
        for call in named:
            if call not in others:
                yield operation.place, f"{call} is no operation of another document"
            elif (roles := set(others[call].roles)) and not roles >= set(operation.roles) and not roles & own_token:
                yield operation.place, f"{call} lets neither the caller nor the service in"


AS_WRITTEN = (lint_writing.references, lint_responses.left_to_rules)
"""The rules on the documents as they were written, before they are completed."""
RULES = (
    *lint_writing.RULES,
    *lint_responses.RULES,
    own_paths,
    operation_ids,
    summaries,
    tags,
    callers,
    rate_limits,
    separate_input,
    conditional_reads,
    conditional_edits,
    idempotency,
    pages,
    links,
    exposure,
    reaches,
    calls,
)


def lint(written: Mapping[str, Node]) -> list[str]:
    """The findings in these documents, which are given by name as they were written.

    Broken references are reported alone, as other rules follow the references.
    """
    documents = _documents(written)
    findings = _findings(AS_WRITTEN[:1], documents)
    return findings or [*_findings(AS_WRITTEN[1:], documents), *_findings(RULES, _documents(_completed(written)))]


def layout_findings() -> list[str]:
    """The findings in the text of the documents."""
    return [
        f"openapi/{path.name}: {place}: text_layout: {what}"
        for path in sorted(OPENAPI.glob("*.yaml"))
        for place, what in text_layout(path.read_text(encoding="utf-8"))
    ]


def _completed(written: Mapping[str, Node]) -> Mapping[str, Node]:
    roots = copy.deepcopy(dict(written))
    for name, root in roots.items():
        implied.complete(root, written["common"], name)
    return roots


def _documents(roots: Mapping[str, Node]) -> list[Document]:
    roots = {name: absolute(root, name) for name, root in roots.items()}
    return [Document(name, roots) for name in roots]


def _findings(rules: Iterable[Callable[[Document], Iterator[Finding]]], documents: list[Document]) -> list[str]:
    return [
        f"openapi/{document.name}.yaml: {place}: {rule.__name__}: {what}"
        for rule in rules
        for document in documents
        for place, what in rule(document)
    ]


def main() -> int:
    """1 where a rule is broken, else 0."""
    documents = read_all(OPENAPI)
    findings = [*lint(documents), *layout_findings()]
    print("\n".join(findings) or f"All {len(documents)} documents hold {len(AS_WRITTEN) + len(RULES) + 1} rules.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
