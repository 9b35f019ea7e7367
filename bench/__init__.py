"""The benchmark: each part is a command, `python -m bench.NAME`."""
