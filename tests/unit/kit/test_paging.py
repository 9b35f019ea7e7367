"""Pages and cursors: the content of a cursor, and the accepted ones."""

from __future__ import annotations

import re
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minishop_server.kit.documents import document
from minishop_server.kit.paging import Page
from minishop_server.kit.problems import BadRequest

BY_NAME = {"folded_name": str, "id": int}
CURSOR = document("catalog")["components"]["schemas"]["Cursor"]
LINK = document("catalog")["components"]["headers"]["Link"]["schema"]
NUMBERS = st.integers(0, 2**31 - 1)


def by_name(cursor: str | None = None) -> Page:
    return Page("/things", 2, cursor, {"sort": "name", "q": None}, place=BY_NAME)


def forged(*values: Any) -> str:
    return "c2_" + urlsafe_b64encode(orjson.dumps(values)).rstrip(b"=").decode()


def name_of_list() -> str:
    """The list that the cursors of `by_name` belong to."""
    text = by_name().cursor({"folded_name": "mouse", "id": 1}).removeprefix("c2_")
    name, *place = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    assert ["mouse", 1] == place
    return str(name)


@given(name=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=120), number=NUMBERS)
def test_a_cursor_comes_back_as_the_place_of_its_row_and_fits_the_contract(name: str, number: int) -> None:
    folded = name.casefold()

    cursor = by_name().cursor({"folded_name": folded, "id": number})

    assert [folded, number] == by_name(cursor).after
    assert re.search(CURSOR["pattern"], cursor)


def test_the_longest_names_and_filters_fit_into_a_link() -> None:
    longest = max(map(chr, range(sys.maxunicode)), key=lambda c: len(c.casefold().encode("utf-8", "ignore")))
    query = {"q": "\U0001f600" * 100, "ids": ",".join(["2147483647"] * 100), "sort": "-name"}
    page = Page("/catalog/products", 1, None, query, place=BY_NAME)
    row = {"folded_name": (longest * 120).casefold(), "id": 2**31 - 1}

    assert len(page.cursor(row)) <= CURSOR["maxLength"]
    assert len(page.link([row, row])["Link"]) <= LINK["maxLength"]


def test_a_last_page_has_no_link_and_filters_go_along_to_the_next_one() -> None:
    rows = [{"id": 1}, {"id": 20}, {"id": 3}]

    assert {} == Page("/orders", 3, None).link(rows)
    page = Page("/things", 2, None, {"q": "a&b ü", "status": None})
    following = re.fullmatch(
        r'</things\?(q=a%26b\+%C3%BC&limit=2&cursor=(c2_[A-Za-z0-9_-]+))>; rel="next"', page.link(rows)["Link"]
    )

    assert following
    assert {"q": ["a&b ü"], "limit": ["2"], "cursor": [following[2]]} == parse_qs(following[1])
    assert 20 == Page("/things", 5, following[2], {"q": "a&b ü"}).after_row
    assert None is page.after_row


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/other"},
        {"query": {"sort": "-name"}},
        {"query": {"sort": "name", "q": "x"}},
        {"query": None},
        {"whose": 1},
        {"place": {"price": int, "id": int}},
        {"place": {"id": int}},
    ],
    ids=str,
)
def test_a_cursor_of_another_list_is_refused_and_the_error_says_to_start_anew(other: dict[str, Any]) -> None:
    cursor = by_name().cursor({"folded_name": "mouse", "id": 1})

    with pytest.raises(BadRequest) as refusal:
        Page(**{"path": "/things", "limit": 2, "query": {"sort": "name"}, "place": BY_NAME, **other, "cursor": cursor})

    (error,) = refusal.value.errors
    assert ("query", "/cursor", "cursor") == (error.place, error.pointer, error.code)
    assert error.detail.endswith(": start at the first page")


@pytest.mark.parametrize(
    "place",
    [
        *(["a", -1], ["a", 2**31], ["a", 2**63], ["a", True], ["a", 1.5], ["a", None], [1, 1], ["a\0", 1]),
        *(["a"], [[], 1], ["a", 1, 1]),
    ],
    ids=str,
)
def test_a_forged_place_is_refused_before_it_reaches_a_database(place: list[Any]) -> None:
    with pytest.raises(BadRequest):
        by_name(forged(name_of_list(), *place))


@pytest.mark.parametrize(
    "cursor",
    ["", "c2_", "c_x", "c2_A", "c2_AAAAAAAA", "c2_bnVsbA", "c2_W10", "c2_e30", "c2_IiI", "c2_MQ", "c2_WzFd"],
)
@pytest.mark.parametrize("feed", [True, False])
def test_what_was_never_given_out_is_refused(cursor: str, feed: bool) -> None:
    with pytest.raises(BadRequest):
        Page("/things", 2, cursor, feed=feed)


def test_only_a_feed_takes_the_cursors_of_the_first_version() -> None:
    assert 20 == Page("/things", 2, "c_14", feed=True).after_row
    with pytest.raises(BadRequest):
        Page("/things", 2, "c_14")


@given(st.text("c2_ABab09-=", max_size=40))
def test_any_text_is_a_place_or_a_refusal(cursor: str) -> None:
    try:
        Page("/things", 2, cursor, feed=True)
    except BadRequest:
        return
    assert re.fullmatch(r"c_[0-7]?[0-9a-f]{1,7}", cursor)
