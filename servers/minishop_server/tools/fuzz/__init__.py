"""Fuzzing: Schemathesis tests each service against its OpenAPI document, in a separate shop.

`minishop fuzz` starts here (`command.py`). For each service it starts a new shop (`shop.py`) and runs Schemathesis in a
process of its own (`run.py`), which loads `hooks.py`: there, requests get values of this shop, and the results are
recorded (`recorder.py`, `observed_fields.py`). The findings (`findings.py`) go to the terminal and to a
page (`report.py`).

Needs the extra: `pip install 'minishop-server[fuzz]'`.
"""
