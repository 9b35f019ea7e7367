"""The documents as Connexion resolves them, shared by all applications of a test process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from connexion.spec import Specification


@contextmanager
def resolved_once() -> Iterator[None]:
    """Resolve the references of each document once: for every application anew, it takes half of a shop's start."""
    load, resolved = Specification.load, dict[int, tuple[Any, Specification]]()

    def load_once(document: Any, *, arguments: Any = None) -> Specification:
        if id(document) not in resolved:
            resolved[id(document)] = document, load(document, arguments=arguments)  # kept, and so is its id
        return resolved[id(document)][1]

    Specification.load = load_once
    try:
        yield
    finally:
        Specification.load = load
