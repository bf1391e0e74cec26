"""Page reads per second, as an anonymous reader: home, a list over 5,000 dossiers, a dossier with 500 messages.

Each once as everybody reads it, from the gateway's short memory, and once with an address that nobody asked for before,
so that the whole way is gone: bus, service, database, template.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decider_demo.inhabitants import Counter, together

from benchmarks.stage import Stage
from benchmarks.wrk import Measured, read

DOSSIERS, MESSAGES = 5_000, 500
SECONDS = 6
CONNECTIONS = 64
UNKNOWN = 20_000
"""More addresses than are read in a run."""
THEMES = ("nature", "culture", "mobilites", "sport", "ecoles", "proprete")
LIST, DETAIL = 15, 31
"""Requests per second of adhocracy+ on a machine of this kind (its list, its detail), for comparison."""


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read: its addresses, asked for in turn, and adhocracy+'s rate for the like."""

    name: str
    paths: list[str]
    other: int


@dataclass(frozen=True, slots=True)
class PageLine:
    """One row of the table."""

    page: Page
    measured: Measured

    @property
    def times(self) -> float:
        """How many times adhocracy+'s rate."""
        return self.measured.rate / self.page.other


def fill(desk: Counter) -> str:
    """Enough dossiers for the list and enough messages for one of them; its number."""
    together(lambda body: desk.api.post("/imports/ideas", body), list(dossiers()), threads=4, title="Dossiers")
    made = desk.api.post("/imports/ideas", dossier(0))
    desk.api.post(f"/imports/ideas/{made['idea_id']}/comments", {"comments": list(messages())})
    return str(made["number"])


def dossiers() -> Iterator[dict[str, Any]]:
    """The bodies of all imports."""
    return (dossier(number) for number in range(DOSSIERS))


def dossier(number: int) -> dict[str, Any]:
    """One of the dossiers that the list holds."""
    return {
        "source": "bench",
        "reference": str(number),
        "kind": "idea",
        "title": f"Dossier de mesure {number} pour la rue et ses arbres",
        "text": "Un texte assez long pour ressembler à un vrai. " * 20,
        "theme": THEMES[number % len(THEMES)],
        "place": {"scope": "district", "district": f"750{5 + number % 16:02d}"},
        "deposited_on": f"20{20 + number % 6}-0{1 + number % 9}-15",
        "supports": number % 1500,
    }


def messages() -> Iterator[dict[str, Any]]:
    """The discussion of one dossier."""
    for number in range(MESSAGES):
        yield {
            "reference": f"m{number}",
            "side": ("pro", "con", "question")[number % 3],
            "text": f"Message {number}. " + "Une phrase qui donne une raison. " * 6,
            "written_at": f"2025-0{1 + number % 9}-10T10:00:00Z",
            "useful": number % 40,
        }


def pages(number: str) -> list[Page]:
    """What is read, in turn."""
    home, listed, detail = ["/"], ["/idees"], [f"/dossiers/{number}"]
    return [
        Page("home", home, LIST),
        Page("list of 5,000", listed, LIST),
        Page("dossier with 500 messages", detail, DETAIL),
        Page("list of 5,000, never asked for before", _unknown(listed[0]), LIST),
        Page("dossier with 500 messages, never asked for before", _unknown(detail[0]), DETAIL),
    ]


def _unknown(path: str) -> list[str]:
    return [f"{path}?unknown={number}" for number in range(UNKNOWN)]


def measure(stage: Stage, number: str, folder: Path) -> list[PageLine]:
    """Each page, in turn; the first reading is not counted."""
    lines = []
    for page in pages(number):
        read(stage.site, page.paths[-1:], connections=4, seconds=1, folder=folder)
        measured = read(stage.site, page.paths, connections=CONNECTIONS, seconds=SECONDS, folder=folder)
        lines.append(PageLine(page, measured))
    return lines
