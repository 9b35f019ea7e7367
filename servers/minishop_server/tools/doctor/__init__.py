"""Looks for settings that are unsafe."""
