"""Scores the supports of the last days, apart from supporting: nobody's answer depends on it."""

from datetime import timedelta
from uuid import UUID

from ideas.domain import fraud
from ideas.repository import UnitOfWork

RECENT = timedelta(days=1)
"""How far back a dossier must have been busy to be looked at."""
RHYTHM = timedelta(days=7)
"""From how many days a dossier's usual rhythm is known."""


def score_recent(uow: UnitOfWork) -> int:
    """Score the dossiers that were busy; how many groups wait for agents in them."""
    with uow() as tx:
        busy = tx.fraud.busy(tx.now - RECENT, tx.rules.fraud.window, tx.rules.fraud.least)
    return sum(_score(uow, idea_id) for idea_id in busy)


def _score(uow: UnitOfWork, idea_id: UUID) -> int:
    with uow() as tx:
        tx.dossiers.claim(f"fraud|{idea_id}")
        found = fraud.groups(tx.fraud.given(idea_id, tx.now - RHYTHM), tx.rules.fraud)
        return tx.fraud.keep(idea_id, found, tx.now)
