"""Opinions, commitments and notes between agents as the contract's views."""

from collections.abc import Iterable
from datetime import date

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.commitments import DROPPED, OPEN, Commitment
from ideas.domain.opinions import Opinion


def opinion_view(one: Opinion, today: date) -> c.OpinionView:
    """An opinion, awaited or given."""
    return c.OpinionView(
        service=one.service,
        asked_by=one.asked_by,
        question=one.question,
        asked_on=one.asked_on,
        due_on=one.due_on,
        days_left=(one.due_on - today).days if one.given_on is None else None,
        given_on=one.given_on,
        verdict=c.Verdict(one.verdict) if one.verdict else None,
        text=one.text,
    )


def commitment_view(one: Commitment, today: date) -> c.CommitmentView:
    """A promise with its clock."""
    return c.CommitmentView(
        id=c.CommitmentId(one.id),
        service=one.service,
        text=one.text,
        made_on=one.made_on,
        due_on=one.due_on,
        state=commitment_state(one, today),
        closed_on=one.closed_on,
        days_left=(one.due_on - today).days if one.state == OPEN else None,
    )


def commitment_state(one: Commitment, today: date) -> c.CommitmentState:
    """How a promise stands on a day."""
    if one.state == DROPPED:
        return c.CommitmentState.DROPPED
    if one.closed_on is None:
        return c.CommitmentState.LATE if one.due_on < today else c.CommitmentState.DUE
    return c.CommitmentState.KEPT if one.closed_on <= one.due_on else c.CommitmentState.DONE


def internal_notes(number: str, rows: Iterable[Row]) -> c.InternalNotes:
    """What agents wrote to each other."""
    items = tuple(
        c.InternalNote(id=c.NoteId(row.id), service=row.service, text=row.text, written_at=row.written_at)
        for row in rows
    )
    return c.InternalNotes(number=number, items=items)
