"""The examples of sealed votes, in an order in which each of them works: a ceremony from its invitation to its end.

What is drawn by lot is drawn as the same number each time, so that the examples are what the service really answers.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import contracts
import pytest
from belenios.credentials import derive
from belenios.election import read_election
from belenios.groups import group_named
from belenios.sealing import seal
from belenios.secret import Secret
from chassis.batching import BatchItem
from contracts import voting as v
from contracts.registry import Call
from contracts.voting import sealed, sealed_ballots, sealed_board, sealed_paper, sealed_stuck
from contracts.voting.sealed import SealedElectionView, Step
from voting.resources import Resources
from voting.sealed import board, ceremony, checking, opening, stuck, views
from voting.sealed.checks import ATTEMPTS, CheckSealedBallot, Reference
from voting.sealed.receipts import to_tracker
from voting.use_cases import closing

from services.voting.tests.contract.scenario import AGENT, ANYBODY, asked
from services.voting.tests.sealed_world import NAMES, Trustees, token_for

ELECTION = "01992000-0000-7000-8000-0000000000f1"
CREDENTIAL = "11111-111111-11111-111111"
EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "voting"
CODE = "a-code-of-24-characters-"
SEEDS = ("1111111111111111111111", "2222222222222222222222", "3333333333333333333333")
STEPS: tuple[Call[Any, Any], ...] = (
    sealed.INVITE_TRUSTEE,
    sealed.SEND_TRUSTEE_MESSAGE,
    sealed.RESTART_CEREMONY,
    sealed.GET_SEALED_ELECTION,
    sealed_stuck.LIST_STUCK_BALLOTS,
    sealed_stuck.LEAVE_OUT_BALLOT,
    sealed_stuck.RETRY_STUCK_BALLOTS,
    sealed_ballots.CAST_SEALED_BALLOT,
    sealed_ballots.GET_SEALED_BALLOT,
    sealed_board.GET_BOARD,
    sealed_board.LIST_BOARD_BATCHES,
    sealed_board.GET_SEALED_ARCHIVE,
    sealed_paper.ENTER_PAPER_COUNT,
    sealed_paper.READ_PAPER_ENTRIES,
    sealed_paper.GET_PAPER_COUNTS,
)
BY_AGENTS = {
    *sealed_stuck.CALLS,
    sealed.INVITE_TRUSTEE,
    sealed.RESTART_CEREMONY,
    sealed_paper.ENTER_PAPER_COUNT,
    sealed_paper.READ_PAPER_ENTRIES,
}
FIXED: dict[Call[Any, Any], dict[str, Any]] = {
    sealed.RESTART_CEREMONY: {"reason": "Le dépositaire 2 a perdu sa clé."},
    sealed_paper.ENTER_PAPER_COUNT: {"place": "75012", "envelopes": 3, "votes": {"pommard": 2}},
    sealed_paper.READ_PAPER_ENTRIES: {"place": "75012"},
    sealed_stuck.LIST_STUCK_BALLOTS: {},
    sealed_stuck.RETRY_STUCK_BALLOTS: {},
    sealed_stuck.LEAVE_OUT_BALLOT: {"reason": "Sa vérification échoue sur toutes nos machines."},
}
OTHER_AGENT = replace(AGENT, account=UUID(int=3))
ABOUT_THE_VOTE = {
    sealed.GET_SEALED_ELECTION,
    sealed_board.GET_BOARD,
    sealed_board.LIST_BOARD_BATCHES,
    sealed_board.GET_SEALED_ARCHIVE,
    sealed_paper.GET_PAPER_COUNTS,
}


def stand_still(lot: pytest.MonkeyPatch) -> None:
    """Draw the same number again and again."""
    for module in ("proofs", "ceremony", "channel", "sealing"):
        lot.setattr(f"belenios.{module}.random_exponent", lambda _group: 20_260_902)
    lot.setattr("voting.sealed.ceremony.secrets.token_urlsafe", lambda _length: CODE)


def draft() -> dict[str, Any]:
    return {
        "id": ELECTION,
        "slug": "rue-scolaire-12e",
        "title": {"fr": "Quelle rue aux écoles ?", "en": "Which school street?"},
        "secrecy": "sealed",
        "sealed": {"trustees": list(NAMES[:3]), "threshold": 2, "group": "Ed25519"},
        "method": {"kind": "approval", "max_choices": 1},
        "candidates": [
            {"id": "claude-decaen", "title": {"fr": "Rue Claude-Decaen", "en": "Rue Claude-Decaen"}},
            {"id": "pommard", "title": {"fr": "Rue de Pommard", "en": "Rue de Pommard"}},
        ],
        "opens_at": "2026-09-02T08:00:00Z",
        "closes_at": "2026-09-20T20:00:00Z",
    }


def trustees() -> Trustees:
    return Trustees(group_named("Ed25519"), 2, [Secret(seed) for seed in SEEDS], [CODE] * 3)


def request(resources: Resources, call: Call[Any, Any], place: int = 1, step: Step = Step.CERTIFICATE) -> Any:
    """What each call is asked in the examples; a trustee's message is computed from what is public."""
    if call is sealed_ballots.CAST_SEALED_BALLOT:
        return {"election_id": ELECTION, "ballot": ballot(resources), "token": token(resources)}
    if call is sealed_ballots.GET_SEALED_BALLOT:
        return {"election": ELECTION, "tracker": to_tracker(digest(ballot(resources)))}
    if call in FIXED:
        leaves_out = call is sealed_stuck.LEAVE_OUT_BALLOT
        which = {"tracker": to_tracker(digest(ballot(resources, [0, 1])))} if leaves_out else {}
        return {"election_id": ELECTION, **which, **FIXED[call]}
    if call in ABOUT_THE_VOTE:
        return {"election": "rue-scolaire-12e"}
    seat = {"election_id": ELECTION, "place": place}
    if call is sealed.INVITE_TRUSTEE:
        return seat
    message = trustees().message(look(resources), place, step)
    return seat | {"code": CODE, "step": step.value, "message": message}


def digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def get_stuck(resources: Resources) -> None:
    """A ballot that no worker manages to check."""
    sealed_one = ballot(resources, [0, 1])
    given = {"election_id": ELECTION, "ballot": sealed_one, "token": token(resources)}
    asked(resources, ANYBODY, sealed_ballots.CAST_SEALED_BALLOT, given)
    for _ in range(ATTEMPTS):
        stuck.note_failure(resources, Reference(UUID(ELECTION), digest(sealed_one)), MemoryError())


def ballot(resources: Resources, choice: Sequence[int] = (1, 0)) -> str:
    election = read_election((look(resources).election_json or "").encode())
    return seal(election, derive(election.group, election.uuid, Secret(CREDENTIAL)), [[*choice]]).decode()


def token(resources: Resources) -> dict[str, str]:
    """The signature is salted: the example's own is used as long as it holds."""
    credential = json.loads(ballot(resources))["credential"]
    kept = EXAMPLES / "cast_sealed_ballot.json"
    if kept.exists():
        found: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))["request"]["token"]
        return found
    return token_for(UUID(ELECTION), credential).model_dump()


def look(resources: Resources) -> SealedElectionView:
    return views.get_sealed_election(resources, AGENT, v.ElectionRef(election=ELECTION))


def play(
    resources: Resources, lot: pytest.MonkeyPatch, check: Callable[[str, dict[str, Any], dict[str, Any]], None]
) -> None:
    """Each call with its request and its reply, in the order of the steps."""
    stand_still(lot)
    asked(resources, AGENT, v.DRAFT_ELECTION, draft())
    for call in STEPS:
        if call is sealed.GET_SEALED_ELECTION:
            carry_out(resources)
            asked(resources, AGENT, v.OPEN_ELECTION, {"id": ELECTION})
            closing.follow_calendar(resources)
        if call is sealed_board.GET_BOARD:
            board.publish_heads(resources)
        if call is sealed_board.GET_SEALED_ARCHIVE:
            asked(resources, AGENT, v.CLOSE_ELECTION, {"id": ELECTION, "reason": "Tout le monde a voté."})
            opening.follow_closed(resources)
        if call is sealed_stuck.LIST_STUCK_BALLOTS:
            get_stuck(resources)
        sent = request(resources, call)
        who = AGENT if call in BY_AGENTS else ANYBODY
        if call is sealed_paper.GET_PAPER_COUNTS:
            paper = sealed_paper.ENTER_PAPER_COUNT
            asked(resources, OTHER_AGENT, paper, request(resources, paper))
        check(call.name, sent, asked(resources, who, call, sent))
        if call is sealed_ballots.CAST_SEALED_BALLOT:
            check_received(resources)


def check_received(resources: Resources) -> None:
    with resources.uow() as tx:
        waiting = tx.box.all_waiting(10)
    items = [CheckSealedBallot(election_id=one.election_id, tracker=one.tracker.hex()) for one in waiting]
    checking.check_received(resources, [BatchItem(ANYBODY, one) for one in items])


def carry_out(resources: Resources) -> None:
    for place in (2, 3):
        ceremony.invite_trustee(resources, AGENT, sealed.InviteTrustee(election_id=ELECTION, place=place))
    for step in (Step.CERTIFICATE, Step.SHARES, Step.KEY):
        for place in (1, 2, 3):
            asked(
                resources,
                ANYBODY,
                sealed.SEND_TRUSTEE_MESSAGE,
                request(resources, sealed.SEND_TRUSTEE_MESSAGE, place, step),
            )
