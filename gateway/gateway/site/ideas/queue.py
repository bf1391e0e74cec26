"""What the queues of the desk share: filters of the address, several things at once, who has what in hand."""

from dataclasses import dataclass, field
from typing import Any, Literal

from contracts.errors import Fault
from contracts.ideas import DECIDE_MANY, TAKE_ITEMS, ManyDecision, ManyResults, TakeItems, Taken, WorkQueue

from gateway.forms import messages
from gateway.forms.desk import ManyForm
from gateway.site.ids import as_id
from gateway.site.visit import Visit

MOST = 100
"""How many things can be decided at once."""
AGES = (1, 2, 7, 30)
"""Days offered by the filter of age."""
IN_HAND: dict[str, Literal["take", "release"]] = {"take": "take", "release": "release"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of the things that were ticked."""

    title: str
    done: bool
    why: str


@dataclass(slots=True)
class Chosen:
    """What was ticked, and what came of it."""

    ticked: tuple[str, ...] = ()
    outcomes: list[Outcome] = field(default_factory=list)


def filters(visit: Visit) -> dict[str, Any]:
    """The filters that every queue knows, of those in the address that the territory knows."""
    territory = visit.territory
    place, theme, kind = visit.query("lieu"), visit.query("theme"), visit.query("nature")
    return {
        "district": place if territory.district(place) else None,
        "theme": theme if territory.theme(theme) else None,
        "kind": kind if territory.kind(kind) else None,
        "taken": {"moi": Taken.MINE, "personne": Taken.FREE}.get(visit.query("pris")),
        "after": visit.query("after") or None,
    }


def age(visit: Visit) -> int | None:
    """The age in days that the address asks for."""
    wanted = visit.query("depuis")
    return int(wanted) if wanted in map(str, AGES) else None


def decide(visit: Visit, queue: WorkQueue, form: ManyForm, titles: dict[str, str]) -> Chosen:
    """Do with everything that is ticked what the pressed button says. ``titles``: by id, before it is decided."""
    ticked = tuple(dict.fromkeys(visit.fields.get("item", [])))[:MOST]
    ids = [as_id(text) for text in ticked]
    act = visit.field("act")
    if not ids:
        form.blame("", visit.text("Tick at least one line first."))
        return Chosen()
    if act in IN_HAND:
        results = visit.call(TAKE_ITEMS, TakeItems(queue=queue, act=IN_HAND[act], items=tuple(ids)))
        return _chosen(visit, results, titles)
    if act not in set(ManyDecision):
        raise Fault.not_found()
    decided = form.submit(DECIDE_MANY, items=ids, decision=act)
    return Chosen(ticked) if decided is None else _chosen(visit, decided, titles)


def _chosen(visit: Visit, results: ManyResults, titles: dict[str, str]) -> Chosen:
    """What failed stays ticked."""
    outcomes = [
        Outcome(titles.get(str(one.id), str(one.id)), one.done, _why(visit, one.refusal)) for one in results.items
    ]
    return Chosen(tuple(str(one.id) for one in results.items if not one.done), outcomes)


def _why(visit: Visit, refusal: str | None) -> str:
    if refusal is None:
        return ""
    return visit.text(messages.reason(refusal) or "It was decided otherwise meanwhile, or it is not yours to decide.")
