"""The rule on the layout of the texts in a document, so that each text has one way to be written."""

from collections.abc import Iterator

import yaml

from scripts.spec_document import Finding
from scripts.strict_yaml import parse

TEXTS = {"description", "detail", "remedy", "summary", "title", "when"}
WIDTH = 120


def text_layout(source: str) -> Iterator[Finding]:
    """A text stands on one line, or in a folded block (`>-`) if it does not fit; it has quotes only if it needs them.

    In a mapping with braces it cannot be a block.
    """
    document = yaml.compose(source, yaml.CSafeLoader)
    for place, key, text, flow in _texts(document, "", flow=False):
        on_a_line = _on_a_line(text.value, flow)
        width = key.start_mark.column + len(f"{key.value}: {on_a_line}")
        folded = not flow and width > WIDTH
        if folded and (text.style != ">" or text.value.endswith("\n")):
            yield place, "must be a folded block (>-)"
        elif not folded and source[text.start_mark.index : text.end_mark.index] != on_a_line:
            yield place, "must stand on its line, with double quotes only if YAML needs them"


def _texts(node: yaml.Node | None, place: str, *, flow: bool) -> Iterator[tuple[str, yaml.Node, yaml.ScalarNode, bool]]:
    """Each text outside of examples, with its place, its key, and whether it stands in a mapping with braces."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _texts(item, f"{place}.{index}", flow=flow or node.flow_style)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = f"{place}.{key.value}".removeprefix(".")
            if key.value in TEXTS and isinstance(value, yaml.ScalarNode):
                yield inner, key, value, flow or node.flow_style
            elif key.value != "example":
                yield from _texts(value, inner, flow=flow or node.flow_style)


def _on_a_line(text: str, flow: bool) -> str:
    """The text as YAML on one line: plain, or in double quotes if the plain text has another meaning."""
    try:
        plain = parse(f"{{text: {text}}}" if flow else f"text: {text}") == {"text": text}
    except yaml.YAMLError:
        plain = False
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return text if plain else f'"{escaped}"'
