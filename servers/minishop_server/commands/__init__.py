"""The command line: `minishop`, a module for each command."""
