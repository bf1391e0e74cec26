"""Admissibility: whether an idea for the participatory budget may be studied by services at all."""

from dataclasses import replace
from datetime import date, datetime

from ideas.domain.campaign import Calendar, PhaseCode
from ideas.domain.dossier import Change, Dossier, State, known_reason, moved
from ideas.domain.problems import DomainError, Invalid, Problem
from ideas.domain.record import Step
from ideas.domain.rules import Rules


def due_on(calendar: Calendar, today: date) -> date:
    """By when what is admitted must be studied: the end of the review. Raises *wrong state* once that is past."""
    review = calendar.phase(PhaseCode.REVIEW)
    if review is None or calendar.after(PhaseCode.REVIEW, today):
        raise DomainError("review-over", "The study of this campaign's ideas is over.")
    return review.ends_on


def waits(dossier: Dossier) -> bool:
    """Whether its admissibility is still to be decided."""
    return dossier.campaign is not None and dossier.state is State.OPEN


def check_refusal(rules: Rules, reason: str | None, text: str) -> None:
    """Raises *invalid* with both errors at once if a refusal has no reason of the territory or no public words."""
    problems: list[Problem] = []
    try:
        known_reason(rules, "not_admit", reason)
    except Invalid as unknown:
        problems += unknown.problems
    if not text:
        problems.append(Problem("/text", "missing", "Say why in public words."))
    if problems:
        raise Invalid(*problems)


def admit(dossier: Dossier, now: datetime, *, due: date, text: str) -> Change:
    """Services study it from now on, until ``due``."""
    studied = replace(moved(dossier, State.UNDER_EXAMINATION, now), answer_due_on=due, closes_on=None, closes_at=None)
    return Change(studied, (Step("admitted", "service", text=text, facts={"due_on": due.isoformat()}),))


def refuse(dossier: Dossier, now: datetime, *, reason: str, text: str) -> Change:
    """It is not for the participatory budget; it stays readable with the reason."""
    ended = replace(moved(dossier, State.DECLINED, now), answered_at=now, reason=reason, last_word=text)
    return Change(ended, (Step("not_admitted", "service", reason=reason, text=text),))
