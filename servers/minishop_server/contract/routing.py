"""From path and method to the operation, by the paths of the document only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import quote, unquote

from ..kit.problems import MethodNotAllowed, NotFound

T = TypeVar("T")
NOTHING = "There is nothing at this path."


@dataclass(slots=True)
class _Path(Generic[T]):
    """One path of the document: its segments (None for a parameter) and operations by method."""

    segments: list[str | None]
    methods: dict[str, T] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    """The methods that only callers from inside of the process see."""


class Routes(Generic[T]):
    """The paths of a document.

    An exact path wins over templates, and the path alone decides which one is meant: `GET
    /orders/checkout` is 405 where only POST is documented, although `/orders/{order_id}` would
    match. A trailing slash makes another path. The values of parameters are not checked here.
    """

    def __init__(self) -> None:
        self.direct: dict[tuple[bytes | None, str], T] = {}
        """Operations by path and method, where the path is a documented one to the letter: the short way of `match`."""
        self._exact: dict[str, _Path[T]] = {}
        self._templates: list[_Path[T]] = []

    def add(self, template: str, methods: dict[str, T], hidden: Collection[str] = ()) -> None:
        """Add a path with its operations by method (upper case). HEAD is answered wherever GET is.

        Args:
            hidden: the methods of the path that a request from outside does not find.

        Raises TypeError for a template in which a parameter is only a part of a segment.
        """
        path = _Path[T]([_literal(segment) for segment in template.split("/")], hidden=set(hidden))
        for method, operation in methods.items():
            path.methods[method] = operation
            if method == "GET":
                path.methods["HEAD"] = methods.get("HEAD", operation)
        if "GET" in hidden:
            path.hidden.add("HEAD")
        if None in path.segments:
            self._templates.append(path)
            # Of two templates that match, the one with the earlier literal is meant.
            self._templates.sort(key=lambda path: [segment is None for segment in path.segments])
        else:
            self._exact[template] = path
            for method, operation in path.methods.items():
                if method not in path.hidden:
                    self.direct[template.encode(), method] = operation

    def match(self, raw_path: str, method: str, *, from_outside: bool = False) -> tuple[T, list[str]]:
        """The operation, and its path parameters still percent-encoded, in the template's order.

        Raises NotFound, or MethodNotAllowed with the methods of the path that the caller finds.
        """
        path = self._exact.get(raw_path)
        texts: list[str] = []
        if path is None:
            path, texts = self._search(raw_path)
        found = [name for name in path.methods if not (from_outside and name in path.hidden)]
        if not found or (method not in found and method in path.methods):
            raise NotFound(NOTHING)
        operation = path.methods.get(method)
        if operation is None:
            raise MethodNotAllowed(found)
        return operation, texts

    def _search(self, raw_path: str) -> tuple[_Path[T], list[str]]:
        if "%" in raw_path:
            # %63art is cart, but %2F is no separator: hence after splitting, and for comparing
            # only.
            exact = self._exact.get("/".join(map(_normal, raw_path.split("/"))))
            if exact is not None:
                return exact, []
        texts = raw_path.split("/")
        for path in self._templates:
            if _matches(path.segments, texts):
                pairs = zip(path.segments, texts, strict=True)
                return path, [text for segment, text in pairs if segment is None]
        raise NotFound(NOTHING)


def parameter_names(template: str) -> list[str]:
    """The parameters of a path template in its order.

    Raises TypeError like `Routes.add`.
    """
    return [segment[1:-1] for segment in template.split("/") if _literal(segment) is None]


def _literal(segment: str) -> str | None:
    if "{" not in segment:
        return segment
    if segment.startswith("{") and segment.endswith("}") and segment.count("{") == 1:
        return None
    raise TypeError(f"a path parameter must be a whole segment, unlike {segment}")


def _matches(segments: list[str | None], texts: list[str]) -> bool:
    if len(segments) != len(texts):
        return False
    for segment, text in zip(segments, texts, strict=True):
        if segment is None:
            if not text:
                return False
        elif segment != text and segment != _normal(text):
            return False
    return True


def _normal(segment: str) -> str:
    """A segment without needless escapes.

    An escaped slash stays escaped.
    """
    return quote(unquote(segment), safe="!$&'()*+,;=:@") if "%" in segment else segment
