"""Demonstration content, through the public API only, as any other client would make it."""


def load() -> None:
    """Make the demonstration accounts and their content where they are missing."""
