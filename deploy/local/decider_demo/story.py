"""The demonstration's own content: a small invented city life, so that a new installation is not empty.

Ideas in every state, messages, a consultation with answers, an open vote: everything through the public API, each act
by whom it belongs to. Running it again adds what is missing and changes nothing else.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from decider_demo.api import Api, Refused
from decider_demo.inhabitants import Counter, Newcomer, Person, Seed, together

CONTENT = Path(__file__).parent / "content"
_NAMES = "Amina T., Jonas M., Marguerite D., Karim B., Hélène V., Nadia S., Lucien A., Théo L., Odile R., Paul E."
NAMES = _NAMES.split(", ")
CROWD = 60
"""Inhabitants: those above and others who only support, answer and vote."""
PAST = {"accepted", "declined", "delivered"}
"""These took months: they come with their record, as from an earlier platform."""
GRADES = ("pas-convaincu", "pourquoi-pas", "jaime-bien", "coup-de-coeur")


def content(name: str) -> dict[str, Any]:
    """A file of the demonstration's content."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Stage:
    """Everybody who acts: the API as the agent who may do everything here, and the inhabitants."""

    agent: Api
    seed: Seed
    crowd: tuple[Person, ...]

    def named(self, name: str) -> Person:
        """The inhabitant of that name."""
        return next(person for person in self.crowd if person.name == name)


def settle_crowd(counter: Counter) -> tuple[Person, ...]:
    """Accounts for the inhabitants, spread over the districts."""
    names = [*NAMES, *(f"Habitant·e {number}" for number in range(len(NAMES) + 1, CROWD + 1))]
    newcomers = [Newcomer(f"story-{n}", name, f"750{5 + n % 16:02d}") for n, name in enumerate(names)]
    return tuple(together(counter.settle, newcomers, threads=8, title="Inhabitants"))


# -- ideas ------------------------------------------------------------------------------------------------------------


def tell_ideas(stage: Stage) -> None:
    """Every idea of the story, from its deposit to where it stands."""
    together(lambda idea: tell_idea(stage, idea), content("ideas")["ideas"], threads=4, title="Ideas")


def tell_idea(stage: Stage, idea: dict[str, Any]) -> None:
    """One idea: deposited, then what happened to it. What was done in an earlier run is left as it is."""
    if idea["then"] in PAST:
        stage.agent.post("/imports/ideas", past(idea))
        return
    id_ = str(stage.seed.uuid("idea", idea["key"]))
    body = {"idea_id": id_, "kind": "idea"} | {key: idea[key] for key in ("title", "text", "theme", "place")}
    made = stage.agent.post("/ideas", body, token=stage.named(idea["author"]).token)
    if made["state"] not in {"submitted", "open"} or idea["then"] == "waiting":
        return
    if idea["then"] == "refused":
        stage.agent.post(f"/desk/ideas/{id_}/refusal", {"reason": idea["reason"], "text": idea["answer"]})
        return
    stage.agent.post(f"/desk/ideas/{id_}/approval", {})
    gather(stage, id_, idea)
    talk(stage, id_, idea)


def gather(stage: Stage, id_: str, idea: dict[str, Any]) -> None:
    """The supports: of as many inhabitants as the story says, never of the author."""
    willing = [person for person in stage.crowd if person.name != idea["author"]]
    for person in willing[: idea["supports"]]:
        stage.agent.send("PUT", f"/ideas/{id_}/support", token=person.token, json={})


def talk(stage: Stage, id_: str, idea: dict[str, Any]) -> None:
    """The messages, and the official replies to them."""
    said = [str(stage.seed.uuid("comment", idea["key"], number)) for number in range(len(idea.get("comments", ())))]
    for comment_id, comment in zip(said, idea.get("comments", ()), strict=True):
        body = {"comment_id": comment_id, "side": comment["side"], "text": comment["text"]}
        stage.agent.post(f"/ideas/{id_}/comments", body, token=stage.named(comment["by"]).token)
    for reply in idea.get("replies", ()):
        own = {"comment_id": str(stage.seed.uuid("reply", idea["key"], reply["to"])), "parent_id": said[reply["to"]]}
        stage.agent.post(f"/ideas/{id_}/comments", own | {"text": reply["text"], "service": reply["service"]})


def past(idea: dict[str, Any]) -> dict[str, Any]:
    """An idea of some months ago, as the body of an import: deposited, answered, followed up."""
    today = datetime.now(UTC).date()
    answered = {"state": "declined" if idea["then"] == "declined" else "accepted", "text": idea["answer"]}
    reason = {"reason": idea["reason"]} if "reason" in idea else {}
    told = [{**answered, **reason, "service": idea["service"]}, *idea.get("progress", ())]
    steps = [
        {"on": (today - timedelta(days=30 * (len(told) - number))).isoformat(), **step}
        for number, step in enumerate(told)
    ]
    return {
        "source": "Démonstration",
        "reference": idea["key"],
        "kind": "idea",
        **{key: idea[key] for key in ("title", "text", "theme", "place", "supports")},
        "deposited_on": (today - timedelta(days=240)).isoformat(),
        "steps": steps,
    }


# -- a consultation ---------------------------------------------------------------------------------------------------


def tell_consultation(stage: Stage) -> None:
    """A questionnaire that is open now, with what the inhabitants answer; one that was closed stays as it is."""
    told = content("consultation")
    id_ = str(stage.seed.uuid("consultation", told["slug"]))
    try:
        state = stage.agent.get(f"/consultations/{id_}")["state"]
    except Refused:
        state = publish_consultation(stage, id_, told)
    if state != "open":
        return
    answers = list(zip(stage.crowd, samples(told["samples"]), strict=False))
    together(lambda one: send_answer(stage, id_, *one), answers, threads=8, title="Answers")


def publish_consultation(stage: Stage, id_: str, told: dict[str, Any]) -> str:
    """Create it, write its form, open it; its state."""
    details = told["details"] | {"places": told["places"], **period(told)}
    body = {"id": id_, "details": details, "form": {"pages": told["pages"]}}
    made = stage.agent.post("/desk/consultations", body)
    published = stage.agent.post(f"/desk/consultations/{id_}/publication", {"revision": made["revision"]})
    return str(published["state"])


def samples(told: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """What the next inhabitant answers, for ever; an empty text is no answer."""
    for number in range(CROWD):
        values = {key: options[number % len(options)] for key, options in told.items()}
        yield {key: value for key, value in values.items() if value != ""}


def send_answer(stage: Stage, id_: str, person: Person, values: dict[str, Any]) -> None:
    """One inhabitant's answer."""
    body = {"version": 1, "values": values}
    stage.agent.send("PUT", f"/consultations/{id_}/my-answer", json=body, token=person.token)


def period(told: dict[str, Any]) -> dict[str, str]:
    """From when to when, counted from now."""
    now = datetime.now(UTC).replace(microsecond=0)
    opens, closes = (now + timedelta(days=told[key]) for key in ("opens_in_days", "closes_in_days"))
    return {"opens_at": opens.isoformat(), "closes_at": closes.isoformat()}


# -- a vote -----------------------------------------------------------------------------------------------------------


def tell_election(stage: Stage) -> None:
    """A vote by majority judgment that is open now, with half of the inhabitants' ballots; over, it stays as it is."""
    told = content("election")
    id_ = str(stage.seed.uuid("election", told["slug"]))
    try:
        state = stage.agent.get(f"/elections/{told['slug']}")["state"]
    except Refused:
        stage.agent.post("/elections", election(id_, told))
        state = stage.agent.post(f"/elections/{id_}/opening", {})["state"]
    if state not in {"announced", "open"}:
        return
    voters = list(enumerate(stage.crowd[: CROWD // 2]))
    together(lambda one: cast(stage, id_, told, *one), voters, threads=8, title="Ballots")


def election(id_: str, told: dict[str, Any]) -> dict[str, Any]:
    """The body of a new election."""
    kept = {key: told[key] for key in ("slug", "campaign", "envelope", "title", "description")}
    candidates = [{**one, "title": one["title"], "summary": one["summary"]} for one in told["candidates"]]
    method = {"kind": "majority_judgment", "blanks": "ignored"}
    return {"id": id_, **kept, "method": method, "candidates": candidates, **period(told)}


def cast(stage: Stage, id_: str, told: dict[str, Any], number: int, person: Person) -> None:
    """One inhabitant's ballot: the taste of their kind, moved a little so that no two are quite the same."""
    taste = told["samples"]["tastes"][number % 4]
    moved = [(liked + (number * (place + 3)) % 5 // 4) % 4 for place, liked in enumerate(taste)]
    grades = {one["id"]: GRADES[liked] for one, liked in zip(told["candidates"], moved, strict=True)}
    body = {
        "cast_id": str(stage.seed.uuid("cast", told["slug"], number)),
        "ballot": {"kind": "majority_judgment", "grades": grades},
    }
    stage.agent.post(f"/elections/{id_}/ballots", body, token=person.token)


def tell(services: tuple[str, ...], counter: Counter) -> None:
    """Everything that the deployed services can show."""
    stage = Stage(counter.api, counter.seed, settle_crowd(counter))
    parts = {"ideas": tell_ideas, "consultations": tell_consultation, "voting": tell_election}
    for service, part in parts.items():
        if service in services:
            part(stage)
