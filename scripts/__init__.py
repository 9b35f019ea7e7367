"""The tools on the documents: each is a command, `python -m scripts.NAME`."""
