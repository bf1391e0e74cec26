"""Readable addresses made from titles."""

import re
import unicodedata
from collections.abc import Container

_LONGEST = 60


def slug_of(title: str) -> str:
    """The title in lower case ASCII, words joined by hyphens; ``consultation`` when nothing is left of it."""
    unjoined = re.sub(r"['’]", " ", title.lower()).replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", unjoined).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = "-".join(words)[:_LONGEST].strip("-")
    return slug or "consultation"


def free_slug(title: str, taken: Container[str]) -> str:
    """The slug of the title, numbered if it is taken."""
    slug = slug_of(title)
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
