"""Appeals: once per decision, in time, and decided by somebody else than who took the decision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from ideas.domain.dossier import Change, Dossier, State, known_reason, late, publish, restore
from ideas.domain.problems import DomainError
from ideas.domain.record import Step
from ideas.domain.rules import KindRules, Rules

UPHELD, OVERTURNED = "upheld", "overturned"
REFUSE, HIDE = "refuse", "hide"
CONTESTABLE: Mapping[State, str] = MappingProxyType({State.REFUSED: REFUSE, State.HIDDEN: HIDE})
"""The states of a dossier that come from a decision which can be appealed, and that decision."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decided. ``moderator``: kept to have somebody else decide an appeal, shown to nobody."""

    kind: str
    reason: str
    text: str
    at: datetime
    moderator: UUID | None


@dataclass(frozen=True, slots=True)
class Appeal:
    """An author asks for another reading of a decision about a dossier, or about a message of it."""

    id: UUID
    idea_id: UUID
    comment_id: UUID | None
    contested: Decision
    text: str
    made_at: datetime
    outcome: str | None = None
    reason: str | None = None
    answer: str = ""
    decided_at: datetime | None = None
    decided_by: UUID | None = None


def last_day(decision: Decision, rules: Rules) -> date:
    """The last day on which the decision can be appealed."""
    return rules.day(decision.at) + timedelta(days=rules.appeal_within_days)


def due_on(appeal: Appeal, rules: Rules) -> date:
    """By when another moderator decides."""
    return rules.day(appeal.made_at) + timedelta(days=rules.appeal_days)


def make(appeal: Appeal, rules: Rules) -> Appeal:
    """The appeal, if it is made in time."""
    if rules.day(appeal.made_at) > last_day(appeal.contested, rules):
        raise DomainError("appeal-too-late", "The time to appeal is over.")
    return appeal


def appealed(dossier: Dossier, appeal: Appeal, rules: Rules) -> Change:
    """The record says that there is an appeal, and by when it is decided; what it says is for moderators."""
    return Change(dossier, (Step("appealed", "author", facts={"due_on": due_on(appeal, rules).isoformat()}),))


def may_decide(appeal: Appeal, author: UUID | None, account: UUID) -> bool:
    """Whether the account is another than who decided first, and than the author."""
    return account not in {appeal.contested.moderator, author}


def decide(  # noqa: PLR0913 -- the values that decide, each by its name
    appeal: Appeal,
    rules: Rules,
    now: datetime,
    *,
    author: UUID | None,
    moderator: UUID,
    outcome: str,
    reason: str,
    text: str,
) -> Appeal:
    """The appeal as another moderator decided it."""
    if not may_decide(appeal, author, moderator):
        raise DomainError("another-moderator", "Another moderator than the one who decided first decides the appeal.")
    if appeal.outcome is not None:
        raise DomainError("appeal-decided", "This appeal was decided already.")
    known_reason(rules, "overturn" if outcome == OVERTURNED else appeal.contested.kind, reason)
    return replace(appeal, outcome=outcome, reason=reason, answer=text, decided_at=now, decided_by=moderator)


def noted(dossier: Dossier, appeal: Appeal, rules: Rules, now: datetime) -> Change:
    """The record says how the appeal ended."""
    facts = late(rules, due_on(appeal, rules), now)
    step = Step(f"appeal_{appeal.outcome}", "moderation", reason=appeal.reason, text=appeal.answer, facts=facts)
    return Change(dossier, (step,))


def carried_out(change: Change, appeal: Appeal, kind: KindRules, rules: Rules, now: datetime) -> Change:
    """What the end of an appeal does to a dossier against which the contested decision still stands."""
    dossier, steps = change
    if appeal.outcome == UPHELD:
        return Change(replace(dossier, reason=appeal.reason), steps)
    if dossier.state is State.HIDDEN:
        return Change(restore(dossier, now, text="").dossier, steps)
    accepted = replace(dossier, reason=None, last_word="", content_hidden=False)
    opened, (step,) = publish(accepted, kind, rules, now)
    return Change(opened, (*steps, replace(step, actor="moderation")))
