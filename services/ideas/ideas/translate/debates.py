"""Debates as the contract's views."""

from datetime import date, datetime

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.debates import Debate
from ideas.domain.dossier import Dossier, State
from ideas.domain.rules import Rules
from ideas.repository.debates import debate_of
from ideas.repository.dossiers import dossier_of
from ideas.translate.views import card

_STAGES = {State.EXPIRED: c.DebateStage.ENDED, State.CONCLUDED: c.DebateStage.CONCLUDED}


def dates(state: State, closes_on: date, one: Debate, today: date) -> c.DebateDates:
    """When, and where it stands."""
    stage = _STAGES.get(state)
    if state is State.OPEN:
        stage = c.DebateStage.COMING if today < one.opens_on else c.DebateStage.OPEN
    return c.DebateDates(opens_on=one.opens_on, closes_on=closes_on, stage=stage, opened_by=one.opened_by)


def debate_card(row: Row, rules: Rules, now: datetime) -> c.DebateCard:
    """A debate in a list."""
    when = dates(dossier_of(row).state, row.closes_on, debate_of(row), rules.day(now))
    return c.DebateCard(dossier=card(row, rules, now), dates=when)


def debate_view(dossier: c.DossierView, one: Debate, today: date) -> c.DebateView:
    """A debate, whole."""
    said = one.synthesis
    synthesis = said and c.Synthesis(service=said.service, text=said.text, published_at=said.published_at)
    closes_on = dossier.closes_on or one.opens_on
    return c.DebateView(dossier=dossier, dates=dates(State(dossier.state), closes_on, one, today), synthesis=synthesis)


def concluded(one: Dossier, service: str) -> c.DebateConcluded:
    """What is told of the end of a debate."""
    return c.DebateConcluded(
        idea_id=c.IdeaId(one.id), number=one.number, kind=one.kind, author_id=one.author, service=service
    )
