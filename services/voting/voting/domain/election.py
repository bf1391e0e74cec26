"""The life of an election: draft, announced, open, closed, published; cancelled from any of the first four.

From the announcement on, its rules are frozen: each change is a new public version with its reason, and may never touch
what ballots already cast rest on.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from voting.domain.errors import DomainError, Invalid, Problem
from voting.domain.rules import Approval, Knapsack, MajorityJudgment, Ranking, Rules
from voting.domain.winner_rules import winner_problems


class State(StrEnum):
    """Where an election stands."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


FROZEN = frozenset({State.ANNOUNCED, State.OPEN})
_BEFORE_THE_COUNT = frozenset({State.DRAFT, State.ANNOUNCED, State.OPEN})


@dataclass(frozen=True, slots=True)
class Election:
    """An election and where it stands. ``version`` is that of its published rules; 0: none yet."""

    rules: Rules
    state: State = State.DRAFT
    version: int = 0
    ended_because: str = ""


def check(rules: Rules, *, languages: tuple[str, ...], places: frozenset[str]) -> None:
    """Raises :class:`Invalid` with everything that no election may have, draft or not."""
    problems = [*_calendar_problems(rules), *_word_problems(rules, languages), *_candidate_problems(rules)]
    problems += [*winner_problems(rules), *_sealed_problems(rules)]
    if rules.perimeter is not None and rules.perimeter not in places:
        problems.append(Problem("/perimeter", "unknown-perimeter", "There is no such district."))
    if problems:
        raise Invalid(problems)


def _calendar_problems(rules: Rules) -> list[Problem]:
    if rules.opens_at < rules.closes_at:
        return []
    return [Problem("/closes_at", "closes-before-opening", "The vote must close after it opens.")]


def _sealed_problems(rules: Rules) -> list[Problem]:
    if rules.sealed is None:
        return []
    problems = []
    if rules.sealed.threshold > len(rules.sealed.trustees):
        detail = "More trustees are asked to open the vote than there are."
        problems.append(Problem("/sealed/threshold", "threshold-too-high", detail))
    if not isinstance(rules.method, Approval | MajorityJudgment):
        detail = "This way of voting needs every ballot in clear: choose an open vote, or another way of voting."
        problems.append(Problem("/method/kind", "method-needs-open-ballots", detail))
    if rules.equal_shares is not None:
        detail = "Equal shares need every ballot in clear: choose an open vote, or another rule."
        problems.append(Problem("/equal_shares", "needs-open-ballots", detail))
    return problems


def _word_problems(rules: Rules, languages: tuple[str, ...]) -> list[Problem]:
    needed = [("/title", rules.title)]
    needed += [(f"/candidates/{place}/title", one.title) for place, one in enumerate(rules.candidates)]
    return [
        Problem(f"{pointer}/{languages[0]}", "missing", f"This is needed in the language “{languages[0]}”.")
        for pointer, words in needed
        if languages[0] not in words
    ]


def _candidate_problems(rules: Rules) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for place, candidate in enumerate(rules.candidates):
        if candidate.id in seen:
            detail = f"The identifier “{candidate.id}” is given twice."
            problems.append(Problem(f"/candidates/{place}/id", "duplicate", detail))
        seen.add(candidate.id)
    return problems


def check_complete(rules: Rules, *, now: datetime) -> None:
    """Raises :class:`Invalid` with everything that is missing before the rules can be published."""
    problems = [*_missing_costs(rules), *_unaffordable(rules)]
    if len(rules.candidates) < 2:
        problems.append(Problem("/candidates", "too-few-projects", "A vote needs at least two projects."))
    if rules.closes_at <= now:
        problems.append(Problem("/closes_at", "closing-in-the-past", "The vote would already be closed."))
    if isinstance(rules.method, Approval) and rules.method.max_choices > len(rules.candidates):
        problems.append(Problem("/method/max_choices", "too-many-choices", "There are not as many projects."))
    if isinstance(rules.method, Ranking) and rules.method.max_ranks > len(rules.candidates):
        problems.append(Problem("/method/max_ranks", "too-many-choices", "There are not as many projects."))
    if isinstance(rules.method, MajorityJudgment) and len(rules.method.grades) < 2:
        problems.append(Problem("/method", "too-few-grades", "The territory has fewer than two grades."))
    if problems:
        raise Invalid(problems)


def _missing_costs(rules: Rules) -> list[Problem]:
    if rules.envelope is None:
        return []
    return [
        Problem(f"/candidates/{place}/cost", "missing", "A project needs a cost where there is an envelope.")
        for place, candidate in enumerate(rules.candidates)
        if candidate.cost is None
    ]


def _unaffordable(rules: Rules) -> list[Problem]:
    if not isinstance(rules.method, Knapsack) or rules.envelope is None:
        return []
    detail = "This project costs more than the envelope: nobody could choose it."
    return [
        Problem(f"/candidates/{place}/cost", "costs-too-much", detail)
        for place, candidate in enumerate(rules.candidates)
        if (candidate.cost or 0) > rules.envelope
    ]


def revise(election: Election, rules: Rules, *, notice: str) -> Election:
    """The election with other rules. Once they are public, needs a notice and makes a new version."""
    if election.state is State.DRAFT:
        return replace(election, rules=rules)
    if election.state not in FROZEN:
        raise DomainError("rules-final", "The vote is over: its rules no longer change.")
    if election.rules.sealed:
        raise DomainError("rules-sealed", "The rules of a sealed vote are final once they are public.")
    problems = _touched(election.rules, rules)
    if not notice:
        problems.append(Problem("/notice", "missing", "Say why published rules change: everybody will read it."))
    if problems:
        raise Invalid(problems)
    return replace(election, rules=rules, version=election.version + 1)


def _touched(old: Rules, new: Rules) -> list[Problem]:
    """What cast ballots rest on and therefore may no longer change."""
    touched = [
        ("/method", old.method != new.method),
        ("/candidates", [one.id for one in old.candidates] != [one.id for one in new.candidates]),
        ("/slug", old.slug != new.slug),
        ("/perimeter", old.perimeter != new.perimeter),
        ("/eligibility_action", old.eligibility_action != new.eligibility_action),
    ]
    if isinstance(old.method, Knapsack):
        costs = [[one.cost for one in rules.candidates] for rules in (old, new)]
        touched += [("/envelope", old.envelope != new.envelope), ("/candidates", costs[0] != costs[1])]
    detail = "This can no longer change: ballots rest on it."
    return [Problem(pointer, "rules-frozen", detail) for pointer, changed in touched if changed]


def announce(election: Election, *, now: datetime, lot_seed: str) -> Election:
    """Freeze the rules. The lot is drawn here, before any ballot."""
    if election.state is not State.DRAFT:
        raise DomainError("already-announced", "The rules of this vote are already public.")
    check_complete(election.rules, now=now)
    return replace(election, rules=replace(election.rules, lot_seed=lot_seed), state=State.ANNOUNCED, version=1)


def is_due(election: Election, *, now: datetime) -> State | None:
    """The state that the calendar asks for, if it is not the present one."""
    if election.state in FROZEN and now >= election.rules.closes_at:
        return State.CLOSED
    if election.state is State.ANNOUNCED and now >= election.rules.opens_at:
        return State.OPEN
    return None


def begin(election: Election) -> Election:
    """Let the vote begin."""
    if election.state is not State.ANNOUNCED:
        raise DomainError("not-announced", "The rules of this vote are not public yet.")
    return replace(election, state=State.OPEN)


def close(election: Election, *, reason: str = "") -> Election:
    """End the vote."""
    if election.state not in FROZEN:
        raise DomainError("vote-not-open", "This vote is not open.")
    return replace(election, state=State.CLOSED, ended_because=reason)


def publish(election: Election) -> Election:
    """Make the result public."""
    if election.state is not State.CLOSED:
        raise DomainError("not-closed", "This vote is not closed yet.")
    return replace(election, state=State.PUBLISHED)


def cancel(election: Election, *, reason: str) -> Election:
    """Call it off: nothing will be counted. A sealed vote can be called off until its sum is opened."""
    sealed_yet = election.rules.sealed is not None and election.state is State.CLOSED
    if election.state not in _BEFORE_THE_COUNT and not sealed_yet:
        raise DomainError("too-late-to-cancel", "The ballots of this vote are already being counted.")
    return replace(election, state=State.CANCELLED, ended_because=reason)


def accepts_ballots(state: State, opens_at: datetime, closes_at: datetime, now: datetime) -> str:
    """Empty if ballots are accepted now, else why not. The calendar decides, not the job that follows it."""
    if state not in FROZEN or now >= closes_at:
        return "vote-not-open-yet" if state is State.DRAFT else "vote-closed"
    return "vote-not-open-yet" if now < opens_at else ""
