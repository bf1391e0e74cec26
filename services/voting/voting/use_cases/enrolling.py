"""Who may vote: identity is asked once a person and election; the yes is noted on the roll, a no never is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from chassis.auth import Caller
from contracts.base import Reply
from contracts.errors import Fault
from contracts.voting import GetParticipation, Participation

from voting.domain.election import State
from voting.domain.rules import Rules
from voting.domain.secrecy import pseudonym
from voting.repository import Transaction
from voting.resources import Resources
from voting.rolls import Entry

MOST_AT_ONCE = 1000


def refusals(resources: Resources, wishes: Iterable[tuple[Rules, UUID]]) -> dict[Entry, Fault]:
    """The fault for each who may not vote under these rules, or of whom nobody can tell now. Outside a transaction."""
    by_question: dict[tuple[UUID, str, str | None], set[UUID]] = defaultdict(set)
    for rules, account in wishes:
        by_question[rules.election_id, rules.eligibility_action, rules.perimeter].add(account)
    faults: dict[Entry, Fault] = {}
    for (election_id, action, place), accounts in by_question.items():
        for some in _groups(sorted(accounts, key=lambda account: account.int)):
            answers = _ask(resources, some, action, place)
            faults.update({(election_id, account): fault for account, fault in answers.items() if fault})
    return faults


def _groups(accounts: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(accounts), MOST_AT_ONCE):
        yield accounts[start : start + MOST_AT_ONCE]


def _ask(resources: Resources, accounts: Sequence[UUID], action: str, place: str | None) -> dict[UUID, Fault | None]:
    try:
        refusals = resources.eligibility.refusals(accounts, action, place)
    except Fault as fault:
        return dict.fromkeys(accounts, Fault.unavailable(f"Who may vote cannot be checked now ({fault.code})."))
    return {account: _refusal(refusals.get(account, ("unknown-account",))) for account in accounts}


def _refusal(reasons: Sequence[str]) -> Fault | None:
    if not reasons:
        return None
    return Fault.forbidden("This account may not vote here.", reasons[0])


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the elections, the rolls and the boxes tell of those who ask."""

    rules: Mapping[UUID, Rules]
    enrolled: set[Entry]
    voted: set[Entry]


class Question(Protocol):
    """Whose question it is and of which election, as it comes out of a batch."""

    @property
    def caller(self) -> Caller:
        """Who asks."""

    @property
    def request(self) -> GetParticipation:
        """The election."""


def get_participations(resources: Resources, items: Sequence[Question]) -> list[Reply | Fault]:
    """May I vote here, and have I? One answer for each item, in their order.

    Enrols whoever may and is not on the roll yet, so that casting needs to ask nobody.
    """
    answers: dict[int, Reply | Fault] = {}
    asked = dict(_identified(items, answers))
    with resources.uow() as tx:
        seen = _look(resources, tx, sorted(set(asked.values())))
    strangers = {entry for entry in asked.values() if entry[0] in seen.rules} - seen.enrolled
    faults = refusals(resources, [(seen.rules[election_id], account) for election_id, account in strangers])
    _enrol(resources, strangers - faults.keys())
    answers.update({place: _participation(entry, seen, faults.get(entry)) for place, entry in asked.items()})
    return [answers[place] for place in range(len(items))]


def _identified(items: Sequence[Question], answers: dict[int, Reply | Fault]) -> Iterator[tuple[int, Entry]]:
    for place, item in enumerate(items):
        try:
            yield place, (item.request.election_id, item.caller.citizen())
        except Fault as fault:
            answers[place] = fault


def _look(resources: Resources, tx: Transaction, entries: Sequence[Entry]) -> _Seen:
    polls = tx.elections.polls({election_id for election_id, _ in entries})
    published = {poll.id: poll for poll in polls.values() if poll.state is not State.DRAFT}
    known = [entry for entry in entries if entry[0] in published]
    roll = {known[place]: voted for place, voted in tx.rolls.enrolled(known).items()}
    keys = {poll.id: poll.salt.key(resources.box_secret) for poll in published.values() if poll.salt}
    places = {(entry[0], pseudonym(keys[entry[0]], entry[1])): entry for entry in known if entry[0] in keys}
    voted = {entry for entry, marked in roll.items() if marked}
    voted |= {places[place] for place in tx.boxes.standing(list(places))}
    return _Seen({poll.id: resources.books.of(tx, poll).rules for poll in published.values()}, set(roll), voted)


def _enrol(resources: Resources, entries: set[Entry]) -> None:
    if entries:
        with resources.uow() as tx:
            tx.rolls.enrol(entries)


def _participation(entry: Entry, seen: _Seen, fault: Fault | None) -> Reply | Fault:
    if entry[0] not in seen.rules:
        return Fault.not_found("There is no such election.")
    if fault is not None and not fault.reason:
        return fault
    return Participation(voted=entry in seen.voted, allowed=fault is None, reason=fault.reason if fault else "")
