"""Redaction of log lines and errors, by name and by form.

Names are those that the documents call `x-sensitive`, and words that mean a secret anywhere. Forms are those of tokens,
keys, credentials in an address, e-mail addresses and card numbers. It is the last of several defences, for texts of
libraries; our own lines hold no secret to begin with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from minishop_contracts.sensitive import SENSITIVE

REDACTED = "[redacted]"
_DEPTH = 10
"""Levels of nesting beyond which values are left out."""

_EXACT = "|".join(sorted(name.lower().replace("-", "[-_]") for name in SENSITIVE))
_WORDS = (
    r"pass(?:word|wd|phrase)|secret|token|authori[sz]ation|cookie|api[-_]?key|private[-_]?key|signature|credential"
    r"|card[-_]?(?:number|holder)|\bcard\b|\bcv[cv]2?\b|\bpan\b"
)
_SENSITIVE_NAME = re.compile(rf"(?:{_EXACT})|.*(?:{_WORDS}).*", re.IGNORECASE | re.DOTALL)

_QUOTED = r""""(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?"""
# A name with its value: JSON, also within a string, a form, a `repr`, a header, a pair of a tuple.
_NAMED = re.compile(
    rf"""(?P<name>(?<![\w-])(?:{_EXACT}|[\w-]*(?:{_WORDS})[\w-]*)"""
    r"""(?:\\?["']\s*[:=,]|\s*[:=]))[\s\[({]*b?"""
    rf"""(?:redacted\]|\\"(?:[^"\\]|\\(?!"))*(?:\\")?|{_QUOTED}|(?:(?:bearer|basic|digest)\s+)?[^\s"'&,;)\]}}]+)""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"(?P<name>\b(?:authorization|(?:set-)?cookie|[\w-]+-signature)\s*:\s*)[^\r\n\"']+", re.IGNORECASE)
_LOOKS = (
    re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\Z)", re.DOTALL),
    re.compile(r"eyJ[\w-]{4,}(?:\.[\w-]*){0,4}"),  # a JWT, or the beginning of one (RFC 7519)
    re.compile(r"\$argon2(?:id?|d)\$[^\s\"'\\]+"),
    re.compile(r"(?:[srp]k_(?:live|test)|whsec)_[\w+/=-]+"),
    re.compile(r"(?<![A-Za-z0-9])(?:tok|pm)_\w{4,}"),
    re.compile(r"(?<=://)[^\s\"'<>]*:[^\s\"'<>]*@"),  # user and password in an address
    re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]+\.)+[\w-]{2,}"),
)
_SCHEME = re.compile(r"\b(?P<name>(?:bearer|basic)[ \t]+)[\w.~+/-]{6,}=*", re.IGNORECASE)
_CARD = re.compile(r"(?<!\d)(?<!\d\.)[2-6]\d{3}(?:[ -]?\d){9,15}(?!\d)")


def redacted(value: Any, name: str = "") -> Any:
    """The value as JSON may hold it, without secrets; `name` is its name.

    Numbers, booleans and None stay, unless they are sensitive by their name or look like a card number. A value that is
    no JSON is replaced by its type: an exception's message, for example, may quote anything.
    """
    return _redacted(value, name, _DEPTH)


def redacted_text(text: str) -> str:
    """The text with `[redacted]` in the place of each secret."""
    return redacted_looks(_HEADER.sub(rf"\g<name>{REDACTED}", _NAMED.sub(rf"\g<name> {REDACTED}", text)))


def redacted_looks(text: str) -> str:
    """The same by looks alone: of code, in which `password=body.password` holds no secret."""
    for pattern in _LOOKS:
        text = pattern.sub(REDACTED, text)
    return _CARD.sub(_unless_card, _SCHEME.sub(rf"\g<name>{REDACTED}", text))


def is_sensitive(name: str) -> bool:
    """Whether values of this name must be redacted."""
    return _SENSITIVE_NAME.fullmatch(name) is not None


def _redacted(value: Any, name: str, depth: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if depth == 0 or is_sensitive(name):
        return REDACTED
    if isinstance(value, str):
        return redacted_text(value)
    if isinstance(value, int | float):
        return REDACTED if redacted_looks(str(value)) == REDACTED else value
    if isinstance(value, bytes | bytearray):
        return redacted_text(value.decode("utf-8", "replace"))
    if isinstance(value, Mapping):
        return {redacted_text(str(key)): _redacted(part, str(key), depth - 1) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        pair = list(value)
        if isinstance(value, tuple) and len(pair) == 2 and isinstance(pair[0], str | bytes):  # a header, say
            return [_redacted(pair[0], "", depth - 1), _redacted(pair[1], _text(pair[0]), depth - 1)]
        return [_redacted(part, "", depth - 1) for part in pair]
    return type(value).__qualname__


def _text(name: str | bytes) -> str:
    return name if isinstance(name, str) else name.decode("latin-1")


def _unless_card(found: re.Match[str]) -> str:
    """The digits, unless they are those of a card: its last one proves the others (ISO/IEC 7812-1, annex B: Luhn)."""
    digits = [int(digit) for digit in found[0] if digit.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return found[0] if (sum(doubled) + sum(digits[-1::-2])) % 10 else REDACTED
