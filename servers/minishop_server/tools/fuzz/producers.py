"""The operations that make the objects which another operation needs, by the links of the document.

An order must exist before it can be read. A run of one operation sends requests to these, too. Schemathesis takes
numbers from their responses, and so knows whose object it is: its check of object-level authorization needs that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...kit.documents import operations


def producers(document: Mapping[str, Any], operation_id: str) -> list[str]:
    """The ids of the operations from which links lead to this one, or to another of its path, over any number of links.

    Only those are included that need no object themselves, unless there are no others.
    """
    found = operations(document)
    labels = {operation["operationId"]: label for label, operation in found.items()}
    linked: dict[str, set[str]] = {}
    for operation in found.values():
        for response in operation["responses"].values():
            for link in response.get("links", {}).values():
                linked.setdefault(link["operationId"], set()).add(operation["operationId"])
    reached: set[str] = set()
    path = labels[operation_id].partition(" ")[2]
    waiting = [name for name, label in labels.items() if label.partition(" ")[2] == path]
    while waiting:
        further = linked.get(waiting.pop(), set()) - reached
        reached |= further
        waiting += further
    reached -= {operation_id}
    roots = {name for name in reached if "{" not in labels[name]}
    return sorted(roots or reached)
