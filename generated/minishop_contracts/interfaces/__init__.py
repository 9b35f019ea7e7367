# Generated from openapi/ by scripts/generate.py: do not edit.
