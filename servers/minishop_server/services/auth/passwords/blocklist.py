"""Which passwords are refused (NIST SP 800-63B-4, section 3.1.1.2): short ones, and those that a guesser tries first.

There are no rules of composition: digits or capital letters are not required.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from ....kit.problems import FieldError
from ..errors import WeakPassword
from .hashing import normal

SHORTEST, LONGEST = 12, 128
"""Characters, once normalised."""
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SHORT_NAME = 4
"""Names with fewer letters are in too many words to say anything."""
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
)


def refuse_weak(password: str, field: str, username: str, email: str) -> None:
    """Let a good password pass; `field` is its name in the body.

    Raises:
        WeakPassword: it is too short or too long once normalised, common, made of a few characters over and over, or
            holds the name or the local part of the e-mail address.
    """
    password = normal(password)
    folded = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        code, detail = "length", f"must have {SHORTEST} to {LONGEST} characters"
    elif any(len(own) >= _SHORT_NAME and own in folded for own in (username, email.casefold().partition("@")[0])):
        code, detail = "own_name", "must not hold your name or e-mail address"
    elif _is_common(folded):
        code, detail = "common", "is among the first that are guessed"
    else:
        return
    error = FieldError("body", f"/{field}", code, detail)
    raise WeakPassword("Choose a longer one, for example a few unrelated words.", errors=[error])


def _is_common(folded: str) -> bool:
    """Whether it is on the list, a run along the keyboard or the alphabet, or either of them over and over.

    Digits and signs before and after a word do not make another one of it: `Password2024!` is `password`.
    """
    period = (folded + folded).find(folded, 1)
    unit = folded[:period]
    if period < SHORTEST:  # `aaaa…`, `abcabc…`
        return True
    word = _ENDS.sub("", unit)
    return unit in _common() or word in _common() or any(unit in row or unit[::-1] in row for row in _ROWS)


@cache
def _common() -> frozenset[str]:
    text = resources.files(__package__).joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
