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
