"""Passwords: how they are hashed, which are refused, and the sign-in with one."""
