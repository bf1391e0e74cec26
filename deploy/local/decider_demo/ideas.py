"""Ideas of the demonstration, each from its deposit to where it stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

from decider_demo.inhabitants import together
from decider_demo.stage import Stage, content

PAST = {"accepted", "declined", "delivered"}
"""These took months: they come with their record, as from an earlier platform."""


def tell(stage: Stage) -> None:
    """Every idea of the story, from its deposit to where it stands."""
    together(lambda idea: tell_idea(stage, idea), content("ideas")["ideas"], threads=4, title="Ideas")


def tell_idea(stage: Stage, idea: dict[str, Any]) -> None:
    """One idea: deposited, then what happened to it. What was done in an earlier run is left as it is."""
    if idea["then"] in PAST:
        stage.agent.post("/imports/ideas", past(idea))
        return
    id_ = str(stage.seed.uuid("idea", idea["key"]))
    body = {"idea_id": id_, "kind": idea.get("kind", "idea")} | {
        key: idea[key] for key in ("title", "text", "theme", "place")
    }
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
