"""Make a document self-contained: the parts of common.yaml that it uses move into it.

Neither Connexion nor the client generator follows a reference into another file rightly, and a
service should carry its whole contract with it.
"""

from pathlib import Path
from typing import Any

import yaml

from scripts.implied import read_completed
from scripts.operations import operations


class _NoAlias(yaml.SafeDumper):
    """Writes a shared value out twice rather than as an anchor that readers must look up."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class _Bundler:
    """Gathers the components that the main document reaches."""

    def __init__(self) -> None:
        self.components: dict[str, dict[str, Any]] = {}
        self._origin: dict[tuple[str, str], Path] = {}

    def adopt(self, file: Path, kind: str, name: str) -> None:
        """Copy a component with its dependencies.

        Raises ValueError if two files define the name.
        """
        known = self._origin.setdefault((kind, name), file)
        if known != file:
            raise ValueError(f"{kind}/{name} is defined in {known.name} and in {file.name}")
        section = self.components.setdefault(kind, {})
        if name not in section:
            section[name] = None  # holds the place: references may be circular
            section[name] = self.walk(read_completed(file)["components"][kind][name], file)

    def walk(self, node: Any, here: Path) -> Any:
        """The node from the file `here`, with references that point into the bundle."""
        if isinstance(node, list):
            return [self.walk(item, here) for item in node]
        if not isinstance(node, dict):
            return node
        if not isinstance(node.get("$ref"), str):
            return {key: self.walk(value, here) for key, value in node.items()}
        file, marker, pointer = node["$ref"].partition("#/components/")
        if not marker:
            raise ValueError(f"{here.name}: {node['$ref']} does not point to a component")
        kind, name = pointer.split("/")
        self.adopt((here.parent / file).resolve() if file else here, kind, name)
        return {"$ref": f"#/components/{kind}/{name}"}


def bundle(main: Path) -> dict[str, Any]:
    """The document with all it refers to inside it.

    Raises ValueError for two components of one name, and for a reference to anything else.
    """
    main = main.resolve()
    document = read_completed(main)
    bundler = _Bundler()
    for kind, items in document.get("components", {}).items():
        for name, value in items.items():
            # A security scheme is used by its name, so it has to be re-exported under the same one.
            if str(value.get("$ref", "")).endswith(f"#/components/{kind}/{name}"):
                bundler.walk(value, main)
            else:
                bundler.adopt(main, kind, name)
    rest = {key: bundler.walk(document[key], main) for key in document if key != "components"}
    bundled = {**rest, "components": bundler.components}
    _add_headers(bundled, bundler, main.with_name("common.yaml"))
    return bundled


def _add_headers(document: dict[str, Any], bundler: _Bundler, common: Path) -> None:
    """Write the headers marked `x-in-every-response` into every response, and those marked `x-in-limited-response` into
    the successes of operations with `x-rate-limit`; in place.
    """
    everywhere = _marked("x-in-every-response", bundler, common)
    written = [operation for _, _, operation in operations(document)]
    for owner in (*written, document["components"]):
        for response in owner.get("responses", {}).values():
            if "$ref" not in response:
                response["headers"] = {**response.get("headers", {}), **everywhere}
    for operation in written:
        if "x-rate-limit" in operation:
            limited = _marked("x-in-limited-response", bundler, common)
            for status, response in operation["responses"].items():
                if status.startswith("2"):
                    response["headers"] |= limited


def _marked(mark: str, bundler: _Bundler, common: Path) -> dict[str, Any]:
    """Adopt the headers of common.yaml with this mark, and return references to them by their HTTP name."""
    found = {}
    for name, header in read_completed(common)["components"]["headers"].items() if common.exists() else ():
        if mark in header:
            bundler.adopt(common, "headers", name)
            found[header[mark]] = {"$ref": f"#/components/headers/{name}"}
    return found


def to_yaml(document: dict[str, Any]) -> str:
    """The document as YAML text: the same bytes every time, keys in the order they were written."""
    return yaml.dump(document, Dumper=_NoAlias, sort_keys=False, allow_unicode=True, width=100)
