"""Hostile strings: the published list in the folder of real data (``DECIDER_DATA``), and the worst of our own."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
LIST = Path(os.environ.get("DECIDER_DATA", ROOT.parent / "shared" / "data")) / "moderation" / "blns.json"
SCRIPT = "<script>alert(1)</script>"
OURS = (
    "",
    "\x00",
    "un\x00deux et la suite",
    "\ud800",
    "' OR 1=1 --",
    f"{SCRIPT} {{{{7*7}}}} %s%n ${{x}}",
    "\u202e\ufeff\u2028 à l’envers",
    "𝕏" * 300,
)
PUBLISHED: Sequence[str] = json.loads(LIST.read_text(encoding="utf-8")) if LIST.exists() else ()
"""Without the folder of data, only ours are sent."""
SOME = 4


def for_form_field(number: int) -> tuple[str, ...]:
    """Fewer of them, always others: a page is drawn anew for each."""
    ours = tuple(OURS[(number + step) % len(OURS)] for step in range(3))
    return (*ours, *for_field(number)[len(OURS) : len(OURS) + 2])


def sendable(word: str) -> str:
    """The string as UTF-8 can carry it: a lone surrogate only exists as an escape of JSON."""
    return word.encode("utf-8", "replace").decode()


def in_path(word: str) -> str:
    """The string as one part of an address."""
    return quote(sendable(word), safe="") or "%20"


def for_field(number: int) -> tuple[str, ...]:
    """Ours, and the next of the published ones: over all fields, all of them are sent."""
    start = number * SOME % max(1, len(PUBLISHED))
    return (*OURS, *PUBLISHED[start : start + SOME])
