"""Paper beside a sealed vote: each place is counted twice, by two agents who do not see each other's numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.auth import Caller
from contracts.errors import Fault
from contracts.voting import MANAGER_ROLE, ElectionRef
from contracts.voting.sealed_paper import EnterPaperCount, PaperCounts, PaperPlace, PaperState
from sqlalchemy.dialects.postgresql import insert

from voting import translate
from voting.domain.election import State
from voting.domain.errors import DomainError, Invalid, Problem
from voting.domain.rules import Approval, MajorityJudgment, Rules, judged_by
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed.tables import sealed_paper
from voting.sealed.views import found

OFFICER_ROLE = "counter_officer"
_COUNTED_IN = frozenset({State.CLOSED, State.PUBLISHED})
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one agent entered for a place."""

    place: str
    agent: UUID
    document: Document
    changed: int = 0


@translate.speaks_faults
def enter_paper_count(resources: Resources, caller: Caller, request: EnterPaperCount) -> PaperCounts:
    """Keep an agent's count of a place. It stands once another agent has entered the same."""
    agent = caller.require(MANAGER_ROLE, OFFICER_ROLE, place=request.place)
    with resources.uow() as tx:
        tx.elections.lock(request.election_id)
        election, _ = found(tx, str(request.election_id))
        if election.state not in _COUNTED_IN:
            raise DomainError("vote-not-closed", "Paper is counted once the vote is closed.")
        if problems := [*_place_problems(resources, request.place), *_problems(election.rules, request)]:
            raise Invalid(problems)
        _keep(tx, request, Entry(request.place, agent, _document(request)))
    return get_paper_counts(resources, caller, ElectionRef(election=str(request.election_id)))


def get_paper_counts(resources: Resources, _caller: Caller, request: ElectionRef) -> PaperCounts:
    """The places and, of those that are settled, the counts."""
    with resources.uow() as tx:
        election, _ = found(tx, request.election)
        entries = entries_of(tx, election.rules.election_id)
    by_place: dict[str, list[Entry]] = {}
    for entry in entries:
        by_place.setdefault(entry.place, []).append(entry)
    places = tuple(_place_view(place, of_it) for place, of_it in sorted(by_place.items()))
    struck_off = _struck_off(resources, election.rules.election_id)
    return PaperCounts(election_id=election.rules.election_id, struck_off=struck_off, places=places)


def _place_problems(resources: Resources, place: str) -> list[Problem]:
    known = place in resources.places
    return [] if known else [Problem("/place", "unknown-place", "There is no such place.")]


def _problems(rules: Rules, request: EnterPaperCount) -> list[Problem]:
    if isinstance(rules.method, Approval):
        return _vote_problems(rules, rules.method, request)
    return _grade_problems(rules, judged_by(rules.method), request)


def _vote_problems(rules: Rules, method: Approval, request: EnterPaperCount) -> list[Problem]:
    if request.votes is None or request.grades is not None:
        return [Problem("/votes", "missing", "This vote counts votes.")]
    problems = _unknown(rules, "/votes", request.votes)
    problems += [
        Problem(f"/votes/{project}", "more-than-envelopes", "There are not as many envelopes.")
        for project, votes in request.votes.items()
        if votes > request.envelopes
    ]
    if sum(request.votes.values()) > request.envelopes * method.max_choices:
        problems.append(Problem("/votes", "more-than-choices", "These are more choices than the envelopes can hold."))
    return problems


def _grade_problems(rules: Rules, method: MajorityJudgment, request: EnterPaperCount) -> list[Problem]:
    if request.grades is None or request.votes is not None:
        return [Problem("/grades", "missing", "This vote counts grades.")]
    problems = _unknown(rules, "/grades", request.grades)
    for project, given in request.grades.items():
        for code in sorted(given.keys() - set(method.codes)):
            problems.append(Problem(f"/grades/{project}/{code}", "unknown-grade", "There is no such grade."))
        if sum(given.values()) > request.envelopes:
            detail = "There are not as many envelopes."
            problems.append(Problem(f"/grades/{project}", "more-than-envelopes", detail))
    return problems


def _unknown(rules: Rules, pointer: str, counted: Mapping[str, object]) -> list[Problem]:
    strangers = sorted(counted.keys() - rules.candidate_ids)
    return [Problem(f"{pointer}/{one}", "unknown-project", "This project is not on the ballot.") for one in strangers]


def _document(request: EnterPaperCount) -> Document:
    """What is compared: zeros say nothing."""
    votes = request.votes and {project: many for project, many in request.votes.items() if many}
    grades = request.grades and {
        project: kept
        for project, given in request.grades.items()
        if (kept := {code: many for code, many in given.items() if many})
    }
    return {"envelopes": request.envelopes, "votes": votes, "grades": grades}


def _keep(tx: Transaction, request: EnterPaperCount, entry: Entry) -> None:
    others = [one for one in entries_of(tx, request.election_id) if one.place == entry.place]
    if settled(others) is not None:
        if settled(others) != entry.document:
            raise Fault.conflict("The count of this place is settled.", "already-settled")
        return
    row = {
        "election_id": request.election_id,
        "place": entry.place,
        "agent_id": entry.agent,
        "document": entry.document,
    }
    statement = insert(sealed_paper).values(row)
    another = sealed_paper.c.document != statement.excluded.document
    anew = {"document": entry.document, "changed": sealed_paper.c.changed + 1}
    own = ["election_id", "place", "agent_id"]
    tx.connection.execute(statement.on_conflict_do_update(index_elements=own, set_=anew, where=another))


def settled(entries: Sequence[Entry]) -> Document | None:
    """The count of a place on which two agents agree."""
    for number, entry in enumerate(entries):
        if any(entry.document == other.document for other in entries[number + 1 :]):
            return entry.document
    return None


def state_of(entries: Sequence[Entry]) -> PaperState:
    """How far the count of a place is that somebody has entered."""
    if settled(entries) is not None:
        return PaperState.SETTLED
    return PaperState.WAITING if len(entries) == 1 else PaperState.DIFFERENT


def entries_of(tx: Transaction, election_id: UUID) -> list[Entry]:
    """Everything that was entered for a vote, by place and agent."""
    query = sa.select(sealed_paper).where(sealed_paper.c.election_id == election_id)
    rows = tx.connection.execute(query.order_by(sealed_paper.c.place, sealed_paper.c.agent_id))
    return [Entry(row.place, row.agent_id, row.document, row.changed) for row in rows]


def _place_view(place: str, entries: Sequence[Entry]) -> PaperPlace:
    document = settled(entries)
    changed = sum(one.changed for one in entries)
    return PaperPlace(place=place, state=state_of(entries), changed=changed, **(document or {}))


def _struck_off(resources: Resources, election_id: UUID) -> int | None:
    try:
        return resources.eligibility.list_of(election_id).paper
    except Fault:
        return None
