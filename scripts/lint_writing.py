"""Rules on how a document is written: its names, its words, its schemas and their examples."""

import json
import re
import warnings
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import jsonschema_rs

from scripts.spec_document import SCHEMA_PLACE, Document, Finding

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PASCAL = re.compile(r"([A-Z]{1,2}[a-z0-9]+)+")
TRAIN = re.compile(r"[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)*")
SECRET = re.compile(r"(.*_)?(address|cookie|email|password|secret|signature|token)")
ELSEWHERE = (
    "x-calls",
    "x-in-every-document",
    "x-in-every-response",
    "x-in-limited-response",
    "x-internal",
    "x-problems",
    "x-rate-limit",
    "x-reaches",
    "x-request-body",
    "x-roles",
)
"""Extensions that other rules hold, or that the bundling reads."""


class Decimals:
    """The keyword `x-decimals`."""

    def __init__(self, schema: object, most: int, path: object) -> None:
        self._most = most

    def validate(self, instance: object) -> None:
        """Raises ValueError for a number with more decimals."""
        if isinstance(instance, float) and round(instance, self._most) != instance:
            raise ValueError("it has more decimals")


def references(document: Document) -> Iterator[Finding]:
    """Every reference leads somewhere."""
    for place, node in document.nodes:
        try:
            document.resolve(node)
        except KeyError:
            yield place, f"{node['$ref']} is not there"


def openapi_version(document: Document) -> Iterator[Finding]:
    """The document is an OpenAPI 3.0.3 document: Connexion takes no 3.1."""
    if document.root["openapi"] != "3.0.3":
        yield "openapi", "must be 3.0.3"
    for error in _openapi().iter_errors(document.root):
        yield ".".join(map(str, error.instance_path)), f"breaks the OpenAPI schema ({error.kind.name})"


@cache
def _openapi() -> jsonschema_rs.Draft4Validator:
    path = metadata.distribution("connexion").locate_file("connexion/resources/schemas/v3.0/schema.json")
    return jsonschema_rs.Draft4Validator(json.loads(Path(str(path)).read_text(encoding="utf-8")))


def names(document: Document) -> Iterator[Finding]:
    """Schemas are PascalCase, properties and parameters snake_case, headers Train-Case."""
    styles = {r"components\.schemas": PASCAL, r".*\.properties": SNAKE, r".*responses\.[^.]+\.headers": TRAIN}
    for place, node in document.nodes:
        for place_pattern, style in styles.items():
            for name in node if re.fullmatch(place_pattern, place) else ():
                if not style.fullmatch(name):
                    yield f"{place}.{name}", "is not written in the style of its kind"
        if {"in", "name", "schema"} <= node.keys():
            style = TRAIN if node["in"] == "header" else SNAKE
            if not style.fullmatch(node["name"]):
                yield place, f"the name {node['name']} is not written in the style of its kind"


def descriptions(document: Document) -> Iterator[Finding]:
    """Operations, parameters, headers, named schemas and properties are described."""
    described = [(operation.place, operation.node) for operation in document.operations]
    described += [(p, node) for p, node in document.schemas if re.search(r"\.(schemas|properties)\.[^.]+$", p)]
    described += [(p, node) for p, node in document.nodes if "schema" in node and ".content." not in p]
    for place, node in described:
        if not node.get("description"):
            yield place, "needs a description"


def examples_given(document: Document) -> Iterator[Finding]:
    """There is an example of every request body, answer, parameter and header."""
    for place, node in document.nodes:
        if "schema" in node and "example" not in node:
            yield place, "needs an example"


def examples_hold(document: Document) -> Iterator[Finding]:
    """Examples and defaults are legal values of their schemas, by their formats too."""
    for place, node in document.nodes:
        is_schema = SCHEMA_PLACE.search(place)
        for key in {"example", "default"} & node.keys() if is_schema or "schema" in node else ():
            schema = document.whole(node if is_schema else node["schema"])
            if not _rules(json.dumps(schema)).is_valid(node[key]):
                yield f"{place}.{key}", "does not match its schema"


@cache
def _rules(schema: str) -> jsonschema_rs.Draft4Validator:
    # OpenAPI 3.0 speaks a dialect of draft 4 ("Schema Object"), whose other keywords are annotations to it.
    return jsonschema_rs.Draft4Validator(json.loads(schema), validate_formats=True, keywords={"x-decimals": Decimals})


def enums(document: Document) -> Iterator[Finding]:
    """An enum is a schema with a name of its own."""
    for place, schema in document.schemas:
        if "enum" in schema and not re.fullmatch(r"components\.schemas\.[^.]+", place):
            yield place, "the enum needs a name under components.schemas"


def closed_objects(document: Document) -> Iterator[Finding]:
    """Objects have named properties only, except those of a `Webhook…`, which others write."""
    for place, schema in document.schemas:
        is_object = schema.get("type") == "object" or "properties" in schema
        open_to = [False, True] if place.startswith("components.schemas.Webhook") else [False]
        if is_object and schema.get("additionalProperties") not in open_to:
            yield place, "needs additionalProperties: false"


def bounded_values(document: Document) -> Iterator[Finding]:
    """Every value is bounded, so that requests have a maximum size and readers know the range."""
    bounds = {
        "string": {"maxLength"},
        "integer": {"minimum", "maximum", "format"},
        "number": {"minimum", "maximum", "x-decimals"},
        "array": {"maxItems", "items"},
    }
    for place, schema in document.schemas:
        if not {"type", "allOf", "anyOf", "oneOf"} & schema.keys():
            yield place, "needs a type"
        if "enum" in schema:
            continue
        if missing := sorted(bounds.get(schema.get("type", ""), set()) - schema.keys()):
            yield place, f"needs {', '.join(missing)}"
        if schema.get("type") == "string" and not {"pattern", "format"} & schema.keys():
            yield place, "needs a pattern or a format"
        if type(schema.get("multipleOf", 1)) is not int:
            yield place, "validators that compute in doubles refuse good numbers by this multipleOf: x-decimals says it"


def patterns(document: Document) -> Iterator[Finding]:
    """A pattern is anchored, and means the same to ECMA-262 with the flag `u`, to Python and to Rust."""
    for place, schema in document.schemas:
        pattern = schema.get("pattern", "^$")
        if not re.fullmatch(r"\^.*\$", pattern):
            yield place, "the pattern must be anchored at both ends"
        # `\d`, `\w`, `\s` and `\b` know more characters here than there, and lookaround is unknown to Rust.
        if re.search(r"\\(?!u[0-9A-F]{4}|[rnt^$\\.*+?()[\]{}|/-])|\(\?(?!:)", pattern.replace(r"\\", "")):
            yield place, "the pattern has an escape or a group that others read in another way"
        try:
            with warnings.catch_warnings(action="error"):
                re.compile(pattern)
            jsonschema_rs.Draft4Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
        except (re.error, FutureWarning, ValueError) as error:
            yield place, f"the pattern cannot be compiled everywhere: {str(error).splitlines()[0]}"


def extensions(document: Document) -> Iterator[Finding]:
    """There are no extensions but ours, with the values that are enforced."""
    values: dict[str, list[object]] = {
        "x-decimals": [2],
        "x-idempotent": ["header"],
        "x-owner": [True],
        "x-sensitive": [True],
    }
    for place, node in document.nodes:
        for name in (key for key in node if key.startswith("x-")):
            if name not in ELSEWHERE and node[name] not in values.get(name, []):
                yield place, f"{name} is not one of our extensions, or has another value"


def secrets(document: Document) -> Iterator[Finding]:
    """Secrets, postal and e-mail addresses are `x-sensitive`: no log, error or trace may hold them."""
    for place, node in document.nodes:
        for name, schema in node.items() if place.endswith(".properties") else ():
            if SECRET.fullmatch(name) and not document.resolve(schema).get("x-sensitive"):
                yield f"{place}.{name}", "needs x-sensitive: true"


RULES = (
    openapi_version,
    names,
    descriptions,
    examples_given,
    examples_hold,
    enums,
    closed_objects,
    bounded_values,
    patterns,
    extensions,
    secrets,
)
