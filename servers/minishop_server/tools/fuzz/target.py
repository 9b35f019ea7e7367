"""Data that the two processes of a run share: `run.py` writes it, `hooks.py` reads it.

It imports nothing of Minishop: Hypothesis draws some values from the constants of the modules that the fuzzing process
has loaded, and requests must not change when a service is fixed.
"""

from __future__ import annotations

from dataclasses import dataclass

FOLDER_VARIABLE = "MINISHOP_FUZZ_FOLDER"
GROUND_FILE, PROGRESS_FILE, RESULT_FILE = "ground.json", "progress.txt", "result.json"


@dataclass(frozen=True, slots=True)
class Ground:
    """The facts about the fuzzed shop that the hooks need."""

    url: str
    username: str
    password: str
    user_id: int
    stocked: tuple[int, ...]
    webhook_secret: str
    admin: str
    may_call: tuple[str, ...]
    """The operations that Orders may call as a service, by operation id."""
    leaver: str
    """Signs out, again and again."""
    edited_id: int
    """Is disabled, and an admin, now and then."""
    mail: str
    """The folder of the mailbox."""
