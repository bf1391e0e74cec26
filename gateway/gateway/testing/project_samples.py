"""Projects for tests of the gateway: one of two ideas that is studied, and others around it."""

from typing import Any
from uuid import UUID

from contracts import ideas

from gateway.testing.campaign_samples import YEAR
from gateway.testing.examination_samples import EXAMINED
from gateway.testing.samples import IDEA, card, page_of

NUMBER = EXAMINED
"""The project bears the number of the idea that leads it."""
OTHER = UUID(int=77)
BUILT = "PAR-2026-005002"
_POINT = {"latitude": 48.8494, "longitude": 2.3806}


def _card(n: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": IDEA,
        "number": NUMBER if n == 0 else f"PAR-2026-{5000 + n:06d}",
        "year": YEAR,
        "title": "Une rue-jardin autour de l’hôpital" if n == 0 else f"Ouvrir la cour de l’école, variante {n}",
        "excerpt": "Deux cents mètres de trottoir rouverts au sol, plantés d’arbres, avec des bancs.",
        "theme": "nature",
        "place": "75012",
        "location": {"scope": "point", "district": "75012", "point": _POINT, "address": "Rue Crozatier"},
        "project_state": "studied",
        "state": "under_examination",
        "ideas": 2,
        "supports": 128,
        "cost": 420_000 if n % 2 == 0 else None,
        "equity": "stalingrad-riquet" if n == 2 else None,
    } | changes


def project(**changes: Any) -> ideas.ProjectView:
    """A project of two ideas."""
    made_of = [
        {"id": IDEA, "number": NUMBER, "title": "Planter une rue-jardin rue Crozatier", "leads": True},
        {"id": OTHER, "number": "PAR-2026-004310", "title": "Des arbres rue Crozatier", "leads": False},
    ]
    excluded = {"id": OTHER, "number": "PAR-2026-005001", "title": "Agrandir le parking", "text": "Le même terrain."}
    text = "Deux cents mètres de trottoir **rouverts au sol**, plantés d’arbres, avec des bancs et une fontaine."
    return ideas.ProjectView.model_validate(
        _card(0)
        | {"description": text, "made_of": made_of, "incompatible": [excluded], "reason": None, "version": 3}
        | changes
    )


def projects(**changes: Any) -> ideas.ProjectPage:
    """Three of them."""
    cards = [ideas.ProjectCard.model_validate(_card(n, **changes)) for n in range(3)]
    return ideas.ProjectPage(items=tuple(cards), total=3)


def pins() -> ideas.ProjectMap:
    """Where they are."""
    pin = {"number": NUMBER, "title": "Une rue-jardin autour de l’hôpital", **_POINT}
    return ideas.ProjectMap.model_validate({"items": [pin]})


def ungrouped() -> ideas.DossierPage:
    """Ideas that wait for a project."""
    state = ideas.State.UNDER_EXAMINATION
    return page_of(*(card(n, state, kind="budget_idea", id=UUID(int=n)) for n in (21, 22)))


def frozen() -> ideas.BallotFrozen:
    """One list of two projects."""
    listed = {"place": "75012", "projects": 2, "sha256": "5f" * 32}
    return ideas.BallotFrozen.model_validate({"lists": [listed]})


_WORKS = {
    "first_due_on": "2026-06-30",
    "due_on": "2026-11-30",
    "days_late": 79,
    "started_on": "2026-02-02",
    "delivered_on": None,
    "progress": 60,
    "estimated": 450_000,
    "committed": 431_000,
    "spent": 210_000,
    "version": 4,
}


def built(**changes: Any) -> ideas.ProjectView:
    """A project that won and is being built, late and for more than was voted."""
    more = {"project_state": "selected", "state": "under_way", "voted": 420_000, "works": _WORKS, "number": BUILT}
    return project(**more | changes)


def of(key: str) -> ideas.ProjectView:
    """The project of a number: the one that is built, or the one that is studied."""
    return built() if key == BUILT else project()


def listed(request: ideas.ListProjects) -> ideas.ProjectPage:
    """Projects that are studied, or those that won."""
    if request.states != (ideas.ProjectState.SELECTED,):
        return projects()
    won = ideas.ProjectCard.model_validate(
        _card(2) | {"project_state": "selected", "state": "accepted", "voted": 90_000}
    )
    late = ideas.ProjectCard.model_validate({name: getattr(built(), name) for name in ideas.ProjectCard.model_fields})
    return ideas.ProjectPage(items=(late, won), total=2)


def works() -> ideas.WorksSummary:
    """All of them, added up."""
    counts = {"projects": 2, "accepted": 1, "planned": 0, "under_way": 1, "delivered": 0, "abandoned": 0, "late": 1}
    money = {"voted": 510_000, "estimated": 450_000, "committed": 431_000, "spent": 210_000}
    return ideas.WorksSummary.model_validate(counts | money)
