"""Entity tags, and the versions that conditions name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minishop_server.kit.etags import Condition, etag

NUMBERS = st.integers(1, 2**31 - 1)


@given(st.lists(NUMBERS, min_size=1, max_size=2).map(tuple))
def test_a_tag_is_strong_and_comes_back_as_its_version(version: tuple[int, ...]) -> None:
    tag = etag(*version)["ETag"]

    assert '"' == tag[0] == tag[-1]
    assert Condition(tag).takes(version)
    assert Condition(tag).names(tag)
    assert not Condition(tag).takes((*version[:-1], version[-1] + 1))


@pytest.mark.parametrize("tags", ['"7"', "7", 'W/"7"', '"1", "7"', 'W/"1" , W/"7"', '"7","8"', "*", " * "])
def test_a_version_is_named_by_its_tag_weak_or_not_alone_or_among_others(tags: str) -> None:
    assert Condition(tags).takes((7,))
    assert Condition(tags).names('"7"')


@pytest.mark.parametrize(
    "tags", ['"x"', '""', "", '"٣"', '"07"', '"7.1"', '"7."', '"9999999999"', '"*"', '"1", "8"', '"1,7"', '"W/7"']
)
def test_a_tag_that_was_never_given_out_names_no_version(tags: str) -> None:
    assert not Condition(tags).takes((7,))
    assert not Condition(tags).names('"7"')


def test_the_first_part_of_a_version_may_be_all_that_counts() -> None:
    assert Condition('"3.7"').takes((3, 8), parts=1)
    assert not Condition('"3.7"').takes((3, 8), parts=2)
    assert not Condition('"3"').takes((3, 8), parts=1)
