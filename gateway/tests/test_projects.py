"""Projects on the site and at the desk: lists, map, page; grouped and taken apart, every error in its place."""

import re

import falcon.testing
import pytest
from contracts import ideas as calls
from contracts.errors import Fault, FieldError
from gateway.testing import samples
from gateway.testing.city import populate
from gateway.testing.project_samples import BUILT, NUMBER, OTHER, project
from gateway.testing.stand_ins import Browser, FakeServices

HERE = f"/budget/2027/projets/{NUMBER}"
DESK = "/bureau/projets"


@pytest.fixture
def city(services: FakeServices) -> FakeServices:
    populate(services)
    return services


@pytest.fixture
def manager(browser: Browser, city: FakeServices) -> Browser:
    browser.cookies["access"] = samples.token("campaign_manager")
    return browser


def asked(city: FakeServices, route: str) -> list[object]:
    return [request for name, request, _ in city.asked if name == route]


def test_the_projects_are_listed_on_the_campaign_and_filtered_on_their_own_page(
    browser: Browser, city: FakeServices
) -> None:
    assert f'href="{HERE}"' in browser.get("/budget/2027").text
    browser.get("/budget/2027/projets?lieu=tout&theme=nature&etat=studied")
    browser.get("/budget/2027/projets?lieu=75012&theme=nulle-part&etat=delivered")
    _, whole, local = asked(city, calls.LIST_PROJECTS.route)

    assert whole == calls.ListProjects(year=2027, whole=True, themes=("nature",), states=(calls.ProjectState.STUDIED,))
    assert local == calls.ListProjects(year=2027, places=("75012",), states=(calls.State.DELIVERED,))


def test_the_map_shows_every_project_that_has_a_point(browser: Browser, city: FakeServices) -> None:
    found = browser.get("/budget/2027/projets?vue=carte&lieu=75012").text

    assert f'data-href="{HERE}"' in found
    assert asked(city, calls.MAP_PROJECTS.route) == [calls.MapProjects(year=2027, places=("75012",))]


def test_a_project_says_what_it_is_made_of_and_what_it_costs(browser: Browser, city: FakeServices) -> None:
    found = browser.get(HERE).text

    assert re.search(r"420\s000\s€", found)
    assert 'href="/dossiers/PAR-2026-004310"' in found
    assert "<strong>rouverts au sol</strong>" in found
    assert browser.get(HERE.replace("2027", "2026")).headers["Location"] == HERE
    city.on(calls.READ_PROJECT, Fault.not_found("There is no such project.", "no-such-project"))
    unknown = HERE.replace("004201", "009999")
    assert browser.get(unknown).status_code == browser.get("/budget/2027/projets/rien").status_code == 404


def test_an_idea_leads_to_its_project(browser: Browser, city: FakeServices) -> None:
    link = calls.ProjectLink(number=NUMBER, title="Une rue-jardin autour de l’hôpital", year=2027)
    city.on(calls.READ_IDEA, samples.dossier(calls.State.UNDER_EXAMINATION, project=link))

    assert f'href="{HERE}"' in browser.get("/dossiers/PAR-2026-004200").text


def test_ticked_ideas_become_one_project(manager: Browser, city: FakeServices) -> None:
    queue = manager.get(f"{DESK}/campagne/2027").text
    ideas = re.findall(r'name="idee" value="([^"]+)"', queue)
    new = f"{DESK}/campagne/2027/nouveau?idee={ideas[0]}&idee={ideas[1]}"
    form = manager.get(new).text
    fields = {"title": "Une rue-jardin à Crozatier", "description": "Des arbres et des bancs sur deux cents mètres."}
    made = manager.send(new, new, fields | {"place": "75012", "ideas": ideas, "idea_id": ideas[0]})

    assert form.count("checked") == len(ideas) + 1
    assert made.headers["Location"] == f"{DESK}/{NUMBER}?fait=1"
    (request,) = asked(city, calls.SAVE_PROJECT.route)
    assert isinstance(request, calls.SaveProject)
    assert ([str(one) for one in request.ideas], request.place, request.version) == (ideas, "75012", None)


def test_ideas_join_a_project_that_there_is(manager: Browser, city: FakeServices) -> None:
    idea = "00000000-0000-0000-0000-000000000015"
    to = manager.get(f"{DESK}/campagne/2027/nouveau?rejoint={NUMBER}&idee={idea}").headers["Location"]

    assert to.startswith(f"{DESK}/{NUMBER}?")
    assert f'value="{idea}" checked' in manager.get(to).text
    fields = {"title": "Une rue-jardin", "description": "Des arbres et des bancs sur deux cents mètres.", "place": "*"}
    manager.send(to, to, fields | {"ideas": [str(samples.IDEA), idea], "version": "3"})
    (request,) = asked(city, calls.SAVE_PROJECT.route)
    assert isinstance(request, calls.SaveProject)
    assert (request.idea_id, request.version, request.place) == (samples.IDEA, 3, None)


def test_what_is_wrong_is_said_in_its_place_and_nothing_is_lost(manager: Browser, city: FakeServices) -> None:
    here = f"{DESK}/{NUMBER}"
    wrong = (FieldError("/text", "missing", ""), FieldError("/ideas/1", "in-project", ""))
    city.on(calls.SAVE_PROJECT, Fault.invalid(*wrong))
    fields = {"title": "Un titre choisi", "description": "Ce qui sera fait, en quelques mots clairs."}
    refused = manager.send(here, here, fields | {"place": "75012", "ideas": [str(OTHER)], "version": "3"})

    assert refused.status_code == 422
    assert {"#text", "#ideas"} <= set(re.findall(r'href="(#\w+)"', refused.text))
    assert "Un titre choisi" in refused.text


def test_a_project_is_taken_apart_with_words_for_everybody(manager: Browser, city: FakeServices) -> None:
    here = f"{DESK}/{NUMBER}"

    assert manager.send(here, f"{here}/defaire", {"text": ""}).status_code == 422
    apart = manager.send(here, f"{here}/defaire", {"text": "Les deux idées sont trop différentes."})
    assert apart.headers["Location"] == f"{DESK}/campagne/2027?fait=1"
    manager.cookies["access"] = samples.token()
    assert manager.get(here).status_code == 403


def test_the_api_has_the_projects(api: falcon.testing.TestClient, city: FakeServices) -> None:
    body = {"ideas": [str(OTHER)], "title": "Une rue-jardin", "description": "Des arbres et des bancs.  " * 3}
    bearer = {"Authorization": f"Bearer {samples.token('campaign_manager')}"}

    assert api.simulate_get("/api/v1/projects", params={"year": "2027"}).json["total"] == 3
    assert api.simulate_get(f"/api/v1/projects/{NUMBER}").json["ideas"] == 2
    made = api.simulate_put(f"/api/v1/desk/projects/{OTHER}", json=body, headers=bearer)
    assert made.status_code == 200, made.text
    assert api.simulate_put(f"/api/v1/desk/projects/{OTHER}", json=body).status_code == 401


def test_the_commission_decides_with_a_reason_in_its_place(manager: Browser, city: FakeServices) -> None:
    here = f"{DESK}/{NUMBER}"
    shown = manager.get(here).text
    kept = manager.send(here, f"{here}/commission", {"decision": "retain", "reason": "", "text": ""})
    city.on(calls.SETTLE_PROJECT, Fault.invalid(FieldError("/text", "missing", "")))
    silent = manager.send(here, f"{here}/commission", {"decision": "set_aside", "reason": "project-too-costly"})
    city.on(calls.SETTLE_PROJECT, Fault.wrong_state("No cost.", "no-cost"))
    early = manager.send(here, f"{here}/commission", {"decision": "retain"})

    assert "project-running-costs" in shown
    assert kept.headers["Location"] == f"{here}?fait=1"
    assert silent.status_code == 422
    assert 'href="#commission-text"' in silent.text
    assert "ce que cela coûte" in early.text


def test_projects_that_exclude_one_another_are_declared(manager: Browser, city: FakeServices) -> None:
    here = f"{DESK}/{NUMBER}"
    fields = {"other": str(OTHER), "incompatible": "true", "text": "Les deux demandent le même terrain."}

    assert manager.send(here, f"{here}/incompatible", fields).status_code == 303
    (request,) = asked(city, calls.DECLARE_INCOMPATIBLE.route)
    assert isinstance(request, calls.DeclareIncompatible)
    assert (request.other, request.incompatible) == (OTHER, True)
    assert manager.send(here, f"{here}/rien", fields).status_code == 404


def test_a_project_that_was_set_aside_says_why(browser: Browser, city: FakeServices) -> None:
    city.on(calls.READ_PROJECT, project(project_state="set_aside", state="declined", reason="project-too-costly"))
    found = browser.get(HERE).text

    assert "Trop cher pour l’enveloppe" in found
    assert "Agrandir le parking" in found


def test_the_equity_label_is_shown_and_filtered(browser: Browser, city: FakeServices) -> None:
    assert "Stalingrad - Riquet" in browser.get("/budget/2027/projets?equite=1").text
    (request,) = asked(city, calls.LIST_PROJECTS.route)
    assert request == calls.ListProjects(year=2027, equity=True)


def test_the_ballots_are_frozen_from_the_desk(manager: Browser, city: FakeServices) -> None:
    here = f"{DESK}/campagne/2027"

    assert manager.send(here, f"{here}/bulletins", {}).headers["Location"] == f"{here}?fait=1"
    city.on(calls.FREEZE_BALLOT, Fault.wrong_state("Not yet.", "projects-undecided"))
    early = manager.send(here, f"{here}/bulletins", {})
    assert early.status_code == 409
    assert "pas encore prononcée sur tous les projets" in early.text


def test_a_result_from_elsewhere_is_entered_at_the_desk(manager: Browser, city: FakeServices) -> None:
    city.on(calls.READ_PROJECT, project(project_state="on_ballot", voted=420_000))
    here = f"{DESK}/{NUMBER}"
    fields = {"outcome": "selected", "text": "Vote sur papier, procès-verbal du 7 octobre."}

    assert manager.send(here, f"{here}/resultat", fields).status_code == 303
    (request,) = asked(city, calls.ENTER_RESULT.route)
    assert isinstance(request, calls.EnterResult)
    assert request.outcome == "selected"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"verdict": "won", "rank": 1, "vote": "budget-2027"}, "à la place 1 et tient dans l’enveloppe"),
        ({"verdict": "too_expensive", "rank": 4, "available": 1200}, "il ne restait que"),
        ({"verdict": "excluded", "rank": 2, "excluded_by": "PAR-2026-000009"}, "PAR-2026-000009"),
        ({"decided": "entered"}, "Le vote a été tenu ailleurs"),
    ],
)
def test_a_project_says_why_it_won_or_did_not(
    browser: Browser, city: FakeServices, facts: dict[str, str | int], words: str
) -> None:
    state = "selected" if facts.get("verdict") == "won" else "not_selected"
    step = {**samples.record().steps[-1].model_dump(), "kind": state, "actor": "vote", "text": "", "facts": facts}
    record = samples.record()
    steps = (*record.steps, calls.StepView.model_validate(step))
    city.on(calls.READ_PROJECT, project(project_state=state, voted=420_000))
    city.on(calls.READ_RECORD, record.model_copy(update={"steps": steps}))

    assert words in browser.get(HERE).text


def test_the_money_of_works_is_told_in_the_record(browser: Browser, city: FakeServices) -> None:
    facts = {"estimated": 430_000, "committed": 410_000, "spent": 405_000, "progress": 40, "variance": "cost-prices"}
    told = {"kind": "under_way", "actor": "service", "text": "Le sol est rouvert.", "facts": facts}
    record = samples.record()
    step = calls.StepView.model_validate(record.steps[-1].model_dump() | told)
    city.on(calls.READ_PROJECT, project(project_state="selected", state="under_way", voted=420_000))
    city.on(calls.READ_RECORD, record.model_copy(update={"steps": (*record.steps, step)}))

    page = re.sub(r"\s", " ", browser.get(HERE).text)
    for words in ("Avancement : 40 %.", "Estimé : 430 000 €.", "Engagé : 410 000 €.", "Dépensé : 405 000 €."):
        assert words in page


def test_the_works_of_a_project_are_shown_with_their_money_and_their_delay(
    browser: Browser, city: FakeServices
) -> None:
    found = browser.get(f"/budget/2027/projets/{BUILT}").text
    everything = browser.get("/budget/2027/realisation").text

    for page in (found, everything):
        assert "79 jours de retard" in page.replace("\u00a0", " ")
        assert re.search(r"\+30\s000\s€", page)
    assert 'value="60" max="100"' in found
    assert re.search(r"510\s000\s€", everything)
    assert f'href="/budget/2027/projets/{BUILT}"' in everything


def test_what_became_of_a_project_is_told_at_the_desk(manager: Browser, city: FakeServices) -> None:
    here = f"{DESK}/{BUILT}"
    assert 'name="version" value="4"' in manager.get(here).text
    fields = {"state": "delivered", "on": "2026-11-12", "spent": "455000", "variance": "cost-prices", "version": "4"}
    done = manager.send(here, f"{here}/travaux", fields | {"text": "Les arbres sont plantés, les bancs posés."})
    city.on(calls.RECORD_WORKS, Fault.invalid(FieldError("/variance", "unknown-reason", "")))
    over = manager.send(here, f"{here}/travaux", {"spent": "999999", "version": "4", "text": "Tout a coûté plus cher."})

    assert done.headers["Location"] == f"{here}?fait=1"
    request = asked(city, calls.RECORD_WORKS.route)[0]
    assert isinstance(request, calls.RecordWorks)
    assert (request.state, request.spent, request.version, request.variance) == ("delivered", 455_000, 4, "cost-prices")
    assert over.status_code == 422
    assert 'href="#travaux-variance"' in over.text
