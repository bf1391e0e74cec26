"""The demonstration's content: participatory budgets at three moments, and a second `make up` that changes nothing."""

from collections import Counter
from typing import Any

import pytest
from decider_demo.api import Api

from tests.whole.conftest import Suite

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def campaigns(suite: Suite) -> list[dict[str, Any]]:
    """The one that takes deposits, the one that is voted on, the one that is built."""
    found = suite.api().get("/campaigns")["items"]
    assert [one["now"] for one in found] == ["deposit", "vote", "delivery"]
    return list(found)


def projects(api: Api, campaign: dict[str, Any]) -> list[dict[str, Any]]:
    return list(api.get("/projects", year=str(campaign["year"]), limit="100")["items"])


def test_ideas_are_deposited_and_studied_for_the_next_budget(suite: Suite, campaigns: list[dict[str, Any]]) -> None:
    api, agent = suite.api(), suite.as_("demonstration@example.org")
    ideas = api.get("/ideas", campaign=campaigns[0]["slug"], limit="50")["items"]

    assert Counter(one["state"] for one in ideas) == {"under_examination": 5, "open": 2, "declined": 1}
    made = {one["ideas"]: one for one in projects(api, campaigns[0])}
    assert (made[2]["cost"], made[1]["cost"]) == (410_000, None)
    assert len(agent.get("/desk/ungrouped-ideas", year=str(campaigns[0]["year"]))["items"]) == 2
    assert agent.get("/desk/counts")["to_moderate"] >= 2


def test_the_projects_of_this_budget_are_those_of_the_open_vote(suite: Suite, campaigns: list[dict[str, Any]]) -> None:
    api = suite.api()
    listed = projects(api, campaigns[1])
    election = api.get("/elections/budget-participatif-demonstration")

    assert {one["project_state"] for one in listed} == {"on_ballot"}
    assert {one["dossier"] for one in election["candidates"]} == {one["number"] for one in listed}
    assert (election["state"], election["campaign"], len(election["exclusions"])) == ("open", campaigns[1]["slug"], 1)
    assert all(set(one["title"]) == {"fr", "en"} for one in election["candidates"])


def test_the_projects_of_the_last_budget_are_built(suite: Suite, campaigns: list[dict[str, Any]]) -> None:
    works = suite.api().get(f"/campaigns/{campaigns[2]['year']}/works")

    assert {name: works[name] for name in ("projects", "planned", "under_way", "delivered", "abandoned")} == {
        "projects": 5, "planned": 1, "under_way": 2, "delivered": 1, "abandoned": 1}  # fmt: skip
    assert works["spent"] > 0
    drafts = suite.as_("demonstration@example.org").get("/desk/elections", limit="50")["items"]
    assert [one["slug"] for one in drafts if one["campaign"] == campaigns[2]["slug"]] == []


def test_every_page_of_the_budgets_answers(suite: Suite, campaigns: list[dict[str, Any]]) -> None:
    pages = [f"/budget/{one['year']}{end}" for one in campaigns for end in ("", "/projets", "/realisation")]
    numbers = [one["number"] for one in projects(suite.api(), campaigns[2])]
    pages += [f"/budget/{campaigns[2]['year']}/projets/{number}" for number in numbers]
    found = {path: suite.page(path)[0] for path in ("/budget", *pages)}
    assert set(found.values()) == {200}, found


def test_loading_it_again_changes_nothing(suite: Suite, campaigns: list[dict[str, Any]]) -> None:
    def seen() -> list[Any]:
        api = suite.as_("demonstration@example.org")
        kept = [projects(api, one) for one in campaigns]
        records = [api.get(f"/ideas/{one['number']}/record")["steps"] for part in kept for one in part]
        return [kept, records, api.get("/elections/budget-participatif-demonstration")["candidates"]]

    before = seen()
    (suite.var / "demo").unlink()
    suite.run("up")
    assert seen() == before
