"""State that all hooks share: the fuzzed shop, and the origin of a request.

It imports nothing of the services, see `target.py`.
"""

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeAlias

import httpx
import schemathesis
from schemathesis.generation.meta import TestPhase

from . import recorder
from .target import GROUND_FILE, Ground

Case: TypeAlias = schemathesis.Case[Any]
GROUND = Ground(**json.loads((recorder.FOLDER / GROUND_FILE).read_text("utf-8")))
http = httpx.Client(base_url=GROUND.url)
turns: defaultdict[str, Iterator[bool]] = defaultdict(lambda: itertools.cycle((True, False)))
"""Every other time, for each operation separately: requests to one do not influence another."""
numbers = itertools.count(500_000)


def is_good(case: Case) -> bool:
    """Whether the request keeps to the document."""
    return case.meta is None or not case.meta.generation.mode.is_negative


def is_stateful(case: Case) -> bool:
    """Whether the request follows from others, so that a cart line that one of them removed must stay removed."""
    return case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL
