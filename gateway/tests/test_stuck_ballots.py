"""Ballots that hold up a count: agents are told beside the queue and on the vote, and act in public."""

import pytest
from contracts import voting
from contracts.errors import Fault
from contracts.voting import sealed_ballots, sealed_board
from contracts.voting import sealed_stuck as calls
from gateway.testing import counter_samples, samples
from gateway.testing.counter_samples import VOTE
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, example, plain

DESK = f"/bureau/votes/{VOTE}"
PAGE = f"{DESK}/bloques"


@pytest.fixture
def manager(browser: Browser, services: FakeServices) -> Browser:
    counter_samples.give(services)
    counter_samples.block(services)
    browser.cookies["access"] = samples.token("campaign_manager")
    return browser


def test_agents_are_told_beside_the_queue_and_on_the_vote(manager: Browser, services: FakeServices) -> None:
    shown = manager.get(DESK).text
    assert "Votes et résultats 1" in plain(shown)
    assert ("1 bulletin bloque le dépouillement" in plain(shown), f'href="{PAGE}"' in shown) == (True, True)
    services.on(calls.LIST_STUCK_BALLOTS, calls.StuckBallots(items=(), total=0))
    shown = manager.get(DESK).text
    assert ("Votes et résultats 1" in plain(shown), PAGE in shown) == (False, False)


def test_all_are_checked_again(manager: Browser, services: FakeServices) -> None:
    shown = manager.get(PAGE).text
    assert ("MemoryError" in shown, counter_samples.TRACKER in shown) == (True, True)
    sent = manager.send(PAGE, f"{PAGE}/relancer", {})
    assert sent.headers["location"] == f"{PAGE}?fait=relance"
    assert asked(services, calls.RETRY_STUCK_BALLOTS)[0].election_id == VOTE


def test_leaving_one_out_needs_its_reason(manager: Browser, services: FakeServices) -> None:
    silent = manager.send(PAGE, f"{PAGE}/ecarter", {"tracker": counter_samples.TRACKER, "reason": ""})
    assert (silent.status_code, 'href="#b1-reason"' in silent.text) == (422, True)
    said = {"tracker": counter_samples.TRACKER, "reason": "Aucune machine n’y arrive."}
    assert manager.send(PAGE, f"{PAGE}/ecarter", said).headers["location"] == f"{PAGE}?fait=ecarte"
    (request,) = asked(services, calls.LEAVE_OUT_BALLOT)
    assert (request.tracker, request.reason) == (counter_samples.TRACKER, said["reason"])


def test_one_that_is_no_longer_stuck_is_said(manager: Browser, services: FakeServices) -> None:
    manager.get(PAGE)
    services.on(calls.LIST_STUCK_BALLOTS, calls.StuckBallots(items=(), total=0))
    services.on(calls.LEAVE_OUT_BALLOT, Fault.wrong_state("No.", "not-stuck"))
    token = (
        manager.get("/bureau/vote-papier/" + f"{VOTE}/emargement").text.split('name="_csrf" value="')[1].split('"')[0]
    )
    said = {"_csrf": token, "tracker": counter_samples.TRACKER, "reason": "Aucune machine n’y arrive."}
    refused = manager.post(f"{PAGE}/ecarter", said)
    assert (refused.status_code, "n’est plus bloqué" in refused.text) == (409, True)
    assert "Rien n’est bloqué" in refused.text


def test_the_board_and_the_voter_read_why(manager: Browser, services: FakeServices) -> None:
    left = calls.LeftOutBallot(tracker=counter_samples.TRACKER, reason="Aucune machine n’y arrive.")
    board = example(sealed_board.GET_BOARD, left_out=[left.model_dump()])
    services.on(sealed_board.GET_BOARD, board)
    assert "Aucune machine" in manager.get(PAGE).text
    state = {"state": "refused", "reason": "left-out", "receipt": None}
    services.on(sealed_ballots.GET_SEALED_BALLOT, example(sealed_ballots.GET_SEALED_BALLOT, **state))
    services.on(voting.GET_ELECTION, counter_samples.election(slug="scelle"))
    tracker = {"tracker": counter_samples.TRACKER}
    assert "Ce bulletin a été écarté" in manager.send("/votes/scelle/verifier", "/votes/scelle/verifier", tracker).text
