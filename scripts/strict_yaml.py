"""The one way to read a YAML document here: a key that stands twice in a mapping is an error.

PyYAML lets the last one win, and other readers refuse the file (YAML 1.2.2, section 3.2.1.3).
"""

from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            # In JSON, which is read too, all names are strings.
            if str(key.value) in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key {key.value} stands twice", problem_mark=key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def read_all(folder: Path) -> dict[str, dict[str, Any]]:
    """The documents in a folder, by name."""
    return {path.stem: read(path) for path in sorted(folder.glob("*.yaml"))}


def parse(text: str) -> dict[str, Any]:
    """The document in a text.

    Raises yaml.YAMLError with the place of an error.
    """
    document: dict[str, Any] = yaml.load(text, _Loader)
    return document


def parse_all(text: str) -> list[dict[str, Any]]:
    """The documents in a text that has several.

    Raises yaml.YAMLError with the place of an error.
    """
    return list(yaml.load_all(text, _Loader))


def read(path: Path) -> dict[str, Any]:
    """The document in a file.

    Raises yaml.YAMLError with the place of an error.
    """
    with path.open(encoding="utf-8") as file:
        document: dict[str, Any] = yaml.load(file, _Loader)
    return document
