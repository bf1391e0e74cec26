"""Merging: open dossiers of one kind become one. No support is moved, so undoing a merge gives everything back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from ideas.domain.dossier import Change, Dossier, State, known_reason, moved
from ideas.domain.problems import DomainError, Invalid, Problem
from ideas.domain.record import Step
from ideas.domain.rules import KindRules, Rules

UNANSWERED = frozenset({State.OPEN, State.UNDER_EXAMINATION, State.EXPIRED, State.WITHDRAWN})
"""States of the dossier that others were joined to in which the merge can be undone."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Several dossiers joined to one: told to their supporters first, who count there once the notice is over."""

    id: UUID
    target: UUID
    sources: frozenset[UUID]
    reason: str
    text: str
    merged_at: datetime
    leave_until: date
    """The last day to step out."""
    carries_at: datetime
    carried_at: datetime | None = None
    undone_at: datetime | None = None

    @property
    def pending(self) -> bool:
        """Whether supporters wait to be carried over."""
        return self.carried_at is None and self.undone_at is None


class Reached(NamedTuple):
    """A stage as it was stamped."""

    stage: str
    supports: int
    joined: int


def notice(rules: Rules, now: datetime) -> tuple[date, datetime]:
    """The last day to step out of a merge of now, and the moment when it is over."""
    until = rules.day(now) + timedelta(days=rules.merge_notice_days)
    return until, rules.end_of(until)


def check(target: Dossier, sources: Sequence[Dossier], holding: frozenset[UUID], *, until: datetime) -> None:
    """Raises with everything that forbids the merge. ``holding``: the dossiers that others are joined to."""
    found = []
    if target.state is not State.OPEN:
        found.append(Problem("/target_id", "not-open", "It does not gather supports."))
    elif target.closes_at is not None and target.closes_at < until:
        found.append(Problem("/target_id", "closes-too-soon", "It closes before supporters could be carried over."))
    for place, source in enumerate(sources):
        found += _problems(target, source, holding, f"/source_ids/{place}")
    if found:
        raise Invalid(*found)


def _problems(target: Dossier, source: Dossier, holding: frozenset[UUID], pointer: str) -> list[Problem]:
    if source.id == target.id:
        return [Problem(pointer, "itself", "A dossier cannot be joined to itself.")]
    found = []
    if source.state is not State.OPEN:
        found.append(Problem(pointer, "not-open", f"{source.number} does not gather supports."))
    if source.kind != target.kind or source.campaign != target.campaign:
        found.append(Problem(pointer, "another-kind", f"{source.number} is of another kind or campaign."))
    if source.id in holding:
        found.append(Problem(pointer, "has-joined", f"Others are joined to {source.number}: undo that first."))
    return found


def begin(merge: Merge, target: Dossier, sources: Sequence[Dossier], rules: Rules) -> Sequence[Change]:
    """The target and the sources, in that order, with what their records gain. Raises if the reason is unknown."""
    known_reason(rules, "merge", merge.reason)
    until = merge.leave_until.isoformat()
    joined = tuple(
        Step("joined", "moderation", None, merge.reason, merge.text, {"number": one.number, "leave_until": until})
        for one in sources
    )
    return [Change(target, joined), *(_join(merge, one, target.number) for one in sources)]


def _join(merge: Merge, source: Dossier, into: str) -> Change:
    facts: dict[str, str | int] = {
        "into": into,
        "leave_until": merge.leave_until.isoformat(),
        "supports": source.supports,
    }
    step = Step("merged", "moderation", None, merge.reason, merge.text, facts)
    return Change(replace(moved(source, State.MERGED, merge.merged_at), reason=merge.reason), (step,))


def carry(target: Dossier, *, joined: int, supports: int) -> Change:
    """The notice is over: the supporters of what was joined count."""
    return Change(target, (Step("supports_carried", "clock", facts={"joined": joined, "supports": supports}),))


def undo(  # noqa: PLR0913 -- the values that decide, each by its name
    merge: Merge, target: Dossier, sources: Sequence[Dossier], *, rules: Rules, now: datetime, text: str
) -> Sequence[Change]:
    """The target and the sources, in that order, each for itself again. Raises once the administration has answered."""
    if target.state not in UNANSWERED:
        raise DomainError("wrong-state", "It was answered, or is hidden: the merge stays.")
    parted = tuple(Step("parted", "moderation", text=text, facts={"number": one.number}) for one in sources)
    changes = [Change(target, parted)]
    for source in sources:
        alone, facts = _alone(merge, source, rules, now)
        step = Step("unmerged", "moderation", text=text, facts={"into": target.number, **facts})
        changes.append(Change(alone, (step,)))
    return changes


def _alone(merge: Merge, source: Dossier, rules: Rules, now: datetime) -> tuple[Dossier, Mapping[str, str | int]]:
    """It gathers supports again, for as many days as it had left; unless it is hidden, until it is shown again."""
    facts = {}
    if source.closes_on is not None:
        closes_on = source.closes_on + (rules.day(now) - rules.day(merge.merged_at))
        source = replace(source, closes_on=closes_on, closes_at=rules.end_of(closes_on))
        facts["closes_on"] = closes_on.isoformat()
    if source.state is State.HIDDEN:
        return replace(source, hidden_from=State.OPEN), facts
    return replace(moved(source, State.OPEN, now), reason=None), facts


def owed_to_others(reached: Sequence[Reached], kind: KindRules) -> frozenset[str]:
    """The stages that were reached only thanks to supports from dossiers joined to it."""
    needed: Mapping[str, int] = {stage.code: stage.supports for stage in kind.stages}
    return frozenset(one.stage for one in reached if one.supports - one.joined < needed.get(one.stage, 0))
