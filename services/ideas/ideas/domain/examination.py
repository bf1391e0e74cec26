"""From examination to delivery: assigned to a service, opinions, the public answer with its reason, follow-up."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from ideas.domain.dossier import FOLLOWED_UP, Change, Dossier, State, known_reason, late, moved, require
from ideas.domain.problems import DomainError
from ideas.domain.record import Step
from ideas.domain.rules import KindRules, Rules
from ideas.domain.services import direction

NEXT: dict[State, frozenset[State]] = {
    State.ACCEPTED: frozenset({State.PLANNED, State.UNDER_WAY, State.DELIVERED, State.ABANDONED}),
    State.PLANNED: frozenset({State.PLANNED, State.UNDER_WAY, State.DELIVERED, State.ABANDONED}),
    State.UNDER_WAY: frozenset({State.UNDER_WAY, State.DELIVERED, State.ABANDONED}),
}
"""Where follow-up may lead. Saying the same state again gives a new date."""


def assign(  # noqa: PLR0913 -- the values of one sentence
    dossier: Dossier, kind: KindRules, rules: Rules, now: datetime, *, service: str, reason: str | None, text: str
) -> Change:
    """A service examines it. A kind that no support decides may be examined when open.

    From the service that has it in hand it passes to another one for a reason of the territory.
    """
    if dossier.state is State.UNDER_EXAMINATION and dossier.service == service:
        return Change(dossier, ())
    if dossier.state is State.OPEN and kind.threshold is None and kind.debate is None:
        dossier = moved(dossier, State.UNDER_EXAMINATION, now)
        dossier = replace(dossier, answer_due_on=rules.day(now) + timedelta(days=rules.answer_days))
    require(dossier, State.UNDER_EXAMINATION)
    facts: dict[str, str | int] = {"due_on": dossier.answer_due_on.isoformat()} if dossier.answer_due_on else {}
    if dossier.service is None:
        step = Step("assigned", "service", service=service, text=text, facts=facts)
    else:
        known_reason(rules, "pass", reason)
        facts |= {"to": service, "direction": direction(rules.parents, source=dossier.service, target=service)}
        step = Step("passed_on", "service", dossier.service, reason, text, facts)
    return Change(replace(dossier, service=service, assigned_at=now), (step,))


def answer_stage(  # noqa: PLR0913
    dossier: Dossier, rules: Rules, now: datetime, *, stage: str, due_on: date, service: str, text: str
) -> Change:
    """What was owed at a stage is said in public."""
    if dossier.state in {State.HIDDEN, State.WITHDRAWN, State.MERGED}:
        raise DomainError("wrong-state", f"A dossier that is {dossier.state} does not allow this.")
    step = Step(
        "stage_answered", "service", service=service, text=text, facts={"stage": stage} | late(rules, due_on, now)
    )
    return Change(replace(dossier, last_word=text), (step,))


def answer(  # noqa: PLR0913
    dossier: Dossier, rules: Rules, now: datetime, *, outcome: State, reason: str | None, text: str, cost: int | None
) -> Change:
    """The public answer. Declining needs a reason of the territory."""
    require(dossier, State.UNDER_EXAMINATION)
    if dossier.service is None:
        raise DomainError("not-assigned", "Assign the examination to a service first.")
    if outcome is State.DECLINED or reason is not None:
        known_reason(rules, "decline", reason)
    facts = _cost(cost) | (late(rules, dossier.answer_due_on, now) if dossier.answer_due_on else {})
    step = Step(outcome.value, "service", service=dossier.service, reason=reason, text=text, facts=facts)
    answered = replace(
        moved(dossier, outcome, now),
        answered_at=now,
        reason=reason,
        last_word=text,
        cost=cost if cost is not None else dossier.cost,
    )
    return Change(answered, (step,))


def progress(  # noqa: PLR0913
    dossier: Dossier,
    rules: Rules,
    now: datetime,
    *,
    state: State | None,
    on: date | None,
    reason: str | None,
    text: str,
    cost: int | None,
) -> Change:
    """What became of an accepted dossier: a new state, or news. Abandoning needs a reason."""
    if state is not None and state not in NEXT.get(dossier.state, frozenset()):
        raise DomainError("wrong-state", f"A dossier that is {dossier.state} cannot become {state}.")
    if state is None:
        require(dossier, *FOLLOWED_UP, State.DELIVERED, State.ABANDONED)
    if state is State.ABANDONED or reason is not None:
        known_reason(rules, "abandon", reason)
    facts = _cost(cost) | ({"on": on.isoformat()} if on else {})
    step = Step(state or "news", "service", service=dossier.service, reason=reason, text=text, facts=facts)
    told = replace(dossier, last_word=text, cost=cost if cost is not None else dossier.cost)
    if state is None:
        return Change(told, (step,))
    return Change(replace(moved(told, state, now), reason=reason), (step,))


def _cost(cost: int | None) -> dict[str, str | int]:
    return {} if cost is None else {"cost": cost}
