"""A whole participatory budget on a running suite, through the public API, each act by who may do it: broker and all.

Its days pass as a manager moves the public calendar, each time with a reason that everybody reads.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from decider_demo.api import Api, Refused

from tests.whole.city import City, fresh
from tests.whole.conftest import Suite
from tests.whole.journeys import until
from tests.whole.test_whole_path import mailed

pytestmark = pytest.mark.timeout(600)
TODAY = datetime.now(UTC).date()
YEAR = TODAY.year + 2
PATH = f"/desk/campaigns/{YEAR}"
DEPOSITS = {"deposit": (-10, 5), "review": (6, 20), "ballot": (21, 30), "vote": (31, 40), "results": (41, 50)}
VOTING = {"deposit": (-10, -8), "review": (-7, -6), "ballot": (-5, -2), "vote": (-1, 9), "results": (10, 20)}
NEWS: tuple[dict[str, Any], ...] = (
    {"state": "planned", "due_on": str(TODAY + timedelta(days=90)), "text": "Le chantier se fera pendant l’hiver."},
    {"state": "under_way", "progress": 40, "committed": 410_000, "text": "Le sol est rouvert."},
    {"state": "delivered", "spent": 405_000, "text": "La cour est ouverte à toutes et tous."},
)
TEXT = "La cour est un couloir d’asphalte, brûlant en été et couvert de flaques en hiver. " * 8


@dataclass
class Cast:
    """Who acts. The four authors have each deposited one idea; ``asker`` only wants to hear of the delivery."""

    manager: Api
    moderator: Api
    examiner: Api
    authors: list[Api]
    asker: Api
    address: str
    """Of the asker."""


def phases(days: dict[str, tuple[int, int]]) -> list[dict[str, str]]:
    return [
        {"code": code, "starts_on": str(TODAY + timedelta(days=first)), "ends_on": str(TODAY + timedelta(days=last))}
        for code, (first, last) in days.items()
    ]


def newcomer(suite: Suite) -> tuple[Api, str]:
    """Somebody who asked for an account and confirmed the mailed link, and hears of things by night as well."""
    address, password = f"campaign-{secrets.token_hex(4)}@example.org", secrets.token_urlsafe(16)
    api = suite.api()
    form = {"email": address, "password": password, "display_name": "Camille", "language": "fr", "accepts_terms": True}
    api.post("/accounts", form)
    api.post("/accounts/confirmations", {"token": until(lambda: mailed(suite, address), "the confirmation mail")})
    api.sign_in(address, password)
    api.send("PATCH", "/me/preferences", json={"quiet_from": 0, "quiet_until": 0, "weekly_cap": 50})
    return api, address


@pytest.fixture(scope="module")
def cast(suite: Suite, city: City) -> Cast:
    someone = city.someone()
    grant = {"role": "campaign_manager", "places": ["*"], "reason": "Budget participatif", "grant_id": fresh()}
    city.agent.post("/grants", grant | {"account_id": someone.id})
    manager = suite.api()
    manager.sign_in(someone.person.login, someone.password)
    asker, address = newcomer(suite)
    return Cast(
        manager=manager,
        moderator=suite.as_("moderation@example.org"),
        examiner=suite.as_("instruction@example.org"),
        authors=[newcomer(suite)[0] for _ in range(4)],
        asker=asker,
        address=address,
    )


def make_room(cast: Cast) -> None:
    """Two campaigns cannot take deposits on one day: the demonstration's ends before."""
    other = next(one for one in cast.manager.get("/campaigns")["items"] if one["now"] == "deposit")
    whole = cast.manager.get(f"/campaigns/{other['year']}")
    kept = [{key: one[key] for key in ("code", "starts_on", "ends_on")} for one in whole["phases"]]
    kept[0]["ends_on"], kept[1]["starts_on"] = str(TODAY - timedelta(days=12)), str(TODAY - timedelta(days=11))
    body = {"phases": kept, "envelopes": whole["envelopes"], "version": whole["version"], "reason": "Place à l’essai."}
    cast.manager.send("PUT", f"/desk/campaigns/{other['year']}", json=body)


def refused(api: Api, method: str, path: str, body: dict[str, Any]) -> int:
    with pytest.raises(Refused) as no:
        api.send(method, path, json=body)
    return int(no.value.status or 0)


def publish(suite: Suite, cast: Cast) -> None:
    """A manager drafts the campaign, which nobody else sees, and publishes it."""
    make_room(cast)
    body = {"phases": phases(DEPOSITS), "envelopes": [{"amount": 2_000_000}]}
    assert refused(cast.asker, "PUT", PATH, body) == 403
    cast.manager.send("PUT", PATH, json=body)
    assert refused(suite.api(), "GET", f"/campaigns/{YEAR}", {}) == 404
    assert cast.manager.post(f"{PATH}/publication", {})["now"] == "deposit"
    cast.asker.send("PUT", f"/me/followed/campaign/budget-{YEAR}")


def deposit(cast: Cast) -> list[dict[str, Any]]:
    """Each author deposits an idea, a moderator reads them, everybody supports the first."""
    made = []
    for number, author in enumerate(cast.authors):
        place = {"scope": "district", "district": "75012"}
        words = {"title": f"Ouvrir la cour de l’école, variante {number}", "text": TEXT, "theme": "ecoles"}
        made.append(author.post("/ideas", {"idea_id": fresh(), "kind": "budget_idea", "place": place, **words}))
        cast.moderator.post(f"/desk/ideas/{made[-1]['id']}/approval", {})
    for supporter in cast.authors[1:]:
        supporter.send("PUT", f"/ideas/{made[0]['id']}/support", json={})
    return made


def study(cast: Cast, leader: str, member: str, rival: str, private: str) -> None:
    """Admissibility, two ideas in one project, feasibility and cost: the services."""
    admitted = {"idea_ids": [leader, member, rival], "decision": "admit"}
    assert refused(cast.authors[0], "POST", "/desk/admissibility", admitted) == 403
    cast.examiner.post("/desk/admissibility", admitted)
    why = {"reason": "budget-private", "text": "Cette cour est à une copropriété."}
    cast.examiner.post("/desk/admissibility", {"idea_ids": [private], "decision": "refuse", **why})
    words = {"description": "Un sol rouvert, des arbres et un point d’eau, ouvert le samedi.", "place": None}
    projects = {leader: (leader, member), rival: (rival,)}
    for one, made_of in projects.items():
        body = {"ideas": made_of, "title": "Une cour ouverte au quartier", **words}
        cast.examiner.send("PUT", f"/desk/projects/{one}", json=body)
        cast.examiner.post(f"/desk/ideas/{one}/assignment", {"service": "affaires-scolaires"})
        judged = {"feasibility": "feasible", "cost": 420_000, "text": "Possible côté impair."}
        cast.examiner.post(f"/desk/ideas/{one}/feasibility", judged)


def choose(cast: Cast, leader: str, rival: str) -> None:
    """The commission: both are put to the vote, and exclude one another; the calendar comes to the vote."""
    assert refused(cast.examiner, "POST", f"/desk/projects/{leader}/decision", {"decision": "retain"}) == 403
    cast.manager.send("PUT", f"/desk/projects/{leader}/incompatible/{rival}", json={"text": "La même cour."})
    for one in (leader, rival):
        cast.manager.post(f"/desk/projects/{one}/decision", {"decision": "retain"})
    assert refused(cast.manager, "POST", f"{PATH}/ballot", {}) == 409
    now = cast.manager.get(f"/campaigns/{YEAR}")
    body = {"phases": phases(VOTING), "envelopes": now["envelopes"], "version": now["version"]}
    assert refused(cast.manager, "PUT", PATH, body) == 422
    changed = cast.manager.send("PUT", PATH, json=body | {"reason": "Les dépôts se terminent plus tôt."})
    assert changed["changes"][0]["reason"] == "Les dépôts se terminent plus tôt."
    assert cast.manager.post(f"{PATH}/ballot", {})["lists"][0]["projects"] == 2


def decide(suite: Suite, city: City, cast: Cast, leader: dict[str, Any], rival: dict[str, Any]) -> dict[str, Any]:
    """The list becomes a draft, the manager opens it, three people vote, it is closed and counted; the result."""

    def drafted() -> dict[str, Any] | None:
        page: dict[str, Any] = {"next": ""}
        mine: list[dict[str, Any]] = []
        while page["next"] is not None and not mine:  # other tests leave more drafts than one page holds
            page = cast.manager.get("/desk/elections", limit="50", **({"after": page["next"]} if page["next"] else {}))
            mine = [one for one in page["items"] if one["campaign"] == f"budget-{YEAR}"]
        return mine[0] if mine else None

    draft = until(drafted, "the draft of the vote")
    cast.manager.post(f"/elections/{draft['id']}/opening", {})
    api = suite.api()

    def opened() -> dict[str, Any] | None:
        one = api.get(f"/elections/{draft['id']}")
        return one if one["state"] == "open" else None

    election = until(opened, "the opening")
    assert [one["dossier"] for one in election["candidates"]] == [leader["number"], rival["number"]]
    for number in range(3):
        grades = {leader["number"]: "coup-de-coeur", rival["number"]: "jaime-bien" if number else "coup-de-coeur"}
        ballot = {"cast_id": fresh(), "ballot": {"kind": "majority_judgment", "grades": grades}}
        assert api.post(f"/elections/{draft['id']}/ballots", ballot, token=city.someone().token)["receipt"]
    cast.manager.post(f"/elections/{draft['id']}/closing", {"reason": "Tout le monde a voté."})
    until(lambda: api.get(f"/elections/{draft['id']}")["state"] == "published" or None, "the count")
    return api.get(f"/elections/{draft['id']}/result")


def story(api: Api, number: str) -> list[str]:
    record = api.get(f"/ideas/{number}/record")
    assert record["intact"]
    return [step["kind"] for step in record["steps"]]


def test_a_campaign_goes_from_its_draft_to_the_mail_that_tells_the_delivery(
    suite: Suite, city: City, cast: Cast
) -> None:
    api = suite.api()
    publish(suite, cast)
    leader, member, rival, private = made = deposit(cast)
    study(cast, *(one["id"] for one in made))
    choose(cast, leader["id"], rival["id"])
    assert decide(suite, city, cast, leader, rival)["ballots"] == 3

    def won() -> dict[str, Any] | None:
        one = api.get(f"/projects/{leader['number']}")
        return one if one["project_state"] == "selected" else None

    assert until(won, "the result on the record")["voted"] == 420_000
    lost = until(lambda: _last(api, rival["number"], "not_selected"), "the result on the rival's record")
    assert (lost["facts"]["verdict"], lost["facts"]["excluded_by"]) == ("excluded", leader["number"])

    cast.asker.send("PUT", f"/me/followed/delivery/{leader['number']}")
    for version, told in enumerate(NEWS):
        cast.examiner.post(f"/desk/projects/{leader['id']}/works", {"version": version, **told})
    whole = ["retained", "on_ballot", "selected", "planned", "under_way", "delivered"]
    assert story(api, leader["number"])[-len(whole) :] == whole
    assert story(api, member["number"]) == ["deposited", "opened", "admitted", "grouped", *whole]
    assert story(api, private["number"])[-1] == "not_admitted"
    assert api.get(f"/campaigns/{YEAR}/works")["delivered"] == 1

    title = "Une cour ouverte au quartier"
    subjects = [
        mail["subject"] for mail in until(lambda: _told(suite, cast.address, title), "the mail of the delivery")
    ]
    assert sum(title in one for one in subjects) == 1, subjects
    assert sum(f"{YEAR} change" in one for one in subjects) == 1, subjects
    until(lambda: _heard(cast.authors[0], "project-delivered"), "the message to the author of the leading idea")
    until(lambda: _heard(cast.authors[1], "step-recorded"), "the message to the author of the idea that joined")


def _last(api: Api, number: str, kind: str) -> dict[str, Any] | None:
    step: dict[str, Any] = api.get(f"/ideas/{number}/record")["steps"][-1]
    return step if step["kind"] == kind else None


def _told(suite: Suite, address: str, title: str) -> list[dict[str, Any]] | None:
    found = suite.mails_to(address)
    return found if any(title in mail["subject"] for mail in found) else None


def _heard(who: Api, kind: str) -> bool | None:
    return any(one["kind"] == kind for one in who.get("/me/notifications")["items"]) or None
