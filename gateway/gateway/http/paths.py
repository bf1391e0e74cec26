"""Addresses: falcon wants one name for a variable at one place of the tree, our routes may each have their own."""

import string


def variables(path: str) -> tuple[str, ...]:
    """The names of the variables of a path, in order."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(path) if name)


def positional(path: str) -> str:
    """The same path with variables named by position: ``/ideas/{v0}/stages/{v1}``."""
    return path.format(**{name: f"{{v{position}}}" for position, name in enumerate(variables(path))})


def named(path: str, found: dict[str, str]) -> dict[str, str]:
    """What was found at the positions, under the names of ``path``."""
    return {name: found[f"v{position}"] for position, name in enumerate(variables(path))}
