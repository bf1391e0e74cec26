"""The committed examples of projects, from admitted ideas on, in an order in which each of them works."""

from typing import Any

from contracts import ideas as c

from services.ideas.tests.contract.scenario import ANYBODY, EXAMINER, MANAGER, MODERATOR, Step, deposit

LEADER, MEMBER, RIVAL = (f"01927f3e-0000-7000-8000-0000000000{code}" for code in ("f1", "f2", "f3"))


def _project(*ideas: str) -> Step:
    words = {"title": "Des bibliothèques ouvertes", "description": "Les travaux qui permettent d’ouvrir le dimanche."}
    return Step(MANAGER, c.SAVE_PROJECT, words | {"idea_id": ideas[0], "ideas": list(ideas)})


def _judged(idea: str) -> Step:
    return Step(EXAMINER, c.ASSIGN_EXAMINATION, {"idea_id": idea, "service": "affaires-culturelles"})


FEASIBLE: dict[str, Any] = {"feasibility": "feasible", "cost": 640_000, "text": "Quatre bâtiments s’y prêtent."}

DELIVERED = {
    "idea_id": LEADER,
    "version": 1,
    "state": "delivered",
    "spent": 655_000,
    "variance": "cost-prices",
    "text": "Les quatre bibliothèques ouvrent désormais le dimanche.",
}
WAITS = {c.FREEZE_BALLOT: 220, c.ENTER_RESULT: 190}
"""How many days pass before a call, by the calendar of the campaign."""
PROJECTS = (
    deposit(LEADER, "budget_idea"),
    deposit(MEMBER, "budget_idea"),
    deposit(RIVAL, "budget_idea"),
    *(Step(MODERATOR, c.APPROVE_IDEA, {"idea_id": one}) for one in (LEADER, MEMBER, RIVAL)),
    Step(MANAGER, c.DECIDE_ADMISSIBILITY, {"idea_ids": [LEADER, MEMBER, RIVAL], "decision": "admit"}),
    Step(MANAGER, c.LIST_UNGROUPED),
    Step(MANAGER, c.SAVE_PROJECT),
    Step(ANYBODY, c.READ_PROJECT),
    Step(ANYBODY, c.LIST_PROJECTS),
    Step(ANYBODY, c.MAP_PROJECTS),
    Step(MANAGER, c.DISSOLVE_PROJECT),
    *(_project(*ideas) for ideas in ((LEADER, MEMBER), (RIVAL,))),
    *(_judged(idea) for idea in (LEADER, RIVAL)),
    *(Step(EXAMINER, c.RECORD_FEASIBILITY, FEASIBLE | {"idea_id": idea}) for idea in (LEADER, RIVAL)),
    Step(MANAGER, c.DECLARE_INCOMPATIBLE),
    Step(MANAGER, c.SETTLE_PROJECT),
    Step(MANAGER, c.SETTLE_PROJECT, {"idea_id": RIVAL, "decision": "retain"}),
    Step(MANAGER, c.FREEZE_BALLOT),
    Step(MANAGER, c.ENTER_RESULT),
    Step(EXAMINER, c.RECORD_WORKS),
    Step(ANYBODY, c.READ_WORKS),
    Step(EXAMINER, c.RECORD_WORKS, DELIVERED),
    Step(ANYBODY, c.READ_WHOLE),
    Step(ANYBODY, c.BROWSE_IDEAS),
)
