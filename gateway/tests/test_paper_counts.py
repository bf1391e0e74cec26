"""Paper counts at the desk: a form made for the vote, differences beside each other that lead to their fields."""

import pytest
from contracts import voting
from contracts.errors import Fault, FieldError
from contracts.voting import sealed_paper as calls
from gateway.testing import counter_samples, samples
from gateway.testing.counter_samples import HERE
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, example, plain

PLACES = f"{HERE}/depouillement"
PAGE = f"{PLACES}/75012"


@pytest.fixture
def officer(browser: Browser, services: FakeServices) -> Browser:
    counter_samples.give(services)
    counter_samples.count(services)
    browser.cookies["access"] = samples.token("counter_officer")
    return browser


def test_closed_votes_lead_to_their_counts(officer: Browser, services: FakeServices) -> None:
    closed = counter_samples.election(state="closed")
    services.on(voting.LIST_ELECTIONS, counter_samples.summaries(closed))
    assert f'href="{PLACES}"' in officer.get("/bureau/vote-papier").text


def test_the_places_of_the_agent_say_how_far_they_are(officer: Browser, services: FakeServices) -> None:
    shown = plain(officer.get(PLACES).text)
    assert "12e arrondissement Les comptages diffèrent" in shown
    assert "13e arrondissement" not in shown, "the vote is of one district"
    services.on(calls.GET_PAPER_COUNTS, counter_samples.counts(struck_off=3))
    assert "Plus d’enveloppes que d’émargements" in plain(officer.get(PLACES).text)


def test_a_count_of_votes_is_sent_with_what_was_typed(officer: Browser, services: FakeServices) -> None:
    services.on(calls.READ_PAPER_ENTRIES, counter_samples.entries(0))
    services.on(
        voting.GET_ELECTION, counter_samples.election(state="closed", method=counter_samples.APPROVAL, grades=[])
    )
    sent = officer.send(PAGE, PAGE, {"envelopes": "10", "n0": "7", "n1": ""})
    assert sent.headers["location"] == f"{PAGE}?fait=1"
    (request,) = asked(services, calls.ENTER_PAPER_COUNT)
    assert (request.place, request.envelopes, request.votes, request.grades) == ("75012", 10, {"p1": 7}, None)
    officer.send(PAGE, PAGE, {"envelopes": "0"})
    assert asked(services, calls.ENTER_PAPER_COUNT)[1].votes == {}, "nothing but blank ballots is a count"


def test_a_count_of_grades_is_sent_by_project_and_grade(officer: Browser, services: FakeServices) -> None:
    one = counter_samples.election(state="closed")
    officer.send(PAGE, PAGE, {"envelopes": "10", "n0-0": "4", "n1-1": "6"})
    (request,) = asked(services, calls.ENTER_PAPER_COUNT)
    first, second = (project.id for project in one.candidates[:2])
    assert request.grades == {first: {one.grades[0].code: 4}, second: {one.grades[1].code: 6}}


def test_every_error_leads_to_its_field_and_nothing_is_lost(officer: Browser, services: FakeServices) -> None:
    refused = officer.send(PAGE, PAGE, {"envelopes": "", "n0-0": "beaucoup", "n1-0": "6"})
    assert refused.status_code == 422
    for expected in ('href="#envelopes"', 'href="#n0-0"', 'value="beaucoup"', 'value="6"'):
        assert expected in refused.text
    project = counter_samples.election().candidates[1].id
    error = FieldError(f"/grades/{project}", "more-than-envelopes", "There are not as many envelopes.")
    services.on(calls.ENTER_PAPER_COUNT, Fault.invalid(error))
    refused = officer.send(PAGE, PAGE, {"envelopes": "1", "n1-0": "6"})
    assert 'href="#n1-0"' in refused.text


def test_differences_stand_beside_each_other_and_lead_to_their_fields(officer: Browser) -> None:
    shown = officer.get(PAGE).text
    assert 'href="#n0-0"' in shown
    assert "7 6" in plain(shown)
    assert 'id="envelopes" name="envelopes" value="10"' in shown, "one's own count is in the form"


def test_the_other_count_stays_hidden_until_ones_own_is_there(officer: Browser, services: FakeServices) -> None:
    services.on(calls.READ_PAPER_ENTRIES, counter_samples.entries(1, shown=0))
    assert "1 agent a saisi un comptage" in plain(officer.get(PAGE).text)


def test_a_settled_count_has_no_form(officer: Browser, services: FakeServices) -> None:
    services.on(calls.READ_PAPER_ENTRIES, counter_samples.entries(2, state="settled"))
    shown = officer.get(PAGE).text
    assert ("ne changent plus" in plain(shown), "<form class" in shown) == (True, False)


def test_places_that_do_not_exist_and_open_votes_are_told(officer: Browser, services: FakeServices) -> None:
    assert officer.get(f"{PLACES}/nulle-part").status_code == 404
    services.on(voting.GET_ELECTION, counter_samples.election())
    assert "une fois le vote clos" in plain(officer.get(PAGE).text)


def test_the_public_reads_how_often_a_count_was_corrected(browser: Browser, services: FakeServices) -> None:
    counter_samples.give(services)
    counter_samples.count(services)
    services.on(voting.GET_ELECTION, counter_samples.election(state="published"))
    sealed = {"uuid": "WsGyeEw8jLpX7a", "fingerprint": "a" * 43, "tokens": 3, "opened_by": ["Greffe"]}
    services.on(voting.GET_RESULT, example(voting.GET_RESULT, sealed=sealed))
    assert "Corrigé 1 fois" in plain(browser.get("/votes/budget/resultats").text)
