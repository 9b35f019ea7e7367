"""Whether one pattern admits every text that another does: as automata, whose states are walked side by side."""

import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

Ranges = list[tuple[int, int]]
LAST = 0x10FFFF


class _Automaton:
    """The automaton of a pattern that is anchored at both ends; raises ValueError for another one.

    Attributes:
        steps: for each state, the characters that lead out of it, and where to.
        free: for each state, those that it leads to by itself.
        end: the state that is reached by a whole match; 0 is the first one.
    """

    def __init__(self, pattern: str) -> None:
        items = list(parser.parse(pattern))
        if [items[0], items[-1]] != [(sre.AT, sre.AT_BEGINNING), (sre.AT, sre.AT_END)]:
            raise ValueError("the pattern is not anchored at both ends")
        self.steps: list[list[tuple[Ranges, int]]] = []
        self.free: list[list[int]] = []
        self._known: dict[tuple[frozenset[int], int], frozenset[int]] = {}
        self.end = self._sequence(items[1:-1], self._state())

    def _state(self, *before: int) -> int:
        self.steps.append([])
        self.free.append([])
        for state in before:
            self.free[state].append(len(self.steps) - 1)
        return len(self.steps) - 1

    def _sequence(self, items: Iterable[Any], at: int) -> int:
        for kind, argument in items:
            at = self._one(kind, argument, at)
        return at

    def _one(self, kind: Any, argument: Any, at: int) -> int:
        if kind is sre.SUBPATTERN:
            return self._sequence(argument[3], at)
        if kind is sre.BRANCH:
            return self._state(*[self._sequence(branch, self._state(at)) for branch in argument[1]])
        if kind is sre.MAX_REPEAT:
            return self._repeat(at, *argument)
        to = self._state()
        self.steps[at].append((_ranges(kind, argument), to))
        return to

    def _repeat(self, at: int, least: int, most: int, items: Sequence[Any]) -> int:
        for _ in range(least):
            at = self._sequence(items, at)
        if most is sre.MAXREPEAT:
            again = self._state(at)
            self.free[self._sequence(items, again)].append(again)
            return self._state(again)
        ends = [at]
        for _ in range(most - least):
            ends.append(self._sequence(items, ends[-1]))
        return self._state(*ends)

    def closure(self, states: Iterable[int]) -> frozenset[int]:
        """These states and those that they lead to by themselves."""
        found, waiting = set[int](), list(states)
        while waiting:
            state = waiting.pop()
            if state not in found:
                found.add(state)
                waiting += self.free[state]
        return frozenset(found)

    def after(self, states: frozenset[int], character: int) -> frozenset[int]:
        """The states that a character leads to."""
        if (states, character) not in self._known:
            self._known[states, character] = self.closure(
                to
                for state in states
                for ranges, to in self.steps[state]
                if any(low <= character <= high for low, high in ranges)
            )
        return self._known[states, character]


def _ranges(kind: Any, argument: Any) -> Ranges:
    """The characters of a literal or of a class."""
    if kind in (sre.LITERAL, sre.RANGE):
        return [(argument, argument) if kind is sre.LITERAL else argument]
    if kind is sre.NOT_LITERAL:
        return _others([(argument, argument)])
    if kind is not sre.IN:
        raise ValueError(f"{kind} is not known here")
    negated = argument[0][0] is sre.NEGATE
    found = [each for inner in argument[negated:] for each in _ranges(*inner)]
    return _others(found) if negated else found


def _others(ranges: Ranges) -> Ranges:
    found, start = [], 0
    for low, high in [*sorted(ranges), (LAST + 1, LAST + 1)]:
        if start < low:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return found


def _characters(automata: Sequence[_Automaton]) -> Iterator[int]:
    """One of each kind: all others of the kind lead everywhere where it does."""
    ranges = [each for one in automata for steps in one.steps for found, _ in steps for each in found]
    yield from sorted({0} | {low for low, _ in ranges} | {high + 1 for _, high in ranges if high < LAST})


@cache
def admits(new: str, *old: str) -> bool:
    """Whether the pattern `new` matches every text that all the patterns `old` match.

    Raises ValueError for a pattern that is not anchored at both ends, or has more than classes, groups and repetitions.
    """
    automata = [_Automaton(pattern) for pattern in (new, *old)]
    characters = list(_characters(automata))
    first = tuple(each.closure([0]) for each in automata)
    seen, waiting = {first}, [first]
    while waiting:
        states = waiting.pop()
        is_new, *is_old = (each.end in there for each, there in zip(automata, states, strict=True))
        if all(is_old) and not is_new:
            return False
        for character in characters:
            after = tuple(each.after(there, character) for each, there in zip(automata, states, strict=True))
            if all(after[1:]) and after not in seen:
                seen.add(after)
                waiting.append(after)
    return True
