"""Fuzzing: Schemathesis holds each service against its OpenAPI document, in a shop of its own.

`minishop fuzz` starts here (`command.py`). For each service it starts a new shop (`shop.py`) and runs Schemathesis in a
process of its own (`run.py`), which loads `hooks.py`: there, requests get what only this shop can know, and what comes
of them is noted (`recorder.py`, `observed_fields.py`). What was found (`findings.py`) goes to the terminal and to a
page (`report.py`).

Needs the extra: `pip install 'minishop-server[fuzz]'`.
"""
