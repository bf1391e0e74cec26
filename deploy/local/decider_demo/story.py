"""The demonstration's own content: a small invented city life, so that a new installation is not empty.

Ideas in every state, messages, participatory budgets, a consultation with answers, an open vote: everything through
the public API, each act by whom it belongs to. Running it again adds what is missing and changes nothing else.
"""

from collections.abc import Iterator
from typing import Any

from decider_demo import budget, ideas, vote
from decider_demo.api import Refused
from decider_demo.inhabitants import Counter, Person, together
from decider_demo.stage import CROWD, Stage, content, period, settle_crowd


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


def tell(services: tuple[str, ...], counter: Counter) -> None:
    """Everything that the deployed services can show."""
    stage = Stage(counter.api, counter.seed, settle_crowd(counter))
    if "ideas" in services:
        ideas.tell(stage)
        budget.tell(stage)
    if "consultations" in services:
        tell_consultation(stage)
    if "voting" in services:
        vote.tell(stage, of_a_campaign="ideas" in services)
