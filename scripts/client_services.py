"""The client's `services`: the models of each service, a module for each resource, and all services in one object."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol as Property
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.strings import pascal_case, safe_for_docstring

from scripts import client_code
from scripts.client_code import attributes
from scripts.client_document import client_document
from scripts.sensitive import sensitive_names

Node = dict[str, Any]
CODE = "answer attribute attributes body fields is_given item parameters parser passed path signature taken written"


def write_services(folder: Path, templates: Path, documents: Mapping[str, Node], shared: Collection[str]) -> None:
    """Write the package `services`.

    The types with a shared name go into one module, and the models of each service re-export them.

    Args:
        folder: the package.
        templates: the Jinja templates.
        documents: the bundled document of each service, by name; it is changed.
        shared: the names of the schemas that several services use.

    Raises:
        ValueError: the parser warns of a part of a document, or the client has no code for it.
    """
    environment = _environment(templates)
    common: dict[str, str] = {}
    for service, document in documents.items():
        types = _write_service(folder / service, environment, document, shared)
        for name in sorted(types.keys() & shared):
            if common.setdefault(name, types[name]) != types[name]:
                raise ValueError(f"{service}: {name} is not the same in all services.")
    _write(folder / "shared.py", environment, "models", about="The types of several services", own=common, shared=[])
    _write(folder / "shop.py", environment, "shop", services=list(documents))
    (folder / "__init__.py").write_text('"""The packages of the services."""\n', encoding="utf-8")


def _environment(templates: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.globals.update({name: getattr(client_code, name) for name in CODE.split()})
    environment.filters.update(pascal_case=pascal_case, safe_for_docstring=safe_for_docstring)
    return environment


def _write_service(folder: Path, environment: Environment, document: Node, shared: Collection[str]) -> dict[str, str]:
    """Write the package of a service and return the code of its types, by name."""
    service = folder.name
    sensitive = sensitive_names(document)
    tags = {tag["name"]: tag["description"] for tag in document["tags"]}
    parsed = _parsed(service, client_document(document))
    resources = parsed.endpoint_collections_by_tag
    types = {
        str(enum.class_info.name): f"{enum.class_info.name} = Literal{sorted(enum.values)}" for enum in parsed.enums
    }
    types |= _models(parsed, environment.get_template("model.py.jinja"), sensitive)
    common = sorted(types.keys() & shared)
    own = {name: code for name, code in types.items() if name not in common}
    _write(folder / "models.py", environment, "models", about=f"The types of {service}", own=own, shared=common)
    for tag, resource in resources.items():
        values = {"about": tags[tag], "endpoints": resource.endpoints, "types": sorted(types)}
        _write(folder / f"{tag}.py", environment, "resource", tag=tag, **values)
    _write(folder / "__init__.py", environment, "service", service=service, tags=list(resources))
    return types


def _models(parsed: GeneratorData, template: Template, sensitive: Collection[str]) -> dict[str, str]:
    """The code of each model, by its name.

    Raises ValueError for a model of a request and a response with an optional field: absence differs in the two.
    """
    models = {str(model.class_info.name): model for model in parsed.models}
    endpoints = [
        endpoint for resource in parsed.endpoint_collections_by_tag.values() for endpoint in resource.endpoints
    ]
    sent = _reached([body.prop for endpoint in endpoints for body in endpoint.bodies], models)
    answered = _reached([answer.prop for endpoint in endpoints for answer in endpoint.responses], models)
    for name in sent & answered:
        if models[name].optional_properties:
            raise ValueError(f"{name} is in a request and in a response: it has no optional fields.")
    return {
        name: template.render(model=model, sensitive=sensitive, sent=name in sent, answered=name in answered)
        for name, model in models.items()
    }


def _reached(properties: Iterable[Property], models: Mapping[str, ModelProperty]) -> set[str]:
    """The names of the models of these properties, and of the models inside them."""
    found: set[str] = set()
    waiting = list(properties)
    while waiting:
        prop = waiting.pop()
        if isinstance(prop, ListProperty):
            waiting.append(prop.inner_property)
        elif isinstance(prop, UnionProperty):
            waiting += prop.inner_properties
        elif isinstance(prop, ModelProperty) and prop.class_info.name not in found:
            found.add(prop.class_info.name)
            waiting += attributes(models[prop.class_info.name])
    return found


def _parsed(service: str, document: Node) -> GeneratorData:
    _refuse_other_numbers(document)
    config = Config.from_sources(ConfigFile(literal_enums=True), MetaType.NONE, Path(service), "utf-8", False, None)
    parsed = GeneratorData.from_dict(document, config=config)
    if not isinstance(parsed, GeneratorData):
        raise ValueError(f"{service}: {parsed.header} {parsed.detail}")
    problems = [*parsed.errors, *(e for c in parsed.endpoint_collections_by_tag.values() for e in c.parse_errors)]
    if problems:
        raise ValueError("\n".join(f"{service}: {problem.header} {problem.detail}" for problem in problems))
    return parsed


def _refuse_other_numbers(node: Any) -> None:
    """Raises ValueError for a number with decimals that is no money, since the client reads each as a Decimal."""
    if isinstance(node, dict):
        if node.get("type") == "number" and node.get("x-decimals") != 2:
            raise ValueError("A number with decimals needs `x-decimals: 2`.")
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            _refuse_other_numbers(item)


def _write(path: Path, environment: Environment, template: str, **values: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = environment.get_template(f"{template}.py.jinja").render(values)
    path.write_text(text, encoding="utf-8", newline="\n")
