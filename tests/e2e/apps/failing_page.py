"""Fails."""

raise KeyError("secret-of-the-house")
