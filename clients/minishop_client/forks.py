"""Objects to create again in a child process, which must not use its parent's connections or wait for its locks."""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class Forked(Protocol):
    """Something that a child process gets a copy of."""

    def after_fork(self) -> None:
        """Called in the child, before anything else runs there."""


_ALL: WeakSet[Forked] = WeakSet()
_OF_THE_PARENT: list[object] = []


def register(owner: Forked) -> None:
    """Call its `after_fork` in each child, for as long as it lives."""
    _ALL.add(owner)


def leave_to_parent(connections: object) -> None:
    """Keep objects to the end of the process: collecting them would close or unregister objects of the parent."""
    _OF_THE_PARENT.append(connections)


def _in_child() -> None:
    for owner in list(_ALL):
        owner.after_fork()


if hasattr(os, "register_at_fork"):  # no fork on Windows
    os.register_at_fork(after_in_child=_in_child)
