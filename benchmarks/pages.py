"""Page reads per second, as an anonymous reader: home, a list over 5,000 dossiers, a dossier with 500 messages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from decider_demo.inhabitants import Counter, together

from benchmarks.stage import Stage
from benchmarks.wrk import Measured, read

DOSSIERS, MESSAGES = 5_000, 500
SECONDS = 6
CONNECTIONS = 64
THEMES = ("nature", "culture", "mobilites", "sport", "ecoles", "proprete")
ADHOCRACY = {"list of 5,000": 15, "dossier with 500 messages": 31, "home": 15}
"""Requests per second of adhocracy+ on a machine of this kind (its list, its detail), for comparison."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """One row of the table."""

    page: str
    measured: Measured

    @property
    def times(self) -> float:
        """How many times adhocracy+'s rate."""
        return self.measured.rate / ADHOCRACY[self.page]


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


def measure(stage: Stage, number: str) -> list[PageLine]:
    """Each page, in turn; the first reading is not counted."""
    pages = {"home": "/", "list of 5,000": "/idees", "dossier with 500 messages": f"/dossiers/{number}"}
    lines = []
    for page, path in pages.items():
        read(stage.site + path, connections=4, seconds=1)
        lines.append(PageLine(page, read(stage.site + path, connections=CONNECTIONS, seconds=SECONDS)))
    return lines
