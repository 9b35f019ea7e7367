"""A provider that moves no money."""
