"""Participatory budgets of the demonstration: one takes deposits, one is voted on, one is being built.

Each in its own year, with days counted from today.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from decider_demo import ideas
from decider_demo.api import Refused
from decider_demo.inhabitants import together
from decider_demo.stage import Stage, content

KIND = "budget_idea"
STUDIED = "Étudié et chiffré avec les habitantes et les habitants : le projet peut être réalisé tel quel."
NEXT, THIS, LAST = 1, 0, -1
"""Years from now: of the campaign that takes deposits, of the one that is voted on, of the one that is built."""


def year(years: int) -> int:
    """The year of a campaign."""
    return _today().year + years


def slug(years: int) -> str:
    """By which dossiers and votes name a campaign."""
    return f"budget-{year(years)}"


def tell(stage: Stage) -> None:
    """The campaigns, what was deposited, the projects of each as far as they have come."""
    told = content("budget")
    for campaign in told["campaigns"]:
        save_campaign(stage, campaign)
    tell_deposits(stage, told["ideas"])
    work = [(tell_next, one) for one in told["next_projects"]]
    work += [(tell_candidate, one | told["vote"][one["id"]]) for one in content("election")["candidates"]]
    work += [(tell_past, one) for one in told["past_projects"]]
    together(lambda each: each[0](stage, each[1]), work, threads=4, title="Projects")
    exclude(stage, told["excluded"])
    tell_last_vote(stage, told["past_projects"])


def save_campaign(stage: Stage, told: dict[str, Any]) -> None:
    """Prepare and publish a campaign that is not there yet."""
    path = f"/desk/campaigns/{year(told['years'])}"
    try:
        stage.agent.get(f"/campaigns/{year(told['years'])}")
    except Refused:
        phases = [
            {"code": code, "starts_on": _day(first), "ends_on": _day(last)}
            for code, (first, last) in told["phases"].items()
        ]
        stage.agent.send("PUT", path, json={"phases": phases, "envelopes": told["envelopes"]})
    stage.agent.post(f"{path}/publication", {})


def tell_deposits(stage: Stage, told: list[dict[str, Any]]) -> None:
    """What inhabitants deposited, and which of it services will study."""
    together(lambda one: ideas.tell_idea(stage, one | {"kind": KIND}), told, threads=4, title="Ideas for the budget")
    admitted = [_deposited(stage, one["key"]) for one in told if one["then"] == "admitted"]
    stage.agent.post("/desk/admissibility", {"idea_ids": admitted, "decision": "admit"})
    for one in told:
        if one["then"] == "not_admitted":
            said = {"decision": "refuse", "reason": one["reason"], "text": one["answer"]}
            stage.agent.post("/desk/admissibility", {"idea_ids": [_deposited(stage, one["key"])], **said})


def _deposited(stage: Stage, key: str) -> str:
    return str(stage.seed.uuid("idea", key))


# -- projects ---------------------------------------------------------------------------------------------------------


def tell_next(stage: Stage, told: dict[str, Any]) -> None:
    """A project of what was just deposited; services have costed it, or have not yet."""
    made = project(stage, [_deposited(stage, key) for key in told["ideas"]], told)
    if "cost" in told:
        study(stage, made, told)


def tell_candidate(stage: Stage, told: dict[str, Any]) -> None:
    """A project of this year: the commission puts it to the vote."""
    words = {"title": told["title"]["fr"], "text": told["summary"]["fr"], "deposited_on": _day(-310)}
    retain(stage, {**told, **words, "key": f"vote-{told['id']}"}, THIS, admitted_on=_day(-230))


def tell_past(stage: Stage, told: dict[str, Any]) -> None:
    """A project of last year's campaign, on its ballot."""
    retain(stage, {**told, "text": told["description"], "deposited_on": _day(-680)}, LAST, admitted_on=_day(-600))


def retain(stage: Stage, told: dict[str, Any], years: int, *, admitted_on: str) -> None:
    """An admitted idea of an earlier platform becomes a project that is put to the vote."""
    admitted = {"on": admitted_on, "state": "under_examination", "service": told["service"]}
    body = {"source": "Démonstration", "reference": told["key"], "kind": KIND, "campaign": slug(years)}
    body |= {key: told[key] for key in ("title", "text", "theme", "place", "deposited_on")}
    idea = stage.agent.post("/imports/ideas", {**body, "supports": told.get("supports", 0), "steps": [admitted]})
    envelope = {"place": told.get("envelope"), "description": told["text"]}
    made = project(stage, [idea["idea_id"]], told | envelope)
    if made["project_state"] == "studied":
        study(stage, made, told | {"text": STUDIED})
        stage.agent.post(f"/desk/projects/{made['id']}/decision", {"decision": "retain"})


def project(stage: Stage, members: list[str], told: dict[str, Any]) -> dict[str, Any]:
    """The project that the first of these ideas leads, as it stands; made if it is not there."""
    try:
        return stage.agent.get(f"/projects/{members[0]}")
    except Refused:
        body = {"ideas": members, **{key: told.get(key) for key in ("title", "description", "place", "equity")}}
        return stage.agent.send("PUT", f"/desk/projects/{members[0]}", json=body)


def study(stage: Stage, made: dict[str, Any], told: dict[str, Any]) -> None:
    """Services say that it can be done, and what it costs, unless they have said so."""
    if made["cost"] is None:
        stage.agent.post(f"/desk/ideas/{made['id']}/assignment", {"service": told["service"]})
        judged: dict[str, Any] = {key: told[key] for key in ("cost", "yearly_cost", "text") if key in told}
        judged["feasibility"] = told.get("feasibility", "feasible")
        stage.agent.post(f"/desk/ideas/{made['id']}/feasibility", judged)


def exclude(stage: Stage, told: list[dict[str, Any]]) -> None:
    """Projects of this year of which one at most can win."""
    titles = {one["id"]: one["title"]["fr"] for one in content("election")["candidates"]}
    found = {one["title"]: one for one in stage.agent.get("/projects", year=str(year(THIS)), limit="100")["items"]}
    for pair in told:
        one, other = (found[titles[id_]] for id_ in pair["projects"])
        if one["project_state"] == "retained":
            path = f"/desk/projects/{one['id']}/incompatible/{other['id']}"
            stage.agent.send("PUT", path, json={"text": pair["text"]})


def freeze(stage: Stage, years: int) -> None:
    """The lists of a campaign go to the vote."""
    stage.agent.post(f"/desk/campaigns/{year(years)}/ballot", {})


# -- what last year's vote decided ------------------------------------------------------------------------------------


def tell_last_vote(stage: Stage, told: list[dict[str, Any]]) -> None:
    """Last year's lists, what was decided, and what became of each project that won."""
    freeze(stage, LAST)
    found = {one["title"]: one for one in stage.agent.get("/projects", year=str(year(LAST)), limit="100")["items"]}
    together(lambda one: tell_result(stage, found[one["title"]], one), told, threads=4, title="Works")


def tell_result(stage: Stage, made: dict[str, Any], told: dict[str, Any]) -> None:
    """The result, entered by hand, then the news that were not told in an earlier run."""
    if made["project_state"] == "on_ballot":
        outcome = "selected" if told["selected"] else "not_selected"
        stage.agent.post(f"/desk/projects/{made['id']}/result", {"outcome": outcome, "text": told["result"]})
    heard = made["works"]["version"] if made["works"] else 0
    for version, news in enumerate(told["works"]):
        if version >= heard:
            stage.agent.post(f"/desk/projects/{made['id']}/works", {"version": version, **_dated(news)})


def _dated(news: dict[str, Any]) -> dict[str, Any]:
    days = {"on": "on", "due_in": "due_on"}
    return {days.get(key, key): _day(value) if key in days else value for key, value in news.items()}


def _today() -> date:
    return datetime.now(UTC).date()


def _day(days: int) -> str:
    return (_today() + timedelta(days=days)).isoformat()
