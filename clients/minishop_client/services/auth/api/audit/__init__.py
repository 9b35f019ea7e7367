# Generated from openapi/ by scripts/generate.py: do not edit.
"""A module an operation: how it is asked for, and how its answer is read."""
