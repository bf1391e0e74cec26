"""The vote of the demonstration: by majority judgment, open now, with half of the inhabitants' ballots.

Its projects are those of this year's participatory budget, as its commission put them to the vote; without the service
of ideas the vote names them itself.
"""

import time
from typing import Any

from contracts.voting import ReviseElection

from decider_demo import budget
from decider_demo.api import Refused
from decider_demo.inhabitants import Person, together
from decider_demo.stage import CROWD, Stage, content, period

LIKING = 4
"""How much an inhabitant may like a project, from not at all on; the territory has the grades for that."""
PATIENCE = 60.0
"""Seconds in which the list of a commission comes to the service of votes."""


def tell(stage: Stage, *, of_a_campaign: bool) -> None:
    """The vote and the ballots of half of the inhabitants; over, it stays as it is."""
    told = content("election")
    id_ = str(stage.seed.uuid("election", told["slug"]))
    one = _found(stage, told["slug"]) or stage.agent.post(
        "/elections", _drafted(id_, told, of_a_campaign=of_a_campaign)
    )
    if one["state"] == "draft":
        if of_a_campaign:
            budget.freeze(stage, budget.THIS)
            stage.agent.send("PUT", f"/elections/{id_}", json=translated(listed(stage, told["slug"]), told))
        stage.agent.post(f"/elections/{id_}/opening", {})
        one = _found(stage, told["slug"]) or one
    if one["state"] not in {"announced", "open"}:
        return
    voters = list(enumerate(stage.crowd[: CROWD // 2]))
    together(lambda each: cast(stage, one, told, *each), voters, threads=8, title="Ballots")


def _found(stage: Stage, slug: str) -> dict[str, Any] | None:
    try:
        return stage.agent.get(f"/elections/{slug}")
    except Refused:
        return None


def _drafted(id_: str, told: dict[str, Any], *, of_a_campaign: bool) -> dict[str, Any]:
    """The body of a new election; of a campaign: the projects come with its list."""
    kept = {key: told[key] for key in ("slug", "campaign", "envelope", "title", "description", "candidates")}
    if of_a_campaign:
        kept |= {"campaign": budget.slug(budget.THIS), "candidates": []}
    return {"id": id_, **kept, "method": {"kind": "majority_judgment", "blanks": "ignored"}, **period(told)}


def listed(stage: Stage, slug: str) -> dict[str, Any]:
    """The draft, once the list of the commission has come. Raises *timeout* if it does not."""
    end = time.monotonic() + PATIENCE
    while not (one := stage.agent.get(f"/elections/{slug}"))["candidates"]:
        if time.monotonic() > end:
            raise TimeoutError("The list of projects does not come to the vote; see the logs of ideas and voting.")
        time.sleep(0.2)
    return one


def translated(one: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """What a manager makes of the draft: the same, with the words of every language."""
    words = {each["title"]["fr"]: each for each in told["candidates"]}
    named = [
        {**each, **{key: words[each["title"]["fr"]][key] for key in ("title", "summary")}} for each in one["candidates"]
    ]
    kept = [key for key in ReviseElection.model_fields if key in one and key != "id"]
    return {key: one[key] for key in kept} | {"candidates": named}


def cast(stage: Stage, one: dict[str, Any], told: dict[str, Any], number: int, person: Person) -> None:
    """One inhabitant's ballot: the taste of their kind, moved a little so that no two are quite the same."""
    ids = {each["title"]["fr"]: each["id"] for each in one["candidates"]}
    taste = told["samples"]["tastes"][number % 4]
    moved = [(liked + (number * (place + 3)) % 5 // 4) % LIKING for place, liked in enumerate(taste)]
    named = [ids[each["title"]["fr"]] for each in told["candidates"]]
    scale = [each["code"] for each in reversed(one["grades"])]
    given = [scale[liked * (len(scale) - 1) // (LIKING - 1)] for liked in moved]
    grades = dict(zip(named, given, strict=True))
    body = {
        "cast_id": str(stage.seed.uuid("cast", told["slug"], number)),
        "ballot": {"kind": "majority_judgment", "grades": grades},
    }
    stage.agent.post(f"/elections/{one['id']}/ballots", body, token=person.token)
