"""The inclusion of patterns, as scripts/patterns.py computes it, holds for random texts."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.patterns import admits

PIECES = ["a", "b", "[ab]", "[^a]", "(?:ab|b)", "(?:a|bc)*", "a?", "b{1,3}", "[a-c]{2}", "(?:a{0,2}b)+"]
PATTERNS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
TEXTS = ["".join(letters) for length in range(6) for letters in product("abcd", repeat=length)]


@settings(deadline=None, derandomize=True, database=None, max_examples=300)
@given(new=PATTERNS, old=PATTERNS)
def test_a_pattern_that_misses_a_text_of_another_does_not_admit_it(new: str, old: str) -> None:
    missed = [text for text in TEXTS if re.fullmatch(old, text) and not re.fullmatch(new, text)]

    assert not (missed and admits(f"^{new}$", f"^{old}$"))


@settings(deadline=None, derandomize=True, database=None, max_examples=300)
@given(new=PATTERNS, old=PATTERNS)
def test_a_pattern_admits_each_of_its_alternatives(new: str, old: str) -> None:
    assert admits(f"^(?:{new}|{old})$", f"^{old}$")


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("^[a-z]+$", "^[a-c]{1,300}$"),
        ("^[^a]{0,2}$", "^[\\u0000-`b-\\U0010FFFF]$"),
        ("^(?:ab|a)b?$", "^ab$"),
        ("^[^b-d c]$", "^a$"),
    ],
)
def test_a_wider_pattern_admits_all_of_a_narrower_one(new: str, old: str) -> None:
    assert admits(new, old)
    assert not admits(old, new)


def test_what_all_of_several_patterns_match_is_admitted() -> None:
    assert admits("^[ab]{1,3}$", "^[ab]+$", "^[^x]{1,3}$")
    assert not admits("^[ab]{1,3}$", "^[ab]+$")


@pytest.mark.parametrize("pattern", ["a", "^a", r"^\d$", "^a.b$", "^(?=a)a$"])
def test_a_pattern_that_is_not_understood_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="not"):
        admits(pattern, "^a$")
